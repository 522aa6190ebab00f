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

template <class Log, class Exp, class Cdf>
[[gnu::always_inline]] inline result with(Log log_of, Exp exp_of, Cdf cdf, const input& in) {
    const double root = std::sqrt(in.time), deviation = in.volatility * root, inverse = 1 / deviation;
    const double d1 =
        (log_of(in.spot / in.strike) + (in.rate + 0.5 * in.volatility * in.volatility) * in.time) * inverse;
    const double d2 = d1 - deviation;
    const double present = in.strike * exp_of(-in.rate * in.time), density = exp_of(-0.5 * d1 * d1);
    const double delta = cdf(d1, density), paid = present * cdf(d2, density * in.spot / present);
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
    return with([](double v) { return std::log(v); }, [](double v) { return std::exp(v); },
                [](double v, double) { return 0.5 * std::erfc(-v * 0.707106781186547524); }, in);
}

/// Φ(x) by Hart's quotient for |x| < 7.07, which takes e^(-x²/2) as it stands in the density.
[[gnu::always_inline]] inline double normal_cdf(double x, double density) {
    const double a = x < 0 ? -x : x, a2 = a * a, a4 = a2 * a2;
    const double p = (220.206867912376 + a * 221.213596169931) + a2 * (112.079291497871 + a * 33.912866078383) +
                     a4 * ((6.37396220353165 + a * 0.700383064443688) + a2 * 3.52624965998911e-2);
    const double q =
        (440.413735824752 + a * 793.826512519948) + a2 * (637.333633378831 + a * 296.564248779674) +
        a4 * ((86.7807322029461 + a * 16.064177579207) + a2 * (1.75566716318264 + a * 8.83883476483184e-2));
    const double tail = density * p / q;
    return x > 0 ? 1 - tail : tail;
}
inline result inlined(const input& in) {
    return with([](double v) __attribute__((always_inline)) { return log(v); },
                [](double v) __attribute__((always_inline)) { return exp(v); }, normal_cdf, in);
}
/// The first of these under -ffast-math.
result fast_math(const input& in);

}  // namespace by_hand::a7
