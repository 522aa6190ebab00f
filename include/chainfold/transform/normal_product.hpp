// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products and powers, entry by entry: flattened, ordered, powers of one base collected.
//
// xᵐ xⁿ = xᵐ⁺ⁿ where m and n have one sign: x / x is not 1 at 0.  For a base that is positive for all real numbers, as
// eˣ and softmax are, it holds for all m and n.

#include <chainfold/transform/normal_sum.hpp>

namespace chainfold::canonical {

/// base ^ exponent, one of the factors of a product.
struct factor {
    int base = 0;
    int exponent = 1;
};

constexpr factor factor_of(const auto& n, int id) {
    if (n.template is<power_op>(id)) return {n.operand(id, 0), n[id].parameter};
    return {id, 1};
}

// Products are lists of factors; -1 is the empty list.
constexpr int first_factor(const auto& n, int list) { return n.is_product(list) ? n.operand(list, 0) : list; }
constexpr int other_factors(const auto& n, int list) { return n.is_product(list) ? n.operand(list, 1) : -1; }
constexpr int list_of_factors(int rest) { return rest == normal_form::unit ? -1 : rest; }
constexpr int rest_of_list(int list) { return list < 0 ? normal_form::unit : list; }
constexpr int prepend_factor(auto& n, int head, int list) {
    return list < 0 ? head : n.template make<multiply_op>(wider(n.dims(head), n.dims(list)), head, list);
}
/// Factors are in the order: scalars before vectors and matrices, then the lightest first, then xⁿ before 1 / xⁿ.
constexpr bool stands_before(const auto& n, const factor& a, const factor& b) {
    if (a.base == b.base) return a.exponent > b.exponent;
    const bool scalar_a = n.dims(a.base).rank == 0, scalar_b = n.dims(b.base).rank == 0;
    if (scalar_a != scalar_b) return scalar_a;
    return n.is_lighter(a.base, b.base);
}
constexpr bool have_one_sign(int a, int b) { return (a < 0) == (b < 0); }
constexpr bool fits_exponent(std::int64_t e) { return e < 1 << 20 && e > -(1 << 20); }

/// Two products becoming one.
class product_of_lists {
public:
    constexpr product_of_lists(auto& n, int a, int b)
        : n_(n), joint_(a < 0 || b < 0 ? 0 : n.of(a).contains & n.of(b).contains & (scalar_exponential | exponential)) {
        while (joint_ == 0 ? a >= 0 && b >= 0 : a >= 0 || b >= 0) {
            int& next = b < 0 || (a >= 0 && !comes_second(a, b)) ? a : b;
            int& other = &next == &a ? b : a;
            const int head = first_factor(n, next);
            next = other_factors(n, next);
            const factor f = factor_of(n, head);
            if (is_joint_exponential(f.base)) {
                apart_.push(n.operand(f.base, 0));
            } else if (const int e = shared_exponent(f, other); e != none) {
                other = other_factors(n, other);
                add(f.base, e);
            } else {
                front_.push(head);
            }
        }
        list_ = a >= 0 ? a : b;
    }
    constexpr value result(const dimensions& dims) {
        for (; front_.size() > 0; front_.pop()) list_ = prepend_factor(n_, front_[front_.size() - 1], list_);
        value v{one(), rest_of_list(list_), dims};
        for (const int exponentials : {0, 1}) {
            value sum_of_exponents{};
            for (const int argument : apart_)
                if ((n_.dims(argument).rank == 0) == (exponentials == 0))
                    sum_of_exponents = sum(n_, sum_of_exponents, value_of(n_, argument));
            if (!is_zero(sum_of_exponents)) v = product(n_, v, exponential_of(n_, sum_of_exponents));
        }
        for (const factor& f : even_) v = product(n_, v, power(n_, value_of(n_, n_.operand(f.base, 0)), f.exponent));
        return v;
    }

private:
    static constexpr int none = 1 << 21;

    [[nodiscard]] constexpr bool comes_second(int a, int b) const {
        return stands_before(n_, factor_of(n_, first_factor(n_, b)), factor_of(n_, first_factor(n_, a)));
    }
    [[nodiscard]] constexpr bool is_joint_exponential(int base) const {
        return n_.is<exp_op>(base) && (joint_ & (n_.dims(base).rank == 0 ? scalar_exponential : exponential)) != 0;
    }
    /// The exponent of f and the first factor of the list together, if they are one power.
    [[nodiscard]] constexpr int shared_exponent(const factor& f, int list) const {
        if (list < 0) return none;
        const factor g = factor_of(n_, first_factor(n_, list));
        if (f.base != g.base || !fits_exponent(f.exponent + g.exponent)) return none;
        return have_one_sign(f.exponent, g.exponent) || n_.is_positive(f.base) ? f.exponent + g.exponent : none;
    }
    constexpr void add(int base, int exponent) {
        if (exponent == 0) return;
        if (n_.is<abs_op>(base) && exponent % 2 == 0)
            even_.push({base, exponent});  // |x|² = x²
        else
            front_.push(n_.power_of(base, exponent));
    }

    normal_form& n_;
    int joint_ = 0;  // exponentials that are in both
    int list_ = -1;
    buffer<int> front_, apart_;
    buffer<factor> even_;
};

/// c · v.  A number that cannot be folded, because the result has too many digits, becomes a factor, and is folded as
/// soon as the result has not.
constexpr value times_rule(auto& n, const number& c, const value& of) {
    if (math::is_one(c)) return of;
    value v = of;
    if (math::is_zero(c)) return number_value({}, v.dims);
    if (const auto f = fold_product(c, v.factor); f.exact) {
        v.factor = f.value;
        while (v.rest != normal_form::unit) {
            const factor opaque = factor_of(n, first_factor(n, v.rest));
            if (!n.template is<constant_op>(opaque.base)) break;
            const auto p = math::power(n.constant_of(opaque.base), opaque.exponent),
                       all = math::multiply(p.value, v.factor);
            if (!p.exact || !all.exact) break;
            v = {all.value, rest_of_list(other_factors(n, v.rest)), v.dims};
        }
        return v;
    }
    v = closed(n, v);
    const int opaque = n.power_of(n.constant(magnitude(c)), 1);
    v.rest = product_of_lists(n, opaque, list_of_factors(v.rest)).result(v.dims).rest;
    return math::sign(c) < 0 ? negated(v) : v;
}

constexpr value product_rule(auto& n, const value& a, const value& b) {
    const dimensions dims = wider(a.dims, b.dims);
    if (is_zero(a) || is_zero(b)) return number_value({}, dims);
    if (is_number(a)) return times(n, b.factor, times(n, a.factor, {one(), b.rest, dims}));
    if (is_number(b)) return times(n, b.factor, {a.factor, a.rest, dims});
    const value x = closed(n, a), y = closed(n, b);
    const value v = with_functions_recognised(n, product_of_lists(n, x.rest, y.rest).result(dims));
    return times(n, y.factor, times(n, x.factor, v));
}

/// base ^ exponent for a base that is no product.
constexpr value power_of_base(auto& n, int base, int exponent) {
    if (n.template is<constant_op>(base))
        if (const auto c = math::power(n.constant_of(base), exponent); c.exact) return number_value(c.value);
    if (n.is_scaled(base) && math::power(n.constant_of(n.operand(base, 0)), exponent).exact)
        return power(n, value_of(n, base), exponent);                      // had too many digits, and no longer has
    if (n.template is<abs_op>(base) && exponent != 1 && exponent != -1) {  // |x|³ = x² |x|
        const int left = exponent % 2, even = exponent - left;
        const value x = power(n, value_of(n, n.operand(base, 0)), even);
        return left == 0 ? x : product(n, x, {one(), n.power_of(base, left), n.dims(base)});
    }
    if (n.template is<exp_op>(base)) {
        value v = value_of(n, n.operand(base, 0));
        if (const auto c = math::multiply(v.factor, math::from_integer(exponent)); c.exact)
            return exponential_of(n, {c.value, v.rest, v.dims});
    }
    if (exponent < 0 && n.is_offset(base) && !n.is_terms(n.operand(base, 0)) &&
        n.template is<exp_op>(n.operand(base, 0)) &&
        math::is_one(n.constant_of(n.operand(base, 1))))  // 1 / (1 + eᵘ) = sigmoid(−u)
        return power(n, logistic(n, negated(value_of(n, n.operand(n.operand(base, 0), 0)))), -exponent);
    if (n.template is<transpose_op>(base)) return transposed(n, power(n, value_of(n, n.operand(base, 0)), exponent));
    return {one(), n.power_of(base, exponent), n.dims(base)};
}

/// (c · xᵐ · yⁿ · …)ᵉ = cᵉ · xᵐᵉ · yⁿᵉ · …
constexpr value power_rule(auto& n, const value& raw, int exponent) {
    if (exponent == 0) return number_value(one(), raw.dims);
    if (exponent == 1) return raw;
    const value v = closed(n, raw);
    const auto c = math::is_one(v.factor) ? math::folded{one(), true} : math::power(v.factor, exponent);
    buffer<factor> factors;
    bool fits = c.exact;
    for (int list = list_of_factors(v.rest); list >= 0 && fits; list = other_factors(n, list)) {
        factor f = factor_of(n, first_factor(n, list));
        fits = fits_exponent(std::int64_t{f.exponent} * exponent);
        if (fits) f.exponent *= exponent;
        factors.push(f);
    }
    if (!fits) {
        const int base = n.scaled(v.factor, v.rest);
        return {one(), n.make(operation_code<power_op>, n.dims(base), &base, 1, exponent), v.dims};
    }
    value result = number_value(c.value, v.dims);
    for (; factors.size() > 0; factors.pop()) {
        const factor& f = factors[factors.size() - 1];
        result = product(n, power_of_base(n, f.base, f.exponent), result);
    }
    return result;
}
constexpr value quotient(auto& n, const value& a, const value& b) { return product(n, a, power(n, b, -1)); }

}  // namespace chainfold::canonical
