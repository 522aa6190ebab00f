// SPDX-License-Identifier: BSL-1.0
#pragma once

// What each node reads: a product reads the matrix behind a transposed left factor, and the mean of an outer product the
// two vectors.

#include <chainfold/operation/table.hpp>
#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/plan.hpp>

namespace chainfold {

/// What planning asks of one node at a time.
template <class Plan>
class reading {
public:
    constexpr reading(const graph_view& graph, Plan& result) : graph_(graph), plan_(result) {}

    template <class Op>
    [[nodiscard]] constexpr bool is(int id) const {
        return graph_[id].operation == operation_code<Op>;
    }
    constexpr planned_node& at(int id) { return plan_.nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] constexpr const planned_node& at(int id) const { return plan_.nodes[static_cast<std::size_t>(id)]; }

    /// A product whose left factor is a transposed matrix that depends on no sample.
    [[nodiscard]] constexpr bool is_transposed_product(int id) const {
        return is<product_op>(id) && is<transpose_op>(graph_.operand(id, 0)) && !at(graph_.operand(id, 0)).batched;
    }
    /// The outer product of two vectors that both depend on the sample, of which this is the mean, or the mean of its
    /// lower triangle; −1 if it is not.
    [[nodiscard]] constexpr int accumulated_outer(int id) const {
        if (!is<batch_mean_op>(id)) return -1;
        const int of = graph_.operand(id, 0);
        if (is<outer_op>(of)) return at(graph_.operand(of, 0)).batched && at(graph_.operand(of, 1)).batched ? of : -1;
        return accumulated_part(graph_.operand(of_step(id), 0));
    }
    [[nodiscard]] constexpr bool is_accumulated_outer(int id) const { return accumulated_outer(id) >= 0; }
    [[nodiscard]] constexpr bool is_accumulated_triangle(int id) const {
        return is_accumulated_outer(id) && is<pack_lower_op>(graph_.operand(id, 0));
    }
    /// The mean after which a step is named that sums up this one.
    [[nodiscard]] constexpr int of_step(int id) const {
        return at(id).beside >= 0 && !is<symmetric_op>(graph_.operand(id, 0)) ? at(id).beside : id;
    }
    /// The mean of (w z) zᵀ or z zᵀ, which reads w, or z, and z.
    [[nodiscard]] constexpr bool is_second_moment(int id) const {
        return is_accumulated_outer(id) && is<symmetric_op>(graph_.operand(of_step(id), 0));
    }
    /// What is accumulated of an outer product is written out.
    [[nodiscard]] constexpr bool is_written_out(int id) const {
        return is_accumulated_triangle(id) || is_second_moment(id);
    }
    /// The product with a lower triangle that depends on no sample.
    [[nodiscard]] constexpr bool is_triangular_product(int id) const {
        return is<product_op>(id) && is<unpack_lower_op>(graph_.operand(id, 0)) && !at(graph_.operand(id, 0)).batched;
    }

    /// A x or Aᵀ x, of a step that is its sum with b (roles.hpp); −1 if it is something else.
    [[nodiscard]] constexpr int added_product(int id) const {
        if (!is<add_op>(id) || at(id).is != role::kernel) return -1;
        const int first = graph_.operand(id, 0);
        return is<product_op>(first) && at(first).is == role::inlined ? first : graph_.operand(id, 1);
    }

    /// The mean of an outer product whose right vector's samples are taken as they were given.  (Many rows lay them out
    /// on the way; before AVX that is not hidden behind the product, and tiles serve as well, by a kernel less.)
    [[nodiscard]] constexpr bool reads_as_given(int id) const {
        if (at(read(id, 1)).is != role::loaded || plan_.means_in_lanes || is_written_out(id)) return false;
        return !kernel::fills_registers || !has_many_rows(id);
    }
    [[nodiscard]] constexpr bool reads_as_given(int id, int operand) const {
        return operand == 1 && is_accumulated_outer(id) && reads_as_given(id);
    }
    /// The mean of an outer product first lays out the right vector's samples anew: one after another, or closer.
    [[nodiscard]] constexpr bool packs_samples(int id) const {
        if (plan_.means_in_lanes || is_written_out(id)) return false;
        return !reads_as_given(id) || has_many_rows(id);
    }

    /// Is `second` computed on the way, by the kernel of `first`?  ln Σ exp x beside softmax x; of one sample, d xᵀ
    /// beside Aᵀ d, where each number of d meets a row of both, and x dᵀ beside A d, where d meets each row of both.
    [[nodiscard]] constexpr bool is_beside(int second, int first) const {
        if (is<softmax_op>(first) && is<log_sum_exp_op>(second))
            return graph_.operand(second, 0) == graph_.operand(first, 0);
        if (!is<outer_op>(second) || !is<product_op>(first) || plan_.tile != 1 || graph_[first].dims.rank != 1)
            return false;
        const dimensions &d = graph_[first].dims, &outer = graph_[second].dims;
        if (is_transposed_product(first))
            return d.rows == outer.columns && graph_.operand(second, 0) == graph_.operand(first, 1);
        return d.rows == outer.rows && outer.columns > longest_short_row &&
               graph_.operand(second, 1) == graph_.operand(first, 1);
    }
    /// The factor of such an outer product that the product does not have.
    [[nodiscard]] constexpr int factor_beside(int second, int first) const {
        return graph_.operand(second, is_transposed_product(first) ? 1 : 0);
    }
    /// The symbol whose values these are, or part of whose values; −1 if they are computed.
    [[nodiscard]] constexpr int symbol_of(int id) const {
        return at(source(id)).is == role::external ? graph_[source(id)].parameter : -1;
    }

    /// What the step reads that moves a symbol by this derivative: the derivative, or the factors of an outer product.
    [[nodiscard]] constexpr int moving_count(int id) const { return at(id).is == role::folded ? 2 : 1; }
    [[nodiscard]] constexpr int moving(int id, int i) const {
        return at(id).is == role::folded ? graph_.operand(id, i) : id;
    }

    /// The same for a tile of samples and few rows, which are written out.
    [[nodiscard]] constexpr bool is_small_triangular_product(int id) const {
        return is_triangular_product(id) && at(id).batched && graph_[id].dims.rank == 1 &&
               graph_[id].dims.rows <= most_triangle_rows;
    }

    /// What the step of a node reads from memory in place of its operand i: of an inlined node both operands.
    template <class F>
    constexpr void for_each_read(int id, int i, F f) const {
        const int operand = read(id, i);
        if (at(operand).is != role::inlined) return f(operand);
        for (int k = 0; k < graph_[operand].count; ++k) f(read_by_member(operand, k));
    }

    /// Part of a loop, and over how many entries it runs.
    [[nodiscard]] constexpr bool is_in_loop(int id) const {
        const role is = at(id).is;
        return is == role::fused || is == role::reduced || (is == role::accumulated && is_mean_in_loop(id));
    }
    [[nodiscard]] constexpr int loop_size(int id) const {
        if (at(id).is != role::reduced) return graph_[id].dims.size();
        return graph_.operand_dims(id, is<product_op>(id) ? 1 : 0).size();
    }
    /// Does the member of a loop read operand i as it stands, and not entry by entry?  Of a product that is part of a
    /// loop over the rows of A: A, and x in A x.
    [[nodiscard]] constexpr bool is_read_whole(int id, int i) const {
        return is<product_op>(id) && (i == 0 || at(id).is == role::fused);
    }
    /// A mean over the samples that a loop sums up.
    [[nodiscard]] constexpr bool is_mean_in_loop(int id) const {
        return plan_.means_in_lanes && at(id).is == role::accumulated && at(id).beside < 0 &&
               at(graph_.operand(id, 0)).is == role::fused && at(graph_.operand(id, 0)).batched;
    }

    [[nodiscard]] constexpr int read_count(int id) const { return is_accumulated_outer(id) ? 2 : graph_[id].count; }
    [[nodiscard]] constexpr int read(int id, int i) const {
        if (const int outer = accumulated_outer(id); outer >= 0) {
            const int factor = graph_.operand(outer, i);
            const bool has_weight = i == 0 && graph_.operand(id, 0) != outer && is_second_moment(id) &&
                                    factor != graph_.operand(outer, 1);  // z zᵀ has none, though z may be t u
            return has_weight ? weight_of(factor) : factor;
        }
        return read_by_member(id, i);
    }
    /// The same for the member of a loop.
    [[nodiscard]] constexpr int read_by_member(int id, int i) const {
        const int operand = graph_.operand(id, i);
        return i == 0 && is_transposed_product(id) ? graph_.operand(operand, 0) : operand;
    }

    /// The node whose storage holds this one.
    [[nodiscard]] constexpr int source(int id) const {
        while (at(id).is == role::alias) id = graph_.operand(id, 0);
        return id;
    }

private:
    [[nodiscard]] constexpr bool has_many_rows(int id) const { return plan_.panel > 1 && graph_[id].dims.rows > 16; }
    /// The outer product of which a lower triangle, or a symmetric half, is all that is accumulated.
    [[nodiscard]] constexpr int accumulated_part(int of) const {
        if (!is<pack_lower_op>(of) && !is<symmetric_op>(of)) return -1;
        const int outer = graph_.operand(of, 0);
        const bool suits = is<outer_op>(outer) && graph_[outer].dims.rows <= most_triangle_rows &&
                           at(graph_.operand(outer, 0)).batched && at(graph_.operand(outer, 1)).batched &&
                           (is<pack_lower_op>(of) || is_of_one_vector(outer));
        return suits ? outer : -1;
    }
    /// (w z) zᵀ, where w is a number, or z zᵀ?
    [[nodiscard]] constexpr bool is_of_one_vector(int outer) const {
        const int u = graph_.operand(outer, 0), z = graph_.operand(outer, 1);
        return u == z || (weight_of(u) != u && graph_.operand(u, 1) == z);
    }
    /// w of w z; x itself if it is no such product.
    [[nodiscard]] constexpr int weight_of(int x) const {
        const bool has_weight =
            is<multiply_op>(x) && graph_.operand_dims(x, 0).rank == 0 && at(graph_.operand(x, 0)).batched;
        return has_weight ? graph_.operand(x, 0) : x;
    }
    const graph_view& graph_;
    Plan& plan_;
};

}  // namespace chainfold
