// SPDX-License-Identifier: BSL-1.0
// Products with exponentials that are one number cancel, and others do not.
#include <chainfold/transform/equal_products.hpp>

#include <array>
#include <cmath>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/transform/derivative.hpp>
#include <chainfold/transform/differentiate.hpp>

#include "../support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {

constexpr auto x = cf::input<"x">;
constexpr auto y = cf::input<"y">;
constexpr auto z = cf::input<"z">;
constexpr auto u = cf::input<"u", 3>;

/// Is it a number for the simplifier?
template <class E>
constexpr bool is_number(E) {
    cf::builder to(cf::simplification::simplify);
    const cf::handle root = cf::import_graph(to, cf::graph_of<E>().view())[0];
    return cf::simplification::split(root).is_number();
}
template <class E>
constexpr int nodes(E) {
    return cf::graph_of<E>().sizes.nodes;
}

static_assert(is_number(x * exp(y) * exp(z) - exp(y + z) * x));
static_assert(is_number(exp(x + y) / exp(y) - exp(2_c * x) * exp(-x)));
static_assert(is_number(exp(x * (y + z)) * z - z * exp(x * y) * exp(z * x)), "exponents are multiplied out");
static_assert(is_number(exp(square(x - y)) - exp(square(x)) * exp(square(y) - 2_c * x * y)));
static_assert(is_number(hadamard(exp(u), exp(x* u)) - exp((1_c + x) * u)), "entry by entry");
static_assert(is_number(-exp(x) + exp(x + y) * exp(-y)));
static_assert(is_number(x * exp(y) - exp(y + log(x))) &&
                  is_number(y * exp(x + 2_c * log(z / y)) - exp(x) * square(z) / y),
              "where there is a logarithm of x, x is positive");
static_assert(is_number(sqrt(x) * exp(sqrt(x) * sqrt(x)) / x - exp(x) / sqrt(x)));
static_assert(is_number(exp(square(y * sqrt(x))) - exp(square(y) * x)));

static_assert(!is_number(exp(x) * y - exp(x) * z) && !is_number(exp(x) - 2_c * exp(x + y) / exp(y)));
static_assert(!is_number(exp(x) * y + y * exp(x)) && !is_number(exp(x + 1_c) - exp(x)));
static_assert(!is_number(x * exp(y) - exp(y + 0.5_c * log(square(x)))), "the root of x² is |x|");
static_assert(!is_number(exp(sqrt(square(x))) - exp(x)));
static_assert(!is_number(x * exp(y) - exp(y) * x * 1.0000000001_c));

// Black and Scholes: s φ(d₁) = k e^(−rt) φ(d₂), so that delta is Φ(d₁) and gamma φ(d₁) / (s v √t).
constexpr auto s = cf::input<"s">;
constexpr auto k = cf::input<"k">;
constexpr auto r = cf::input<"r">;
constexpr auto q = cf::input<"q">;
constexpr auto v = cf::input<"v">;
constexpr auto t = cf::input<"t">;
constexpr auto price_with(auto deviation) {
    const auto d = (log(s / k) + (r - q + square(v) / 2_c) * t) / deviation;
    return s * exp(-q * t) * normal_cdf(d) - k * exp(-r * t) * normal_cdf(d - deviation);
}
constexpr auto price = price_with(v * sqrt(t));
constexpr auto delta = derivative(price, s);
constexpr auto same_price = price_with(sqrt(square(v) * t));
static_assert(nodes(delta) < nodes(price) && nodes(derivative(same_price, s)) < nodes(same_price));

}  // namespace

TEST_CASE("the derivatives of a price", "[transform]") {
    auto program = cf::compile<double>(delta, derivative(delta, s), derivative(price, v));
    const auto [by_s, by_s_s, by_v] = program(s = 100.0, k = 105.0, r = 0.03, q = 0.01, v = 0.25, t = 0.8);
    const double deviation = 0.25 * std::sqrt(0.8);
    const double d = (std::log(100 / 105.0) + (0.02 + 0.03125) * 0.8) / deviation, present = std::exp(-0.008);
    const double density = std::exp(-d * d / 2) / std::sqrt(2 * 3.14159265358979323846);
    CHECK(std::abs(by_s - present * std::erfc(-d / std::sqrt(2.0)) / 2) < 1e-15);
    CHECK(std::abs(by_s_s - present * density / (100 * deviation)) < 1e-16);
    CHECK(std::abs(by_v - 100 * present * density * std::sqrt(0.8)) < 1e-13);
}
TEST_CASE("too much to multiply out is left", "[transform]") {
    constexpr auto sum = square(square(square(square(x + y) + z) + x) + y);
    static_assert(!is_number(exp(square(sum)) * x - exp(sum * sum) * exp(z - z) * y));
    CHECK(nodes(sum) > 0);
}
