// needs: ceres/ceres.h
// Ceres finds known minima; our Jacobians are those of its own automatic differentiation.
#include <chainfold/solver/ceres.hpp>

#include <ceres/ceres.h>
#include <ceres/gradient_checker.h>

#include <random>
#include <vector>

#include "solver/rosenbrock.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {
// A camera that turns about one axis: angle, place, focal length, distortion.
constexpr auto camera = cf::parameter<"camera", 6>;
constexpr auto point = cf::parameter<"point", 3>;
constexpr auto pixel = cf::input<"pixel", 2>;
constexpr auto d = point - slice<1, 3>(camera);
constexpr auto c = cos(element<0>(camera));
constexpr auto s = sin(element<0>(camera));
constexpr auto plane =
    stack(c * element<0>(d) - s * element<1>(d), s* element<0>(d) + c * element<1>(d)) / element<2>(d);
constexpr auto seen = element<4>(camera) * (1_c + element<5>(camera) * squared_norm(plane)) * plane;
constexpr auto error = seen - pixel;

struct error_in_jets {
    double u, v;
    template <class T>
    bool operator()(const T* cam, const T* p, T* e) const {
        const T x = p[0] - cam[1], y = p[1] - cam[2], z = p[2] - cam[3];
        const T px = (cos(cam[0]) * x - sin(cam[0]) * y) / z, py = (sin(cam[0]) * x + cos(cam[0]) * y) / z;
        const T scale = cam[4] * (1.0 + cam[5] * (px * px + py * py));
        e[0] = scale * px - u;
        e[1] = scale * py - v;
        return true;
    }
};

struct jacobians {
    std::array<double, 2> error;
    std::array<double, 12> by_camera;
    std::array<double, 6> by_point;

    jacobians(const ceres::CostFunction& f, const std::array<double, 6>& cam, const std::array<double, 3>& p) {
        const double* parameters[] = {cam.data(), p.data()};
        double* both[] = {by_camera.data(), by_point.data()};
        REQUIRE(f.Evaluate(parameters, error.data(), both));
    }
};

template <std::size_t N>
void check_equal(const std::array<double, N>& ours, const std::array<double, N>& theirs) {
    for (std::size_t i = 0; i < N; ++i) CHECK(ours[i] == Approx(theirs[i]).epsilon(1e-12).margin(1e-14));
}
}  // namespace

TEST_CASE("Jacobians are those of Ceres's jets, and pass Ceres's own checker") {
    const auto ours = cf::ceres::cost_function(error, camera, point, pixel = std::array{0.3, -0.2});
    static_assert(std::is_base_of_v<ceres::SizedCostFunction<2, 6, 3>, std::remove_cvref_t<decltype(*ours)>>);
    const ceres::AutoDiffCostFunction<error_in_jets, 2, 6, 3> theirs(new error_in_jets{0.3, -0.2});
    std::mt19937 random(5);
    std::uniform_real_distribution<double> within(-1, 1);
    for (int i = 0; i < 20; ++i) {
        std::array<double, 6> cam{};
        std::array<double, 3> p{};
        for (double& number : cam) number = within(random);
        for (double& number : p) number = within(random);
        p[2] += 4;
        const jacobians mine(*ours, cam, p), jets(theirs, cam, p);
        check_equal(mine.error, jets.error);
        check_equal(mine.by_camera, jets.by_camera);
        check_equal(mine.by_point, jets.by_point);
        const ceres::GradientChecker checker(ours.get(), static_cast<std::vector<const ceres::Manifold*>*>(nullptr),
                                             {});
        const double* parameters[] = {cam.data(), p.data()};
        ceres::GradientChecker::ProbeResults results;
        CHECK(checker.Probe(parameters, 1e-7, &results));
        CHECK(results.error_log == "");
    }
}
TEST_CASE("Ceres finds the bottom of the valley by its residuals") {
    std::array<double, 2> p{-1.2, 1};
    ceres::Problem problem;
    problem.AddResidualBlock(cf::ceres::cost_function(rosenbrock::residual, rosenbrock::p, rosenbrock::a = 3).release(),
                             nullptr, p.data());
    ceres::Solver::Options options;
    options.logging_type = ceres::SILENT;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);
    CHECK(summary.termination_type == ceres::CONVERGENCE);
    CHECK(p[0] == Approx(3).epsilon(1e-7));
    CHECK(p[1] == Approx(9).epsilon(1e-7));
}
TEST_CASE("Ceres finds the bottom of the valley by its gradient") {
    std::array<double, 2> p{-1.2, 1};
    auto f = cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 2);
    const ceres::GradientProblem problem(cf::ceres::first_order_function(std::move(f)).release());
    CHECK(problem.NumParameters() == 2);
    ceres::GradientProblemSolver::Options options;
    options.logging_type = ceres::SILENT;
    options.gradient_tolerance = 1e-12;
    options.function_tolerance = 1e-20;
    ceres::GradientProblemSolver::Summary summary;
    ceres::Solve(options, problem, p.data(), &summary);
    CHECK(p[0] == Approx(2).epsilon(1e-7));
    CHECK(p[1] == Approx(4).epsilon(1e-7));
}
TEST_CASE("two threads, one cost function for many blocks, a block held constant: the same as one thread") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> within(-1, 1);
    std::vector<std::array<double, 6>> start(6);
    std::vector<std::array<double, 3>> points(40);
    for (auto& cam : start)
        cam = {0.3 * within(random), within(random), within(random), -4 + within(random), 1.2, 0.05};
    for (auto& p : points) p = {within(random), within(random), within(random)};
    const auto solved = [&](int threads) {
        auto cameras = start;
        auto places = points;
        const auto at_zero = cf::ceres::cost_function(error, camera, point, pixel = std::array{0.0, 0.0});
        ceres::Problem::Options shared;
        shared.cost_function_ownership = ceres::DO_NOT_TAKE_OWNERSHIP;
        ceres::Problem problem(shared);
        for (auto& cam : cameras)
            for (auto& p : places) problem.AddResidualBlock(at_zero.get(), nullptr, cam.data(), p.data());
        problem.SetParameterBlockConstant(places[0].data());
        for (auto& cam : cameras) problem.SetParameterBlockConstant(cam.data());
        ceres::Solver::Options options;
        options.num_threads = threads;
        options.logging_type = ceres::SILENT;
        options.max_num_iterations = 20;
        ceres::Solver::Summary summary;
        ceres::Solve(options, &problem, &summary);
        CHECK(summary.final_cost < summary.initial_cost);
        CHECK(places[0] == points[0]);
        return places;
    };
    const auto one = solved(1), two = solved(2);
    for (std::size_t i = 0; i < one.size(); ++i)
        for (std::size_t k = 0; k < 3; ++k) CHECK(two[i][k] == Approx(one[i][k]).epsilon(1e-9).margin(1e-12));
}
