// SPDX-License-Identifier: BSL-1.0
#pragma once

// A step of an optimiser: one pass over the weights, their gradient and what the optimiser keeps.
//
//     g ← clip(g),   g ← c g                        c = min(1, clip_norm / ‖g‖)
//     g ← g + l2 w + l1 sign(w),   w ← (1 − η λ) w   in matrices; λ is the decoupled weight decay
//     w ← the optimiser's rule(w, g, …)

#include <cstring>
#include <limits>

#include <chainfold/math/inline.hpp>
#include <chainfold/nn/initialise.hpp>
#include <chainfold/nn/optimiser/optimiser.hpp>
#include <chainfold/tensor/tensor.hpp>

namespace chainfold::nn {

/// What is done to a gradient before the optimiser sees it.  Zero: nothing.
struct gradient_options {
    double l2 = 0;            // adds l2 · w: the penalty l2/2 Σ w².  Matrices only, as everything that shrinks weights
    double l1 = 0;            // adds l1 · sign(w): the penalty l1 Σ |w|
    double weight_decay = 0;  // w ← (1 − η · weight_decay) w apart from the gradient (Loshchilov and Hutter 2019)
    double clip_value = 0;    // each entry into ± clip_value …
    double clip_norm = 0;     // … then all together to this Euclidean norm; both before l2 and l1

    [[nodiscard]] constexpr bool penalises() const { return l2 != 0 || l1 != 0 || weight_decay != 0; }
};

namespace detail {

template <class T>
struct treatment {
    T bound = std::numeric_limits<T>::max(), scale = 1;
    T l2 = 0, l1 = 0, kept = 1;
    [[nodiscard]] bool does_nothing() const {
        return bound == std::numeric_limits<T>::max() && scale == 1 && l2 == 0 && l1 == 0 && kept == 1;
    }
};

template <class V, class T>
CHAINFOLD_INLINE inline V load(const T* from) {
    V v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
template <class V, class T>
CHAINFOLD_INLINE inline void store(T* to, const V& v) {
    std::memcpy(to, &v, sizeof v);
}

/// Infinities and NaNs among numbers, by their bits, because -ffast-math assumes that there are none: without the sign
/// they are at least as large as those of infinity.
template <class V>
struct finite_check {
    using bits = math::int_of<V>;
    using word = math::int_of<math::scalar_of<V>>;
    static constexpr int mantissa = std::numeric_limits<math::scalar_of<V>>::digits - 1;
    static constexpr word largest = std::numeric_limits<word>::max(), infinity = largest >> mantissa << mantissa;
    bits found{};
    CHAINFOLD_INLINE void look_at(const math::scalar_of<V>* at) {
        const bits magnitude = load<bits>(at) & largest;
        if constexpr (math::is_simd<V>)
            found |= magnitude >= infinity;
        else
            found |= static_cast<bits>(magnitude >= infinity);
    }
    [[nodiscard]] bool passed() const { return !math::any(found != 0); }
};
template <>
struct finite_check<long double> {
    bool found = false;
    void look_at(const long double* at) { found = found || !(*at - *at == 0); }
    [[nodiscard]] bool passed() const { return !found; }
};

/// Are all of these numbers finite?
template <class T>
[[nodiscard]] bool all_finite(const T* values, std::size_t count) {
    finite_check<T> check;
    for (std::size_t i = 0; i < count; ++i) check.look_at(values + i);
    return check.passed();
}

/// Σ v² in double, in an order that does not depend on the machine; of values into ± bound, if they are clipped.
template <bool Clips = false, class T>
double sum_of_squares(const T* values, std::size_t count, T bound = {}) {
    const auto add = [&](double& sum, T v) {
        if constexpr (Clips) v = v > bound ? bound : v < -bound ? -bound : v;
        sum += static_cast<double>(v) * static_cast<double>(v);
    };
    double sum[16] = {};
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16)
        for (std::size_t k = 0; k < 16; ++k) add(sum[k], values[i + k]);
    for (std::size_t k = 0; i + k < count; ++k) add(sum[k], values[i + k]);
    for (std::size_t half = 8; half > 0; half /= 2)
        for (std::size_t k = 0; k < half; ++k) sum[k] += sum[k + half];
    return sum[0];
}

/// One register, or one number, of weights at `i`.
template <bool Treated, class V, class T, class Rule, std::size_t... S>
CHAINFOLD_INLINE inline void move_at(std::size_t i, T* weights, const T* gradient, T* state, std::size_t stride,
                                     const Rule& rule, const treatment<T>& how, finite_check<V>& check,
                                     std::index_sequence<S...>) {
    V w = load<V>(weights + i), g = load<V>(gradient + i);
    check.look_at(gradient + i);
    if constexpr (Treated) {
        const V bound = math::splat<V>(how.bound), zero{};
        g = math::select(g > bound, bound, g);
        g = math::select(g < -bound, -bound, g) * how.scale;
        g += how.l2 * w + math::select(w > zero, zero + how.l1, math::select(w < zero, zero - how.l1, zero));
        w *= how.kept;
    }
    if constexpr (sizeof...(S) == 0) {
        rule(w, g);
    } else {
        V kept[] = {load<V>(state + S * stride + i)...};
        rule(w, g, kept[S]...);
        (store(state + S * stride + i, kept[S]), ...);
    }
    store(weights + i, w);
}

/// Weights in a row that are treated alike; false if a gradient was not finite.
template <bool Treated, std::size_t Slots, class T, class Rule>
bool move(T* weights, const T* gradient, T* state, std::size_t stride, std::size_t size,
                            const Rule& rule, const treatment<T>& how) {
    constexpr std::make_index_sequence<Slots> kept{};
    bool passed = true;
    std::size_t i = 0;
    if constexpr (runs_on_registers<Rule, T>) {
        using V = math::native_simd<T>;
        constexpr std::size_t lanes = static_cast<std::size_t>(math::lanes_of<V>);
        finite_check<V> check;
        for (; i + lanes <= size; i += lanes)
            move_at<Treated, V>(i, weights, gradient, state, stride, rule, how, check, kept);
        passed = check.passed();
    }
    finite_check<T> check;
    for (; i < size; ++i) move_at<Treated, T>(i, weights, gradient, state, stride, rule, how, check, kept);
    return passed && check.passed();
}

}  // namespace detail

/// An optimiser at work on a list of weights: what it keeps for each of them, and how many steps it has taken.
template <class T, class Weights, class Optimiser>
class descent {
public:
    static constexpr std::size_t slots = nn::slots<Optimiser, T>;
    static constexpr std::size_t state_size = slots * Weights::size;

    /// Moves the weights against their gradient, in place and without memory from the heap; false, with the weights in
    /// no useful state, if the gradient held an infinity or a NaN.
    bool step(T* weights, const T* gradient, const Optimiser& optimiser, double rate, const gradient_options& options) {
        ++steps_;
        const auto rule = optimiser.update(optimiser_step<T>{static_cast<T>(rate), steps_});
        detail::treatment<T> plain, matrices;
        if (options.clip_value > 0) plain.bound = static_cast<T>(options.clip_value);
        if (options.clip_norm > 0) {
            const double square = options.clip_value > 0
                                      ? detail::sum_of_squares<true>(gradient, Weights::size, plain.bound)
                                      : detail::sum_of_squares(gradient, Weights::size);
            if (square > options.clip_norm * options.clip_norm)
                plain.scale = static_cast<T>(options.clip_norm / math::sqrt(square));
        }
        double decay = options.weight_decay;
        if constexpr (requires { optimiser.weight_decay; }) decay += optimiser.weight_decay;
        matrices = plain;
        matrices.l2 = static_cast<T>(options.l2);
        matrices.l1 = static_cast<T>(options.l1);
        matrices.kept = static_cast<T>(1 - rate * decay);

        bool finite = true;
        if (options.l2 == 0 && options.l1 == 0 && decay == 0)
            return move(weights, gradient, 0, Weights::size, rule, plain);
        for (std::size_t w = 0; w < Weights::count; ++w)
            finite &= move(weights, gradient, Weights::offsets[w], Weights::offsets[w + 1], rule,
                           Weights::symbols[w].dims.rank >= 2 ? matrices : plain);
        return finite;
    }

    /// Steps taken, and what is kept: `slots` blocks of one number for each weight.  Both are all there is to restore.
    [[nodiscard]] std::int64_t steps() const { return steps_; }
    void set_steps(std::int64_t steps) { steps_ = steps; }
    T* state() { return state_.data(); }
    [[nodiscard]] const T* state() const { return state_.data(); }

private:
    template <class Rule>
    bool move(T* weights, const T* gradient, std::size_t begin, std::size_t end, const Rule& rule,
              const detail::treatment<T>& how) {
        T* const state = state_.data() + (slots > 0 ? begin : 0);
        return how.does_nothing() ? detail::move<false, slots>(weights + begin, gradient + begin, state, Weights::size,
                                                               end - begin, rule, how)
                                  : detail::move<true, slots>(weights + begin, gradient + begin, state, Weights::size,
                                                              end - begin, rule, how);
    }

    chainfold::detail::storage<T, (state_size > 0 ? state_size : 1)> state_;
    std::int64_t steps_ = 0;
};

}  // namespace chainfold::nn
