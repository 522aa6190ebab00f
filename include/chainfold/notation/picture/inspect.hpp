// SPDX-License-Identifier: BSL-1.0
#pragma once

// What would make a layout hard to read, counted: lines that meet, lines that run through a box, labels that lie on
// something.

#include <algorithm>

#include <chainfold/notation/picture/geometry.hpp>

namespace chainfold::picture {

struct blemishes {
    int crossings = 0;      // pairs of lines that meet
    int through_boxes = 0;  // lines that enter a box
    int covered = 0;        // labels and boxes that lie on each other, or on a line
    [[nodiscard]] int count() const { return crossings + through_boxes + covered; }
};

namespace detail {

/// A line as short straight pieces.
inline std::vector<point> flattened(const line& l) {
    constexpr int pieces = 12;
    std::vector<point> points;
    if (!l.points.empty()) points.push_back(l.points[0]);
    for (std::size_t i = 1; i < l.points.size(); ++i) {
        const point a = l.points[i - 1], b = l.points[i];
        const auto [c, d] = l.control(i);
        for (int k = 1; k < pieces && !l.is_straight(i); ++k) {
            const double t = static_cast<double>(k) / pieces, s = 1 - t;
            points.push_back({s * s * s * a.x + 3 * s * s * t * c.x + 3 * s * t * t * d.x + t * t * t * b.x,
                              s * s * s * a.y + 3 * s * s * t * c.y + 3 * s * t * t * d.y + t * t * t * b.y});
        }
        points.push_back(b);
    }
    return points;
}

/// Which side of the line from a to b: twice the area of the triangle.
inline double turn(point a, point b, point c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

inline bool ranges_meet(double a, double b, double c, double d) {
    return std::max(std::min(a, b), std::min(c, d)) <= std::min(std::max(a, b), std::max(c, d));
}
inline bool pieces_meet(point a, point b, point c, point d) {
    return ranges_meet(a.x, b.x, c.x, d.x) && ranges_meet(a.y, b.y, c.y, d.y) && turn(a, b, c) * turn(a, b, d) <= 0 &&
           turn(c, d, a) * turn(c, d, b) <= 0;
}
inline bool lines_meet(const std::vector<point>& a, const std::vector<point>& b) {
    for (std::size_t i = 1; i < a.size(); ++i)
        for (std::size_t j = 1; j < b.size(); ++j)
            if (pieces_meet(a[i - 1], a[i], b[j - 1], b[j])) return true;
    return false;
}

/// A box without its outermost pixel.
inline bool enters(const std::vector<point>& l, const box& b) {
    const double w = b.width / 2 - 1, h = b.height / 2 - 1;
    const point corners[] = {{b.middle.x - w, b.middle.y - h},
                             {b.middle.x + w, b.middle.y - h},
                             {b.middle.x + w, b.middle.y + h},
                             {b.middle.x - w, b.middle.y + h}};
    for (const point& p : l)
        if (std::abs(p.x - b.middle.x) < w && std::abs(p.y - b.middle.y) < h) return true;
    for (std::size_t i = 1; i < l.size(); ++i)
        for (int k = 0; k < 4; ++k)
            if (pieces_meet(l[i - 1], l[i], corners[k], corners[(k + 1) % 4])) return true;
    return false;
}
inline bool boxes_meet(const box& a, const box& b) {
    return 2 * std::abs(a.middle.x - b.middle.x) < a.width + b.width - 1 &&
           2 * std::abs(a.middle.y - b.middle.y) < a.height + b.height - 1;
}

}  // namespace detail

inline blemishes inspect(const layout& where) {
    std::vector<std::vector<point>> lines;
    std::vector<box> labels, solid = where.nodes;
    for (const placed_edge& edge : where.edges) {
        for (const line* l : {&edge.forward, &edge.backward})
            if (!l->points.empty()) lines.push_back(detail::flattened(*l));
        for (const placed_label* l : {&edge.shape, &edge.cotangent})
            if (!l->text.empty()) labels.push_back(l->at);
    }
    blemishes found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) found.crossings += detail::lines_meet(lines[i], lines[j]);
        for (const box& b : where.nodes) found.through_boxes += detail::enters(lines[i], b);
        for (const box& b : labels) found.covered += detail::enters(lines[i], b);
    }
    solid.insert(solid.end(), labels.begin(), labels.end());
    for (std::size_t i = 0; i < solid.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) found.covered += detail::boxes_meet(solid[i], solid[j]);
    return found;
}

}  // namespace chainfold::picture
