// SPDX-License-Identifier: BSL-1.0
#pragma once

// The order within the layers: sweeps down and up, in which each vertex goes to the mean place of its neighbours, and
// neighbours change places where that helps; the order with the fewest crossings stays.  (E. Gansner, E. Koutsofios,
// S. North, K.-P. Vo, A technique for drawing directed graphs, 1993.)

#include <chainfold/notation/picture/layers.hpp>
#include <chainfold/notation/sort.hpp>

namespace chainfold::picture {

/// How many lines between a layer and the next cross: inversions, counted by a tree of sums (Barth, Jünger, Mutzel
/// 2002).
template <class = void>
long crossings_below(const layered_graph& graph, std::size_t layer) {
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
template <class = void>
long crossings(const layered_graph& graph) {
    long all = 0;
    for (std::size_t layer = 0; layer < graph.layers.size(); ++layer) all += crossings_below(graph, layer);
    return all;
}

template <class = void>
class ordering {
public:
    explicit ordering(layered_graph& graph) : graph_(graph), mean_(graph.vertices.size()) {}

    /// Begins with the order as it is.
    void run() {
        constexpr int sweeps = 8;
        for (std::size_t layer = 0; layer < graph_.layers.size(); ++layer) number(layer);
        std::vector<std::vector<int>> best = graph_.layers;
        long fewest = crossings(graph_);
        for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
            const std::size_t count = graph_.layers.size();
            for (std::size_t i = 1; i < count; ++i)
                sweep % 2 == 0 ? arrange(i, graph_.above, sweep) : arrange(count - 1 - i, graph_.below, sweep);
            for (std::size_t i = 0; i < count; ++i) exchange(i, sweep % 2 == 1);
            if (const long found = crossings(graph_); found < fewest) {
                fewest = found;
                best = graph_.layers;
            }
        }
        return_to(best);
        int left = most_tried;
        for (std::size_t i = 0; i < graph_.routes.size() && fewest > 0 && left > 0; ++i)
            if (graph_.routes[i].size() > 3) {
                fewest = go_around(graph_.routes[i], fewest);
                --left;
            }
    }

private:
    void arrange(std::size_t layer, const std::vector<std::vector<int>>& neighbours, int sweep) {
        std::vector<int>& order = graph_.layers[layer];
        for (const int v : order) {
            const std::vector<int>& near = neighbours[static_cast<std::size_t>(v)];
            double sum = 0;
            for (const int w : near) sum += graph_[w].place;
            mean_[static_cast<std::size_t>(v)] =
                near.empty() ? graph_[v].place : sum / static_cast<double>(near.size());
        }
        for (std::size_t i = 0; sweep / 2 % 2 == 1 && 2 * i + 1 < order.size(); ++i)  // equals change places
            std::swap(order[i], order[order.size() - 1 - i]);
        chainfold::detail::stable_sort(order, [&](int a, int b) {
            return mean_[static_cast<std::size_t>(a)] < mean_[static_cast<std::size_t>(b)];
        });
        number(layer);
    }
    // Crossings of the lines to v and w, if v stands before w.
    [[nodiscard]] int crossings_of(const std::vector<int>& to_v, const std::vector<int>& to_w) const {
        int count = 0;
        for (const int a : to_v)
            for (const int b : to_w) count += graph_[a].place > graph_[b].place;
        return count;
    }
    // Neighbours change places if that is better, and once if it is as good: it may be better for other layers.
    void exchange(std::size_t layer, bool equals) {
        std::vector<int>& order = graph_.layers[layer];
        bool better = true;
        for (int round = 0; round < 4 && better; ++round) {
            better = false;
            for (std::size_t i = 1; i < order.size(); ++i) {
                int &v = order[i - 1], &w = order[i];
                const int before =
                    crossings_of(graph_.over(v), graph_.over(w)) + crossings_of(graph_.under(v), graph_.under(w));
                const int after =
                    crossings_of(graph_.over(w), graph_.over(v)) + crossings_of(graph_.under(w), graph_.under(v));
                if (after > before || (after == before && (!equals || round > 0))) continue;
                std::swap(v, w);
                std::swap(graph_[v].place, graph_[w].place);
                better = better || after < before;
            }
        }
    }
    // A long edge may do best on the outside of everything.
    static constexpr int most_tried = 64;
    long go_around(const std::vector<int>& route, long fewest) {
        for (const bool last : {false, true}) {
            const std::vector<std::vector<int>> before = graph_.layers;
            for (std::size_t i = 1; i + 1 < route.size(); ++i) {
                const auto layer = static_cast<std::size_t>(graph_[route[i]].layer);
                std::vector<int>& order = graph_.layers[layer];
                const int moved = route[i];
                order.erase(order.begin() + graph_[moved].place);
                order.insert(last ? order.end() : order.begin(), moved);
                number(layer);
            }
            if (const long found = crossings(graph_); found < fewest) return found;
            return_to(before);
        }
        return fewest;
    }
    void return_to(const std::vector<std::vector<int>>& order) {
        graph_.layers = order;
        for (std::size_t layer = 0; layer < order.size(); ++layer) number(layer);
    }
    void number(std::size_t layer) {
        int place = 0;
        for (const int v : graph_.layers[layer]) graph_[v].place = place++;
    }

    layered_graph& graph_;
    std::vector<double> mean_;
};

}  // namespace chainfold::picture
