// SPDX-License-Identifier: BSL-1.0
#pragma once

// Functions of one value, entry by entry: the laws that hold for all real numbers.

#include <chainfold/transform/normal_factor.hpp>

namespace chainfold::canonical {

/// The function without any law.
template <class Op>
constexpr value applied_to(auto& n, const value& v) {
    const int x = whole(n, v);
    return {one(), n.template make<Op>(n.dims(x), x), v.dims};
}

/// z without the scalars among its terms, which are added to `apart`.
constexpr value without_scalars(auto& n, const value& z, value& apart) {
    if (!n.is_sum(z.rest)) return z;
    const terms s = opened(n, z);
    apart = number_value(s.constant);
    buffer<term> vectors;
    int list = s.list;
    for (; list >= 0 && n.dims(first_term(n, list).rest).rank != 0; list = other_terms(n, list))
        vectors.push(first_term(n, list));
    if (vectors.size() == 0) {
        apart = {};
        return z;
    }
    if (list >= 0) apart = sum(n, apart, collected(n, {list, {}, true}, scalar_dimensions));
    int kept = -1;
    for (; vectors.size() > 0; vectors.pop()) kept = prepend(n, vectors[vectors.size() - 1], kept);
    return collected(n, {kept, {}, true}, z.dims);
}

/// softmax(z + s) = softmax(z) for a scalar s.
constexpr value softmax_of_rule(auto& n, const value& v) {
    value apart{};
    const value z = without_scalars(n, v, apart);
    if (n.dims(z.rest).rank == 0)  // all entries are equal
        return {math::divide(one(), math::from_integer(v.dims.size())).value, normal_form::unit, v.dims};
    return applied_to<softmax_op>(n, z);
}

/// log_sum_exp(z + s) = log_sum_exp(z) + s for a scalar s.
constexpr value log_sum_exp_of(auto& n, const value& v) {
    value apart{};
    const value z = without_scalars(n, v, apart);
    int x = whole(n, z);
    if (n.dims(x).rank == 0) x = n.template make<broadcast_op>(v.dims, x);
    return sum(n, {one(), n.template make<log_sum_exp_op>(scalar_dimensions, x), {}}, apart);
}

/// e⁰ = 1; exp(z − log_sum_exp(z)) = softmax(z)
constexpr value exponential_of_rule(auto& n, const value& v) {
    if (is_zero(v)) return number_value(one(), v.dims);
    if (v.dims.rank == 1 && n.is_sum(v.rest)) {
        const terms s = parts_of(n, v.rest);
        int look = longest_look;
        for (int list = s.list; list >= 0 && look > 0; list = other_terms(n, list), --look) {
            const term t = first_term(n, list);
            if (!n.template is<log_sum_exp_op>(t.rest) || math::multiply(t.factor, v.factor).value != minus_one())
                continue;
            const value logits = value_of(n, n.operand(t.rest, 0)), without = sum(n, v, {one(), t.rest, {}});
            if (are_equal(closed(n, without), logits)) return softmax_of(n, logits);
        }
    }
    return applied_to<exp_op>(n, v);
}

constexpr value logistic_rule(auto& n, const value& v) {
    if (is_zero(v)) return number_value({5, 1, -1}, v.dims);
    return applied_to<sigmoid_op>(n, v);
}

/// Is a product without a factor in front 0 or more, wherever it is a number?
constexpr bool is_never_negative(const auto& n, int rest) {
    int look = longest_look;
    for (int list = list_of_factors(rest); list >= 0; list = other_factors(n, list)) {
        const factor f = factor_of(n, first_factor(n, list));
        if (--look < 0 || !(f.exponent % 2 == 0 || n.is_positive(f.base) || n.template is<abs_op>(f.base) ||
                            n.template is<sqrt_op>(f.base) || n.template is<relu_op>(f.base)))
            return false;
    }
    return true;
}

constexpr value absolute(auto& n, const value& raw) {
    value v = closed(n, raw);
    v.factor = magnitude(v.factor);
    if (is_never_negative(n, v.rest)) return v;
    return times(n, v.factor, applied_to<abs_op>(n, {one(), v.rest, v.dims}));
}

/// log eˣ = x, log softmax(z) = z − log_sum_exp(z), log Σ eˣ = log_sum_exp(x), log √x = ½ log x,
/// log xⁿ = n log x for an odd n and n log |x| for an even one; an exponential among factors comes out.
constexpr value logarithm(auto& n, const value& raw) {
    const value v = closed(n, raw);
    if (is_number(v)) return v.factor == one() ? number_value({}, v.dims) : applied_to<log_op>(n, v);
    if (n.is_product(v.rest) && (n.of(v.rest).contains & (scalar_exponential | exponential)) != 0) {
        int look = longest_look;
        for (int list = v.rest; list >= 0 && look > 0; list = other_factors(n, list), --look) {
            const int e = first_factor(n, list);
            if (!n.template is<exp_op>(e)) continue;
            value rest = times(n, v.factor, without(n, v.rest, {e, 1}));
            value result = sum(n, value_of(n, n.operand(e, 0)), logarithm(n, rest));
            result.dims = v.dims;
            return result;
        }
    }
    if (n.template is<exp_op>(v.rest) && !math::is_one(v.factor) && math::sign(v.factor) > 0)
        return sum(n, value_of(n, n.operand(v.rest, 0), v.dims), applied_to<log_op>(n, number_value(v.factor)));
    if (!math::is_one(v.factor) || n.is_product(v.rest)) return applied_to<log_op>(n, v);
    const factor f = factor_of(n, v.rest);
    const auto exponent = math::from_integer(f.exponent);
    if (n.template is<constant_op>(f.base)) return applied_to<log_op>(n, v);
    value base{one(), f.base, v.dims};
    if (f.exponent % 2 == 0) base = absolute(n, base);
    if (f.exponent != 1) return times(n, exponent, logarithm(n, base));
    const int inside = n[f.base].count > 0 ? n.operand(f.base, 0) : -1;
    if (n.template is<exp_op>(f.base)) return value_of(n, inside, v.dims);
    if (n.template is<sqrt_op>(f.base)) return times(n, {5, 1, -1}, logarithm(n, value_of(n, inside, v.dims)));
    if (n.template is<softmax_op>(f.base)) {
        const value z = value_of(n, inside, v.dims);
        return difference(n, z, log_sum_exp_of(n, z));
    }
    if (n.template is<sum_op>(f.base) && n.template is<exp_op>(inside) && n.dims(inside).rank == 1) {
        value l = log_sum_exp_of(n, value_of(n, n.operand(inside, 0)));
        l.dims = v.dims;
        return l;
    }
    return applied_to<log_op>(n, v);
}

/// √x²ⁿ = |x|ⁿ, √eˣ = e^(x / 2)
constexpr value square_root(auto& n, const value& raw) {
    const value v = closed(n, raw);
    if (v.factor == one() && is_number(v)) return v;
    if (!math::is_one(v.factor) || is_number(v) || n.is_product(v.rest)) return applied_to<sqrt_op>(n, v);
    const factor f = factor_of(n, v.rest);
    if (f.exponent % 2 == 0) return power(n, absolute(n, {one(), f.base, v.dims}), f.exponent / 2);
    if (n.template is<exp_op>(v.rest)) {
        const value x = value_of(n, n.operand(v.rest, 0), v.dims);
        if (const auto half = math::multiply(x.factor, {5, 1, -1}); half.exact)
            return exponential_of(n, {half.value, x.rest, v.dims});
    }
    return applied_to<sqrt_op>(n, v);
}

/// f(−x) = −f(x), f(0) = 0
template <class Op>
constexpr value odd(auto& n, const value& raw) {
    const value v = closed(n, raw);
    if (is_zero(v)) return v;
    const bool negative = math::sign(v.factor) < 0;
    value y = applied_to<Op>(n, negative ? negated(v) : v);
    return negative ? negated(y) : y;
}

/// The value of an elementwise function of one operand.
constexpr value function_of(auto& n, std::int32_t operation, const value& raw) {
    const value v = closed(n, raw);
    if (!is_number(v) && n.template is<transpose_op>(v.rest))  // f(Aᵀ) = f(A)ᵀ
        return transposed(n, function_of(n, operation, times(n, v.factor, value_of(n, n.operand(v.rest, 0)))));
    const int inside = n[v.rest].count > 0 && math::is_one(v.factor) ? n.operand(v.rest, 0) : -1;
    const int s = math::sign(v.factor);
    switch (operation) {
        case operation_code<sqrt_op>:
            return square_root(n, v);
        case operation_code<abs_op>:
            return absolute(n, v);
        case operation_code<sign_op>:
            if (is_number(v)) return number_value(math::from_integer(s), v.dims);
            return times(n, math::from_integer(s), applied_to<sign_op>(n, {one(), v.rest, v.dims}));
        case operation_code<exp_op>:
            return exponential_of(n, v);
        case operation_code<log_op>:
            return logarithm(n, v);
        case operation_code<sin_op>:
            return odd<sin_op>(n, v);
        case operation_code<tanh_op>:
            return odd<tanh_op>(n, v);
        case operation_code<erf_op>:
            return odd<erf_op>(n, v);
        case operation_code<cos_op>:
            if (is_zero(v)) return number_value(one(), v.dims);
            return applied_to<cos_op>(n, s < 0 ? negated(v) : v);
        case operation_code<sigmoid_op>:
            return logistic(n, v);
        case operation_code<erfc_op>:
            return is_zero(v) ? number_value(one(), v.dims) : applied_to<erfc_op>(n, v);
        case operation_code<relu_op>:  // relu(c x) = c relu(x) for c > 0
            if (is_never_negative(n, v.rest)) return s < 0 ? number_value({}, v.dims) : v;
            return times(n, magnitude(v.factor), applied_to<relu_op>(n, {math::from_integer(s), v.rest, v.dims}));
        case operation_code<expm1_op>:
            return is_zero(v) ? v : applied_to<expm1_op>(n, v);
        case operation_code<log1p_op>:
            if (is_zero(v)) return v;
            if (inside >= 0 && n.template is<expm1_op>(v.rest)) return value_of(n, inside, v.dims);
            return applied_to<log1p_op>(n, v);
        default: {
            const int x = whole(n, v);
            return {one(), n.make(operation, n.dims(x), &x, 1), v.dims};
        }
    }
}

}  // namespace chainfold::canonical
