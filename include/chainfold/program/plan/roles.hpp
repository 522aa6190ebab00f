// SPDX-License-Identifier: BSL-1.0
#pragma once

// What each node becomes: a value that is there, a member of a loop, a kernel, a mean.

#include <chainfold/operation/table.hpp>
#include <chainfold/program/plan/reading.hpp>

namespace chainfold {

template <class Plan>
class roles {
public:
    constexpr roles(const graph_view& graph, Plan& result)
        : graph_(graph), plan_(result), nodes_(graph, result), uses_(graph.node_count) {
        for (int id = 0; id < graph.node_count; ++id)
            for (int i = 0; i < graph[id].count; ++i) ++uses_[graph.operand(id, i)];
        for (int i = 0; i < graph.output_count; ++i) ++uses_[graph.outputs[i]];
    }

    /// Roles, phases, and what the outputs need.
    constexpr void assign_roles(const char* batched_symbols, const buffer<std::int32_t>& moved,
                                const buffer<std::int32_t>& unloaded) {
        for (int id = 0; id < graph_.node_count; ++id) {
            planned_node& n = nodes_.at(id);
            n.moves = moved[id];
            n.unloaded_to = unloaded[id];
            n.is = role_of(id, batched_symbols);
            n.batched = n.is == role::loaded;
            for (int i = 0; i < graph_[id].count && n.is != role::accumulated; ++i)
                n.batched = n.batched || nodes_.at(graph_.operand(id, i)).batched;
            n.when = n.batched || n.is == role::accumulated ? phase::tile : phase::before;
            for (int i = 0; i < graph_[id].count && n.when == phase::before; ++i) {
                const planned_node& operand = nodes_.at(graph_.operand(id, i));
                if (operand.is == role::accumulated || operand.when == phase::after) n.when = phase::after;
            }
            if (const int product = product_to_add_to(id); product >= 0) {
                n.is = role::kernel;
                nodes_.at(product).is = role::inlined;
            }
            if (n.is == role::kernel && is_sum(id) && sums_up_a_loop(id)) n.is = role::reduced;
        }
        for (int i = 0; i < graph_.output_count; ++i) {
            planned_node& output = nodes_.at(graph_.outputs[i]);
            output.needed = true;  // a constant too must then be written
            if (output.is == role::immediate) output.is = role::fused;
            if (output.moves >= 0 && nodes_.template is<outer_op>(graph_.outputs[i]) && !output.batched &&
                uses_[graph_.outputs[i]] == 1 && !is_moved(graph_.operand(graph_.outputs[i], 0)) &&
                !is_moved(graph_.operand(graph_.outputs[i], 1)))
                output.is = role::folded;
        }
        for (int id = graph_.node_count - 1; id >= 0; --id) {
            if (!nodes_.at(id).needed || nodes_.at(id).is == role::immediate) continue;
            for (int i = 0; i < nodes_.read_count(id); ++i) {
                planned_node& operand = nodes_.at(nodes_.read(id, i));
                operand.needed = true;  // what a kernel reads must stand in memory, a constant too
                if (operand.is == role::immediate && !nodes_.is_in_loop(id)) operand.is = role::fused;
            }
        }
        if (plan_.tile == 1) find_rows_in_loops();
    }

    /// Makes everything inlined that suits: a sum, difference or product of a sample's input and what depends on no
    /// sample, of which only loops, triangular products and means of triangles take entries.
    constexpr void find_inlined() {
        buffer<char> suits(graph_.node_count);
        for (int id = 0; id < graph_.node_count; ++id) suits[id] = is_cheap(id);
        for (int i = 0; i < graph_.output_count; ++i) suits[graph_.outputs[i]] = 0;
        for (int id = 0; id < graph_.node_count; ++id) {
            if (!nodes_.at(id).needed) continue;
            for (int i = 0; i < nodes_.read_count(id); ++i) {
                const bool is_small_product = nodes_.is_small_triangular_product(id) || nodes_.is_written_out(id);
                const int operand = nodes_.read(id, i);
                const bool in_loop = nodes_.at(id).is == role::fused && graph_[id].dims == graph_[operand].dims;
                if (!in_loop && !(is_small_product && i == 1)) suits[operand] = 0;
            }
        }
        for (int id = 0; id < graph_.node_count; ++id)
            if (suits[id] != 0) nodes_.at(id).is = role::inlined;
    }

private:
    /// Makes A x and Aᵀ v parts of loops over the rows of A, of one sample, where v is A x or computed from it entry by
    /// entry: where that is one loop, each row is read once, for both.  (v xᵀ beside Aᵀ v is a step of its own.)
    constexpr void find_rows_in_loops() {
        buffer<char> has_outer(graph_.node_count);
        for (int id = 0; id < graph_.node_count; ++id)
            if (nodes_.template is<outer_op>(id) && nodes_.at(id).needed) has_outer[graph_.operand(id, 0)] = 1;
        buffer<int> seen_from(graph_.node_count, -1);
        bool found = false;
        for (int id = 0; id < graph_.node_count; ++id)
            if (sums_up_rows(id) && has_outer[graph_.operand(id, 1)] == 0 && take_products_behind(id, seen_from)) {
                nodes_.at(id).is = role::reduced;
                found = true;
            }
        for (int id = 0; found && id < graph_.node_count; ++id)
            if (nodes_.at(id).is == role::kernel && is_sum(id) && sums_up_a_loop(id)) nodes_.at(id).is = role::reduced;
    }
    /// Aᵀ v for many rows that fit a few registers, and v of a loop, or to be so.
    [[nodiscard]] constexpr bool sums_up_rows(int id) const {
        if (!nodes_.is_transposed_product(id) || !nodes_.at(id).needed || graph_[id].dims.rank != 1) return false;
        const int v = graph_.operand(id, 1), columns = graph_[id].dims.rows;
        return (nodes_.at(v).is == role::fused || nodes_.template is<product_op>(v)) &&
               nodes_.at(v).when == nodes_.at(id).when && graph_[v].dims.rows >= least_rows_of_loop &&
               columns > longest_short_row && columns <= most_columns_of_loop;
    }
    /// Makes each A x part of a loop from which v of Aᵀ v is computed entry by entry.  Are there any?
    constexpr bool take_products_behind(int reader, buffer<int>& seen_from) {
        const int matrix = nodes_.read(reader, 0);
        bool found = false;
        buffer<int> pending;
        const auto look_at = [&](int id) {
            if (seen_from[id] == reader) return;
            seen_from[id] = reader;
            pending.push(id);
        };
        look_at(graph_.operand(reader, 1));
        while (pending.size() > 0) {
            const int id = pending[pending.size() - 1];
            pending.pop();
            if (nodes_.template is<product_op>(id)) {
                if (graph_.operand(id, 0) != matrix || graph_[id].dims.rank != 1 ||
                    nodes_.at(id).when != nodes_.at(reader).when)
                    continue;
                nodes_.at(id).is = role::fused;
                found = true;
            } else if (nodes_.at(id).is == role::fused) {
                for (int i = 0; i < graph_[id].count; ++i)
                    if (const int operand = graph_.operand(id, i); graph_[operand].dims == graph_[id].dims)
                        look_at(operand);
            }
        }
        return found;
    }
    [[nodiscard]] constexpr bool is_sum(int id) const {
        return nodes_.template is<sum_op>(id) || nodes_.template is<dot_op>(id);
    }

    /// Values of a symbol that moves: it may do so before they are read.
    [[nodiscard]] constexpr bool is_moved(int id) const {
        const int symbol = nodes_.symbol_of(id);
        for (int i = 1; i < graph_.output_count && symbol >= 0; ++i)
            if (nodes_.at(graph_.outputs[i]).moves == symbol) return true;
        return false;
    }

    /// A x, or Aᵀ x, of the sum A x + b, for one sample, short rows and a symbol b; −1 if it is none, or if A x is
    /// read elsewhere.
    [[nodiscard]] constexpr int product_to_add_to(int id) const {
        if (plan_.tile > 1 || !nodes_.template is<add_op>(id)) return -1;
        for (int i = 0; i < 2; ++i) {
            const int product = graph_.operand(id, i), other = graph_.operand(id, 1 - i);
            if (nodes_.template is<product_op>(product) && nodes_.at(product).is == role::kernel &&
                graph_[product].dims.rank == 1 && graph_.operand_dims(product, 0).columns <= longest_short_row &&
                nodes_.at(other).is == role::external && graph_[other].dims == graph_[id].dims && uses_[product] == 1)
                return product;
        }
        return -1;
    }
    [[nodiscard]] constexpr bool is_cheap(int id) const {
        const planned_node& n = nodes_.at(id);
        if (n.is != role::fused || !n.batched || !n.needed || graph_[id].dims.rank == 0) return false;
        if (!nodes_.template is<add_op>(id) && !nodes_.template is<subtract_op>(id) &&
            !nodes_.template is<multiply_op>(id))
            return false;
        int inputs = 0, shared = 0;
        for (int i = 0; i < 2; ++i) {
            const int operand = graph_.operand(id, i);
            if (!(graph_[operand].dims == graph_[id].dims)) return false;
            inputs += nodes_.at(operand).is == role::loaded;
            shared += !nodes_.at(operand).batched && nodes_.at(operand).is != role::immediate;
        }
        return inputs == 1 && shared == 1;
    }

    [[nodiscard]] constexpr bool sums_up_a_loop(int id) const {
        for (int i = 0; i < graph_[id].count; ++i) {
            const planned_node& operand = nodes_.at(graph_.operand(id, i));
            if (operand.is == role::fused && operand.when == nodes_.at(id).when && graph_.operand_dims(id, i).size() > 1)
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
                return nodes_.template is<constant_op>(graph_.operand(id, 0)) ? role::immediate : role::fused;
            case operation_code<extract_op>:
                return role::alias;
            case operation_code<batch_mean_op>:
                return role::accumulated;
            default:
                return rules_of(n.operation).is_elementwise ? role::fused : role::kernel;
        }
    }

    const graph_view& graph_;
    const Plan& plan_;
    reading<Plan> nodes_;
    buffer<int> uses_;  // by node: as an operand, and as an output
};

}  // namespace chainfold
