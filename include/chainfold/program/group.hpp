// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group is one loop over entries whose body is the group's members in order, every value in a register.

#include <limits>
#include <utility>

#include <chainfold/operation/at.hpp>
#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/make_plan.hpp>

namespace chainfold {

/// The code of step Step of the plan of P, which is a group.
template <class P, std::int32_t Step, class T>
class group_code {
protected:
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

    static constexpr int results = step.address_count - step.input_count;
    /// By member: the position of its address.
    static constexpr auto address_of_result = [] {
        std::array<std::int32_t, static_cast<std::size_t>(step.member_count)> address{};
        for (int m = 0, next = 0; m < step.member_count; ++m) {
            address[static_cast<std::size_t>(m)] = next;
            next += fate(node_of_member(m)).stored;
        }
        return address;
    }();
    template <int M, int I>
    static constexpr operand_place place =
        place_of(graph.view(), plan, step, graph.view().operand(node_of_member(M), I));

    static constexpr int inputs_and_one = step.input_count + 1;

    // Inputs that are one number for the whole loop, read before it; and 1 / that, by which entries are multiplied
    // where they would be divided, unless it is no normal number.
    struct fixed_inputs {
        T value[inputs_and_one], inverse[inputs_and_one];
    };
    template <int I>
    static constexpr bool is_fixed = size > 1 && meaning(node_of_input(I)).dims.size() == 1 &&
                                     !(in_tile && fate(node_of_input(I)).batched);
    template <int M>
    static constexpr bool divides_by_fixed() {
        if constexpr (meaning(node_of_member(M)).operation != operation_code<divide_op>)
            return false;
        else if constexpr (place<M, 1>.kind != operand_kind::input)
            return false;
        else
            return is_fixed<place<M, 1>.index>;
    }
    template <int... I>
    [[gnu::always_inline]] static void read_fixed([[maybe_unused]] T* const* addresses,
                                                  [[maybe_unused]] fixed_inputs& fixed,
                                                  std::integer_sequence<int, I...>) {
        const bool read[] = {(is_fixed<I> ? void(fixed.value[I] = *addresses[results + I]) : void(), true)..., true};
        (void)read;
    }
    template <int M>
    [[gnu::always_inline]] static bool has_inverse([[maybe_unused]] fixed_inputs& fixed) {
        if constexpr (divides_by_fixed<M>()) {
            constexpr int i = place<M, 1>.index;
            fixed.inverse[i] = T(1) / fixed.value[i];
            const T magnitude = math::abs(fixed.inverse[i]);
            return magnitude >= std::numeric_limits<T>::min() && magnitude <= std::numeric_limits<T>::max();
        }
        return true;
    }

    // The entries of input I at entry `at` of the loop, for the samples from `lane` on.
    template <int I, class V>
    [[gnu::always_inline]] static V read(T* const* addresses, const fixed_inputs& fixed, std::ptrdiff_t at,
                                         std::ptrdiff_t lane) {
        constexpr int id = node_of_input(I);
        constexpr bool scalar = meaning(id).dims.size() == 1 && size > 1;
        const T* const from = addresses[results + I];
        if constexpr (is_fixed<I>)
            return math::splat<V>(fixed.value[I]);
        else if constexpr (in_tile && fate(id).batched)
            return kernel::load<V>(from + (scalar ? 0 : at * tile) + lane);
        else if constexpr (in_tile)
            return math::splat<V>(from[at]);
        else
            return kernel::load<V>(from + at);
    }

    // A number, rounded by the compiler: it might leave that to the loop.
    template <std::int32_t Index>
    static constexpr T number_at = math::to<T>(graph.numbers[static_cast<std::size_t>(Index)]);

    // More values than registers: each is read where it is used and written as soon as it is known.
    static constexpr bool is_wide = size > 1 && step.input_count + results > 24;

    // Where the loop stands, and what is known there.
    template <class V>
    struct entry {
        T* const* addresses;
        const fixed_inputs& fixed;
        std::ptrdiff_t at, lane;
        const V *inputs, *members;
    };
    template <int M, int I, class V>
    [[gnu::always_inline]] static V operand(const entry<V>& e) {
        constexpr operand_place from = place<M, I>;
        if constexpr (from.kind == operand_kind::immediate)
            return math::splat<V>(number_at<from.index>);
        else if constexpr (from.kind == operand_kind::member)
            return e.members[from.index];
        else if constexpr (is_wide)
            return read<from.index, V>(e.addresses, e.fixed, e.at, e.lane);
        else
            return e.inputs[from.index];
    }

    template <int M, bool Multiply, class V>
    [[gnu::always_inline]] static V compute(const entry<V>& e) {
        constexpr node n = meaning(node_of_member(M));
        using Op = detail::operation<n.operation>;
        if constexpr (std::is_same_v<Op, constant_op>)
            return math::splat<V>(number_at<n.parameter>);
        else if constexpr (std::is_same_v<Op, broadcast_op>)
            return operand<M, 0, V>(e);
        else if constexpr (std::is_same_v<Op, power_op>)
            return Op::value(operand<M, 0, V>(e), n.parameter);
        else if constexpr (Op::arity == 1)
            return Op::value(operand<M, 0, V>(e));
        else if constexpr (Multiply && divides_by_fixed<M>())
            return operand<M, 0, V>(e) * math::splat<V>(e.fixed.inverse[place<M, 1>.index]);
        else if constexpr (Op::arity == 2)
            return Op::value(operand<M, 0, V>(e), operand<M, 1, V>(e));
        else
            return Op::value(operand<M, 0, V>(e), operand<M, 1, V>(e), operand<M, 2, V>(e));
    }

    template <int M, class V>
    [[gnu::always_inline]] static void write(T* const* addresses, std::ptrdiff_t position, V value) {
        if constexpr (fate(node_of_member(M)).stored) {
            constexpr std::int32_t address = address_of_result[static_cast<std::size_t>(M)];
            kernel::store(addresses[address] + position, value);
        }
    }

    template <int M, bool Multiply, class V>
    [[gnu::always_inline]] static bool compute_and_write(const entry<V>& e, V* members) {
        members[M] = compute<M, Multiply, V>(e);
        if constexpr (is_wide) write<M, V>(e.addresses, e.at * tile + e.lane, members[M]);
        return true;
    }
    template <class V, bool Multiply, int... I, int... M>
    [[gnu::always_inline]] static void body(T* const* addresses, const fixed_inputs& fixed, std::ptrdiff_t at,
                                            std::ptrdiff_t lane, std::integer_sequence<int, I...>,
                                            std::integer_sequence<int, M...>) {
        V members[sizeof...(M)];
        // (Folds would do, but compilers bound their length.)
        if constexpr (is_wide) {
            const bool done[] = {
                compute_and_write<M, Multiply>(entry<V>{addresses, fixed, at, lane, nullptr, members}, members)...};
            (void)done;
        } else {
            const V inputs[sizeof...(I) + 1] = {read<I, V>(addresses, fixed, at, lane)..., V{}};
            const entry<V> e{addresses, fixed, at, lane, inputs, members};
            const bool computed[] = {compute_and_write<M, Multiply>(e, members)...};
            const bool written[] = {(write<M, V>(addresses, at * tile + lane, members[M]), true)...};
            (void)computed, (void)written;
        }
    }

    static constexpr std::make_integer_sequence<int, step.input_count> all_inputs{};
    static constexpr std::make_integer_sequence<int, step.member_count> all_members{};

    template <bool Multiply>
    [[gnu::always_inline]] static void loop(T* const* addresses, const fixed_inputs& fixed) {
        constexpr int lanes = kernel::lanes_for<T, in_tile ? tile : size>();
        using V = kernel::pack<T, lanes>;
        const auto entries = [&]<class W>(W, std::ptrdiff_t at, std::ptrdiff_t lane) __attribute__((always_inline)) {
            body<W, Multiply>(addresses, fixed, at, lane, all_inputs, all_members);
        };
        if constexpr (in_tile) {
            for (std::ptrdiff_t at = 0; at < size; ++at)
                for (std::ptrdiff_t lane = 0; lane < tile; lane += lanes) entries(V{}, at, lane);
        } else {
            constexpr std::ptrdiff_t full = size / lanes * lanes;
            for (std::ptrdiff_t at = 0; at < full; at += lanes) entries(V{}, at, 0);
            if constexpr (!is_wide && size >= 4 * lanes)
                rest<full>(entries);
            else if constexpr (full < size)
                for (std::ptrdiff_t at = full; at < size; ++at) entries(T{}, at, 0);
        }
    }
    // What is left from entry First on, with registers of half the size, a quarter …  (Short vectors are read again
    // before they have left the store buffer, from where only what was stored in one piece is forwarded.)
    template <std::ptrdiff_t First, class Entries>
    [[gnu::always_inline]] static void rest(const Entries& entries) {
        if constexpr (First < size) {
            constexpr int lanes = kernel::lanes_for<T, size - static_cast<int>(First)>();
            entries(kernel::pack<T, lanes>{}, First, 0);
            rest<First + lanes>(entries);
        }
    }

    template <int... M>
    [[gnu::always_inline]] static bool have_inverses(fixed_inputs& fixed, std::integer_sequence<int, M...>) {
        bool all = true;
        for (const bool has : {has_inverse<M>(fixed)...}) all = all && has;
        return all;
    }
    template <int... M>
    static constexpr bool divides_anywhere(std::integer_sequence<int, M...>) {
        for (const bool divides : {divides_by_fixed<M>()...})
            if (divides) return true;
        return false;
    }

public:
    [[gnu::always_inline]] static void run(T* const* addresses) {
        fixed_inputs fixed;
        read_fixed(addresses, fixed, all_inputs);
        if constexpr (!divides_anywhere(all_members)) {
            loop<false>(addresses, fixed);
        } else if (have_inverses(fixed, all_members)) {
            loop<true>(addresses, fixed);
        } else {
            loop<false>(addresses, fixed);
        }
    }
};

}  // namespace chainfold
