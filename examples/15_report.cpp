// SPDX-License-Identifier: BSL-1.0
// A training run as one page: report.html, in the current folder.
#include <iostream>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/report/write_report.hpp>

#include "digits/digits.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<64, 32>, nn::relu, nn::linear<32, 10>>;

int main() {
    // 1437 images of 8 x 8 pixels to learn from, 360 to be asked for.
    std::vector<float> images[2], classes[2];
    const std::vector<std::size_t> order = nn::shuffled_indices(digits::count, nn::seed{42});
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t part = i < 1437 ? 0 : 1;
        for (const float pixel : digits::pixels(order[i])) images[part].push_back(pixel);
        classes[part].push_back(static_cast<float>(digits::label(order[i])));
    }
    const nn::dataset<float> known{cf::batch(images[0]), cf::batch(classes[0])};
    const nn::dataset<float> asked{cf::batch(images[1]), cf::batch(classes[1])};

    const nn::class_targets loss{nn::cross_entropy{}};
    model net{nn::seed{20}};
    const nn::training_history history =
        nn::train(net, known, loss, nn::sgd{.learning_rate = nn::cosine{.from = 0.3, .to = 0.01}},
                  {.epochs = 25, .batch_size = 16, .l2 = 1e-4, .seed = 20}, nn::validation_data{asked}, nn::accuracy,
                  nn::inspection{.every = 20});

    std::cout << "In the layers, from the first step to the last:\n" << history.layers;
    for (const std::string& warning : history.warnings) std::cout << warning << '\n';
    cf::write_report("report.html", net, asked, loss, history,
                     {.title = "Handwritten digits",
                      .description = "1797 images of 8 × 8 pixels, shuffled by seed 42; the last 360 held out.",
                      .data_name = "360 held-out images",
                      .weights_seed = 20});
    const double accuracy = history.metric("accuracy").validation.back();
    std::cout << "Held-out accuracy " << 100 * accuracy << " %; report.html says more\n";
    return accuracy > 0.95 ? 0 : 1;
}
