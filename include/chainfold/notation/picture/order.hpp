// SPDX-License-Identifier: BSL-1.0
#pragma once

// The order within the layers: sweeps down and up, in which each vertex goes to the mean place of its neighbours; the
// order with the fewest crossings stays.

#include <numeric>

#include <chainfold/notation/picture/layers.hpp>

namespace chainfold::picture {

/// How many lines between a layer and the next cross: inversions, counted by a tree of sums (Barth, Jünger, Mutzel 2002).
inline long crossings_below(const layered_graph& graph, std::size_t layer) {
    if (layer + 1 >= graph.layers.size()) return 0;
    const auto width = static_cast<int>(graph.layers[layer + 1].size());
    std::vector<int> ends, sums(static_cast<std::size_t>(width) + 1);
    long crossings = 0;
    int seen = 0;
    for (const int v : graph.layers[layer]) {
        ends.clear();
        for (const int w : graph.under(v)) ends.push_back(graph[w].place);
        for (const int end : ends) {  // lines from further left that end further right
            int not_right = 0;
            for (int i = end + 1; i > 0; i -= i & -i) not_right += sums[static_cast<std::size_t>(i)];
            crossings += seen - not_right;
        }
        for (const int end : ends)
            for (int i = end + 1; i <= width; i += i & -i) ++sums[static_cast<std::size_t>(i)];
        seen += static_cast<int>(ends.size());
    }
    return crossings;
}
inline long crossings(const layered_graph& graph) {
    long all = 0;
    for (std::size_t layer = 0; layer < graph.layers.size(); ++layer) all += crossings_below(graph, layer);
    return all;
}

class ordering {
public:
    explicit ordering(layered_graph& graph) : graph_(graph), mean_(graph.vertices.size()) {}

    void run() {
        constexpr int sweeps = 8;
        std::vector<std::vector<int>> best = graph_.layers;
        long fewest = crossings(graph_);
        for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
            const std::size_t count = graph_.layers.size();
            for (std::size_t i = 1; i < count; ++i)
                sweep % 2 == 0 ? arrange(i, graph_.above) : arrange(count - 1 - i, graph_.below);
            if (const long found = crossings(graph_); found < fewest) {
                fewest = found;
                best = graph_.layers;
            }
        }
        graph_.layers = std::move(best);
        for (std::size_t layer = 0; layer < graph_.layers.size(); ++layer) number(layer);
    }

private:
    void arrange(std::size_t layer, const std::vector<std::vector<int>>& neighbours) {
        std::vector<int>& order = graph_.layers[layer];
        for (const int v : order) {
            const std::vector<int>& near = neighbours[static_cast<std::size_t>(v)];
            double sum = 0;
            for (const int w : near) sum += graph_[w].place;
            mean_[static_cast<std::size_t>(v)] =
                near.empty() ? graph_[v].place : sum / static_cast<double>(near.size());
        }
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
            return mean_[static_cast<std::size_t>(a)] < mean_[static_cast<std::size_t>(b)];
        });
        number(layer);
    }
    void number(std::size_t layer) {
        int place = 0;
        for (const int v : graph_.layers[layer]) graph_[v].place = place++;
    }

    layered_graph& graph_;
    std::vector<double> mean_;
};

}  // namespace chainfold::picture
