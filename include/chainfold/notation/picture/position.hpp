// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where vertices stand across the layers.  Vertices are joined into columns, straight lines that do not cross (in the
// manner of U. Brandes and B. Köpf, 2001): the spine first, then the inner parts of long edges, then what is left.  Two
// columns that are neighbours in some layer keep their distance there.  The spine stands at 0; the other columns are
// then drawn towards the median of what they are connected with.

#include <limits>

#include <chainfold/notation/picture/layers.hpp>
#include <chainfold/notation/sort.hpp>

namespace chainfold::picture {

template <class = void>
class positioning {
public:
    /// `gap`: the least distance between two vertices of a layer.
    positioning(layered_graph& graph, double gap) : graph_(graph), gap_(gap) {}

    void run() {
        join_columns();
        find_neighbours();
        pack();
        for (int sweep = 0; sweep < 6; ++sweep) {
            for (std::size_t i = 0; i < order_.size(); ++i) settle(order_[i]);
            for (std::size_t i = order_.size(); i-- > 0;) settle(order_[i]);
        }
        for (std::size_t v = 0; v < graph_.vertices.size(); ++v)
            if (graph_.vertices[v].layer >= 0) graph_.vertices[v].at = at_[column_[v]];
    }

private:
    using index = std::size_t;
    static index as_index(int i) { return static_cast<index>(i); }

    void join_columns() {
        const index count = graph_.vertices.size();
        up_.assign(count, -1);
        down_.assign(count, -1);
        for (index i = 1; i < graph_.spine.size(); ++i) join(graph_.spine[i], graph_.spine[i - 1]);
        for (const std::vector<int>& route : graph_.routes)
            for (index i = 2; i + 1 < route.size(); ++i) join(route[i - 1], route[i]);
        for (const std::vector<int>& route : graph_.routes) {
            join(route[0], route[1]);
            join(route[route.size() - 2], route.back());
        }
        column_.assign(count, count);
        for (const std::vector<int>& layer : graph_.layers)
            for (const int v : layer)
                if (up_[as_index(v)] < 0) {
                    for (int w = v; w >= 0; w = down_[as_index(w)]) column_[as_index(w)] = columns_;
                    ++columns_;
                }
    }
    // A straight line from v down to w, unless one of them has such a line or it would cross one.
    void join(int v, int w) {
        if (down_[as_index(v)] >= 0 || up_[as_index(w)] >= 0) return;
        const std::vector<int>& layer = graph_.layers[as_index(graph_[v].layer)];
        const auto crosses = [&](int neighbour) {
            const int end = down_[as_index(neighbour)];
            return end >= 0 && (graph_[neighbour].place < graph_[v].place) != (graph_[end].place < graph_[w].place);
        };
        // Lines do not cross each other, so the nearest on either side decides.
        for (int i = graph_[v].place - 1; i >= 0; --i)
            if (const int n = layer[as_index(i)]; down_[as_index(n)] >= 0) {
                if (crosses(n)) return;
                break;
            }
        for (index i = as_index(graph_[v].place) + 1; i < layer.size(); ++i)
            if (const int n = layer[i]; down_[as_index(n)] >= 0) {
                if (crosses(n)) return;
                break;
            }
        down_[as_index(v)] = w;
        up_[as_index(w)] = v;
    }

    struct distance {
        index column = 0;
        double least = 0;
    };
    void find_neighbours() {
        left_.resize(columns_);
        right_.resize(columns_);
        linked_.resize(columns_);
        std::vector<int> waiting(columns_);
        for (const std::vector<int>& layer : graph_.layers)
            for (index i = 1; i < layer.size(); ++i) {
                const index a = column_[as_index(layer[i - 1])], b = column_[as_index(layer[i])];
                const double least = graph_[layer[i - 1]].after + gap_ + graph_[layer[i]].before;
                right_[a].push_back({b, least});
                left_[b].push_back({a, least});
                ++waiting[b];
            }
        for (const std::vector<int>& route : graph_.routes)
            for (index i = 1; i < route.size(); ++i) {
                const index a = column_[as_index(route[i - 1])], b = column_[as_index(route[i])];
                if (a == b) continue;
                linked_[a].push_back(b);
                linked_[b].push_back(a);
            }
        for (index c = 0; c < columns_; ++c)  // from left to right; columns that do not cross have such an order
            if (waiting[c] == 0) order_.push_back(c);
        for (index i = 0; i < order_.size(); ++i)
            for (const distance& d : right_[order_[i]])
                if (--waiting[d.column] == 0) order_.push_back(d.column);
    }

    static constexpr double unbounded = std::numeric_limits<double>::max();
    [[nodiscard]] double lowest(index c) const {
        double bound = -unbounded;
        for (const distance& d : left_[c]) bound = std::max(bound, at_[d.column] + d.least);
        return bound;
    }
    [[nodiscard]] double highest(index c) const {
        double bound = unbounded;
        for (const distance& d : right_[c]) bound = std::min(bound, at_[d.column] - d.least);
        return bound;
    }

    // As far left as possible; then what stands left of the spine as near to it as possible.
    void pack() {
        at_.assign(columns_, 0);
        if (columns_ == 0) return;
        for (const index c : order_) at_[c] = left_[c].empty() ? 0 : lowest(c);
        const index spine = column_[as_index(graph_.spine.front())];
        fixed_ = spine;
        const double middle = at_[spine];
        for (double& at : at_) at -= middle;
        std::vector<char> before(columns_);
        before[spine] = 1;
        for (index i = order_.size(); i-- > 0;) {
            const index c = order_[i];
            bool leads_to_spine = false;
            for (const distance& d : right_[c]) leads_to_spine = leads_to_spine || before[d.column] != 0;
            if (!leads_to_spine || c == spine) continue;
            before[c] = 1;
            at_[c] = highest(c);
        }
    }

    void settle(index c) {
        if (c == fixed_ || linked_[c].empty()) return;
        std::vector<double> wanted;
        for (const index other : linked_[c]) wanted.push_back(at_[other]);
        chainfold::detail::stable_sort(wanted, [](double a, double b) { return a < b; });
        at_[c] = std::max(lowest(c), std::min(highest(c), wanted[wanted.size() / 2]));
    }

    layered_graph& graph_;
    double gap_;
    std::vector<int> up_, down_;  // by vertex: the next of its column
    std::vector<index> column_;   // by vertex
    index columns_ = 0, fixed_ = 0;
    std::vector<std::vector<distance>> left_, right_;  // by column
    std::vector<std::vector<index>> linked_;           // by column: those that edges lead to
    std::vector<index> order_;                         // of columns, from left to right
    std::vector<double> at_;                           // by column
};

}  // namespace chainfold::picture
