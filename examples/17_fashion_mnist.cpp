// SPDX-License-Identifier: BSL-1.0
// Fashion-MNIST: 60 000 real images of 28 x 28 pixels, ten kinds of clothing, a plain network on two threads.
// scripts/fashion fetches the images, builds this and runs it: 17_fashion_mnist [folder [seed]]
// needs: thread
// needs: zlib.h
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include <chainfold/chainfold.hpp>
#include <chainfold/program/threads.hpp>
#include <chainfold/storage/data.hpp>
#include <chainfold/storage/gzip.hpp>

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model =
    nn::sequential<float, nn::linear<784, 256>, nn::relu, nn::linear<256, 128>, nn::relu, nn::linear<128, 10>>;

// Images as numbers from 0 to 1, and for each the number of its kind.
struct images {
    std::vector<float> pixels, kinds;
    explicit images(const std::string& path)
        : pixels(cf::read_idx<float>(cf::read_gzip(path + "-images-idx3-ubyte.gz")).values),
          kinds(cf::read_idx<float>(cf::read_gzip(path + "-labels-idx1-ubyte.gz")).values) {
        for (float& pixel : pixels) pixel /= 255;
    }
    [[nodiscard]] nn::dataset<float> data() const { return {cf::batch(pixels), cf::batch(kinds)}; }
};

int main(int count, char** given) {
    const std::string folder = count > 1 ? given[1] : "/usr/share/datasets/fashion-mnist";
    const unsigned long seed = count > 2 ? std::stoul(given[2]) : 1;
    if (!std::filesystem::exists(folder + "/train-images-idx3-ubyte.gz")) {
        std::printf("No images in %s: scripts/fashion fetches them.\n", folder.c_str());
        return 1;
    }
    const images known(folder + "/train"), test(folder + "/t10k");
    std::printf("784-256-128-10, %zu parameters, seed %lu\n", model::parameter_count, seed);
    model net{nn::seed{seed}};
    cf::threads two(2);
    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    nn::train(net, known.data(), nn::class_targets{nn::cross_entropy{}},
              nn::adamw{.learning_rate = nn::cosine{.from = 2e-3}, .weight_decay = 0.1},
              {.epochs = 15, .batch_size = 256, .seed = seed, .training_metrics = false}, nn::on{two}, nn::accuracy,
              nn::validation_split{.fraction = 1. / 12}, [&](const nn::epoch_report& r) {
                  std::printf("  epoch %2d  loss %.4f  accuracy on images held back %.2f %%  %4.1f s\n", r.epoch,
                              r.loss, 100 * r.history->metrics[0].validation.back(), seconds());
                  std::fflush(stdout);
              });
    const double trained = seconds(), accuracy = nn::accuracy(net, test.data());
    std::printf("Accuracy on %zu test images: %.2f %%, trained in %.1f s\n", test.kinds.size(), 100 * accuracy,
                trained);
    return accuracy >= 0.885 ? 0 : 1;
}
