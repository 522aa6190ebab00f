// SPDX-License-Identifier: BSL-1.0
#pragma once

// An expression as plain text, with the fewest parentheses.  The text is C++: with the suffix _c at the numbers it
// means the same formula.

#include <chainfold/notation/printer.hpp>

namespace chainfold {

class plain_printer : public printer {
public:
    constexpr plain_printer(const graph_view& graph, writer& out)
        : printer(graph, as_cpp, out, nullptr, writer::unlimited) {}
};

}  // namespace chainfold
