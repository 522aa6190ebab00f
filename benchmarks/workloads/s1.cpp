// SPDX-License-Identifier: BSL-1.0
// S1: bundle adjustment in Ceres, with Jacobians derived by the compiler and by Ceres's jets.
// needs: ceres/ceres.h
#include <array>
#include <vector>

#include <ceres/ceres.h>
#include <ceres/rotation.h>

#include <chainfold/chainfold.hpp>
#include <chainfold/solver/ceres.hpp>

#include "contest.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto camera = cf::parameter<"camera", 11>;
constexpr auto point = cf::parameter<"point", 3>;
constexpr auto pixel = cf::input<"pixel", 2>;

constexpr auto cross(auto a, auto b) {
    return stack(element<1>(a) * element<2>(b) - element<2>(a) * element<1>(b),
                 element<2>(a) * element<0>(b) - element<0>(a) * element<2>(b),
                 element<0>(a) * element<1>(b) - element<1>(a) * element<0>(b));
}
constexpr auto rotated(auto w, auto v) {
    const auto angle = sqrt(squared_norm(w));
    const auto axis = w / angle;
    const auto exact = cos(angle) * v + sin(angle) * cross(axis, v) + ((1_c - cos(angle)) * dot(axis, v)) * axis;
    return select(squared_norm(w) > 0_c, exact, v + cross(w, v));
}
constexpr auto seen = rotated(slice<0, 3>(camera), point - slice<3, 3>(camera));
constexpr auto plane = slice<0, 2>(seen) / element<2>(seen);
constexpr auto r = squared_norm(plane);
constexpr auto distortion = 1_c + element<9>(camera) * r + element<10>(camera) * square(r);
constexpr auto projected = element<6>(camera) * (distortion * plane) + slice<7, 2>(camera);

/// The same as Ceres's users write it.
struct projection {
    double u, v;
    template <class T>
    bool operator()(const T* c, const T* p, T* error) const {
        const T x[3] = {p[0] - c[3], p[1] - c[4], p[2] - c[5]};
        T s[3];
        ceres::AngleAxisRotatePoint(c, x, s);
        const T px = s[0] / s[2], py = s[1] / s[2], r2 = px * px + py * py;
        const T scale = c[6] * (1.0 + c[9] * r2 + c[10] * r2 * r2);
        error[0] = scale * px + c[7] - u;
        error[1] = scale * py + c[8] - v;
        return true;
    }
};

using places = std::vector<std::array<double, 3>>;
using cameras = std::vector<std::array<double, 11>>;

/// A problem and where its solution is written.
struct scene {
    cameras start_cameras, found_cameras;
    places start_points, found_points;
    ceres::Problem problem;

    scene(cameras c, places p, auto cost)
        : start_cameras(c), found_cameras(std::move(c)), start_points(p), found_points(std::move(p)) {
        for (std::size_t i = 0; i < start_cameras.size(); ++i)
            for (std::size_t k = 0; k < start_points.size(); ++k)
                problem.AddResidualBlock(cost(i, k), nullptr, found_cameras[i].data(), found_points[k].data());
    }
    double solve() {
        found_cameras = start_cameras;
        found_points = start_points;
        ceres::Solver::Options options;
        options.linear_solver_type = ceres::DENSE_SCHUR;
        options.logging_type = ceres::SILENT;
        options.max_num_iterations = 6;
        ceres::Solver::Summary summary;
        ceres::Solve(options, &problem, &summary);
        return summary.final_cost;
    }
};

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    cf::nn::random_sequence random(cf::nn::seed{2});
    const auto within = [&random](double size) { return size * (2 * random.uniform() - 1); };
    cameras true_cameras;
    places true_points;
    for (int c = 0; c < 8; ++c) {
        const double turn = 0.25 * c - 0.9;
        true_cameras.push_back({0, turn, 0, 4 * std::sin(turn), 0, -4 * std::cos(turn), 800, 320, 240, -0.05, 0.01});
    }
    for (int p = 0; p < 200; ++p) true_points.push_back({within(1), within(1), within(1)});
    auto project = cf::compile<double>(projected);
    const auto picture = [&](std::size_t c, std::size_t p) {
        const auto at = project(camera = true_cameras[c], point = true_points[p]);
        return std::array{at(0), at(1)};
    };
    const auto ours = [&](std::size_t c, std::size_t p) -> ceres::CostFunction* {
        return cf::ceres::cost_function(projected - pixel, camera, point, pixel = picture(c, p)).release();
    };
    const auto jets = [&](std::size_t c, std::size_t p) -> ceres::CostFunction* {
        const auto [u, v] = picture(c, p);
        return new ceres::AutoDiffCostFunction<projection, 2, 11, 3>(new projection{u, v});
    };
    cameras start_cameras = true_cameras;
    places start_points = true_points;
    for (auto& c : start_cameras)
        for (std::size_t i = 0; i < 11; ++i) c[i] += within(i < 6 || i > 8 ? 0.02 : 20);
    for (auto& p : start_points)
        for (double& coordinate : p) coordinate += within(0.1);
    scene with_ours(start_cameras, start_points, ours), with_jets(start_cameras, start_points, jets);

    equality equal;
    const double start_to_end = with_ours.solve(), theirs = with_jets.solve();
    equal.require("cost", &start_to_end, &theirs, 1, 1e-3);
    struct jacobian {
        double error[2], by_camera[22], by_point[6];
    };
    const auto evaluate = [&](const ceres::CostFunction& f, jacobian& to) {
        const double* parameters[] = {start_cameras[1].data(), start_points[0].data()};
        double* jacobians[] = {to.by_camera, to.by_point};
        return f.Evaluate(parameters, to.error, jacobians);
    };
    const std::unique_ptr<ceres::CostFunction> our_cost(ours(1, 0)), their_cost(jets(1, 0));
    jacobian a, b;
    evaluate(*our_cost, a);
    evaluate(*their_cost, b);
    equal.require("residuals", a.error, b.error, 2, 1e-12);
    equal.require("Jacobian by the camera", a.by_camera, b.by_camera, 22, 1e-12);
    equal.require("Jacobian by the point", a.by_point, b.by_point, 6, 1e-12);

    contest one({.name = "S1", .what = "jacobian", .size = "one observation", .scalar = "double"}, o);
    one.add(kind::chainfold, "", [&] { evaluate(*our_cost, a), keep(a); });
    one.add(kind::library, "Ceres 2.1, jets", [&] { evaluate(*their_cost, b), keep(b); });
    one.run();
    contest all({.name = "S1", .what = "solve", .size = "1600 observations", .scalar = "double"}, o);
    all.add(kind::chainfold, "", [&] { keep(with_ours.solve()); });
    all.add(kind::library, "Ceres 2.1, jets", [&] { keep(with_jets.solve()); });
    all.run();
    return equal.exit_code();
}
