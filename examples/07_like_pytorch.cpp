// SPDX-License-Identifier: BSL-1.0
// Weights from PyTorch, and PyTorch's own gradient for them: two files that pytorch/record.py has written.
// 07_like_pytorch [folder of the files]
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/storage/safetensors.hpp>

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<double, nn::linear<2, 4>, nn::sigmoid, nn::linear<4, 1>, nn::sigmoid>;

int main(int count, char** given) {
    const std::string folder = count > 1 ? given[1] : "examples/pytorch";
    model net, autograd;  // a gradient has the names and shapes of the weights
    cf::load(net, folder + "/weights.safetensors");
    cf::load(autograd, folder + "/gradient.safetensors");

    const std::array inputs{0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0};
    const std::array targets{0.0, 1.0, 1.0, 0.0};
    auto f = nn::objective(net, nn::dataset{cf::batch(inputs), cf::batch(targets)}, nn::squared_error{});
    std::vector<double> gradient(f.size());
    const double loss = f.value_and_gradient({net.data(), net.size()}, gradient);

    std::printf("loss %.4f\nmean of the gradient    chainfold   PyTorch\n", loss);
    double difference = std::abs(loss - 0.28655977413469114);  // as record.py prints it
    for (const auto& theirs : autograd.tensors()) {
        const double* ours = gradient.data() + (theirs.data() - autograd.data());
        double our_sum = 0, their_sum = 0;
        for (std::size_t i = 0; i < theirs.size(); ++i) {
            our_sum += ours[i], their_sum += theirs.data()[i];
            difference = std::fmax(difference, std::abs(ours[i] - theirs.data()[i]));
        }
        const auto size = static_cast<double>(theirs.size());
        std::printf("  %-20s  %9.4f %9.4f\n", std::string(theirs.name).c_str(), our_sum / size, their_sum / size);
    }
    std::printf("%zu derivatives, %s\n", f.size(), difference < 1e-15 ? "all equal to 1e-15" : "NOT equal");
    return difference < 1e-15 ? 0 : 1;
}
