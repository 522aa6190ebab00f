// SPDX-License-Identifier: BSL-1.0
// A formula goes into a stream as it is, and its text into a string.
#include <sstream>
#include <string>

#include <chainfold/expression/literal.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/notation/where.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

TEST_CASE("an expression is written as its formula") {
    constexpr auto s = cf::input<"s">;
    std::ostringstream out;
    out << derivative(square(2_c * s + 3_c), s) << "; " << s;
    CHECK(out.str() == "4 * (2 * s + 3); s");
}
TEST_CASE("a shape is written as it is compared with") {
    constexpr auto W = cf::parameter<"W", 12, 345>;
    constexpr auto x = cf::input<"x", 345>;
    static_assert(to_string(shape_of(W)) == "shape<12, 345>");
    static_assert(to_string(shape_of(W * x)) == "shape<12>");
    static_assert(to_string(shape_of(dot(x, x))) == "shape<>");
    std::ostringstream out;
    out << shape_of(W) << "; " << cf::shape<>;
    CHECK(out.str() == "shape<12, 345>; shape<>");
}
TEST_CASE("a text is kept as a string") {
    constexpr auto s = cf::input<"s">;
    std::string kept = to_string(s + 1_c);
    CHECK(kept == "s + 1");
    kept = to_string(s);
    kept += to_string(-s);
    CHECK(kept == "s-s");
    const std::string listed = to_string(s * s, cf::where);
    CHECK(listed == std::string(to_string(s * s, cf::where).view()));
}
