// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sums in a graph of scalars that are multiples of one sum, as the rows of a Jacobian leave them:
//
//     x a + x b,  y a + y b   as   x s, y s  with  s = a + b,
//
// and likewise differences, and where a and b are products.  A sum is not drawn out of the side of a condition on which
// alone it is needed.

#include <chainfold/transform/factors.hpp>

namespace chainfold {

class common_factors : scalar_rewriter {
public:
    constexpr common_factors(builder& to, const graph_view& from)
        : scalar_rewriter(to, from),
          factors_(from, needed_),
          multiple_of_(from.node_count, -1),
          side_(from.node_count, nowhere),
          first_of_sum_(sums, -1) {
        find_sides();
        for (int id = 0; id < from_.node_count; ++id)
            if (needed_[id] != 0 && is_sum(from_, id)) find(id);
    }

    /// Are there any?
    [[nodiscard]] constexpr bool exist() const { return exist_; }

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        return rewrite([this](int id) {
            if (multiple_of_[id] < 0 || !multiples_[multiple_of_[id]].is_shared) return copied(id);
            const multiple& m = multiples_[multiple_of_[id]];
            const int sum = make(m.operation, multiplied(m.a), multiplied(m.b));
            return make(operation_code<multiply_op>, copy_[m.common], sum);
        });
    }

private:
    static constexpr int nowhere = -1, everywhere = 0, sums = 64;

    /// What is left of two terms without their common factors.
    struct multiple {
        std::int32_t operation = 0;
        int side = 0, common = -1, next = -1;
        factor_list a{}, b{};
        bool is_shared = false;
    };

    constexpr void find_sides() {
        for (int i = 0; i < from_.output_count; ++i) side_[from_.outputs[i]] = everywhere;
        for (int id = from_.node_count - 1; id >= 0; --id)
            for (int k = 0; needed_[id] != 0 && k < from_[id].count; ++k) {
                const bool chosen = k > 0 && from_[id].operation == operation_code<select_op>;
                const int side = chosen ? 2 * from_.operand(id, 0) + k : side_[id];
                int& of = side_[from_.operand(id, k)];
                of = of == nowhere || of == side ? side : everywhere;
            }
    }
    constexpr void find(int id) {
        const int x = from_.operand(id, 0), y = from_.operand(id, 1);
        if (!factors_.is_product(x) || !factors_.is_product(y)) return;
        multiple found{from_[id].operation, side_[id], -1, -1, factors_[x], factors_[y]};
        factor_list factors;
        for (int i = found.a.count - 1; i >= 0; --i)
            if (const int at = found.b.place_of(found.a.id[i]); at >= 0) {
                factors.add(found.a.id[i]);
                found.b.remove_at(at);
                found.a.remove_at(i);
            }
        if (factors.count == 0 || found.a.count == 0 || found.b.count == 0) return;
        found.common = factors_.node_of(factors);
        if (found.common < 0 || found.common > id) return;
        if (side_[found.common] != everywhere && side_[found.common] != found.side) return;
        int& first = first_of_sum_[(found.a.sum + found.b.sum) % sums];
        for (int i = first; i >= 0 && !found.is_shared; i = multiples_[i].next) {
            multiple& other = multiples_[i];
            if (other.operation != found.operation || other.side != found.side || !(other.a == found.a) ||
                !(other.b == found.b))
                continue;
            other.is_shared = found.is_shared = exist_ = true;
        }
        found.next = first;
        first = multiple_of_[id] = multiples_.push(found);
    }
    constexpr int multiplied(const factor_list& factors) {
        int value = copy_[factors.id[0]];
        for (int i = 1; i < factors.count; ++i) value = make(operation_code<multiply_op>, value, copy_[factors.id[i]]);
        return value;
    }

    factors_of_products factors_;
    buffer<int> multiple_of_, side_;  // by node: which of the multiples it is; where alone it is needed
    buffer<multiple> multiples_;
    buffer<int> first_of_sum_;  // of the multiples, by the sum of a's and b's factors
    bool exist_ = false;
};

}  // namespace chainfold
