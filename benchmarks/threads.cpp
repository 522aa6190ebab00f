// SPDX-License-Identifier: BSL-1.0
// What several threads gain over one, for value and gradient and for a whole step.
#include <algorithm>
#include <chrono>
#include <thread>

#include <chainfold/program/threads.hpp>

#include "chainfold_network.hpp"
#include "contest.hpp"

using namespace benchmark;

/// By the clock on the wall, because several processors work.
double seconds_of(const auto& call) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

template <class Net, class Model, class Loss>
void measure(const char* name, int batch, cf::threads& team, const options& o) {
    using T = typename Net::value_type;
    const material<Net> data(batch);
    chainfold_network<0, Model, Loss> net;
    net.set(data.weights.data());

    for (const bool step : {false, true}) {
        const auto run = [&](int times, auto&... how) {
            return seconds_of([&] {
                for (int i = 0; i < times; ++i)
                    keep(step ? net.step(data.inputs.data(), data.targets.data(), batch, T(1e-6), how...)
                              : net.gradient(data.inputs.data(), data.targets.data(), batch, how...));
            });
        };
        constexpr cf::sharing fast = cf::sharing::fast, reproducible = cf::sharing::reproducible;
        const int times = o.check ? 1 : std::max(1, static_cast<int>(4e-3 / run(1)));
        std::vector<double> time, gain, equal_gain;
        for (int round = 0; round < (o.check ? 1 : o.rounds); ++round) {
            time.push_back(run(times));
            gain.push_back(time.back() / run(times, team, fast));
            equal_gain.push_back(time.back() / run(times, team, reproducible));
        }
        std::printf(R"({"threads": "%s", "what": "%s", "batch": %d, "count": %d, "ns": %.5g, "gain": %.4g, )"
                    R"("reproducible_gain": %.4g})"
                    "\n",
                    name, step ? "step" : "gradient", batch, team.size(), median(time) / times * 1e9, median(gain),
                    median(equal_gain));
        std::fflush(stdout);
    }
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    const int processors = static_cast<int>(std::thread::hardware_concurrency());
    cf::threads team{std::max(2, processors)};
    using small = nn::sequential<float, nn::linear<64, 64>, nn::tanh, nn::linear<64, 64>, nn::tanh, nn::linear<64, 4>>;
    using medium = nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>;
    using large = nn::sequential<float, nn::linear<784, 1024>, nn::relu, nn::linear<1024, 1024>, nn::relu,
                                 nn::linear<1024, 10>>;
    for (int batch : {256, o.check ? 512 : 16384}) {
        measure<n2, small, nn::squared_error>("N2", batch, team, o);
        measure<n3, medium, nn::cross_entropy<>>("N3", batch, team, o);
    }
    for (int batch : {256, o.check ? 512 : 2048}) measure<n4, large, nn::cross_entropy<>>("N4", batch, team, o);
    return 0;
}
