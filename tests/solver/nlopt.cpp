// needs: nlopt.hpp
// NLopt finds known minima, through its faces in C++ and C; what a function throws comes out as it was thrown.
#include <chainfold/solver/nlopt.hpp>

#include "solver/rosenbrock.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;
using Catch::Matchers::Message;

namespace {
auto valley() { return cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1); }

/// A function that gives up at its third call.
struct fails {
    int calls = 0;
    static constexpr std::size_t size() { return 2; }
    double value(std::span<const double> x) { return x[0] * x[0]; }
    double value_and_gradient(std::span<const double> x, std::span<double> gradient) {
        if (++calls == 3) throw std::domain_error("no such point");
        gradient[0] = 4 * (x[0] - 1) * (x[0] - 1) * (x[0] - 1);
        gradient[1] = 2 * x[1];
        return (x[0] - 1) * (x[0] - 1) * (x[0] - 1) * (x[0] - 1) + x[1] * x[1];
    }
};
}  // namespace

TEST_CASE("NLopt finds the bottom of the valley, with gradients and without") {
    auto f = valley();
    for (const auto algorithm : {nlopt::LD_LBFGS, nlopt::LD_SLSQP, nlopt::LN_NELDERMEAD}) {
        nlopt::opt solver(algorithm, static_cast<unsigned>(f.size()));
        solver.set_xtol_rel(1e-10);
        std::vector<double> x{-1.2, 1};
        CHECK(cf::nlopt::minimise(solver, f, x) < 1e-12);
        CHECK(x[0] == Approx(1).epsilon(1e-5));
        CHECK(x[1] == Approx(1).epsilon(1e-5));
    }
}
TEST_CASE("NLopt takes functions by address, as objective and as constraint") {
    auto f = valley();
    constexpr auto p = rosenbrock::p;
    auto in_the_disc = cf::objective(squared_norm(p) - 1_c, p);
    nlopt::opt solver(nlopt::LD_SLSQP, 2);
    solver.set_xtol_rel(1e-10);
    solver.add_inequality_constraint(cf::nlopt::call<decltype(in_the_disc)>, &in_the_disc, 1e-10);
    for (const bool with_vectors : {false, true}) {
        if (with_vectors)
            solver.set_min_objective(cf::nlopt::call_with_vectors<decltype(f)>, &f);
        else
            solver.set_min_objective(cf::nlopt::call<decltype(f)>, &f);
        std::vector<double> x{-0.5, 0.5};
        double least = 0;
        solver.optimize(x, least);
        CHECK(x[0] == Approx(0.7864151541684).epsilon(1e-7));
        CHECK(x[1] == Approx(0.6176983125234).epsilon(1e-7));
        CHECK(x[0] * x[0] + x[1] * x[1] == Approx(1).epsilon(1e-9));
    }
}
TEST_CASE("NLopt's functions in C work as well") {
    auto f = valley();
    nlopt_opt solver = nlopt_create(NLOPT_LD_LBFGS, 2);
    nlopt_set_xtol_rel(solver, 1e-10);
    std::vector<double> x{-1.2, 1};
    double least = 1;
    CHECK(cf::nlopt::minimise(solver, f, x, least) > 0);
    CHECK(x[1] == Approx(1).epsilon(1e-5));
    CHECK(least < 1e-12);

    fails g;
    std::vector<double> y{5, 5};
    CHECK_THROWS_MATCHES(cf::nlopt::minimise(solver, g, y, least), std::domain_error, Message("no such point"));
    CHECK(g.calls == 3);
    CHECK_THROWS_MATCHES(cf::nlopt::minimise(solver, f, std::span(y).first(1), least), std::invalid_argument,
                         Message("minimise: the starting point: expected 2 numbers, found 1"));
    CHECK(nlopt_optimize(solver, y.data(), &least) == NLOPT_INVALID_ARGS);  // no function is left behind
    nlopt_destroy(solver);
}
TEST_CASE("what a function throws comes out of NLopt as it was thrown") {
    fails f;
    nlopt::opt solver(nlopt::LD_LBFGS, 2);
    std::vector<double> x{5, 5};
    CHECK_THROWS_MATCHES(cf::nlopt::minimise(solver, f, x), std::domain_error, Message("no such point"));
    CHECK(f.calls == 3);
    CHECK_THROWS(solver.optimize(x));  // no function is left behind
}
TEST_CASE("a solver of another dimension is refused") {
    auto f = valley();
    nlopt::opt solver(nlopt::LD_LBFGS, 3);
    std::vector<double> x(3), two(2);
    CHECK_THROWS_MATCHES(cf::nlopt::minimise(solver, f, x), std::invalid_argument,
                         Message("minimise: the solver's dimension: expected 2 numbers, found 3"));
}
