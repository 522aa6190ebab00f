// SPDX-License-Identifier: BSL-1.0
#pragma once

// Values of the normal form, and the rules that call one another.  (What takes a normal form, n, is a template: who
// compares no formulas need not wait until it is compiled.)

#include <chainfold/transform/normal_form.hpp>

namespace chainfold::canonical {

/// The node as a value.
constexpr value value_of(const auto& n, int id, const dimensions& dims) {
    if (n.template is<broadcast_op>(id)) id = n.operand(id, 0);
    if (n.template is<constant_op>(id)) return {n.constant_of(id), normal_form::unit, dims};
    if (n.is_scaled(id)) return {n.constant_of(n.operand(id, 0)), n.operand(id, 1), dims};
    return {one(), id, dims};
}
constexpr value value_of(const auto& n, int id) { return value_of(n, id, n.dims(id)); }
constexpr value number_value(const number& c, const dimensions& dims = {}) { return {c, normal_form::unit, dims}; }
constexpr bool is_zero(const value& v) { return math::is_zero(v.factor); }
constexpr bool is_number(const value& v) { return v.rest == normal_form::unit; }
constexpr bool are_equal(const value& a, const value& b) {
    return a.factor == b.factor && a.rest == b.rest && a.dims == b.dims;
}

// The rules that call one another, each in its own header; normal_structure.hpp has the table.

/// The value for anything but a sum: x·a + x·b as x·(a + b).
constexpr value closed(auto& n, const value& v) { return n.rules().closed(n, v); }
constexpr value sum(auto& n, const value& a, const value& b) { return n.rules().sum(n, a, b); }
constexpr value product(auto& n, const value& a, const value& b) { return n.rules().product(n, a, b); }
constexpr value power(auto& n, const value& v, int exponent) { return n.rules().power(n, v, exponent); }
constexpr value times(auto& n, const number& c, const value& v) { return n.rules().times(n, c, v); }
constexpr value exponential_of(auto& n, const value& v) { return n.rules().exponential_of(n, v); }
constexpr value logistic(auto& n, const value& v) { return n.rules().logistic(n, v); }
constexpr value softmax_of(auto& n, const value& v) { return n.rules().softmax_of(n, v); }
constexpr value transposed(auto& n, const value& v) { return n.rules().transposed(n, v); }
/// The value without `transpose`, if it is a matrix transposed, perhaps times scalars; otherwise 0.
constexpr value untransposed(auto& n, const value& v) { return n.rules().untransposed(n, v); }
/// The product with what is seen in it as a whole.
constexpr value with_functions_recognised(auto& n, const value& v) { return n.rules().with_functions_recognised(n, v); }

constexpr value negated(value v) {
    v.factor = math::negate(v.factor).value;
    return v;
}
/// The value as one node without a factor in front, for operations that are not linear.
constexpr int whole(auto& n, const value& v) {
    const value c = closed(n, v);
    return n.scaled(c.factor, c.rest);
}

}  // namespace chainfold::canonical
