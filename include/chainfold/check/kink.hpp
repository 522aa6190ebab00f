// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which operation has a kink between two points: one that is made of pieces (relu, abs, maximum, a comparison …), and
// whose argument lies on one side of where they meet at one point, and on the other, or there, at the other point.

#include <cstdint>
#include <string>
#include <vector>

#include <chainfold/expression/lower.hpp>
#include <chainfold/notation/printer.hpp>
#include <chainfold/program/interpret.hpp>

namespace chainfold {

/// An operation whose argument changed sides.
struct kink {
    std::string operation{};   // as it is written: relu(W * x + b)
    std::size_t entry = 0;     // of its result
    std::size_t sample = 0;    // of a batch
    double left = 0, right = 0;  // its argument, or the difference of two that are compared, at either point
    [[nodiscard]] bool exists() const { return !operation.empty(); }
};

namespace detail {

template <class T>
using side_function = T (*)(T, T, T);
template <class Op, class T>
constexpr side_function<T> side_of() {
    if constexpr (requires(T x) { Op::side(x); })
        return [](T a, T, T) { return Op::side(a); };
    else if constexpr (requires(T x) { Op::side(x, x); })
        return [](T a, T b, T) { return Op::side(a, b); };
    else if constexpr (requires(T x) { Op::side(x, x, x); })
        return [](T a, T b, T c) { return Op::side(a, b, c); };
    else
        return nullptr;
}
template <class List, class T>
struct side_table;
template <class... Op, class T>
struct side_table<operation_list<Op...>, T> {
    static constexpr side_function<T> sides[registry::size] = {side_of<Op, T>()...};
};

/// A symbol's values, of one sample or of all.
struct symbol_values {
    hash_value key = 0;
    const double* values = nullptr;
    std::size_t step = 0;  // from one sample to the next
};

/// The argument of an operation that is made of pieces.
struct side {
    int node = 0, entry = 0;
    std::size_t sample = 0;
    double value = 0;
};
/// All of them; T is double.  (A template: who checks nothing need not wait until the interpreter and the sides of all
/// operations are compiled.)
template <class T>
std::vector<side> sides_of(const graph_view& graph, const std::vector<symbol_values>& given, std::size_t samples) {
    std::vector<side> all;
    std::vector<const T*> symbols(static_cast<std::size_t>(graph.symbol_count) + 1);
    for (std::size_t sample = 0; sample < samples; ++sample) {
        for (int s = 0; s < graph.symbol_count; ++s)
            for (const symbol_values& v : given)
                if (v.key == graph.symbols[s].key) symbols[static_cast<std::size_t>(s)] = v.values + sample * v.step;
        const interpretation<T> run(graph, symbols.data());
        for (int id = 0; id < graph.node_count; ++id) {
            const side_function<T> f = side_table<registry, T>::sides[graph[id].operation];
            if (f == nullptr) continue;
            for (int k = 0; k < graph[id].dims.size(); ++k) {
                T x[3] = {};
                for (int i = 0; i < graph[id].count; ++i)
                    x[i] = run[graph.operand(id, i)][graph.operand_dims(id, i).rank > 0 ? k : 0];
                all.push_back({id, k, sample, f(x[0], x[1], x[2])});
            }
        }
    }
    return all;
}
inline int sign_of(double x) { return (x > 0) - (x < 0); }

template <class Graph>
std::string formula_of(const Graph& graph, int id) {
    long_text formula;
    writer out(formula);
    basic_printer(graph, as_cpp, out, nullptr, 60).print(id);
    return std::string(formula.view());
}

/// The first that changes sides between two points.
template <class Side>
kink find_kink(const graph_view& graph, const std::vector<Side>& left, const std::vector<Side>& right) {
    for (std::size_t i = 0; i < left.size(); ++i)
        if (const Side& before = left[i]; sign_of(before.value) != sign_of(right[i].value))
            return {formula_of(graph, before.node), static_cast<std::size_t>(before.entry), before.sample, before.value,
                    right[i].value};
    return {};
}

}  // namespace detail
}  // namespace chainfold
