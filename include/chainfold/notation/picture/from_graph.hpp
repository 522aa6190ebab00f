// SPDX-License-Identifier: BSL-1.0
#pragma once

// From a graph to a drawing.  Every value that has a name is a node; what has none is part of the formulas of others.

#include <chainfold/notation/named_formulas.hpp>
#include <chainfold/notation/naming.hpp>
#include <chainfold/notation/picture/drawing.hpp>

namespace chainfold::picture {

template <class = void>
class graph_drawing {
public:
    /// `wanted`: by symbol, whether a derivative by it is taken.
    graph_drawing(const graph_view& graph, const std::vector<char>& wanted)
        : graph_(graph),
          names_(graph, naming_of::steps),
          formulas_(graph, names(), longest),
          reaches_(static_cast<std::size_t>(graph.node_count)),
          drawn_(static_cast<std::size_t>(graph.node_count), -1) {
        for (int id = 0; id < graph.node_count; ++id) {
            const node& n = graph[id];
            if (n.operation == operation_code<symbol_op>)
                at(reaches_, id) = wanted[static_cast<std::size_t>(n.parameter)];
            for (int i = 0; i < n.count; ++i) at(reaches_, id) |= at(reaches_, graph.operand(id, i));
        }
    }

    drawing run() {
        needed_.assign(drawn_.size(), 0);
        at(needed_, graph_.outputs[0]) = 1;
        for (int id = graph_.node_count - 1; id >= 0; --id)
            for (int i = 0; at(needed_, id) != 0 && i < graph_[id].count; ++i) at(needed_, graph_.operand(id, i)) = 1;
        for (int id = 0; id < graph_.node_count; ++id)
            if (at(needed_, id) != 0 && formulas_.has_name(id)) add_node(id);
        name_cotangents();
        for (std::size_t i = 0; i < result_.nodes.size(); ++i) put_beside(static_cast<int>(i));
        describe();
        return std::move(result_);
    }

private:
    template <class T>
    static T& at(std::vector<T>& list, int i) {
        return list[static_cast<std::size_t>(i)];
    }

    // Names of the values, and of the result in any case.
    [[nodiscard]] std::vector<value_name> names() const {
        std::vector<value_name> all(names_.data(), names_.data() + graph_.node_count);
        if (value_name& result = at(all, graph_.outputs[0]); !result.exists()) result = names_.root();
        return all;
    }
    static constexpr std::size_t longest = 96;  // bytes of a formula

    static std::string written_shape(const dimensions& d) {
        if (d.rank == 0) return "1";
        return d.rank == 1 ? std::to_string(d.rows) : std::to_string(d.rows) + "×" + std::to_string(d.columns);
    }

    void add_node(int id) {
        const node& n = graph_[id];
        drawn_node drawn;
        drawn.name = formulas_.name(id);
        drawn.shape = written_shape(n.dims);
        if (n.operation == operation_code<symbol_op>) {
            drawn.is = graph_.symbols[n.parameter].trained ? kind::parameter : kind::input;
        } else {
            drawn.is = id == graph_.outputs[0] ? kind::result : kind::value;
            drawn.formula = formulas_.formula(id);
        }
        const int to = at(drawn_, id) = static_cast<int>(result_.nodes.size());
        result_.nodes.push_back(std::move(drawn));
        of_.push_back(id);
        const std::size_t first = result_.edges.size();
        collect(id, to, first);
    }
    // What the formula of a value reads, each once, in the order of the formula.
    void collect(int id, int to, std::size_t first) {
        for (int i = 0; i < graph_[id].count; ++i) {
            const int operand = graph_.operand(id, i);
            if (at(drawn_, operand) < 0) {
                collect(operand, to, first);
                continue;
            }
            bool known = false;
            for (std::size_t e = first; e < result_.edges.size(); ++e)
                known = known || result_.edges[e].from == at(drawn_, operand);
            if (!known) result_.edges.push_back({at(drawn_, operand), to, {}});
        }
    }

    // Where a value is read more than once, each edge carries a part of its cotangent.
    void name_cotangents() {
        readers_.assign(result_.nodes.size(), 0);
        for (const drawn_edge& edge : result_.edges) ++at(readers_, edge.from);
        for (drawn_edge& edge : result_.edges) {
            const int id = at(of_, edge.from);
            if (at(reaches_, id) == 0) continue;
            edge.cotangent = written_name(derivative_name(names_.root(), names_[id]));
            if (at(readers_, edge.from) > 1) edge.cotangent += " via " + result_[edge.to].name;
        }
    }

    // A parameter that is read once stands beside its reader, and so does an input that joins something computed.
    void put_beside(int to) {
        bool joins_values = false;
        std::vector<drawn_edge*> edges;
        for (; next_ < result_.edges.size() && result_.edges[next_].to == to; ++next_) {  // edges are made node by node
            edges.push_back(&result_.edges[next_]);
            joins_values = joins_values || !result_[edges.back()->from].formula.empty();
        }
        int main = -1;
        for (std::size_t i = 0; i < edges.size(); ++i) {
            drawn_node& from = at(result_.nodes, edges[i]->from);
            const bool beside = at(readers_, edges[i]->from) == 1 &&
                                (from.is == kind::parameter || (from.is == kind::input && joins_values));
            if (beside)
                from.beside = to;
            else if (main < 0)
                main = static_cast<int>(i);
        }
        for (std::size_t i = 0; i < edges.size(); ++i)
            at(result_.nodes, edges[i]->from).before = main < 0 ? i % 2 == 0 : static_cast<int>(i) < main;
    }

    void describe() {
        const std::string root = written_name(names_.root());
        result_.title = "How " + root + " is computed" + (result_.flows_back() ? ", and its derivatives" : "");
        for (const drawn_node& n : result_.nodes)
            if (!n.formula.empty()) result_.description += (result_.description.empty() ? "" : "; ") + n.text();
        std::string back;
        for (int i = static_cast<int>(result_.nodes.size()) - 1; i >= 0; --i)
            if (result_[i].formula.empty() && at(reaches_, at(of_, i)) != 0)
                back += (back.empty() ? "" : ", ") + written_name(derivative_name(names_.root(), names_[at(of_, i)]));
        if (!back.empty()) result_.description += ". Derivatives flow back to " + back;
        result_.description += ".";
    }

    const graph_view graph_;
    const naming names_;
    named_formulas<> formulas_;
    std::vector<char> reaches_;  // by node: a symbol by which a derivative is taken
    std::vector<int> drawn_;     // by node of the graph: the one of the drawing
    std::vector<char> needed_;
    std::vector<int> of_, readers_;  // by node of the drawing
    std::size_t next_ = 0;           // edge
    drawing result_;
};

}  // namespace chainfold::picture
