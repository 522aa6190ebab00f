// SPDX-License-Identifier: BSL-1.0
#pragma once

// The normal form as a textbook writes it: negative terms as differences, negative powers as quotients, the sum of a
// product as dot, y − t and 1 − y rather than their negatives.  Brought into the normal form again, it gives the same.

#include <chainfold/transform/normalise.hpp>
#include <chainfold/transform/written_node.hpp>

namespace chainfold::canonical {

template <class Form>
class writing : node_writer {
public:
    /// `to` has the symbols of `from`, and nothing else.
    constexpr writing(builder& to, const Form& from, const buffer<value>& outputs) : node_writer(to), from_(from) {
        buffer<char> needed(from.graph().view().node_count);
        for (const value& v : outputs) needed[v.rest] = 1;
        for (int id = needed.size() - 1; id >= 0; --id)
            for (int i = 0; needed[id] != 0 && i < from[id].count; ++i) needed[from.operand(id, i)] = 1;
        written_ = negative_ = buffer<signed_node>(needed.size());
        for (int id = 0; id < needed.size(); ++id)
            if (needed[id] != 0) written_[id] = write(id);
        for (const value& v : outputs) {
            const int id = with_sign(scaled(v.factor, v.rest));
            to.add_output(to[id].dims == v.dims ? id : make<broadcast_op>(v.dims, id));
        }
    }

private:
    constexpr int whole_node(int id) { return with_sign(written_[id]); }

    constexpr signed_node write(int id) {
        const node& n = from_[id];
        if (from_.template is<constant_op>(id)) return {number_node(from_.constant_of(id)), 1};
        if (from_.template is<symbol_op>(id)) return {to_.intern({n.operation, n.dims, n.parameter, nullptr, 0}), 1};
        if (from_.is_scaled(id)) return scaled(from_.constant_of(from_.operand(id, 0)), from_.operand(id, 1));
        if (from_.is_product(id)) return multiplied(id);
        if (from_.template is<power_op>(id)) return powered(id);
        if (from_.is_offset(id))
            return with_constant(written_list(from_.operand(id, 0)), from_.constant_of(from_.operand(id, 1)),
                                 from_.operand(id, 0), one());
        if (from_.is_terms(id)) return joined(term_at(id, one()), written_list(from_.operand(id, 1)), id, one());
        if (from_.template is<sum_op>(id)) return totalled(id);
        return applied(id);
    }

    // sums

    [[nodiscard]] constexpr signed_node term_at(int list, const number& c) {
        const term t = first_term(from_, list);
        return scaled(math::multiply(c, t.factor).value, t.rest);
    }
    /// A list that has been written; one of a single term is a term.
    constexpr signed_node written_list(int list) {
        return from_.is_terms(list) ? written_[list] : term_at(list, one());
    }

    /// head + tail.  A list without a positive term is written as the negative of the sum of their magnitudes.
    constexpr signed_node joined(const signed_node& head, const signed_node& tail, int list, const number& c) {
        if (head.sign == tail.sign) return {elementwise<add_op>(head.id, tail.id), head.sign};
        if (head.sign < 0) return {elementwise<subtract_op>(tail.id, head.id), 1};
        return {less_all(head.id, other_terms(from_, list), c), 1};
    }
    /// x − t₁ − t₂ − …, the terms being negative.
    constexpr int less_all(int x, int list, const number& c) {
        for (; list >= 0; list = other_terms(from_, list)) x = elementwise<subtract_op>(x, term_at(list, c).id);
        return x;
    }
    constexpr signed_node with_constant(const signed_node& sum, const number& k, int list, const number& c) {
        if (math::is_zero(k)) return sum;
        if (sum.sign < 0 && math::sign(k) > 0) return {less_all(number_node(k), list, c), 1};
        const int other = number_node(magnitude(k));
        if (sum.sign == math::sign(k)) return {elementwise<add_op>(sum.id, other), sum.sign};
        return {elementwise<subtract_op>(sum.id, other), 1};
    }
    /// c times the sum, c multiplied into its terms.  Negatives are remembered, as the tails of other sums.
    constexpr signed_node distributed(const number& c, int sum) {
        if (math::is_one(c)) return written_[sum];
        const bool remembers = c == minus_one();
        const terms s = parts_of(from_, sum);
        buffer<int> lists;
        int list = s.list;
        for (; from_.is_terms(list) && !(remembers && negative_[list].id >= 0); list = other_terms(from_, list))
            lists.push(list);
        signed_node all = from_.is_terms(list) ? negative_[list] : term_at(list, c);
        for (; lists.size() > 0; lists.pop()) {
            const int next = lists[lists.size() - 1];
            all = joined(term_at(next, c), all, next, c);
            if (remembers) negative_[next] = all;
        }
        return with_constant(all, math::multiply(c, s.constant).value, s.list, c);
    }
    /// 4 (2 s + 3) is left, 0.5 (2 s + 1) is s + 0.5.
    constexpr signed_node scaled_sum(const number& c, int sum) {
        const number m = magnitude(c);
        if (math::is_one(m) ||
            (!math::is_integer(m) && written_factors(from_, c, sum) <= written_factors(from_, one(), sum)))
            return distributed(c, sum);
        const signed_node s = distributed(math::from_integer(math::sign(c)), sum);
        return {elementwise<multiply_op>(number_node(m), s.id), s.sign};
    }

    // products

    /// The node as a factor, or as an operand of something linear: a sum with its usual sign.
    constexpr signed_node as_factor(int id) {
        if (!from_.is_sum(id)) return written_[id];
        const int sign = usual_sign(from_, id);
        const signed_node s = distributed(math::from_integer(sign), id);
        return {s.id, s.sign * sign};
    }
    /// |x|ⁿ for a factor xⁿ or x⁻ⁿ.
    constexpr signed_node magnitude_of(const factor& f) {
        const signed_node base = as_factor(f.base);
        const int n = f.exponent < 0 ? -f.exponent : f.exponent, sign = n % 2 == 0 ? 1 : base.sign;
        const dimensions dims = to_[base.id].dims;
        if (n == 1) return {base.id, sign};
        if (n == 2) return {make<square_op>(dims, base.id), sign};
        return {to_.intern({operation_code<power_op>, dims, n, &base.id, 1}), sign};
    }
    constexpr signed_node powered(int id) {
        const factor f = factor_of(from_, id);
        signed_node x = magnitude_of(f);
        if (f.exponent < 0) x.id = make<reciprocal_op>(to_[x.id].dims, x.id);
        return x;
    }
    [[nodiscard]] constexpr bool has_numerator(int list) const {
        return list >= 0 && (from_.of(list).contains & numerator) != 0;
    }
    constexpr signed_node written_factors_of(int list) {
        return from_.is_product(list) ? written_[list] : as_factor(list);
    }

    /// x / f₁ / f₂ / …; x is the number 1 where there is none.
    constexpr signed_node divided_by_all(signed_node x, int list) {
        for (; list >= 0; list = other_factors(from_, list)) {
            const signed_node f = magnitude_of(factor_of(from_, first_factor(from_, list)));
            x = {x.id < 0 ? make<reciprocal_op>(to_[f.id].dims, f.id) : elementwise<divide_op>(x.id, f.id),
                 x.sign * f.sign};
        }
        return x;
    }
    /// head · rest.
    constexpr signed_node with_factor(const factor& head, const signed_node& rest, int list, bool rest_has_numerator) {
        const signed_node f = magnitude_of(head);
        const int sign = f.sign * rest.sign;
        if (head.exponent > 0 && !rest_has_numerator) return divided_by_all(f, list);
        if (head.exponent > 0) return {elementwise<multiply_op>(f.id, rest.id), sign};
        return {elementwise<divide_op>(rest.id, f.id), sign};
    }
    constexpr signed_node multiplied(int id) {
        const int head = first_factor(from_, id), tail = other_factors(from_, id);
        if (from_.dims(head).rank == 0 && from_.dims(tail).rank != 0) return scalars_first(id);
        if (!has_numerator(id)) return divided_by_all({}, id);
        return with_factor(factor_of(from_, head), written_factors_of(tail), tail, has_numerator(tail));
    }
    /// (s t …) · x: scalars are multiplied with one another first.
    constexpr signed_node scalars_first(int id) {
        buffer<int> heads;
        int tail = id;
        while (from_.is_product(tail) && from_.dims(first_factor(from_, tail)).rank == 0) {
            heads.push(first_factor(from_, tail));
            tail = other_factors(from_, tail);
        }
        signed_node above{}, below{};
        for (int i = heads.size() - 1; i >= 0; --i) {
            const factor f = factor_of(from_, heads[i]);
            signed_node& all = f.exponent > 0 ? above : below;
            const signed_node x = magnitude_of(f);
            all = {all.id < 0 ? x.id : elementwise<multiply_op>(x.id, all.id), x.sign * all.sign};
        }
        signed_node all = above;
        if (has_numerator(tail)) {
            all = written_factors_of(tail);
            if (above.id >= 0 && below.id >= 0) above.id = elementwise<divide_op>(above.id, below.id);
            if (above.id >= 0) return {elementwise<multiply_op>(above.id, all.id), above.sign * below.sign * all.sign};
        }
        if (below.id >= 0)
            all = {all.id < 0 ? make<reciprocal_op>(to_[below.id].dims, below.id)
                              : elementwise<divide_op>(all.id, below.id),
                   all.sign * below.sign};
        return has_numerator(tail) ? all : divided_by_all(all, tail);
    }

    /// c · rest, its sign apart.
    constexpr signed_node scaled(const number& c, int rest) {
        const number m = magnitude(c);
        const int sign = math::sign(c) < 0 ? -1 : 1;
        if (rest == normal_form::unit) return {number_node(m), sign};
        if (from_.is_sum(rest)) return scaled_sum(c, rest);
        if (math::is_one(m)) return {written_[rest].id, sign * written_[rest].sign};
        if (from_.template is<embed_op>(rest) || from_.template is<unpack_lower_op>(rest) ||
            from_.template is<broadcast_op>(rest)) {
            const node& n = from_[rest];
            const int inside = with_sign(scaled(c, from_.operand(rest, 0)));
            return {to_.intern({n.operation, n.dims, n.parameter, &inside, 1}), 1};
        }
        if ((from_.is_product(rest) || from_.template is<power_op>(rest)) && !has_numerator(rest)) {
            const signed_node x = divided_by_all({number_node(m), 1}, rest);
            return {x.id, sign * x.sign};
        }
        return {elementwise<multiply_op>(number_node(m), written_[rest].id), sign * written_[rest].sign};
    }

    // other operations

    /// Σ a ∘ b = dot(a, b)
    constexpr signed_node totalled(int id) {
        const int x = from_.operand(id, 0);
        if (from_.is_product(x)) {
            const factor head = factor_of(from_, first_factor(from_, x));
            const int tail = other_factors(from_, x);
            if (head.exponent > 0 && has_numerator(tail)) {
                const signed_node a = magnitude_of(head), b = written_factors_of(tail);
                return {make<dot_op>(scalar_dimensions, a.id, b.id), a.sign * b.sign};
            }
        }
        const signed_node a = as_factor(x);
        return {make<sum_op>(scalar_dimensions, a.id), a.sign};
    }
    constexpr signed_node applied(int id) {
        const node& n = from_[id];
        const bool odd = is_odd(n.operation),
                   even = n.operation == operation_code<cos_op> || n.operation == operation_code<abs_op>;
        buffer<int> operands(n.count);
        int sign = 1;
        for (int i = 0; i < n.count; ++i) {
            const int x = from_.operand(id, i);
            const signed_node s = odd || even ? as_factor(x) : signed_node{whole_node(x), 1};
            operands[i] = s.id;
            if (odd) sign *= s.sign;
        }
        return {to_.intern({n.operation, n.dims, n.parameter, operands.data(), n.count}), sign};
    }

    const Form& from_;
    buffer<signed_node> written_, negative_;  // by node
};

}  // namespace chainfold::canonical
