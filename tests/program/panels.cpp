// Panels of tiles: matrices that are large, or of odd sizes; batches that end anywhere in a panel.
#include <cmath>
#include <span>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {

std::vector<float> uniform(std::size_t count, unsigned state, float size) {
    std::vector<float> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        numbers.push_back(size * (static_cast<float>(state >> 8) * 0x1p-23f - 1));
    }
    return numbers;
}

/// The largest difference between a batch's gradient and the mean of its samples' gradients, relative to the largest.
template <std::size_t In, std::size_t A, std::size_t B>
double worst(std::size_t samples) {
    constexpr auto x = cf::input<"x", In>;
    constexpr auto t = cf::input<"t", 3>;
    constexpr auto W1 = cf::parameter<"W1", A, In>;
    constexpr auto b1 = cf::parameter<"b1", A>;
    constexpr auto W2 = cf::parameter<"W2", B, A>;
    constexpr auto W3 = cf::parameter<"W3", 3, B>;
    constexpr auto loss = squared_error(W3 * tanh(W2 * tanh(W1 * x + b1)), t);
    auto program = cf::compile<float>(cf::value_and_gradient(loss, W1, b1, W2, W3));
    const auto w1 = uniform(A * In, 1, 0.1f), c = uniform(A, 2, 0.5f), w2 = uniform(B * A, 3, 0.1f),
               w3 = uniform(3 * B, 4, 0.1f), in = uniform(In * samples, 5, 1), out = uniform(3 * samples, 6, 1);
    constexpr std::size_t numbers = A * In + A + B * A + 3 * B;
    std::vector<double> mean(numbers + 1);
    for (std::size_t s = 0; s < samples; ++s) {
        const auto r = program(x = std::span<const float, In>(in.data() + In * s, In),
                               t = std::span<const float, 3>(out.data() + 3 * s, 3), W1 = w1, b1 = c, W2 = w2, W3 = w3);
        for (std::size_t i = 0; i < numbers; ++i) mean[i] += static_cast<double>(r.gradient.data()[i]);
        mean[numbers] += static_cast<double>(r.value);
    }
    const auto r = program(x = cf::batch(in), t = cf::batch(out), W1 = w1, b1 = c, W2 = w2, W3 = w3);
    double largest = 0, difference = std::abs(mean[numbers] / static_cast<double>(samples) - static_cast<double>(r.value));
    for (std::size_t i = 0; i < numbers; ++i) {
        mean[i] /= static_cast<double>(samples);
        largest = std::max(largest, std::abs(mean[i]));
        difference = std::max(difference, std::abs(mean[i] - static_cast<double>(r.gradient.data()[i])));
    }
    return difference / largest;
}

}  // namespace

TEST_CASE("batches that end anywhere in a panel") {
    for (const std::size_t samples : {1u, 31u, 32u, 33u, 255u, 256u, 257u, 300u, 545u})
        CHECK(worst<37, 19, 50>(samples) < 3e-5);
}
TEST_CASE("matrices that meet all tiles of a panel at once") {
    CHECK(worst<40, 523, 517>(70) < 3e-5);
    CHECK(worst<40, 523, 517>(260) < 3e-5);
}
TEST_CASE("an inner extent in parts") {
    CHECK(worst<1100, 521, 30>(45) < 3e-5);
}
