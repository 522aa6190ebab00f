// SPDX-License-Identifier: BSL-1.0
#pragma once

// Conditions, and what is made of them.  A condition is 1 where it holds and 0 where it does not; its derivative is 0.
// Derivatives flow through the branch that is taken: where a rule multiplies a cotangent by select(k, 1, 0), the
// simplifier writes select(k, cotangent, 0), so that nothing of the other branch, not even 0 · ∞, comes through.

#include <chainfold/operation/arithmetic.hpp>

namespace chainfold {

// y = [a < b]
struct less_op : elementwise<2> {
    static constexpr notation written = infix("<", precedence::comparison, {layout::infix, "<"});
    static constexpr auto value(auto a, auto b) { return math::select(a < b, decltype(a){} + 1, decltype(a){}); }
    static constexpr auto side(auto a, auto b) { return a - b; }
    static constexpr auto partials(auto y, auto, auto) {
        return std::array{make_constant(*y.graph, 0), make_constant(*y.graph, 0)};
    }
};

// y = [a ≤ b]
struct less_equal_op : elementwise<2> {
    static constexpr notation written = infix("<=", precedence::comparison, {layout::infix, "≤"});
    static constexpr auto value(auto a, auto b) { return math::select(a <= b, decltype(a){} + 1, decltype(a){}); }
    static constexpr auto side(auto a, auto b) { return a - b; }
    static constexpr auto partials(auto y, auto, auto) {
        return std::array{make_constant(*y.graph, 0), make_constant(*y.graph, 0)};
    }
};

// y = a where k holds, b elsewhere         ∂y/∂a = [k], ∂y/∂b = 1 − [k]
struct select_op : elementwise<3> {
    static constexpr notation written = written_as("select", {layout::choice});
    static constexpr auto value(auto k, auto a, auto b) { return math::select(k != decltype(k){}, a, b); }
    static constexpr auto side(auto k, auto, auto) { return k; }
    static constexpr auto partials(auto y, auto k, auto, auto) {
        const auto zero = make_constant(*y.graph, 0), one = make_constant(*y.graph, 1);
        return std::array{zero, select(k, one, zero), select(k, zero, one)};
    }
};

// y = max(a, b)                            ∂y/∂a = [b ≤ a], ∂y/∂b = [a < b]
struct maximum_op : elementwise<2> {
    static constexpr notation written = written_as("maximum", {layout::function, "max"});
    static constexpr auto value(auto a, auto b) { return math::maximum(a, b); }
    static constexpr auto side(auto a, auto b) { return a - b; }
    static constexpr auto partials(auto y, auto a, auto b) {
        const auto zero = make_constant(*y.graph, 0), one = make_constant(*y.graph, 1);
        return std::array{select(a < b, zero, one), select(a < b, one, zero)};
    }
};

// y = min(a, b)                            ∂y/∂a = [a ≤ b], ∂y/∂b = [b < a]
struct minimum_op : elementwise<2> {
    static constexpr notation written = written_as("minimum", {layout::function, "min"});
    static constexpr auto value(auto a, auto b) { return math::minimum(a, b); }
    static constexpr auto side(auto a, auto b) { return a - b; }
    static constexpr auto partials(auto y, auto a, auto b) {
        const auto zero = make_constant(*y.graph, 0), one = make_constant(*y.graph, 1);
        return std::array{select(b < a, zero, one), select(b < a, one, zero)};
    }
};

// y = −1, 0 or 1                           ∂y/∂x = 0
struct sign_op : elementwise<1> {
    static constexpr notation written = written_as("sign", {layout::function, "sgn"});
    static constexpr auto value(auto x) {
        const decltype(x) zero{};
        return math::select(x > zero, zero + 1, math::select(x < zero, zero - 1, zero));
    }
    static constexpr auto side(auto x) { return x; }
    static constexpr auto partials(auto y, auto) { return std::array{make_constant(*y.graph, 0)}; }
};

// y = |x|                                  ∂y/∂x = sign x, 0 at 0
struct abs_op : elementwise<1> {
    static constexpr notation written = written_as("abs", {layout::magnitude});
    static constexpr auto value(auto x) { return math::abs(x); }
    static constexpr auto side(auto x) { return x; }
    static constexpr auto partials(auto, auto x) { return std::array{sign(x)}; }
};

/// The condition a < b, for select.
template <class A, class B>
constexpr applied<less_op, A, B> operator<(A a, B b) {
    return application<less_op, A, B>::make(a, b);
}
/// The condition a ≤ b, for select.
template <class A, class B>
constexpr applied<less_equal_op, A, B> operator<=(A a, B b) {
    return application<less_equal_op, A, B>::make(a, b);
}
/// The condition a > b, for select.
template <class A, class B>
constexpr applied<less_op, B, A> operator>(A a, B b) {
    return application<less_op, B, A>::make(b, a);
}
/// The condition a ≥ b, for select.
template <class A, class B>
constexpr applied<less_equal_op, B, A> operator>=(A a, B b) {
    return application<less_equal_op, B, A>::make(b, a);
}
/// a where the condition holds, b elsewhere.  The derivative flows through the branch taken.
template <class K, class A, class B>
constexpr applied<select_op, K, A, B> select(K condition, A a, B b) {
    return application<select_op, K, A, B>::make(condition, a, b);
}
/// The larger of a and b, entry by entry; where they are equal the derivative goes to a.
template <class A, class B>
constexpr applied<maximum_op, A, B> maximum(A a, B b) {
    return application<maximum_op, A, B>::make(a, b);
}
/// The smaller of a and b, entry by entry; where they are equal the derivative goes to a.
template <class A, class B>
constexpr applied<minimum_op, A, B> minimum(A a, B b) {
    return application<minimum_op, A, B>::make(a, b);
}
/// −1, 0 or 1, entry by entry.
template <class X>
constexpr applied<sign_op, X> sign(X x) {
    return application<sign_op, X>::make(x);
}
/// |x|, entry by entry; the derivative at 0 is 0.
template <class X>
constexpr applied<abs_op, X> abs(X x) {
    return application<abs_op, X>::make(x);
}

}  // namespace chainfold
