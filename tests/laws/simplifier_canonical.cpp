// The canonical form of random expressions and their gradients: it has the same value, is its own canonical form, and
// does not depend on the order in which sums and products were written.
#include "laws/canonical_law.hpp"
#include "laws/experiment.hpp"
#include "laws/random_expression.hpp"
#include "support/catch.hpp"

using namespace laws;

TEST_CASE("the canonical form of a random expression has the same value and gradient, and is its own", "[laws]") {
    constexpr int count = 3000;
    findings found;
    for (int i = 0; i < count && found.mistakes.size() < 3; ++i) {
        random_expression e(static_cast<std::uint64_t>(i), 1 + 12 * i / count);
        e.net.graph.add_output(e.root.id);
        for (const handle& g : reverse(e.root, make_constant(e.net.graph, 1), e.symbols)) e.net.graph.add_output(g.id);
        const std::string name = "expression " + std::to_string(i);
        same_values_as_canonical<real>(e.net, 1024, found, name);
        same_values_as_canonical<double>(e.net, 1024, found, name);
        canonical_rest_law(e.net.graph, found, name);
    }
    CAPTURE(found);
    CHECK(found.hold());
}
