// SPDX-License-Identifier: BSL-1.0
// Training on threads: the same weights from run to run, and, where they are asked for, those of one thread.
// needs: thread
#include <algorithm>
#include <vector>

#include <chainfold/nn/batch_stepper.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/train.hpp>
#include <chainfold/program/threads.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

/// Threads that count how often they were asked to share something.
class counting final : public cf::team {
public:
    explicit counting(int count) : members_(count) {}
    int asked = 0;

    [[nodiscard]] int size() const override { return members_.size(); }
    void share(void (*work)(void*, int), void* what) override { ++asked, members_.share(work, what); }
    void run_together(void (*work)(void*, int), void* what) override { ++asked, members_.run_together(work, what); }
    void meet() override { members_.meet(); }

private:
    cf::threads members_;
};

constexpr std::size_t samples = 700;

struct noise {
    std::vector<float> inputs, targets;
    noise() {
        nn::random_sequence random(nn::seed{5});
        for (std::size_t i = 0; i < samples * 48; ++i) inputs.push_back(static_cast<float>(random.uniform()) - 0.5f);
        for (std::size_t i = 0; i < samples * 10; ++i) targets.push_back(i % 10 == i / 10 % 7 ? 1.0f : 0.0f);
    }
};
const noise data;

template <class Model>
std::vector<float> trained(nn::training_history* told, auto&&... parts) {
    Model net{nn::seed{1}};
    auto history =
        nn::train(net, nn::dataset<float>{cf::batch(data.inputs), cf::batch(data.targets), {}}, nn::cross_entropy{},
                  nn::sgd{.learning_rate = 0.1}, {.epochs = 2, .batch_size = 512, .progress = false}, parts...);
    if (told != nullptr) *told = std::move(history);
    return {net.data(), net.data() + net.size()};
}

/// The number of threads among the settings of a run.
double threads_in(const nn::training_history& history) {
    for (const nn::setting& s : history.settings)
        if (s.name == "on.threads") return s.value;
    return 0;
}

using plain = nn::sequential<float, nn::linear<48, 96>, nn::relu, nn::linear<96, 10>>;
using drawn =
    nn::sequential<float, nn::linear<48, 96>, nn::batch_norm<96>, nn::relu, nn::dropout<0.3>, nn::linear<96, 10>>;

template <class Model>
void check_threads() {
    const std::vector<float> alone = trained<Model>(nullptr);
    for (const int count : {1, 2, 3}) {
        INFO(count << " threads");
        counting team(count);
        nn::training_history told;
        CHECK(trained<Model>(&told, nn::on{team, cf::sharing::reproducible}) == alone);
        CHECK((team.asked > 0) == (count > 1));
        CHECK(threads_in(told) == 1);  // what it is equal to

        team.asked = 0;
        const std::vector<float> fast = trained<Model>(&told, nn::on{team});
        CHECK((team.asked > 0) == (count > 1));
        CHECK(threads_in(told) == count);
        CHECK(trained<Model>(nullptr, nn::on{team}) == fast);
        CHECK(std::ranges::equal(fast, alone, [](float a, float b) { return a == Approx(b).margin(1e-4); }));
    }
}

}  // namespace

TEST_CASE("a network is trained by threads") { check_threads<plain>(); }
TEST_CASE("a network with random numbers and moments of the batch is trained by threads") { check_threads<drawn>(); }
