// Forward mode of every operation: against the complex step, against differences, against reverse mode, and twice.
#include <chainfold/transform/forward.hpp>

#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// J v: the tangent of y where the operands move along v, itself given by symbols.
handle push(handle y, const std::vector<handle>& x, const std::vector<handle>& v) {
    return cf::forward_pass(y)(x.data(), v.data(), static_cast<int>(x.size()));
}
std::vector<handle> symbols(experiment& e, const blocks<real>& values) {
    std::vector<handle> made;
    for (const block<real>& b : values) made.push_back(e.net.symbol(b));
    return made;
}

/// Everything is found in units of the sum of the magnitudes that meet in J v.
real scale_of(const experiment& e) {
    real scale = 0.125L;
    for (std::size_t i = 0; i < e.point.size(); ++i)
        for (int j = 0; j < e.point[i].size(); ++j) {
            blocks<real> unit;
            for (const auto& b : e.point) unit.emplace_back(b.dims);
            unit[i][j] = e.along_v[i][j];
            scale += largest(tangent(e.tried, e.where, e.point, unit));
        }
    return scale;
}

}  // namespace

TEST_CASE("forward_pass gives the complex step's J v: in long double to 1e-16, in double to 1e-13", "[laws]") {
    const findings found = on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
        experiment e(s, at, rule, seed);
        const handle pushed = push(e.y, e.x, symbols(e, e.along_v));
        if (!(pushed.dims() == e.y.dims())) return all.mistake(e.name() + ": a tangent has another shape");
        const block<real> wanted = tangent(e.tried, e.where, e.point, e.along_v);
        const real scale = scale_of(e);
        all.compare(e.net.template evaluate<real>()[pushed], wanted, 1e-16L, scale, e.name());
        all.compare(e.net.template evaluate<double>()[pushed], wanted, 1e-13L, scale, e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
    CHECK(found.telling > found.compared / 2);
}

TEST_CASE("forward_pass gives the derivative of the interpreter's values, by differences to 1e-12", "[laws]") {
    const findings found = on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
        experiment e(s, at, rule, seed);
        const handle pushed = push(e.y, e.x, symbols(e, e.along_v));
        block<real> wanted(at.result);
        for (int k = 0; k < wanted.size(); ++k)
            wanted[k] = slope([&](real step) { return e.net.evaluate_at(e.moved(e.along_v, step))[e.y][k]; });
        all.compare(e.net.template evaluate<real>()[pushed], wanted, 1e-12L, 1 + largest(wanted), e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("forward and reverse are adjoint: <u, J v> = <J'u, v>", "[laws]") {
    const findings found = on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
        experiment e(s, at, rule, seed);
        const std::vector<handle> v = symbols(e, e.along_v), pulled = reverse(e.y, e.u, e.x);
        const handle pushed = push(e.y, e.x, v);
        const auto values = e.net.template evaluate<real>();
        real back = 0;
        for (std::size_t i = 0; i < v.size(); ++i) back += inner(values[pulled[i]], e.along_v[i]);
        all.compare(inner(e.weights, values[pushed]), back, 1e-16L, 8 * scale_of(e), e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("second derivatives: forward over reverse, reverse over forward and reverse over reverse agree", "[laws]") {
    const findings found = on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
        experiment e(s, at, rule, seed);
        const std::vector<handle> v = symbols(e, e.along_v), gradient = reverse(e.y, e.u, e.x);
        handle slope = make_constant(e.net.graph, 0);
        for (std::size_t i = 0; i < v.size(); ++i) slope = slope + inner(v[i], gradient[i]);
        const handle one = make_constant(e.net.graph, 1);
        const std::vector<handle> twice = reverse(slope, one, e.x);
        const std::vector<handle> over_forward = reverse(inner(e.u, push(e.y, e.x, v)), one, e.x);
        std::vector<handle> over_reverse;
        for (const handle& g : gradient) over_reverse.push_back(push(g, e.x, v));
        const auto values = e.net.template evaluate<real>();
        for (std::size_t i = static_cast<std::size_t>(at.conditions); i < v.size(); ++i) {
            const block<real> wanted = values[twice[i]];
            const real scale = 8 * (1 + largest(wanted));
            all.compare(values[over_forward[i]], wanted, 1e-16L, scale, e.name() + ", reverse over forward");
            all.compare(values[over_reverse[i]], wanted, 1e-16L, scale, e.name() + ", forward over reverse");
        }
    });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("second derivatives are symmetric: forward along v, then w, is forward along w, then v", "[laws]") {
    const findings found = on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
        experiment e(s, at, rule, seed);
        const std::vector<handle> v = symbols(e, e.along_v), w = symbols(e, e.along_w);
        const handle vw = push(push(e.y, e.x, v), e.x, w), wv = push(push(e.y, e.x, w), e.x, v);
        const auto values = e.net.template evaluate<real>();
        all.compare(values[vw], values[wv], 1e-16L, 8 * (1 + largest(values[wv])), e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
    CHECK(found.telling > found.compared / 8);
}
