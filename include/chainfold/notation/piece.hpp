// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is still to be written of a formula: a stack of pieces, text and nodes.  A node that comes up is replaced by the
// pieces of its formula, so that no formula is too deep for the compiler's own stack.

#include <chainfold/graph/buffer.hpp>
#include <chainfold/operation/operation.hpp>

namespace chainfold {

enum class piece_kind : char {
    text,
    sign,      // of an infix operator
    minus,     // before its operand
    function,  // a function's name
    integer,
    number,       // a constant node
    denominator,  // of the constant factor of a node
    name,         // of a node
    exponent,     // of a power
    ones,         // 𝟏 in the shape of a node
    zeros,
    value  // a node that is to be replaced by the pieces of its formula
};

struct piece {
    piece_kind is = piece_kind::text;
    std::string_view text{};
    int id = 0;  // of the node, or an integer
    precedence around = precedence::comparison;
};

class piece_stack {
public:
    constexpr void text(std::string_view s) {
        if (!s.empty()) pieces_.push({piece_kind::text, s});
    }
    constexpr void sign(std::string_view s) { pieces_.push({piece_kind::sign, s}); }
    constexpr void minus() { pieces_.push({piece_kind::minus}); }
    constexpr void function(std::string_view s) { pieces_.push({piece_kind::function, s}); }
    constexpr void integer(int i) { pieces_.push({piece_kind::integer, {}, i}); }
    constexpr void value(int id, precedence around) { pieces_.push({piece_kind::value, {}, id, around}); }
    constexpr void put(piece_kind kind, int id) { pieces_.push({kind, {}, id}); }

    [[nodiscard]] constexpr int size() const { return pieces_.size(); }
    constexpr piece take() {
        const piece p = pieces_[pieces_.size() - 1];
        pieces_.pop();
        return p;
    }
    /// Puts what came since there were `first` pieces into the order in which it is taken.
    constexpr void turn(int first) {
        for (int last = pieces_.size() - 1; first < last; ++first, --last) {
            const piece p = pieces_[first];
            pieces_[first] = pieces_[last];
            pieces_[last] = p;
        }
    }

private:
    buffer<piece> pieces_{};
};

constexpr precedence tighter(precedence p) { return static_cast<precedence>(static_cast<int>(p) + 1); }
/// Around what always stands in parentheses.
inline constexpr precedence beyond_primary = tighter(precedence::primary);

}  // namespace chainfold
