// SPDX-License-Identifier: BSL-1.0
#include <chainfold/transform/like_terms.hpp>

#include "../support/catch.hpp"
#include "scalar_graph.hpp"

using namespace scalar_graph;

namespace {

// How many nodes, leaves and numbers among them, c (a - b) + k a takes afterwards.
constexpr int nodes_of(int c, int k) {
    cf::builder g, to;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2);
    const auto multiple = [&](int n, cf::handle x) { return times(cf::make_constant(g, n), x); };
    g.add_output(plus(multiple(c, minus(a, b)), multiple(k, a)).id);
    if (!cf::like_terms::suits(g.view())) return 0;
    for (const cf::handle& output : cf::like_terms(to, g.view()).run()) to.add_output(output.id);
    const cf::buffer<char> needed = cf::needed_nodes(to.view());
    int count = 0;
    for (const char is : needed) count += is;
    return count;
}

}  // namespace

TEST_CASE("like terms of one sign are collected", "[transform]") {
    static_assert(nodes_of(400, 800) == 7);   // a, b, 1200, 400, two products, one difference
    static_assert(nodes_of(400, -800) == 8);  // as it was
    CHECK(nodes_of(400, 800) == 7);
}
