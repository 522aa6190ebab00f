// SPDX-License-Identifier: BSL-1.0
#pragma once

// A drawing with a place for everything.  Layers follow each other downwards, or from left to right where that fits a
// page.

#include <chainfold/notation/picture/cells.hpp>
#include <chainfold/notation/picture/geometry.hpp>
#include <chainfold/notation/picture/lanes.hpp>
#include <chainfold/notation/picture/order.hpp>
#include <chainfold/notation/picture/position.hpp>

namespace chainfold::picture {

template <class = void>
class layout_maker {
public:
    layout_maker(const drawing& what, const measures& m, bool across)
        : drawing_(what), m_(m), across_(across), cells_(what, m, across) {}

    layout run() {
        for (std::size_t e = 0; e < drawing_.edges.size(); ++e) {
            if (drawing_[drawing_.edges[e].from].beside >= 0) continue;
            links_.push_back(link_of(drawing_.edges[e]));
            edge_of_.push_back(e);
        }
        graph_ = layering(cells_.vertices(), links_, m_.gap).run();
        ordering(graph_).run();
        positioning(graph_, m_.gap).run();
        place_ports();
        place_layers();
        result_.is_across = across_;
        result_.edges.resize(drawing_.edges.size());
        place_nodes();
        for (std::size_t i = 0; i < links_.size(); ++i) draw_link(i);
        move_to_origin();
        return std::move(result_);
    }

private:
    using index = std::size_t;
    static index as_index(int i) { return static_cast<index>(i); }
    [[nodiscard]] point at(double across, double along) const {
        return across_ ? point{along, across} : point{across, along};
    }
    [[nodiscard]] double track_of(const drawn_edge& edge) const { return edge.flows_back() ? m_.track : 0; }

    [[nodiscard]] connection link_of(const drawn_edge& edge) const {
        const double track = track_of(edge), before = m_.label_width(drawing_[edge.from].shape),
                     after = m_.label_width(edge.cotangent);
        const double beside = track + m_.pad, height = m_.label_height();
        const kind is = drawing_[edge.from].is;
        const int rank = is == kind::parameter ? 0 : is == kind::input ? 1 : 2;
        if (!across_) return {edge.from, edge.to, rank, beside + before, after > 0 ? beside + after : 0, height};
        return {edge.from, edge.to, rank, beside + height, after > 0 ? beside + height : 0, std::max(before, after)};
    }

    // The pieces of all links that are slanted, by the layer above them.
    [[nodiscard]] std::vector<std::vector<slant>> find_slants() {
        std::vector<std::vector<slant>> slants(graph_.layers.size());
        for (index link = 0; link < links_.size(); ++link) {
            const std::vector<int>& route = graph_.routes[link];
            shift_.emplace_back(route.size());
            for (index i = 1; i < route.size(); ++i) {
                const double from = i == 1 ? leaving_[link] : graph_[route[i - 1]].at;
                const double to = i + 1 == route.size() ? entering_[link] : graph_[route[i]].at;
                if (magnitude(from - to) > 1)
                    slants[as_index(graph_[route[i - 1]].layer)].push_back({from, to, link, i});
            }
        }
        return slants;
    }

    void place_layers() {
        std::vector<std::vector<slant>> slants = find_slants();
        double along = 0;
        for (index layer = 0; layer < graph_.layers.size(); ++layer) {
            double depth = 0, farthest = 0;
            for (const int v : graph_.layers[layer]) depth = std::max(depth, graph_[v].depth);
            for (const slant& s : slants[layer]) farthest = std::max(farthest, magnitude(s.from - s.to));
            const double room = assign_lanes(slants[layer], m_.port(), m_.gap);
            for (const slant& s : slants[layer]) shift_[s.link][s.piece] = s.shift;
            if (layer % 2 == 0) depth += 2 * m_.lead;
            begin_.push_back(along);
            end_.push_back(along + depth);
            along += depth + std::max(m_.gap / 3, std::min(0.4 * farthest, 3 * m_.gap)) + room;
        }
    }
    [[nodiscard]] double middle_of(int v) const {
        const auto layer = as_index(graph_[v].layer);
        return (begin_[layer] + end_[layer]) / 2;
    }

    void place_nodes() {
        for (int i = 0; i < static_cast<int>(drawing_.nodes.size()); ++i) result_.nodes.push_back(cells_[i].node);
        for (int i = 0; i < static_cast<int>(drawing_.nodes.size()); ++i) {
            if (drawing_[i].beside >= 0) continue;
            result_.nodes[as_index(i)].middle = at(graph_[i].at, middle_of(i));
            place_beside(i, cells_[i].before, -1);
            place_beside(i, cells_[i].after, 1);
        }
    }
    void place_beside(int node, const std::vector<int>& side, int sign) {
        const double across = graph_[node].at, end = across + sign * cells_.breadth(node) / 2;
        const double begin = end + sign * cells_.reach();
        double along = middle_of(node) - static_cast<double>(side.size() - 1) / 2 * cells_.pitch();
        for (const int e : side) {
            const drawn_edge& edge = drawing_.edges[as_index(e)];
            result_.nodes[as_index(edge.from)].middle = at(begin + sign * cells_.breadth(edge.from) / 2, along);
            placed_edge& placed = result_.edges[as_index(e)];
            const double track = track_of(edge);
            placed.forward = {{at(begin, along - track), at(end, along - track)}};
            if (edge.flows_back()) placed.backward = {{at(end, along + track), at(begin, along + track)}};
            label(placed, edge, at((begin + end) / 2, along), !across_);
            along += cells_.pitch();
        }
    }

    /// The labels of an edge whose middle is here: on the left and right of it, or above and below a level one.
    void label(placed_edge& placed, const drawn_edge& edge, point p, bool level) const {
        const std::string& shape = drawing_[edge.from].shape;
        const double track = track_of(edge), height = m_.label_height();
        const double before = m_.label_width(shape), after = m_.label_width(edge.cotangent);
        const double shift = track + (level ? m_.pad / 2 + height / 2 : m_.pad);
        if (level) {
            placed.shape = {shape, {{p.x, p.y - shift}, before, height}, 0};
            placed.cotangent = {edge.cotangent, {{p.x, p.y + shift}, after, height}, 0};
        } else {
            placed.shape = {shape, {{p.x - shift - before / 2, p.y}, before, height}, -1};
            placed.cotangent = {edge.cotangent, {{p.x + shift + after / 2, p.y}, after, height}, 1};
        }
    }

    // Where edges leave and enter a node: straight ahead if they can, and not too close to each other.
    void place_ports() {
        leaving_.resize(links_.size());
        entering_.resize(links_.size());
        std::vector<std::vector<index>> out(drawing_.nodes.size()), in(drawing_.nodes.size());
        for (index i = 0; i < links_.size(); ++i) {
            out[as_index(links_[i].from)].push_back(i);
            in[as_index(links_[i].to)].push_back(i);
        }
        for (int v = 0; v < static_cast<int>(drawing_.nodes.size()); ++v) {
            spread(v, out[as_index(v)], leaving_, [&](index i) { return graph_[graph_.routes[i][1]]; });
            spread(v, in[as_index(v)], entering_, [&](index i) { return graph_[graph_.routes[i].end()[-2]]; });
        }
    }
    void spread(int node, std::vector<index>& edges, std::vector<double>& ports, auto next) {
        if (edges.empty()) return;
        chainfold::detail::stable_sort(edges, [&](index a, index b) { return next(a).place < next(b).place; });
        const double half = cells_.breadth(node) / 2 - m_.corner(), middle = graph_[node].at;
        const double apart =
            edges.size() > 1 ? std::min(m_.port(), 2 * half / static_cast<double>(edges.size() - 1)) : 0;
        double least = middle - half;
        for (const index e : edges) {
            ports[e] = std::max(least, std::min(middle + half, next(e).at));
            least = ports[e] + apart;
        }
        double most = middle + half;
        for (index i = edges.size(); i-- > 0; most = ports[edges[i]] - apart)
            ports[edges[i]] = std::min(ports[edges[i]], most);
    }

    void draw_link(index link) {
        const drawn_edge& edge = drawing_.edges[edge_of_[link]];
        const std::vector<int>& route = graph_.routes[link];
        std::vector<std::pair<double, double>> path;  // across, along
        std::vector<double> shifts;
        const auto go = [&](double across, double along, double shift = 0) {
            if (!path.empty() && magnitude(path.back().first - across) + magnitude(path.back().second - along) < 1e-6)
                return;
            path.emplace_back(across, along);
            shifts.push_back(shift);
        };
        go(leaving_[link], middle_of(edge.from) + cells_.depth(edge.from) / 2);
        go(leaving_[link], end_[as_index(graph_[edge.from].layer)]);
        for (index i = 1; i + 1 < route.size(); ++i) {
            const auto layer = as_index(graph_[route[i]].layer);
            go(graph_[route[i]].at, begin_[layer], shift_[link][i]);
            go(graph_[route[i]].at, end_[layer]);
        }
        go(entering_[link], begin_[as_index(graph_[edge.to].layer)], shift_[link].back());
        go(entering_[link], middle_of(edge.to) - cells_.depth(edge.to) / 2);
        placed_edge& placed = result_.edges[edge_of_[link]];
        const double track = track_of(edge);
        // Side by side also where they are slanted: the line on the left turns later where they lean to the right.
        const auto put = [&](line& l, index i, index piece, double side) {
            const bool slanted = piece > 0 && piece < path.size();
            const bool right = slanted && path[piece - 1].first < path[piece].first;
            l.points.push_back(at(path[i].first + side, path[i].second));
            l.bends.push_back(slanted ? shifts[piece] + (right ? -1.3 : 1.3) * side : 0);
        };
        placed.forward.is_across = placed.backward.is_across = across_;
        for (index i = 0; i < path.size(); ++i) put(placed.forward, i, i, -track);
        if (edge.flows_back())
            for (index i = path.size(); i-- > 0;) put(placed.backward, i, i + 1, track);
        const int labelled = graph_.labelled[link];
        label(placed, edge, at(graph_[labelled].at, middle_of(labelled)), across_);
    }

    void move_to_origin() {
        point low{1e30, 1e30}, high{-1e30, -1e30};
        const auto hold = [&](const box& b) {
            low = {std::min(low.x, b.middle.x - b.width / 2), std::min(low.y, b.middle.y - b.height / 2)};
            high = {std::max(high.x, b.middle.x + b.width / 2), std::max(high.y, b.middle.y + b.height / 2)};
        };
        for (const box& b : result_.nodes) hold(b);
        for (const placed_edge& edge : result_.edges) {
            hold(edge.shape.at);
            if (!edge.cotangent.text.empty()) hold(edge.cotangent.at);
            for (const point& p : edge.forward.points) hold({p, 4 * m_.track, 0});
        }
        const auto move = [&](point& p) { p = {p.x - low.x + m_.margin, p.y - low.y + m_.margin}; };
        for (box& b : result_.nodes) move(b.middle);
        for (placed_edge& edge : result_.edges) {
            move(edge.shape.at.middle);
            move(edge.cotangent.at.middle);
            for (line* l : {&edge.forward, &edge.backward})
                for (point& p : l->points) move(p);
        }
        result_.width = high.x - low.x + 2 * m_.margin;
        result_.height = high.y - low.y + 2 * m_.margin;
    }

    const drawing& drawing_;
    const measures m_;
    bool across_;
    cells<> cells_;
    layout result_;
    std::vector<connection> links_;  // the edges between cells
    std::vector<index> edge_of_;     // by link
    layered_graph graph_;
    std::vector<double> begin_, end_;         // by layer, along
    std::vector<double> leaving_, entering_;  // by link, across
    std::vector<std::vector<double>> shift_;  // by link and piece: its lane
};

/// From left to right if that fits the page, downwards otherwise.
template <class = void>
layout lay_out(const drawing& what, const measures& m = {}) {
    layout across = layout_maker(what, m, true).run();
    return across.width <= 1.1 * m.page && across.width >= across.height ? across : layout_maker(what, m, false).run();
}

}  // namespace chainfold::picture
