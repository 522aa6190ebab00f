// The simplifier on the values, gradients and second derivatives of every operation.
#include "laws/simplifier_law.hpp"

#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// Without a rule: the value of one operation, its gradient and its second derivative along a direction, as
/// outputs. Of several operands of one shape, `shared` makes one.
void build(experiment& e, bool shared) {
    if (shared) {
        std::vector<int> ids;
        for (std::size_t i = 0; i < e.x.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                if (e.x[i].dims() == e.x[j].dims()) e.x[i] = e.x[j];
            ids.push_back(e.x[i].id);
        }
        e.y = make_node(e.net.graph, e.tried.operation, ids.data(), static_cast<int>(ids.size()),
                        e.where.result, e.where.parameter);
    }
    const auto gradient = reverse(e.y, e.u, e.x);
    handle pairing = make_constant(e.net.graph, 0);
    for (std::size_t i = 0; i < gradient.size(); ++i)
        pairing = pairing + inner(e.net.symbol(e.along_v[i]), gradient[i]);
    e.net.graph.add_output(e.y.id);
    for (const handle& g : gradient) e.net.graph.add_output(g.id);
    for (const handle& h : reverse(pairing, make_constant(e.net.graph, 1), e.x)) e.net.graph.add_output(h.id);
}

template <class Law>
findings on_both_ways(Law law) {
    findings all;
    for (const subject& s : subjects())
        for (std::size_t i = 0; i < s.samples.size(); ++i)
            for (const bool shared : {false, true}) {
                if (shared && s.samples[i].operands.size() < 2) continue;
                experiment e(s, s.samples[i], nullptr, i + 1);
                build(e, shared);
                law(e, all);
            }
    return all;
}

}  // namespace

TEST_CASE("the simplifier changes no value, gradient or second derivative: long double, 64 epsilon",
          "[laws]") {
    const findings found = on_both_ways([](const experiment& e, findings& all) {
        same_values_law<real>(e.net, cf::simplification::simplify, 64, all, e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("the simplifier changes no value, gradient or second derivative: float, 64 epsilon", "[laws]") {
    const findings found = on_both_ways([](const experiment& e, findings& all) {
        same_values_law<float>(e.net, cf::simplification::simplify, 64, all, e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("the simplifier has nothing more to do on what it made", "[laws]") {
    const findings found = on_both_ways([](const experiment& e, findings& all) {
        idempotence_law(e.net.graph, cf::simplification::simplify, all, e.name());
    });
    CAPTURE(found);
    CHECK(found.hold());
}
