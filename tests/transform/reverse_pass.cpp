// One reverse pass in a graph that holds more than what its root is made of.
#include "support/catch.hpp"

#include <chainfold/operation/table.hpp>
#include <chainfold/transform/differentiate.hpp>

namespace {

using namespace chainfold;

TEST_CASE("what the root does not depend on has no part in its derivatives") {
    builder graph;
    const auto symbol_in = [&](std::string_view name, hash_value key) {
        const int index = graph.symbol_index({name, scalar_dimensions, false, key, key});
        return handle{&graph, graph.make({operation_code<symbol_op>, scalar_dimensions, index, nullptr, 0})};
    };
    const handle x = symbol_in("x", 1), y = symbol_in("y", 2);
    const handle other = x * y, root = sin(x);
    REQUIRE(other.id < root.id);
    const reverse_pass pass(root, make_constant(graph, 1));
    CHECK(pass[x].operation() != operation_code<constant_op>);
    CHECK(pass[y].is(make_constant(graph, 0)));
    CHECK(pass[other].is(make_constant(graph, 0)));
}

}  // namespace
