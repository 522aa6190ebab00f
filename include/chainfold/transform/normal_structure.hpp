// SPDX-License-Identifier: BSL-1.0
#pragma once

// Operations that are not elementwise: scalars come out of what is linear, transposes come outside.  Out of embed,
// unpack_lower, symmetric and the mean over a batch only numbers come: a scalar that is infinite would meet their zeros.

#include <chainfold/transform/normal_function.hpp>

namespace chainfold::canonical {

/// A node with the value's shape, for an operand of these operations.
constexpr int spread(auto& n, int id, const dimensions& dims) {
    return n.dims(id) == dims ? id : n.template make<broadcast_op>(dims, id);
}
constexpr int tensor_of(auto& n, const split_product& s, const dimensions& dims) {
    return s.tensor < 0 ? spread(n, normal_form::unit, dims) : s.tensor;
}
constexpr value shaped(auto& n, const value& v) { return {one(), spread(n, whole(n, v), v.dims), v.dims}; }

constexpr value transposed_rule(auto& n, const value& v) {
    const dimensions dims{2, v.dims.columns, v.dims.rows};
    if (n.dims(v.rest).rank == 0) return {v.factor, v.rest, dims};
    if (n.is_sum(v.rest)) return {v.factor, n.template make<transpose_op>(dims, v.rest), dims};
    const split_product s = split_scalars(n, v);
    if (n.template is<transpose_op>(s.tensor)) return product(n, s.scalars, value_of(n, n.operand(s.tensor, 0)));
    const int t = n.template is<outer_op>(s.tensor)
                      ? n.template make<outer_op>(dims, n.operand(s.tensor, 1), n.operand(s.tensor, 0))
                      : n.template make<transpose_op>(dims, s.tensor);
    return product(n, s.scalars, {one(), t, dims});
}

/// Σ over all entries; dot(a, b) is the sum of a ∘ b.
constexpr value summed(auto& n, const value& v) {
    if (v.dims.rank == 0) return v;
    const split_product s = split_scalars(n, v);
    if (s.tensor < 0) return product(n, number_value(math::from_integer(v.dims.size())), s.scalars);
    const int x = n.template is<transpose_op>(s.tensor) ? n.operand(s.tensor, 0) : s.tensor;
    if (n.template is<embed_op>(x)) return product(n, s.scalars, summed(n, value_of(n, n.operand(x, 0))));
    return product(n, s.scalars, {one(), n.template make<sum_op>(scalar_dimensions, x), {}});
}

/// A · B, the matrix product; Aᵀ Bᵀ = (B A)ᵀ.
constexpr value matrix_product(auto& n, const value& a, const value& b, const dimensions& dims) {
    if (is_zero(a) || is_zero(b)) return number_value({}, dims);
    const split_product x = split_scalars(n, a), y = split_scalars(n, b);
    const int left = tensor_of(n, x, a.dims), right = tensor_of(n, y, b.dims);
    const value scalars = product(n, x.scalars, y.scalars);
    if (n.template is<transpose_op>(left) && n.template is<transpose_op>(right)) {
        const dimensions turned{2, dims.columns, dims.rows};
        const int id = n.template make<product_op>(turned, n.operand(right, 0), n.operand(left, 0));
        return product(n, scalars, transposed(n, {one(), id, turned}));
    }
    return product(n, scalars, {one(), n.template make<product_op>(dims, left, right), dims});
}

constexpr value outer_product(auto& n, const value& a, const value& b, const dimensions& dims) {
    if (is_zero(a) || is_zero(b)) return number_value({}, dims);
    const split_product x = split_scalars(n, a), y = split_scalars(n, b);
    const value scalars = product(n, x.scalars, y.scalars);
    if (x.tensor < 0 && y.tensor < 0) return {scalars.factor, scalars.rest, dims};
    const int left = tensor_of(n, x, a.dims), right = tensor_of(n, y, b.dims);
    return product(n, scalars, {one(), n.template make<outer_op>(dims, left, right), dims});
}

/// A run of entries.
constexpr value extracted(auto& n, const value& v, int offset, const dimensions& dims) {
    const split_product s = split_scalars(n, v);
    if (s.tensor < 0) return {s.scalars.factor, s.scalars.rest, dims};
    const int x = s.tensor;
    if (n.template is<extract_op>(x))
        return product(n, s.scalars, extracted(n, value_of(n, n.operand(x, 0)), offset + n[x].parameter, dims));
    return product(n, s.scalars, {one(), n.make(operation_code<extract_op>, dims, &x, 1, offset), dims});
}

/// A linear operation out of which only numbers come.
constexpr value with_number_outside(auto& n, const node& of, const value& raw) {
    if (is_zero(raw)) return number_value({}, of.dims);
    const value v = closed(n, raw);
    const bool packs = of.operation == operation_code<pack_lower_op>, mirrors = of.operation == operation_code<symmetric_op>;
    if ((packs || mirrors) && n.dims(v.rest).rank == 0) return {v.factor, v.rest, of.dims};
    if (mirrors && n.template is<symmetric_op>(v.rest)) return v;
    if (packs && n.template is<unpack_lower_op>(v.rest)) return times(n, v.factor, value_of(n, n.operand(v.rest, 0)));
    int list = v.rest;
    value numbers = number_value(v.factor);  // and those that have too many digits for one
    for (; n.is_product(list) && n.template is<constant_op>(factor_of(n, first_factor(n, list)).base);
         list = other_factors(n, list))
        numbers = product(n, numbers, {one(), first_factor(n, list), {}});
    const int x = spread(n, list, v.dims);
    return product(n, numbers, {one(), n.make(of.operation, of.dims, &x, 1, of.parameter), of.dims});
}

template <class Form>
inline constexpr normal_rules all_rules{.closed = &closed_rule<Form>,
                                        .sum = &sum_rule<Form>,
                                        .product = &product_rule<Form>,
                                        .power = &power_rule<Form>,
                                        .times = &times_rule<Form>,
                                        .exponential_of = &exponential_of_rule<Form>,
                                        .logistic = &logistic_rule<Form>,
                                        .softmax_of = &softmax_of_rule<Form>,
                                        .transposed = &transposed_rule<Form>,
                                        .untransposed = &untransposed_rule<Form>,
                                        .with_functions_recognised = &with_functions_recognised_rule<Form>};

}  // namespace chainfold::canonical
