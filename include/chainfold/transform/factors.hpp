// SPDX-License-Identifier: BSL-1.0
#pragma once

// The products in a graph of scalars, multiplied out: a (b c) and (a b) c have the factors a, b and c.

#include <chainfold/transform/scalar_rewriter.hpp>

namespace chainfold {

/// Nodes, in ascending order; the factor of a square stands twice.
struct factor_list {
    static constexpr int most = 8;
    int count = 0, sum = 0;
    int id[most] = {};

    constexpr void add(int x) {
        sum += x;
        int at = count++;
        for (; at > 0 && id[at - 1] > x; --at) id[at] = id[at - 1];
        id[at] = x;
    }
    constexpr void remove_at(int place) {
        --count;
        sum -= id[place];
        for (int i = place; i < count; ++i) id[i] = id[i + 1];
    }
    [[nodiscard]] constexpr int place_of(int x) const {
        for (int i = 0; i < count; ++i)
            if (id[i] == x) return i;
        return -1;
    }
    friend constexpr bool operator==(const factor_list& a, const factor_list& b) {
        if (a.sum != b.sum || a.count != b.count) return false;
        for (int i = 0; i < a.count; ++i)
            if (a.id[i] != b.id[i]) return false;
        return true;
    }
};

/// The factors of every product, by node; only products have any.  A product of more than factor_list::most is a
/// factor.
class factors_of_products {
public:
    constexpr factors_of_products(const graph_view& graph, const buffer<char>& needed)
        : place_(graph.node_count, -1), first_(sums, -1), next_(graph.node_count, -1) {
        for (int id = 0; id < graph.node_count; ++id) {
            if (needed[id] == 0 || graph[id].operation != operation_code<multiply_op>) continue;
            const int a = graph.operand(id, 0), b = graph.operand(id, 1);
            const bool whole = length(a) + length(b) <= factor_list::most;
            factor_list factors;
            add(factors, a, whole);
            add(factors, b, whole);
            place_[id] = lists_.push(factors);
            if (node_of(factors) >= 0) continue;
            int& first = first_[factors.sum % sums];
            next_[id] = first;
            first = id;
        }
    }
    [[nodiscard]] constexpr const factor_list& operator[](int id) const { return lists_[place_[id]]; }
    [[nodiscard]] constexpr bool is_product(int id) const { return place_[id] >= 0; }

    /// The first node that has these factors; −1 if there is none.
    [[nodiscard]] constexpr int node_of(const factor_list& factors) const {
        if (factors.count == 1) return factors.id[0];
        int id = first_[factors.sum % sums];
        while (id >= 0 && !((*this)[id] == factors)) id = next_[id];
        return id;
    }

private:
    static constexpr int sums = 64;

    [[nodiscard]] constexpr int length(int id) const { return is_product(id) ? (*this)[id].count : 1; }
    constexpr void add(factor_list& to, int x, bool multiplied_out) const {
        if (!multiplied_out || !is_product(x)) return to.add(x);
        const factor_list& factors = (*this)[x];
        for (int i = 0; i < factors.count; ++i) to.add(factors.id[i]);
    }

    buffer<int> place_;  // by node, in lists_
    buffer<factor_list> lists_;
    buffer<int> first_, next_;  // different products, by the sum of their factors
};

}  // namespace chainfold
