// A matrix larger than the first cache and one sample: its long rows are read one after another, and the vector, which
// meets each of them, wherever it begins.
#include <algorithm>
#include <span>
#include <type_traits>
#include <vector>

#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>

#include "support/catch.hpp"

using namespace agreement;

namespace {

constexpr auto x = cf::input<"x", 301>;
constexpr auto W = cf::parameter<"W", 45, 301>;
constexpr auto loss = squared_norm(tanh(W * x));

}  // namespace

TEMPLATE_TEST_CASE("long rows", "", float, double) {
    CHECK(worst<TestType>(cf::value_and_gradient(loss, W), shared(W), sampled(x)) < 20);
    CHECK(worst<TestType>(W * x, shared(W), sampled(x)) < 60);
}

TEMPLATE_TEST_CASE("a long vector may begin anywhere", "", float, double) {
    using T = TestType;
    constexpr std::size_t line = 64 / sizeof(T);
    auto gradient = cf::compile<T>(cf::value_and_gradient(loss, W));
    auto descent = cf::compile<T>(cf::gradient_descent(loss, W));
    const std::vector<T> sample = column<std::remove_const_t<decltype(x)>, T>(1).values,
                         weights = column<std::remove_const_t<decltype(W)>, T>(1).values;
    const auto expected = gradient(x = sample, W = weights);
    const std::vector<T> expected_gradient(expected.gradient.data(),
                                           expected.gradient.data() + expected.gradient.size());
    const T expected_value = expected.value;
    std::vector<T> expected_weights = weights;
    descent(x = sample, cf::learning_rate = T(0.1), W = cf::in_place(expected_weights));

    std::vector<T> space(2 * line + 301);
    for (std::size_t offset = 0; offset < line; ++offset) {
        INFO("offset " << offset);
        std::ranges::copy(sample, space.begin() + static_cast<std::ptrdiff_t>(offset));
        const std::span<const T, 301> moved(space.data() + offset, 301);
        const auto found = gradient(x = moved, W = weights);
        CHECK(found.value == expected_value);
        CHECK(std::ranges::equal(std::span<const T>(found.gradient.data(), found.gradient.size()), expected_gradient));
        std::vector<T> descended = weights;
        descent(x = moved, cf::learning_rate = T(0.1), W = cf::in_place(descended));
        CHECK(descended == expected_weights);
    }
}
