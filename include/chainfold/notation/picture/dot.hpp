// SPDX-License-Identifier: BSL-1.0
#pragma once

// A drawing in the language of Graphviz.  Each layer is a rank; where a derivative flows back, a second edge stands
// beside the first with its arrow at the other end, so that dot draws the two as one.

#include <algorithm>

#include <chainfold/notation/picture/drawing.hpp>

namespace chainfold::picture {

class dot_writer {
public:
    explicit dot_writer(const drawing& what) : drawing_(what) {}

    std::string run() {
        put("digraph chainfold {\n  label=");
        put_quoted(drawing_.title);
        put(";\n  labelloc=t;\n  fontname=\"DejaVu Sans\";\n  nodesep=0.3;\n  ranksep=0.35;\n",
            "  node [fontname=\"DejaVu Sans\", fontsize=13, shape=box, height=0.35, margin=\"0.12,0.05\"];\n",
            "  edge [fontname=\"DejaVu Sans\", fontsize=11, arrowsize=0.7];\n");
        for (int i = 0; i < static_cast<int>(drawing_.nodes.size()); ++i) put_node(i);
        find_layers();
        for (const std::vector<int>& layer : layers_) {
            if (layer.size() < 2) continue;
            put("  { rank=same;");
            for (const int i : layer) put(" n", i, ";");
            put(" }\n");
        }
        for (const drawn_edge& edge : drawing_.edges) put_edge(edge);
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

    // Each value under everything that it reads; symbols right above their first reader.
    void find_layers() {
        const std::size_t count = drawing_.nodes.size();
        std::vector<int> level(count), first_reader(count, -1);
        for (const drawn_edge& edge : drawing_.edges) {
            int& to = level[static_cast<std::size_t>(edge.to)];
            to = std::max(to, level[static_cast<std::size_t>(edge.from)] + 1);
        }
        for (const drawn_edge& edge : drawing_.edges) {
            int& first = first_reader[static_cast<std::size_t>(edge.from)];
            const int reader = level[static_cast<std::size_t>(edge.to)];
            if (first < 0 || reader < first) first = reader;
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (drawing_.nodes[i].formula.empty() && first_reader[i] > 0) level[i] = first_reader[i] - 1;
            const auto layer = static_cast<std::size_t>(level[i]);
            if (layers_.size() <= layer) layers_.resize(layer + 1);
            layers_[layer].push_back(static_cast<int>(i));
        }
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

    void put_edge(const drawn_edge& edge) {
        put_line(edge, "color=\"#5b6776\", fontcolor=\"#5b6776\"", drawing_[edge.from].shape);
        if (edge.flows_back()) put_line(edge, "dir=back, color=\"#d1242f\", fontcolor=\"#d1242f\"", edge.cotangent);
    }
    void put_line(const drawn_edge& edge, const char* look, const std::string& label) {
        put("  n", edge.from, " -> n", edge.to, " [", look, ", label=");
        put_quoted(" " + label + " ");
        put("];\n");
    }

    const drawing& drawing_;
    std::vector<std::vector<int>> layers_;
    std::string out_;
};

}  // namespace chainfold::picture
