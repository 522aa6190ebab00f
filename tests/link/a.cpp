#include "network.hpp"

#include <cstdio>
#include <type_traits>

namespace link_test {

float from_a(const std::array<float, 4>& weights) { return value_at(weights); }

// The same formula, written again, is the same type, here as in the other translation unit.
constexpr auto again = squared_error(tanh(w * x), t);
static_assert(std::is_same_v<decltype(again), decltype(loss)>);

}  // namespace link_test

int main() {
    const std::array<float, 4> weights{0.1f, -0.2f, 0.3f, 0.4f};
    const bool same = link_test::from_a(weights) == link_test::from_b(weights);
    std::puts(same ? "both translation units agree" : "the translation units disagree");
    return same ? 0 : 1;
}
