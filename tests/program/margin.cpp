// Behind shorter derivatives the longest begins with a line of the cache.
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <chainfold/expression/function.hpp>
#include <chainfold/program/compile.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {
constexpr auto many = cf::input<"many", 130>;
constexpr auto some = cf::parameter<"some", 7>;
constexpr auto v = cf::parameter<"v">;
constexpr auto loss = sum(square(many - v)) + squared_norm(some) * v;

bool begins_a_line(const auto& numbers) { return reinterpret_cast<std::uintptr_t>(numbers.data()) % 64 == 0; }
}  // namespace

TEST_CASE("the longest derivative begins with a line of the cache, for one sample and for several") {
    const std::array<float, 7> three{3};
    std::vector<float> samples(3 * 130);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(i % 11);
    auto program = cf::compile<float>(cf::value_and_gradient(loss, v, some, many));

    const auto one = program(many = std::span(samples).first<130>(), some = three, v = 2.0F);
    CHECK(begins_a_line(one.gradient[many]));
    CHECK(one.gradient.data() + 8 == one.gradient[many].data());
    CHECK(one.gradient[some](0) == 12);
    CHECK(one.gradient[many](0) == -4);
    CHECK(one.gradient[many](129) == 2 * (samples[129] - 2));
    CHECK(one.value == one.gradient[many](0) * one.gradient[many](0) / 4 + 18 + [&] {
        float rest = 0;
        for (std::size_t i = 1; i < 130; ++i) rest += (samples[i] - 2) * (samples[i] - 2);
        return rest;
    }());

    const auto mean = program(many = cf::batch(samples), some = three, v = 2.0F);
    CHECK(begins_a_line(mean.gradient[many]));
    CHECK(mean.gradient[some](0) == 12);
    for (const std::size_t i : {0U, 77U, 129U})
        CHECK(mean.gradient[many](i) == Approx(2 * (samples[i] + samples[130 + i] + samples[260 + i]) / 3 - 4));
}
TEST_CASE("what begins with a line of the cache may be given back") {
    auto program = cf::compile<double>(cf::value_and_gradient(v * sum(square(many)), v, many));
    std::array<double, 130> numbers{};
    numbers.fill(1);
    const auto first = program(many = numbers, v = 1.0);
    CHECK(begins_a_line(first.gradient[many]));
    const auto second = program(many = first.gradient[many], v = 0.5);  // 2, …
    CHECK(second.value == 260);
    CHECK(second.gradient[v] == 520);
    CHECK(second.gradient[many](0) == 2);
    CHECK(second.gradient[many](129) == 2);
}
