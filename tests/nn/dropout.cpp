// Dropout: nothing outside training, and in training what the seed says, with the right expectation.
#include <array>
#include <cmath>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

// y = Σ wᵢ mᵢ xᵢ: with all inputs 1 and a target far below, the gradient by wᵢ shows the masks.
using model = nn::sequential<double, nn::linear<1, 8>, nn::dropout<0.25>, nn::linear<8, 1, nn::no_bias>>;

struct output_itself {
    constexpr auto operator()(auto y, auto t) const { return sum(y - t); }
};

std::vector<double> gradient_at(const nn::batch_position& at, std::size_t samples = 1) {
    model net;
    for (double& v : net.get<"0.bias">()) v = 1;
    for (double& v : net.get<"2.weight">()) v = 1;
    const std::vector<double> x(samples), t(samples);
    nn::stepper<model, output_itself> step(output_itself{});
    const auto result = step(net, nn::dataset{cf::batch(x), cf::batch(t)}, at);
    return {result.gradient + 16, result.gradient + 24};  // ∂/∂2.weight: the mean of the masks
}

}  // namespace

TEST_CASE("a mask is 0 or 1 / (1 - p)") {
    std::size_t dropped = 0;
    for (std::int64_t batch = 0; batch < 50; ++batch)
        for (double m : gradient_at({.seed = 1, .batch = batch})) {
            CHECK((m == 0 || m == 1 / 0.75));
            dropped += m == 0;
        }
    CHECK(dropped > 60);  // of 400, 100 expected, standard deviation 8.7
    CHECK(dropped < 140);
}
TEST_CASE("the mean of many masks is 1") {
    for (double m : gradient_at({.seed = 5}, 20000)) CHECK(std::abs(m - 1) < 0.02);  // standard deviation 0.004
}
TEST_CASE("masks follow from seed, epoch and batch, and from nothing else") {
    const nn::batch_position at{.seed = 7, .epoch = 3, .batch = 2, .step = 30};
    CHECK(gradient_at(at) == gradient_at(at));
    CHECK(gradient_at(at, 40) == gradient_at({.seed = 7, .epoch = 3, .batch = 2, .step = 31}, 40));
    CHECK(gradient_at(at, 40) != gradient_at({.seed = 8, .epoch = 3, .batch = 2, .step = 30}, 40));
    CHECK(gradient_at(at, 40) != gradient_at({.seed = 7, .epoch = 2, .batch = 2, .step = 30}, 40));
    CHECK(gradient_at(at, 40) != gradient_at({.seed = 7, .epoch = 3, .batch = 1, .step = 30}, 40));
}
TEST_CASE("outside training dropout is not there") {
    using without = nn::sequential<double, nn::linear<1, 8>, nn::flatten<>, nn::linear<8, 1, nn::no_bias>>;
    static_assert(std::is_same_v<model::output_type, without::output_type>);
    static_assert(!std::is_same_v<model::output_type, model::output_in<nn::training_scope<"">>>);
    static_assert(model::states::count == 0);
}
