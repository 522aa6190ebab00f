// SPDX-License-Identifier: BSL-1.0
#pragma once

// The code of one step: a group, or the kernel that suits the operation, its shapes, and whether it works on one
// sample or on a tile of them.

#include <chainfold/program/group.hpp>
#include <chainfold/program/kernel/lanewise.hpp>
#include <chainfold/program/kernel/product.hpp>
#include <chainfold/program/kernel/reduction.hpp>
#include <chainfold/program/kernel/transpose.hpp>

namespace chainfold {

template <class P, std::int32_t Step, class T>
class step_code {
    static constexpr const auto& plan = P::value;
    static constexpr graph_view graph = P::graph().view();
    static constexpr const planned_step& step = plan.steps[static_cast<std::size_t>(Step)];
    static constexpr int id = step.node;
    static constexpr dimensions dims = graph.nodes[id].dims;
    static constexpr int tile = plan.tile;
    using reader = reading<const std::remove_cvref_t<decltype(plan)>>;
    static constexpr int node_read(int i) { return reader(graph, plan).read(id, i); }
    static constexpr int reads = reader(graph, plan).read_count(id);
    static constexpr dimensions dims_read(int i) { return graph.nodes[node_read(i)].dims; }
    static constexpr bool batched_read(int i) { return plan.nodes[static_cast<std::size_t>(node_read(i))].batched; }
    using state = kernel::tile_state<T>;

    [[gnu::always_inline]] static void run_product(T* const* p) {
        constexpr bool transposed = reader(graph, plan).is_transposed_product(id);
        constexpr dimensions a = dims_read(0), b = dims_read(1);
        constexpr int rows = dims.rows, inner = b.rows, columns = b.columns * (batched_read(1) ? tile : 1);
        if constexpr (!transposed && columns == 1) {
            kernel::rows_times_vector<rows, inner>(p[0], p[1], p[2]);
        } else if constexpr (columns == 1) {  // xᵀ A
            kernel::product<1, rows, kernel::writing::assign>(p[0], 0, kernel::left_factor<T>{p[2], 0, 1}, p[1], rows,
                                                              inner);
        } else {
            const kernel::left_factor<T> left =
                transposed ? kernel::left_factor<T>{p[1], 1, a.columns} : kernel::left_factor<T>{p[1], a.columns, 1};
            kernel::product<rows, columns, kernel::writing::assign>(p[0], columns, left, p[2], columns, inner);
        }
    }

    [[gnu::always_inline]] static void run_kernel(T* const* p) {
        using Op = detail::operation<graph.nodes[id].operation>;
        constexpr bool in_tile = step.when == phase::tile;
        constexpr int size = reads > 0 ? dims_read(0).size() : 1;
        if constexpr (std::is_same_v<Op, product_op> && !batched_read(0)) {
            run_product(p);
        } else if constexpr (in_tile) {
            run_lanewise<Op>(p);
        } else if constexpr (std::is_same_v<Op, outer_op>) {
            kernel::product<dims.rows, dims.columns, kernel::writing::assign>(
                p[0], dims.columns, kernel::left_factor<T>{p[1], 1, 0}, p[2], dims.columns, 1);
        } else if constexpr (std::is_same_v<Op, sum_op>) {
            *p[0] = kernel::sum<size>(p[1]);
        } else if constexpr (std::is_same_v<Op, dot_op>) {
            *p[0] = kernel::dot<size>(p[1], p[2]);
        } else if constexpr (std::is_same_v<Op, log_sum_exp_op>) {
            *p[0] = kernel::log_sum_exp<size>(p[1]);
        } else if constexpr (std::is_same_v<Op, softmax_op>) {
            kernel::softmax<size>(p[0], p[1]);
        } else if constexpr (std::is_same_v<Op, transpose_op>) {
            kernel::transpose<dims.columns, dims.rows>(p[0], dims.columns, p[1], dims.rows);
        } else {
            run_lanewise<Op>(p);
        }
    }

    template <int... I>
    static constexpr std::array<kernel::operand_shape, sizeof...(I)> shapes_read(std::integer_sequence<int, I...>) {
        return {kernel::operand_shape{dims_read(I), batched_read(I)}...};
    }
    template <class Op>
    [[gnu::always_inline]] static void run_lanewise(T* const* p) {
        static constexpr auto shapes = shapes_read(std::make_integer_sequence<int, reads>{});
        kernel::lanewise<Op, step.when == phase::tile ? tile : 1, reads>(p, dims, shapes.data(),
                                                                         graph.nodes[id].parameter);
    }

    // Adds what a block of tiles has summed up to the mean.
    [[gnu::noinline]] [[gnu::cold]] static void end_block(T* mean, const T* block, bool first) {
        for (int i = 0; i < dims.size(); ++i) mean[i] = first ? block[i] : mean[i] + block[i];
    }

    // The mean of x over the samples.
    [[gnu::always_inline]] static void accumulate(T* const* p, T* to, const state& s) {
        for (int i = 0; i < dims.size(); ++i) {
            T sum;
            if (s.count == tile) {
                sum = kernel::sum<tile>(p[1] + i * tile);
            } else {
                sum = p[1][i * tile];
                for (int k = 1; k < s.count; ++k) sum += p[1][i * tile + k];
            }
            to[i] = s.first ? s.factor * sum : to[i] + s.factor * sum;
        }
    }

    // The mean of a bᵀ over the samples: a matrix product whose inner extent is the samples.
    [[gnu::always_inline]] static void accumulate_outer(T* const* p, T* to, const state& s) {
        const T* samples = p[2];
        if constexpr (step.address_count == 5) {
            kernel::transpose<dims.columns, tile>(p[4], dims.columns, p[2], tile);
            samples = p[4];
        }
        kernel::product<dims.rows, dims.columns, kernel::writing::mean>(
            to, dims.columns, kernel::left_factor<T>{p[1], tile, 1}, samples, dims.columns, s.count, s);
    }

public:
    [[gnu::always_inline]] static void run(T* const* p, [[maybe_unused]] const state& s) {
        if constexpr (step.kind == step_kind::group) {
            group_code<P, Step, T>::run(p);
        } else if constexpr (step.kind == step_kind::load) {
            kernel::load_tile<dims.size(), tile>(p[0], p[1], s.count);
        } else if constexpr (step.kind == step_kind::unload) {
            if constexpr (plan.nodes[static_cast<std::size_t>(id)].batched)
                kernel::unload_tile<dims.size(), tile>(p[0], p[1], s.count);
            else
                for (int k = 0; k < s.count; ++k)
                    for (int i = 0; i < dims.size(); ++i) p[0][k * dims.size() + i] = p[1][i];
        } else if constexpr (step.kind == step_kind::accumulate || step.kind == step_kind::accumulate_outer) {
            T* const block = p[reads + 1];
            T* const to = s.in_blocks ? block : p[0];
            if constexpr (step.kind == step_kind::accumulate)
                accumulate(p, to, s);
            else
                accumulate_outer(p, to, s);
            if (s.ends_block) end_block(p[0], block, s.first_block);
        } else {
            run_kernel(p);
        }
    }

    /// The same, never inlined: what a table of steps calls.
    [[gnu::noinline]] static void call(T* const* p, const state& s) { run(p, s); }
};

}  // namespace chainfold
