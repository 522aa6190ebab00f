// SPDX-License-Identifier: BSL-1.0
#pragma once

// What each node becomes, and what it then reads: a product reads the matrix behind a transposed left factor, and the
// mean of an outer product reads the two vectors.

#include <chainfold/operation/table.hpp>
#include <chainfold/program/plan/plan.hpp>

namespace chainfold {

/// The part of planning that looks at one node at a time.
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
        int outer = graph_.operand(id, 0);
        if (is<pack_lower_op>(outer)) outer = graph_.operand(outer, 0);
        const bool both =
            is<outer_op>(outer) && at(graph_.operand(outer, 0)).batched && at(graph_.operand(outer, 1)).batched;
        return both && (outer == graph_.operand(id, 0) || graph_[outer].dims.rows <= most_triangle_rows) ? outer : -1;
    }
    [[nodiscard]] constexpr bool is_accumulated_outer(int id) const { return accumulated_outer(id) >= 0; }
    [[nodiscard]] constexpr bool is_accumulated_triangle(int id) const {
        return is_accumulated_outer(id) && is<pack_lower_op>(graph_.operand(id, 0));
    }
    /// The product with a lower triangle that depends on no sample.
    [[nodiscard]] constexpr bool is_triangular_product(int id) const {
        return is<product_op>(id) && is<unpack_lower_op>(graph_.operand(id, 0)) && !at(graph_.operand(id, 0)).batched;
    }

    /// The mean of an outer product whose right vector's samples are taken as they were given.
    [[nodiscard]] constexpr bool reads_as_given(int id) const {
        return at(read(id, 1)).is == role::loaded && !plan_.means_in_lanes && !is_accumulated_triangle(id);
    }
    [[nodiscard]] constexpr bool reads_as_given(int id, int operand) const {
        return operand == 1 && is_accumulated_outer(id) && reads_as_given(id);
    }
    /// The mean of an outer product first lays out the right vector's samples anew: one after another, or closer.
    [[nodiscard]] constexpr bool packs_samples(int id, std::int32_t panel) const {
        if (plan_.means_in_lanes || is_accumulated_triangle(id)) return false;
        return !reads_as_given(id) || (panel > 1 && graph_[id].dims.rows > 16);
    }

    /// Is `second` computed on the way, by the kernel of `first`?  ln Σ exp x beside softmax x; of one sample, d xᵀ
    /// beside Aᵀ d, where each number of d meets a row of both.
    [[nodiscard]] constexpr bool is_beside(int second, int first) const {
        if (is<softmax_op>(first) && is<log_sum_exp_op>(second))
            return graph_.operand(second, 0) == graph_.operand(first, 0);
        return is<outer_op>(second) && plan_.tile == 1 && is_transposed_product(first) &&
               graph_[first].dims.rank == 1 && graph_[first].dims.rows == graph_[second].dims.columns &&
               graph_.operand(second, 0) == graph_.operand(first, 1);
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
        for (int k = 0; k < graph_[operand].count; ++k) f(graph_.operand(operand, k));
    }

    /// Makes everything inlined that suits: a sum, difference or product of a sample's input and what depends on no
    /// sample, of which only loops, triangular products and means of triangles take entries.
    constexpr void find_inlined() {
        buffer<char> suits(graph_.node_count);
        for (int id = 0; id < graph_.node_count; ++id) suits[id] = is_cheap(id);
        for (int i = 0; i < graph_.output_count; ++i) suits[graph_.outputs[i]] = 0;
        for (int id = 0; id < graph_.node_count; ++id) {
            if (!at(id).needed) continue;
            for (int i = 0; i < read_count(id); ++i) {
                const bool is_small_product = is_small_triangular_product(id) || is_accumulated_triangle(id);
                const bool reads_entries = (at(id).is == role::fused && graph_[id].dims == graph_[read(id, i)].dims) ||
                                           (is_small_product && i == 1);
                if (!reads_entries) suits[read(id, i)] = 0;
            }
        }
        for (int id = 0; id < graph_.node_count; ++id)
            if (suits[id] != 0) at(id).is = role::inlined;
    }

    /// Part of a loop, and over how many entries it runs.
    [[nodiscard]] constexpr bool is_in_loop(int id) const {
        const role is = at(id).is;
        return is == role::fused || is == role::reduced || (is == role::accumulated && is_mean_in_loop(id));
    }
    [[nodiscard]] constexpr int loop_size(int id) const {
        return at(id).is == role::reduced ? graph_.operand_dims(id, 0).size() : graph_[id].dims.size();
    }
    /// A mean over the samples that a loop sums up.
    [[nodiscard]] constexpr bool is_mean_in_loop(int id) const {
        return plan_.means_in_lanes && at(id).is == role::accumulated && at(graph_.operand(id, 0)).is == role::fused &&
               at(graph_.operand(id, 0)).batched;
    }

    [[nodiscard]] constexpr int read_count(int id) const { return is_accumulated_outer(id) ? 2 : graph_[id].count; }
    [[nodiscard]] constexpr int read(int id, int i) const {
        if (const int outer = accumulated_outer(id); outer >= 0) return graph_.operand(outer, i);
        const int operand = graph_.operand(id, i);
        return i == 0 && is_transposed_product(id) ? graph_.operand(operand, 0) : operand;
    }

    /// The node whose storage holds this one.
    [[nodiscard]] constexpr int source(int id) const {
        while (at(id).is == role::alias) id = graph_.operand(id, 0);
        return id;
    }

    /// Roles, phases, and what the outputs need.
    constexpr void assign_roles(const char* batched_symbols, const buffer<std::int32_t>& moved) {
        for (int id = 0; id < graph_.node_count; ++id) {
            planned_node& n = at(id);
            n.moves = moved[id];
            n.is = role_of(id, batched_symbols);
            n.batched = n.is == role::loaded;
            for (int i = 0; i < graph_[id].count && n.is != role::accumulated; ++i)
                n.batched = n.batched || at(graph_.operand(id, i)).batched;
            n.when = n.batched || n.is == role::accumulated ? phase::tile : phase::before;
            for (int i = 0; i < graph_[id].count && n.when == phase::before; ++i) {
                const planned_node& operand = at(graph_.operand(id, i));
                if (operand.is == role::accumulated || operand.when == phase::after) n.when = phase::after;
            }
            if (n.is == role::kernel && (is<sum_op>(id) || is<dot_op>(id)) && sums_up_a_loop(id)) n.is = role::reduced;
        }
        for (int i = 0; i < graph_.output_count; ++i) {
            planned_node& output = at(graph_.outputs[i]);
            output.needed = true;  // a constant too must then be written
            if (output.is == role::immediate) output.is = role::fused;
            if (output.moves >= 0 && is<outer_op>(graph_.outputs[i]) && !output.batched &&
                !is_moved(graph_.operand(graph_.outputs[i], 0)) && !is_moved(graph_.operand(graph_.outputs[i], 1)))
                output.is = role::folded;
        }
        for (int id = graph_.node_count - 1; id >= 0; --id) {
            if (!at(id).needed || at(id).is == role::immediate) continue;
            for (int i = 0; i < read_count(id); ++i) {
                planned_node& operand = at(read(id, i));
                operand.needed = true;  // what a kernel reads must stand in memory, a constant too
                if (operand.is == role::immediate && !is_in_loop(id)) operand.is = role::fused;
            }
        }
    }

private:
    /// Values of a symbol that moves: it may do so before they are read.
    [[nodiscard]] constexpr bool is_moved(int id) const {
        for (int i = 1; i < graph_.output_count; ++i)
            if (at(graph_.outputs[i]).moves >= 0 && at(graph_.outputs[i]).moves == symbol_of(id)) return true;
        return false;
    }

    [[nodiscard]] constexpr bool is_cheap(int id) const {
        if (at(id).is != role::fused || !at(id).batched || !at(id).needed || graph_[id].dims.rank == 0) return false;
        if (!is<add_op>(id) && !is<subtract_op>(id) && !is<multiply_op>(id)) return false;
        int inputs = 0, shared = 0;
        for (int i = 0; i < 2; ++i) {
            const int operand = graph_.operand(id, i);
            if (!(graph_[operand].dims == graph_[id].dims)) return false;
            inputs += at(operand).is == role::loaded;
            shared += !at(operand).batched && at(operand).is != role::immediate;
        }
        return inputs == 1 && shared == 1;
    }

    [[nodiscard]] constexpr bool sums_up_a_loop(int id) const {
        for (int i = 0; i < graph_[id].count; ++i) {
            const planned_node& operand = at(graph_.operand(id, i));
            if (operand.is == role::fused && operand.when == at(id).when && graph_.operand_dims(id, i).size() > 1)
                return true;
        }
        return false;
    }

    [[nodiscard]] constexpr role role_of(int id, const char* batched_symbols) const {
        const node& n = graph_[id];
        switch (n.operation) {
            case operation_code<symbol_op>:
                return batched_symbols[n.parameter] != 0 ? role::loaded : role::external;
            case operation_code<constant_op>:
                return role::immediate;
            case operation_code<broadcast_op>:
                return is<constant_op>(graph_.operand(id, 0)) ? role::immediate : role::fused;
            case operation_code<extract_op>:
                return role::alias;
            case operation_code<batch_mean_op>:
                return role::accumulated;
            default:
                return rules_of(n.operation).is_elementwise ? role::fused : role::kernel;
        }
    }

    const graph_view& graph_;
    Plan& plan_;
};

}  // namespace chainfold
