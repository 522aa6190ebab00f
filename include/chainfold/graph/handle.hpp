// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/graph/builder.hpp>

namespace chainfold {

/// A node of a builder, to be calculated with: on handles, a + b and tanh(x) make nodes.
struct handle {
    builder* graph = nullptr;
    int id = -1;

    [[nodiscard]] constexpr bool exists() const { return id >= 0; }
    [[nodiscard]] constexpr node operator*() const { return (*graph)[id]; }
    [[nodiscard]] constexpr dimensions dims() const { return (*graph)[id].dims; }
    [[nodiscard]] constexpr int operation() const { return (*graph)[id].operation; }
    [[nodiscard]] constexpr int parameter() const { return (*graph)[id].parameter; }
    [[nodiscard]] constexpr handle operand(int i) const { return {graph, graph->operand(id, i)}; }
    [[nodiscard]] constexpr bool is(const handle& other) const { return id == other.id; }
};

}  // namespace chainfold
