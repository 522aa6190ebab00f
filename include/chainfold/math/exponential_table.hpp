// SPDX-License-Identifier: BSL-1.0
#pragma once

// e^x for double with AVX-512, whose registers hold a table, and for one or two doubles with fused multiply-adds:
//
//     e^x = 2^(n/16) e^r,   n = round(16 x / ln 2),   r = x - n ln(2) / 16,   |r| <= ln(2) / 32,
//
// where 2^(n/16) is 2^(j/16) of the table times 2^floor(n/16), and e^r - 1 needs half the terms that it needs without.

#include <chainfold/math/instructions.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math::detail {

/// 2^(j/16) = root (1 + rest), where root is rounded.
inline constexpr register_table<double> roots_of_two{
    {0x1p0, 0x1.0b5586cf9890fp0, 0x1.172b83c7d517bp0, 0x1.2387a6e756238p0, 0x1.306fe0a31b715p0, 0x1.3dea64c123422p0,
     0x1.4bfdad5362a27p0, 0x1.5ab07dd485429p0},
    {0x1.6a09e667f3bcdp0, 0x1.7a11473eb0187p0, 0x1.8ace5422aa0dbp0, 0x1.9c49182a3f09p0, 0x1.ae89f995ad3adp0,
     0x1.c199bdd85529cp0, 0x1.d5818dcfba487p0, 0x1.ea4afa2a490dap0}};
inline constexpr register_table<double> rests_of_roots{
    {0, 0x1.79aa65d837b6cp-54, -0x1.01b15eaa59348p-55, 0x1.68efde3a8a893p-54, 0x1.34d754db0abb6p-55,
     0x1.59f48a72a4c6cp-55, 0x1.690cebb7aafbp-56, 0x1.063e1e21c5409p-54},
    {-0x1.3b3efbf5e2229p-54, -0x1.b32dcb94da51dp-56, 0x1.db72fc1f0eab4p-55, 0x1.1affc2b91ce27p-56,
     0x1.c1a7792cb3386p-55, 0x1.36eae30af0cb3p-56, 0x1.4a385a63d07a7p-56, -0x1.ff7128fd391f1p-55}};

/// ln(2) / 16 in two parts, and its inverse; the last place of `shifter` is one.
struct sixteenths {
    static constexpr double in_one = 0x1.71547652b82fep4, shifter = 0x1.8p52;
    static constexpr double high = 0x1.62e42fefap-5, low = 0x1.cf79abc9e3b3ap-44;
};

/// r and n, and n in the low bits of `entry`.
template <class V>
struct sixteenth_remainder {
    V r, n;
    uint_of<V> entry;
};

/// For |x| < 2^10.
template <class V>
CHAINFOLD_INLINE inline sixteenth_remainder<V> reduce_by_sixteenths(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = sixteenths;
    const V shifted = protect(x * c::in_one + c::shifter), n = protect(shifted - c::shifter);
    return {protect(x - n * c::high) - n * c::low, n, to_bits(shifted)};
}

/// e^x = 2^floor(n / 16) root (1 + p), with n in the low bits of `entry`.
template <class V>
struct exponential_parts {
    V root, p, n;
    uint_of<V> entry;
};

/// e^x, rounded once. Without an instruction for it, 2^k is applied in halves: it may leave the range where the result
/// does not.
template <class V>
CHAINFOLD_INLINE inline V assemble_exp(const exponential_parts<V>& x) {
    CHAINFOLD_KEEP_ORDER
    if constexpr (has_instructions<V>) {
        return times_two_to(x.root * x.p + protect(x.root), x.n * 0.0625);
    } else {
        constexpr int shift = format<double>::mantissa_bits;
        const uint_of<V> k = x.entry >> 4, half = k >> 1;
        const V first = from_bits<V>(to_bits(x.root) + (half << shift));
        return protect(first * x.p + protect(first)) * from_bits<V>((k - half + format<double>::bias) << shift);
    }
}

/// With `Exactly`, p makes up for the rounding of root.
template <bool Exactly, lanes L, class V>
CHAINFOLD_INLINE inline exponential_parts<V> exponential_by_table(const sixteenth_remainder<V>& x) {
    CHAINFOLD_KEEP_ORDER
    const V r = x.r, z = r * r;
    const V last = z * 0x1.6c1839c0fbefcp-10 + (r * 0x1.11123aa80ec68p-7 + 0x1.555555545fb51p-5);
    V begin = r;
    if constexpr (Exactly) begin = begin + entry<V, L>(rests_of_roots, x.entry);
    begin = protect(z * (r * 0x1.555555548f7adp-3 + 0x1.0000000000005p-1) + begin);
    return {entry<V, L>(roots_of_two, x.entry), (z * z) * last + begin, x.n, x.entry};
}

}  // namespace chainfold::math::detail
