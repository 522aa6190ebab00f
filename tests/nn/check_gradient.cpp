// The gradient of a network, checked as a whole.
#include <algorithm>
#include <stdexcept>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/nn/check_gradient.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

TEST_CASE("check_gradient of a network goes through all of its weights") {
    nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> inputs{0.5f, -1, 0.25f, 2, -0.5f, 0.75f}, classes{0, 1, 1};
    const nn::dataset batch{cf::batch(inputs), cf::batch(classes)};
    const nn::class_targets loss{nn::cross_entropy{}};
    const std::vector<float> before(net.data(), net.data() + net.size());
    const cf::gradient_report report = check_gradient(net, loss, batch);
    CHECK(report.passed());
    REQUIRE(report.entries.size() == 5);
    CHECK(report.entries[0].name == "0.weight");
    CHECK(report.entries[0].checked == 6);
    CHECK(report.entries[2].certified == 6);
    CHECK(std::equal(before.begin(), before.end(), net.data()));
    CHECK(check_gradient(net, loss, batch, {.samples = 1}).entries[0].checked == 1);

    const std::vector<float> too_few{1, 2, 3};
    CHECK_THROWS_AS(check_gradient(net, loss, nn::dataset{cf::batch(too_few), cf::batch(classes)}), std::invalid_argument);
}
