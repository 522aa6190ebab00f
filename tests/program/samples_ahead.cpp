// Samples that do not fit the core's own cache, tile by tile brought near while the tile before is computed: the mean
// is that of their parts, which fit.
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <chainfold/expression/function.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/program/threads.hpp>
#include <chainfold/transform/derivative.hpp>

namespace {

namespace cf = chainfold;

constexpr std::size_t inputs = 64, outputs = 24;
constexpr auto x = cf::input<"x", inputs>;
constexpr auto t = cf::input<"t", outputs>;
constexpr auto W = cf::parameter<"W", outputs, inputs>;
constexpr auto loss = cf::value_and_gradient(squared_norm(tanh(W * x) - t), W);

constexpr std::size_t samples = 6001, part = 600;  // 1.5 MB of inputs; the last tile is not full

std::vector<float> numbers(std::size_t count, int seed) {
    std::vector<float> all(count);
    for (std::size_t i = 0; i < count; ++i)
        all[i] = std::sin(static_cast<float>(seed) + 0.37f * static_cast<float>(i % 9973));
    return all;
}
const std::vector<float> xs = numbers(samples * inputs, 1), ts = numbers(samples * outputs, 2);
const std::vector<float> weights = numbers(outputs * inputs, 3);

// The value, then the gradient, of samples from `first` on.
std::vector<float> run(auto&& program, std::size_t first, std::size_t count) {
    const auto r = program(x = cf::batch(std::span(xs).subspan(first * inputs, count * inputs)),
                           t = cf::batch(std::span(ts).subspan(first * outputs, count * outputs)),
                           W = std::span<const float, outputs * inputs>(weights));
    std::vector<float> all{r.value};
    all.insert(all.end(), r.gradient.data(), r.gradient.data() + outputs * inputs);
    return all;
}

TEST_CASE("the mean over samples from far away is that of their parts") {
    auto program = cf::compile<float>(loss);
    const std::vector<float> whole = run(program, 0, samples);
    std::vector<double> mean(whole.size());
    for (std::size_t first = 0; first < samples; first += part) {
        const std::size_t count = std::min(part, samples - first);
        const std::vector<float> some = run(program, first, count);
        for (std::size_t i = 0; i < mean.size(); ++i)
            mean[i] += static_cast<double>(some[i]) * static_cast<double>(count) / static_cast<double>(samples);
    }
    double worst = 0, largest = 0;
    for (std::size_t i = 0; i < mean.size(); ++i) {
        worst = std::max(worst, std::abs(static_cast<double>(whole[i]) - mean[i]));
        largest = std::max(largest, std::abs(mean[i]));
    }
    CHECK(largest > 1);
    CHECK(worst < 1e-5 * largest);

    cf::threads two(2);
    auto by_two = program.on(two, cf::sharing::reproducible);
    CHECK(run(by_two, 0, samples) == whole);
}

}  // namespace
