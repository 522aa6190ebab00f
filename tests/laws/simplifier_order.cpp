// However a formula is written down, its canonical form is the same node.
#include <cmath>
#include <cstdlib>

#include "laws/canonical_law.hpp"
#include "laws/random_formula.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// Has it a value somewhere, and all that it is made of?  What is divided by x − x has none, and no one form.
bool has_value(const network& net, random_numbers& random) {
    const cf::graph_view graph = net.graph.view();
    for (int tries = 0; tries < 4; ++tries) {
        blocks<real> values = net.given;
        for (block<real>& b : values) b = random.fill(b.dims, tries == 0 ? 0.5 : -2, 2);
        const auto found = net.evaluate_at(values);
        bool finite = true;
        for (int id = 0; id < graph.node_count && finite; ++id)
            for (const real& entry : found[id].entries) finite = finite && std::isfinite(entry);
        if (finite) return true;
    }
    return false;
}

/// Numbers that do not fit are left as several factors, and which these are depends on the order.  0 is left below a
/// fraction, where a divisor is 0 for all numbers.
bool has_odd_numbers(const cf::graph_view& graph) {
    for (int id = 0; id < graph.node_count; ++id) {
        if (graph[id].operation != cf::operation_code<cf::constant_op>) continue;
        const cf::number& c = graph.numbers[graph[id].parameter];
        if (cf::math::is_zero(c) && graph.node_count > 2) return true;
        if (std::abs(c.numerator) > 1000000000 || c.denominator > 1000000000) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("the canonical form does not depend on the order and the parentheses of sums and products", "[laws]") {
    constexpr int count = 6000;
    findings found;
    int equal_as_written = 0;
    for (int i = 0; i < count && found.mistakes.size() < 3; ++i) {
        const auto seed = static_cast<std::uint64_t>(i);
        random_formula formula(seed, i % 2 == 0);
        network net(nullptr);
        const auto symbols = random_formula::symbols(net, std::vector<real>(random_formula::count, 1));
        const handle one = formula.write(symbols, 2 * seed + 1), other = formula.write(symbols, 2 * seed + 2);
        equal_as_written += one.is(other);
        random_numbers random(seed);
        if (!has_value(net, random)) continue;
        net.graph.add_output(one.id);
        net.graph.add_output(other.id);
        const cf::builder form = cf::canonical::form_of_graph(net.graph.view());
        if (has_odd_numbers(form.view())) continue;
        ++found.compared;
        if (form.view().outputs[0] != form.view().outputs[1])
            found.mistake("formula " + std::to_string(i) + "\n" + written(net.graph.view()) + "in canonical form\n" +
                          written(form.view()));
        canonical_rest_law(net.graph, found, "formula " + std::to_string(i));
    }
    CAPTURE(found);
    CHECK(found.hold());
    CHECK(equal_as_written < count / 3);
}
