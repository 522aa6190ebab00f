// SPDX-License-Identifier: BSL-1.0
#pragma once

// The same value and gradient as an engineer writes them for one network: plain loops.

#include <cmath>
#include <cstddef>

namespace by_hand {

inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// (σ(w2 σ(w1 x + b1) + b2) − t)² and its derivatives by w1, b1, w2, b2.
struct two_neurons {
    double value = 0, w1 = 0, b1 = 0, w2 = 0, b2 = 0;
    [[gnu::noinline]] static two_neurons at(double x, double t, double w1, double b1, double w2, double b2) {
        const double a1 = sigmoid(w1 * x + b1), a2 = sigmoid(w2 * a1 + b2);
        const double d2 = 2 * (a2 - t) * a2 * (1 - a2), d1 = d2 * w2 * a1 * (1 - a1);
        return {(a2 - t) * (a2 - t), d1 * x, d1, d2 * a1, d2};
    }
};

/// 64-64-64-4, tanh, squared error.
struct weights {
    float w1[64 * 64], b1[64], w2[64 * 64], b2[64], w3[4 * 64], b3[4];
    static constexpr std::size_t size = 64 * 64 + 64 + 64 * 64 + 64 + 4 * 64 + 4;
    float* data() { return w1; }
};
static_assert(sizeof(weights) == weights::size * sizeof(float));

template <int Out, int In>
void forward(const float* w, const float* b, const float* x, float* y) {
    for (int i = 0; i < Out; ++i) {
        float sum = b[i];
        for (int k = 0; k < In; ++k) sum += w[i * In + k] * x[k];
        y[i] = sum;
    }
}
template <int Out, int In>
void weight_gradient(const float* d, const float* x, float factor, float* gw, float* gb) {
    for (int i = 0; i < Out; ++i) {
        gb[i] += factor * d[i];
        for (int k = 0; k < In; ++k) gw[i * In + k] += factor * d[i] * x[k];
    }
}
template <int Out, int In>
void backward(const float* w, const float* d, const float* a, float* before) {
    for (int k = 0; k < In; ++k) before[k] = 0;
    for (int i = 0; i < Out; ++i)
        for (int k = 0; k < In; ++k) before[k] += w[i * In + k] * d[i];
    for (int k = 0; k < In; ++k) before[k] *= 1 - a[k] * a[k];
}

/// The mean loss over a batch; the mean gradient goes to g.
[[gnu::noinline]] inline float value_and_gradient(const weights& n, const float* inputs, const float* targets, int batch, weights& g) {
    g = {};
    float loss = 0;
    const float factor = 1.0f / static_cast<float>(batch);
    for (int s = 0; s < batch; ++s) {
        const float *x = inputs + s * 64, *t = targets + s * 4;
        float a1[64], a2[64], y[4], d3[4], d2[64], d1[64];
        forward<64, 64>(n.w1, n.b1, x, a1);
        for (float& v : a1) v = std::tanh(v);
        forward<64, 64>(n.w2, n.b2, a1, a2);
        for (float& v : a2) v = std::tanh(v);
        forward<4, 64>(n.w3, n.b3, a2, y);
        for (int i = 0; i < 4; ++i) {
            loss += (y[i] - t[i]) * (y[i] - t[i]);
            d3[i] = 2 * (y[i] - t[i]);
        }
        weight_gradient<4, 64>(d3, a2, factor, g.w3, g.b3);
        backward<4, 64>(n.w3, d3, a2, d2);
        weight_gradient<64, 64>(d2, a1, factor, g.w2, g.b2);
        backward<64, 64>(n.w2, d2, a1, d1);
        weight_gradient<64, 64>(d1, x, factor, g.w1, g.b1);
    }
    return loss * factor;
}

}  // namespace by_hand
