// Losses as training meets them: numbers of classes for targets, weights for samples, means over the outputs.
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

namespace {

constexpr auto y = cf::input<"y", 3>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto k = cf::input<"k">;
template <class A, class B>
constexpr bool same(A, B) {
    return std::is_same_v<A, B>;  // equal expressions are one type
}

// A loss of nn is the function of the same name.
static_assert(same(nn::absolute_error{}(y, t), absolute_error(y, t)));
static_assert(same(nn::mean_absolute_error{}(y, t), mean_absolute_error(y, t)));
static_assert(same(nn::huber{}(y, t), huber(y, t)) && same(nn::huber{.delta = 0.5_c}(y, t), huber(y, t, 0.5_c)));
static_assert(same(nn::hinge{}(y, t), hinge(y, t)) && same(nn::hinge{}(y, k), hinge(y, k)));
static_assert(same(nn::cross_entropy{}(y, t), cross_entropy(y, t)));
static_assert(same(nn::cross_entropy{.label_smoothing = 0.1_c}(y, k), cross_entropy(y, k, 0.1_c)));
static_assert(same(nn::negative_log_likelihood{}(y, k), negative_log_likelihood(y, k)));
static_assert(same(nn::kl_divergence{}(y, t), kl_divergence(y, t)));
static_assert(same(nn::mean_over_outputs{nn::squared_error{}}(y, t), squared_error(y, t) / 3_c));
static_assert(same(nn::class_targets{nn::hinge{}}(y, k), hinge(y, k)));
static_assert(same(nn::weighted{nn::huber{}}(y, t), nn::sample_weight * huber(y, t)));

using model = nn::sequential<double, nn::linear<2, 3>>;
const std::vector<double> in{1, 0, 0, 1, 1, 1, -1, 0.5}, classes{0, 2, 1, 2}, weights{1, 0, 2, 0.5};

std::vector<double> one_hot(const std::vector<double>& numbers) {
    std::vector<double> all(numbers.size() * 3);
    for (std::size_t i = 0; i < numbers.size(); ++i) all[3 * i + static_cast<std::size_t>(numbers[i])] = 1;
    return all;
}

template <class Loss>
std::vector<double> trained(const nn::dataset<double>& data, const Loss& loss, std::size_t batch = 2) {
    model net{nn::seed{2}};
    const auto history = nn::train(net, data, loss, nn::sgd{.learning_rate = 0.3}, {.epochs = 5, .batch_size = batch});
    std::vector<double> all(net.data(), net.data() + net.size());
    all.push_back(history.loss.back());
    return all;
}
void near(const std::vector<double>& a, const std::vector<double>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-12));
}

template <class Loss>
std::string refusal(const nn::dataset<double>& data, const Loss& loss) {
    model net{nn::seed{2}};
    const model before = net;
    try {
        nn::train(net, data, loss, nn::sgd{});
    } catch (const std::invalid_argument& e) {
        CHECK(std::equal(net.data(), net.data() + net.size(), before.data()));
        return e.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("numbers of classes train as distributions do that are 1 there") {
    const std::vector<double> distribution = one_hot(classes);
    near(trained({cf::batch(in), cf::batch(classes)}, nn::class_targets{nn::cross_entropy{}}),
         trained({cf::batch(in), cf::batch(distribution)}, nn::cross_entropy{}));
}
TEST_CASE("numbers of no classes are refused before anything changes") {
    for (double none : {-1.0, 3.0, 1.5, std::nan("")}) {
        std::vector<double> wrong = classes;
        wrong[2] = none;
        const std::string said = refusal({cf::batch(in), cf::batch(wrong)}, nn::class_targets{nn::cross_entropy{}});
        CHECK(said.find("targets: expected the number of a class from 0 to 2, found ") == 0);
        CHECK(said.find("in sample 2") != std::string::npos);
    }
    const std::vector<double> distribution = one_hot(classes);
    CHECK(refusal({cf::batch(in), cf::batch(distribution)}, nn::class_targets{nn::hinge{}}).find("targets: ") == 0);
}
TEST_CASE("a sample of weight 2 counts as two, one of weight 0 not at all") {
    const std::vector<double> targets = one_hot(classes);
    // One batch of four samples: the mean of w · loss.  The same as a batch of four in which one is there twice, and of
    // which one, of weight 0, is replaced.
    const std::vector<double> twice_in{1, 0, 1, 1, 1, 1, -1, 0.5}, twice_classes{0, 1, 1, 2}, equal{1, 1, 1, 0.5};
    const std::vector<double> twice_targets = one_hot(twice_classes);
    const nn::weighted loss{nn::cross_entropy{}};
    near(trained({cf::batch(in), cf::batch(targets), cf::batch(weights)}, loss, 4),
         trained({cf::batch(twice_in), cf::batch(twice_targets), cf::batch(equal)}, loss, 4));
}
TEST_CASE("weights that are missing, too many, or not asked for are refused") {
    const std::vector<double> targets = one_hot(classes), three(3, 1.0);
    const nn::weighted loss{nn::squared_error{}};
    CHECK(refusal({cf::batch(in), cf::batch(targets)}, loss) == "weights: expected 4 numbers, found 0");
    CHECK(refusal({cf::batch(in), cf::batch(targets), cf::batch(three)}, loss) == "weights: expected 4 numbers, found 3");
    CHECK(refusal({cf::batch(in), cf::batch(targets), cf::batch(weights)}, nn::squared_error{}) ==
          "weights: the loss takes none; write weighted{loss}");
}
