// SPDX-License-Identifier: BSL-1.0
#pragma once

// Exact constants: fractions times powers of ten, in which 0.1 and 1/3 are themselves. A fold that would not
// fit says so, and its caller keeps the operation instead.

#include <chainfold/math/root.hpp>

#include <compare>
#include <cstdint>
#include <limits>

namespace chainfold::math {

/// numerator / denominator · 10^exponent, in the one form that every value has: denominator > 0 and coprime
/// with 10 and with the numerator, numerator not divisible by 10; zero is {0, 1, 0}.
struct number {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    std::int32_t exponent = 0;
    friend constexpr bool operator==(const number&, const number&) = default;
};

/// The value, if exact; otherwise nothing to be used.
struct folded {
    number value;
    bool exact = false;
};

namespace detail {

constexpr std::uint64_t magnitude(std::int64_t n) {
    return n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
}

constexpr wide_integer greatest_common_divisor(wide_integer a, wide_integer b) {
    while (b != 0) {
        const wide_integer rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/// n · factor^times; false where it does not fit.
constexpr bool scale_up(wide_integer& n, unsigned factor, std::int64_t times) {
    if (n == 0) return true;
    for (; times > 0; --times) {
        if (__builtin_mul_overflow(n, wide_integer{factor}, &n)) return false;
    }
    return true;
}

/// ± n / d · 10^e brought to the form of a number.
constexpr folded canonical(bool negative, wide_integer n, wide_integer d, std::int64_t e) {
    if (d == 0) return {};
    if (n == 0) return {{}, true};
    const wide_integer common = greatest_common_divisor(n, d);
    n /= common;
    d /= common;
    for (; d % 10 == 0; d /= 10) --e;
    for (; d % 2 == 0; d /= 2, --e) {  // 1 / 2 = 5 / 10
        if (!scale_up(n, 5, 1)) return {};
    }
    for (; d % 5 == 0; d /= 5, --e) {
        if (!scale_up(n, 2, 1)) return {};
    }
    for (; n % 10 == 0; n /= 10) ++e;
    constexpr wide_integer most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t far = std::numeric_limits<std::int32_t>::max();
    if (n > most || d > most || e > far || e < -far) return {};
    const auto value = static_cast<std::int64_t>(n);
    return {{negative ? -value : value, static_cast<std::int64_t>(d), static_cast<std::int32_t>(e)}, true};
}

}  // namespace detail

constexpr bool is_zero(number a) { return a.numerator == 0; }
constexpr bool is_one(number a) { return a == number{1, 1, 0}; }
constexpr bool is_integer(number a) { return a.denominator == 1 && a.exponent >= 0; }
/// Not a finite decimal: printed as a quotient.
constexpr bool is_fraction(number a) { return a.denominator != 1; }
/// -1, 0 or 1.
constexpr int sign(number a) { return (a.numerator > 0) - (a.numerator < 0); }

/// Exact for every n but the lowest, whose magnitude has no room and which becomes the next.
constexpr number from_integer(std::int64_t n) {
    const std::int64_t lowest = -std::numeric_limits<std::int64_t>::max();
    return detail::canonical(n < 0, detail::magnitude(n < lowest ? lowest : n), 1, 0).value;
}

constexpr folded negate(number a) {
    a.numerator = -a.numerator;
    return {a, true};
}

constexpr folded add(number a, number b) {
    if (is_zero(a)) return {b, true};
    if (is_zero(b)) return {a, true};
    const std::int64_t low = a.exponent < b.exponent ? a.exponent : b.exponent;
    const auto da = static_cast<detail::wide_integer>(a.denominator);
    const auto db = static_cast<detail::wide_integer>(b.denominator);
    const detail::wide_integer common = detail::greatest_common_divisor(da, db);
    detail::wide_integer left = detail::magnitude(a.numerator) * (db / common);
    detail::wide_integer right = detail::magnitude(b.numerator) * (da / common);
    if (!detail::scale_up(left, 10, a.exponent - low)) return {};
    if (!detail::scale_up(right, 10, b.exponent - low)) return {};
    detail::wide_integer sum = left > right ? left - right : right - left;
    bool negative = left > right ? sign(a) < 0 : sign(b) < 0;
    if (sign(a) == sign(b)) {
        if (__builtin_add_overflow(left, right, &sum)) return {};
        negative = sign(a) < 0;
    }
    return detail::canonical(negative, sum, da / common * db, low);
}

constexpr folded subtract(number a, number b) { return add(a, negate(b).value); }

constexpr folded multiply(number a, number b) {
    const detail::wide_integer n = detail::magnitude(a.numerator);
    const auto d = static_cast<detail::wide_integer>(a.denominator);
    return detail::canonical(sign(a) * sign(b) < 0, n * detail::magnitude(b.numerator),
                             d * static_cast<std::uint64_t>(b.denominator), std::int64_t{a.exponent} + b.exponent);
}

/// The same, rounded to 18 digits where it has more of them.
constexpr folded multiply_rounded(number a, number b) {
    const folded whole = multiply(a, b);
    if (whole.exact || is_fraction(a) || is_fraction(b)) return whole;
    const detail::wide_integer n = static_cast<detail::wide_integer>(detail::magnitude(a.numerator)) *
                                   detail::magnitude(b.numerator);
    detail::wide_integer unit = 1;
    std::int64_t exponent = std::int64_t{a.exponent} + b.exponent;
    for (; n / unit >= 1'000'000'000'000'000'000u; unit *= 10) ++exponent;
    return detail::canonical(sign(a) * sign(b) < 0, (n + unit / 2) / unit, 1, exponent);
}

/// Not exact where b is zero.
constexpr folded divide(number a, number b) {
    const detail::wide_integer n = detail::magnitude(a.numerator);
    const auto d = static_cast<detail::wide_integer>(a.denominator);
    return detail::canonical(sign(a) * sign(b) < 0, n * static_cast<std::uint64_t>(b.denominator),
                             d * detail::magnitude(b.numerator), std::int64_t{a.exponent} - b.exponent);
}

/// a^n by squaring; a^0 = 1, and 0 to a negative power is not exact.
constexpr folded power(number a, int n) {
    if (n < 0) {
        const folded inverse = divide({1, 1, 0}, a);
        if (!inverse.exact || n == std::numeric_limits<int>::min()) return {};
        return power(inverse.value, -n);
    }
    folded result{{1, 1, 0}, true}, base{a, true};
    for (; n != 0 && result.exact; n >>= 1) {
        if (n & 1) result = base.exact ? multiply(result.value, base.value) : folded{};
        if (n > 1 && base.exact) base = multiply(base.value, base.value);
    }
    return result;
}

/// Exact for all numbers: a n_a d_b 10^(e_a - e_b) against n_b d_a, and 10^39 exceeds any of the products.
constexpr std::strong_ordering compare(number a, number b) {
    if (sign(a) != sign(b)) return sign(a) <=> sign(b);
    if (a == b) return std::strong_ordering::equal;
    if (sign(a) < 0) return compare(negate(b).value, negate(a).value);
    detail::wide_integer left = detail::magnitude(a.numerator), right = detail::magnitude(b.numerator);
    left *= static_cast<std::uint64_t>(b.denominator);
    right *= static_cast<std::uint64_t>(a.denominator);
    const std::int64_t difference = std::int64_t{a.exponent} - b.exponent;
    if (difference > 39 || !detail::scale_up(left, 10, difference)) return std::strong_ordering::greater;
    if (difference < -39 || !detail::scale_up(right, 10, -difference)) return std::strong_ordering::less;
    return left <=> right;
}

}  // namespace chainfold::math
