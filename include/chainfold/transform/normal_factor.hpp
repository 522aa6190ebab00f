// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is seen in a product or a sum as a whole: a factor that all terms share, transposes that all factors share, and
// the functions that a product of simpler ones is.

#include <chainfold/transform/normal_product.hpp>

namespace chainfold::canonical {

/// The factor with this base and this sign of its exponent in a product; exponent 0 if there is none.
constexpr factor find_factor(const auto& n, int rest, int base, bool inverse) {
    int look = longest_look;
    for (int list = list_of_factors(rest); list >= 0 && look > 0; list = other_factors(n, list), --look)
        if (const factor f = factor_of(n, first_factor(n, list)); f.base == base && (f.exponent < 0) == inverse)
            return f;
    return {base, 0};
}

/// The power of `base` that all terms share; exponent 0 if there is none.
constexpr factor shared_by_all(const auto& n, int list, factor f) {
    const bool inverse = f.exponent < 0;
    for (; list >= 0 && f.exponent != 0; list = other_terms(n, list)) {
        const int e = find_factor(n, first_term(n, list).rest, f.base, inverse).exponent;
        if (inverse ? e > f.exponent : e < f.exponent) f.exponent = e;
    }
    return f;
}

/// The product without the power of f's base.
constexpr value without(auto& n, int rest, const factor& f) {
    buffer<int> front;
    int list = rest;
    while (true) {
        const int head = first_factor(n, list);
        const factor g = factor_of(n, head);
        list = other_factors(n, list);
        if (g.base == f.base && have_one_sign(g.exponent, f.exponent)) {
            if (g.exponent != f.exponent) front.push(n.power_of(g.base, g.exponent - f.exponent));
            break;
        }
        front.push(head);
    }
    for (; front.size() > 0; front.pop()) list = prepend_factor(n, front[front.size() - 1], list);
    return {one(), rest_of_list(list), list < 0 ? scalar_dimensions : n.dims(list)};
}

/// A value to be used in anything but a sum: x·a + x·b = x·(a + b).
constexpr value closed_rule(auto& n, const value& v) {
    if (n.template is<transpose_op>(v.rest) && n.is_terms(n.operand(v.rest, 0))) {
        const int inside = n.operand(v.rest, 0);
        const value inner = closed(n, {v.factor, inside, n.dims(inside)});
        return inner.rest == inside ? v : transposed(n, inner);
    }
    if (!n.is_terms(v.rest) || n.of(v.rest).length > 4 * longest_look) return v;
    if (n.closed_form(v.rest).rest < 0) {
        value found{one(), v.rest, v.dims};
        int look = longest_look;
        for (int list = first_term(n, v.rest).rest; list >= 0 && look > 0; list = other_factors(n, list), --look) {
            const factor f = shared_by_all(n, v.rest, factor_of(n, first_factor(n, list)));
            if (f.exponent == 0) continue;
            value others = number_value({}, scalar_dimensions);
            for (int of = v.rest; of >= 0; of = other_terms(n, of)) {
                const term t = first_term(n, of);
                others = sum(n, others, times(n, t.factor, without(n, t.rest, f)));
            }
            found = product(n, {one(), n.power_of(f.base, f.exponent), n.dims(f.base)}, others);
            break;
        }
        n.closed_form(v.rest) = found;
    }
    const value found = n.closed_form(v.rest);
    if (found.rest == v.rest) return v;
    const value all = times(n, v.factor, found);
    return {all.factor, all.rest, v.dims};
}

/// p · (a / p + b) = a + p · b for a p that is positive.
constexpr value with_positive_factors_cancelled(auto& n, const value& v) {
    int left = longest_look;
    for (int list = v.rest; list >= 0 && left > 0; list = other_factors(n, list), --left) {
        const factor p = factor_of(n, first_factor(n, list));
        if (!n.is_positive(p.base) || p.exponent < 0 || n.template is<exp_op>(p.base)) continue;
        int right = longest_look;
        for (int others = v.rest; others >= 0 && right > 0; others = other_factors(n, others), --right) {
            const int s = first_factor(n, others);
            if (!n.is_sum(s)) continue;
            const terms parts = parts_of(n, s);
            bool cancels = false;
            int look = longest_look;
            for (int t = parts.list; t >= 0 && look > 0 && !cancels; t = other_terms(n, t), --look)
                cancels = find_factor(n, first_term(n, t).rest, p.base, true).exponent != 0;
            if (!cancels) continue;
            const value power_of_p{one(), n.power_of(p.base, p.exponent), n.dims(p.base)};
            value total = times(n, parts.constant, power_of_p);
            for (int t = parts.list; t >= 0; t = other_terms(n, t)) {
                const term x = first_term(n, t);
                total = sum(n, total, times(n, x.factor, product(n, power_of_p, {one(), x.rest, n.dims(x.rest)})));
            }
            value rest = without(n, v.rest, {s, 1});
            rest = without(n, rest.rest, p);
            value result = product(n, times(n, v.factor, rest), total);
            result.dims = v.dims;
            return result;
        }
    }
    return v;
}

/// eˣ / Σ eˣ = softmax(x)
constexpr value with_softmax_recognised(auto& n, const value& v) {
    int look = longest_look;
    for (int list = v.rest; list >= 0 && look > 0; list = other_factors(n, list), --look) {
        const factor f = factor_of(n, first_factor(n, list));
        if (f.exponent >= 0 || !n.template is<sum_op>(f.base)) continue;
        const int e = n.operand(f.base, 0);
        if (!n.template is<exp_op>(e) || n.dims(e).rank != 1 || find_factor(n, v.rest, e, false).exponent == 0)
            continue;
        value rest = without(n, v.rest, {f.base, -1});
        rest = without(n, rest.rest, {e, 1});
        value result = product(n, times(n, v.factor, rest), softmax_of(n, value_of(n, n.operand(e, 0))));
        result.dims = v.dims;
        return result;
    }
    return v;
}

/// The scalars of a product and the rest, which is not one; a scalar spread over a shape is all scalars.
struct split_product {
    value scalars{};
    int tensor = -1;
};
constexpr split_product split_scalars(auto& n, const value& raw) {
    const value v = closed(n, raw);
    if (n.dims(v.rest).rank == 0) return {{v.factor, v.rest, {}}, -1};
    buffer<int> front;
    int list = v.rest;
    while (n.is_product(list) && n.dims(first_factor(n, list)).rank == 0) {
        front.push(first_factor(n, list));
        list = other_factors(n, list);
    }
    int scalars = -1;
    for (; front.size() > 0; front.pop()) scalars = prepend_factor(n, front[front.size() - 1], scalars);
    return {{v.factor, rest_of_list(scalars), {}}, list};
}

constexpr value untransposed_rule(auto& n, const value& v) {
    const split_product s = split_scalars(n, v);
    if (s.tensor < 0 || !n.template is<transpose_op>(s.tensor)) return number_value({});
    return product(n, s.scalars, value_of(n, n.operand(s.tensor, 0)));
}

/// Aᵀ ∘ Bᵀ = (A ∘ B)ᵀ, also among other factors.
constexpr value with_transposes_gathered(auto& n, const value& v) {
    int count = 0;
    for (int list = v.rest; list >= 0; list = other_factors(n, list))
        if (const factor f = factor_of(n, first_factor(n, list)); n.template is<transpose_op>(f.base))
            count += f.exponent == 1 ? 1 : 2;
    if (count < 2) return v;
    value inner = number_value(one()), others = number_value(v.factor, v.dims);
    for (int list = v.rest; list >= 0; list = other_factors(n, list)) {
        const int head = first_factor(n, list);
        const factor f = factor_of(n, head);
        if (n.template is<transpose_op>(f.base))
            inner = product(n, inner, power(n, value_of(n, n.operand(f.base, 0)), f.exponent));
        else
            others = product(n, others, {one(), head, n.dims(head)});
    }
    return product(n, others, transposed(n, inner));
}

constexpr value with_functions_recognised_rule(auto& n, const value& v) {
    const int contains = n.of(v.rest).contains;
    if (n.dims(v.rest).rank == 2) {
        const value w = with_transposes_gathered(n, v);
        if (w.rest != v.rest) return w;
    }
    if (!n.is_product(v.rest)) return v;
    if ((contains & exponential) != 0) {
        const value w = with_softmax_recognised(n, v);
        if (w.rest != v.rest) return w;
    }
    constexpr int both = positive_factor | sum_factor;
    return (contains & both) == both ? with_positive_factors_cancelled(n, v) : v;
}

}  // namespace chainfold::canonical
