// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a graph is made of.  A node is an operation (its number in the registry; this folder knows no operation by
// name), a shape, one parameter of the operation (an exponent, an offset, the index of a number or of a symbol) and
// its operands, which stand in a pool of indices.  Operands come before the nodes that use them.

#include <cstdint>
#include <string_view>

#include <chainfold/math/number.hpp>
#include <chainfold/shape/extents.hpp>
#include <chainfold/shape/hash.hpp>

namespace chainfold {

using math::number;

struct node {
    std::int32_t operation = 0;
    dimensions dims{};
    std::int32_t parameter = 0;
    std::int32_t first = 0;  // of the operands, in the pool
    std::int32_t count = 0;
};

/// A named leaf.  Two leaves are the same symbol if every field agrees; the same name with anything else different
/// is a mistake that the graph records.
struct symbol {
    std::string_view name{};
    dimensions dims{};
    bool trained = false;      // parameter or input
    hash_value key = 0;        // of the expression type that stands for it
    hash_value name_hash = 0;  // of the name, so that few names are compared letter by letter
};

/// One name with two meanings, found while a graph was built.
struct symbol_conflict {
    int first = -1;
    dimensions other{};
    [[nodiscard]] constexpr bool found() const { return first >= 0; }
};

/// A graph to read: what a finished graph and a builder have in common.
struct graph_view {
    const node* nodes = nullptr;
    const int* pool = nullptr;
    const number* numbers = nullptr;
    const symbol* symbols = nullptr;
    const int* outputs = nullptr;
    int node_count = 0;
    int symbol_count = 0;
    int output_count = 0;

    [[nodiscard]] constexpr const node& operator[](int id) const { return nodes[id]; }
    [[nodiscard]] constexpr int operand(int id, int i) const { return pool[nodes[id].first + i]; }
    [[nodiscard]] constexpr const dimensions& operand_dims(int id, int i) const { return nodes[operand(id, i)].dims; }
};

}  // namespace chainfold
