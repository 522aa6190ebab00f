// SPDX-License-Identifier: BSL-1.0
// Metrics against numbers worked out by hand, and as scikit-learn has them.
#include <limits>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <chainfold/nn/confusion.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/measure.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

/// Outputs that are the inputs.
nn::sequential<double, nn::linear<3, 3>> identity3() {
    nn::sequential<double, nn::linear<3, 3>> net;
    for (std::size_t i = 0; i < 3; ++i) net.get<"0.weight">()(i, i) = 1;
    return net;
}
nn::sequential<double, nn::linear<1, 1>> identity1() {
    nn::sequential<double, nn::linear<1, 1>> net;
    net.get<"0.weight">()(0, 0) = 1;
    return net;
}
nn::dataset<double> data_of(const std::vector<double>& in, const std::vector<double>& out) {
    return {cf::batch(in), cf::batch(out), {}};
}

// Seven samples of three classes, by their scores: 0 as 0, 0 as 1, 1 as 1, 1 as 1, 2 as 2, 2 as 0, 2 as 2.
const std::vector<double> scores{3, 1, 0, 1, 2, 0, 0, 5, 1, -2, -1, -3, 0, 0, 1, 9, 8, 7, 1, 2, 3};
const std::vector<double> one_hot{1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1};
const std::vector<double> numbers{0, 0, 1, 1, 2, 2, 2};

}  // namespace

TEST_CASE("accuracy and confusion, from distributions and from numbers of classes") {
    auto net = identity3();
    CHECK(nn::accuracy(net, data_of(scores, one_hot)) == 5.0 / 7);
    CHECK(nn::accuracy(net, data_of(scores, numbers)) == 5.0 / 7);
    const auto table = nn::confusion(net, data_of(scores, one_hot));
    const std::size_t expected[3][3] = {{1, 1, 0}, {0, 2, 0}, {1, 0, 2}};
    const auto same = nn::confusion(net, data_of(scores, numbers));
    for (std::size_t t = 0; t < 3; ++t)
        for (std::size_t p = 0; p < 3; ++p) CHECK((table(t, p) == expected[t][p] && same(t, p) == expected[t][p]));
    CHECK((table.support(2) == 3 && table.predicted(1) == 3));
    CHECK((table.precision(0) == Approx(0.5) && table.recall(0) == Approx(0.5) && table.f1(0) == Approx(0.5)));
    CHECK((table.precision(1) == Approx(2.0 / 3) && table.recall(1) == 1 && table.f1(1) == Approx(0.8)));
    CHECK((table.precision(2) == 1 && table.recall(2) == Approx(2.0 / 3) && table.f1(2) == Approx(0.8)));
    CHECK(table.macro_f1() == Approx(0.7));
    CHECK(table.accuracy() == Approx(5.0 / 7));

    std::ostringstream shown;
    shown << table;
    CHECK(shown.str() ==
          "truth \\ taken for      0      1      2   precision    recall        F1\n"
          "                0      1      1      0      50.0 %    50.0 %    50.0 %\n"
          "                1      0      2      0      66.7 %   100.0 %    80.0 %\n"
          "                2      1      0      2     100.0 %    66.7 %    80.0 %\n"
          "accuracy 71.4 %, macro F1 70.0 %\n");
    static_assert(nn::confusion_matrix<4>{}.f1(2) == 0 && nn::confusion_matrix<4>{}.accuracy() == 0);
}
TEST_CASE("one output is a class by a threshold") {
    auto net = identity1();
    const std::vector<double> logits{-2, 0.25, 0.75, 3}, truth{0, 1, 1, 0};
    CHECK(nn::accuracy(net, data_of(logits, truth)) == 0.5);
    CHECK(nn::accuracy.above(0)(net, data_of(logits, truth)) == 0.75);
    const auto table = nn::confusion(net, data_of(logits, truth), 0);
    CHECK((table(0, 0) == 1 && table(0, 1) == 1 && table(1, 1) == 2 && table(1, 0) == 0));
}
TEST_CASE("R² and the mean absolute error") {
    auto one = identity1();
    const std::vector<double> y{2.5, 0, 2, 8}, t{3, -0.5, 2, 7};
    CHECK(nn::r_squared(one, data_of(y, t)) == Approx(0.9486081370449679).epsilon(1e-14));
    CHECK(nn::mae(one, data_of(y, t)) == Approx(0.5).epsilon(1e-15));
    const std::vector<double> equal{2, 2, 2, 2};
    CHECK(nn::r_squared(one, data_of(equal, equal)) == 1);
    CHECK(nn::r_squared(one, data_of(y, equal)) == 0);
    // The mean over the outputs; far from zero nothing cancels.
    auto three = identity3();
    std::vector<double> far_y, far_t;
    for (int i = 0; i < 4; ++i)
        for (const double offset : {0.0, 1e9, 1e9}) {
            const auto at = static_cast<std::size_t>(i);
            far_y.push_back(y[at] + offset), far_t.push_back(t[at] + offset);
        }
    CHECK(nn::r_squared(three, data_of(far_y, far_t)) == Approx(0.9486081370449679).epsilon(1e-7));
}
TEST_CASE("the mean loss of a network") {
    auto net = identity1();
    const std::vector<double> y{1, 2, 3}, t{0, 0, 1};
    CHECK(nn::mean_loss(net, data_of(y, t), nn::squared_error{}) == Approx(3));
    const std::vector<double> weights{3, 0, 0};
    CHECK(nn::mean_loss(net, nn::dataset{cf::batch(y), cf::batch(t), cf::batch(weights)}, nn::weighted{nn::squared_error{}}) == Approx(1));
    CHECK_THROWS_WITH(nn::mean_loss(net, data_of(y, t), nn::weighted{nn::squared_error{}}), "weights: expected 3 numbers, found 0");
    auto classes = identity3();
    CHECK(nn::mean_loss(classes, data_of(scores, numbers), nn::class_targets{nn::cross_entropy{}}) ==
          Approx(nn::mean_loss(classes, data_of(scores, one_hot), nn::cross_entropy{})));
}
TEST_CASE("more samples than are measured together") {
    auto net = identity1();
    std::vector<double> y, t;
    for (int i = 0; i < 1100; ++i) y.push_back(i % 3), t.push_back(i % 2);
    double right = 0, error = 0;
    for (std::size_t i = 0; i < y.size(); ++i) right += (y[i] > 0.5) == (t[i] > 0.5), error += std::abs(y[i] - t[i]);
    CHECK(nn::accuracy(net, data_of(y, t)) == right / 1100);
    CHECK(nn::mae(net, data_of(y, t)) == Approx(error / 1100));
}
TEST_CASE("data that cannot be measured") {
    auto net = identity3();
    const std::vector<double> four{0, 0, 1, 1}, outside{0, 0, 1, 3, 2, 2, 2}, negative{0, 0, 1, -1, 2, 2, 2};
    CHECK_THROWS_WITH(nn::accuracy(net, data_of(scores, four)),
                      "targets: a batch of samples of 3 numbers, found 4, which is no whole number of samples");
    CHECK_THROWS_WITH(nn::accuracy(net, data_of({}, {})), "inputs: a batch must hold at least one sample, found none");
    CHECK_THROWS_WITH(nn::confusion(net, data_of(scores, outside)),
                      "targets: the number of a class must be from 0 to the number of outputs less 1");
    CHECK_THROWS_AS(nn::accuracy(net, data_of(scores, negative)), std::invalid_argument);
    CHECK_THROWS_WITH(nn::mean_loss(net, data_of(scores, outside), nn::class_targets{nn::cross_entropy{}}),
                      "targets: expected the number of a class from 0 to 2, found 3 in sample 3");
}
