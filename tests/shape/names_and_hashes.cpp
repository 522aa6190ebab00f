#include "support/catch.hpp"

#include <set>
#include <string>

#include <chainfold/shape/fixed_string.hpp>
#include <chainfold/shape/hash.hpp>

namespace {

using namespace chainfold;

template <fixed_string Name>
constexpr std::string_view name() {
    return Name.view();
}
static_assert(name<"W1">() == "W1" && name<"">().empty());
static_assert(name<fixed_string("0.") + fixed_string("weight")>() == "0.weight");
static_assert(name<fixed_copy<3>("abcdef")>() == "abc");
static_assert(fixed_string("ab") == fixed_string("ab"));

// the order and the length count
static_assert(combine(1, 2) != combine(2, 1));
static_assert(combine(0, "ab") != combine(0, "ba") && combine(0, "a") != combine(0, "aa") && combine(0, "") != 0);
static_assert(combine(1, vector_dimensions(3)) != combine(1, matrix_dimensions(3, 1)));
static_assert(combine(1, matrix_dimensions(3, 2)) != combine(1, matrix_dimensions(2, 3)));

TEST_CASE("hashes of small numbers, names and shapes do not collide") {
    std::set<hash_value> seen;
    for (hash_value seed = 0; seed < 100; ++seed)
        for (hash_value word = 0; word < 100; ++word) seen.insert(combine(seed, word));
    CHECK(seen.size() == 10000);
    seen.clear();
    for (int i = 0; i < 5000; ++i) seen.insert(combine(7, "layer." + std::to_string(i)));
    for (int i = 1; i <= 70; ++i)
        for (int j = 1; j <= 70; ++j) seen.insert(combine(7, matrix_dimensions(i, j)));
    CHECK(seen.size() == 5000 + 70 * 70);
}

}  // namespace
