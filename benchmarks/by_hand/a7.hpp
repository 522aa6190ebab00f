// SPDX-License-Identifier: BSL-1.0
#pragma once

// A7: the price of a European call by Black and Scholes and its derivatives delta, gamma, vega, theta and rho, by hand:
// with s φ(d1) = k e^(-rt) φ(d2) one density serves all.

#include <cmath>

#include "double_math.hpp"

namespace by_hand::a7 {

struct input {
    double spot, strike, rate, volatility, time;
};
struct result {
    double price, delta, gamma, vega, theta, rho;
};

struct two_numbers {
    double first, second;
};
typedef double two __attribute__((vector_size(16)));

/// `cdfs` gives Φ(d1) and Φ(d2) from d1, d2 and e^(-d1²/2), e^(-d2²/2).
template <class Log, class Exp, class Cdfs>
[[gnu::always_inline]] inline result with(Log log_of, Exp exp_of, Cdfs cdfs, const input& in) {
    const double root = std::sqrt(in.time), deviation = in.volatility * root, inverse = 1 / deviation;
    const double d1 =
        (log_of(in.spot / in.strike) + (in.rate + 0.5 * in.volatility * in.volatility) * in.time) * inverse;
    const double d2 = d1 - deviation;
    const double present = in.strike * exp_of(-in.rate * in.time), density = exp_of(-0.5 * d1 * d1);
    const auto [delta, paid_for] = cdfs(d1, d2, density, density * in.spot / present);
    const double paid = present * paid_for;
    const double slope = density * 0.398942280401432678;
    result r;
    r.price = in.spot * delta - paid;
    r.delta = delta;
    r.gamma = slope * inverse / in.spot;
    r.vega = in.spot * slope * root;
    r.theta = -0.5 * r.vega * in.volatility / in.time - in.rate * paid;
    r.rho = in.time * paid;
    return r;
}

/// What most engineers write.
inline result standard_library(const input& in) {
    const auto cdf = [](double v) { return 0.5 * std::erfc(-v * 0.707106781186547524); };
    return with([](double v) { return std::log(v); }, [](double v) { return std::exp(v); },
                [&](double d1, double d2, double, double) { return two_numbers{cdf(d1), cdf(d2)}; }, in);
}

/// Φ(x) by Hart's quotient for |x| < 7.07, which takes e^(-x²/2) as it stands in the density.
template <class V>
[[gnu::always_inline]] inline V normal_cdf(V x, V density) {
    const V a = x < 0 ? -x : x, a2 = a * a, a4 = a2 * a2;
    const V p = (220.206867912376 + a * 221.213596169931) + a2 * (112.079291497871 + a * 33.912866078383) +
                     a4 * ((6.37396220353165 + a * 0.700383064443688) + a2 * 3.52624965998911e-2);
    const V q =
        (440.413735824752 + a * 793.826512519948) + a2 * (637.333633378831 + a * 296.564248779674) +
        a4 * ((86.7807322029461 + a * 16.064177579207) + a2 * (1.75566716318264 + a * 8.83883476483184e-2));
    const V tail = density * p / q;
    return x > 0 ? 1 - tail : tail;
}
inline result inlined(const input& in) {
    return with([](double v) __attribute__((always_inline)) { return log(v); },
                [](double v) __attribute__((always_inline)) { return exp(v); },
                [](double d1, double d2, double density1, double density2) __attribute__((always_inline)) {
                    return two_numbers{normal_cdf(d1, density1), normal_cdf(d2, density2)};
                },
                in);
}
/// Both values of Φ in one register.
inline result side_by_side(const input& in) {
    return with([](double v) __attribute__((always_inline)) { return log(v); },
                [](double v) __attribute__((always_inline)) { return exp(v); },
                [](double d1, double d2, double density1, double density2) __attribute__((always_inline)) {
                    const two both = normal_cdf(two{d1, d2}, two{density1, density2});
                    return two_numbers{both[0], both[1]};
                },
                in);
}
/// The first of these under -ffast-math.
result fast_math(const input& in);

}  // namespace by_hand::a7
