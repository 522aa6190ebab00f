// SPDX-License-Identifier: BSL-1.0
#include <chainfold/transform/common_factors.hpp>

#include "../support/catch.hpp"
#include "scalar_graph.hpp"

using namespace scalar_graph;

namespace {

constexpr operations of_two_multiples() {
    cf::builder g;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2), x = leaf(g, 3), y = leaf(g, 4);
    g.add_output(plus(times(x, a), times(x, b)).id);
    g.add_output(plus(times(a, y), times(y, b)).id);
    return after<cf::common_factors>(g);
}
constexpr operations of_multiples_of_different_sums() {
    cf::builder g;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2), x = leaf(g, 3), y = leaf(g, 4);
    g.add_output(plus(times(x, a), times(x, b)).id);
    g.add_output(minus(times(y, a), times(y, b)).id);
    return after<cf::common_factors>(g);
}
// (x y) a c + (x y) b, where x y is there or comes later, and z a c + z b.
enum class given { before, nowhere, later };
constexpr operations of_products(given product) {
    cf::builder g;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2), c = leaf(g, 3), x = leaf(g, 4), y = leaf(g, 5), z = leaf(g, 6);
    if (product == given::before) g.add_output(times(x, y).id);
    g.add_output(plus(times(times(x, a), times(c, y)), times(times(x, b), y)).id);
    if (product == given::later) g.add_output(times(x, y).id);
    g.add_output(plus(times(times(z, a), c), times(z, b)).id);
    return after<cf::common_factors>(g);
}
// The one where a condition holds, the other one where it does not, or always.
constexpr operations of_sides(bool always) {
    cf::builder g;
    const cf::handle k = leaf(g, 1), a = leaf(g, 2), b = leaf(g, 3), x = leaf(g, 4), y = leaf(g, 5);
    const cf::handle first = plus(times(x, a), times(x, b)), second = plus(times(y, a), times(y, b));
    g.add_output(choice(k, first, second).id);
    if (always) {
        g.add_output(first.id);
        g.add_output(second.id);
    }
    return after<cf::common_factors>(g);
}

}  // namespace

TEST_CASE("a sum that two others are multiples of is computed once", "[transform]") {
    static_assert(of_two_multiples() == operations{true, 2, 1});
    static_assert(of_multiples_of_different_sums() == operations{false, 4, 2});
    CHECK(of_two_multiples() == operations{true, 2, 1});
}

TEST_CASE("what multiplies the sum is there already", "[transform]") {
    static_assert(of_products(given::before) == operations{true, 4, 1});  // x y, a c, and both multiples
    static_assert(of_products(given::nowhere) == operations{false, 8, 2});
    static_assert(of_products(given::later) == operations{false, 9, 2});
    CHECK(of_products(given::before).found);
}

TEST_CASE("no sum is drawn out of one side of a condition", "[transform]") {
    static_assert(of_sides(false) == operations{false, 4, 2});
    static_assert(of_sides(true) == operations{true, 2, 1});
    CHECK_FALSE(of_sides(false).found);
}
