// SPDX-License-Identifier: BSL-1.0
#pragma once

// The simplifier: a rewriting rule for builders.  It sees a node before it exists, its operands being simplified
// already, so one look at the operands is enough, nothing is visited twice, and it ends.
//
// Constants are folded exactly (a fold that would overflow is left), zero and one disappear, signs and constant
// factors are collected in front, sums of a thing with itself become multiples, and what an adjoint puts into zeros
// (embed) or behind a condition (select) stays there instead of spreading.  Each operation's rules are one function;
// the switch at the end is the list of all.

#include <chainfold/transform/equal_products.hpp>

namespace chainfold::simplification {

/// Is x mostly zeros: something put into zeros of this shape, or a condition with zeros on one side?
constexpr bool has_zeros(handle x, dimensions dims) {
    if (is<select_op>(x)) return is_zero(x.operand(1)) || is_zero(x.operand(2));
    return is<embed_op>(x) && x.dims() == dims;
}

/// times(a, b) for such an a and a `times` that is linear in it: what is 0 in a is not combined with b, which may be
/// infinite there.  select(k, u, 0) · b = select(k, u · b, 0), embed(u) · b = embed(u · extract(b)).
template <class Times>
constexpr handle beside_zeros(handle a, handle b, dimensions dims, Times times) {
    if (is<embed_op>(a)) {
        const handle u = a.operand(0);
        return embed(times(u, b.dims().rank == 0 ? b : extract(b, a.parameter(), u.dims())), a.parameter(), dims);
    }
    if (is_zero(a.operand(2))) return select(a.operand(0), times(a.operand(1), b), a.operand(2));
    return select(a.operand(0), a.operand(1), times(a.operand(2), b));
}

constexpr handle multiply(handle a, handle b, dimensions dims) {
    builder& g = *a.graph;
    if (is_zero(a) || is_zero(b)) return filled(g, {}, dims);
    if (const handle s = inside_broadcast(a); s.exists() && b.dims() == dims) return s * b;
    if (const handle s = inside_broadcast(b); s.exists() && a.dims() == dims) return hadamard(a, s);
    const term x = split(a), y = split(b);
    if (x.is_number()) return scale(x.factor, broadcast_to(b, dims));
    if (y.is_number()) return scale(y.factor, broadcast_to(a, dims));
    if (!math::is_one(x.factor) || !math::is_one(y.factor))
        if (const auto f = math::multiply(x.factor, y.factor); f.exact) return scale(f.value, hadamard(x.rest, y.rest));
    if (a.is(b)) return square(a);
    if (is<reciprocal_op>(b)) return a / b.operand(0);
    if (is<reciprocal_op>(a)) return b / a.operand(0);
    if (is<divide_op>(b))
        if (const term n = split(b.operand(0)); n.is_number())
            return broadcast_to(scale(n.factor, a / b.operand(1)), dims);
    if (is<divide_op>(a))
        if (const term n = split(a.operand(0)); n.is_number())
            return broadcast_to(scale(n.factor, b / a.operand(1)), dims);
    const auto times = [](handle u, handle v) { return hadamard(u, v); };
    if (has_zeros(a, dims)) return beside_zeros(a, b, dims, times);
    if (has_zeros(b, dims)) return beside_zeros(b, a, dims, times);
    if (comes_first(b, a)) return raw<multiply_op>(dims, b, a);
    return raw<multiply_op>(dims, a, b);
}

constexpr handle difference(handle a, handle b, dimensions dims);

constexpr handle sum(handle a, handle b, dimensions dims) {
    builder& g = *a.graph;
    if (is_zero(a)) return broadcast_to(b, dims);
    if (is_zero(b)) return broadcast_to(a, dims);
    if (const handle s = inside_broadcast(a); s.exists() && b.dims() == dims) return s + b;
    if (const handle s = inside_broadcast(b); s.exists() && a.dims() == dims) return a + s;
    const term x = split(a), y = split(b);
    if (x.is_number() && y.is_number())
        if (const auto f = math::add(x.factor, y.factor); f.exact) return filled(g, f.value, dims);
    if (x.rest.exists() && x.rest.is(y.rest))
        if (const auto f = math::add(x.factor, y.factor); f.exact) return scale(f.value, x.rest);
    if (x.is_number() && !y.is_number()) return b + a;
    if (y.is_number())
        if (const offset_sum s = split_sum(a); s.rest.exists())
            if (const auto f = math::add(s.constant, y.factor); f.exact) return s.rest + filled(g, f.value, dims);
    if (y.rest.exists())
        if (const handle c = collected(a, y.factor, y.rest); c.exists()) return broadcast_to(c, dims);
    if (x.rest.exists())
        if (const handle c = collected(b, x.factor, x.rest); c.exists()) return broadcast_to(c, dims);
    if (cancel(a, b, 1)) return filled(g, {}, dims);
    if (math::sign(y.factor) < 0) return raw<subtract_op>(dims, a, negated(b));
    if (math::sign(x.factor) < 0) return raw<subtract_op>(dims, b, negated(a));
    if (is<embed_op>(a) && is<embed_op>(b) && a.parameter() == b.parameter() && a.dims() == b.dims() &&
        a.operand(0).dims() == b.operand(0).dims())
        return embed(a.operand(0) + b.operand(0), a.parameter(), dims);
    if (a.dims() == b.dims() && share_condition(a, b) && is<embed_op>(a) != is<embed_op>(b))
        return sum_behind_condition(a, b);
    if (is<select_op>(a) && is<select_op>(b) && a.operand(0).is(b.operand(0)))
        return select(a.operand(0), a.operand(1) + b.operand(1), a.operand(2) + b.operand(2));
    if (has_parts(a) && has_parts(b) && a.dims() == b.dims()) return sum_of_parts(a, b);
    if (!y.is_number() && b.id < a.id) return raw<add_op>(dims, b, a);
    return raw<add_op>(dims, a, b);
}

constexpr handle difference(handle a, handle b, dimensions dims) {
    builder& g = *a.graph;
    if (is_zero(b)) return broadcast_to(a, dims);
    if (is_zero(a)) return broadcast_to(-b, dims);
    if (a.is(b)) return filled(g, {}, dims);
    if (const handle s = inside_broadcast(a); s.exists() && b.dims() == dims) return s - b;
    if (const handle s = inside_broadcast(b); s.exists() && a.dims() == dims) return a - s;
    const term x = split(a), y = split(b);
    if (x.is_number() && y.is_number())
        if (const auto f = math::subtract(x.factor, y.factor); f.exact) return filled(g, f.value, dims);
    if (x.rest.exists() && x.rest.is(y.rest))
        if (const auto f = math::subtract(x.factor, y.factor); f.exact) return scale(f.value, x.rest);
    if (math::sign(y.factor) < 0) return a + negated(b);
    if (y.rest.exists())
        if (const handle c = collected(a, math::negate(y.factor).value, y.rest); c.exists())
            return broadcast_to(c, dims);
    if (x.rest.exists())
        if (const handle c = collected(b, math::negate(x.factor).value, x.rest); c.exists())
            return broadcast_to(negated(c), dims);
    if (has_parts(a) && has_parts(b) && is<embed_op>(b) && a.dims() == b.dims()) return a + negated(b);
    if (a.dims() == b.dims() && share_condition(a, b)) return a + negated(b);
    if (y.is_number())
        if (const offset_sum s = split_sum(a); s.rest.exists())
            if (const auto f = math::subtract(s.constant, y.factor); f.exact) return s.rest + filled(g, f.value, dims);
    if (cancel(a, b, -1)) return filled(g, {}, dims);
    return raw<subtract_op>(dims, a, b);
}

constexpr handle quotient(handle a, handle b, dimensions dims) {
    builder& g = *a.graph;
    if (is_zero(a)) return filled(g, {}, dims);
    if (const handle s = inside_broadcast(b); s.exists() && a.dims() == dims) return a / s;
    const term x = split(a), y = split(b);
    if (y.is_number())
        if (const auto f = math::divide(number{1, 1, 0}, y.factor); f.exact)
            return scale(f.value, broadcast_to(a, dims));
    if (!math::is_one(y.factor) && !y.is_number())
        if (const auto f = math::divide(x.factor, y.factor); f.exact)
            return x.is_number() ? filled(g, f.value, a.dims()) / y.rest : scale(f.value, x.rest / y.rest);
    if (x.is_number() && math::is_one(x.factor) && b.dims() == dims) return reciprocal(b);
    if (!x.is_number() && !math::is_one(x.factor)) return scale(x.factor, x.rest / b);
    if (is<reciprocal_op>(b)) return hadamard(a, b.operand(0));
    if (has_zeros(a, dims)) return beside_zeros(a, b, dims, [](handle u, handle v) { return u / v; });
    return raw<divide_op>(dims, a, b);
}

constexpr handle squared(handle a, dimensions dims) {
    const term x = split(a);
    if (!math::is_one(x.factor) || x.is_number())
        if (const auto f = math::power(x.factor, 2); f.exact)
            return x.is_number() ? filled(*a.graph, f.value, dims) : scale(f.value, square(x.rest));
    return raw<square_op>(dims, a);
}

constexpr handle power(handle a, int n, dimensions dims) {
    if (n == 0) return filled(*a.graph, number{1, 1, 0}, dims);
    if (n == 1) return a;
    if (n == 2) return square(a);
    if (n == -1) return reciprocal(a);
    if (const term x = split(a); x.is_number())
        if (const auto f = math::power(x.factor, n); f.exact) return filled(*a.graph, f.value, dims);
    return raw_with<power_op>(dims, n, a);
}

constexpr handle reciprocal_of(handle a, dimensions dims) {
    const term x = split(a);
    if (!is_zero(a))
        if (const auto f = math::divide(number{1, 1, 0}, x.factor);
            f.exact && (x.is_number() || !math::is_one(x.factor)))
            return x.is_number() ? filled(*a.graph, f.value, dims) : scale(f.value, reciprocal(x.rest));
    if (is<reciprocal_op>(a)) return a.operand(0);
    return raw<reciprocal_op>(dims, a);
}

constexpr handle selected(handle k, handle a, handle b, dimensions dims) {
    if (a.is(b) && a.dims() == dims) return a;
    return raw<select_op>(dims, k, a, b);
}

}  // namespace chainfold::simplification
