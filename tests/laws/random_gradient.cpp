// Gradients of random expressions, found as the library finds them, in a simplifying builder, and without it;
// and the gradients of those gradients.
#include "laws/experiment.hpp"
#include "laws/random_expression.hpp"
#include "laws/simplifier_law.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// A random expression in a builder with this rule, its gradient, and the gradient of its slope along v.
struct differentiated {
    differentiated(random_expression& e, cf::rewriting_rule rule, std::uint64_t seed) : net(rule) {
        random_numbers random(seed);
        for (const block<real>& b : e.net.given) x.push_back(net.symbol(b));
        root = import_graph(net.graph, e.net.graph.view())[0];
        gradient = reverse(root, make_constant(net.graph, 1), x);
        handle pairing = make_constant(net.graph, 0);
        for (std::size_t i = 0; i < x.size(); ++i) {
            along.push_back(random.fill(x[i].dims(), -1, 1));
            pairing = pairing + inner(net.symbol(along[i]), gradient[i]);
        }
        slope_along = pairing;
        curvature = reverse(pairing, make_constant(net.graph, 1), x);
    }
    [[nodiscard]] blocks<real> moved(real step) const {
        blocks<real> values = net.given;
        for (std::size_t i = 0; i < x.size(); ++i)
            for (int k = 0; k < values[i].size(); ++k) values[i][k] += step * along[i][k];
        return values;
    }
    network net;
    std::vector<handle> x{}, gradient{}, curvature{};
    handle root{}, slope_along{};
    blocks<real> along{};
};

/// Differences of two sizes; where they disagree, a kink is near or the expression too steep, and nothing can
/// be said.
struct gradient_laws {
    findings first{}, second{}, rest{};
    int undecided = 0;

    void compare(findings& to, const std::function<real(real)>& f, real found, real scale,
                 const std::string& name) {
        const real a = slope(f, 0x1p-12L), b = slope(f, 0x1p-13L);
        if (std::abs(a - b) > 1e-12L * scale)
            ++undecided;
        else
            to.compare(found, b, 1e-12L, scale, name);
    }
    void operator()(random_expression& e, cf::rewriting_rule rule, std::uint64_t seed) {
        const std::string name = "expression " + std::to_string(seed);
        differentiated d(e, rule, seed);
        const auto values = d.net.evaluate<real>();
        const real scale = largest_node(d.net.graph.view(), values);
        if (rule != nullptr) {
            for (const handle& g : d.gradient) d.net.graph.add_output(g.id);
            for (const handle& h : d.curvature) d.net.graph.add_output(h.id);
            rest_law(d.net.graph, rule, rest, name);
        }
        const int before = static_cast<int>(first.mistakes.size() + second.mistakes.size());
        const auto phi = [&](real step) { return d.net.evaluate_at(d.moved(step))[d.root][0]; };
        compare(first, phi, values[d.slope_along][0], scale, name + ", first derivative");
        real bend = 0;
        for (std::size_t i = 0; i < d.x.size(); ++i) bend += inner(values[d.curvature[i]], d.along[i]);
        const auto slope_at = [&](real step) { return d.net.evaluate_at(d.moved(step))[d.slope_along][0]; };
        compare(second, slope_at, bend, scale, name + ", second derivative");
        if (static_cast<int>(first.mistakes.size() + second.mistakes.size()) > before)
            (first.mistakes.empty() ? second : first).mistakes.back() += "\n" + written(e.net.graph.view());
    }
};

}  // namespace

TEST_CASE("gradients of random expressions and of their gradients, by differences to 1e-12", "[laws]") {
    constexpr int count = 1000;
    gradient_laws law;
    for (int i = 0;
         i < count && law.first.mistakes.size() + law.second.mistakes.size() + law.rest.mistakes.size() < 3;
         ++i) {
        random_expression e(static_cast<std::uint64_t>(i), 1 + 16 * i / count);
        e.net.graph.add_output(e.root.id);
        const auto seed = static_cast<std::uint64_t>(i);
        law(e, cf::simplification::simplify, seed);
        law(e, nullptr, seed);
    }
    CAPTURE(law.first, law.second, law.rest, law.undecided);
    CHECK(law.rest.hold());
    CHECK(law.first.hold());
    CHECK(law.second.hold());
    CHECK(law.first.telling > law.first.compared * 7 / 8);
    CHECK(law.second.telling > law.second.compared / 3);
    CHECK(law.undecided < count / 25);
}
