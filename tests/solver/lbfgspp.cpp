// needs: LBFGS.h
// LBFGS++ finds known minima, with bounds and without; what a function throws passes through it.
#include <chainfold/solver/lbfgspp.hpp>
#include <chainfold/solver/objective.hpp>

#include <LBFGS.h>
#include <LBFGSB.h>

#include "solver/rosenbrock.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;

namespace {
auto precise() {
    LBFGSpp::LBFGSParam<double> p;
    p.epsilon = p.epsilon_rel = 1e-10;
    p.max_iterations = 200;
    p.linesearch = LBFGSpp::LBFGS_LINESEARCH_BACKTRACKING_STRONG_WOLFE;  // Armijo's rule alone may fail in the valley
    return p;
}
}  // namespace

TEST_CASE("LBFGS++ finds the bottom of the valley") {
    auto f = cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 2);
    cf::lbfgspp::functor g(f);
    const auto parameters = precise();  // the solver refers to it
    LBFGSpp::LBFGSSolver<double> solver(parameters);
    Eigen::VectorXd x = Eigen::Vector2d(-1.2, 1);
    double least = 1;
    CHECK(solver.minimize(g, x, least) < 200);
    CHECK(x[0] == Approx(2).epsilon(1e-8));
    CHECK(x[1] == Approx(4).epsilon(1e-8));
    CHECK(least < 1e-16);
}
TEST_CASE("an objective in float is called with vectors of float") {
    auto f = cf::objective<float>(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1);
    cf::lbfgspp::functor g(f);
    const Eigen::VectorXf x = Eigen::Vector2f(-1.2f, 1);
    Eigen::VectorXf gradient;
    CHECK(g(x, gradient) == Approx(24.2f));
    CHECK(gradient.size() == 2);
    CHECK(gradient[1] == Approx(-88.0f));
}
TEST_CASE("LBFGS++ with bounds ends at the bound") {
    auto f = cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1);
    cf::lbfgspp::functor g(f);
    LBFGSpp::LBFGSBParam<double> p;
    LBFGSpp::LBFGSBSolver<double> solver(p);
    Eigen::VectorXd x = Eigen::Vector2d(-1.2, 1);
    double least = 0;
    solver.minimize(g, x, least, Eigen::Vector2d(-2, -2), Eigen::Vector2d(0.5, 2));
    CHECK(x[0] == 0.5);
    CHECK(x[1] == Approx(0.25).epsilon(1e-5));
    CHECK(least == Approx(0.25).epsilon(1e-5));
}
TEST_CASE("a point of the wrong size is refused through LBFGS++") {
    auto f = cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1);
    cf::lbfgspp::functor g(f);
    const auto parameters = precise();  // the solver refers to it
    LBFGSpp::LBFGSSolver<double> solver(parameters);
    Eigen::VectorXd x = Eigen::VectorXd::Zero(3);
    double least = 0;
    CHECK_THROWS_MATCHES(solver.minimize(g, x, least), std::invalid_argument,
                         Catch::Matchers::Message("objective: the point: expected 2 numbers, found 3"));
}
