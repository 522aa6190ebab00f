// SPDX-License-Identifier: BSL-1.0
#pragma once

// How far a function is from the truth, in units of the last place, and whether vectors agree with scalars.

#include <chainfold/math/vector.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

namespace accuracy {

namespace math = chainfold::math;

/// Is there NaN, infinity and gradual underflow? With -ffast-math the user says that there is none of the first two, and
/// the processor takes denormal numbers for zero.
#if defined(__FAST_MATH__)
inline constexpr bool all_numbers = false;
#else
inline constexpr bool all_numbers = true;
#endif

/// A function of <cmath>, called through a pointer: -ffast-math would take instructions that are less accurate.
template <double F(double), long double G(long double)>
struct truth {
    double operator()(double x) const { return of_double(x); }
    long double operator()(long double x) const { return of_long_double(x); }

private:
    static inline double (*volatile of_double)(double) = F;
    static inline long double (*volatile of_long_double)(long double) = G;
};
inline constexpr truth<::exp, ::expl> true_exp{};
inline constexpr truth<::expm1, ::expm1l> true_expm1{};
inline constexpr truth<::log, ::logl> true_log{};
inline constexpr truth<::log1p, ::log1pl> true_log1p{};
inline constexpr truth<::sin, ::sinl> true_sin{};
inline constexpr truth<::cos, ::cosl> true_cos{};
inline constexpr truth<::tanh, ::tanhl> true_tanh{};
inline constexpr truth<::erf, ::erfl> true_erf{};
inline constexpr truth<::erfc, ::erfcl> true_erfc{};
inline constexpr auto true_sigmoid = [](auto x) {
    return x < 0 ? true_exp(x) / (1 + true_exp(x)) : 1 / (1 + true_exp(-x));
};
inline constexpr auto true_softplus = [](auto x) { return (x > 0 ? x : 0) + true_log1p(true_exp(-std::fabs(x))); };

/// |got - want| in units of the last place that T has at want.
template <class T>
double ulp(T got, long double want) {
    if (want != want) return got != got ? 0 : 1e30;
    if (got == static_cast<T>(want)) return 0;
    constexpr T largest = std::numeric_limits<T>::max();
    if (!(std::fabs(got) <= largest) || !(std::fabs(static_cast<T>(want)) <= largest)) return 1e30;
    int exponent = 0;
    std::frexp(want, &exponent);
    exponent = std::max(exponent, std::numeric_limits<T>::min_exponent);
    const long double place = std::ldexp(1.0L, exponent - std::numeric_limits<T>::digits);
    return static_cast<double>(std::fabs(static_cast<long double>(got) - want) / place);
}

/// Arguments spread evenly over [low, high].
template <class T>
std::vector<T> even(double low, double high, int count = 4096) {
    std::vector<T> x;
    for (int i = 0; i < count; ++i) x.push_back(static_cast<T>(low + (high - low) * i / (count - 1)));
    return x;
}

/// Random arguments of either sign whose magnitudes are spread evenly over the powers of two given.
template <class T>
std::vector<T> spread(double low, double high, bool both_signs = true, int count = 4096) {
    if (!all_numbers) low = std::max<double>(low, std::numeric_limits<T>::min_exponent + 8);
    std::mt19937_64 random(42);
    std::uniform_real_distribution<double> exponent(low, high);
    std::vector<T> x;
    for (int i = 0; i < count; ++i) {
        const T magnitude = static_cast<T>(std::exp2(static_cast<long double>(exponent(random))));
        x.push_back(both_signs && i % 2 != 0 ? -magnitude : magnitude);
    }
    return x;
}

/// The largest error of f against g, through scalars.
template <class T, class F, class G>
double worst(const std::vector<T>& xs, F f, G g) {
    double result = 0;
    for (const T x : xs) result = std::max(result, ulp<T>(f(x), g(static_cast<long double>(x))));
    return result;
}

template <class T>
bool same_bits(T a, T b) {
    return std::memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

/// How many results differ between vectors of `Lanes` and scalars: in their bits, or, where the compiler may
/// fuse multiplications and additions differently in the two, by more than two places.
template <int Lanes, class T, class F>
int differences(const std::vector<T>& xs, F f) {
    using V = math::simd<T, Lanes>;
    int count = 0;
    for (std::size_t i = 0; i + Lanes <= xs.size(); i += Lanes) {
        V v;
        std::memcpy(&v, xs.data() + i, sizeof v);
        const V y = f(v);
        for (int j = 0; j < Lanes; ++j) {
            const T alone = f(xs[i + static_cast<std::size_t>(j)]), lane = y[j];
#if defined(__FMA__) || defined(__FAST_MATH__)
            count += !same_bits(alone, lane) && !(ulp<T>(alone, static_cast<long double>(lane)) <= 4);
#else
            count += !same_bits(alone, lane);
#endif
        }
    }
    return count;
}

/// The same for the register's width, and below it.
template <class T, class F>
int differences(const std::vector<T>& xs, F f) {
    constexpr int lanes = math::native_bytes / static_cast<int>(sizeof(T));
    return differences<lanes>(xs, f) + (lanes > 2 ? differences<lanes / 2>(xs, f) : 0);
}

}  // namespace accuracy
