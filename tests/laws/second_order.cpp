// Second derivatives of every operation: H v from reverse over reverse, for φ = ⟨u, op(x)⟩.
#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

struct second_order {
    second_order(const subject& s, const sample& at, cf::rewriting_rule rule, std::uint64_t seed)
        : e(s, at, rule, seed), gradient(reverse(e.y, e.u, e.x)) {
        hessian_v = curvature(e.along_v);
        hessian_w = curvature(e.along_w);
    }
    /// H v, for each operand.
    std::vector<handle> curvature(const blocks<real>& along) {
        handle pairing = make_constant(e.net.graph, 0);
        for (std::size_t i = 0; i < along.size(); ++i)
            pairing = pairing + inner(e.net.symbol(along[i]), gradient[i]);
        return reverse(pairing, make_constant(e.net.graph, 1), e.x);
    }

    experiment e;
    std::vector<handle> gradient, hessian_v, hessian_w;
};

}  // namespace

TEST_CASE("the derivative of the derivative is right, by differences to 1e-12", "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            const second_order d(s, at, rule, seed);
            const auto values = d.e.net.template evaluate<real>();
            for (std::size_t i = static_cast<std::size_t>(at.conditions); i < d.e.x.size(); ++i) {
                const block<real> got = values[d.hessian_v[i]];
                block<real> wanted(d.e.point[i].dims);
                for (int k = 0; k < wanted.size(); ++k)
                    wanted[k] = slope([&](real step) {
                        return d.e.net.evaluate_at(d.e.moved(d.e.along_v, step))[d.gradient[i]][k];
                    });
                all.compare(got, wanted, 1e-12L, 1 + largest(wanted), d.e.name());
            }
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("second derivatives are symmetric: <w, H v> = <v, H w>, to 1e-16", "[laws]") {
    const findings found =
        on_every_operation([](const auto& s, const auto& at, auto rule, auto seed, findings& all) {
            const second_order d(s, at, rule, seed);
            const auto values = d.e.net.template evaluate<real>();
            real one = 0, other = 0, scale = 1;
            for (std::size_t i = 0; i < d.e.x.size(); ++i) {
                const block<real> hv = values[d.hessian_v[i]], hw = values[d.hessian_w[i]];
                one += inner(d.e.along_w[i], hv);
                other += inner(d.e.along_v[i], hw);
                scale += largest(hv) + largest(hw);
            }
            all.compare(one, other, 1e-16L, scale, d.e.name());
        });
    CAPTURE(found);
    CHECK(found.hold());
    CHECK(found.telling > found.compared / 4);
}
