// Random expressions put through the transformations: what holds for every operation holds for what is made
// of them.
#include "laws/experiment.hpp"
#include "laws/random_expression.hpp"
#include "laws/simplifier_law.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

constexpr int expressions = 3000;

/// Small expressions first, so that the first mistake is a small one.
template <class Law>
findings on_random_expressions(Law law, int count = expressions) {
    findings all;
    for (int i = 0; i < count && all.mistakes.size() < 3; ++i) {
        random_expression e(static_cast<std::uint64_t>(i), 1 + 12 * i / count);
        law(e, "expression " + std::to_string(i), all);
    }
    return all;
}

}  // namespace

TEST_CASE("a random expression has the reference's value", "[laws]") {
    const findings found =
        on_random_expressions([](const random_expression& e, const std::string& name, findings& all) {
            const auto values = e.net.evaluate<real>();
            all.compare(values[e.root][0], e.value, 1e-16L, largest_node(e.net.graph.view(), values), name);
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("a random expression simplified has the same value and gradient, and stays as it is", "[laws]") {
    const findings found =
        on_random_expressions([](random_expression& e, const std::string& name, findings& all) {
            e.net.graph.add_output(e.root.id);
            for (const handle& g : reverse(e.root, make_constant(e.net.graph, 1), e.symbols))
                e.net.graph.add_output(g.id);
            same_values_law<real>(e.net, cf::simplification::simplify, 1024, all, name);
            idempotence_law(e.net.graph, cf::simplification::simplify, all, name);
        });
    CAPTURE(found);
    CHECK(found.hold());
}

TEST_CASE("differentiating a simplified expression gives the gradient of the expression", "[laws]") {
    const findings found =
        on_random_expressions([](random_expression& e, const std::string& name, findings& all) {
            e.net.graph.add_output(e.root.id);
            network simplified(cf::simplification::simplify);
            std::vector<handle> x;
            for (const block<real>& b : e.net.given) x.push_back(simplified.symbol(b));
            const handle root = import_graph(simplified.graph, e.net.graph.view())[0];
            const auto direct = reverse(root, make_constant(simplified.graph, 1), x);
            const auto raw = reverse(e.root, make_constant(e.net.graph, 1), e.symbols);
            if (!well_shaped(simplified.graph.view()))
                return all.mistake(name + ": a node has a wrong shape");
            const auto found_values = simplified.evaluate<real>(), wanted = e.net.evaluate<real>();
            const real scale = largest_node(e.net.graph.view(), wanted);
            const std::size_t before = all.mistakes.size();
            for (std::size_t i = 0; i < x.size(); ++i)
                all.compare(found_values[direct[i]], wanted[raw[i]], 1e-16L, scale, name);
            if (all.mistakes.size() > before) all.mistakes.back() += "\n" + written(e.net.graph.view());
            for (const handle& g : direct) simplified.graph.add_output(g.id);
            rest_law(simplified.graph, cf::simplification::simplify, all, name);
        });
    CAPTURE(found);
    CHECK(found.hold());
}
