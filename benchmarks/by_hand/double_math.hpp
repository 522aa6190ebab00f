// SPDX-License-Identifier: BSL-1.0
#pragma once

// exp, log, sine and cosine as a specialist writes them for known formulas in double: inlined, for one number or for a
// vector of eight, without a case for arguments that the formula cannot have, and right to a few units in the last
// place instead of one.

#include <cstdint>
#include <cstring>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace by_hand {

typedef double eight __attribute__((vector_size(64)));
typedef double four __attribute__((vector_size(32)));
typedef std::uint64_t eight_words __attribute__((vector_size(64)));
typedef std::uint64_t four_words __attribute__((vector_size(32)));

template <class V>
struct words_of;
template <>
struct words_of<double> {
    using type = std::uint64_t;
};
template <>
struct words_of<four> {
    using type = four_words;
};
template <>
struct words_of<eight> {
    using type = eight_words;
};

template <class To, class From>
[[gnu::always_inline]] inline To bits_as(From from) {
    To to;
    static_assert(sizeof to == sizeof from);
    std::memcpy(&to, &from, sizeof to);
    return to;
}
template <class V>
[[gnu::always_inline]] inline V load(const double* from) {
    V v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
template <class V>
[[gnu::always_inline]] inline void store(double* to, V v) {
    std::memcpy(to, &v, sizeof v);
}

[[gnu::always_inline]] inline four lower(eight v) { return four{v[0], v[1], v[2], v[3]}; }
[[gnu::always_inline]] inline four upper(eight v) { return four{v[4], v[5], v[6], v[7]}; }
[[gnu::always_inline]] inline double total(four v) { return (v[0] + v[2]) + (v[1] + v[3]); }
[[gnu::always_inline]] inline double total(eight v) { return total(lower(v) + upper(v)); }
[[gnu::always_inline]] inline eight larger(eight a, eight b) { return a > b ? a : b; }
[[gnu::always_inline]] inline double larger(double a, double b) { return a > b ? a : b; }
[[gnu::always_inline]] inline double largest(eight v) {
    const four a = lower(v), b = upper(v), c = a > b ? a : b;
    return larger(larger(c[0], c[2]), larger(c[1], c[3]));
}

inline constexpr double shifter = 0x1.8p52;  // its last place is one

/// eˣ for |x| < 708.
template <class V>
[[gnu::always_inline]] inline V exp(V x) {
    using words = typename words_of<V>::type;
    const V shifted = x * 0x1.71547652b82fep+0 + shifter, n = shifted - shifter;
    const V r = (x - n * 0x1.62e42fefa3800p-1) - n * 0x1.ef35793c76730p-45, r2 = r * r, r4 = r2 * r2;
    const V low = (r * 0x1.5555555553ae3p-3 + 0.5) + r2 * (r * 0x1.1111111c77e34p-7 + 0x1.5555555554c85p-5);
    const V high = (r * 0x1.a019acb2a9bc6p-13 + 0x1.6c16c173b02b1p-10) +
                   r2 * (r * 0x1.72c879a9bdb2fp-19 + 0x1.a019c904f8a7cp-16) + r4 * 0x1.28811f0d38072p-22;
    const V p = (low + r4 * high) * r2 + r;
    const V scale = bits_as<V>((bits_as<words>(shifted) << 52) + bits_as<std::uint64_t>(1.0));
    return scale * p + scale;
}

#if defined(__AVX512F__)
/// The same, with 2^(j/16) from a table that stands in two registers: a shorter polynomial.
[[gnu::always_inline]] inline eight exp(eight x) {
    // the bits of 2^(j/16), less j · 2^48, which the exponent's shift brings along
    constexpr std::uint64_t table[16] = {
        0x3ff0000000000000, 0x3fefb5586cf9890f, 0x3fef72b83c7d517b, 0x3fef387a6e756238,
        0x3fef06fe0a31b715, 0x3feedea64c123422, 0x3feebfdad5362a27, 0x3feeab07dd485429,
        0x3feea09e667f3bcd, 0x3feea11473eb0187, 0x3feeace5422aa0db, 0x3feec49182a3f090,
        0x3feee89f995ad3ad, 0x3fef199bdd85529c, 0x3fef5818dcfba487, 0x3fefa4afa2a490da};
    const eight shifted = x * 0x1.71547652b82fep+4 + shifter, n = shifted - shifter;
    const eight r = (x - n * 0x1.62e42fefa0000p-5) - n * 0x1.cf79abc9e3b3ap-44, r2 = r * r;
    const eight p =
        (r * 0x1.5555555516dd1p-5 + 0x1.55555554d864cp-3) + r2 * (r * 0x1.6c17c057d3d84p-10 + 0x1.11120ffce45e0p-7);
    const eight q = (p * r + 0.5) * r2 + r;
    const auto index = bits_as<__m512i>(shifted);
    const auto part = bits_as<eight_words>(
        _mm512_permutex2var_epi64(_mm512_loadu_si512(table), index, _mm512_loadu_si512(table + 8)));
    const eight scale = bits_as<eight>(part + (bits_as<eight_words>(shifted) << 48));
    return scale * q + scale;
}
#endif

/// ln x for positive normal x.
template <class V>
[[gnu::always_inline]] inline V log(V x) {
    using words = typename words_of<V>::type;
    constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000, integer = 0x4330000000000000;
    const words bits = bits_as<words>(x), biased = (bits + (one - sqrt_half)) >> 52;  // k + 1023
    const V k = bits_as<V>(biased | integer) - (0x1p52 + 1023);
    const V f = bits_as<V>(bits + one - (biased << 52)) - 1;
    const V s = f / (f + 2), z = s * s, z2 = z * z;
    const V p = (z * 0x1.9999999b8b7f5p-2 + 0x1.55555555553b3p-1) +
                z2 * ((z * 0x1.c71fd224b1b59p-3 + 0x1.24924624bca3ap-2) +
                      z2 * (z * 0x1.5477d36339bfdp-3 + 0x1.7381f4c17c676p-3));
    return k * 0x1.62e42fefa3800p-1 + (s * (z * p + 2) + k * 0x1.ef35793c76730p-45);
}

struct sine_and_cosine {
    double sine, cosine;
};

/// For |x| < 10⁶.
[[gnu::always_inline]] inline sine_and_cosine sincos(double x) {
    const double shifted = x * 0x1.45f306dc9c883p-1 + shifter, n = shifted - shifter;
    const double r = ((x - n * 0x1.921fb54400000p+0) - n * 0x1.0b4611a600000p-34) - n * 0x1.3198a2e037073p-69;
    const double z = r * r, z2 = z * z;
    const double s = r + r * z *
                             ((z * 0x1.1111111110ba5p-7 - 0x1.5555555555555p-3) +
                              z2 * ((z * 0x1.71de379252004p-19 - 0x1.a01a019e80693p-13) +
                                    z2 * (z * 0x1.5e098556d302ep-33 - 0x1.ae60069e53ef1p-26)));
    const double c =
        (1 - z * 0.5) + z2 * ((z * -0x1.6c16c16b5fdb7p-10 + 0x1.5555555555434p-5) +
                              z2 * ((z * -0x1.27e25ca05d2bep-22 + 0x1.a019ff501e5c1p-16) + z2 * 0x1.1c808728603bbp-29));
    const std::uint64_t quadrant = bits_as<std::uint64_t>(shifted);
    const double a = quadrant & 1 ? c : s, b = quadrant & 1 ? s : c;
    return {bits_as<double>(bits_as<std::uint64_t>(a) ^ ((quadrant & 2) << 62)),
            bits_as<double>(bits_as<std::uint64_t>(b) ^ (((quadrant + 1) & 2) << 62))};
}

}  // namespace by_hand
