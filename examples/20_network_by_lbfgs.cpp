// SPDX-License-Identifier: BSL-1.0
// Real digits again, now with all images in every step: a network trained by LBFGS++.
// needs: LBFGS.h
#include <algorithm>
#include <cstdio>
#include <vector>

#include <LBFGS.h>

#include <chainfold/chainfold.hpp>
#include <chainfold/solver/lbfgspp.hpp>

#include "digits/digits.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<double, nn::linear<64, 32>, nn::tanh, nn::linear<32, 10>>;

// Samples one after another.
struct samples {
    std::vector<double> images, classes;
    void add(std::size_t i) {
        for (float pixel : digits::pixels(i)) images.push_back(static_cast<double>(pixel));
        for (int c = 0; c < 10; ++c) classes.push_back(c == digits::label(i) ? 1 : 0);
    }
    [[nodiscard]] nn::dataset<double> data() const { return {cf::batch(images), cf::batch(classes)}; }
};

int main() {
    samples known, held_out;
    const auto order = nn::shuffled_indices(digits::count, nn::seed{42});
    for (std::size_t i = 0; i < order.size(); ++i) (i < 1437 ? known : held_out).add(order[i]);

    model net{nn::seed{20}};
    auto loss = nn::objective(net, known.data(), nn::cross_entropy{}, {.l2 = 1e-4});
    cf::lbfgspp::functor f(loss);
    std::printf("64-32-10, %zu parameters, cross-entropy and penalty over %d images\n", loss.size(), 1437);
    int calls = 0;
    const auto watched = [&](const Eigen::VectorXd& weights, Eigen::VectorXd& gradient) {
        const double value = f(weights, gradient);
        if (calls++ % 10 == 0) {
            std::ranges::copy(weights, net.data());
            std::printf("  call %3d  loss %.6f  |gradient| %.1e  accuracy %5.1f %%, held out %5.1f %%\n", calls, value,
                        gradient.norm(), 100 * nn::accuracy(net, known.data()),
                        100 * nn::accuracy(net, held_out.data()));
        }
        return value;
    };

    LBFGSpp::LBFGSParam<double> parameters;
    parameters.max_iterations = 50;
    parameters.linesearch = LBFGSpp::LBFGS_LINESEARCH_BACKTRACKING_STRONG_WOLFE;
    LBFGSpp::LBFGSSolver<double> solver(parameters);
    Eigen::VectorXd weights = Eigen::Map<const Eigen::VectorXd>(net.data(), static_cast<Eigen::Index>(net.size()));
    double least = 0;
    const int steps = solver.minimize(watched, weights, least);
    std::ranges::copy(weights, net.data());

    const double accuracy = nn::accuracy(net, held_out.data());
    std::printf("After %d steps and %d calls: loss %.6f, held-out accuracy %.1f %%\n", steps, calls, least,
                100 * accuracy);
    return least < 0.03 && accuracy >= 0.96 ? 0 : 1;
}
