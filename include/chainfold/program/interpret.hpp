// SPDX-License-Identifier: BSL-1.0
#pragma once

// The plain interpreter: every node in order, every entry in order.  It runs in constant expressions, and every
// compiled program is tested against it.

#include <chainfold/operation/table.hpp>

namespace chainfold {

/// An operand or a result: entries and dimensions.
template <class T>
struct entries {
    T* values = nullptr;
    dimensions dims{};

    constexpr const T& operator[](int i) const { return values[i]; }
    constexpr void put(int i, const T& value) const { values[i] = value; }
};

template <class T>
struct operand_entries {
    const entries<const T>* operands;
    constexpr const entries<const T>& operator[](int i) const { return operands[i]; }
};

namespace detail {

template <class T>
using interpreted_operation = void (*)(const entries<T>& out, const entries<const T>* x, int parameter);

template <class Op, class T>
constexpr void interpret_elementwise(const entries<T>& out, const entries<const T>* x, [[maybe_unused]] int parameter) {
    const int n = out.dims.size();
    if constexpr (Op::arity == 1) {
        for (int k = 0; k < n; ++k)
            if constexpr (requires { Op::value(T{}, 0); })
                out.values[k] = Op::value(x[0].values[k], parameter);
            else
                out.values[k] = Op::value(x[0].values[k]);
    } else {
        const int a = x[0].dims.rank != 0, b = x[1].dims.rank != 0;
        if constexpr (Op::arity == 2) {
            for (int k = 0; k < n; ++k) out.values[k] = Op::value(x[0].values[a * k], x[1].values[b * k]);
        } else {
            const int c = x[2].dims.rank != 0;
            for (int k = 0; k < n; ++k)
                out.values[k] = Op::value(x[0].values[a * k], x[1].values[b * k], x[2].values[c * k]);
        }
    }
}

template <class Op, class T>
constexpr void interpret_structural(const entries<T>& out, const entries<const T>* x, [[maybe_unused]] int parameter) {
    if constexpr (requires { Op::evaluate(out, operand_entries<T>{x}, 0); })
        Op::evaluate(out, operand_entries<T>{x}, parameter);
    else
        Op::evaluate(out, operand_entries<T>{x});
}

template <class Op, class T>
constexpr interpreted_operation<T> interpreter_of() {
    if constexpr (Elementwise<Op>)
        return &interpret_elementwise<Op, T>;
    else if constexpr (Op::arity == 0)
        return nullptr;
    else
        return &interpret_structural<Op, T>;
}

template <class T, class List>
struct interpreter_table;
template <class T, class... Op>
struct interpreter_table<T, operation_list<Op...>> {
    static constexpr interpreted_operation<T> run[registry::size] = {interpreter_of<Op, T>()...};
};

}  // namespace detail

/// The values of all nodes of a graph.  `symbols` holds a pointer to the values of each symbol.
template <class T>
class interpretation {
public:
    constexpr interpretation(const graph_view& graph, const T* const* symbols)
        : values_(size_of(graph)), results_(graph.node_count) {
        buffer<entries<const T>> operands(8);
        T* next = values_.data();
        for (int id = 0; id < graph.node_count; ++id) {
            const node& n = graph[id];
            results_[id] = {next, n.dims};
            if (n.operation == operation_code<symbol_op>) {
                results_[id].values = symbols[n.parameter];
                continue;
            }
            if (n.operation == operation_code<constant_op>) {
                *next = math::to<T>(graph.numbers[n.parameter]);
            } else {
                if (n.count > operands.size()) operands = buffer<entries<const T>>(n.count);
                for (int i = 0; i < n.count; ++i) operands[i] = results_[graph.operand(id, i)];
                detail::interpreter_table<T, registry>::run[n.operation]({next, n.dims}, operands.data(), n.parameter);
            }
            next += n.dims.size();
        }
    }

    [[nodiscard]] constexpr const T* operator[](int id) const { return results_[id].values; }

private:
    static constexpr int size_of(const graph_view& graph) {
        int total = 0;
        for (int id = 0; id < graph.node_count; ++id)
            if (graph[id].operation != operation_code<symbol_op>) total += graph[id].dims.size();
        return total;
    }

    buffer<T> values_;
    buffer<entries<const T>> results_;
};

}  // namespace chainfold
