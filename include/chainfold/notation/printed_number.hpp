// SPDX-License-Identifier: BSL-1.0
#pragma once

// The parts of a number as a formula shows it: sign, numerator, denominator.

#include <chainfold/notation/values_text.hpp>
#include <chainfold/operation/table.hpp>

namespace chainfold {

/// A constant as text, or the constant factor of a product; x times 1 / 3 is written as x / 3.
class printed_number {
public:
    constexpr printed_number(const graph_view& graph, int id) {
        if (graph[id].operation == operation_code<multiply_op>) id = graph.operand(id, 0);
        if (graph[id].operation == operation_code<constant_op>)
            length_ = static_cast<std::size_t>(math::print(graph.numbers[graph[id].parameter], digits_));
    }
    /// A computed number, to six digits.
    constexpr explicit printed_number(double value)
        : length_(static_cast<std::size_t>(math::print(rounded(value), digits_))) {}
    [[nodiscard]] constexpr std::string_view view() const { return {digits_, length_}; }
    [[nodiscard]] constexpr std::string_view magnitude() const { return view().substr(is_negative() ? 1 : 0); }
    [[nodiscard]] constexpr bool is_negative() const { return length_ > 0 && digits_[0] == '-'; }
    [[nodiscard]] constexpr bool is_fraction() const { return magnitude().find('/') != std::string_view::npos; }
    [[nodiscard]] constexpr bool is_unit_fraction() const { return magnitude().substr(0, 4) == "1 / "; }
    [[nodiscard]] constexpr std::string_view numerator() const { return magnitude().substr(0, magnitude().find(" /")); }
    [[nodiscard]] constexpr std::string_view denominator() const {
        return magnitude().substr(magnitude().find("/ ") + 2);
    }

private:
    char digits_[math::longest_number]{};
    std::size_t length_ = 0;
};

}  // namespace chainfold
