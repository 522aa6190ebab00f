// SPDX-License-Identifier: BSL-1.0
#pragma once

// tanh, sigmoid and softplus, each without a difference that loses digits. tanh ends in a quotient anyway, so its
// exponential may be one too:
//
//     e^2r = (u + r) / (u - r),   u = r coth r = 1 + r²/3 - …,
//
// which takes half the terms of e^2r itself, as u is even.
//
// tanh:      2|x| = n ln 2 + 2r, where n is 0 up to |x| = 0.55. There tanh x = r / u; beyond, at most half is taken
//            away: tanh |x| = 1 - 2 (u - r) / (2^n (u + r) + (u - r)).
//            For float with AVX-512 it is shorter by tables (tanh_table.hpp).
// sigmoid:   c / ((s + c) + s (e^r - 1)), where c e^-x = s e^r, s = c 2^n. s + c, s r and s r² are computed while what
//            e^r - 1 ends in is waited for; c keeps all of it finite, and is no power of two, so that the sum's last
//            place is not largest beside its size where the quotient's is. For float there is a c with which s + c
//            loses little for every n (errors of at most 1.98 places, all numbers); for double what is lost is added
//            again. Fused multiply-adds have little to wait for: there c is a power of two, the sum (s p + c) + s.
//            With AVX-512 it is shorter by tables (sigmoid_table.hpp).
// softplus:  max(x, 0) + log(1 + e^-|x|), or x / 2 + log(2 cosh(x / 2)) where |x| < 1, by polynomials.
//
// Nothing here computes with infinity, which -ffast-math would be free to turn into NaN; but for lanes that are not
// chosen.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/sigmoid_table.hpp>
#include <chainfold/math/tanh_table.hpp>

namespace chainfold::math {

namespace detail {

template <class T>
struct activation_constants;

template <>
struct activation_constants<float> {
    static constexpr float tanh_is_one = 9.1f;  // tanh x rounds to 1 from here on
    static constexpr int offset = 40;           // c = 1.65625 2^-offset, for sigmoid
    static constexpr float far = 40;            // larger |x| are seldom, and s is within the exponents for others
};
template <>
struct activation_constants<double> {
    static constexpr double tanh_is_one = 19.2;
    static constexpr int offset = 64;
    static constexpr double far = 600;
};
template <>
struct activation_constants<long double> {
    static constexpr long double tanh_is_one = 23;
    static constexpr int offset = exp_constants<long double>::wide ? 128 : 64;
};

/// Is a product with a sum one operation?
#if defined(__FMA__) && !defined(CHAINFOLD_SAME_BITS)
inline constexpr bool fuses_products = true;
#else
inline constexpr bool fuses_products = false;
#endif

/// c 2^k for sigmoid, from 2^(k - offset).
template <class T>
inline constexpr T significand_of_c = T(1.65625);
template <class V>
CHAINFOLD_INLINE constexpr V times_significand_of_c(V power) {
    using T = scalar_of<V>;
    if constexpr (has_bits<T>)
        return from_bits<V>(to_bits(power) + (to_bits(significand_of_c<T>) - to_bits(T(1))));
    else
        return power * significand_of_c<T>;
}

/// (r coth r - 1) / r² for z = r², r <= 0.55.
template <class V>
CHAINFOLD_INLINE constexpr V coth_rest(V z) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return polynomial(z, 0x1.5554fcp-2f, -0x1.6bafe4p-6f, 0x1.0472fep-9f);
    } else if constexpr (std::is_same_v<T, double>) {
        return polynomial(z, 0x1.5555555555512p-2, -0x1.6c16c16c041c5p-6, 0x1.1566abb1fe6e4p-9, -0x1.bbd76ef88fe6fp-13,
                          0x1.66a6e726a6664p-16, -0x1.2243b8e8d6169p-19, 0x1.cebdd20eac7fbp-23, -0x1.3273e1ae6953ep-26);
    } else {
        return polynomial(z, 0x1.555555555555554ep-2L, -0x1.6c16c16c16c13908p-6L, 0x1.1566abc0111c9f3ap-9L,
                          -0x1.bbd779330e0845b2p-13L, 0x1.66a8f2aa6b190f1ep-16L, -0x1.228059264164e22p-19L,
                          0x1.d6da104d24f628dep-23L, -0x1.7d8c7bbdea44f8e6p-26L, 0x1.33fad96580bc2222p-29L,
                          -0x1.dce1c8783e42ef7p-33L, 0x1.15a4bcafb91ff19cp-36L);
    }
}

/// (log(2 cosh(x / 2)) - log 2) / x² for z = x² <= 1.
template <class V>
CHAINFOLD_INLINE constexpr V log_cosh_rest(V z) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return polynomial(z, 0x1.ffffep-4f, -0x1.55418cp-8f, 0x1.6841b6p-12f, -0x1.6d97dcp-16f);
    } else if constexpr (std::is_same_v<T, double>) {
        return polynomial(z, 0x1.fffffffffff7cp-4, -0x1.555555554088dp-8, 0x1.6c16c159f315cp-12, -0x1.ba1b99f57b307p-16,
                          0x1.1ea4e215d0236p-19, -0x1.831a0352dd2b4p-23, 0x1.0b6a06181cfafp-26, -0x1.6633f0f86bd99p-30,
                          0x1.637a6391ea9b9p-34);
    } else {
        return polynomial(z, 0x1.fffffffffffffff6p-4L, -0x1.5555555555552bdap-8L, 0x1.6c16c16c168365f8p-12L,
                          -0x1.ba1ba1b9ed16d9c8p-16L, 0x1.1ea5d3918f5631cp-19L, -0x1.833d999de7fadf68p-23L,
                          0x1.0d0b0dc1679987bap-26L, -0x1.7d9a85e2884d809cp-30L, 0x1.12947a0e96518d8ep-33L,
                          -0x1.8b1f1717dff1479cp-37L, 0x1.08b11121eb856966p-40L, -0x1.ea4320bbaed5a10ap-45L);
    }
}

/// (e - log(1 + e)) / e² for 0 <= e <= exp(-1).
template <class V>
CHAINFOLD_INLINE constexpr V log1p_rest(V e) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return polynomial(e, 0x1.ffffc6p-2f, -0x1.5548f4p-2f, 0x1.fe33e6p-3f, -0x1.89ec1ap-3f, 0x1.0d0e22p-3f,
                          -0x1.b75e26p-5f);
    } else if constexpr (std::is_same_v<T, double>) {
        return polynomial(e, 0x1.ffffffffffdd8p-2, -0x1.5555555537b45p-2, 0x1.ffffffee318d7p-3, -0x1.999996e61fb63p-3,
                          0x1.55551741c275cp-3, -0x1.248eafe842511p-3, 0x1.ffb754a4c7e9cp-4, -0x1.c519202dd09dcp-4,
                          0x1.8f649791910f1p-4, -0x1.4f1039c00b7d6p-4, 0x1.e6145504464cap-5, -0x1.0131fed518476p-5,
                          0x1.1a700cb610269p-7);
    } else {
        return polynomial(e, 0x1.ffffffffffffff94p-2L, -0x1.555555555554bb8cp-2L, 0x1.ffffffffff66cd0cp-3L,
                          -0x1.9999999972b6b3d6p-3L, 0x1.5555554f691ab32p-3L, -0x1.2492488ca023edfp-3L,
                          0x1.ffffeac4102a5eb4p-4L, -0x1.c71b5e83ac738fc2p-4L, 0x1.998f3afa9a19079ap-4L,
                          -0x1.741160d751d2b00cp-4L, 0x1.53ae305ddad1eb86p-4L, -0x1.33f7258b0032f74ap-4L,
                          0x1.0cfbdd8107741736p-4L, -0x1.a9b48ba54f385368p-5L, 0x1.13e46a4c7f2988f2p-5L,
                          -0x1.f3e79f572ab68cbp-7L, 0x1.cab8c81728a95476p-9L);
    }
}

/// Is any |x| larger than a constant?  (Of one number by its bits, for the registers of the other half are those that
/// functions wait for; NaN is larger then.)
template <auto Far, class V>
CHAINFOLD_INLINE inline bool is_beyond(V x) {
    if constexpr (is_simd<V>)
        return any(abs(x) > Far);
    else
        return to_bits(x) << 1 > to_bits(scalar_of<V>(Far)) << 1;
}

}  // namespace detail

/// tanh x.
template <class V>
CHAINFOLD_INLINE constexpr V tanh(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (x != x) return x;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_first_lane(x, [](auto v) CHAINFOLD_INLINE { return tanh(v); });
        }
    }
    if constexpr (detail::has_instructions<V> && std::is_same_v<T, float>) {
        if (!std::is_constant_evaluated()) return detail::tanh_by_table(x);
    }
    // n need not be the nearest integer: the larger x is, the less r matters
    constexpr T slope = T(1.5L / 0.55L), half_ln2 = T(0.34657359027997265471L);
    constexpr T shifter = detail::exp_constants<T>::shifter + detail::bias<T>;
    const V t = detail::at_most<detail::activation_constants<T>::tanh_is_one>(abs(x));
    const V shifted = detail::at_least<shifter>(protect(t * slope + (shifter - 1)));
    const V r = t - protect(shifted - shifter) * half_ln2, z = r * r;
    const V u = z * detail::coth_rest(z) + 1, scale = detail::scale_at_once(shifted);  // 2^n
    const V beyond = detail::at_most<T(1)>(scale - 1);                                 // 0 or 1
    const V below = u * (scale + 1) + r * (scale - 1);
    return with_sign_of(detail::quotient(r - u * beyond, below) * 2 + beyond, x);
}

/// 1 / (1 + e^-x).
template <class V>
CHAINFOLD_INLINE constexpr V sigmoid(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = detail::exp_constants<T>;
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) return x;
    }
    constexpr int offset = detail::activation_constants<T>::offset;
    constexpr T common = detail::times_significand_of_c(detail::two_to<T>(-offset));
    const auto quotient_at = [](V v) CHAINFOLD_INLINE {
        if (!std::is_constant_evaluated()) {
            const auto by_table = [](auto w) CHAINFOLD_INLINE { return detail::sigmoid_by_table(w); };
            if constexpr (detail::has_instructions<V> || detail::finds_in_memory<V>)
                return by_table(v);
            else if constexpr (!is_simd<V> && detail::has_bits<T> && detail::has_instructions<detail::lanes_of_one<T>>)
                return detail::in_first_lane(v, by_table);
        }
        const auto part = detail::reduce_by_ln2<detail::bias<T> - offset>(-v);
        if constexpr (detail::fuses_products) {  // few operations are worth more than few that wait
            const V scale = detail::scale_at_once(part.shifted);
            constexpr T power = detail::two_to<T>(-offset);
            const V below = protect(scale * detail::expm1_polynomial(part.remainder) + power) + scale;
            return detail::quotient(splat<V>(power), below);
        }
        const auto rest = detail::exp_rest_in_two(part.remainder);
        const V scale = detail::times_significand_of_c(detail::scale_at_once(part.shifted));
        const V first = scale * part.remainder, second = first * part.remainder;
        const V sum = protect(scale + common);
        V late = second * rest.first;
        if constexpr (std::is_same_v<T, double>) late = protect(late + (common - protect(sum - scale)));
        late = protect(second * rest.factor * rest.second + late);
        return detail::quotient(splat<V>(common), sum + protect(late + first));
    };
    const auto bounded = [](V v) CHAINFOLD_INLINE {
        return detail::at_most<-c::minus_one>(detail::at_least<c::lowest>(v));
    };
    // An end that is chosen last is waited for less than a bound that comes first.  An end that is seldom, as among few
    // numbers it is, need not be waited for at all.
    if constexpr (detail::has_masks<V> && sizeof(V) > 16) {
        if (!std::is_constant_evaluated())
            return select(x > -c::minus_one, splat<V>(1), select(x < c::lowest, V{}, quotient_at(x)));
    } else if constexpr (detail::has_bits<T>) {
        if (!std::is_constant_evaluated()) {
            if (detail::is_beyond<detail::activation_constants<T>::far>(x)) [[unlikely]]
                x = bounded(x);
            return quotient_at(x);
        }
    }
    return quotient_at(bounded(x));
}

/// log(1 + e^x).
template <class V>
CHAINFOLD_INLINE constexpr V softplus(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = detail::exp_constants<T>;
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (x != x) return x;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_first_lane(x, [](auto v) CHAINFOLD_INLINE { return softplus(v); });
        }
    }
    const V t = detail::at_least<c::lowest>(-abs(x)), z = t * t;
    const auto part = detail::reduce_by_ln2<2 * detail::bias<T>>(t);
    const detail::scaling<V> scale = detail::scale_in_halves(part.shifted);
    const V p = protect(detail::expm1_polynomial(part.remainder));  // e^-|x| = 2^n (1 + p), rounded last
    const V e = protect(p * scale.first + scale.first) * scale.second;
    const V rest = protect(p - (p + 1) * protect(e * detail::log1p_rest(e)));
    const V far = select(x > 0, x, splat<V>(0)) + protect(rest * scale.first + scale.first) * scale.second;
    const V near = protect(x * T(0.5) + c::ln2_high) + protect(z * detail::log_cosh_rest(z) + c::ln2_low);
    return select(t > -1, near, far);
}

}  // namespace chainfold::math
