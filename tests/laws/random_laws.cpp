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
