// SPDX-License-Identifier: BSL-1.0
#include <chainfold/transform/like_terms.hpp>

#include "../support/catch.hpp"

namespace cf = chainfold;

namespace {

constexpr cf::handle leaf(cf::builder& g, cf::hash_value key) {
    cf::symbol s{};
    s.key = key;
    s.name_hash = key;
    return {&g, g.make({cf::operation_code<cf::symbol_op>, cf::scalar_dimensions, g.symbol_index(s), nullptr, 0})};
}
constexpr cf::handle node(std::int32_t operation, cf::handle a, cf::handle b) {
    const int operands[] = {a.id, b.id};
    return {a.graph, a.graph->make({operation, cf::scalar_dimensions, 0, operands, 2})};
}

// How many nodes, leaves and numbers among them, c (a - b) + k a takes afterwards.
constexpr int nodes_of(int c, int k) {
    cf::builder g, to;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2);
    const auto times = [&](int n, cf::handle x) {
        return node(cf::operation_code<cf::multiply_op>, cf::make_constant(g, n), x);
    };
    const cf::handle difference = node(cf::operation_code<cf::subtract_op>, a, b);
    g.add_output(node(cf::operation_code<cf::add_op>, times(c, difference), times(k, a)).id);
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
