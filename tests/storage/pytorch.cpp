// SPDX-License-Identifier: BSL-1.0
// A network that PyTorch wrote (pytorch/make.py) computes here what it computed there.
#include <cmath>

#include <chainfold/chainfold.hpp>
#include <chainfold/storage/safetensors.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {
template <class T>
using network = nn::sequential<T, nn::linear<6, 8>, nn::relu, nn::linear<8, 5>, nn::tanh, nn::linear<5, 4>, nn::sigmoid,
                               nn::linear<4, 3>>;
const std::string folder = std::string(CHAINFOLD_TESTS) + "/storage/pytorch/";

/// The largest difference to PyTorch's outputs.
template <class T>
double difference() {
    network<T> net;
    const cf::weights_info info = cf::load(net, folder + "network.safetensors");
    CHECK(info.version.empty());
    const auto samples = cf::safetensors::read_file(folder + "samples.safetensors");
    const std::vector<float> inputs = samples.tensors().at("inputs").values<float>();
    const std::vector<float> outputs = samples.tensors().at("outputs").values<float>();
    const std::vector<T> in(inputs.begin(), inputs.end());
    std::vector<T> out(outputs.size());
    net(cf::batch(in), cf::into(out));
    double most = 0, spread = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        most = std::max(most, std::abs(static_cast<double>(out[i]) - static_cast<double>(outputs[i])));
        spread = std::max(spread, static_cast<double>(std::abs(outputs[i] - outputs[i % 3])));
    }
    CHECK(out.size() == 150);
    CHECK(spread > 0.1);  // they are not all the same
    return most;
}
}  // namespace

TEST_CASE("a network of PyTorch's gives its outputs") {
    CHECK(difference<float>() < 1e-6);
    CHECK(difference<double>() < 1e-6);
}
