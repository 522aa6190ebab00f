// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the algorithms need to know of a floating-point format, and the few moves that read or write its bits.
// float and double are taken apart by std::bit_cast; long double, whose bits a constant expression cannot
// see, by exact multiplications. Clang counts statements against the limit of a constant expression: hence
// few.

#include <chainfold/math/vector.hpp>

#include <bit>
#include <cstdint>
#include <limits>

namespace chainfold::math::detail {

template <class T>
struct format;  // only what has visible bits: float and double

template <>
struct format<float> {
    static constexpr int mantissa_bits = 23;
    static constexpr std::uint32_t bias = 127;
    static constexpr std::uint32_t infinity = 0x7f800000u;
    static constexpr std::uint32_t sign = 0x80000000u;
    static constexpr std::uint32_t three_quarters = 0x3f400000u;
    static constexpr std::uint32_t integer = 0x4b000000u;  // 2^23: the last place is one
};

template <>
struct format<double> {
    static constexpr int mantissa_bits = 52;
    static constexpr std::uint64_t bias = 1023;
    static constexpr std::uint64_t infinity = 0x7ff0000000000000u;
    static constexpr std::uint64_t sign = 0x8000000000000000u;
    static constexpr std::uint64_t three_quarters = 0x3fe8000000000000u;
    static constexpr std::uint64_t integer = 0x4330000000000000u;
};

template <class T>
inline constexpr bool has_bits = std::is_same_v<T, float> || std::is_same_v<T, double>;

/// What is added to an exponent where its bits are visible.
template <class T>
inline constexpr int bias = 0;
template <>
inline constexpr int bias<float> = format<float>::bias;
template <>
inline constexpr int bias<double> = format<double>::bias;

/// Written by their bits, because -ffast-math makes compilers warn of the named ones.
template <class T>
inline constexpr T infinity = static_cast<T>(std::bit_cast<double>(std::uint64_t{0x7ff0000000000000u}));
template <class T>
inline constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();
template <>
inline constexpr float not_a_number<float> = std::bit_cast<float>(0x7fc00000u);
template <>
inline constexpr double not_a_number<double> = std::bit_cast<double>(std::uint64_t{0x7ff8000000000000u});

template <class V>
CHAINFOLD_INLINE constexpr uint_of<V> to_bits(V v) {
    return __builtin_bit_cast(uint_of<V>, v);
}
template <class V>
CHAINFOLD_INLINE constexpr V from_bits(uint_of<V> u) {
    return __builtin_bit_cast(V, u);
}

/// Larger ? max(limit, x) : min(limit, x); x where it is NaN. For vectors g++ 12 would compare and blend.
template <bool Larger, class V>
CHAINFOLD_INLINE constexpr V bounded(V limit, V x) {
#if !defined(__clang__)
    if constexpr (is_simd<V>) {
        [[maybe_unused]] constexpr bool is_float = std::is_same_v<scalar_of<V>, float>;
#if defined(__AVX512F__)
        constexpr auto all = static_cast<signed char>(-1);
        if constexpr (sizeof(V) == 64 && is_float) {
            return Larger ? __builtin_ia32_maxps512_mask(limit, x, x, static_cast<short>(-1), 4)
                          : __builtin_ia32_minps512_mask(limit, x, x, static_cast<short>(-1), 4);
        } else if constexpr (sizeof(V) == 64) {
            return Larger ? __builtin_ia32_maxpd512_mask(limit, x, x, all, 4)
                          : __builtin_ia32_minpd512_mask(limit, x, x, all, 4);
        }
#endif
#if defined(__AVX__)
        if constexpr (sizeof(V) == 32 && is_float) {
            return Larger ? __builtin_ia32_maxps256(limit, x) : __builtin_ia32_minps256(limit, x);
        } else if constexpr (sizeof(V) == 32) {
            return Larger ? __builtin_ia32_maxpd256(limit, x) : __builtin_ia32_minpd256(limit, x);
        }
#endif
#if defined(__SSE2__)
        if constexpr (sizeof(V) == 16 && is_float) {
            return Larger ? __builtin_ia32_maxps(limit, x) : __builtin_ia32_minps(limit, x);
        } else if constexpr (sizeof(V) == 16) {
            return Larger ? __builtin_ia32_maxpd(limit, x) : __builtin_ia32_minpd(limit, x);
        }
#endif
    }
#endif
    if constexpr (Larger) {
        return x < limit ? limit : x;
    } else {
        return x > limit ? limit : x;
    }
}

/// The smaller of x and a constant; NaN stays.
template <auto Highest, class V>
CHAINFOLD_INLINE constexpr V at_most(V x) {
    return bounded<false>(splat<V>(Highest), x);
}

/// The larger of x and a constant; NaN stays.
template <auto Lowest, class V>
CHAINFOLD_INLINE constexpr V at_least(V x) {
    return bounded<true>(splat<V>(Lowest), x);
}

/// c_0 + c_1 x + … + c_n x^n. Pairs, fours and, where there are many, eights are summed side by side, so that a result is
/// waited for half as long as by Horner's rule, or less.
template <class V, class T>
CHAINFOLD_INLINE constexpr V polynomial(V, T c0) {
    return splat<V>(c0);
}
template <class V, class T>
CHAINFOLD_INLINE constexpr V polynomial(V x, T c0, T c1) {
    return x * c1 + c0;
}
template <class V, class T>
CHAINFOLD_INLINE constexpr V polynomial(V x, T c0, T c1, T c2) {
    return (x * c2 + c1) * x + c0;
}
template <class V, class T, class... More>
constexpr V long_polynomial(V x, T c0, T c1, T c2, T c3, T c4, T c5, T c6, T c7, More... more);
template <class V, class T, class... More>
CHAINFOLD_INLINE constexpr V polynomial(V x, T c0, T c1, T c2, T c3, More... more) {
    if constexpr (sizeof...(More) == 0) {
        return (x * c3 + c2) * (x * x) + (x * c1 + c0);
    } else if constexpr (sizeof...(More) <= 2) {
        return polynomial(x, c2, c3, more...) * (x * x) + (x * c1 + c0);
    } else if constexpr (sizeof...(More) <= 8) {
        return polynomial(x, more...) * ((x * x) * (x * x)) + polynomial(x, c0, c1, c2, c3);
    } else {
        return long_polynomial(x, c0, c1, c2, c3, more...);
    }
}
template <class V, class T, class... More>
CHAINFOLD_INLINE constexpr V long_polynomial(V x, T c0, T c1, T c2, T c3, T c4, T c5, T c6, T c7, More... more) {
    const V square = x * x, fourth = square * square;
    return polynomial(x, more...) * (fourth * fourth) + polynomial(x, c0, c1, c2, c3, c4, c5, c6, c7);
}

/// 2^k, exactly, for every k whose power T can hold.
template <class T>
constexpr T two_to(int k) {
    T power = 1;
    T base = k < 0 ? T(0.5) : T(2);
    for (int n = k < 0 ? -k : k; n != 0; n >>= 1) {
        power = n & 1 ? power * base : power;
        base = n > 1 ? base * base : base;
    }
    return power;
}

/// x = significand · 2^exponent, where the significand is an integer whose highest bit is digits - 1.
struct parts {
    std::uint64_t significand;
    int exponent;
};

template <class T>
inline constexpr int digits_of = std::numeric_limits<T>::digits < 64 ? std::numeric_limits<T>::digits : 64;

/// x = m · 2^k with m in [1, 2), for positive finite x.
template <class T>
struct normalised {
    T m;
    int k;
};
template <class T>
constexpr normalised<T> normalise(T x) {
    constexpr int largest = std::bit_floor(static_cast<unsigned>(std::numeric_limits<T>::max_exponent - 1));
    int k = 0;
    if (x < 1) {
        for (int step = largest; step != 0; step >>= 1) {
            for (const T scale = two_to<T>(step); x * scale < 2; k -= step) x *= scale;
        }
    } else {
        for (int step = largest; step != 0; step >>= 1) {
            const T scale = two_to<T>(-step);
            if (x * scale >= 1) x *= scale, k += step;
        }
    }
    return {x, k};
}

template <class T>
constexpr parts take_apart(T x) {
    if constexpr (has_bits<T>) {
        constexpr int shift = format<T>::mantissa_bits;
        const std::uint64_t bits = to_bits(x);
        const std::uint64_t field = bits & ((std::uint64_t{1} << shift) - 1);
        const int biased = static_cast<int>(bits >> shift);
        constexpr int lowest = 1 - static_cast<int>(format<T>::bias) - shift;
        if (biased != 0) return {field | (std::uint64_t{1} << shift), biased - 1 + lowest};
        const int up = std::countl_zero(field) - (63 - shift);
        return {field << up, lowest - up};
    } else {
        const auto [m, k] = normalise(x);
        return {static_cast<std::uint64_t>(m * two_to<T>(digits_of<T> - 1)), k - (digits_of<T> - 1)};
    }
}

}  // namespace chainfold::math::detail
