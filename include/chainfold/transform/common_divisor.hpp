// SPDX-License-Identifier: BSL-1.0
#pragma once

// The numbers in front of sums and products.

#include <chainfold/graph/node.hpp>

namespace chainfold::canonical {

constexpr number one() { return {1, 1, 0}; }
constexpr number minus_one() { return {-1, 1, 0}; }
constexpr number magnitude(number c) { return math::sign(c) < 0 ? math::negate(c).value : c; }

constexpr math::folded fold_product(const number& a, const number& b) {
    if (math::is_one(a)) return {b, true};
    return math::is_one(b) ? math::folded{a, true} : math::multiply(a, b);
}

inline constexpr int most_digits = 1000000;
constexpr bool is_short(const number& c) {
    return math::detail::magnitude(c.numerator) <= most_digits && c.denominator <= most_digits;
}

/// The greatest number of which both, positive, are integer multiples; not exact if a multiple has more than six
/// digits.
constexpr math::folded common_divisor(const number& a, const number& b) {
    using math::detail::wide_integer;
    if (a == b) return {a, !math::is_zero(a)};
    if (math::is_zero(a) || math::is_zero(b)) return {};
    const std::int32_t low = a.exponent < b.exponent ? a.exponent : b.exponent;
    const auto da = static_cast<wide_integer>(a.denominator), db = static_cast<wide_integer>(b.denominator);
    const wide_integer shared = math::detail::greatest_common_divisor(da, db);
    wide_integer p = math::detail::magnitude(a.numerator) * (db / shared);
    wide_integer q = math::detail::magnitude(b.numerator) * (da / shared);
    if (!math::detail::scale_up(p, 10, a.exponent - low) || !math::detail::scale_up(q, 10, b.exponent - low)) return {};
    const wide_integer divisor = math::detail::greatest_common_divisor(p, q);
    if (p / divisor > most_digits || q / divisor > most_digits) return {};
    return math::detail::canonical(false, divisor, da / shared * db, low);
}

}  // namespace chainfold::canonical
