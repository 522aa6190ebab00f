// The expression that both translation units use.
#pragma once

#include <chainfold/chainfold.hpp>

#include <array>

namespace link_test {

constexpr auto x = chainfold::input<"x", 2>;
constexpr auto t = chainfold::input<"t", 2>;
constexpr auto w = chainfold::parameter<"W", 2, 2>;
constexpr auto loss = squared_error(tanh(w * x), t);

// One function, one definition, two translation units: what it calls is the same in both.
inline float value_at(const std::array<float, 4>& weights) {
    static auto step = chainfold::compile<float>(chainfold::value_and_gradient(loss, w));
    const auto& r = step(x = std::array{1.0f, 0.5f}, t = std::array{0.25f, -0.25f}, w = weights);
    return r.value + r.gradient[w](1, 0);
}

float from_a(const std::array<float, 4>& weights);
float from_b(const std::array<float, 4>& weights);

}  // namespace link_test
