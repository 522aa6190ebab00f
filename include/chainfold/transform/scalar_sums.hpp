// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sums of products in a graph of scalars:
//
//     (p + q) + (r - s)   as   ((p + q) + r) - s,   what is ready last at the end,
//
// where nothing is waited for longer: a product and a sum are one operation, two sums are not.  Only where every term
// has been rounded already, in which order they are added is not accuracy: a difference of numbers that are exact
// stays.

#include <chainfold/transform/latency.hpp>
#include <chainfold/transform/scalar_rewriter.hpp>

namespace chainfold {

class sum_arranger : scalar_rewriter {
public:
    constexpr sum_arranger(builder& to, const graph_view& from)
        : scalar_rewriter(to, from),
          is_part_(from.node_count),
          is_opposite_(from.node_count),
          ready_(from.node_count),
          early_(from.node_count) {
        for (int id = 0; id < from_.node_count; ++id)
            if (needed_[id] != 0 && is_sum(id) && are_terms(id))
                for (int k = 0; k < 2; ++k)
                    if (const int x = without_sign(from_.operand(id, k)); is_open(x)) is_part_[x] = 1;
        for (int id = 0; id < from_.node_count; ++id) find_ready(id);
        find_opposites();
    }

    /// Is there a sum of a sum or of a multiple?
    static constexpr bool suits(const graph_view& graph) {
        for (int id = 0; id < graph.node_count; ++id)
            for (int k = 0; scalar_rewriter::is_sum(graph, id) && k < 2; ++k)
                if (const int x = graph.operand(id, k); scalar_rewriter::is_sum(graph, x) || is_multiple(graph, x))
                    return true;
        return false;
    }

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        return rewrite([this](int id) {
            const int sum = is_sum(id) && is_part_[id] == 0 ? arranged(id) : -1;
            return sum >= 0 ? sum : with_signs(id);
        });
    }

private:
    static constexpr int most_terms = 8;
    struct term {
        int x = -1;
        bool is_minus = false;
    };

    /// c of c x.
    [[nodiscard]] constexpr const number& number_of(int multiple) const {
        return from_.numbers[from_[from_.operand(multiple, 0)].parameter];
    }
    [[nodiscard]] constexpr bool is_sum(int id) const { return scalar_rewriter::is_sum(from_, id); }
    [[nodiscard]] constexpr bool is_negated(int id) const {
        return from_[id].operation == operation_code<negate_op> && uses_[id] == 1;
    }
    [[nodiscard]] constexpr int without_sign(int id) const {
        while (is_negated(id)) id = from_.operand(id, 0);
        return id;
    }
    [[nodiscard]] constexpr bool is_rounded(int id) const {
        const std::int32_t operation = from_[without_sign(id)].operation;
        return operation == operation_code<multiply_op> || operation == operation_code<square_op> ||
               operation == operation_code<divide_op>;
    }
    /// A sum of rounded numbers that nobody else needs.
    [[nodiscard]] constexpr bool is_open(int id) const { return is_sum(id) && uses_[id] == 1 && are_terms(id); }
    [[nodiscard]] constexpr bool are_terms(int sum) const {
        for (int k = 0; k < 2; ++k)
            if (const int x = without_sign(from_.operand(sum, k)); !is_rounded(x) && !is_open(x)) return false;
        return true;
    }

    // When a node is ready, and when it is needed by the sum that is made with it: a product before it is one.
    constexpr void find_ready(int id) {
        int operands = 0;
        for (int k = 0; k < from_[id].count; ++k)
            operands = operands < ready_[from_.operand(id, k)] ? ready_[from_.operand(id, k)] : operands;
        const int latency = latency_of(from_[id].operation);
        ready_[id] = is_sum(id) ? after(from_.operand(id, 0), early_[from_.operand(id, 1)]) : operands + latency;
        const bool is_product =
            from_[id].operation == operation_code<multiply_op> || from_[id].operation == operation_code<square_op>;
        early_[id] = is_product && uses_[id] == 1 ? operands : ready_[id];
        if (from_[id].operation == operation_code<negate_op>) {
            ready_[id] = ready_[from_.operand(id, 0)];
            early_[id] = uses_[id] == 1 ? early_[from_.operand(id, 0)] : ready_[id];
        }
    }
    [[nodiscard]] constexpr int after(int sum, int other) const {
        constexpr int latency = latency_of(operation_code<add_op>);
        return (ready_[sum] > other ? ready_[sum] : other) + latency;
    }

    constexpr bool gather(int id, bool is_minus, buffer<term>& terms) const {
        for (int k = 0; k < 2; ++k) {
            int x = from_.operand(id, k);
            bool minus = is_minus != (k == 1 && from_[id].operation == operation_code<subtract_op>);
            for (; is_negated(x); x = from_.operand(x, 0)) minus = !minus;
            if (is_open(x)) {
                if (!gather(x, minus, terms)) return false;
            } else if (!is_rounded(x) || terms.size() == most_terms) {
                return false;
            } else {
                terms.push({x, minus != (is_opposite_[x] != 0)});
            }
        }
        return true;
    }
    /// −1 where that is no better.
    constexpr int arranged(int id) {
        buffer<term> terms;
        if (!gather(id, false, terms) || terms.size() < 3) return -1;
        for (int i = 1; i < terms.size(); ++i)
            for (int k = i; k > 0 && early_[terms[k].x] < early_[terms[k - 1].x]; --k) {
                const term later = terms[k - 1];
                terms[k - 1] = terms[k];
                terms[k] = later;
            }
        int first = 0;  // of those that are not subtracted, if there is one among the first two
        if (terms[0].is_minus && !terms[1].is_minus) first = 1;
        const term begin = terms[first];
        terms[first] = terms[0];
        terms[0] = begin;
        int ready = ready_[begin.x];
        for (int i = 1; i < terms.size(); ++i)
            ready = (ready > early_[terms[i].x] ? ready : early_[terms[i].x]) + latency_of(operation_code<add_op>);
        if (ready > ready_[id]) return -1;
        ready_[id] = early_[id] = ready;
        int sum = begin.is_minus ? negated(copy_[begin.x]) : copy_[begin.x];
        for (int i = 1; i < terms.size(); ++i) sum = plus(sum, copy_[terms[i].x], terms[i].is_minus);
        return sum;
    }

    // Multiples that are made with the other sign: somebody needs that, and all others add or subtract.
    constexpr void find_opposites() {
        buffer<char> has_others(from_.node_count);
        for (int id = 0; id < from_.node_count; ++id)
            for (int k = 0; needed_[id] != 0 && k < from_[id].count; ++k) {
                const int x = from_.operand(id, k);
                const bool begins = k == 0 && from_[id].operation == operation_code<subtract_op>;
                if (from_[id].operation == operation_code<negate_op>)
                    is_opposite_[x] = is_multiple(from_, x);
                else if (!is_sum(id) || begins)
                    has_others[x] = 1;
            }
        for (int i = 0; i < from_.output_count; ++i) has_others[from_.outputs[i]] = 1;
        buffer<int> last(from_.node_count, -1), before(from_.node_count, -1);  // of the multiples of a node
        for (int id = 0; id < from_.node_count; ++id) {
            if (needed_[id] == 0 || !is_multiple(from_, id)) continue;
            int& other = last[from_.operand(id, 1)];
            for (int x = other; x >= 0; x = before[x])
                if (number_of(x) == math::negate(number_of(id)).value) {
                    is_opposite_[id] = has_others[id] == 0;
                    is_opposite_[x] = has_others[id] != 0;
                }
            before[id] = other;
            other = id;
        }
        for (int id = 0; id < from_.node_count; ++id)
            if (has_others[id] != 0) is_opposite_[id] = 0;
    }
    constexpr int with_signs(int id) {
        if (is_opposite_[id] != 0) {
            const number c = math::negate(number_of(id)).value;
            return make(operation_code<multiply_op>, make_number(c), copy_[from_.operand(id, 1)]);
        }
        if (from_[id].operation == operation_code<negate_op> && is_opposite_[from_.operand(id, 0)] != 0)
            return copy_[from_.operand(id, 0)];
        if (!is_sum(id)) return copied(id);
        const int x = from_.operand(id, 0), y = from_.operand(id, 1);
        const bool minus = (from_[id].operation == operation_code<subtract_op>) != (is_opposite_[y] != 0);
        if (is_opposite_[x] == 0) return plus(copy_[x], copy_[y], minus);
        return plus(minus ? negated(copy_[y]) : copy_[y], copy_[x], true);
    }
    constexpr int plus(int x, int y, bool minus) {
        return make(minus ? operation_code<subtract_op> : operation_code<add_op>, x, y);
    }
    constexpr int negated(int x) { return to_.make({operation_code<negate_op>, scalar_dimensions, 0, &x, 1}); }

    buffer<char> is_part_;       // by node: of a sum, of another one
    buffer<char> is_opposite_;   // by node: what it becomes has the other sign
    buffer<int> ready_, early_;  // by node, in cycles
};

}  // namespace chainfold
