// SPDX-License-Identifier: BSL-1.0
#pragma once

// An expression as plain text, with the fewest parentheses.  The text is C++: with the suffix _c at the numbers it
// means the same formula.

#include <chainfold/notation/printer.hpp>

namespace chainfold {

template <class Graph>
class plain_printer : public basic_printer<Graph> {
public:
    constexpr plain_printer(const Graph& graph, writer& out)
        : basic_printer<Graph>(graph, as_cpp, out, nullptr, writer::unlimited) {}
};

}  // namespace chainfold
