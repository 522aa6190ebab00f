// SPDX-License-Identifier: BSL-1.0
#pragma once

// The floating-point value of an exact constant, rounded once, to nearest, ties to even.
//
// Where numerator, denominator and the power of ten are all representable, one operation of T is right
// (Clinger). Otherwise the quotient is developed bit by bit in integers as long as it needs: with A / B in
// [1, 2) · 2^E, as many bits as T has at that exponent; what remains, against half a place, decides the
// rounding.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/bits.hpp>
#include <chainfold/math/number_fold.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

namespace detail {

template <int Words>
struct big_integer {
    std::uint64_t words[Words]{};
    int size = 1;

    explicit constexpr big_integer(std::uint64_t value) { words[0] = value; }

    constexpr void multiply(std::uint64_t factor) {
        std::uint64_t carry = 0;
        for (int i = 0; i < size; ++i) {
            const wide_integer product = static_cast<wide_integer>(words[i]) * factor + carry;
            words[i] = static_cast<std::uint64_t>(product);
            carry = static_cast<std::uint64_t>(product >> 64);
        }
        if (carry != 0) words[size++] = carry;
    }
    constexpr void multiply_by_power_of_five(int n) {
        for (; n >= 27; n -= 27) multiply(7450580596923828125u);  // 5^27 < 2^63
        std::uint64_t rest = 1;
        for (; n > 0; --n) rest *= 5;
        multiply(rest);
    }
    constexpr int bits() const { return 64 * size - std::countl_zero(words[size - 1]); }
    constexpr void shift_up(int n) {
        const int whole = n / 64, part = n % 64;
        if (whole > 0) {
            for (int i = size - 1; i >= 0; --i) words[i + whole] = words[i];
            for (int i = 0; i < whole; ++i) words[i] = 0;
            size += whole;
        }
        multiply(std::uint64_t{1} << part);
    }
    /// -1, 0 or 1 as *this is less than, equal to or greater than other.
    constexpr int against(const big_integer& other) const {
        if (size != other.size) return size < other.size ? -1 : 1;
        for (int i = size - 1; i >= 0; --i) {
            if (words[i] != other.words[i]) return words[i] < other.words[i] ? -1 : 1;
        }
        return 0;
    }
    /// *this -= other, which is not larger.
    constexpr void subtract(const big_integer& other) {
        std::uint64_t borrow = 0;
        for (int i = 0; i < size; ++i) {  // other's words beyond its size are zero
            const wide_integer rest = static_cast<wide_integer>(words[i]) - other.words[i] - borrow;
            words[i] = static_cast<std::uint64_t>(rest);
            borrow = static_cast<std::uint64_t>(rest >> 64) & 1;
        }
        while (size > 1 && words[size - 1] == 0) --size;
    }
};

/// m / d · 10^e, not zero.
template <class T>
constexpr T round_exactly(std::uint64_t m, std::uint64_t d, std::int32_t e) {
    using limits = std::numeric_limits<T>;
    constexpr int far = limits::max_exponent10 + 40;  // beyond, even 2^63 / 1 and 1 / 2^63 leave the range
    if (e > far) return infinity<T>;
    if (e < -far) return 0;
    big_integer<(far * 7 / 3 + 128) / 64 + 2> a(m), b(d);
    a.multiply_by_power_of_five(e > 0 ? e : 0);
    b.multiply_by_power_of_five(e < 0 ? -e : 0);
    int exponent = a.bits() - b.bits();
    exponent > 0 ? b.shift_up(exponent) : a.shift_up(-exponent);
    if (a.against(b) < 0) a.shift_up(1), --exponent;
    exponent += e;  // 10^e = 5^e 2^e
    const int missing = limits::min_exponent - 1 - exponent;
    const int count = digits_of<T> - (missing > 0 ? missing : 0);
    if (exponent >= limits::max_exponent) return infinity<T>;
    if (count < 0) return 0;
    std::uint64_t q = 0;
    for (int i = 0; i < count; ++i) {
        const bool bit = a.against(b) >= 0;
        if (bit) a.subtract(b);
        q = 2 * q + bit;
        a.shift_up(1);
    }
    const int rest = a.against(b);
    int place = exponent - count + 1;
    if (rest > 0 || (rest == 0 && (q & 1) != 0)) {
        ++q;
        const bool carried = digits_of<T> == 64 ? q == 0 : q >> (digits_of<T> % 64) != 0;
        if (carried) {
            q = std::uint64_t{1} << (digits_of<T> - 1);
            ++place;
            if (exponent + 1 >= limits::max_exponent) return infinity<T>;
        }
    }
    return static_cast<T>(q) * two_to<T>(place);
}

}  // namespace detail

/// The T nearest to a; infinity where that is beyond the range.
template <class T>
constexpr T to(number a) {
    constexpr int digits = detail::digits_of<T>;
    constexpr int exact_power = digits >= 64 ? 27 : digits >= 53 ? 22 : 10;  // 5^n fits
    constexpr std::uint64_t exact = digits >= 64 ? ~std::uint64_t{0} : std::uint64_t{1} << (digits % 64);
    if (a.numerator == 0) return 0;
    const std::uint64_t m = detail::magnitude(a.numerator), d = detail::magnitude(a.denominator);
    const int e = a.exponent, size = e < 0 ? -e : e;
    T value = 0;
    if (m <= exact && d <= exact && (size == 0 || (d == 1 && size <= exact_power))) {
        T ten_power = 1;
        for (int i = 0; i < size; ++i) ten_power *= 10;
        const T top = protect(static_cast<T>(m)), bottom = protect(e < 0 ? ten_power : static_cast<T>(d));
        value = e > 0 ? top * ten_power : detail::quotient(top, bottom);
    } else {
        value = detail::round_exactly<T>(m, d, a.exponent);
    }
    return a.numerator < 0 ? -value : value;
}

}  // namespace chainfold::math
