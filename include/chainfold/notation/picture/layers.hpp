// SPDX-License-Identifier: BSL-1.0
#pragma once

// A directed graph in layers (K. Sugiyama, S. Tagawa, M. Toda, 1981).  Things stand in the even layers, what they read
// above them; an edge passes every layer between its ends at a vertex of its own, and its label stands at one of those
// in an odd layer.  So lines and labels have room of their own, and neither meets a box.

#include <string>  // std::max
#include <utility>
#include <vector>

namespace chainfold::picture {

/// Something with an extent, or the place where an edge passes a layer.
struct vertex {
    int layer = 0;                 // negative: stands in none
    int place = 0;                 // its position in its layer
    double before = 0, after = 0;  // from its axis to its sides, across the layers
    double depth = 0;              // along the layers
    double at = 0;                 // where its axis stands
};

/// What an edge needs: its ends, and the room for its label on either side of the line.
struct connection {
    int from = 0, to = 0;
    int rank = 0;  // of edges from one layer to a thing, the one of the highest rank belongs to the spine
    double before = 0, after = 0, depth = 0;
};

struct layered_graph {
    std::vector<vertex> vertices;                // the things first, as they were given
    std::vector<std::vector<int>> layers;        // vertices in order
    std::vector<std::vector<int>> above, below;  // neighbours, by vertex
    std::vector<std::vector<int>> routes;        // by edge: the vertices that it passes
    std::vector<int> labelled;                   // by edge: the vertex that has its label
    std::vector<int> spine;                      // the longest path to the last thing, from its end

    [[nodiscard]] const vertex& operator[](int v) const { return vertices[static_cast<std::size_t>(v)]; }
    [[nodiscard]] vertex& operator[](int v) { return vertices[static_cast<std::size_t>(v)]; }
    [[nodiscard]] const std::vector<int>& over(int v) const { return above[static_cast<std::size_t>(v)]; }
    [[nodiscard]] const std::vector<int>& under(int v) const { return below[static_cast<std::size_t>(v)]; }
};

/// Puts things into layers: each under everything that it reads, and what reads nothing right above its first reader.
/// Edges lead from things to later ones.  Half the room `gap` is kept free on either side of an edge.
template <class = void>
class layering {
public:
    layering(const std::vector<vertex>& things, const std::vector<connection>& edges, double gap)
        : edges_(edges), gap_(gap) {
        graph_.vertices = things;
    }

    layered_graph run() {
        assign_levels();
        for (const connection& edge : edges_) route(edge);
        const auto count = graph_.vertices.size();
        graph_.above.resize(count);
        graph_.below.resize(count);
        for (const std::vector<int>& passed : graph_.routes)
            for (std::size_t i = 1; i < passed.size(); ++i) {
                graph_.below[static_cast<std::size_t>(passed[i - 1])].push_back(passed[i]);
                graph_.above[static_cast<std::size_t>(passed[i])].push_back(passed[i - 1]);
            }
        find_spine();
        for (std::size_t v = 0; v < count; ++v) {
            if (graph_.vertices[v].layer < 0) continue;
            const auto layer = static_cast<std::size_t>(graph_.vertices[v].layer);
            if (graph_.layers.size() <= layer) graph_.layers.resize(layer + 1);
            graph_.vertices[v].place = static_cast<int>(graph_.layers[layer].size());
            graph_.layers[layer].push_back(static_cast<int>(v));
        }
        return std::move(graph_);
    }

private:
    void assign_levels() {
        std::vector<vertex>& v = graph_.vertices;
        std::vector<char> reads(v.size());
        std::vector<int> first_reader(v.size(), -1);
        std::vector<std::vector<int>> leading(v.size());  // edges by their end
        for (std::size_t e = 0; e < edges_.size(); ++e)
            leading[static_cast<std::size_t>(edges_[e].to)].push_back(static_cast<int>(e));
        for (std::size_t to = 0; to < v.size(); ++to)
            for (const int e : leading[to]) {
                reads[to] = 1;
                v[to].layer = std::max(v[to].layer, graph_[edges_[static_cast<std::size_t>(e)].from].layer + 2);
            }
        for (const connection& edge : edges_) {
            int& layer = first_reader[static_cast<std::size_t>(edge.from)];
            if (layer < 0 || graph_[edge.to].layer < layer) layer = graph_[edge.to].layer;
        }
        for (std::size_t i = 0; i < v.size(); ++i)
            if (reads[i] == 0 && first_reader[i] >= 2) v[i].layer = first_reader[i] - 2;
    }

    void route(const connection& edge) {
        std::vector<int> passed{edge.from};
        const int first = graph_[edge.from].layer, last = graph_[edge.to].layer;
        const int middle = first + 1 + (last - first - 2) / 4 * 2;
        for (int layer = first + 1; layer < last; ++layer) {
            vertex v{layer, 0, gap_ / 2, gap_ / 2, 0, 0};
            if (layer == middle) {
                v = {layer, 0, std::max(edge.before, gap_ / 2), std::max(edge.after, gap_ / 2), edge.depth, 0};
                graph_.labelled.push_back(static_cast<int>(graph_.vertices.size()));
            }
            passed.push_back(static_cast<int>(graph_.vertices.size()));
            graph_.vertices.push_back(v);
        }
        passed.push_back(edge.to);
        graph_.routes.push_back(std::move(passed));
    }

    // Every step up leads to the thing that is furthest down.
    void find_spine() {
        if (graph_.vertices.empty()) return;
        std::vector<int> chosen(graph_.vertices.size(), -1);  // by thing: the edge to it on the longest path
        int last = 0;
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            int& best = chosen[static_cast<std::size_t>(edges_[e].to)];
            if (best < 0 || is_better(edges_[e], edges_[static_cast<std::size_t>(best)])) best = static_cast<int>(e);
            last = std::max(last, edges_[e].to);
        }
        graph_.spine.push_back(last);
        for (int e = chosen[static_cast<std::size_t>(last)]; e >= 0;
             e = chosen[static_cast<std::size_t>(edges_[static_cast<std::size_t>(e)].from)]) {
            const std::vector<int>& passed = graph_.routes[static_cast<std::size_t>(e)];
            for (std::size_t i = passed.size() - 1; i-- > 0;) graph_.spine.push_back(passed[i]);
        }
    }

    [[nodiscard]] bool is_better(const connection& a, const connection& b) const {
        const int layer = graph_[a.from].layer, other = graph_[b.from].layer;
        return layer != other ? layer > other : a.rank > b.rank;
    }

    const std::vector<connection>& edges_;
    double gap_;
    layered_graph graph_;
};

}  // namespace chainfold::picture
