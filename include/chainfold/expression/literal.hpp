// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers as types: 2_c, 0.5_c, 1e-3_c.  Decimal digits and exponent are kept exactly.

#include <chainfold/expression/leaf.hpp>

namespace chainfold {

template <char... Digits>
inline constexpr bool is_decimal = false;
template <char... Digits>
struct no_decimal_number : poison {
    static_assert(is_decimal<Digits...>,
                  "a number with the suffix _c must be decimal, with at most 18 significant digits: 2_c, 0.5_c, 1e-3_c");
};

namespace detail {

template <char... Digits>
inline constexpr char literal_text[] = {Digits...};

template <char... Digits>
inline constexpr auto parsed_literal = math::parse(std::string_view(literal_text<Digits...>, sizeof...(Digits)));

}  // namespace detail

namespace literals {

/// A number in an expression, exact: 2_c, 0.5_c, 1e-3_c, 3.14159265358979_c (at most 18 significant digits).
template <char... Digits>
    requires(detail::parsed_literal<Digits...>.ok)
constexpr auto operator""_c() -> constant<detail::parsed_literal<Digits...>.value> {
    return {};
}
template <char... Digits>
    requires(!detail::parsed_literal<Digits...>.ok)
CHAINFOLD_MISTAKE(auto operator""_c() -> no_decimal_number<Digits...>)

}  // namespace literals
}  // namespace chainfold
