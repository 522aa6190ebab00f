// Every operation of the registry as it describes itself: the table in docs/reference/operations.md.
#include <chainfold/chainfold.hpp>
#include <chainfold/notation/rule_text.hpp>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>
namespace cf = chainfold;

std::string shape_text(cf::dimensions d) {
    if (d.rank == 0) return "1";
    return d.rank == 1 ? std::to_string(d.rows) : std::to_string(d.rows) + "×" + std::to_string(d.columns);
}
std::string padded(std::string s, std::size_t width) {
    std::size_t seen = 0;
    for (const char c : s) seen += (c & 0xC0) != 0x80;
    return s.append(seen < width ? width - seen : 1, ' ');
}

/// Operands on which the operation is shown.
template <class Op>
std::vector<cf::dimensions> operands_of() {
    const cf::dimensions v{1, 3, 1}, u{1, 2, 1}, A{2, 2, 3}, S{2, 3, 3};
    if constexpr (cf::Elementwise<Op>) {
        return std::vector(Op::arity, cf::scalar_dimensions);
    } else if constexpr (requires { Op::shape(nullptr, 0); }) {
        for (const auto& tried : std::vector<std::vector<cf::dimensions>>{{A, v}, {v, u}, {v, v}, {v}, {A}, {S}}) {
            const bool fits = static_cast<int>(tried.size()) == (Op::arity < 0 ? 2 : Op::arity);
            if (fits && Op::shape(tried.data(), static_cast<int>(tried.size())).rank >= 0) return tried;
        }
        return {};
    } else {
        return {std::is_same_v<Op, cf::extract_op> || std::is_same_v<Op, cf::embed_op> ? v : cf::scalar_dimensions};
    }
}

/// A node's formula, and its rule for each operand.
std::pair<cf::long_text, cf::long_text> written(const cf::graph_view& graph, int id) {
    cf::long_text formula, rules;
    cf::writer out(formula);
    cf::printer(graph, cf::dialect_of(cf::script::unicode), out).print(id);
    for (int i = 0; i < graph[id].count; ++i) {
        cf::writer rule(rules);
        if (i > 0) rule.put(",  ");
        cf::rule_formula(graph, id, i).write(rule, cf::script::unicode);
    }
    return {formula, rules};
}

template <class Op>
void describe() {
    if constexpr (Op::arity != 0) {
        cf::builder graph;
        std::vector<cf::dimensions> dims = operands_of<Op>();
        std::vector<int> ids;
        const std::string_view names[] = {"a", "b", "k"};
        for (std::size_t i = 0; i < dims.size(); ++i) {
            const bool condition = std::is_same_v<Op, cf::select_op>;
            const bool matrix = dims[i].rank == 2;
            const std::string_view name = dims.size() == 1 ? (matrix ? "X" : "x") : matrix ? "A" : names[condition ? (i + 2) % 3 : i];
            const int symbol = graph.symbol_index({name, dims[i], false, i + 1, i + 1});
            ids.push_back(graph.make({cf::operation_code<cf::symbol_op>, dims[i], symbol, nullptr, 0}));
        }
        cf::dimensions result{1, 3, 1};
        int parameter = 0;
        if constexpr (requires { Op::shape(nullptr, 0); }) result = Op::shape(dims.data(), static_cast<int>(dims.size()));
        if constexpr (std::is_same_v<Op, cf::extract_op>) result = {1, 2, 1};
        if constexpr (std::is_same_v<Op, cf::embed_op>) result = {1, 5, 1};
        if constexpr (std::is_same_v<Op, cf::power_op>) parameter = 5;
        const int id = graph.intern({cf::operation_code<Op>, result, parameter, ids.data(), static_cast<int>(ids.size())});

        auto [formula, rules] = written(graph.view(), id);
        std::string shapes, domain;
        for (const cf::dimensions& d : dims) shapes += (shapes.empty() ? "" : ", ") + shape_text(d);
        if (Op::domain.low != -2 || Op::domain.high != 2)
            domain = "(" + std::to_string(Op::domain.low).substr(0, 4) + ", " + std::to_string(Op::domain.high).substr(0, 1) + ")";
        std::cout << padded(std::string(Op::written.text), 14) << padded(formula.c_str(), 26)
                  << padded(cf::Elementwise<Op> ? "" : shapes + " → " + shape_text(result), 16) << padded(domain, 14)
                  << rules.c_str() << '\n';
    }
}

template <class... Op>
void describe_all(cf::operation_list<Op...>) {
    (describe<Op>(), ...);
}

int main() {
    std::cout << padded("name", 14) << padded("formula", 26) << padded("shapes", 16) << padded("domain", 14) << "derivative\n";
    describe_all(cf::registry{});
}
