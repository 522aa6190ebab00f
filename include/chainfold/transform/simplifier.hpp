// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules for operations that are not elementwise, and the list of all rules.

#include <chainfold/transform/simplify.hpp>

namespace chainfold::simplification {

constexpr handle summed(handle x) {
    if (x.dims().rank == 0) return x;
    const term t = split(x);
    if (t.is_number() || is<broadcast_op>(x)) {
        const handle one_entry = is<broadcast_op>(x) ? x.operand(0) : make_constant(*x.graph, t.factor);
        return scale(math::from_integer(x.dims().size()), one_entry);
    }
    if (!math::is_one(t.factor)) return scale(t.factor, sum(t.rest));
    if (is<embed_op>(x)) return sum(x.operand(0));
    if (is_conditional(x)) return behind_condition(x, [](handle u) { return sum(u); });
    if (is<multiply_op>(x)) {
        const handle a = x.operand(0), b = x.operand(1);
        return a.dims().rank == 0 ? a * sum(b) : dot(a, b);
    }
    return raw<sum_op>(scalar_dimensions, x);
}

constexpr handle inner(handle a, handle b) {
    if (is_zero(a) || is_zero(b)) return make_constant(*a.graph, 0);
    if (const handle s = inside_broadcast(a); s.exists()) return s * sum(b);
    if (const handle s = inside_broadcast(b); s.exists()) return s * sum(a);
    const term x = split(a), y = split(b);
    if (!math::is_one(x.factor) || !math::is_one(y.factor))
        if (const auto f = math::multiply(x.factor, y.factor); f.exact) return scale(f.value, dot(x.rest, y.rest));
    if (is<embed_op>(b) && !is<embed_op>(a)) return dot(b, a);
    if (is<embed_op>(a)) {
        const handle u = a.operand(0), part = extract(b, a.parameter(), u.dims());
        return u.dims().rank == 0 ? u * part : dot(u, part);
    }
    if (is_conditional(a)) return behind_condition(a, [&](handle u) { return dot(u, b); });
    if (is_conditional(b)) return behind_condition(b, [&](handle u) { return dot(a, u); });
    return b.id < a.id ? raw<dot_op>(scalar_dimensions, b, a) : raw<dot_op>(scalar_dimensions, a, b);
}

constexpr handle transposed(handle x, dimensions dims) {
    if (is<transpose_op>(x)) return x.operand(0);
    if (is<outer_op>(x)) return outer(x.operand(1), x.operand(0));
    if (const handle s = inside_broadcast(x); s.exists()) return broadcast(s, dims);
    if (dims.rows == 1 || dims.columns == 1) return reshape(x, dims);
    if (is_conditional(x)) return behind_condition(x, [](handle u) { return transpose(u); });
    return raw<transpose_op>(dims, x);
}

constexpr handle extracted(handle x, int offset, dimensions dims) {
    if (x.dims() == dims) return x;
    if (const handle s = inside_broadcast(x); s.exists()) return broadcast(s, dims);
    if (is<extract_op>(x)) return extract(x.operand(0), offset + x.parameter(), dims);
    if (is<embed_op>(x)) {
        const int first = x.parameter(), size = x.operand(0).dims().size();
        if (x.dims().size() == dims.size()) return embed(x.operand(0), first, dims);
        if (offset >= first && offset + dims.size() <= first + size) return extract(x.operand(0), offset - first, dims);
        if (offset + dims.size() <= first || offset >= first + size) return filled(*x.graph, {}, dims);
    }
    if (is<stack_op>(x)) {
        const int size = x.operand(0).dims().size(), i = offset / size;
        if (offset + dims.size() <= (i + 1) * size) return extract(x.operand(i), offset - i * size, dims);
    }
    if (is_conditional(x)) return behind_condition(x, [&](handle u) { return extract(u, offset, dims); });
    return raw_with<extract_op>(dims, offset, x);
}

constexpr handle embedded(handle x, int offset, dimensions dims) {
    if (x.dims().size() == dims.size()) return x.dims().rank == 0 ? broadcast(x, dims) : reshape(x, dims);
    if (is_zero(x)) return filled(*x.graph, {}, dims);
    if (is<embed_op>(x)) return embed(x.operand(0), offset + x.parameter(), dims);
    return raw_with<embed_op>(dims, offset, x);
}

constexpr handle unpacked(handle x, dimensions dims) {
    return is_zero(x) ? filled(*x.graph, {}, dims) : raw<unpack_lower_op>(dims, x);
}

constexpr handle packed(handle x, dimensions dims) {
    if (is<unpack_lower_op>(x)) return x.operand(0);
    if (const handle s = inside_broadcast(x); s.exists()) return broadcast(s, dims);
    return raw<pack_lower_op>(dims, x);
}

/// Is S(i, j) the same number as S(j, i)?
constexpr bool is_symmetric(handle x) {
    if (is<add_op>(x)) {
        const handle a = x.operand(0), b = x.operand(1);
        if (is<transpose_op>(b) && b.operand(0).is(a)) return true;
    }
    const handle s = split(x).rest;
    return x.dims().size() == 1 || !s.exists() || is<broadcast_op>(s) || is<symmetric_op>(s) ||
           (is<outer_op>(s) && s.operand(0).is(s.operand(1)));
}
constexpr handle mirrored(handle x, dimensions dims) { return is_symmetric(x) ? x : raw<symmetric_op>(dims, x); }

// A (0 … c … 0) = c · column j of A: a column of a Jacobian, or with Aᵀ, which has it as row j of A, a row
constexpr handle product(handle a, handle b, dimensions dims) {
    if (is_zero(a) || is_zero(b)) return filled(*a.graph, {}, dims);
    if (is<embed_op>(b) && b.dims().rank == 1 && b.operand(0).dims().rank == 0)
        return b.operand(0) * extract(transpose(a), b.parameter() * dims.rows, dims);
    if (is_conditional(a)) return behind_condition(a, [&](handle u) { return u * b; });
    if (is_conditional(b)) return behind_condition(b, [&](handle u) { return a * u; });
    return raw<product_op>(dims, a, b);
}
constexpr handle outer_product(handle a, handle b, dimensions dims) {
    if (is_zero(a) || is_zero(b)) return filled(*a.graph, {}, dims);
    if (is<embed_op>(a) && a.operand(0).dims().rank == 0)
        return embed(a.operand(0) * b, a.parameter() * dims.columns, dims);
    if (is_conditional(a)) return behind_condition(a, [&](handle u) { return outer(u, b); });
    if (is_conditional(b)) return behind_condition(b, [&](handle u) { return outer(a, u); });
    return raw<outer_op>(dims, a, b);
}

/// select(k, x₁, 0), select(k, x₂, 0), … as select(k, stack(x₁, x₂, …), 0); among them may be zeros.
constexpr handle stacked_behind_condition(builder& g, const candidate& c) {
    handle condition{};
    bool first = false;
    buffer<int> inside(c.count);
    for (int i = 0; i < c.count; ++i) {
        const handle x{&g, c.operands[i]};
        inside[i] = x.id;
        if (is_zero(x)) continue;
        if (!is_conditional(x)) return {};
        const bool is_first = is_zero(x.operand(2));
        if (condition.exists() && !(condition.is(x.operand(0)) && first == is_first)) return {};
        condition = x.operand(0);
        first = is_first;
        inside[i] = broadcast_to(x.operand(first ? 1 : 2), x.dims()).id;
    }
    const handle whole = make_node(g, operation_code<stack_op>, inside.data(), c.count, c.dims);
    const handle zero = filled(g, {}, c.dims);
    return first ? select(condition, whole, zero) : select(condition, zero, whole);
}

// Parts of one thing put together again are that thing; the same scalar everywhere is a broadcast.
constexpr int stacked(builder& g, const candidate& c) {
    const auto x = [&](int i) { return handle{&g, c.operands[i]}; };
    bool zero = true, same = true, parts = is<extract_op>(x(0)) && x(0).operand(0).dims() == c.dims;
    for (int i = 0; i < c.count; ++i) {
        zero = zero && is_zero(x(i));
        same = same && x(i).is(x(0)) && x(i).dims().rank == 0;
        parts = parts && is<extract_op>(x(i)) && x(i).operand(0).is(x(0).operand(0)) &&
                x(i).parameter() == i * x(0).dims().size();
    }
    if (zero) return filled(g, {}, c.dims).id;
    if (parts) return x(0).operand(0).id;
    if (same && c.count > 1) return broadcast(x(0), c.dims).id;
    if (const handle y = stacked_behind_condition(g, c); y.exists()) return y.id;
    return g.intern(c);
}

/// The rewriting rule that makes a builder simplify.
constexpr int simplify(builder& g, const candidate& c) {
    const auto x = [&](int i) { return handle{&g, c.operands[i]}; };
    switch (c.operation) {
        case operation_code<negate_op>:
            return scale(number{-1, 1, 0}, x(0)).id;
        case operation_code<add_op>:
            return sum(x(0), x(1), c.dims).id;
        case operation_code<subtract_op>:
            return difference(x(0), x(1), c.dims).id;
        case operation_code<multiply_op>:
            return multiply(x(0), x(1), c.dims).id;
        case operation_code<divide_op>:
            return quotient(x(0), x(1), c.dims).id;
        case operation_code<square_op>:
            return squared(x(0), c.dims).id;
        case operation_code<power_op>:
            return power(x(0), c.parameter, c.dims).id;
        case operation_code<reciprocal_op>:
            return reciprocal_of(x(0), c.dims).id;
        case operation_code<select_op>:
            return selected(x(0), x(1), x(2), c.dims).id;
        case operation_code<product_op>:
            return product(x(0), x(1), c.dims).id;
        case operation_code<stack_op>:
            return stacked(g, c);
        case operation_code<outer_op>:
            return outer_product(x(0), x(1), c.dims).id;
        case operation_code<transpose_op>:
            return transposed(x(0), c.dims).id;
        case operation_code<unpack_lower_op>:
            return unpacked(x(0), c.dims).id;
        case operation_code<pack_lower_op>:
            return packed(x(0), c.dims).id;
        case operation_code<symmetric_op>:
            return mirrored(x(0), c.dims).id;
        case operation_code<dot_op>:
            return inner(x(0), x(1)).id;
        case operation_code<sum_op>:
            return summed(x(0)).id;
        case operation_code<broadcast_op>:
            if (c.dims.rank == 0) return c.operands[0];
            if (is_conditional(x(0))) return behind_condition(x(0), [&](handle u) { return broadcast(u, c.dims); }).id;
            break;
        case operation_code<extract_op>:
            return extracted(x(0), c.parameter, c.dims).id;
        case operation_code<embed_op>:
            return embedded(x(0), c.parameter, c.dims).id;
        default:
            break;
    }
    return g.intern(c);
}

}  // namespace chainfold::simplification
