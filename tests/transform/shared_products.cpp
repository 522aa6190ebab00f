// SPDX-License-Identifier: BSL-1.0
#include <chainfold/transform/shared_products.hpp>

#include "../support/catch.hpp"
#include "scalar_graph.hpp"

using namespace scalar_graph;

namespace {

constexpr operations of_one_product_twice() {
    cf::builder g;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2), c = leaf(g, 3);
    const cf::handle first = times(a, times(b, c)), second = times(times(a, b), c);
    g.add_output(minus(first, a).id);
    g.add_output(plus(second, b).id);
    return after<cf::shared_products>(g);
}
constexpr operations of_a_square() {  // is no product of different numbers
    cf::builder g;
    const cf::handle a = leaf(g, 1), b = leaf(g, 2);
    g.add_output(times(times(a, b), b).id);
    g.add_output(times(times(a, b), a).id);
    return after<cf::shared_products>(g);
}
// x (u v) and y (u v), where x u is there, and y u or not; u v is wanted itself, or comes before u does.
enum class given { both, one, and_the_product, an_early_product, both_later };
constexpr operations of_multiples(given what) {
    cf::builder g;
    cf::handle u = leaf(g, 1);
    const cf::handle v = leaf(g, 2), x = leaf(g, 3), y = leaf(g, 4);
    if (what == given::an_early_product) u = quotient(u, v);
    const cf::handle q = what == given::an_early_product ? times(v, leaf(g, 5)) : times(u, v);
    const cf::handle there = what == given::an_early_product ? v : u;
    const cf::handle late = what == given::an_early_product ? quotient(x, y) : x;
    if (what == given::both_later) {
        g.add_output(times(late, q).id);
        g.add_output(times(y, q).id);
    }
    g.add_output(times(late, there).id);
    if (what != given::one) g.add_output(times(y, there).id);
    g.add_output(times(late, q).id);
    g.add_output(times(y, q).id);
    if (what == given::and_the_product) g.add_output(q.id);
    return after<cf::shared_products>(g);
}

}  // namespace

TEST_CASE("products of the same factors are one", "[transform]") {
    static_assert(of_one_product_twice() == operations{true, 2, 2});
    static_assert(of_a_square() == operations{false, 3, 0});
    CHECK(of_one_product_twice() == operations{true, 2, 2});
}

TEST_CASE("a product is made with one that is there, instead of with another that nobody needs", "[transform]") {
    static_assert(of_multiples(given::both) == operations{true, 4, 0});
    static_assert(of_multiples(given::one) == operations{false, 4, 0});
    static_assert(of_multiples(given::and_the_product) == operations{false, 5, 0});
    static_assert(of_multiples(given::an_early_product) == operations{false, 5, 0});  // x / y would be waited for
    static_assert(of_multiples(given::both_later) == operations{false, 5, 0});  // nodes stand behind their operands
    CHECK(of_multiples(given::both) == operations{true, 4, 0});
}
