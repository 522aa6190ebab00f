// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sums: flattened, ordered, like terms collected, the common divisor and the sign in front, common factors of all
// terms in front of what is left.

#include <chainfold/transform/normal_rules.hpp>

namespace chainfold::canonical {

/// factor · rest, one of the terms of a sum.
struct term {
    number factor{};
    int rest = 0;
};

constexpr term term_of(const auto& n, int id) {
    if (n.is_scaled(id)) return {n.constant_of(n.operand(id, 0)), n.operand(id, 1)};
    return {one(), id};
}

// Lists of terms; -1 is the empty list.
constexpr term first_term(const auto& n, int list) { return term_of(n, n.is_terms(list) ? n.operand(list, 0) : list); }
constexpr int other_terms(const auto& n, int list) { return n.is_terms(list) ? n.operand(list, 1) : -1; }
constexpr int prepend(auto& n, const term& t, int list) {
    const int head = n.scaled(t.factor, t.rest);
    return list < 0 ? head : n.template make<add_op>(wider(n.dims(head), n.dims(list)), head, list);
}
/// Terms are in the order: vectors and matrices before scalars, then the heaviest first.
constexpr bool stands_before(const auto& n, const term& a, const term& b) {
    const bool scalar_a = n.dims(a.rest).rank == 0, scalar_b = n.dims(b.rest).rank == 0;
    if (scalar_a != scalar_b) return scalar_b;
    if (n.of(a.rest).depth == n.of(b.rest).depth && n.of(a.rest).weight == n.of(b.rest).weight)
        return n.comes_first(a.rest, b.rest);
    return n.is_lighter(b.rest, a.rest);
}

/// A sum taken apart: a list of terms and a number.
struct terms {
    int list = -1;
    number constant{};
    bool exact = true;
};

/// Both lists in one, like terms collected.  What follows the last place where they differ is shared.
constexpr int merged(auto& n, int a, int b) {
    buffer<term> front;
    while (a >= 0 && b >= 0) {
        const term x = first_term(n, a), y = first_term(n, b);
        if (x.rest == y.rest) {
            if (const auto f = math::add(x.factor, y.factor); !f.exact) {
                front.push(x);
            } else {
                if (!math::is_zero(f.value)) front.push({f.value, x.rest});
                b = other_terms(n, b);
            }
            a = other_terms(n, a);
        } else if (stands_before(n, x, y)) {
            front.push(x);
            a = other_terms(n, a);
        } else {
            front.push(y);
            b = other_terms(n, b);
        }
    }
    int list = a >= 0 ? a : b;
    for (; front.size() > 0; front.pop()) list = prepend(n, front[front.size() - 1], list);
    return list;
}

/// All terms times c, or divided by it.
constexpr terms rescaled(auto& n, const terms& s, const number& c, math::folded (*fold)(number, number)) {
    if (math::is_one(c)) return s;
    buffer<term> all;
    bool in_order = true;
    for (int list = s.list; list >= 0; list = other_terms(n, list)) {
        const term t = first_term(n, list);
        const auto f = fold(t.factor, c);
        if (!f.exact) return {-1, {}, false};
        const value v = times(n, f.value, {one(), t.rest, {}});
        in_order = in_order && v.rest == t.rest;
        all.push({v.factor, v.rest});
    }
    const auto k = fold(s.constant, c);
    terms result{-1, k.value, k.exact};
    for (; all.size() > 0; all.pop()) {
        const term& t = all[all.size() - 1];
        result.list = in_order ? prepend(n, t, result.list) : merged(n, result.list, n.scaled(t.factor, t.rest));
    }
    return result;
}
constexpr terms multiplied(auto& n, const terms& s, const number& c) {
    return rescaled(n, s, c, [](number a, number b) { return math::multiply(a, b); });
}
constexpr terms divided(auto& n, const terms& s, const number& c) {
    return rescaled(n, s, c, [](number a, number b) { return math::divide(a, b); });
}

constexpr terms parts_of(const auto& n, int sum) {
    if (n.is_offset(sum)) return {n.operand(sum, 0), n.constant_of(n.operand(sum, 1)), true};
    return {sum, {}, true};
}

/// The terms of a value: a sum's own, each transposed if it is a sum transposed, and one if it is no sum.
constexpr terms opened(auto& n, const value& v) {
    if (is_number(v)) return {-1, v.factor, true};
    if (n.is_sum(v.rest))
        if (const terms s = multiplied(n, parts_of(n, v.rest), v.factor); s.exact) return s;
    if (n.template is<transpose_op>(v.rest) && n.is_sum(n.operand(v.rest, 0))) {
        terms s = multiplied(n, parts_of(n, n.operand(v.rest, 0)), v.factor), turned{-1, s.constant, true};
        for (; s.exact && s.list >= 0; s.list = other_terms(n, s.list)) {
            const term t = first_term(n, s.list);
            const value one_term = transposed(n, {t.factor, t.rest, n.dims(t.rest)});
            turned.list = merged(n, turned.list, n.scaled(one_term.factor, one_term.rest));
        }
        if (s.exact) return turned;
    }
    return {n.scaled(v.factor, v.rest), {}, true};
}

/// The common divisor of all terms.
constexpr math::folded content_of(const auto& n, const terms& s) {
    const number& content = n.of(s.list).content;
    if (!math::is_zero(content) && !math::is_zero(s.constant)) return common_divisor(content, magnitude(s.constant));
    return {content, !math::is_zero(content)};
}

/// The sum of these terms as factor · rest.
constexpr value collected(auto& n, terms s, const dimensions& dims) {
    if (s.list < 0) return number_value(s.constant, dims);
    const bool has_constant = !math::is_zero(s.constant);
    if (!n.is_terms(s.list) && !has_constant) {
        const term t = first_term(n, s.list);
        return {t.factor, t.rest, dims};
    }
    const number last = n.of(s.list).last;
    const auto content = content_of(n, s);
    number factor = content.exact ? content.value : is_short(last) ? magnitude(last) : one();
    if (math::sign(last) < 0) factor = math::negate(factor).value;
    if (const terms primitive = divided(n, s, factor); primitive.exact) {
        s = primitive;
        if (const auto left = content_of(n, s); content.exact && left.exact && !math::is_one(left.value))
            return times(n, factor, collected(n, s, dims));  // a number among the factors has been folded
    } else {
        factor = one();
    }
    if (math::is_zero(s.constant)) return {factor, s.list, dims};
    if (const term t = first_term(n, s.list);
        !n.is_terms(s.list) && n.template is<expm1_op>(t.rest) && t.factor == s.constant) {
        value e = exponential_of(n, value_of(n, n.operand(t.rest, 0)));  // eᵘ − 1 + 1
        e.dims = dims;
        return times(n, factor, times(n, t.factor, e));
    }
    return {factor, n.template make<add_op>(n.dims(s.list), s.list, n.constant(s.constant)), dims};
}

/// Aᵀ + Bᵀ = (A + B)ᵀ
constexpr value with_transposes_outside(auto& n, const value& v) {
    if (!n.is_sum(v.rest) || n.dims(v.rest).rank != 2) return v;
    const terms s = parts_of(n, v.rest);
    value total = number_value(s.constant, {2, v.dims.columns, v.dims.rows});
    for (int list = s.list; list >= 0; list = other_terms(n, list)) {
        const term t = first_term(n, list);
        if (n.dims(t.rest).rank == 0) {
            total = sum(n, total, {t.factor, t.rest, total.dims});
            continue;
        }
        const value inner = untransposed(n, {t.factor, t.rest, n.dims(t.rest)});
        if (is_zero(inner)) return v;
        total = sum(n, total, inner);
    }
    return times(n, v.factor, transposed(n, total));
}

constexpr int length_of(const auto& n, const value& v) {
    if (n.is_offset(v.rest)) return n.of(n.operand(v.rest, 0)).length;
    return n.is_sum(v.rest) ? n.of(v.rest).length : 0;
}

constexpr value sum_rule(auto& n, const value& a, const value& b) {
    const dimensions dims = wider(a.dims, b.dims);
    if (is_zero(a)) return {b.factor, b.rest, dims};
    if (is_zero(b)) return {a.factor, a.rest, dims};
    if (const value& longer = length_of(n, a) < length_of(n, b) ? b : a;
        !math::is_one(longer.factor) && is_short(longer.factor) && n.is_sum(longer.rest)) {
        // c s + d t = c (s + d / c t), so that the many terms of s are left as they are
        const value& other = &longer == &a ? b : a;
        if (const auto d = math::divide(other.factor, longer.factor); d.exact && is_short(d.value))
            return times(n, longer.factor, sum(n, {one(), longer.rest, dims}, {d.value, other.rest, dims}));
    }
    const terms x = opened(n, a), y = opened(n, b);
    const auto constant = math::add(x.constant, y.constant);
    terms s{merged(n, x.list, y.list), constant.exact ? constant.value : x.constant, true};
    if (!constant.exact) s.list = merged(n, s.list, n.power_of(n.constant(y.constant), 1));
    return with_transposes_outside(n, collected(n, s, dims));
}
constexpr value difference(auto& n, const value& a, const value& b) { return sum(n, a, negated(b)); }

// How a sum is written.

/// 1 − y rather than y − 1, otherwise the heaviest term positive.
constexpr int usual_sign(const auto& n, int sum) {
    const terms s = parts_of(n, sum);
    if (math::is_one(magnitude(s.constant))) return math::sign(s.constant);
    return math::sign(first_term(n, s.list).factor);
}
/// How many terms have a factor to be written if c is multiplied into them; many if it cannot be.
constexpr int written_factors(const auto& n, const number& c, int sum) {
    constexpr int many = 1 << 20;
    const terms s = parts_of(n, sum);
    int count = math::multiply(c, s.constant).exact ? 0 : many;
    for (int list = s.list; list >= 0; list = other_terms(n, list)) {
        const auto f = math::multiply(c, first_term(n, list).factor);
        count += !f.exact ? many : !math::is_one(magnitude(f.value));
    }
    return count;
}

}  // namespace chainfold::canonical
