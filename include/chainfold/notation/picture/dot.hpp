// SPDX-License-Identifier: BSL-1.0
#pragma once

// A drawing in the language of Graphviz.  A symbol that one node alone reads has that node's rank; where a derivative
// flows back, a second edge stands beside the first with its arrow at the other end.

#include <algorithm>

#include <chainfold/notation/picture/drawing.hpp>

namespace chainfold::picture {

class dot_writer {
public:
    explicit dot_writer(const drawing& what) : drawing_(what), beside_(what.nodes.size()) {
        for (int i = 0; i < static_cast<int>(drawing_.nodes.size()); ++i)
            if (drawing_[i].beside >= 0) beside_[static_cast<std::size_t>(drawing_[i].beside)].push_back(i);
    }

    std::string run() {
        put("digraph chainfold {\n  label=");
        put_quoted(drawing_.title);
        put(";\n  labelloc=t;\n  fontname=\"DejaVu Sans\";\n  nodesep=0.3;\n  ranksep=0.35;\n",
            "  node [fontname=\"DejaVu Sans\", fontsize=13, shape=box, height=0.35, margin=\"0.12,0.05\"];\n",
            "  edge [fontname=\"DejaVu Sans\", fontsize=11, arrowsize=0.7];\n");
        for (int i = 0; i < static_cast<int>(drawing_.nodes.size()); ++i)
            if (drawing_[i].beside < 0) put_layer(i);
        for (const drawn_edge& edge : drawing_.edges)
            if (drawing_[edge.from].beside < 0) put_edge(edge);
        put("}\n");
        return std::move(out_);
    }

private:
    void put_one(const char* s) { out_ += s; }
    void put_one(const std::string& s) { out_ += s; }
    void put_one(int number) { out_ += std::to_string(number); }
    void put(const auto&... parts) { (put_one(parts), ...); }
    void put_quoted(const std::string& text) {
        put("\"");
        for (const char c : text) {
            if (c == '"' || c == '\\') out_ += '\\';
            out_ += c;
        }
        put("\"");
    }

    // A node and what stands beside it, from left to right; all stand in a rank of their own.
    void put_layer(int id) {
        std::vector<int> row;
        for (const int i : beside_[static_cast<std::size_t>(id)])
            if (drawing_[i].before) row.push_back(i);
        row.push_back(id);
        for (const int i : beside_[static_cast<std::size_t>(id)])
            if (!drawing_[i].before) row.push_back(i);
        if (row.size() > 1) put("  { rank=same;\n");
        for (const int i : row) put_node(i);
        if (row.size() == 1) return;
        for (const drawn_edge& edge : drawing_.edges)
            if (edge.to == id && drawing_[edge.from].beside == id) put_edge(edge);
        put("  }\n");
    }

    void put_node(int id) {
        const drawn_node& n = drawing_[id];
        const char* look = n.is == kind::input       ? "style=\"rounded,filled\", fillcolor=\"#e3f0fb\", color=\"#2f7fc1\""
                           : n.is == kind::parameter ? "style=filled, fillcolor=\"#f1e8f9\", color=\"#8e5bb5\""
                           : n.is == kind::result
                               ? "style=\"filled,bold\", fillcolor=\"#fdf0d3\", color=\"#c98a00\""
                               : "style=filled, fillcolor=\"#f4f6f8\", color=\"#5b6776\"";
        put("  n", id, " [label=");
        put_quoted(n.text());
        put(", ", look, "];\n");
    }

    // What stands on the right is written as read by its neighbour on the left, which is how dot orders a rank.
    void put_edge(const drawn_edge& edge) {
        const bool turned = drawing_[edge.from].beside == edge.to && !drawing_[edge.from].before;
        put_line(edge, turned, turned ? "dir=back, color=\"#5b6776\", fontcolor=\"#5b6776\""
                                      : "color=\"#5b6776\", fontcolor=\"#5b6776\"",
                 drawing_[edge.from].shape);
        if (edge.flows_back())
            put_line(edge, turned, turned ? "color=\"#d1242f\", fontcolor=\"#d1242f\""
                                          : "dir=back, color=\"#d1242f\", fontcolor=\"#d1242f\"",
                     edge.cotangent);
    }
    void put_line(const drawn_edge& edge, bool turned, const char* look, const std::string& label) {
        put("  n", turned ? edge.to : edge.from, " -> n", turned ? edge.from : edge.to, " [", look, ", label=");
        put_quoted(label);
        put("];\n");
    }

    const drawing& drawing_;
    std::vector<std::vector<int>> beside_;  // by node
    std::string out_;
};

}  // namespace chainfold::picture
