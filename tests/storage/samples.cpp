// SPDX-License-Identifier: BSL-1.0
// From numbers to samples: classes, parts, and scales measured on the training part only.
#include <array>
#include <cmath>
#include <set>

#include <chainfold/storage/normaliser.hpp>
#include <chainfold/storage/samples.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace storage_test;

namespace {
template <class F>
std::string refusal(F f) {
    return said_by<std::invalid_argument>(f);
}
}  // namespace

TEST_CASE("classes as distributions") {
    CHECK(cf::one_hot<float>(std::vector<std::size_t>{1, 0, 2}, 3) == std::vector<float>{0, 1, 0, 1, 0, 0, 0, 0, 1});
    CHECK(cf::one_hot<double>(std::array<unsigned char, 1>{1}, 2) == std::vector<double>{0, 1});
    CHECK(refusal([] { cf::one_hot<float>(std::array{0, 3}, 3); }) == "one_hot: label 1: expected a class from 0 to 2, found 3");
    CHECK(says(refusal([] { cf::one_hot<float>(std::array{-1}, 3); }), "label 0"));
    CHECK(says(refusal([] { cf::one_hot<float>(std::array{0.5}, 3); }), "found 0.5"));
}
TEST_CASE("a part for training and a part for testing") {
    std::vector<double> inputs, targets;
    for (int i = 0; i < 10; ++i) inputs.insert(inputs.end(), {1.0 * i, 100.0 + i}), targets.push_back(-i);
    const auto ordered = cf::split(inputs, targets, 10, {.test = 0.3, .shuffle = false});
    CHECK(ordered.training.targets == std::vector<double>{0, -1, -2, -3, -4, -5, -6});
    CHECK(ordered.test.inputs == std::vector<double>{7, 107, 8, 108, 9, 109});
    CHECK(ordered.test.data().inputs.count == 6);
    CHECK(ordered.test.data().targets.data == ordered.test.targets.data());

    const auto one = cf::split(inputs, targets, 10, {.seed = 1}), same = cf::split(inputs, targets, 10, {.seed = 1}),
               other = cf::split(inputs, targets, 10, {.seed = 2});
    CHECK(one.training.inputs == same.training.inputs);
    CHECK(one.training.inputs != other.training.inputs);
    std::multiset<double> all;
    for (const auto& part : {one.training, one.test})
        for (std::size_t i = 0; i < part.targets.size(); ++i) {
            all.insert(part.inputs[2 * i]);
            CHECK(part.inputs[2 * i] == -part.targets[i]);  // samples stay together
            CHECK(part.inputs[2 * i + 1] == 100 + part.inputs[2 * i]);
        }
    CHECK(all == std::multiset<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK(one.test.targets.size() == 2);

    CHECK(says(refusal([&] { cf::split(inputs, targets, 7); }), "inputs: expected as many numbers for each of 7 samples, found 20"));
    CHECK(says(refusal([&] { cf::split(inputs, std::vector<double>(9), 10); }), "targets"));
    CHECK(says(refusal([&] { cf::split(inputs, targets, 0); }), "each of 0 samples"));
    for (const double share : {0.0, 1.0, -1.0, std::nan("")})
        CHECK(says(refusal([&] { cf::split(inputs, targets, 10, {.test = share}); }), "between 0 and 1"));
    CHECK(says(refusal([&] { cf::split(inputs, targets, 10, {.test = 0.01}); }), "at least one sample"));
}
TEST_CASE("mean 0 and deviation 1, by the training part") {
    const std::vector<double> training{1, 10, 5, 3, 30, 5}, test{2, 50, 6};
    const cf::normaliser scale = cf::standardise(training, 3);
    CHECK(scale.offset == std::vector<double>{2, 20, 5});
    CHECK(scale.scale == std::vector<double>{1, 10, 1});  // the last column does not vary
    CHECK(scale(training) == std::vector<double>{-1, -1, 0, 1, 1, 0});
    CHECK(scale(test) == std::vector<double>{0, 3, 1});
    std::vector<float> floats{2, 50, 6};
    scale.apply(floats);
    CHECK(floats == std::vector<float>{0, 3, 1});
    scale.undo(std::span(floats));
    CHECK(floats == std::vector<float>{2, 50, 6});
    // A constant column has no spread by rounding either.
    CHECK(cf::standardise(std::vector<double>(7, 0.1), 1).scale == std::vector<double>{1});
    CHECK(cf::standardise(std::vector<double>(7, 0.1), 1)(std::vector<double>{0.1}) == std::vector<double>{0});
    // Far from zero a variance from a difference of squares would be lost.
    const auto far = cf::standardise(std::vector<double>{1e9 + 1, 1e9 + 2, 1e9 + 3}, 1);
    CHECK(far.scale[0] == Approx(std::sqrt(2.0 / 3)).epsilon(1e-12));
}
TEST_CASE("0 to 1, by the training part") {
    const cf::normaliser scale = cf::min_max(std::vector<float>{1, 7, 3, 7}, 2);
    CHECK(scale(std::vector<float>{2, 7, 5, 8}) == std::vector<float>{0.5f, 0, 2, 1});
    CHECK(cf::min_max(std::array<unsigned char, 2>{0, 255}, 1)(std::array<float, 1>{51}) == std::vector<float>{0.2f});
}
TEST_CASE("numbers that are no samples") {
    CHECK(says(refusal([] { cf::standardise(std::vector<double>(5), 2); }), "one or more samples of 2 numbers, found 5"));
    CHECK(says(refusal([] { cf::min_max(std::vector<double>{}, 2); }), "found 0"));
    CHECK(says(refusal([] { cf::standardise(std::vector<double>(5), 0); }), "samples of 0 numbers"));
    CHECK(says(refusal([] { (void)cf::normaliser{}(std::vector<double>(5)); }), "normaliser: expected samples of 0 numbers"));
    CHECK(says(refusal([] { (void)cf::normaliser{{1, 2}, {1, 1}}(std::vector<double>(5)); }), "expected samples of 2 numbers, found 5"));
}
