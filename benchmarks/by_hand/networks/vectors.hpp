// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the specialist writes first: vectors, sums over their lanes, and e^x, tanh and sigmoid for them, with the usual
// few ulp and no care for what does not occur here.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace by_hand {

// Written for AVX-512.  Elsewhere it compiles, but a specialist for that machine would write other code.
inline constexpr int vector_bytes = 64;
template <class T>
inline constexpr int native_lanes = vector_bytes / static_cast<int>(sizeof(T));

template <class T, int Lanes>
struct vector_of {
    typedef T type __attribute__((vector_size(Lanes * sizeof(T))));
};
template <class T>
struct vector_of<T, 1> {
    using type = T;
};
template <class T, int Lanes>
using vec = typename vector_of<T, Lanes>::type;

template <class V>
struct traits {
    using scalar = std::remove_cvref_t<decltype(std::declval<V&>()[0])>;
    static constexpr int lanes = static_cast<int>(sizeof(V) / sizeof(scalar));
};
template <class T>
    requires std::is_arithmetic_v<T>
struct traits<T> {
    using scalar = T;
    static constexpr int lanes = 1;
};

#define INLINE [[gnu::always_inline]] inline
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 64")
#endif

template <class V, class T>
INLINE V load(const T* from) {
    V v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
template <class V, class T>
INLINE void store(T* to, V v) {
    std::memcpy(to, &v, sizeof v);
}
template <class V, class T>
INLINE V all(T value) {
    return value - V{};  // (a sum would remain: it turns −0 into 0)
}

/// The first Count lanes from memory, zero in the others; nothing behind them is read.
template <class V, int Count, class T>
INLINE V load_first(const T* from) {
#if defined(__AVX512F__)
    if constexpr (sizeof(V) == 64 && sizeof(T) == 4)
        return reinterpret_cast<V>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << Count) - 1), from));
#endif
    V v{};
    UNROLL
    for (int i = 0; i < Count; ++i) v[i] = from[i];
    return v;
}

// ---- Sums over lanes -----------------------------------------------------------------------------------------------

namespace detail {
// Two vectors interleaved in blocks, their halves added: what halves the number of vectors in a sum over lanes.
template <int Half, class V, std::size_t... I>
INLINE V add_halves(V a, V b, std::index_sequence<I...>) {
    constexpr int n = traits<V>::lanes;
    // lane i of the result is for a if bit `Half` of i is 0, else for b
    const V first = __builtin_shufflevector(
        a, b, ((static_cast<int>(I) & Half) == 0 ? static_cast<int>(I) : n + (static_cast<int>(I) ^ Half))...);
    const V second = __builtin_shufflevector(
        a, b, ((static_cast<int>(I) & Half) == 0 ? static_cast<int>(I) ^ Half : n + static_cast<int>(I))...);
    return first + second;
}
}  // namespace detail

template <class V>
INLINE auto halves_added(V v) {
    using half = vec<typename traits<V>::scalar, traits<V>::lanes / 2>;
    half parts[2];
    std::memcpy(parts, &v, sizeof v);
    return parts[0] + parts[1];
}

/// Lane i of the result is the sum over the lanes of rows[i]; Count is a power of two, not more than there are lanes.
template <int Count, class V, int Left = Count>
INLINE auto sums_of_rows(V* rows) {
    if constexpr (Left > 1) {
        constexpr int half = Left / 2;
        UNROLL
        for (int i = 0; i < half; ++i)
            rows[i] = detail::add_halves<half>(rows[i], rows[i + half], std::make_index_sequence<traits<V>::lanes>{});
        return sums_of_rows<Count, V, half>(rows);
    } else if constexpr (traits<V>::lanes > Count) {
        auto folded = halves_added(rows[0]);
        return sums_of_rows<Count, decltype(folded), 1>(&folded);
    } else {
        return rows[0];
    }
}

template <class V>
INLINE auto sum_of_lanes(V v) {
    if constexpr (traits<V>::lanes == 2)
        return v[0] + v[1];
    else
        return sum_of_lanes(halves_added(v));
}
template <class V>
INLINE auto highest_of_lanes(V v) {
    constexpr int n = traits<V>::lanes;
    if constexpr (n == 2) {
        return v[0] > v[1] ? v[0] : v[1];
    } else {
        using half = vec<typename traits<V>::scalar, n / 2>;
        half parts[2];
        std::memcpy(parts, &v, sizeof v);
        return highest_of_lanes(parts[0] > parts[1] ? parts[0] : parts[1]);
    }
}

// ---- Functions -----------------------------------------------------------------------------------------------------

template <class V>
INLINE V quotient(V a, V b) {
#if defined(__AVX512F__)
    if constexpr (sizeof(V) == 64 && std::is_same_v<typename traits<V>::scalar, float>) {
        const V r = reinterpret_cast<V>(_mm512_maskz_rcp14_ps(static_cast<__mmask16>(-1), reinterpret_cast<__m512>(b)));
        return a * (r * (2.0f - b * r));  // one step of Newton's: half an ulp worse than a division, and faster
    }
#endif
    return a / b;
}

/// Between −87 and 88, or −700 and 700.
template <class V>
INLINE V exp(V x) {
    using T = typename traits<V>::scalar;
    if constexpr (std::is_same_v<T, float>) {
        typedef std::int32_t bits __attribute__((vector_size(sizeof(V))));
        x = x > 88.0f ? all<V>(88.0f) : x < -87.0f ? all<V>(-87.0f) : x;
        const V shifted = x * 1.44269504f + 12582912.0f, n = shifted - 12582912.0f;
        const V r = x - n * 0.693359375f + n * 2.12194440e-4f, r2 = r * r;
        const V p = ((r * 1.9875691500e-4f + 1.3981999507e-3f) * r2 + (r * 8.3334519073e-3f + 4.1665795894e-2f)) * r2 +
                    (r * 1.6666665459e-1f + 5.0000001201e-1f);
        const V e = p * r2 + (r + 1.0f);
        return reinterpret_cast<V>(reinterpret_cast<bits>(e) + (reinterpret_cast<bits>(shifted) << 23));
    } else {
        typedef std::int64_t bits __attribute__((vector_size(sizeof(V))));
        x = x > 700.0 ? all<V>(700.0) : x < -700.0 ? all<V>(-700.0) : x;
        const V shifted = x * 1.4426950408889634 + 6755399441055744.0, n = shifted - 6755399441055744.0;
        const V r = x - n * 6.93147180369123816490e-01 - n * 1.90821492927058770002e-10;
        const V r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
        const V low = (r * (1.0 / 6) + 0.5) * r2 + (r + 1.0),
                middle = (r * (1.0 / 5040) + 1.0 / 720) * r2 + (r * (1.0 / 120) + 1.0 / 24);
        const V high = (r * (1.0 / 39916800) + 1.0 / 3628800) * r2 + (r * (1.0 / 362880) + 1.0 / 40320);
        const V e = high * r8 + (middle * r4 + low);
        return reinterpret_cast<V>(reinterpret_cast<bits>(e) + (reinterpret_cast<bits>(shifted) << 52));
    }
}

/// For floats Eigen's quotient of polynomials of degree 13 and 6.
template <class V>
INLINE V tanh(V x) {
    if constexpr (std::is_same_v<typename traits<V>::scalar, double>) {
        const V e = exp(x * 2.0);
        return (e - 1.0) / (e + 1.0);
    } else {
        x = x > 7.90531110763549805f    ? all<V>(7.90531110763549805f)
            : x < -7.90531110763549805f ? all<V>(-7.90531110763549805f)
                                        : x;
        const V z = x * x, z2 = z * z, z4 = z2 * z2;
        const V p = ((z * 2.00018790482477e-13f + -8.60467152213735e-11f) + z2 * -2.76076847742355e-16f) * z4 +
                    (z * 5.12229709037114e-08f + 1.48572235717979e-05f) * z2 +
                    (z * 6.37261928875436e-04f + 4.89352455891786e-03f);
        const V q = (z * 1.19825839466702e-06f + 1.18534705686654e-04f) * z2 +
                    (z * 2.26843463243900e-03f + 4.89352518554385e-03f);
        return quotient(x * p, q);
    }
}

template <class V>
INLINE V sigmoid(V x) {
    using T = typename traits<V>::scalar;
    if constexpr (std::is_same_v<T, float>)
        return tanh(x * 0.5f) * 0.5f + 0.5f;
    else
        return quotient(all<V>(T(1)), exp(-x) + T(1));
}

}  // namespace by_hand
