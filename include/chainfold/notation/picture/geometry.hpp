// SPDX-License-Identifier: BSL-1.0
#pragma once

// Boxes, lines and labels that have their place.

#include <string>
#include <vector>

namespace chainfold::picture {

constexpr double magnitude(double x) { return x < 0 ? -x : x; }

struct point {
    double x = 0, y = 0;
};
struct box {
    point middle{};
    double width = 0, height = 0;
};

/// A line through points.  A slanted piece is a curve that leaves and arrives along the layers, and turns in the middle
/// between them or where its bend moves that.
struct line {
    std::vector<point> points{};
    std::vector<double> bends{};  // of the piece that ends at a point; none are zeros
    bool is_across = false;       // the layers follow each other from left to right

    [[nodiscard]] bool is_straight(std::size_t i) const {
        return magnitude(points[i - 1].x - points[i].x) < 1e-6 || magnitude(points[i - 1].y - points[i].y) < 1e-6;
    }
    struct control_points {
        point first, second;
    };
    /// Of the Bézier curve from point i − 1 to point i.
    [[nodiscard]] control_points control(std::size_t i) const {
        const point a = points[i - 1], b = points[i];
        const double moved = i < bends.size() ? bends[i] : 0;
        if (is_across) return {{(a.x + b.x) / 2 + moved, a.y}, {(a.x + b.x) / 2 + moved, b.y}};
        return {{a.x, (a.y + b.y) / 2 + moved}, {b.x, (a.y + b.y) / 2 + moved}};
    }
};
struct placed_label {
    std::string text{};
    box at{};
    int align = 0;  // −1: ends at the right of its box, 0: in the middle, 1: begins at the left
};
struct placed_edge {
    line forward, backward;  // backward has no points where no derivative flows
    placed_label shape, cotangent;
};
struct layout {
    double width = 0, height = 0;
    bool is_across = false;
    std::vector<box> nodes;
    std::vector<placed_edge> edges;
};

}  // namespace chainfold::picture
