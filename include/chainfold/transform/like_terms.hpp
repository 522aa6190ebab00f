// SPDX-License-Identifier: BSL-1.0
#pragma once

// Like terms in a graph of scalars, as second derivatives leave them:
//
//     c (a - b) + k a = (c + k) a - c b   for numbers c and k of one sign.
//
// Of opposite signs they might cancel, and then it matters that the difference was rounded once.  Sums in which nothing
// is alike keep their order.

#include <chainfold/transform/scalar_rewriter.hpp>

namespace chainfold {

class like_terms : scalar_rewriter {
public:
    constexpr like_terms(builder& to, const graph_view& from)
        : scalar_rewriter(to, from), is_part_(from.node_count) {
        for (int id = 0; id < from_.node_count; ++id)
            for (int i = 0; needed_[id] != 0 && is_sum(id) && i < 2; ++i)
                if (is_inner_sum(from_.operand(id, i))) is_part_[from_.operand(id, i)] = 1;
    }

    /// Is there a multiple of a sum in a sum?
    static constexpr bool suits(const graph_view& graph) {
        for (int id = 0; id < graph.node_count; ++id)
            for (int i = 0; scalar_rewriter::is_sum(graph, id) && i < 2; ++i)
                if (const int x = graph.operand(id, i);
                    is_multiple(graph, x) && scalar_rewriter::is_sum(graph, graph.operand(x, 1)))
                    return true;
        return false;
    }

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        return rewrite([this](int id) {
            const int sum = is_sum(id) && is_part_[id] == 0 ? collected(id) : -1;
            return sum >= 0 ? sum : copied(id);
        });
    }

private:
    static constexpr int most_terms = 8;

    /// c x; c alone where x is −1.
    struct term {
        number c{};
        int x = -1;
    };

    [[nodiscard]] constexpr bool is_number(int id) const { return from_[id].operation == operation_code<constant_op>; }
    [[nodiscard]] constexpr bool is_difference(int id) const {
        return from_[id].operation == operation_code<subtract_op>;
    }
    [[nodiscard]] constexpr bool is_sum(int id) const { return scalar_rewriter::is_sum(from_, id); }
    /// Nobody else needs it.
    [[nodiscard]] constexpr bool is_inner_sum(int id) const { return is_sum(id) && uses_[id] == 1; }
    [[nodiscard]] constexpr const number& number_of(int id) const { return from_.numbers[from_[id].parameter]; }

    // c x, with what x is a multiple of, if nobody else needs x.
    [[nodiscard]] constexpr term term_of(const number& c, int x) const {
        const bool multiplies = is_multiple(from_, x) && uses_[x] == 1;
        if (!multiplies && !is_number(x)) return {c, x};
        const math::folded product = math::multiply(c, number_of(multiplies ? from_.operand(x, 0) : x));
        return product.exact ? term{product.value, multiplies ? from_.operand(x, 1) : -1} : term{c, x};
    }
    struct two_terms {
        term first, second;
    };
    // c times a sum.
    [[nodiscard]] constexpr two_terms opened(const number& c, int sum) const {
        return {term_of(c, from_.operand(sum, 0)),
                term_of(is_difference(sum) ? math::negate(c).value : c, from_.operand(sum, 1))};
    }
    static constexpr bool are_alike(const term& a, const term& b) {
        return a.x == b.x && math::sign(a.c) == math::sign(b.c);
    }

    /// A sum with like terms collected; −1 if there are none.
    constexpr int collected(int id) {
        buffer<term> terms;
        const two_terms whole = opened({1, 1, 0}, id);
        terms.push(whole.first);
        terms.push(whole.second);
        for (int i = 0; i < terms.size(); ++i)  // sums in the sum, and no multiples of sums
            while (terms[i].x >= 0 && is_part_[terms[i].x] != 0 && is_inner_sum(terms[i].x)) {
                if (terms.size() == most_terms) return -1;
                const two_terms part = opened(terms[i].c, terms[i].x);
                terms[i] = part.first;
                terms.push(part.second);
            }
        bool found = false;
        for (int i = 0, count = terms.size(); i < count; ++i) {
            if (terms[i].x < 0 || !is_inner_sum(terms[i].x)) continue;
            const two_terms part = opened(terms[i].c, terms[i].x);
            bool is_like = false;
            for (int j = 0; j < count; ++j)
                is_like = is_like || (terms[j].x >= 0 && (are_alike(terms[j], part.first) ||
                                                         are_alike(terms[j], part.second)));
            if (!is_like) continue;
            found = true;
            terms[i] = part.first;
            terms.push(part.second);
        }
        return found ? sum_of(terms) : -1;
    }
    constexpr int sum_of(buffer<term>& terms) {
        for (int i = 0; i < terms.size(); ++i)
            for (int j = i + 1; j < terms.size(); ++j) {
                if (!are_alike(terms[i], terms[j])) continue;
                const math::folded c = math::add(terms[i].c, terms[j].c);
                if (!c.exact) return -1;
                terms[i].c = c.value;
                terms[j].c = {};
            }
        int sum = -1;
        for (const bool numbers : {true, false})
            for (const term& t : terms)
                if ((t.x < 0) == numbers && !math::is_zero(t.c)) sum = plus(sum, t);
        return sum;
    }
    constexpr int plus(int sum, const term& t) {
        const bool minus = sum >= 0 && math::sign(t.c) < 0;
        const number c = minus ? math::negate(t.c).value : t.c;
        int value = t.x < 0 ? -1 : copy_[t.x];
        if (!math::is_one(c) || t.x < 0) {
            const int factor = make_number(c);
            value = t.x < 0 ? factor : make(operation_code<multiply_op>, factor, value);
        }
        return sum < 0 ? value : make(minus ? operation_code<subtract_op> : operation_code<add_op>, sum, value);
    }

    buffer<char> is_part_;  // by node: of a sum, of another one
};

}  // namespace chainfold
