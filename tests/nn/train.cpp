// Training: the chapter's XOR to the last digit, and what every option does.
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

namespace {
using xor_model = nn::sequential<double, nn::linear<2, 4>, nn::sigmoid, nn::linear<4, 1>, nn::sigmoid>;
const std::vector<double> xor_in{0, 0, 0, 1, 1, 0, 1, 1}, xor_out{0, 1, 1, 0};
const nn::dataset xor_data{cf::batch(xor_in), cf::batch(xor_out)};

using line = nn::sequential<double, nn::linear<1, 1>>;

/// y = 2 x − 1 at ten points.
struct points {
    std::vector<double> x{}, y{};
    points() {
        for (int i = 0; i < 10; ++i) x.push_back(0.2 * i - 1), y.push_back(2 * x.back() - 1);
    }
    [[nodiscard]] nn::dataset<double> data() const { return {cf::batch(x), cf::batch(y)}; }
};

std::string refusal(const std::vector<double>& in, const std::vector<double>& out) {
    xor_model net{nn::seed{1}};
    try {
        nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::squared_error{}, nn::sgd{}, {.epochs = 1});
    } catch (const std::invalid_argument& e) {
        return e.what();
    }
    return "accepted";
}
}  // namespace

TEST_CASE("XOR as NumPy learns it") {
    xor_model net;
    const std::array<double, 8> w1{0.24835707650561634, -0.06913215058559233, 0.32384426905034625, 0.7615149282040127,
                                   -0.11707668736166799, -0.11706847847459027, 0.7896064077536957, 0.3837173645764544};
    const std::array<double, 4> w2{-0.23473719296747605, 0.27128002179298233, -0.23170884640623113, -0.23286487678512843};
    std::copy(w1.begin(), w1.end(), net.get<"0.weight">().data());
    std::copy(w2.begin(), w2.end(), net.get<"2.weight">().data());
    const auto history = nn::train(net, xor_data, nn::squared_error{}, nn::sgd{.learning_rate = 1},
                                   {.epochs = 1000, .batch_size = 1, .shuffle = false});
    REQUIRE(history.loss.size() == 1000);
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
    CHECK(near(history.loss[0], 0.33058275111645724));
    CHECK(near(history.loss[199], 0.22860314692617884));
    CHECK(near(history.loss[399], 0.024941136454049172));
    CHECK(near(history.loss[599], 0.004083586619345945));
    CHECK(near(history.loss[799], 0.0020124558176613664));
    CHECK(near(history.loss[999], 0.0013038117919734042));
    const std::array<double, 4> outputs{0.018032437830599747, 0.9648280498936227, 0.9665007768451342, 0.04996916703936573};
    for (std::size_t i = 0; i < 4; ++i) CHECK(near(net(std::array{xor_in[2 * i], xor_in[2 * i + 1]})(0), outputs[i]));
}
TEST_CASE("training lowers every loss") {
    const std::vector<double> in{1, 0, 0, 1, 1, 1, -1, 0.5}, out{1, 0, 0, 1, 1, 0, 0, 1};
    const nn::dataset data{cf::batch(in), cf::batch(out)};
    const auto learns = [&](auto loss) {
        nn::sequential<double, nn::linear<2, 6>, nn::tanh, nn::linear<6, 2>> net{nn::seed{2}};
        const auto h = nn::train(net, data, loss, nn::sgd{.learning_rate = 0.2}, {.epochs = 300, .batch_size = 2});
        return h.loss.back() < 0.2 * h.loss.front();
    };
    CHECK(learns(nn::squared_error{}));
    CHECK(learns(nn::mean_squared_error{}));
    CHECK(learns(nn::cross_entropy{}));
    CHECK(learns(nn::binary_cross_entropy{}));
    // One that a user writes.
    CHECK(learns([](auto y, auto t) { return sum(sqrt(square(y - t) + 1_c) - 1_c); }));
}
TEST_CASE("one step is a step along the mean gradient") {
    const points p;
    line net;
    net.get<"0.weight">()(0, 0) = 0.5;
    nn::train(net, p.data(), nn::squared_error{}, nn::sgd{.learning_rate = 0.1}, {.epochs = 1, .batch_size = 10});
    double slope = 0, offset = 0;
    for (std::size_t i = 0; i < 10; ++i) {
        const double error = 0.5 * p.x[i] - p.y[i];
        slope += 2 * error * p.x[i] / 10;
        offset += 2 * error / 10;
    }
    CHECK(net.get<"0.weight">()(0, 0) == Approx(0.5 - 0.1 * slope));
    CHECK(net.get<"0.bias">()(0) == Approx(-0.1 * offset));
}
TEST_CASE("l2 shrinks matrices and nothing else") {
    const std::vector<double> zero{0}, target{3};
    line net;
    net.get<"0.weight">()(0, 0) = 2;
    net.get<"0.bias">()(0) = 3;  // the loss is at its minimum, and the input is zero: only decay moves anything
    nn::train(net, nn::dataset{cf::batch(zero), cf::batch(target)}, nn::squared_error{}, nn::sgd{.learning_rate = 0.1},
              {.epochs = 3, .batch_size = 1, .l2 = 0.5});
    CHECK(net.get<"0.weight">()(0, 0) == Approx(2 * 0.95 * 0.95 * 0.95));
    CHECK(net.get<"0.bias">()(0) == 3);
}
TEST_CASE("the last batch may be smaller, and counts for what it holds") {
    const points p;
    line net;
    std::vector<double> reported;
    const auto history = nn::train(net, p.data(), nn::squared_error{}, nn::sgd{.learning_rate = 0},
                                   {.epochs = 2, .batch_size = 4}, [&](const nn::epoch_report& r) {
                                       CHECK(r.epochs == 2);
                                       CHECK(r.epoch == static_cast<int>(reported.size()) + 1);
                                       reported.push_back(r.loss);
                                   });
    double mean = 0;
    for (double y : p.y) mean += y * y / 10;
    CHECK(history.loss[0] == Approx(mean));
    CHECK(history.loss[1] == Approx(mean));
    CHECK(reported == history.loss);
}
TEST_CASE("batches as large as the data or larger are one batch") {
    const points p;
    const auto after = [&](std::size_t batch) {
        line net;
        nn::train(net, p.data(), nn::squared_error{}, nn::sgd{.learning_rate = 0.1}, {.epochs = 5, .batch_size = batch, .shuffle = false});
        return net.get<"0.weight">()(0, 0);
    };
    CHECK(after(10) == after(1000));
    CHECK(after(10) != after(9));
}
TEST_CASE("the order of the samples follows from the seed") {
    const auto after = [](std::uint64_t seed, bool shuffle) {
        xor_model net{nn::seed{3}};
        nn::train(net, xor_data, nn::squared_error{}, nn::sgd{.learning_rate = 1}, {.epochs = 20, .batch_size = 1, .shuffle = shuffle, .seed = seed});
        return std::vector<double>(net.data(), net.data() + net.size());
    };
    CHECK(after(1, true) == after(1, true));
    CHECK(after(1, true) != after(2, true));
    CHECK(after(1, true) != after(1, false));
    CHECK(after(1, false) == after(2, false));

    auto order = nn::shuffled_indices(100, nn::seed{7});
    CHECK(order == nn::shuffled_indices(100, nn::seed{7}));
    std::vector<std::size_t> sorted(100);
    std::iota(sorted.begin(), sorted.end(), 0u);
    CHECK(order != sorted);
    std::sort(order.begin(), order.end());
    CHECK(order == sorted);
}
TEST_CASE("data that do not fit") {
    const std::vector<double> three(3), four(4), eight(8);
    CHECK(refusal(three, four) == "inputs: a batch of samples of 2 numbers, found 3, which is no whole number of samples");
    CHECK(refusal({}, {}) == "inputs: a batch must hold at least one sample, found none");
    CHECK(refusal(eight, three) == "targets: all batches of a call must be of one length: expected 4 samples, found 3");
    CHECK(refusal(eight, {}).find("targets: ") == 0);
    CHECK(refusal(eight, four) == "accepted");
    xor_model net;
    CHECK_THROWS_WITH(nn::train(net, xor_data, nn::squared_error{}, nn::sgd{}, {.batch_size = 0}),
                      "train: batch_size must be at least 1");
}
TEST_CASE("accuracy is the share of samples whose largest output is right") {
    nn::sequential<float, nn::linear<2, 2>> net;
    net.get<"0.weight">()(0, 0) = 1;
    net.get<"0.weight">()(1, 1) = 1;
    const std::vector<float> in{1, 0, 0, 1, 3, 2, 2, 3}, out{1, 0, 0, 1, 0, 1, 0, 1};
    CHECK(nn::accuracy(net, nn::dataset{cf::batch(in), cf::batch(out)}) == 0.75);
}
