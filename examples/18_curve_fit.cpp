// SPDX-License-Identifier: BSL-1.0
// A decay measured with noise: Ceres fits it by the residuals of one point, NLopt by the mean of their squares.
// needs: ceres/ceres.h
// needs: nlopt.hpp
#include <cmath>
#include <cstdio>
#include <vector>

#include <ceres/ceres.h>

#include <chainfold/chainfold.hpp>
#include <chainfold/solver/ceres.hpp>
#include <chainfold/solver/nlopt.hpp>

namespace cf = chainfold;

constexpr auto a = cf::parameter<"a">;
constexpr auto k = cf::parameter<"k">;
constexpr auto c = cf::parameter<"c">;
constexpr auto x = cf::input<"x">;
constexpr auto y = cf::input<"y">;
constexpr auto curve = a * exp(-k * x) + c;
constexpr auto error = curve - y;

double at(double where, const std::vector<double>& p) {
    return cf::evaluate(curve, a = p[0], k = p[1], c = p[2], x = where);
}

void draw(const std::vector<double>& xs, const std::vector<double>& ys, const std::vector<double>& p) {
    for (int row = 15; row >= 0; --row) {
        for (std::size_t i = 0; i < xs.size(); ++i) {
            const bool point = std::lround(ys[i] * 4) == row, line = std::lround(at(xs[i], p) * 4) == row;
            std::fputs(point ? "o" : line ? "─" : " ", stdout);
        }
        std::puts("");
    }
}

int main() {
    const std::vector<double> truth{3, 0.7, 0.5}, start{1, 1, 0};
    std::vector<double> xs, ys;
    cf::nn::random_sequence random(cf::nn::seed{1});
    for (int i = 0; i < 72; ++i) {
        xs.push_back(i / 12.0);
        ys.push_back(at(xs.back(), truth) + 0.6 * (random.uniform() - 0.5));
    }

    std::vector<double> by_ceres = start;
    ceres::Problem problem;
    for (std::size_t i = 0; i < xs.size(); ++i)
        problem.AddResidualBlock(cf::ceres::cost_function(error, a, k, c, x = xs[i], y = ys[i]).release(), nullptr,
                                 &by_ceres[0], &by_ceres[1], &by_ceres[2]);
    ceres::Solver::Options options;
    options.logging_type = ceres::SILENT;
    options.function_tolerance = 1e-14;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);

    auto f = cf::objective(square(error), a, k, c, x = cf::batch(xs), y = cf::batch(ys));
    std::vector<double> by_nlopt = start;
    nlopt::opt solver(nlopt::LD_LBFGS, static_cast<unsigned>(f.size()));
    solver.set_ftol_rel(1e-14);
    cf::nlopt::minimise(solver, f, by_nlopt);

    std::printf("%s, its slopes %s, %s and %s\n", to_string(curve).c_str(), to_string(derivative(curve, a)).c_str(),
                to_string(derivative(curve, k)).c_str(), to_string(derivative(curve, c)).c_str());
    draw(xs, ys, by_ceres);
    const auto print = [&](const char* name, const std::vector<double>& p) {
        std::printf("  %-16s  a %.5f  k %.5f  c %.5f  mean square %.6f\n", name, p[0], p[1], p[2], f.value(p));
    };
    print("start", start);
    print("Ceres", by_ceres);
    print("NLopt's L-BFGS", by_nlopt);
    print("without noise", truth);
    bool right = f.value(by_ceres) < f.value(truth);
    for (std::size_t i = 0; i < 3; ++i)
        right = right && std::abs(by_ceres[i] - by_nlopt[i]) < 1e-4 && std::abs(by_ceres[i] - truth[i]) < 0.2;
    return right ? 0 : 1;
}
