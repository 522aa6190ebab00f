// SPDX-License-Identifier: BSL-1.0
#pragma once

// From a graph to a plan: order, memory, twins.

#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/batch.hpp>
#include <chainfold/program/plan/memory.hpp>
#include <chainfold/program/plan/panel.hpp>
#include <chainfold/program/plan/schedule.hpp>
#include <chainfold/program/plan/twins.hpp>

namespace chainfold {

namespace detail {

template <class Plan>
constexpr void count_work(const graph_view& graph, Plan& p) {
    const reading<Plan> nodes(graph, p);
    for (int id = 0; id < graph.node_count; ++id) {
        const planned_node& n = p.nodes[static_cast<std::size_t>(id)];
        if (!n.needed || n.step < 0) continue;
        std::int64_t inner = n.is == role::reduced ? graph.operand_dims(id, 0).size() : 1;
        if (graph[id].operation == operation_code<product_op>) inner = graph.operand_dims(id, 0).columns;
        if (const int product = nodes.added_product(id); product >= 0) inner += graph.operand_dims(product, 0).columns;
        p.steps[static_cast<std::size_t>(n.step)].work += inner * graph[id].dims.size();
        p.work += inner * graph[id].dims.size();
    }
}

/// Samples computed together: two of the widest registers, enough to hide the latency of a product.
template <class T>
inline constexpr std::int32_t tile_of = sizeof(T) >= 16 ? 4 : static_cast<std::int32_t>(128 / sizeof(T));

}  // namespace detail

/// The graph and the plan for one way of calling a program.
template <class Request, class T, calling Mode, hash_value... Batched>
struct planned {
    static constexpr std::int32_t tile = detail::tile_of<T>;
    static constexpr const auto& graph() { return graph_of_stage<executed<Request, Mode, Batched...>>(); }
    static constexpr bool is_batched(const symbol& s) { return ((s.key == Batched) || ... || false); }

    // One constant for each stage, so that each has the compiler's whole budget of steps.
    static constexpr graph_sizes room = graph_of_stage<executed<Request, Mode, Batched...>>().room;
    using plan_type = plan<room.nodes, room.pool, room.outputs>;
    static constexpr plan_type schedule() {
        buffer<char> batched(graph().sizes.symbols + 1);
        for (int s = 0; s < graph().sizes.symbols; ++s)
            batched[s] = is_batched(graph().symbols[static_cast<std::size_t>(s)]);
        const graph_view view = graph().view();
        plan_type p;
        p.tile = Mode == calling::one_sample ? 1 : tile;
        p.lanes = kernel::lanes_of_sum<T, tile>();
        scheduler(view, p).run(batched.data(), moved_by_nodes(view), unloaded_nodes(view));
        detail::count_work(view, p);
        panel_planner(view, p).run(sizeof(T));
        return p;
    }
    static constexpr plan_type scheduled = schedule();

    // By node: the symbol that it moves.
    static constexpr buffer<std::int32_t> moved_by_nodes(const graph_view& view) {
        buffer<std::int32_t> moved(view.node_count, planned_node::moves_nothing);
        if constexpr (is_descent<Request>)
            for (std::size_t i = 0; i < Request::moved.size(); ++i) {
                std::int32_t& moves = moved[view.outputs[i + 1]] = planned_node::moves_no_symbol;
                for (std::int32_t s = 0; s < view.symbol_count; ++s)
                    if (view.symbols[s].key == Request::moved[i].key) moves = s;
            }
        return moved;
    }

    /// Outputs that go sample by sample.
    static constexpr int unloaded = Mode == calling::each_sample ? 1 : Request::by_sample;

    // Where they go, by node.
    static constexpr buffer<std::int32_t> unloaded_nodes(const graph_view& view) {
        buffer<std::int32_t> place(view.node_count, planned_node::unloaded_nowhere);
        for (int i = 0; i < view.output_count; ++i)
            place[view.outputs[i]] = Mode == calling::each_sample ? i : Request::place_of_output(i);
        return place;
    }

    static constexpr plan_type place() {
        const graph_view view = graph().view();
        plan_type p = scheduled;
        memory_planner(view, p).run();
        p.margin = margin_of_outputs(view, p, sizeof(T));
        return p;
    }
    static constexpr plan_type placed = place();

    static constexpr plan_type find_twins() {
        const graph_view view = graph().view();
        plan_type p = placed;
        twin_finder(view, p).run();
        return p;
    }
    static constexpr plan_type value = find_twins();
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"
#endif
template <hash_value Key>
struct key_of_a_plan {
    friend constexpr auto definition(key_of_a_plan);
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// A plan by its key, as an expression has one: code is made for it, and its symbols do not spell the request, whose
/// name grows with every parameter.
template <hash_value Key>
struct keyed_plan {
    using meaning = definition_of<key_of_a_plan<Key>>;
    static constexpr const auto& value = meaning::value;
    static constexpr int unloaded = meaning::unloaded;
    static constexpr const auto& graph() { return meaning::graph(); }
};

namespace detail {
template <class Request, class T, calling Mode, hash_value... Batched>
constexpr hash_value key_of_plan() {
    hash_value key = combine(combine(Request::key, sizeof(T)), static_cast<hash_value>(Mode));
    ((key = combine(key, Batched)), ...);
    return key;
}
template <class Request, class T, calling Mode, hash_value... Batched>
struct plan_made
    : define<key_of_a_plan<key_of_plan<Request, T, Mode, Batched...>()>, planned<Request, T, Mode, Batched...>> {
    using type = keyed_plan<key_of_plan<Request, T, Mode, Batched...>()>;
};
}  // namespace detail

/// The plan for a request, in which the symbols with these keys come in batches.
template <class Request, class T, calling Mode, hash_value... Batched>
using plan_of = typename detail::plan_made<Request, T, Mode, Batched...>::type;

}  // namespace chainfold
