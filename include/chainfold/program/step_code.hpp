// SPDX-License-Identifier: BSL-1.0
#pragma once

// The code of one step: a group, or the kernel that suits the operation, its shapes, and whether it works on one
// sample or on a tile of them.

#include <chainfold/program/kernel/column_product.hpp>
#include <chainfold/program/kernel/lane_sums.hpp>
#include <chainfold/program/kernel/lanewise.hpp>
#include <chainfold/program/kernel/moments.hpp>
#include <chainfold/program/kernel/reduction.hpp>
#include <chainfold/program/kernel/vector_product.hpp>
#include <chainfold/program/scalar_code.hpp>
#include <chainfold/program/stack_code.hpp>

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
    using outer_use = kernel::outer_use;

    /// Entries of what is read i-th, whose addresses begin here.
    template <int I>
    CHAINFOLD_INLINE static auto entries_read(T* const* p) {
        constexpr int operand = node_read(I);
        if constexpr (plan.nodes[static_cast<std::size_t>(operand)].is == role::inlined) {
            using Op = detail::operation<graph.nodes[operand].operation>;
            constexpr bool first_is_shared = !plan.nodes[static_cast<std::size_t>(graph.operand(operand, 0))].batched;
            return kernel::computed_entries<Op, tile, first_is_shared, T>{p[0], p[1]};
        } else {
            return kernel::tile_entries<tile, T>{p[0]};
        }
    }

    CHAINFOLD_INLINE static void run_product(T* const* p, [[maybe_unused]] const state& s) {
        constexpr bool transposed = reader(graph, plan).is_transposed_product(id);
        constexpr dimensions a = dims_read(0), b = dims_read(1);
        constexpr int rows = dims.rows, inner = b.rows, columns = b.columns * (batched_read(1) ? tile : 1);
        if constexpr (reader(graph, plan).is_small_triangular_product(id)) {
            kernel::triangular_product<rows, columns>(p[0], p[1], entries_read<1>(p + 2));
        } else if constexpr (columns == 1) {
            constexpr int to = step.second < 0 ? 0 : step.address_count == 5 ? 3 : 1;
            constexpr auto use = to == 0 ? outer_use::none : to == 3 ? outer_use::assign : outer_use::descend;
            const kernel::outer_factors<T> f{p[to], p[step.address_count - 1], s.rate};
            if constexpr (transposed)  // xᵀ A
                kernel::vector_times_columns<rows, inner, use>(p[0], p[1], p[2], f);
            else
                kernel::rows_times_vector<rows, inner, use>(p[0], p[1], p[2], f);
        } else {
            const kernel::left_factor<T> left =
                transposed ? kernel::left_factor<T>{p[1], 1, a.columns} : kernel::left_factor<T>{p[1], a.columns, 1};
            kernel::product<rows, columns, kernel::writing::assign>(p[0], columns, left, p[2], columns, inner);
        }
    }

    CHAINFOLD_INLINE static void run_kernel(T* const* p, const state& s) {
        using Op = detail::operation<graph.nodes[id].operation>;
        constexpr bool in_tile = step.when == phase::tile;
        constexpr int size = reads > 0 ? dims_read(0).size() : 1;
        if constexpr (constexpr int product = reader(graph, plan).added_product(id); product >= 0) {
            constexpr int first = graph.operand(id, 0) == product ? 1 : 2, b = first == 1 ? 3 : 1;
            constexpr int inner = graph.operand_dims(product, 0).columns;
            if constexpr (reader(graph, plan).is_transposed_product(product))
                kernel::vector_times_few_rows_plus<dims.rows, inner>(p[0], p[first], p[first + 1], p[b]);
            else
                kernel::short_rows_times_vector_plus<dims.rows, inner>(p[0], p[first], p[first + 1], p[b]);
        } else if constexpr (std::is_same_v<Op, product_op> && !batched_read(0)) {
            run_product(p, s);
        } else if constexpr (std::is_same_v<Op, stack_op>) {
            stack_code<P, Step, T>::run(p);
        } else if constexpr (std::is_same_v<Op, embed_op>) {
            kernel::embed<graph.nodes[id].parameter, size, dims.size(), in_tile ? tile : 1, batched_read(0)>(p[0],
                                                                                                             p[1]);
        } else if constexpr (in_tile && std::is_same_v<Op, softmax_op>) {
            kernel::softmax_of_tile<size, tile, (step.second >= 0)>(p[0], p[1], p[step.address_count - 1]);
        } else if constexpr (in_tile) {
            run_lanewise<Op>(p);
        } else if constexpr (std::is_same_v<Op, outer_op>) {
            kernel::outer_product<dims.rows, dims.columns, outer_use::assign>({p[0], p[2], T(0)}, p[1]);
        } else if constexpr (std::is_same_v<Op, sum_op>) {
            kernel::store(p[0], kernel::sum<size>(p[1]));
        } else if constexpr (std::is_same_v<Op, dot_op>) {
            kernel::store(p[0], kernel::dot<size>(p[1], p[2]));
        } else if constexpr (std::is_same_v<Op, log_sum_exp_op>) {
            kernel::store(p[0], kernel::log_sum_exp<size>(p[1]));
        } else if constexpr (std::is_same_v<Op, softmax_op>) {
            const T log_sum = kernel::softmax<size>(p[0], p[1]);
            if constexpr (step.second >= 0) kernel::store(p[2], log_sum);
        } else if constexpr (std::is_same_v<Op, transpose_op>) {
            kernel::transpose<dims.columns, dims.rows>(p[0], p[1]);
        } else {
            run_lanewise<Op>(p);
        }
    }

    template <int... I>
    static constexpr std::array<kernel::operand_shape, sizeof...(I)> shapes_read(std::integer_sequence<int, I...>) {
        return {kernel::operand_shape{dims_read(I), batched_read(I)}...};
    }
    template <class Op>
    CHAINFOLD_INLINE static void run_lanewise(T* const* p) {
        static constexpr auto shapes = shapes_read(std::make_integer_sequence<int, reads>{});
        kernel::lanewise<Op, step.when == phase::tile ? tile : 1, reads>(p, dims, shapes.data(),
                                                                         graph.nodes[id].parameter);
    }

    static constexpr std::ptrdiff_t tile_step(int address) {
        return plan.addresses[static_cast<std::size_t>(step.first_address + address)].tile_step;
    }
    template <int A>
    CHAINFOLD_INLINE static kernel::panel_of<const T> panel(T* const* p) {
        return {p[A], tile_step(A)};
    }

    static constexpr bool is_triangle = reader(graph, plan).is_accumulated_triangle(id);
    static constexpr bool is_moment = reader(graph, plan).is_second_moment(id);
    CHAINFOLD_INLINE static void accumulate_in_lanes(T* const* p, const state& s) {
        T* const* const sums = p + step.address_count - 1 - moves;
        if constexpr (step.kind == step_kind::accumulate)
            kernel::add_to_lanes<dims.size(), tile>(p[0], p[2], p[1], s);
        else if constexpr (is_moment)
            kernel::add_moments_to_lanes<dims_read(0).rank == 0, (step.second >= 0), dims.rows, tile>(
                p[0], sums, p[1], entries_read<1>(p + 2), s);
        else
            kernel::add_outer_to_lanes<is_triangle, dims_read(0).rows, dims_read(1).rows, tile>(
                p[0], sums[0], kernel::tile_entries<tile, T>{p[1]}, entries_read<1>(p + 2), s);
    }
    CHAINFOLD_INLINE static void accumulate(T* const* p, T* to, const state& s) {
        if constexpr (is_triangle) {
            kernel::mean_of_triangle<dims_read(0).rows, tile>(to, panel<1>(p), panel<2>(p), s);
        } else if constexpr (is_moment) {
            kernel::mean_of_moments<dims_read(0).rank == 0, dims.rows, tile>(to, panel<1>(p), panel<2>(p), s);
        } else if constexpr (step.kind == step_kind::accumulate) {
            kernel::mean_of_panel<tile>(to, dims.size(), panel<1>(p), s);
        } else {
            constexpr bool given = reader(graph, plan).reads_as_given(id);
            constexpr int rows = dims.rows, columns = dims.columns;
            constexpr bool packs = reader(graph, plan).packs_samples(id);
            T* const scratch = packs ? p[4] : nullptr;
            if constexpr (given)
                kernel::mean_of_outer<rows, columns, tile>(to, panel<1>(p), kernel::given_samples<packs, T>{p[2]},
                                                           scratch, s);
            else
                kernel::mean_of_outer<rows, columns, tile>(to, panel<1>(p), kernel::tiled_samples<tile, T>{panel<2>(p)},
                                                           scratch, s);
        }
    }

    // v ← v − η g
    static constexpr bool moves = plan.nodes[static_cast<std::size_t>(id)].moves >= 0;
    static state moving(const state& s) {
        state m = s;
        m.first = false;
        m.factor = -s.rate * s.factor;
        return m;
    }
    CHAINFOLD_INLINE static void descend(T* const* p, const state& s) {
        constexpr role is = plan.nodes[static_cast<std::size_t>(id)].is;
        if constexpr (is == role::folded) {
            kernel::outer_product<dims.rows, dims.columns, outer_use::descend>({p[0], p[2], s.rate}, p[1]);
        } else {
            if (is == role::accumulated && s.at_once) return;
            T *const v = p[0], *const g = p[1];
            const T rate = s.rate;
            for (int i = 0; i < dims.size(); ++i) v[i] -= rate * g[i];
        }
    }

    CHAINFOLD_INLINE static void run_panel_product(T* const* p, const state& s) {
        constexpr int rows = dims.rows, inner = dims_read(1).rows;
        const int all = s.tiles(tile), first = s.begin(all), tiles = s.end(all) - first;
        if (tiles == 0) return;
        const kernel::panel_of<T> to{p[0] + first * tile_step(0), tile_step(0)};
        const kernel::panel_of<const T> from{p[2] + first * tile_step(2), tile_step(2)};
        if constexpr (reader(graph, plan).is_transposed_product(id))
            kernel::transposed_product_of_panel<rows, inner, tile>(to, p[1], from, tiles, p[3]);
        else
            kernel::product_of_panel<rows, inner, tile>(to, p[1], from, tiles);
    }

    static constexpr bool is_mean = step.kind == step_kind::accumulate || step.kind == step_kind::accumulate_outer;

public:
    CHAINFOLD_INLINE static void run(T* const* p, [[maybe_unused]] const state& s) {
        if constexpr (step.kind == step_kind::group) {
            if constexpr (group_facts<P, Step>::is_of_numbers)
                scalar_code<P, Step, T>::run(p);
            else
                group_code<P, Step, T>::run(p, s);
        } else if constexpr (is_idle(step)) {
            return;
        } else if constexpr (step.kind == step_kind::load) {
            kernel::load_tile<dims.size(), tile>(p[0], p[1], s.count);
        } else if constexpr (step.kind == step_kind::unload) {
            if constexpr (plan.nodes[static_cast<std::size_t>(id)].batched)
                kernel::unload_tile<dims.size(), tile>(p[0], p[1], s.count);
            else
                for (int k = 0; k < s.count; ++k)
                    for (int i = 0; i < dims.size(); ++i) p[0][k * dims.size() + i] = p[1][i];
        } else if constexpr (is_mean && plan.means_in_lanes) {
            accumulate_in_lanes(p, s);
        } else if constexpr (is_mean) {
            T* const block = p[reads + 1];
            if constexpr (moves)
                if (s.at_once) {
                    accumulate(p, p[step.address_count - 1], moving(s));
                    return;
                }
            if (!s.sums_up) accumulate(p, s.in_blocks ? block : p[0], s);
            if (s.ends_block && (s.sums_up || s.parts == 1)) kernel::end_block(p[0], block, dims.size(), s.first_block);
        } else if constexpr (step.kind == step_kind::descend) {
            descend(p, s);
        } else if constexpr (step.whole_panel) {
            run_panel_product(p, s);
        } else {
            run_kernel(p, s);
        }
    }
};

}  // namespace chainfold
