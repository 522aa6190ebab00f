// SPDX-License-Identifier: BSL-1.0
#pragma once

// Exponential and logarithm, also of what is near 0 and near 1, sine and cosine, entry by entry.

#include <chainfold/operation/arithmetic.hpp>

namespace chainfold {

// y = eˣ                                   ∂y/∂x = y
struct exp_op : elementwise<1> {
    static constexpr notation written = written_as("exp", {layout::exponential, "exp"});
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::exp(x); }
    static constexpr auto partials(auto y, auto) { return std::array{y}; }
};

// y = ln x                                 ∂y/∂x = 1 / x
struct log_op : elementwise<1> {
    static constexpr notation written = written_as("log", {layout::function, "ln"});
    static constexpr interval domain{0.25, 2};
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::log(x); }
    static constexpr auto partials(auto, auto x) { return std::array{reciprocal(x)}; }
};

// y = eˣ − 1                               ∂y/∂x = y + 1
struct expm1_op : elementwise<1> {
    static constexpr notation written = written_as("expm1");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::expm1(x); }
    static constexpr auto partials(auto y, auto) { return std::array{y + make_constant(*y.graph, 1)}; }
};

// y = ln(1 + x)                            ∂y/∂x = 1 / (1 + x)
struct log1p_op : elementwise<1> {
    static constexpr notation written = written_as("log1p");
    static constexpr interval domain{-0.75, 2};
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::log1p(x); }
    static constexpr auto partials(auto, auto x) { return std::array{reciprocal(1 + x)}; }
};

// y = sin x                                ∂y/∂x = cos x
struct sin_op : elementwise<1> {
    static constexpr notation written = written_as("sin");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::sin(x); }
    static constexpr auto partials(auto, auto x) { return std::array{cos(x)}; }
};

// y = cos x                                ∂y/∂x = −sin x
struct cos_op : elementwise<1> {
    static constexpr notation written = written_as("cos");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::cos(x); }
    static constexpr auto partials(auto, auto x) { return std::array{-sin(x)}; }
};

/// eˣ, entry by entry.
template <class X>
constexpr applied<exp_op, X> exp(X x) {
    return application<exp_op, X>::make(x);
}
/// The natural logarithm, entry by entry; −∞ at 0 and NaN below.
template <class X>
constexpr applied<log_op, X> log(X x) {
    return application<log_op, X>::make(x);
}
/// eˣ − 1, entry by entry, to full relative accuracy near 0.
template <class X>
constexpr applied<expm1_op, X> expm1(X x) {
    return application<expm1_op, X>::make(x);
}
/// ln(1 + x), entry by entry, to full relative accuracy near 0; −∞ at −1 and NaN below.
template <class X>
constexpr applied<log1p_op, X> log1p(X x) {
    return application<log1p_op, X>::make(x);
}
/// The sine of x in radians, entry by entry.
template <class X>
constexpr applied<sin_op, X> sin(X x) {
    return application<sin_op, X>::make(x);
}
/// The cosine of x in radians, entry by entry.
template <class X>
constexpr applied<cos_op, X> cos(X x) {
    return application<cos_op, X>::make(x);
}

}  // namespace chainfold
