// SPDX-License-Identifier: BSL-1.0
// Four real tables (examples/data): a small network for each, trained on 80 % and tested on the other 20 %, ten times.
// 16_tabular [folder of the tables]
#include <chrono>
#include <cstdio>
#include <string>

#include <chainfold/chainfold.hpp>
#include <chainfold/storage/data.hpp>

namespace cf = chainfold;
namespace nn = chainfold::nn;

constexpr int splits = 10;
using clock_type = std::chrono::steady_clock;

// Trains on one part of a table and measures on the other.  The scales of the columns are those of the training part.
template <class Model>
double run(const cf::csv_table<float>& table, const auto& targets, const auto& loss, const auto& metric,
           std::uint64_t seed) {
    auto [training, test] = cf::split(table.inputs, targets, table.rows, {.test = 0.2, .seed = seed});
    const cf::normaliser scale = cf::standardise(training.inputs, table.columns);
    scale.apply(training.inputs);
    scale.apply(test.inputs);
    const bool regression = table.classes.empty();
    if (regression) {
        const cf::normaliser of_targets = cf::standardise(training.targets, 1);
        of_targets.apply(training.targets);
        of_targets.apply(test.targets);
    }
    Model net{nn::seed{seed}};
    nn::train(net, training.data(), loss, nn::adam{.learning_rate = nn::cosine{.from = 0.01}},
              {.epochs = 60, .batch_size = 16, .l2 = regression ? 0.05 : 0.01, .seed = seed, .progress = false});
    return metric(net, test.data());
}

template <class Model>
bool study(const char* name, const cf::csv_table<float>& table, const auto& targets, const auto& loss,
           const auto& metric, double least) {
    const auto began = clock_type::now();
    double first = 0, sum = 0, lowest = 1;
    for (std::uint64_t seed = 0; seed < splits; ++seed) {
        const double value = run<Model>(table, targets, loss, metric, seed);
        if (seed == 0) first = value;
        sum += value;
        lowest = value < lowest ? value : lowest;
    }
    const double seconds = std::chrono::duration<double>(clock_type::now() - began).count() / splits;
    std::printf("%-14s %zu samples, %3zu parameters: %s %.3f on average (seed 0: %.3f, lowest: %.3f), %.0f ms each\n",
                name, table.rows, Model::parameter_count, std::string(metric.name).c_str(), sum / splits, first, lowest,
                1000 * seconds);
    return sum / splits >= least;
}

template <std::size_t Columns, std::size_t Classes>
bool classify(const char* name, const std::string& file, const char* label, double least) {
    using model = nn::sequential<float, nn::linear<Columns, 16>, nn::tanh, nn::linear<16, Classes>>;
    const auto table = cf::read_csv<float>(file, {.label = label});
    const auto targets = cf::one_hot<float>(table.labels, table.classes.size());
    return study<model>(name, table, targets, nn::cross_entropy{}, nn::accuracy, least);
}

int main(int count, char** given) {
    const std::string data = std::string(count > 1 ? given[1] : "examples/data") + "/";
    bool good = classify<4, 3>("iris", data + "iris.csv", "species", 0.94);
    good &= classify<13, 3>("wine", data + "wine.csv", "cultivar", 0.96);
    good &= classify<30, 2>("breast cancer", data + "breast_cancer.csv", "diagnosis", 0.96);

    using model = nn::sequential<float, nn::linear<10, 16>, nn::tanh, nn::linear<16, 1>>;
    const auto table = cf::read_csv<float>(data + "diabetes.csv", {.targets = {"progression"}});
    good &= study<model>("diabetes", table, table.targets, nn::squared_error{}, nn::r_squared, 0.47);
    return good ? 0 : 1;
}
