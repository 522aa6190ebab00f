// SPDX-License-Identifier: BSL-1.0
#pragma once

// + − · ∕ and powers, entry by entry.

#include <chainfold/operation/operation.hpp>

namespace chainfold {

// y = −x                                   ∂y/∂x = −1
struct negate_op : elementwise<1> {
    static constexpr notation written{style::prefix, "-", precedence::prefix, {layout::negation}};
    static constexpr auto value(auto x) { CHAINFOLD_CONTRACT return -x; }
    static constexpr auto partials(auto y, auto) { return std::array{make_constant(*y.graph, -1)}; }
};

// y = a + b                                ∂y/∂a = 1, ∂y/∂b = 1
struct add_op : elementwise<2> {
    static constexpr notation written = infix("+", precedence::sum, {layout::infix, "+"});
    static constexpr auto value(auto a, auto b) { CHAINFOLD_CONTRACT return a + b; }
    static constexpr auto partials(auto y, auto, auto) {
        return std::array{make_constant(*y.graph, 1), make_constant(*y.graph, 1)};
    }
};

// y = a − b                                ∂y/∂a = 1, ∂y/∂b = −1
struct subtract_op : elementwise<2> {
    static constexpr notation written = infix("-", precedence::sum, {layout::infix, "−"});
    static constexpr auto value(auto a, auto b) { CHAINFOLD_CONTRACT return a - b; }
    static constexpr auto partials(auto y, auto, auto) {
        return std::array{make_constant(*y.graph, 1), make_constant(*y.graph, -1)};
    }
};

// y = a · b, entry by entry                ∂y/∂a = b, ∂y/∂b = a
struct multiply_op : elementwise<2> {
    static constexpr notation written = infix("*", precedence::product, {layout::product});
    static constexpr auto value(auto a, auto b) { CHAINFOLD_CONTRACT return a * b; }
    static constexpr auto partials(auto, auto a, auto b) { return std::array{b, a}; }
};

// y = a / b                                ∂y/∂a = 1 / b, ∂y/∂b = −y / b
struct divide_op : elementwise<2> {
    static constexpr notation written = infix("/", precedence::product, {layout::quotient});
    static constexpr interval domain{0.25, 2};
    static constexpr auto value(auto a, auto b) { return a / b; }
    static constexpr auto partials(auto y, auto, auto b) { return std::array{reciprocal(b), -(y / b)}; }
};

// y = x²                                   ∂y/∂x = 2x
struct square_op : elementwise<1> {
    static constexpr notation written = written_as("square", {layout::power});
    static constexpr auto value(auto x) { CHAINFOLD_CONTRACT return x * x; }
    static constexpr auto partials(auto, auto x) { return std::array{2 * x}; }
};

// y = xⁿ, n an integer                     ∂y/∂x = n xⁿ⁻¹
struct power_op : elementwise<1> {
    static constexpr notation written = indexed("pow", {layout::power});
    static constexpr interval domain{0.25, 2};
    static constexpr auto value(auto x, std::int32_t n) { return math::power(x, n); }
    static constexpr auto partials(auto y, auto x) {
        const std::int32_t n = y.parameter();
        return std::array{n * make_with<power_op>(x, n - 1, x.dims())};
    }
};

// y = 1 / x                                ∂y/∂x = −y²
struct reciprocal_op : elementwise<1> {
    static constexpr notation written = written_as("reciprocal", {layout::reciprocal});
    static constexpr interval domain{0.25, 2};
    static constexpr auto value(auto x) { return math::reciprocal(x); }
    static constexpr auto partials(auto y, auto) { return std::array{-square(y)}; }
};

// y = √x                                   ∂y/∂x = 1 / (2y)
struct sqrt_op : elementwise<1> {
    static constexpr notation written = written_as("sqrt", {layout::root});
    static constexpr interval domain{0.25, 2};
    static constexpr auto value(auto x) { return math::sqrt(x); }
    static constexpr auto partials(auto y, auto) { return std::array{reciprocal(2 * y)}; }
};

/// −x.
template <class X>
constexpr applied<negate_op, X> operator-(X x) {
    return application<negate_op, X>::make(x);
}
/// a + b, on equal shapes or with a scalar.
template <class A, class B>
constexpr applied<add_op, A, B> operator+(A a, B b) {
    return application<add_op, A, B>::make(a, b);
}
/// a − b, on equal shapes or with a scalar.
template <class A, class B>
constexpr applied<subtract_op, A, B> operator-(A a, B b) {
    return application<subtract_op, A, B>::make(a, b);
}
/// a / b, on equal shapes or with a scalar.
template <class A, class B>
constexpr applied<divide_op, A, B> operator/(A a, B b) {
    return application<divide_op, A, B>::make(a, b);
}
/// a · b, entry by entry, on equal shapes or with a scalar.
template <class A, class B>
constexpr applied<multiply_op, A, B> hadamard(A a, B b) {
    return application<multiply_op, A, B>::make(a, b);
}
/// x², entry by entry.
template <class X>
constexpr applied<square_op, X> square(X x) {
    return application<square_op, X>::make(x);
}
/// 1 / x, entry by entry.
template <class X>
constexpr applied<reciprocal_op, X> reciprocal(X x) {
    return application<reciprocal_op, X>::make(x);
}
/// √x, entry by entry; NaN where x < 0.
template <class X>
constexpr applied<sqrt_op, X> sqrt(X x) {
    return application<sqrt_op, X>::make(x);
}

// In rules, plain integers stand for themselves.
constexpr handle operator+(int a, handle b) { return make_constant(*b.graph, a) + b; }
constexpr handle operator-(int a, handle b) { return make_constant(*b.graph, a) - b; }

}  // namespace chainfold
