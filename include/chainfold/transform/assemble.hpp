// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is put into zeros part by part and added up, as gradients by slices and rows are, is put together in one step:
// embed<0>(u) + embed<10>(v) + … = stack(u, v, …), with zeros where nothing stands.  The parts may differ in length.
// What is no part and stands among them in the sum is added to the whole.

#include <chainfold/transform/scalars.hpp>
#include <chainfold/transform/sums.hpp>

namespace chainfold {

class assembly {
public:
    constexpr assembly(builder& to, const graph_view& from)
        : to_(to),
          from_(from),
          copy_(from.node_count, -1),
          first_(from.node_count),
          count_(from.node_count),
          rest_(from.node_count) {}

    /// Copies the graph, with its outputs.
    constexpr void run() {
        const buffer<char> needed = needed_nodes(from_);
        for (int id = 0; id < from_.node_count; ++id) {
            if (needed[id] == 0) continue;
            find_parts(id);
            if (count_[id] == 0) copy_[id] = copied(id);
        }
        buffer<int> numbers;
        for (int i = 0; i < from_.output_count; ++i) {
            const int output = copy(from_.outputs[i]);
            to_.add_output(from_[from_.outputs[i]].dims.rank == 0 ? distinct(output, numbers) : output);
        }
    }

private:
    // Sums that were different and have become the same are copied.
    constexpr int distinct(int id, buffer<int>& numbers) {
        for (int i = 0; i < numbers.size(); ++i)
            if (numbers[i] == id) {
                id = to_.intern({operation_code<broadcast_op>, scalar_dimensions, 0, &id, 1});
                i = -1;
            }
        numbers.push(id);
        return id;
    }

    /// Node `id` of the source stands from entry `begin` on.
    struct part {
        int begin = 0, id = 0;
    };
    [[nodiscard]] constexpr int end_of(const part& p) const { return p.begin + from_[p.id].dims.size(); }

    /// What is added to the parts: nothing, or a node, or its negative.
    struct remainder {
        int id = -1;
        bool negative = false;
        [[nodiscard]] constexpr bool exists() const { return id >= 0; }
    };

    constexpr void find_parts(int id) {
        const node& n = from_[id];
        first_[id] = parts_.size();
        if (n.operation == operation_code<embed_op>)
            parts_.push({n.parameter, from_.operand(id, 0)});
        else if ((n.operation == operation_code<add_op> || n.operation == operation_code<subtract_op>) &&
                 from_.operand_dims(id, 0) == from_.operand_dims(id, 1))
            merge(id, from_.operand(id, 0), from_.operand(id, 1), n.operation == operation_code<subtract_op>);
        count_[id] = parts_.size() - first_[id];
    }

    // The parts of both in order, and what is left of one of them; none if they overlap.
    constexpr void merge(int id, int a, int b, bool minus) {
        const remainder left = rest_of(a), right = rest_of(b);
        if (count_[a] + count_[b] == 0 || (left.exists() && right.exists()) || (minus && count_[b] > 0)) return;
        const int begin = parts_.size();
        int i = 0, j = 0, end = 0;
        bool disjoint = true;
        while (disjoint && i + j < count_[a] + count_[b]) {
            const bool from_a =
                j == count_[b] || (i < count_[a] && parts_[first_[a] + i].begin < parts_[first_[b] + j].begin);
            const part next = from_a ? parts_[first_[a] + i++] : parts_[first_[b] + j++];
            disjoint = next.begin >= end;
            end = end_of(next);
            parts_.push(next);
        }
        while (!disjoint && parts_.size() > begin) parts_.pop();
        rest_[id] = left.exists() ? left : remainder{right.id, right.negative != minus};
    }
    [[nodiscard]] constexpr remainder rest_of(int id) const {
        return count_[id] > 0 ? rest_[id] : remainder{id, false};
    }

    /// The copy of a node; parts are put together when somebody asks.
    constexpr int copy(int id) {
        if (copy_[id] < 0) copy_[id] = count_[id] < 2 ? copied(id) : assembled(id);
        return copy_[id];
    }

    constexpr int assembled(int id) {
        buffer<int> operands;
        int at = 0;
        for (int i = 0; i < count_[id]; ++i) {
            const part p = parts_[first_[id] + i];
            fill(operands, p.begin - at);
            operands.push(copy(p.id));
            at = end_of(p);
        }
        fill(operands, from_[id].dims.size() - at);
        const int whole = to_.intern({operation_code<stack_op>, from_[id].dims, 0, operands.data(), operands.size()});
        const remainder& rest = rest_[id];
        if (!rest.exists()) return whole;
        const int both[] = {whole, copy(rest.id)};
        return to_.intern(
            {rest.negative ? operation_code<subtract_op> : operation_code<add_op>, from_[id].dims, 0, both, 2});
    }
    constexpr void fill(buffer<int>& operands, int count) {
        if (count > 0) operands.push(broadcast(make_constant(to_, 0), vector_dimensions(count)).id);
    }

    constexpr int copied(int id) {
        const node& n = from_[id];
        if (n.operation == operation_code<sum_op> &&
            from_.operand_dims(id, 0).size() >= sums_without_factors::least_size)
            return sums_without_factors::sum_of({&to_, copy(from_.operand(id, 0))}).id;
        if (n.operation == operation_code<dot_op> &&
            from_.operand_dims(id, 0).size() >= sums_without_factors::least_size)
            return sums_without_factors::dot_of({&to_, copy(from_.operand(id, 0))}, {&to_, copy(from_.operand(id, 1))})
                .id;
        buffer<int> operands(n.count);
        for (int i = 0; i < n.count; ++i) operands[i] = copy(from_.operand(id, i));
        return to_.intern({n.operation, n.dims, parameter_in(to_, from_, n), operands.data(), n.count});
    }

    builder& to_;
    const graph_view from_;
    buffer<int> copy_;           // by node
    buffer<int> first_, count_;  // by node, in parts_
    buffer<remainder> rest_;     // by node with parts
    buffer<part> parts_;
};

}  // namespace chainfold
