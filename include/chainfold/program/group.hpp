// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group is one loop over entries whose body is the group's members in order, every value in a register.

#include <utility>

#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/make_plan.hpp>

namespace chainfold {

namespace detail {

template <std::int32_t Code, class List>
struct operation_at;
template <class First, class... Rest>
struct operation_at<0, operation_list<First, Rest...>> {
    using type = First;
};
template <std::int32_t Code, class First, class... Rest>
    requires(Code > 0)
struct operation_at<Code, operation_list<First, Rest...>> : operation_at<Code - 1, operation_list<Rest...>> {};

/// The struct of the operation with this code.
template <std::int32_t Code>
using operation = typename operation_at<Code, registry>::type;

}  // namespace detail

/// The code of step Step of the plan of P, which is a group.
template <class P, std::int32_t Step, class T>
class group_code {
    static constexpr const auto& plan = P::value;
    static constexpr const auto& graph = P::graph();
    static constexpr const planned_step& step = plan.steps[static_cast<std::size_t>(Step)];
    static constexpr int size = graph.nodes[static_cast<std::size_t>(step.node)].dims.size();
    static constexpr bool in_tile = step.when == phase::tile;
    static constexpr int tile = in_tile ? plan.tile : 1;

    static constexpr int node_of_input(int i) { return plan.inputs[static_cast<std::size_t>(step.first_input + i)]; }
    static constexpr int node_of_member(int m) { return plan.members[static_cast<std::size_t>(step.first_member + m)]; }
    static constexpr const node& meaning(int id) { return graph.nodes[static_cast<std::size_t>(id)]; }
    static constexpr const planned_node& fate(int id) { return plan.nodes[static_cast<std::size_t>(id)]; }

    static constexpr int results() { return step.address_count - step.input_count; }
    static constexpr int address_of_result(int member) {
        int address = 0;
        for (int m = 0; m < member; ++m) address += fate(node_of_member(m)).stored;
        return address;
    }
    template <int M, int I>
    static constexpr operand_place place =
        place_of(graph.view(), plan, step, graph.view().operand(node_of_member(M), I));

    // The entries of input I at entry `at` of the loop, for the samples from `lane` on.
    template <int I, class V>
    [[gnu::always_inline]] static V read(T* const* addresses, std::ptrdiff_t at, std::ptrdiff_t lane) {
        constexpr int id = node_of_input(I);
        constexpr bool scalar = meaning(id).dims.size() == 1 && size > 1;
        const T* const from = addresses[results() + I];
        if constexpr (in_tile && fate(id).batched)
            return kernel::load<V>(from + (scalar ? 0 : at * tile) + lane);
        else if constexpr (in_tile || scalar)
            return math::splat<V>(from[scalar ? 0 : at]);
        else
            return kernel::load<V>(from + at);
    }

    template <int M, int I, class V>
    [[gnu::always_inline]] static V operand(const V* inputs, const V* members) {
        constexpr operand_place from = place<M, I>;
        if constexpr (from.kind == operand_kind::immediate)
            return math::splat<V>(math::to<T>(graph.numbers[static_cast<std::size_t>(from.index)]));
        else if constexpr (from.kind == operand_kind::input)
            return inputs[from.index];
        else
            return members[from.index];
    }

    template <int M, class V>
    [[gnu::always_inline]] static V compute(const V* inputs, const V* members) {
        constexpr node n = meaning(node_of_member(M));
        using Op = detail::operation<n.operation>;
        if constexpr (std::is_same_v<Op, constant_op>)
            return math::splat<V>(math::to<T>(graph.numbers[static_cast<std::size_t>(n.parameter)]));
        else if constexpr (std::is_same_v<Op, broadcast_op>)
            return operand<M, 0, V>(inputs, members);
        else if constexpr (std::is_same_v<Op, power_op>)
            return Op::value(operand<M, 0, V>(inputs, members), n.parameter);
        else if constexpr (Op::arity == 1)
            return Op::value(operand<M, 0, V>(inputs, members));
        else if constexpr (Op::arity == 2)
            return Op::value(operand<M, 0, V>(inputs, members), operand<M, 1, V>(inputs, members));
        else
            return Op::value(operand<M, 0, V>(inputs, members), operand<M, 1, V>(inputs, members),
                             operand<M, 2, V>(inputs, members));
    }

    template <int M, class V>
    [[gnu::always_inline]] static void write(T* const* addresses, std::ptrdiff_t position, V value) {
        if constexpr (fate(node_of_member(M)).stored) kernel::store(addresses[address_of_result(M)] + position, value);
    }

    template <class V, int... I, int... M>
    [[gnu::always_inline]] static void body(T* const* addresses, std::ptrdiff_t at, std::ptrdiff_t lane,
                                            std::integer_sequence<int, I...>, std::integer_sequence<int, M...>) {
        const V inputs[sizeof...(I) + 1] = {read<I, V>(addresses, at, lane)..., V{}};
        V members[sizeof...(M)];
        ((members[M] = compute<M, V>(inputs, members)), ...);
        (write<M, V>(addresses, at * tile + lane, members[M]), ...);
    }

    template <class V>
    [[gnu::always_inline]] static void body(T* const* addresses, std::ptrdiff_t at, std::ptrdiff_t lane) {
        body<V>(addresses, at, lane, std::make_integer_sequence<int, step.input_count>{},
                std::make_integer_sequence<int, step.member_count>{});
    }

public:
    [[gnu::always_inline]] static void run(T* const* addresses) {
        constexpr int lanes = kernel::lanes_for<T, in_tile ? tile : size>();
        using V = kernel::pack<T, lanes>;
        if constexpr (in_tile) {
            for (std::ptrdiff_t at = 0; at < size; ++at)
                for (std::ptrdiff_t lane = 0; lane < tile; lane += lanes) body<V>(addresses, at, lane);
        } else {
            constexpr std::ptrdiff_t full = size / lanes * lanes;
            for (std::ptrdiff_t at = 0; at < full; at += lanes) body<V>(addresses, at, 0);
            if constexpr (full < size)
                for (std::ptrdiff_t at = full; at < size; ++at) body<T>(addresses, at, 0);
        }
    }
};

}  // namespace chainfold
