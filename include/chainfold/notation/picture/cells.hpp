// SPDX-License-Identifier: BSL-1.0
#pragma once

// How large things are.  A symbol that one node alone reads stands in that node's layer, beside it; the two are one
// cell, one thing for the order and the position of all others.

#include <chainfold/notation/picture/drawing.hpp>
#include <chainfold/notation/picture/geometry.hpp>
#include <chainfold/notation/picture/layers.hpp>
#include <chainfold/notation/picture/metrics.hpp>

namespace chainfold::picture {

/// Sizes in pixels, at the width of a page.
struct measures {
    double page = 800;
    double text = 13, label = 11;
    double padding = 10;  // between a text and the border of its box
    double box = 28;      // height of the box of one line
    double track = 3;     // from the middle of an edge to its two lines
    double pad = 4;       // from a line to its label
    double lead = 11;     // a line leaves and enters a box straight, as long as an arrow
    double gap = 18;      // between the things of one layer
    double margin = 12;

    [[nodiscard]] double label_height() const { return 1.3 * label; }
    [[nodiscard]] double label_width(std::string_view s) const { return width_of(s, label); }
    /// From one edge of a box to the next.
    [[nodiscard]] double port() const { return 4 * track + 4; }
    /// From the last edge to the end of the box's side.
    [[nodiscard]] double corner() const { return 2 * track + 2; }
};

/// A node and the symbols beside it.
struct cell {
    box node;
    std::vector<int> before, after;  // edges from symbols beside it
};

template <class = void>
class cells {
public:
    cells(const drawing& what, const measures& m, bool across) : drawing_(what), m_(m), across_(across) {
        for (const drawn_node& n : drawing_.nodes) all_.push_back({size_of(n), {}, {}});
        make_room_for_edges();
        for (std::size_t e = 0; e < drawing_.edges.size(); ++e)
            if (const drawn_node& n = drawing_[drawing_.edges[e].from]; n.beside >= 0)
                (n.before ? at(n.beside).before : at(n.beside).after).push_back(static_cast<int>(e));
        align();
    }

    [[nodiscard]] const cell& operator[](int node) const { return all_[static_cast<std::size_t>(node)]; }
    /// From a node to the symbol beside it.
    [[nodiscard]] double reach() const { return reach_; }
    /// The extent of a node or of a symbol beside one, across the layers and along them.
    [[nodiscard]] double breadth(int node) const {
        return across_ ? (*this)[node].node.height : (*this)[node].node.width;
    }
    [[nodiscard]] double depth(int node) const {
        return across_ ? (*this)[node].node.width : (*this)[node].node.height;
    }
    /// From one symbol beside a node to the next.
    [[nodiscard]] double pitch() const { return pitch_; }

    /// The cells as vertices; a symbol beside a node is in no layer.
    [[nodiscard]] std::vector<vertex> vertices() const {
        std::vector<vertex> result;
        for (int i = 0; i < static_cast<int>(all_.size()); ++i) {
            const double half = breadth(i) / 2, beside = reach_ + symbol_;
            result.push_back({drawing_[i].beside >= 0 ? -1 : 0, 0, half + ((*this)[i].before.empty() ? 0 : beside),
                              half + ((*this)[i].after.empty() ? 0 : beside), depth(i), 0});
        }
        return result;
    }

private:
    cell& at(int node) { return all_[static_cast<std::size_t>(node)]; }
    double& breadth_of(int node) { return across_ ? at(node).node.height : at(node).node.width; }
    double& depth_of(int node) { return across_ ? at(node).node.width : at(node).node.height; }

    [[nodiscard]] box size_of(const drawn_node& n) const {
        if (!across_ || n.name.empty() || n.formula.empty())
            return {{}, width_of(n.text(), m_.text) + 2 * m_.padding, m_.box};
        return {
            {}, std::max(width_of(n.name, m_.text), width_of(n.formula, m_.text - 1)) + 2 * m_.padding, 1.6 * m_.box};
    }

    // For several edges on one side, one of them in the middle.
    void make_room_for_edges() {
        std::vector<int> in(all_.size()), out(all_.size());
        for (const drawn_edge& edge : drawing_.edges) {
            if (drawing_[edge.from].beside >= 0) continue;
            ++out[static_cast<std::size_t>(edge.from)];
            ++in[static_cast<std::size_t>(edge.to)];
        }
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const int most = std::max(in[i], out[i]);
            if (most < 2) continue;
            double& side = breadth_of(static_cast<int>(i));
            side = std::max(side, (most < 4 ? 2 : 1) * (most - 1) * m_.port() + 2 * m_.corner());
        }
    }

    // Nodes that have symbols beside them are equally wide, unless one is very wide, and so are the symbols, so that
    // all stand in columns.
    static constexpr double most_aligned = 200;
    void align() {
        double broadest = 0, label_room = 0;
        reach_ = across_ ? m_.label_height() + 2 * m_.pad + 8 : 0;
        for (const drawn_edge& edge : drawing_.edges) {
            if (drawing_[edge.from].beside < 0) continue;
            if (breadth_of(edge.to) <= most_aligned) broadest = std::max(broadest, breadth_of(edge.to));
            symbol_ = std::max(symbol_, breadth_of(edge.from));
            const double label = std::max(m_.label_width(drawing_[edge.from].shape), m_.label_width(edge.cotangent));
            label_room = std::max(label_room, 2 * (label + m_.track + m_.pad) + 2);
            if (!across_) reach_ = std::max(reach_, label + 2 * m_.pad + 12);
        }
        pitch_ = across_ ? label_room : 2 * (m_.label_height() + m_.track) + 4;
        for (const drawn_edge& edge : drawing_.edges)
            if (drawing_[edge.from].beside >= 0) {
                breadth_of(edge.from) = symbol_;
                pitch_ = std::max(pitch_, depth_of(edge.from) + m_.gap / 2);
            }
        for (int i = 0; i < static_cast<int>(all_.size()); ++i) {
            const std::size_t most = std::max(at(i).before.size(), at(i).after.size());
            if (most == 0) continue;
            breadth_of(i) = std::max(breadth_of(i), broadest);
            depth_of(i) = std::max(depth_of(i), static_cast<double>(most) * pitch_);
        }
    }

    const drawing& drawing_;
    const measures m_;
    bool across_;
    std::vector<cell> all_;  // by node
    double reach_ = 0, symbol_ = 0, pitch_ = 0;
};

}  // namespace chainfold::picture
