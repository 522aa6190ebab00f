// SPDX-License-Identifier: BSL-1.0
#pragma once

// The networks that are measured, as numbers: what every contestant reads.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace benchmark {

enum class activation { none, sigmoid, tanh, relu };
enum class error {
    squared,       // Σ (y − t)²
    cross_entropy  // from logits
};

/// Layers y = f(W x + b) of these widths.  Everybody may keep weights as suits him; between contestants they travel
/// layer by layer, W (out × in, row-major), then b.
template <class T, activation Hidden, activation Last, error Error, int... Widths>
struct network {
    using value_type = T;
    template <class U>
    using in_type = network<U, Hidden, Last, Error, Widths...>;
    static constexpr activation hidden = Hidden, last = Last;
    static constexpr error loss = Error;
    static constexpr int layers = static_cast<int>(sizeof...(Widths)) - 1;
    static constexpr std::array<int, layers + 1> widths{Widths...};
    static constexpr int inputs = widths[0], outputs = widths[layers];

    static constexpr int in(int layer) { return widths[static_cast<std::size_t>(layer)]; }
    static constexpr int out(int layer) { return widths[static_cast<std::size_t>(layer) + 1]; }
    static constexpr activation after(int layer) { return layer + 1 == layers ? Last : Hidden; }
    /// Where a layer's weights begin; its biases follow them.
    static constexpr int begin(int layer) {
        int at = 0;
        for (int l = 0; l < layer; ++l) at += out(l) * (in(l) + 1);
        return at;
    }
    static constexpr int size = begin(layers);

    /// Multiplications and additions in products; nobody computes the derivative by the first layer's input.
    static constexpr double flops(int batch) {
        double products = 0;
        for (int l = 0; l < layers; ++l) products += 2.0 * in(l)*out(l) * (l == 0 ? 2 : 3);
        return products * batch;
    }
};

template <class T>
using n1 = network<T, activation::sigmoid, activation::sigmoid, error::squared, 2, 4, 1>;
using n2 = network<float, activation::tanh, activation::none, error::squared, 64, 64, 64, 4>;
using n3 = network<float, activation::relu, activation::none, error::cross_entropy, 784, 128, 10>;
using n4 = network<float, activation::relu, activation::none, error::cross_entropy, 784, 1024, 1024, 10>;
using n5 = network<float, activation::tanh, activation::tanh, error::squared, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
                   16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16>;  // 20 layers

/// Numbers that look random and are the same everywhere.
class numbers {
public:
    explicit numbers(std::uint64_t seed) : state_(seed) {}
    double between(double low, double high) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return low + (high - low) * static_cast<double>(state_ >> 11) * 0x1p-53;
    }

private:
    std::uint64_t state_;
};

/// Weights to start from, and a batch.
template <class Net>
struct material {
    using T = typename Net::value_type;
    std::vector<T> weights, inputs, targets;

    explicit material(int batch) {
        const auto samples = static_cast<std::size_t>(batch);
        inputs.reserve(samples * Net::inputs);
        targets.reserve(samples * Net::outputs);
        numbers draw(20);
        for (int l = 0; l < Net::layers; ++l) {
            const double bound = std::sqrt((Net::after(l) == activation::relu ? 6.0 : 3.0) / Net::in(l));
            for (int i = 0; i < Net::out(l) * Net::in(l); ++i)
                weights.push_back(static_cast<T>(draw.between(-bound, bound)));
            for (int i = 0; i < Net::out(l); ++i) weights.push_back(static_cast<T>(draw.between(-0.1, 0.1)));
        }
        for (int i = 0; i < batch * Net::inputs; ++i) inputs.push_back(static_cast<T>(draw.between(-1, 1)));
        for (int s = 0; s < batch; ++s) {
            const int chosen = static_cast<int>(draw.between(0, Net::outputs));
            for (int i = 0; i < Net::outputs; ++i)
                targets.push_back(Net::loss == error::squared ? static_cast<T>(draw.between(0, 1))
                                                              : static_cast<T>(i == chosen));
        }
    }
};

/// Copies weights (or a gradient) between the common order and a contestant's own, which is a type with
/// weight_at(layer, out, in) and bias_at(layer, out).
template <class Net, class Layout, class Copy>
void for_each_weight(Copy copy) {
    for (int l = 0, common = 0; l < Net::layers; ++l) {
        for (int o = 0; o < Net::out(l); ++o)
            for (int i = 0; i < Net::in(l); ++i) copy(common++, Layout::weight_at(l, o, i));
        for (int o = 0; o < Net::out(l); ++o) copy(common++, Layout::bias_at(l, o));
    }
}

}  // namespace benchmark
