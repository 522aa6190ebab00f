// SPDX-License-Identifier: BSL-1.0
// Real digits: 1797 images of 8 x 8 pixels, a 64-32-10 network.
#include <cstdio>
#include <span>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "digits/digits.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<64, 32>, nn::relu, nn::linear<32, 10>>;

constexpr std::size_t held_out = 360;

// Samples one after another, in the given order.
struct samples {
    std::vector<float> images, classes;
    void add(std::size_t i) {
        for (float pixel : digits::pixels(i)) images.push_back(pixel);
        for (int c = 0; c < 10; ++c) classes.push_back(c == digits::label(i) ? 1.0f : 0.0f);
    }
    [[nodiscard]] nn::dataset<float> data() const { return {cf::batch(images), cf::batch(classes)}; }
};

double train(model& net, const std::vector<std::size_t>& order, samples& test, int print_every) {
    samples known;
    for (std::size_t i = 0; i < order.size(); ++i) (i < order.size() - held_out ? known : test).add(order[i]);
    nn::train(net, known.data(), nn::cross_entropy{}, nn::sgd{.learning_rate = 0.2},
              {.epochs = 60, .batch_size = 16, .l2 = 1e-4, .seed = 20}, [&](const nn::epoch_report& r) {
                  if (r.epoch == 1 || r.epoch % print_every == 0)
                      std::printf("  epoch %2d  loss %.4f  held-out accuracy %.1f %%\n", r.epoch, r.loss,
                                  100 * nn::accuracy(net, test.data()));
              });
    return nn::accuracy(net, test.data());
}

void draw(model& net, const samples& test, std::size_t count) {
    for (std::size_t row = 0; row < 8; ++row) {
        for (std::size_t s = 0; s < count; ++s) {
            std::printf("  ");
            for (std::size_t column = 0; column < 8; ++column) {
                const float ink = test.images[s * 64 + row * 8 + column];
                const char* const shade[] = {"  ", "░░", "▒▒", "▓▓", "██"};
                std::fputs(shade[static_cast<int>(ink * 4.99f)], stdout);
            }
        }
        std::puts("");
    }
    for (std::size_t s = 0; s < count; ++s) {
        const auto scores = net(std::span<const float, 64>(test.images.data() + s * 64, 64));
        std::printf("  the network: %zu  ", nn::largest(scores.data(), 10));
    }
    std::puts("\n");
}

int main() {
    std::printf("64-32-10, %zu parameters, %zu images, %zu held out\n", model::parameter_count, digits::count, held_out);
    std::printf("Split shuffled with seed 42:\n");
    model net{nn::seed{20}};
    samples test;
    const double shuffled = train(net, nn::shuffled_indices(digits::count, nn::seed{42}), test, 1);
    draw(net, test, 4);

    std::printf("In file order, the last 360 held out (other writers):\n");
    model other{nn::seed{20}};
    samples tail;
    std::vector<std::size_t> order(digits::count);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const double in_order = train(other, order, tail, 10);

    std::printf("Held-out accuracy: shuffled split %.1f %%, file order %.1f %%\n", 100 * shuffled, 100 * in_order);
    return shuffled >= 0.97 && in_order >= 0.91 ? 0 : 1;
}
