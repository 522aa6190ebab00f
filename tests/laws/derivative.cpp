// First derivatives of every operation: against the complex step, against differences, adjoint against
// tangent.
#include "laws/derivative_law.hpp"
#include "support/catch.hpp"

using namespace laws;

TEST_CASE("reverse_pass gives the complex step's derivative, in long double to 1e-16", "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            experiment e(s, at, rule, seed);
            complex_step_law<real>(e, reverse(e.y, e.u, e.x), 1e-16L, all);
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("reverse_pass gives the complex step's derivative, in double to 1e-13", "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            experiment e(s, at, rule, seed);
            complex_step_law<double>(e, reverse(e.y, e.u, e.x), 1e-13L, all);
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("reverse_pass gives the derivative of the interpreter's values, by differences to 1e-12",
          "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            experiment e(s, at, rule, seed);
            difference_law(e, reverse(e.y, e.u, e.x), 1e-12L, all);
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("adjoint and tangent agree: <v, J'u> = <J v, u>, and reverse over reverse is J v", "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            experiment e(s, at, rule, seed);
            adjoint_law(e, reverse, 1e-16L, all);
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("the derivative by a condition is zero", "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            experiment e(s, at, rule, seed);
            const auto gradient = reverse(e.y, e.u, e.x);
            const auto values = e.net.evaluate<real>();
            for (std::size_t i = 0; i < static_cast<std::size_t>(at.conditions); ++i)
                all.compare(values[gradient[i]], block<real>(e.point[i].dims), 0, 0, e.name());
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("no operation passes because there was nothing to see", "[laws]") {
    for (const subject& s : subjects()) {
        findings found;
        for (const sample& at : s.samples) {
            experiment e(s, at, nullptr, 1);
            complex_step_law<real>(e, reverse(e.y, e.u, e.x), 1e-16L, found);
        }
        CAPTURE(s.name, found);
        CHECK((found.telling > 0) == !s.flat);
    }
}
