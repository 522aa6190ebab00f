// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products in a graph of scalars that are there already:
//
//     a (b c), (a b) c           are one product;
//     x (u v), y (u v), …   as   (x u) v, (y u) v, …   where x u, y u, … stand before, and are ready no later than u v.
//
// The rows of a Jacobian leave the first: what is symmetric in two variables comes from either side.  The second is the
// chain rule through x / u, of which the quotient itself is there.

#include <chainfold/transform/factors.hpp>
#include <chainfold/transform/latency.hpp>

namespace chainfold {

class shared_products : scalar_rewriter {
public:
    constexpr shared_products(builder& to, const graph_view& from)
        : scalar_rewriter(to, from),
          factors_(from, needed_),
          same_(from.node_count, -1),
          ready_(from.node_count),
          first_user_(from.node_count, -1),
          with_(from.node_count, -1) {
        for (int id = 0; id < from_.node_count; ++id) {
            find_same(id);
            find_ready(id);
        }
        find_users();
        for (int id = 0; id < from_.node_count; ++id)
            if (is_product(id) && same_[id] == id) split_users_of(id);
    }

    /// Are there any?
    [[nodiscard]] constexpr bool exist() const { return exist_; }

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        return rewrite([this](int id) {
            if (same_[id] != id) return copy_[same_[id]];
            if (with_[id] < 0) return copied(id);
            return make(operation_code<multiply_op>, copy_[with_[id]], copy_[rest_[id]]);
        });
    }

private:
    [[nodiscard]] constexpr bool is_product(int id) const { return factors_.is_product(id); }
    [[nodiscard]] constexpr int operand(int id, int k) const { return same_[from_.operand(id, k)]; }

    constexpr void find_same(int id) {
        same_[id] = is_product(id) ? factors_.node_of(factors_[id]) : id;
        exist_ = exist_ || same_[id] != id;
    }
    constexpr void find_ready(int id) {
        for (int k = 0; k < from_[id].count; ++k)
            if (const int x = ready_[operand(id, k)]; x > ready_[id]) ready_[id] = x;
        ready_[id] += latency_of(from_[id].operation);
    }

    // By node, those that read it: as same_ has them.
    constexpr void find_users() {
        is_wanted_ = buffer<char>(from_.node_count);
        for (int i = 0; i < from_.output_count; ++i) is_wanted_[same_[from_.outputs[i]]] = 1;
        for (int id = 0; id < from_.node_count; ++id)
            for (int k = 0; needed_[id] != 0 && same_[id] == id && k < from_[id].count; ++k) {
                const int x = operand(id, k);
                if (!is_product(id)) is_wanted_[x] = 1;
                user_.push(id);
                next_.push(first_user_[x]);
                first_user_[x] = user_.size() - 1;
            }
        rest_ = buffer<int>(from_.node_count, -1);
    }
    /// The product of both, if it is there.
    [[nodiscard]] constexpr int product_of(int x, int u) const {
        for (int i = first_user_[x]; i >= 0; i = next_[i])
            if (const int id = user_[i]; is_product(id) && ((operand(id, 0) == x && operand(id, 1) == u) ||
                                                            (operand(id, 0) == u && operand(id, 1) == x)))
                return id;
        return -1;
    }
    // All products with q = u v as a factor, without it; nothing if that does not spare q.
    constexpr void split_users_of(int q) {
        if (is_wanted_[q] != 0 || first_user_[q] < 0 || next_[first_user_[q]] < 0) return;
        for (int k = 0; k < 2; ++k) {
            const int u = operand(q, k);
            bool all = true;
            for (int i = first_user_[q]; all && i >= 0; i = next_[i]) {
                const int there = product_of(other_factor(user_[i], q), u);
                all = there >= 0 && there != q && there < user_[i] && ready_[there] <= ready_[q] && with_[there] < 0 &&
                      with_[user_[i]] < 0;
            }
            if (!all) continue;
            for (int i = first_user_[q]; i >= 0; i = next_[i]) {
                with_[user_[i]] = product_of(other_factor(user_[i], q), u);
                rest_[user_[i]] = operand(q, 1 - k);
            }
            exist_ = true;
            return;
        }
    }
    [[nodiscard]] constexpr int other_factor(int id, int q) const { return operand(id, operand(id, 0) == q ? 1 : 0); }

    factors_of_products factors_;
    buffer<int> same_, ready_;              // by node: the first product that is the same; when, in cycles
    buffer<int> first_user_, user_, next_;  // by node: a list of those that read it
    buffer<char> is_wanted_;                // by node: by one that is no product
    buffer<int> with_, rest_;               // by node: the two factors that it is made of instead
    bool exist_ = false;
};

}  // namespace chainfold
