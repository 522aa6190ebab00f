// SPDX-License-Identifier: BSL-1.0
#pragma once

// The activations of networks, entry by entry.  Values are safe for arguments of any size: no exp of a large number.

#include <chainfold/operation/comparison.hpp>
#include <chainfold/operation/exponential.hpp>

namespace chainfold {

// y = tanh x                               ∂y/∂x = 1 − y²
struct tanh_op : elementwise<1> {
    static constexpr notation written = written_as("tanh");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::tanh(x); }
    static constexpr auto partials(auto y, auto) { return std::array{1 - square(y)}; }
};

// y = 1 / (1 + e⁻ˣ)                        ∂y/∂x = y (1 − y)
struct sigmoid_op : elementwise<1> {
    static constexpr notation written = written_as("sigmoid", {layout::function, "σ"});
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::sigmoid(x); }
    static constexpr auto partials(auto y, auto) { return std::array{hadamard(y, 1 - y)}; }
};

// y = ln(1 + eˣ)                           ∂y/∂x = sigmoid x
struct softplus_op : elementwise<1> {
    static constexpr notation written = written_as("softplus");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::softplus(x); }
    static constexpr auto partials(auto, auto x) { return std::array{sigmoid(x)}; }
};

// y = max(x, 0)                            ∂y/∂x = [x > 0] = [y > 0]
struct relu_op : elementwise<1> {
    static constexpr notation written = written_as("relu", {layout::function, "ReLU"});
    static constexpr auto value(auto x) { return math::maximum(x, decltype(x){}); }
    static constexpr auto side(auto x) { return x; }
    static constexpr auto partials(auto y, auto) {
        const auto zero = make_constant(*y.graph, 0);
        return std::array{select(zero < y, make_constant(*y.graph, 1), zero)};
    }
};

/// The hyperbolic tangent, entry by entry.
template <class X>
constexpr applied<tanh_op, X> tanh(X x) {
    return application<tanh_op, X>::make(x);
}
/// The logistic function 1 / (1 + e⁻ˣ), entry by entry.
template <class X>
constexpr applied<sigmoid_op, X> sigmoid(X x) {
    return application<sigmoid_op, X>::make(x);
}
/// ln(1 + eˣ), entry by entry.
template <class X>
constexpr applied<softplus_op, X> softplus(X x) {
    return application<softplus_op, X>::make(x);
}
/// max(x, 0), entry by entry; the derivative at 0 is 0.
template <class X>
constexpr applied<relu_op, X> relu(X x) {
    return application<relu_op, X>::make(x);
}

}  // namespace chainfold
