// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the simplifier sees in a node: a factor and a rest, a sum with a constant, a scalar spread over a shape.

#include <chainfold/operation/table.hpp>

namespace chainfold::simplification {

template <class Op>
constexpr bool is(handle x) {
    return x.operation() == operation_code<Op>;
}

/// The node itself, past the simplifier.
template <class Op, class... H>
constexpr handle raw(dimensions dims, handle first, H... rest) {
    const int ids[] = {first.id, rest.id...};
    return {first.graph, first.graph->intern({operation_code<Op>, dims, 0, ids, 1 + sizeof...(H)})};
}
template <class Op>
constexpr handle raw_with(dimensions dims, int parameter, handle x) {
    return {x.graph, x.graph->intern({operation_code<Op>, dims, parameter, &x.id, 1})};
}

/// The scalar that a broadcast spreads, if x is one.
constexpr handle inside_broadcast(handle x) { return is<broadcast_op>(x) ? x.operand(0) : handle{}; }

/// x, spread over the shape if it is a scalar.
constexpr handle broadcast_to(handle x, dimensions dims) {
    return x.dims().rank == 0 && dims.rank != 0 ? broadcast(x, dims) : x;
}

/// The number, for every entry of the shape.
constexpr handle filled(builder& g, const number& value, dimensions dims) {
    return broadcast(make_constant(g, value), dims);
}

/// A node as factor · rest; a constant has no rest.
struct term {
    number factor{1, 1, 0};
    handle rest{};
    [[nodiscard]] constexpr bool is_number() const { return !rest.exists(); }
};

constexpr term split(handle x) {
    if (is<broadcast_op>(x) && is<constant_op>(x.operand(0))) x = x.operand(0);
    if (is<constant_op>(x)) return {x.graph->constant(x.parameter()), {}};
    if (is<negate_op>(x)) return {number{-1, 1, 0}, x.operand(0)};
    if (is<multiply_op>(x) && is<constant_op>(x.operand(0)))
        return {x.graph->constant(x.operand(0).parameter()), x.operand(1)};
    return {number{1, 1, 0}, x};
}

constexpr bool is_zero(handle x) {
    const term t = split(x);
    return t.is_number() && math::is_zero(t.factor);
}

/// c · x with the factor in front, or inside what it can be folded into.
constexpr handle scale(const number& c, handle x) {
    builder& g = *x.graph;
    if (math::is_zero(c)) return filled(g, c, x.dims());
    if (math::is_one(c)) return x;
    const term t = split(x);
    if (const auto f = math::multiply(c, t.factor); f.exact) {
        if (t.is_number()) return filled(g, f.value, x.dims());
        if (!math::is_one(t.factor)) return scale(f.value, t.rest);
    }
    const bool negation = c == number{-1, 1, 0};
    if (is<broadcast_op>(x)) return broadcast(scale(c, x.operand(0)), x.dims());
    if (is<embed_op>(x)) return embed(scale(c, x.operand(0)), x.parameter(), x.dims());
    if (is<unpack_lower_op>(x)) return unpack_lower(scale(c, x.operand(0)));
    if (is<select_op>(x) && (is_zero(x.operand(1)) || is_zero(x.operand(2))))
        return raw<select_op>(x.dims(), x.operand(0), scale(c, x.operand(1)), scale(c, x.operand(2)));
    if (is<subtract_op>(x) && negation) return x.operand(1) - x.operand(0);
    if (is<reciprocal_op>(x) && !negation) return raw<divide_op>(x.dims(), make_constant(g, c), x.operand(0));
    if (is<divide_op>(x) && split(x.operand(0)).is_number())
        if (const auto f = math::multiply(c, split(x.operand(0)).factor); f.exact)
            return filled(g, f.value, x.operand(0).dims()) / x.operand(1);
    if (negation) return raw<negate_op>(x.dims(), x);
    return raw<multiply_op>(x.dims(), make_constant(g, c), x);
}

constexpr handle negated(handle x) { return scale(number{-1, 1, 0}, x); }

/// A sum or difference of something and a constant, as rest + constant.
struct offset_sum {
    handle rest{};
    number constant{};
};

constexpr offset_sum split_sum(handle x) {
    if (is<add_op>(x) || is<subtract_op>(x))
        if (const term t = split(x.operand(1)); t.is_number())
            return {x.operand(0), is<add_op>(x) ? t.factor : math::negate(t.factor).value};
    return {};
}

/// a + f · rest where a is a sum or difference in which rest occurs, collected; nothing if it does not occur or the
/// factors cannot be added: (u - b) - b = u - 2 b, (u + b) - b = u.
constexpr handle collected(handle a, const number& f, handle rest) {
    if (!is<add_op>(a) && !is<subtract_op>(a)) return {};
    const handle left = a.operand(0), right = a.operand(1);
    const term x = split(left), y = split(right);
    const bool minus = is<subtract_op>(a);
    if (y.rest.exists() && y.rest.is(rest))
        if (const auto k = minus ? math::subtract(f, y.factor) : math::add(f, y.factor); k.exact)
            return left + scale(k.value, rest);
    if (x.rest.exists() && x.rest.is(rest))
        if (const auto k = math::add(f, x.factor); k.exact)
            return minus ? scale(k.value, rest) - right : scale(k.value, rest) + right;
    return {};
}

/// Is x zeros but for one side of a condition that is a scalar?
constexpr bool is_conditional(handle x) {
    return is<select_op>(x) && x.operand(0).dims().rank == 0 && (is_zero(x.operand(1)) || is_zero(x.operand(2)));
}

// What is put together from parts, scalars to a vector or rows to a matrix, and how many parts that are at most.
inline constexpr int most_parts = 16;
constexpr dimensions part_of(const dimensions& whole) {
    return whole.rank == 2 ? vector_dimensions(whole.columns) : scalar_dimensions;
}
/// Is x one part put into zeros, or a stack of parts?  Perhaps behind a condition.
constexpr bool has_parts(handle x) {
    if (x.dims().rank == 0 || x.dims().rows > most_parts) return false;
    if (is_conditional(x)) return is<stack_op>(x.operand(is_zero(x.operand(2)) ? 1 : 2));
    if (is<stack_op>(x)) return true;
    return is<embed_op>(x) && x.operand(0).dims() == part_of(x.dims()) && x.parameter() % part_of(x.dims()).size() == 0;
}
constexpr handle part(handle x, int i) {
    const dimensions dims = part_of(x.dims());
    if (is<stack_op>(x)) return x.operand(i);
    if (is<select_op>(x)) return extract(x, i * dims.size(), dims);
    return x.parameter() == i * dims.size() ? x.operand(0) : filled(*x.graph, {}, dims);
}
/// embed<0>(u) + embed<1>(v) = stack(u, v)
constexpr handle sum_of_parts(handle a, handle b) {
    int parts[most_parts];
    const int count = a.dims().rows;
    for (int i = 0; i < count; ++i) parts[i] = (part(a, i) + part(b, i)).id;
    return make_node(*a.graph, operation_code<stack_op>, parts, count, a.dims());
}

/// The side of a conditional x that is not zero.
constexpr handle conditional_part(handle x) { return broadcast_to(x.operand(is_zero(x.operand(2)) ? 1 : 2), x.dims()); }
/// f(x) for a conditional x and a linear f: f(select(k, u, 0)) = select(k, f(u), 0).  Whatever f multiplies by may be
/// infinite where the condition fails.
template <class F>
constexpr handle behind_condition(handle x, F f) {
    const handle y = f(conditional_part(x)), zero = filled(*x.graph, {}, y.dims());
    return is_zero(x.operand(2)) ? select(x.operand(0), y, zero) : select(x.operand(0), zero, y);
}

/// Are a and b zeros but behind the same condition, where one of them may be put into further zeros?
constexpr bool share_condition(handle a, handle b) {
    if (is<embed_op>(a)) a = a.operand(0);
    if (is<embed_op>(b)) b = b.operand(0);
    return is_conditional(a) && is_conditional(b) && a.operand(0).is(b.operand(0)) &&
           is_zero(a.operand(2)) == is_zero(b.operand(2));
}
/// a + b for such a and b: select(k, u, 0) + embed(select(k, v, 0)) = select(k, u + embed(v), 0)
constexpr handle sum_behind_condition(handle a, handle b) {
    const auto part = [](handle x) {
        return is<embed_op>(x) ? embed(conditional_part(x.operand(0)), x.parameter(), x.dims()) : conditional_part(x);
    };
    const handle from = is<embed_op>(a) ? a.operand(0) : a, zero = filled(*a.graph, {}, a.dims());
    const handle whole = part(a) + part(b);
    return is_zero(from.operand(2)) ? select(from.operand(0), whole, zero) : select(from.operand(0), zero, whole);
}

/// Factors stand in the order: scalars, then what was there first.
constexpr bool comes_first(handle a, handle b) {
    const bool scalar_a = a.dims().rank == 0, scalar_b = b.dims().rank == 0;
    return scalar_a != scalar_b ? scalar_a : a.id < b.id;
}

}  // namespace chainfold::simplification
