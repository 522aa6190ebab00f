// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group is one loop over entries whose body is the group's members in order, every value in a register.  Sums over
// the entries are members too: a loop that is read by sums alone writes nothing.

#include <limits>
#include <utility>

#include <chainfold/operation/at.hpp>
#include <chainfold/program/kernel/lane_sums.hpp>
#include <chainfold/program/plan/make_plan.hpp>

namespace chainfold {

/// The code of step Step of the plan of P, which is a group.
template <class P, std::int32_t Step, class T>
class group_code {
    static constexpr const auto& plan = P::value;
    static constexpr const auto& graph = P::graph();
    static constexpr const planned_step& step = plan.steps[static_cast<std::size_t>(Step)];
    static constexpr int size = reading<const std::remove_cvref_t<decltype(plan)>>(graph.view(), plan).loop_size(step.node);
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
            next += fate(node_of_member(m)).stored + (fate(node_of_member(m)).is == role::accumulated);
        }
        return address;
    }();
    /// By member: the position among the group's sums, and their number.
    static constexpr auto sum_of_member = [] {
        std::array<std::int32_t, static_cast<std::size_t>(step.member_count) + 1> position{};
        for (int m = 0; m < step.member_count; ++m)
            position[static_cast<std::size_t>(m) + 1] =
                position[static_cast<std::size_t>(m)] + (fate(node_of_member(m)).is == role::reduced ||
                                                         fate(node_of_member(m)).is == role::accumulated);
        return position;
    }();
    static constexpr int sums = sum_of_member.back();
    template <int M>
    static constexpr bool is_sum = fate(node_of_member(M)).is == role::reduced;
    /// A mean over the samples: behind its address stands that of its sums, a register for each entry.
    template <int M>
    static constexpr bool is_mean = fate(node_of_member(M)).is == role::accumulated;
    using state = kernel::tile_state<T>;

    template <int M, int I>
    static constexpr operand_place place =
        place_of(graph.view(), plan, step, graph.view().operand(node_of_member(M), I));

    static constexpr int inputs_and_one = step.input_count + 1;

    // Inputs that are one number for the whole loop, read before it.
    struct fixed_inputs {
        T value[inputs_and_one]{};
        T factor[step.member_count]{};
    };
    template <int I>
    static constexpr bool is_fixed = size > 1 && meaning(node_of_input(I)).dims.size() == 1 &&
                                     !(in_tile && fate(node_of_input(I)).batched);
    template <int... I>
    [[gnu::always_inline]] static void read_fixed([[maybe_unused]] T* const* addresses,
                                                  [[maybe_unused]] fixed_inputs& fixed,
                                                  std::integer_sequence<int, I...>) {
        const bool read[] = {(is_fixed<I> ? void(fixed.value[I] = *addresses[results + I]) : void(), true)..., true};
        (void)read;
    }

    // Factors: −x, x c, c x and x / c, for such a number c, are x times a factor, and so is what is made of them one after
    // another: −(x / c) / c is one product.  Factors are computed before the loop, and used unless one of them is no
    // normal number.
    template <int M, int I>
    static constexpr bool is_number() {
        if constexpr (place<M, I>.kind == operand_kind::input)
            return is_fixed<place<M, I>.index>;
        else
            return place<M, I>.kind == operand_kind::immediate;
    }
    /// The operand that member M multiplies by a factor; −1 if it does something else.
    template <int M>
    static constexpr int scaled_operand = [] {
        constexpr std::int32_t operation = meaning(node_of_member(M)).operation;
        if constexpr (operation == operation_code<negate_op>)
            return 0;
        else if constexpr (operation == operation_code<divide_op>)
            return place<M, 1>.kind == operand_kind::input && is_number<M, 1>() && !is_number<M, 0>() ? 0 : -1;
        else if constexpr (operation == operation_code<multiply_op>)
            return is_number<M, 1>() == is_number<M, 0>() ? -1 : is_number<M, 1>() ? 0 : 1;
        else
            return -1;
    }();
    /// The member that is multiplied, if that is a product with a factor itself.
    template <int M>
    static constexpr int scaled_member = [] {
        if constexpr (scaled_operand<M> < 0)
            return -1;
        else if constexpr (place<M, scaled_operand<M>>.kind != operand_kind::member)
            return -1;
        else
            return scaled_operand<place<M, scaled_operand<M>>.index> < 0 ? -1 : place<M, scaled_operand<M>>.index;
    }();
    template <int M>
    static constexpr bool divides = scaled_operand<M> == 0 &&
                                    meaning(node_of_member(M)).operation == operation_code<divide_op>;
    template <int M>
    static constexpr bool multiplies_by_input() {
        if constexpr (scaled_operand<M> < 0 || meaning(node_of_member(M)).operation == operation_code<negate_op>)
            return false;
        else
            return place<M, 1 - scaled_operand<M>>.kind == operand_kind::input;
    }
    template <int M>
    static constexpr bool has_input_factor() {
        if constexpr (scaled_member<M> >= 0)
            return multiplies_by_input<M>() || has_input_factor<scaled_member<M>>();
        else
            return multiplies_by_input<M>();
    }
    /// Is member M one product with a factor, instead of what it says?
    template <int M>
    static constexpr bool is_scaled = divides<M> || (scaled_member<M> >= 0 && has_input_factor<M>());

    static bool is_normal(T x) {
        const T magnitude = math::abs(x);
        return magnitude >= std::numeric_limits<T>::min() && magnitude <= std::numeric_limits<T>::max();
    }
    template <int M>
    [[gnu::always_inline]] static bool find_factor([[maybe_unused]] fixed_inputs& fixed) {
        if constexpr (scaled_operand<M> >= 0) {
            T own = T(-1);
            if constexpr (meaning(node_of_member(M)).operation != operation_code<negate_op>) {
                constexpr operand_place from = place<M, 1 - scaled_operand<M>>;
                if constexpr (from.kind == operand_kind::immediate)
                    own = number_at<from.index>;
                else
                    own = fixed.value[from.index];
            }
            if constexpr (divides<M>) own = T(1) / own;
            fixed.factor[M] = own;
            if constexpr (scaled_member<M> >= 0) fixed.factor[M] *= fixed.factor[scaled_member<M>];
            if constexpr (is_scaled<M>) return (!divides<M> || is_normal(own)) && is_normal(fixed.factor[M]);
        }
        return true;
    }
    /// What member M multiplies by its factor.
    template <int M, class V, class Entry>
    [[gnu::always_inline]] static V unscaled(const Entry& e) {
        if constexpr (scaled_member<M> >= 0)
            return unscaled<scaled_member<M>, V>(e);
        else
            return operand<M, scaled_operand<M>, V>(e);
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
        V* totals;  // of the group's sums
        int samples;  // so many from the first lane on
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
        else if constexpr (std::is_same_v<Op, broadcast_op> || std::is_same_v<Op, batch_mean_op>)
            return operand<M, 0, V>(e);
        else if constexpr (std::is_same_v<Op, power_op>)
            return Op::value(operand<M, 0, V>(e), n.parameter);
        else if constexpr (Multiply && is_scaled<M>)
            return unscaled<M, V>(e) * math::splat<V>(e.fixed.factor[M]);
        else if constexpr (std::is_same_v<Op, sum_op>)
            return operand<M, 0, V>(e);
        else if constexpr (std::is_same_v<Op, dot_op>)
            return operand<M, 0, V>(e) * operand<M, 1, V>(e);
        else if constexpr (Op::arity == 1)
            return Op::value(operand<M, 0, V>(e));
        else if constexpr (Op::arity == 2)
            return Op::value(operand<M, 0, V>(e), operand<M, 1, V>(e));
        else
            return Op::value(operand<M, 0, V>(e), operand<M, 1, V>(e), operand<M, 2, V>(e));
    }

    template <int M, class V>
    [[gnu::always_inline]] static void write(T* const* addresses, std::ptrdiff_t position, V value) {
        if constexpr (fate(node_of_member(M)).stored && !is_sum<M> && !is_mean<M>) {
            constexpr std::int32_t address = address_of_result[static_cast<std::size_t>(M)];
            kernel::store(addresses[address] + position, value);
        }
    }

    /// What stands where no sample is counts nothing.
    template <int M, class V>
    [[gnu::always_inline]] static void add_valid(const entry<V>& e, V value) {
        if (e.samples < tile)
            value = math::select(kernel::lane_numbers<V> < T(e.samples - static_cast<int>(e.lane)), value, V{});
        e.totals[sum_of_member[static_cast<std::size_t>(M)]] += value;
    }
    /// After all samples of an entry: its sums.
    template <class V, int... M>
    [[gnu::always_inline]] static void add_samples(T* const* addresses, std::ptrdiff_t at, const V* totals, bool first,
                                                   std::integer_sequence<int, M...>) {
        const auto add = [&]<int N>(std::integral_constant<int, N>) __attribute__((always_inline)) {
            if constexpr (is_mean<N>) {
                constexpr std::size_t address = static_cast<std::size_t>(address_of_result[N]) + 1;
                T* const sums_of_entry = addresses[address] + at * math::lanes_of<V>;
                const V total = totals[sum_of_member[N]];
                kernel::store(sums_of_entry, first ? total : kernel::load<V>(sums_of_entry) + total);
            }
            return true;
        };
        const bool added[] = {add(std::integral_constant<int, M>{})...};
        (void)added;
    }
    template <int... M>
    [[gnu::always_inline]] static void finish_means(T* const* addresses, const state& samples,
                                                    std::integer_sequence<int, M...>) {
        const auto finish = [&]<int N>(std::integral_constant<int, N>) __attribute__((always_inline)) {
            if constexpr (is_mean<N>) {
                constexpr std::size_t address = static_cast<std::size_t>(address_of_result[N]);
                kernel::add_lanes<size, plan.lanes>(addresses[address], addresses[address + 1], samples);
            }
            return true;
        };
        const bool finished[] = {finish(std::integral_constant<int, M>{})...};
        (void)finished;
    }
    template <int... M>
    static constexpr bool has_means(std::integer_sequence<int, M...>) {
        for (const bool mean : {is_mean<M>...})
            if (mean) return true;
        return false;
    }

    template <int M, bool Multiply, class V>
    [[gnu::always_inline]] static bool compute_and_write(const entry<V>& e, V* members) {
        if constexpr (is_sum<M>)
            e.totals[sum_of_member[static_cast<std::size_t>(M)]] += compute<M, Multiply, V>(e);
        else if constexpr (is_mean<M>)
            add_valid<M>(e, compute<M, Multiply, V>(e));
        else
            members[M] = compute<M, Multiply, V>(e);
        if constexpr (is_wide) write<M, V>(e.addresses, e.at * tile + e.lane, members[M]);
        return true;
    }
    template <class V, bool Multiply, int... I, int... M>
    [[gnu::always_inline]] static void body(T* const* addresses, const fixed_inputs& fixed, std::ptrdiff_t at,
                                            std::ptrdiff_t lane, V* totals, int samples,
                                            std::integer_sequence<int, I...>,
                                            std::integer_sequence<int, M...>) {
        V members[sizeof...(M)];
        // (Folds would do, but compilers bound their length.)
        if constexpr (is_wide) {
            const bool done[] = {
                compute_and_write<M, Multiply>(entry<V>{addresses, fixed, at, lane, totals, samples, nullptr, members}, members)...};
            (void)done;
        } else {
            const V inputs[sizeof...(I) + 1] = {read<I, V>(addresses, fixed, at, lane)..., V{}};
            const entry<V> e{addresses, fixed, at, lane, totals, samples, inputs, members};
            const bool computed[] = {compute_and_write<M, Multiply>(e, members)...};
            const bool written[] = {(write<M, V>(addresses, at * tile + lane, members[M]), true)...};
            (void)computed, (void)written;
        }
    }

    static constexpr std::make_integer_sequence<int, step.input_count> all_inputs{};
    static constexpr std::make_integer_sequence<int, step.member_count> all_members{};

    // Sums begin with −0, to which any number can be added without changing it.
    template <class V>
    struct totals_of {
        V of[sums + 1];
        [[gnu::always_inline]] totals_of() {
            CHAINFOLD_UNROLL
            for (V& total : of) total = math::splat<V>(-T(0));
        }
    };
    template <class Write, int... M>
    [[gnu::always_inline]] static void write_sums(T* const* addresses, const Write& value,
                                                  std::integer_sequence<int, M...>) {
        const auto write = [&]<int N>(std::integral_constant<int, N>) __attribute__((always_inline)) {
            if constexpr (is_sum<N>)
                value(addresses[address_of_result[static_cast<std::size_t>(N)]],
                      sum_of_member[static_cast<std::size_t>(N)]);
            return true;
        };
        const bool written[] = {write(std::integral_constant<int, M>{})...};
        (void)written;
    }

    template <bool Multiply>
    [[gnu::always_inline]] static void loop(T* const* addresses, const fixed_inputs& fixed, const state& samples,
                                            int count = tile) {
        constexpr int lanes = kernel::lanes_for<T, in_tile ? tile : size>();
        using V = kernel::pack<T, lanes>;
        const auto entries = [&]<class W>(W* totals, std::ptrdiff_t at, std::ptrdiff_t lane)
                                 __attribute__((always_inline)) {
            body<W, Multiply>(addresses, fixed, at, lane, totals, count, all_inputs, all_members);
        };
        if constexpr (in_tile && has_means(all_members)) {
            loop_with_means<V>(addresses, entries, samples.first);
        } else if constexpr (in_tile) {
            totals_of<V> totals[sums > 0 ? tile / lanes : 1];
            for (std::ptrdiff_t at = 0; at < size; ++at) {
                CHAINFOLD_UNROLL
                for (int r = 0; r < tile / lanes; ++r) entries(totals[sums > 0 ? r : 0].of, at, r * lanes);
            }
            if constexpr (sums > 0)
                write_sums(addresses, [&](T* to, int i) __attribute__((always_inline)) {
                    CHAINFOLD_UNROLL
                    for (int r = 0; r < tile / lanes; ++r) kernel::store(to + r * lanes, totals[r].of[i]);
                }, all_members);
        } else if constexpr (sums > 0) {
            sum_up<V>(addresses, entries);
        } else {
            constexpr std::ptrdiff_t full = size / lanes * lanes;
            totals_of<V> none;
            for (std::ptrdiff_t at = 0; at < full; at += lanes) entries(none.of, at, 0);
            if constexpr (!is_wide && size >= 4 * lanes)
                rest<full>(entries, nullptr);
            else if constexpr (full < size)
                for (std::ptrdiff_t at = full; at < size; ++at) entries(totals_of<T>{}.of, at, 0);
        }
    }

    // With means over the samples, and sums over the entries perhaps.
    template <class V, class Entries>
    [[gnu::always_inline]] static void loop_with_means(T* const* addresses, const Entries& entries, bool first) {
        constexpr int lanes = math::lanes_of<V>;
        totals_of<V> totals[tile / lanes];
        for (std::ptrdiff_t at = 0; at < size; ++at) {
            totals_of<V> of_entry;
            CHAINFOLD_UNROLL
            for (int r = 0; r < tile / lanes; ++r) {
                CHAINFOLD_UNROLL
                for (int i = 0; i < sums; ++i)
                    if (is_sum_over_entries[static_cast<std::size_t>(i)]) of_entry.of[i] = totals[r].of[i];
                entries(of_entry.of, at, r * lanes);
                CHAINFOLD_UNROLL
                for (int i = 0; i < sums; ++i)
                    if (is_sum_over_entries[static_cast<std::size_t>(i)]) totals[r].of[i] = of_entry.of[i];
            }
            add_samples(addresses, at, of_entry.of, first, all_members);
        }
        write_sums(addresses, [&](T* to, int i) __attribute__((always_inline)) {
            CHAINFOLD_UNROLL
            for (int r = 0; r < tile / lanes; ++r) kernel::store(to + r * lanes, totals[r].of[i]);
        }, all_members);
    }
    /// By position among the sums.
    static constexpr auto is_sum_over_entries = [] {
        std::array<bool, static_cast<std::size_t>(step.member_count) + 1> is{};
        for (int m = 0; m < step.member_count; ++m)
            if (fate(node_of_member(m)).is == role::reduced)
                is[static_cast<std::size_t>(sum_of_member[static_cast<std::size_t>(m)])] = true;
        return is;
    }();

    // With sums: four registers at a time, so that none waits for another.
    template <class V, class Entries>
    [[gnu::always_inline]] static void sum_up(T* const* addresses, const Entries& entries) {
        constexpr std::ptrdiff_t lanes = math::lanes_of<V>, full = size / lanes * lanes;
        constexpr int most = is_wide ? 1 : 4, registers = size / lanes < most ? static_cast<int>(size / lanes) : most;
        constexpr std::ptrdiff_t block = registers * lanes;
        totals_of<V> totals[registers];
        std::ptrdiff_t at = 0;
        for (; at + block <= full; at += block) {
            CHAINFOLD_UNROLL
            for (int r = 0; r < registers; ++r) entries(totals[r].of, at + r * lanes, 0);
        }
        if constexpr (full % block > 0)
            for (; at < full; at += lanes) entries(totals[0].of, at, 0);
        totals_of<T> total;
        CHAINFOLD_UNROLL
        for (int i = 0; i < sums; ++i) {
            CHAINFOLD_UNROLL
            for (int r = 1; r < registers; ++r) totals[0].of[i] += totals[r].of[i];
            total.of[i] = kernel::sum_of_lanes(totals[0].of[i]);
        }
        rest<full>(entries, total.of);
        write_sums(addresses, [&](T* to, int i) __attribute__((always_inline)) { *to = total.of[i]; }, all_members);
    }

    // What is left from entry First on, with registers of half the size, a quarter …  (Short vectors are read again
    // before they have left the store buffer, from where only what was stored in one piece is forwarded.)
    template <std::ptrdiff_t First, class Entries>
    [[gnu::always_inline]] static void rest(const Entries& entries, [[maybe_unused]] T* total) {
        if constexpr (First < size) {
            constexpr int lanes = kernel::lanes_for<T, size - static_cast<int>(First)>();
            totals_of<kernel::pack<T, lanes>> last;
            entries(last.of, First, 0);
            CHAINFOLD_UNROLL
            for (int i = 0; i < sums; ++i) total[i] += kernel::sum_of_lanes(last.of[i]);
            rest<First + lanes>(entries, total);
        }
    }

    template <int... M>
    [[gnu::always_inline]] static bool have_factors(fixed_inputs& fixed, std::integer_sequence<int, M...>) {
        bool all = true;
        for (const bool has : {find_factor<M>(fixed)...}) all = all && has;
        return all;
    }
    template <int... M>
    static constexpr bool scales_anywhere(std::integer_sequence<int, M...>) {
        for (const bool scales : {is_scaled<M>...})
            if (scales) return true;
        return false;
    }

    // (g++ would else lay it out in front.)
    template <bool Multiply>
    [[gnu::noinline]] [[gnu::cold]] static void loop_apart(T* const* addresses, const fixed_inputs& fixed,
                                                         const state& samples) {
        loop<Multiply>(addresses, fixed, samples, samples.count);
    }

public:
    [[gnu::always_inline]] static void run(T* const* addresses, [[maybe_unused]] const state& samples) {
        fixed_inputs fixed;
        read_fixed(addresses, fixed, all_inputs);
        constexpr bool scales = scales_anywhere(all_members), means = has_means(all_members);
        const bool multiplies = scales && have_factors(fixed, all_members);
        if (scales && !multiplies)
            loop_apart<false>(addresses, fixed, samples);
        else if (means && samples.count < tile)
            loop_apart<scales>(addresses, fixed, samples);
        else
            loop<scales>(addresses, fixed, samples);
        if constexpr (means)
            if (samples.last) finish_means(addresses, samples, all_members);
    }
};

}  // namespace chainfold
