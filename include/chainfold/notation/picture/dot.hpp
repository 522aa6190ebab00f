// SPDX-License-Identifier: BSL-1.0
#pragma once

// A drawing in the language of Graphviz.  Each layer is a rank, whose order invisible edges hold; where a derivative
// flows back, a second edge stands beside the first with its arrow at the other end, so that dot draws the two as one.

#include <chainfold/notation/picture/drawing.hpp>
#include <chainfold/notation/picture/order.hpp>

namespace chainfold::picture {

template <class = void>
class dot_writer {
public:
    explicit dot_writer(const drawing& what) : drawing_(what) {}

    std::string run() {
        put("digraph chainfold {\n  label=");
        put_quoted(drawing_.title);
        put(";\n  labelloc=t;\n  fontname=\"DejaVu Sans\";\n  nodesep=0.3;\n  ranksep=0.35;\n",
            "  node [fontname=\"DejaVu Sans\", fontsize=13, shape=box, height=0.35, margin=\"0.12,0.05\"];\n",
            "  edge [fontname=\"DejaVu Sans\", fontsize=11, arrowsize=0.7];\n");
        find_layers();
        for (const std::vector<int>& layer : layers_) {
            if (layer.size() > 1) put("  { rank=same;\n");
            for (const int i : layer) put_node(i);
            if (layer.size() < 2) continue;
            for (std::size_t i = 0; i < layer.size(); ++i) put(i == 0 ? "  n" : " -> n", layer[i]);
            put(" [style=invis];\n  }\n");
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

    // Things by layer, from left to right: what comes first in a formula stands on the left, unless that makes edges
    // cross.
    void find_layers() {
        std::vector<connection> edges;
        for (const drawn_edge& edge : drawing_.edges) edges.push_back({edge.from, edge.to});
        layered_graph graph = layering(std::vector<vertex>(drawing_.nodes.size()), edges, 0).run();
        const auto things = static_cast<int>(drawing_.nodes.size());
        const auto side = [&](int v) {
            return v >= things || drawing_[v].beside < 0 ? 0 : drawing_[v].before ? -1 : 1;
        };
        for (std::vector<int>& layer : graph.layers)
            chainfold::detail::stable_sort(layer, [&](int v, int w) { return side(v) < side(w); });
        ordering(graph).run();
        for (std::size_t layer = 0; layer < graph.layers.size(); layer += 2) {
            layers_.emplace_back();
            for (const int v : graph.layers[layer])
                if (v < things) layers_.back().push_back(v);
        }
    }

    void put_node(int id) {
        const drawn_node& n = drawing_[id];
        const char* look = n.is == kind::input ? "style=\"rounded,filled\", fillcolor=\"#e3f0fb\", color=\"#2f7fc1\""
                           : n.is == kind::parameter ? "style=filled, fillcolor=\"#f1e8f9\", color=\"#8e5bb5\""
                           : n.is == kind::result    ? "style=\"filled,bold\", fillcolor=\"#fdf0d3\", color=\"#c98a00\""
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
