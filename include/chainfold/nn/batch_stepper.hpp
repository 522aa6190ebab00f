// SPDX-License-Identifier: BSL-1.0
#pragma once

// A step over one batch for networks whose samples are not independent of each other while they are trained.
//
// With the moments μ₁, v₁, μ₂, … of a batch as inputs, the loss is the mean over its samples of a program for one
// sample, L = mean l(x, θ, μ₁, v₁, μ₂, …), and a moment is the mean of another one, of z or of (z − μ)².  So
//
//     forward    μₖ, vₖ = moments of zₖ(x, θ, μ₁, …, vₖ₋₁), one pass over the batch for each k
//     loss       L, ∂L/∂θ, ∂L/∂μₖ, ∂L/∂vₖ, one pass
//     backward   for k from the last to the first: the gradient of mean(⟨∂L/∂μₖ, zₖ⟩ + ⟨∂L/∂vₖ, (zₖ − μₖ)²⟩) by θ and
//                the earlier moments, added to those of L, one pass
//
// which is the chain rule, exactly: v is stationary in μ.  No pass keeps anything of a sample, so memory does not grow
// with the batch.  v = mean((z − c)²) − (μ − c)² for any c; c is z of the batch's first sample, which is near μ.

#include <vector>

#include <chainfold/nn/batch_needs.hpp>
#include <chainfold/nn/stepper.hpp>

namespace chainfold::nn {

namespace detail {

/// The programs of the moments of one Z.
template <class T, class M>
struct moment_programs {
    using of = typename M::of;
    using shape = typename of::shape_type;
    using dependent = typename dependencies<of>::type;
    static constexpr auto mean_factor = symbol_of_shape<"cotangent of the mean">(shape{});
    static constexpr auto variance_factor = symbol_of_shape<"cotangent of the variance">(shape{});
    static constexpr auto centre = symbol_of_shape<"centre">(shape{});
    // The one expression whose derivatives are the moments, by the factors, and what they depend on, by all else.
    static constexpr auto paired = sum(hadamard(mean_factor, of{})) + sum(hadamard(variance_factor, square(of{} - centre)));

    template <class List>
    struct gradient_by;
    template <class... W>
    struct gradient_by<weight_list<W...>> {
        using type = gradient_request<false, std::remove_const_t<decltype(paired)>, W...>;
    };
    using factors = weight_list<std::remove_const_t<decltype(mean_factor)>, std::remove_const_t<decltype(variance_factor)>>;
    using forward_request = typename gradient_by<factors>::type;
    using backward_request = typename gradient_by<dependent>::type;
    decltype(compile<T>(forward_request{})) forward{};
    decltype(compile<T>(backward_request{})) backward{};
    T first[shape::size]{};
};

template <class T, class List>
struct all_programs;
template <class T, class... M>
struct all_programs<T, types<M...>> : moment_programs<T, M>... {};

}  // namespace detail

/// The step of a network in which layers need the moments of a batch, or random numbers.
template <class Model, class Loss>
    requires(detail::needs_more_than_samples<detail::trained_error_of<Model, Loss>>())
class stepper<Model, Loss> {
    using T = typename Model::value_type;
    using error = detail::trained_error_of<Model, Loss>;
    using needs = detail::batch_needs<error>;
    using stored = typename Model::stored;
    using moments = typename needs::moment_symbols;
    using noise = typename needs::noise;
    static constexpr std::size_t weights = Model::parameter_count;

public:
    using value_type = T;
    explicit stepper(const Loss&) {}

    template <class By = detail::alone>
    batch_result<T> operator()(Model& model, const dataset<T>& samples, const batch_position& at, const By& by = {}) {
        const std::size_t count = samples.inputs.count / Model::input_type::shape_type::size;
        draw(count, at);
        each_moment([&](auto& programs, auto m) { compute<decltype(m)>(programs, model, samples, count, by); });
        const auto result =
            with<error>(model, samples, count, [&](const auto&... bound) { return by.running(program_)(bound...); });
        std::copy(result.gradient.data(), result.gradient.data() + weights + moments::size, gradient_.data());
        each_moment_backward([&](auto& programs, auto m) { pull<decltype(m)>(programs, model, samples, count, by); });
        each_moment([&](auto&, auto m) { follow<decltype(m)>(model, count); });
        return {static_cast<double>(result.value), gradient_.data()};
    }

private:
    template <class List>
    struct request_for;
    template <class... W, class... M>
    struct request_for<detail::types<weight_list<W...>, weight_list<M...>>> {
        using type = gradient_request<true, error, W..., M...>;
    };
    using request = typename request_for<detail::types<typename Model::weights, moments>>::type;

    /// What a symbol is bound to, `count` samples of it where it differs from sample to sample.
    template <class S>
    auto bound(Model& model, const dataset<T>& samples, std::size_t count) {
        constexpr std::string_view name = symbol_of<S>.name;
        constexpr std::size_t size = S::shape_type::size;
        if constexpr (name == "input")
            return binding<S, T, true>{samples.inputs.data, count * size};
        else if constexpr (name == "target")
            return binding<S, T, true>{samples.targets.data, count * size};
        else if constexpr (name == "sample_weight")
            return binding<S, T, true>{samples.weights.data, count * size};
        else if constexpr (detail::Moment<S>)
            return binding<S, T>{values_.data() + moments::offsets[moments::find(name)], size};
        else if constexpr (detail::Noise<S>)
            return binding<S, T, true>{drawn_[noise::find(name)].data(), count * size};
        else
            return binding<S, T>{model.data() + stored::offsets[stored::find(name)], size};
    }
    template <class E, class F>
    decltype(auto) with(Model& model, const dataset<T>& samples, std::size_t count, F&& f) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return f(bound<detail::symbol_in<E, I>>(model, samples, count)...);
        }(detail::symbols_of<E>{});
    }

    void draw(std::size_t count, const batch_position& at) { draw_each(noise{}, count, at); }
    template <class... S>
    void draw_each(weight_list<S...>, [[maybe_unused]] std::size_t count, [[maybe_unused]] const batch_position& at) {
        (draw_one<S>(drawn_[noise::find(symbol_of<S>.name)], count * S::shape_type::size, at), ...);
    }
    template <class S>
    static void draw_one(std::vector<T>& numbers, std::size_t size, const batch_position& at) {
        random_sequence random(seed{detail::mixed(at.seed, static_cast<std::uint64_t>(at.epoch),
                                                  static_cast<std::uint64_t>(at.batch), combine(0, symbol_of<S>.name))});
        numbers.resize(size);
        for (T& number : numbers) number = static_cast<T>(definition_of<S>::distribution::draw(random.uniform()));
    }

    template <class M>
    static constexpr std::size_t mean_at = moments::offsets[moments::find(symbol_of<typename M::mean_type>.name)];
    template <class M>
    static constexpr std::size_t variance_at = moments::offsets[moments::find(symbol_of<typename M::variance_type>.name)];

    template <class M>
    void compute(auto& programs, Model& model, const dataset<T>& samples, std::size_t count, const auto& by) {
        using of = detail::moment_programs<T, M>;
        constexpr std::size_t size = of::shape::size;
        T* const mean = values_.data() + mean_at<M>;
        T* const variance = values_.data() + variance_at<M>;
        const auto moments_about = [&](const T* centre, std::size_t samples_read) {
            return with<typename M::of>(model, samples, samples_read, [&](const auto&... others) {
                return by.running(programs.forward)(bind(of::mean_factor, centre), bind(of::variance_factor, centre),
                                                    bind(of::centre, centre), others...);
            });
        };
        const auto first = moments_about(mean, 1);
        std::copy(first.gradient.data(), first.gradient.data() + size, programs.first);
        const auto all = moments_about(programs.first, count);
        for (std::size_t i = 0; i < size; ++i) {
            mean[i] = all.gradient.data()[i];
            const T distance = mean[i] - programs.first[i], spread = all.gradient.data()[size + i] - distance * distance;
            variance[i] = spread > 0 ? spread : 0;
        }
    }
    template <class M>
    void pull(auto& programs, Model& model, const dataset<T>& samples, std::size_t count, const auto& by) {
        using of = detail::moment_programs<T, M>;
        if constexpr (of::dependent::count > 0) {
            const auto pulled = with<typename M::of>(model, samples, count, [&](const auto&... others) {
                return by.running(programs.backward)(
                    bind(of::mean_factor, gradient_.data() + weights + mean_at<M>),
                    bind(of::variance_factor, gradient_.data() + weights + variance_at<M>),
                    bind(of::centre, values_.data() + mean_at<M>), others...);
            });
            add(typename of::dependent{}, pulled.gradient.data());
        }
    }
    template <class... S>
    void add(weight_list<S...>, const T* pulled) {
        const auto add_one = [&]<class One>(One) {
            constexpr std::string_view name = symbol_of<One>.name;
            constexpr std::size_t to = detail::Moment<One> ? weights + moments::offsets[moments::find(name)]
                                                           : stored::offsets[stored::find(name)];
            for (std::size_t i = 0; i < One::shape_type::size; ++i) gradient_.data()[to + i] += *pulled++;
        };
        (add_one(S{}), ...);
    }
    // A single sample says nothing of the variance.
    template <class M>
    void follow(Model& model, std::size_t count) {
        constexpr T momentum = math::to<T>(M::momentum);
        T* const mean = model.data() + stored::offsets[stored::find(M::running_mean.view())];
        T* const variance = model.data() + stored::offsets[stored::find(M::running_variance.view())];
        const T unbiased = count > 1 ? static_cast<T>(count) / static_cast<T>(count - 1) : T{};
        for (std::size_t i = 0; i < M::of::shape_type::size; ++i) {
            mean[i] += momentum * (values_.data()[mean_at<M> + i] - mean[i]);
            if (count > 1) variance[i] += momentum * (unbiased * values_.data()[variance_at<M> + i] - variance[i]);
        }
    }

    template <class S>
    static binding<S, T> bind(S, const T* values) {
        return {values, S::shape_type::size};
    }
    template <class... M>
    void each(detail::types<M...>, auto&& f) {
        (f(static_cast<detail::moment_programs<T, M>&>(programs_), M{}), ...);
    }
    void each_moment(auto&& f) { each(typename needs::moments{}, f); }
    void each_backward(detail::types<>, auto&&) {}
    template <class First, class... Rest>
    void each_backward(detail::types<First, Rest...>, auto&& f) {
        each_backward(detail::types<Rest...>{}, f);
        f(static_cast<detail::moment_programs<T, First>&>(programs_), First{});
    }
    void each_moment_backward(auto&& f) { each_backward(typename needs::moments{}, f); }

    decltype(compile<T>(request{})) program_;
    detail::all_programs<T, typename needs::moments> programs_;
    chainfold::detail::storage<T, moments::size + 1> values_;
    chainfold::detail::storage<T, weights + moments::size> gradient_;
    std::array<std::vector<T>, noise::count> drawn_{};
};

}  // namespace chainfold::nn
