// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group's members for some entries, or some samples of one entry: a register of each value.

#include <limits>
#include <utility>

#include <chainfold/operation/at.hpp>
#include <chainfold/program/group_facts.hpp>
#include <chainfold/program/kernel/lane_sums.hpp>
#include <chainfold/program/kernel/rows_in_loop.hpp>

namespace chainfold {

template <class P, std::int32_t Step, class T>
class group_entry {
    using facts = group_facts<P, Step>;
    static constexpr int input_count = facts::step.input_count, member_count = facts::step.member_count;
    template <int M>
    static constexpr group_member member = facts::members[static_cast<std::size_t>(M)];

public:
    static constexpr std::make_integer_sequence<int, input_count> all_inputs{};
    static constexpr std::make_integer_sequence<int, member_count> all_members{};

    /// Inputs that are one number for the whole loop, and members' factors.
    struct fixed_inputs {
        T value[input_count + 1];
        T factor[member_count];
    };
    /// Reads them before the loop.  False if a factor is no normal number: then members do what they say.
    CHAINFOLD_INLINE static bool read_fixed(T* const* addresses, fixed_inputs& fixed) {
        read_inputs(addresses, fixed, all_inputs);
        if constexpr (facts::any_of(&group_member::is_scaled))
            return find_factors(fixed, all_members);
        else
            return true;
    }

    /// Where the loop stands, and what is known there.
    template <class V>
    struct place {
        T* const* addresses;
        const fixed_inputs& fixed;
        std::ptrdiff_t at, lane;
        V* totals;    // of the group's sums; and for sums of rows, the rows' factors
        int samples;  // so many from the first lane on
        const V *inputs, *members;
    };

    /// The inputs for a register of entries from `at` on, or of samples of entry `at`.  (A wide group reads them when
    /// it needs them.)
    template <class V>
    struct inputs_of {
        V of[facts::is_wide ? 1 : input_count + 1];
    };
    template <class V, int... I>
    CHAINFOLD_INLINE static inputs_of<V> read_all([[maybe_unused]] T* const* addresses,
                                                  [[maybe_unused]] const fixed_inputs& fixed,
                                                  [[maybe_unused]] std::ptrdiff_t at,
                                                  [[maybe_unused]] std::ptrdiff_t lane,
                                                  std::integer_sequence<int, I...>) {
        if constexpr (facts::is_wide)
            return {};
        else
            return {{read<I, V>(addresses, fixed, at, lane)..., V{}}};
    }
    /// Computes and writes everything for them.
    template <bool Multiply, class V, int... M>
    CHAINFOLD_INLINE static void run(const inputs_of<V>& inputs, T* const* addresses, const fixed_inputs& fixed,
                                     std::ptrdiff_t at, std::ptrdiff_t lane, V* totals, int samples,
                                     std::integer_sequence<int, M...>) {
        V members[sizeof...(M)];
        // (Folds would do, but compilers bound their length.)
        if constexpr (facts::is_wide) {
            const place<V> e{addresses, fixed, at, lane, totals, samples, nullptr, members};
            const bool done[] = {compute_and_write<M, Multiply>(e, members)...};
            (void)done;
        } else {
            const place<V> e{addresses, fixed, at, lane, totals, samples, inputs.of, members};
            const bool computed[] = {compute_and_write<M, Multiply>(e, members)...};
            const bool written[] = {(write<M, V>(addresses, at * facts::tile + lane, members[M]), true)...};
            (void)computed, (void)written;
        }
    }

protected:
    template <int... I>
    CHAINFOLD_INLINE static void read_inputs([[maybe_unused]] T* const* addresses, fixed_inputs& fixed,
                                             std::integer_sequence<int, I...>) {
        fixed.value[input_count] = T(0);
        const bool read[] = {(fixed.value[I] = facts::is_fixed(I) ? *addresses[facts::results + I] : T(0), true)...,
                             true};
        (void)read;
    }

    static bool is_normal(T x) {
        const T magnitude = math::abs(x);
        return magnitude >= std::numeric_limits<T>::min() && magnitude <= std::numeric_limits<T>::max();
    }
    template <int M>
    CHAINFOLD_INLINE static bool find_factor(fixed_inputs& fixed) {
        constexpr group_member m = member<M>;
        fixed.factor[M] = T(-1);
        if constexpr (m.scaled_operand >= 0) {
            if constexpr (facts::meaning(m.node).operation != operation_code<negate_op>) {
                constexpr operand_place from = m.operands[1 - m.scaled_operand];
                if constexpr (from.kind == operand_kind::immediate)
                    fixed.factor[M] = number_at<from.index>;
                else
                    fixed.factor[M] = fixed.value[from.index];
            }
            if constexpr (m.divides) fixed.factor[M] = T(1) / fixed.factor[M];
            const bool own_is_normal = !m.divides || is_normal(fixed.factor[M]);
            if constexpr (m.scaled_member >= 0) fixed.factor[M] *= fixed.factor[m.scaled_member];
            if constexpr (m.is_scaled) return own_is_normal && is_normal(fixed.factor[M]);
        }
        return true;
    }
    template <int... M>
    CHAINFOLD_INLINE static bool find_factors(fixed_inputs& fixed, std::integer_sequence<int, M...>) {
        bool all = true;
        for (const bool has : {find_factor<M>(fixed)...}) all = all && has;
        return all;
    }

    // The entries of input I at entry `at` of the loop, for the samples from `lane` on.
    template <int I, class V>
    CHAINFOLD_INLINE static V read(T* const* addresses, const fixed_inputs& fixed, std::ptrdiff_t at,
                                   std::ptrdiff_t lane) {
        constexpr int id = facts::node_of_input(I);
        constexpr bool scalar = facts::meaning(id).dims.size() == 1 && facts::size > 1;
        const T* const from = addresses[facts::results + I];
        if constexpr (facts::is_fixed(I))
            return math::splat<V>(fixed.value[I]);
        else if constexpr (facts::has_no_entry(I))
            return V{};
        else if constexpr (facts::in_tile && facts::fate(id).batched)
            return kernel::load<V>(from + (scalar ? 0 : at * facts::tile) + lane);
        else if constexpr (facts::in_tile)
            return math::splat<V>(from[at]);
        else
            return kernel::load<V>(from + at);
    }

    // A number, rounded by the compiler: it might leave that to the loop.
    template <std::int32_t Index>
    static constexpr T number_at = math::to<T>(facts::graph.numbers[static_cast<std::size_t>(Index)]);

    template <int M, int I, class V>
    CHAINFOLD_INLINE static V operand(const place<V>& e) {
        constexpr operand_place from = member<M>.operands[I];
        if constexpr (from.kind == operand_kind::immediate)
            return math::splat<V>(number_at<from.index>);
        else if constexpr (from.kind == operand_kind::member)
            return e.members[from.index];
        else if constexpr (facts::is_wide)
            return read<from.index, V>(e.addresses, e.fixed, e.at, e.lane);
        else
            return e.inputs[from.index];
    }
    /// Where operand I begins, of which M takes more than an entry.
    template <int M, int I, class V>
    CHAINFOLD_INLINE static const T* whole(const place<V>& e) {
        return e.addresses[facts::results + member<M>.operands[I].index];
    }
    template <int M>
    static constexpr int columns = facts::columns_of(member<M>);
    /// What member M multiplies by its factor.
    template <int M, class V>
    CHAINFOLD_INLINE static V unscaled(const place<V>& e) {
        if constexpr (member<M>.scaled_member >= 0)
            return unscaled<member<M>.scaled_member, V>(e);
        else
            return operand<M, member<M>.scaled_operand, V>(e);
    }

    template <int M, bool Multiply, class V>
    CHAINFOLD_INLINE static V compute(const place<V>& e) {
        CHAINFOLD_CONTRACT
        constexpr node n = facts::meaning(member<M>.node);
        using Op = detail::operation<n.operation>;
        if constexpr (std::is_same_v<Op, constant_op>)
            return math::splat<V>(number_at<n.parameter>);
        else if constexpr (std::is_same_v<Op, broadcast_op> || std::is_same_v<Op, sum_op> ||
                           std::is_same_v<Op, batch_mean_op>)
            return operand<M, 0, V>(e);
        else if constexpr (member<M>.is_row_product)
            return kernel::entries_of_product<V, columns<M>>(whole<M, 0, V>(e) + e.at * columns<M>, whole<M, 1, V>(e));
        else if constexpr (member<M>.is_row_sum)
            return operand<M, 1, V>(e);
        else if constexpr (std::is_same_v<Op, dot_op>)
            return operand<M, 0, V>(e) * operand<M, 1, V>(e);
        else if constexpr (std::is_same_v<Op, power_op>)
            return Op::value(operand<M, 0, V>(e), n.parameter);
        else if constexpr (Multiply && member<M>.is_scaled)
            return unscaled<M, V>(e) * math::splat<V>(e.fixed.factor[M]);
        else if constexpr (Op::arity == 1)
            return Op::value(operand<M, 0, V>(e));
        else if constexpr (Op::arity == 2)
            return Op::value(operand<M, 0, V>(e), operand<M, 1, V>(e));
        else
            return Op::value(operand<M, 0, V>(e), operand<M, 1, V>(e), operand<M, 2, V>(e));
    }

    template <int M, class V>
    CHAINFOLD_INLINE static void write(T* const* addresses, std::ptrdiff_t position, V value) {
        if constexpr (member<M>.is_written) kernel::store(addresses[member<M>.address] + position, value);
    }

    template <int M, bool Multiply, class V>
    CHAINFOLD_INLINE static bool compute_and_write(const place<V>& e, V* members) {
        CHAINFOLD_CONTRACT
        V value = compute<M, Multiply, V>(e);
        if constexpr (member<M>.is_mean)  // what stands where no sample is counts nothing
            if (e.samples < facts::tile)
                value = math::select(kernel::lane_numbers<V> < T(e.samples - static_cast<int>(e.lane)), value, V{});
        if constexpr (member<M>.is_sum || member<M>.is_mean)
            e.totals[member<M>.sum] += value;
        else if constexpr (member<M>.is_row_sum)
            e.totals[member<M>.sum] = value;
        else
            members[M] = value;
        if constexpr (facts::is_wide) write<M, V>(e.addresses, e.at * facts::tile + e.lane, value);
        return true;
    }
};

}  // namespace chainfold
