// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a picture shows, before anything has a place: the nodes with their names and formulas, who reads whom, and where
// derivatives flow back.  to_dot and to_svg draw the same drawing.

#include <string>
#include <vector>

namespace chainfold::picture {

enum class kind { input, parameter, value, result };

struct drawn_node {
    kind is = kind::value;
    std::string name;     // empty for a value that is used once
    std::string formula;  // empty for symbols
    std::string shape;
    int beside = -1;      // the only node that reads this symbol, next to which it stands
    bool before = false;  // on the side of what comes first in the formula

    [[nodiscard]] std::string text() const {
        return name.empty() ? formula : formula.empty() ? name : name + " = " + formula;
    }
};

/// `from` is read by `to`.  Where a derivative is taken, its part that flows back along the edge has a name.
struct drawn_edge {
    int from = 0, to = 0;
    std::string cotangent;
    [[nodiscard]] bool flows_back() const { return !cotangent.empty(); }
};

/// Nodes come after what they read; the edges into a node are in the order of its formula.
struct drawing {
    std::string title, description;
    std::vector<drawn_node> nodes;
    std::vector<drawn_edge> edges;

    [[nodiscard]] const drawn_node& operator[](int id) const { return nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] bool flows_back() const {
        for (const drawn_edge& edge : edges)
            if (edge.flows_back()) return true;
        return false;
    }
};

}  // namespace chainfold::picture
