// SPDX-License-Identifier: BSL-1.0
// Cameras and points in space from pictures alone: Ceres, with the Jacobian that the compiler derived.
// needs: ceres/ceres.h
#include <cmath>
#include <cstdio>
#include <vector>

#include <ceres/ceres.h>

#include <chainfold/chainfold.hpp>
#include <chainfold/solver/ceres.hpp>

namespace cf = chainfold;
using namespace chainfold::literals;

// A camera: rotation (axis times angle), place, focal length, centre of the picture, two coefficients of distortion.
constexpr auto camera = cf::parameter<"camera", 11>;
constexpr auto point = cf::parameter<"point", 3>;
constexpr auto pixel = cf::input<"pixel", 2>;

constexpr auto cross(auto a, auto b) {
    return stack(element<1>(a) * element<2>(b) - element<2>(a) * element<1>(b),
                 element<2>(a) * element<0>(b) - element<0>(a) * element<2>(b),
                 element<0>(a) * element<1>(b) - element<1>(a) * element<0>(b));
}
constexpr auto rotated(auto w, auto v) {  // Rodrigues; without a rotation its limit, v + w × v
    const auto angle = sqrt(squared_norm(w));
    const auto axis = w / angle;
    const auto exact = cos(angle) * v + sin(angle) * cross(axis, v) + ((1_c - cos(angle)) * dot(axis, v)) * axis;
    return select(squared_norm(w) > 0_c, exact, v + cross(w, v));
}
constexpr auto seen = rotated(slice<0, 3>(camera), point - slice<3, 3>(camera));
constexpr auto plane = slice<0, 2>(seen) / element<2>(seen);
constexpr auto r = squared_norm(plane);
constexpr auto scale = element<6>(camera) * (1_c + element<9>(camera) * r + element<10>(camera) * square(r));
constexpr auto projected = scale * plane + slice<7, 2>(camera);

int main() {
    cf::nn::random_sequence random(cf::nn::seed{2});
    const auto within = [&random](double size) { return size * (2 * random.uniform() - 1); };
    std::vector<std::vector<double>> cameras, points;
    for (double turn = -0.9; turn < 1; turn += 0.3)  // on an arc, all looking at the origin
        cameras.push_back({0, turn, 0, 4 * std::sin(turn), 0, -4 * std::cos(turn), 800, 320, 240, -0.05, 0.01});
    for (int i = 0; i < 80; ++i) points.push_back({within(1), within(1), within(1)});
    const auto truth = points;

    ceres::Problem problem;
    auto project = cf::compile<double>(projected);
    for (auto& c : cameras)
        for (auto& p : points) {
            auto cost =
                cf::ceres::cost_function(projected - pixel, camera, point, pixel = project(camera = c, point = p));
            problem.AddResidualBlock(cost.release(), nullptr, c.data(), p.data());
        }
    for (std::size_t c = 2; c < cameras.size(); ++c)  // two cameras are known: they say where space is
        for (std::size_t i = 0; i < 11; ++i) cameras[c][i] += within(i < 6 || i > 8 ? 0.02 : 20);
    for (std::size_t c : {0u, 1u}) problem.SetParameterBlockConstant(cameras[c].data());
    for (auto& p : points)
        for (double& coordinate : p) coordinate += within(0.1);
    const auto print = [&](const char* when) {
        double cost = 0, most = 0;
        problem.Evaluate({}, &cost, nullptr, nullptr, nullptr);
        for (std::size_t i = 0; i < points.size(); ++i)
            for (std::size_t k = 0; k < 3; ++k) most = std::fmax(most, std::abs(points[i][k] - truth[i][k]));
        std::printf("%s: cost %.2e, reprojection error %.2e pixels, points off by up to %.2e\n", when, cost,
                    std::sqrt(2 * cost / problem.NumResidualBlocks()), most);
        return cost < 1e-9 && most < 1e-6;
    };
    print("before");
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_SCHUR;
    options.logging_type = ceres::SILENT;
    options.num_threads = 2;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);
    std::printf("%s\n", summary.BriefReport().c_str());
    return print("after ") ? 0 : 1;
}
