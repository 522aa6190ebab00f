// SPDX-License-Identifier: BSL-1.0
// A9: ADBench's Gaussian mixture, 25 components in 10 dimensions, 1000 observations: its value and 1650 derivatives.
// Written for one observation; the batch gives the mean, from which n times the logarithm is the sum.
#include <chainfold/chainfold.hpp>

#include <span>
#include <utility>

#include "by_hand/a9_plain.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a9;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto x = cf::input<"x", 10>;
constexpr auto alpha = cf::parameter<"alpha", 25>;
constexpr auto mean = cf::parameter<"mean", 25, 10>;
constexpr auto icf = cf::parameter<"icf", 25, 55>;

template <std::size_t K>
constexpr auto exponent() {
    constexpr auto diagonal = slice<0, 10>(row<K>(icf));
    constexpr auto below = slice<10, 45>(row<K>(icf));
    constexpr auto z = x - row<K>(mean);
    constexpr auto y = hadamard(exp(diagonal), z) + unpack_lower(below) * z;
    return element<K>(alpha) + sum(diagonal) - 0.5_c * squared_norm(y);
}
template <std::size_t K>
constexpr auto prior() {
    return squared_norm(exp(slice<0, 10>(row<K>(icf)))) + squared_norm(slice<10, 45>(row<K>(icf)));
}
template <std::size_t... K>
constexpr auto objective(std::index_sequence<K...>) {
    return 1000_c * (log_sum_exp(stack(exponent<K>()...)) - log_sum_exp(alpha)) + 0.5_c * sum(stack(prior<K>()...));
}
constexpr auto loss = objective(std::make_index_sequence<25>{});

struct inlined {
    [[gnu::always_inline]] static by_hand::eight exp(by_hand::eight v) { return by_hand::exp(v); }
    [[gnu::always_inline]] static by_hand::eight log(by_hand::eight v) { return by_hand::log(v); }
};

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(value_and_gradient(loss, alpha, mean, icf));
    static hand::input in;
    const auto wave = [](int i, double f) { return std::sin(f * i + 0.001 * i * i); };
    for (int k = 0; k < 25; ++k) {
        in.alpha[k] = 0.5 * wave(k, 0.9);
        for (int j = 0; j < 10; ++j) in.mean[k][j] = wave(10 * k + j, 1.3);
        for (int j = 0; j < 55; ++j) in.icf[k][j] = 0.3 * wave(55 * k + j, 0.7);
    }
    for (int s = 0; s < 1000; ++s)
        for (int j = 0; j < 10; ++j) in.x[s][j] = 1.5 * wave(10 * s + j, 1.1);
    const auto call = [&] {
        return program(x = cf::batch(std::span<const double>(in.x[0], 10000)), alpha = in.alpha,
                       mean = std::span<const double, 250>(in.mean[0], 250),
                       icf = std::span<const double, 1375>(in.icf[0], 1375));
    };

    equality equal;
    contest c({.name = "A9", .what = "gradient", .size = "d 10, K 25, n 1000", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&] {
        unknown(in);
        keep(*call().gradient.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        static hand::result result;
        f(in, result);
        const auto r = call();
        equal.require(style, result.alpha, r.gradient.data(), 25, 1e-11);
        equal.require(style, result.mean[0], r.gradient.data() + 25, 250, 1e-11);
        equal.require(style, result.icf[0], r.gradient.data() + 275, 1375, 1e-11);
        equal.require(style, &result.value, &r.value, 1, 1e-12);
        c.add(k, style, [f] {
            unknown(in);
            f(in, result);
            keep(result);
        });
    };
    rival(kind::by_hand, "vector extensions", hand::in_vectors<inlined>);
#if defined(BY_HAND_LIBMVEC)
    struct called {
        static by_hand::eight exp(by_hand::eight v) { return by_hand::libmvec::exp(v); }
        static by_hand::eight log(by_hand::eight v) { return by_hand::libmvec::log(v); }
    };
    rival(kind::by_hand, "libmvec", hand::in_vectors<called>);
#endif
    rival(kind::by_hand, "-ffast-math", hand::fast_math);
    rival(kind::standard_library, "", hand::standard_library);
    c.run();
    return equal.exit_code();
}
