// SPDX-License-Identifier: BSL-1.0
#pragma once

// sigmoid of a double alone with AVX-512, by the table of e^x (exponential_table.hpp):
//
//     1 / (1 + e^-x) = c / (c + c e^-x),   c e^-x = 2^((n - 3)/16) e^r = S (1 + p),   r = -x - n ln(2) / 16,
//
// where c = 2^(-3/16 - 64) is rounded, and p makes up for that and for the rounding of S.  The sum is
// (S p + the smaller of S and c) + the larger of them.  With c = 2^-64 it would be just above a power of two where
// sigmoid is just below one, 1/2, and both the sum and the quotient would lose most.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential_table.hpp>

namespace chainfold::math::detail {

struct sigmoid_constants {
    static constexpr double shifter = sixteenths::shifter - 3;
    static constexpr double high = 0x1.62e42fefa39efp-5, low = 0x1.abc9e3b39803fp-60;  // ln(2) / 16
    static constexpr double common = 0x1.c199bdd85529cp-65, power = -64.1875, rest = 0x1.36eae30af0cb3p-56;
    static constexpr double lowest = -746, highest = 40;  // beyond: 0 and 1
};

/// 1 / (1 + e^-x), for a register of doubles.  Bounds that keep NaN take twice as long as one that does not: r, which
/// is needed later than n, has the former.
template <class V>
[[gnu::always_inline]] inline V sigmoid_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using k = sigmoid_constants;
    const V shifted = protect(k::shifter - limited(x, splat<V>(-k::lowest)) * sixteenths::in_one);
    const V n = protect(shifted - k::shifter);
    const V minus_r = plus_product(at_least<k::lowest>(at_most<k::highest>(x)), n, splat<V>(k::high));
    const V z = minus_r * minus_r;
    const V rest = (0x1.0000000000005p-1 - minus_r * 0x1.555555548f7adp-3) +
                   z * (z * 0x1.6c1839c0fbefcp-10 + (0x1.555555545fb51p-5 - minus_r * 0x1.11123aa80ec68p-7));
    const V lost = -(n * k::low + k::rest);
    const V late = (entry<V>(rests_of_roots, to_bits(shifted)) + lost) - lost * minus_r;
    const V power = protect(n * 0.0625 + k::power), c = splat<V>(k::common);
    const V scale = times_two_to(entry<V>(roots_of_two, to_bits(shifted)), power);
    const V early = scale * protect(late - minus_r) + bounded<false>(c, scale);  // S p, in two parts
    return quotient(c, protect(protect(scale * z) * rest + early) + bounded<true>(c, scale));
}

}  // namespace chainfold::math::detail
