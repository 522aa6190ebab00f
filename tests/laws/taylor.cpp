// Taylor coefficients of every operation: those of forward mode, again and again.
#include <chainfold/transform/taylor_series.hpp>

#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

TEST_CASE("coefficient k of y(x + t v) is its k-th derivative by t over k!, to 1e-15", "[laws]") {
    const findings found = on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
        experiment e(s, at, rule, seed);
        const handle t = e.net.symbol(block<real>(scalar())), one = make_constant(e.net.graph, 1);
        std::vector<int> moved;
        for (std::size_t i = 0; i < e.x.size(); ++i) moved.push_back((e.x[i] + t * e.net.symbol(e.along_v[i])).id);
        handle y =
            make_node(e.net.graph, s.operation, moved.data(), static_cast<int>(moved.size()), at.result, at.parameter);
        constexpr int order = 4;
        const auto coefficients = cf::taylor_series(t, one, order)(y);
        std::vector<handle> derivatives{y};
        for (int k = 1; k <= order; ++k) derivatives.push_back(y = cf::forward_pass(y)(&t, &one, 1));
        const auto values = e.net.template evaluate<real>();
        real factorial = 1;
        for (int k = 0; k <= order; ++k) {
            const block<real> found_here = values[coefficients[k]];
            block<real> wanted = values[derivatives[static_cast<std::size_t>(k)]];
            for (real& entry : wanted.entries) entry /= factorial;
            all.compare(found_here, wanted, 1e-15L, 8 * (1 + largest(wanted)),
                        e.name() + ", order " + std::to_string(k));
            factorial *= static_cast<real>(k + 1);
        }
    });
    CAPTURE(found);
    CHECK(found.hold());
    CHECK(found.telling > found.compared / 3);
}

namespace {

/// The coefficients of a function of one variable at a point.
template <class F>
std::vector<real> coefficients_of(F f, real point, int order) {
    network net(cf::simplification::simplify);
    block<real> value(scalar());
    value[0] = point;
    const handle x = net.symbol(value), one = make_constant(net.graph, 1);
    const auto series = cf::taylor_series(x, one, order)(f(x));
    const auto values = net.evaluate<real>();
    std::vector<real> found;
    for (const handle& c : series) found.push_back(values[c][0]);
    return found;
}
/// Are they a(k), to 1e-15?
template <class F, class A>
findings known_series(F f, real point, A a) {
    findings found;
    const std::vector<real> c = coefficients_of(f, point, 12);
    for (std::size_t k = 0; k < c.size(); ++k)
        found.compare(c[k], a(static_cast<int>(k)), 1e-15L, std::max<real>(1, std::abs(a(static_cast<int>(k)))),
                      "coefficient " + std::to_string(k));
    return found;
}
real factorial(int n) { return n < 2 ? 1 : static_cast<real>(n) * factorial(n - 1); }

}  // namespace

TEST_CASE("famous series, to order 12", "[laws]") {
    const auto check = [](const findings& found) {
        CAPTURE(found);
        CHECK(found.hold());
    };
    check(known_series([](handle x) { return exp(x); }, 0, [](int k) { return 1 / factorial(k); }));
    check(known_series([](handle x) { return sin(x); }, 0,
                       [](int k) { return k % 2 == 0 ? 0 : (k % 4 == 1 ? 1 : -1) / factorial(k); }));
    check(known_series([](handle x) { return log(x); }, 1,
                       [](int k) { return k == 0 ? 0 : (k % 2 == 1 ? 1 : -1) / static_cast<real>(k); }));
    check(known_series([](handle x) { return reciprocal(1 - x); }, 0, [](int) { return real(1); }));
    check(known_series([](handle x) { return x / square(1 - x); }, 0, [](int k) { return static_cast<real>(k); }));
    // tanh x = x − x³/3 + 2x⁵/15 − 17x⁷/315 + 62x⁹/2835 − 1382x¹¹/155925 + …
    check(known_series([](handle x) { return tanh(x); }, 0,
                       [](int k) {
                           const real c[] = {
                               0, 1, 0, -1 / 3.0L, 0, 2 / 15.0L, 0, -17 / 315.0L, 0, 62 / 2835.0L, 0, -1382 / 155925.0L,
                               0};
                           return c[k];
                       }));
    // eˣ sin x = Σ 2^(k/2) sin(kπ/4) xᵏ / k!
    check(known_series([](handle x) { return sin(x) * exp(x); }, 0,
                       [](int k) {
                           return std::pow(2.0L, static_cast<real>(k) / 2) *
                                  std::sin(static_cast<real>(k) * std::acos(-1.0L) / 4) / factorial(k);
                       }));
    check(known_series([](handle x) { return cf::make_with<cf::power_op>(1 + x, -3, x.dims()); }, 0,
                       [](int k) { return (k % 2 == 0 ? 0.5L : -0.5L) * static_cast<real>((k + 1) * (k + 2)); }));
    check(known_series([](handle x) { return sqrt(1 + x); }, 0,
                       [](int k) {
                           real c = 1;
                           for (int i = 0; i < k; ++i) c *= (0.5L - static_cast<real>(i)) / static_cast<real>(i + 1);
                           return c;
                       }));
}
