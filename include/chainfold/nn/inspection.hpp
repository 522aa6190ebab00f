// SPDX-License-Identifier: BSL-1.0
#pragma once

// A look inside while a network is trained: how large activations, gradients and steps are, layer by layer.
//
// What stands in blocks anyway (weights, gradient, step) is measured there.  For the activations there is a program of
// its own, which is compiled only if inspection{…} stands in the call of train: the gradient of Σ_l p_l · a_l² by the
// probes p_l, which is the mean of a_l² over the batch, unit by unit.  It sees the network as it computes outside training:
// with running moments, without dropout.

#include <chainfold/nn/diagnosis.hpp>
#include <chainfold/nn/optimiser/descent.hpp>
#include <chainfold/nn/progress.hpp>
#include <chainfold/nn/batch_stepper.hpp>

namespace chainfold::nn {

namespace detail {

/// The outputs of all layers, as expressions.
template <class... E>
struct activations {};
template <class X, std::size_t Position, class Found, class... Layers>
struct activations_after {
    using type = Found;
};
template <class X, std::size_t Position, class... Found, class Layer, class... Rest>
struct activations_after<X, Position, activations<Found...>, Layer, Rest...> {
    using output = decltype(apply_layer(layer_in<Layer>{}, X{}, scope_of_part<scope<"">, Position>{}));
    using type = typename activations_after<output, Position + 1, activations<Found..., output>, Rest...>::type;
};
template <class Model>
struct activations_of;
template <class T, class... Layers>
struct activations_of<sequential<T, Layers...>> {
    using type = typename activations_after<typename chain<Layers...>::input, 0, activations<>, Layers...>::type;
};

constexpr double root_mean_square(double sum, std::size_t count) {
    return count == 0 ? 0 : math::sqrt(sum / static_cast<double>(count));
}

/// The mean square of every unit over a batch, layer by layer.
template <class T, class Activations>
class unit_squares;
template <class T, class... E>
class unit_squares<T, activations<E...>> {
    template <std::size_t I, std::size_t... N>
    static constexpr auto probe_of(extents<N...>) {
        return chainfold::input<prefix<I>() + fixed_string{"probe"}, N...>;
    }
    template <std::size_t... I>
    static constexpr auto request(std::index_sequence<I...>) {
        return gradient((dot(probe_of<I>(typename E::shape_type{}), square(E{})) + ...),
                        probe_of<I>(typename E::shape_type{})...);
    }
    static constexpr std::index_sequence_for<E...> all{};

public:
    static constexpr std::size_t layers = sizeof...(E);
    static constexpr std::size_t sizes[] = {E::shape_type::size...};

    /// All of them, one after another.
    template <class... B>
    const T* operator()(const B&... bound) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return program_(bound..., (probe_of<I>(typename E::shape_type{}) = zeros<E::shape_type::size>)...);
        }(all)
            .gradient.data();
    }

private:
    template <std::size_t N>
    static constexpr std::array<T, N> zeros{};
    decltype(compile<T>(request(all))) program_;
};

}  // namespace detail

/// Measures steps: look(…) before each of them, moved(…) after it.
template <class Model>
class inspector {
    using T = typename Model::value_type;
    using weights = typename Model::weights;
    using squares = detail::unit_squares<T, typename detail::activations_of<Model>::type>;

public:
    static constexpr bool can_say = true;
    explicit inspector(const inspection& how) : how_(how) {
        if (how.every < 1) refuse("inspection: every must be at least 1");
    }
    void name_layers(layer_history& seen) const {
        seen.layers = squares::layers;
        for (const symbol& w : weights::symbols) seen.weights.push_back(w.name);
    }

    /// Before a step, if it is one to be looked at.
    void look(layer_history& seen, Model& model, const dataset<T>& samples, const T* gradient, const batch_position& at) {
        looks_ = at.step % how_.every == 0;
        if (!looks_) return;
        seen.steps.push_back(static_cast<double>(at.step + 1));
        const T* unit = squares_of(model, samples, at);
        for (const std::size_t size : squares::sizes) {
            double sum = 0;
            std::size_t silent = 0;
            for (std::size_t i = 0; i < size; ++i) sum += static_cast<double>(unit[i]), silent += unit[i] == 0;
            seen.activation.push_back(detail::root_mean_square(sum, size));
            seen.dead.push_back(static_cast<double>(silent) / static_cast<double>(size));
            unit += size;
        }
        before_.assign(model.data(), model.data() + Model::size());
        each_norm(seen.weight, model.data());
        each_norm(seen.gradient, gradient);
    }

    /// After it: how far the weights have moved, and what is to be said.
    void moved(training_history& history, const Model& model, progress_line& line) {
        if (!looks_) return;
        layer_history& seen = history.layers;
        for (std::size_t i = 0; i < Model::size(); ++i) before_[i] = model.data()[i] - before_[i];
        each_norm(seen.update, before_.data());
        const double* own = seen.weight.data() + seen.weight.size() - weights::count;
        double* update = seen.update.data() + seen.update.size() - weights::count;
        for (std::size_t w = 0; w < weights::count; ++w) update[w] = own[w] > 0 ? update[w] / own[w] : 0;
        const std::size_t said = history.warnings.size();
        warn_of_layers(history, weights::symbols.data(), how_);
        for (std::size_t i = said; i < history.warnings.size() && line.is_shown(); ++i) line.say(history.warnings[i]);
    }

    /// "the output of layer 2 is not finite", of the first one; nothing if all are.
    std::string not_finite_layer(Model& model, const dataset<T>& samples) {
        const T* unit = squares_of(model, samples, {});
        for (std::size_t l = 0; l < squares::layers; unit += squares::sizes[l++])
            if (!detail::all_finite(unit, squares::sizes[l]))
                return detail::sentence("the output of layer %zu is not finite", l);
        return {};
    }

private:
    const T* squares_of(Model& model, const dataset<T>& samples, const batch_position& at) {
        return detail::with_batch(model, samples.inputs, at, [&](const auto&... bound) { return squares_(bound...); });
    }
    static void each_norm(std::vector<double>& to, const T* block) {
        for (std::size_t w = 0; w < weights::count; ++w)
            to.push_back(math::sqrt(detail::sum_of_squares(block + weights::offsets[w],
                                                           weights::offsets[w + 1] - weights::offsets[w])));
    }

    inspection how_;
    bool looks_ = false;
    squares squares_;
    std::vector<T> before_;
};

namespace detail {
/// Where nothing is to be inspected.
struct no_inspector {
    static constexpr bool can_say = false;
    constexpr explicit no_inspector(const inspection&) {}
    static void name_layers(const auto&...) {}
    static void look(const auto&...) {}
    static void moved(const auto&...) {}
    static std::string not_finite_layer(const auto&...) { return {}; }
};
}  // namespace detail

}  // namespace chainfold::nn
