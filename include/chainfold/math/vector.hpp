// SPDX-License-Identifier: BSL-1.0
#pragma once

// The compilers' own vector types. Arithmetic, comparison and `mask ? a : b` are the language's; this header
// adds the names by which a template can be written once for a scalar and for a vector of scalars.

#include <chainfold/math/inline.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

// A user's -ffast-math lets a compiler regroup sums and approximate quotients, which destroys error-free
// transformations. Clang is told so at the start of a function's body; g++ sees the barriers of protect(),
// below.
#if defined(__clang__)
#define CHAINFOLD_KEEP_ORDER _Pragma("clang fp reassociate(off)")
#else
#define CHAINFOLD_KEEP_ORDER
#endif

// A product and the sum that takes it, each the value of an operation of its own, may be one fused multiply-add. g++
// does that wherever it sees both; Clang within a statement, unless it is told at the start of both bodies. Where
// every build shall find the same bits, neither does (g++ by -ffp-contract=off).
#if defined(__clang__) && !defined(CHAINFOLD_SAME_BITS)
#define CHAINFOLD_CONTRACT _Pragma("clang fp contract(fast)")
#else
#define CHAINFOLD_CONTRACT
#endif

namespace chainfold::math {

namespace detail {

template <class T, int Lanes>
struct simd_type {
    static_assert(std::is_arithmetic_v<T> && Lanes > 0 && (Lanes & (Lanes - 1)) == 0);
    typedef T type __attribute__((vector_size(static_cast<std::size_t>(Lanes) * sizeof(T))));
};

template <int Bytes>
struct integer_of_size {
    using signed_type = std::int64_t;
    using unsigned_type = std::uint64_t;
};
template <>
struct integer_of_size<4> {
    using signed_type = std::int32_t;
    using unsigned_type = std::uint32_t;
};

template <class V>
struct traits {
    using scalar = V;
    using signed_type = typename integer_of_size<sizeof(V)>::signed_type;
    using unsigned_type = typename integer_of_size<sizeof(V)>::unsigned_type;
    static constexpr int lanes = 1;
    static constexpr bool is_vector = false;
};

template <class V>
    requires(!std::is_scalar_v<V> && requires(V v) { v[0]; })
struct traits<V> {
    using scalar = std::remove_cvref_t<decltype(std::declval<V&>()[0])>;
    static constexpr int lanes = static_cast<int>(sizeof(V) / sizeof(scalar));
    static constexpr bool is_vector = true;
    using integers = integer_of_size<sizeof(scalar)>;
    using signed_type = typename simd_type<typename integers::signed_type, lanes>::type;
    using unsigned_type = typename simd_type<typename integers::unsigned_type, lanes>::type;
};

}  // namespace detail

/// `Lanes` numbers of type T (float or double) in one register, or in as many as they need.
template <class T, int Lanes>
using simd = typename detail::simd_type<T, Lanes>::type;

template <class V>
using scalar_of = typename detail::traits<V>::scalar;
template <class V>
inline constexpr int lanes_of = detail::traits<V>::lanes;
template <class V>
inline constexpr bool is_simd = detail::traits<V>::is_vector;

/// Integers of the same width and count: masks, exponents, bit patterns.
template <class V>
using int_of = typename detail::traits<V>::signed_type;
template <class V>
using uint_of = typename detail::traits<V>::unsigned_type;

#if defined(__AVX512F__)
inline constexpr int native_bytes = 64;
#elif defined(__AVX__)
inline constexpr int native_bytes = 32;
#else
inline constexpr int native_bytes = 16;
#endif

/// The vector that fills one register.
template <class T>
using native_simd = simd<T, native_bytes / static_cast<int>(sizeof(T))>;

/// Every lane equal to s. (s - 0 is s for every s, -0 included; 0 + s is not.)
template <class V>
    requires(!is_simd<V>)
CHAINFOLD_INLINE constexpr V splat(scalar_of<V> s) {
    return s;
}
template <class V>
    requires(is_simd<V>)
CHAINFOLD_INLINE constexpr V splat(scalar_of<V> s) {
    return s - V{};
}

/// Two functions of one argument.
template <class V>
struct two_values {
    V first, second;
};

/// mask ? a : b, lane by lane.
template <class M, class V>
CHAINFOLD_INLINE constexpr V select(M mask, V a, V b) {
    return mask ? a : b;
}

/// v, computed as written: no sum or product may be regrouped across this point. Where regrouping is allowed
/// at all, g++ needs an empty asm: it has __builtin_assoc_barrier, but forgets it when it vectorises a loop,
/// and takes vectors apart for it.
template <class V>
CHAINFOLD_INLINE constexpr V protect(V v) {
#if !defined(__clang__) && (defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__))
    if (!std::is_constant_evaluated()) {
#if defined(__SSE2__)
        if constexpr (sizeof(V) <= native_bytes && !std::is_same_v<V, long double>) {
            asm("" : "+x"(v));
            return v;
        }
#endif
        asm("" : "+m"(v));
    }
#endif
    return v;
}

namespace detail {
/// Does a choice between lanes take one instruction and one cycle?
#if defined(__AVX512VL__)
template <class V>
inline constexpr bool has_masks = is_simd<V> && sizeof(V) >= 16 && sizeof(V) <= 64;
#else
template <class V>
inline constexpr bool has_masks = false;
#endif

/// The first lane.  (g++ 12 takes it from the upper sixteen registers through memory.)
template <class V>
CHAINFOLD_INLINE inline scalar_of<V> first_lane(V v) {
#if !defined(__clang__) && defined(__AVX512VL__)
    scalar_of<V> x;
    asm("" : "=v"(x) : "0"(v));
    return x;
#else
    return v[0];
#endif
}

/// f(x) for one number, computed in a register whose lanes all are x: what is done with its bits is done there, and not
/// in the processor's other half.  (For functions that do much with them.)
template <class T>
using lanes_of_one = simd<T, 16 / static_cast<int>(sizeof(T))>;
template <class T, class F>
CHAINFOLD_INLINE inline T in_lanes(T x, const F& f) {
    auto all = splat<lanes_of_one<T>>(x);
#if defined(__SSE2__) && !defined(__clang__)
    asm("" : "+x"(all));  // or g++ computes with the number, and fills a register with each result that needs one
#endif
    return first_lane(f(all));
}
/// The same where the other lanes may be any numbers, most often zeros: for functions without a way that is seldom
/// taken, to which 0 is an argument like others.  The number stands in a register already, which need not be filled.
template <class T, class F>
CHAINFOLD_INLINE inline T in_first_lane(T x, const F& f) {
#if defined(__SSE2__) && !defined(__clang__)
    lanes_of_one<T> all;
    asm("" : "=v"(all) : "0"(x));
    return first_lane(f(all));
#else
    return in_lanes(x, f);
#endif
}
}  // namespace detail

namespace detail {
/// Half the lanes, from lane First on.
template <int First, class V>
CHAINFOLD_INLINE constexpr auto half_of(V v) {
    return [v]<std::size_t... I>(std::index_sequence<I...>) CHAINFOLD_INLINE {
        return __builtin_shufflevector(v, v, (First + static_cast<int>(I))...);
    }(std::make_index_sequence<static_cast<std::size_t>(lanes_of<V>) / 2>{});
}
}  // namespace detail

/// Is any lane of the mask set?
template <class M>
CHAINFOLD_INLINE constexpr bool any(M mask) {
    if constexpr (!is_simd<M>) {
        return mask;
    } else {
        if (std::is_constant_evaluated()) {
            for (int i = 0; i < lanes_of<M>; ++i)
                if (mask[i]) return true;
            return false;
        }
        if constexpr (sizeof(M) <= 8) {
            using word = std::conditional_t<sizeof(M) == 8, std::uint64_t, std::uint32_t>;
            return std::bit_cast<word>(mask) != 0;
#if defined(__SSE2__)
        } else if constexpr (sizeof(M) == 16) {
            return __builtin_ia32_pmovmskb128(__builtin_bit_cast(simd<char, 16>, mask)) != 0;
#endif
#if defined(__AVX__)
        } else if constexpr (sizeof(M) == 32) {
            const auto bits = __builtin_bit_cast(simd<long long, 4>, mask);
            return __builtin_ia32_ptestz256(bits, bits) == 0;
#endif
        } else {
            return any(detail::half_of<0>(mask) | detail::half_of<lanes_of<M> / 2>(mask));
        }
    }
}

}  // namespace chainfold::math
