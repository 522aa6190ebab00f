// SPDX-License-Identifier: BSL-1.0
#pragma once

// Exact constants from the characters of a literal, and back to text.

#include <chainfold/math/number_fold.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace chainfold::math {

enum class parse_error : unsigned char {
    none,
    malformed,         // not a decimal integer or decimal fraction
    not_decimal,       // hexadecimal, binary or octal
    too_many_digits,   // the significant digits do not fit 63 bits: 18 always do
    exponent_too_far,  // a power of ten beyond ±99999
};

struct parsed {
    number value;
    parse_error error = parse_error::none;
    bool ok = false;
};

/// "2", "0.5", ".5", "5.", "1e-3", "1'000", and any of them after a minus sign. Not a moment is spent on
/// rounding: the digits are the numerator, trailing zeros and the point's place the exponent.
constexpr parsed parse(std::string_view text) {
    const auto failed = [](parse_error why) { return parsed{{}, why, false}; };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const char prefix = text.size() > 1 && text[0] == '0' ? text[1] : '0';
    if (prefix == 'x' || prefix == 'X' || prefix == 'b' || prefix == 'B') {
        return failed(parse_error::not_decimal);
    }
    std::uint64_t digits = 0;
    std::int64_t exponent = 0, zeros = 0;  // zeros: seen since the last other digit
    bool point = false, any_digit = false, overflow = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !point) {
            point = true;
        } else if (c == '\'' && i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1])) {
            continue;
        } else if (is_digit(c)) {
            any_digit = true;
            exponent -= point;
            if (c == '0') {
                zeros += digits != 0;
                continue;
            }
            for (++zeros; zeros > 0; --zeros) {
                overflow |= __builtin_mul_overflow(digits, std::uint64_t{10}, &digits);
            }
            overflow |= __builtin_add_overflow(digits, static_cast<std::uint64_t>(c - '0'), &digits);
        } else {
            break;
        }
    }
    if (!any_digit) return failed(parse_error::malformed);
    const bool octal = i == text.size() && !point && text.size() > 1 && text[0] == '0';
    if (octal) return failed(parse_error::not_decimal);
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E') return failed(parse_error::malformed);
        ++i;
        const bool down = i < text.size() && text[i] == '-';
        if (down || (i < text.size() && text[i] == '+')) ++i;
        if (i == text.size()) return failed(parse_error::malformed);
        std::int64_t power = 0;
        for (; i < text.size(); ++i) {
            if (text[i] == '\'' && is_digit(text[i - 1]) && i + 1 < text.size()) continue;
            if (!is_digit(text[i])) return failed(parse_error::malformed);
            power = power > 99999 ? power : power * 10 + (text[i] - '0');
        }
        if (power > 99999) return failed(parse_error::exponent_too_far);
        exponent += down ? -power : power;
    }
    if (overflow || digits > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return failed(parse_error::too_many_digits);
    }
    const folded value = detail::canonical(negative, digits, 1, exponent + zeros);
    return {value.value, value.exact ? parse_error::none : parse_error::exponent_too_far, value.exact};
}

/// For the characters of a literal: `template <char... C> … operator""_c()`.
template <char... Characters>
constexpr parsed parse_number() {
    constexpr char text[] = {Characters..., '\0'};
    return parse(std::string_view{text, sizeof...(Characters)});
}

/// No printed number is longer.
inline constexpr int longest_number = 64;

namespace detail {

constexpr int print_integer(std::uint64_t n, char* out) {
    char reversed[20]{};
    int count = 0;
    do {
        reversed[count++] = static_cast<char>('0' + n % 10);
        n /= 10;
    } while (n != 0);
    for (int i = 0; i < count; ++i) out[i] = reversed[count - 1 - i];
    return count;
}

/// digits · 10^exponent. Plain if that takes at most six places on either side of the point, or only the
/// digits themselves with the first of them near the point; else d.ddde±n.
constexpr int print_decimal(std::uint64_t value, std::int32_t exponent, char* out) {
    char digits[20]{};
    const int count = print_integer(value, digits);
    const int lead = count - 1 + exponent;  // the first digit's power of ten
    const int before = lead < 0 ? 1 : lead + 1, after = exponent < 0 ? -exponent : 0;
    const bool short_enough = before <= 6 && after <= 6;
    const bool by_itself = exponent <= 0 && lead >= -5 && lead <= 18;
    char* p = out;
    if (value == 0 || short_enough || by_itself) {
        for (int place = before - 1; place >= -after; --place) {
            if (place == -1) *p++ = '.';
            const int i = lead - place;
            *p++ = i >= 0 && i < count ? digits[i] : '0';
        }
    } else {
        *p++ = digits[0];
        if (count > 1) *p++ = '.';
        for (int i = 1; i < count; ++i) *p++ = digits[i];
        *p++ = 'e';
        if (lead < 0) *p++ = '-';
        p += print_integer(magnitude(lead), p);
    }
    return static_cast<int>(p - out);
}

}  // namespace detail

/// Writes a to `out`, without a terminator, and returns the length, at most longest_number. "2", "0.5", "-3",
/// "1e300"; fractions as "1 / 3". Text without a slash parses back to the same number.
constexpr int print(number a, char* out) {
    char* p = out;
    if (a.numerator < 0) *p++ = '-';
    detail::wide_integer n = detail::magnitude(a.numerator), d = detail::magnitude(a.denominator);
    std::int32_t e = a.exponent;
    if (is_fraction(a) && e >= -18 && e <= 18) {  // 5 / 3 · 10^-1 is 1 / 6
        detail::scale_up(e > 0 ? n : d, 10, e > 0 ? e : -e);
        const detail::wide_integer common = detail::greatest_common_divisor(n, d);
        constexpr detail::wide_integer most = std::numeric_limits<std::int64_t>::max();
        if (n / common <= most && d / common <= most) {
            n /= common, d /= common, e = 0;
        } else {
            n = detail::magnitude(a.numerator), d = detail::magnitude(a.denominator);
        }
    }
    p += detail::print_decimal(static_cast<std::uint64_t>(n), e, p);
    if (is_fraction(a)) {
        for (const char c : {' ', '/', ' '}) *p++ = c;
        p += detail::print_integer(static_cast<std::uint64_t>(d), p);
    }
    return static_cast<int>(p - out);
}

}  // namespace chainfold::math
