// SPDX-License-Identifier: BSL-1.0
#pragma once

// For NLopt: https://nlopt.readthedocs.io
//
//     nlopt::opt solver(nlopt::LD_LBFGS, f.size());                  // f is an objective
//     double least = cf::nlopt::minimise(solver, f, x);              // from x, which becomes the best point
//
// As a constraint, or to be maximised, f is given to NLopt by call and its address:
//
//     solver.add_inequality_constraint(cf::nlopt::call<decltype(f)>, &f, 1e-8);

// needs: nlopt.hpp
#include <cmath>
#include <exception>
#include <span>
#include <stdexcept>
#include <vector>

#include <nlopt.hpp>

#include <chainfold/solver/objective.hpp>

namespace chainfold::nlopt {

/// f as NLopt calls it, with the address of f as data.  What f throws comes out of nlopt::opt as NLopt translates it;
/// it must not come out of a solver that is used by NLopt's functions in C.
template <class F>
double call(unsigned size, const double* at, double* gradient, void* f) {
    const std::span<const double> point(at, size);
    F& function = *static_cast<F*>(f);
    return gradient != nullptr ? function.value_and_gradient(point, std::span(gradient, size)) : function.value(point);
}
/// The same for NLopt's form with vectors, nlopt::vfunc.
template <class F>
double call_with_vectors(const std::vector<double>& at, std::vector<double>& gradient, void* f) {
    F& function = *static_cast<F*>(f);
    return gradient.empty() ? function.value(at) : function.value_and_gradient(at, gradient);
}

namespace detail {

/// A call that keeps what is thrown and stops the solver instead.
template <class F, class Stop>
struct guarded {
    F* f;
    Stop stop;
    std::exception_ptr thrown{};

    static double call(unsigned size, const double* at, double* gradient, void* self) noexcept {
        guarded& my = *static_cast<guarded*>(self);
        if (my.thrown) return HUGE_VAL;  // some solvers try a few more points
        try {
            return nlopt::call<F>(size, at, gradient, my.f);
        } catch (...) {
            my.thrown = std::current_exception();
            my.stop();
            return HUGE_VAL;
        }
    }
};

inline void require_dimension(unsigned dimension, std::size_t size, std::size_t start) {
    if (dimension != size) chainfold::detail::refuse_size("minimise: the solver's dimension", size, dimension);
    if (start != size) chainfold::detail::refuse_size("minimise: the starting point", size, start);
}
inline double minimised_already(unsigned, const double*, double*, void*) {
    throw std::logic_error("minimise: the solver has no function any more, give it one with set_min_objective");
}

}  // namespace detail

/// Minimises f from x, which becomes the best point; returns f there.  Stopping rules, bounds and constraints are the
/// solver's.  What f throws comes out as it was thrown, what NLopt throws as well; x is then
/// as NLopt left it.
template <FunctionOfDoubles F>
double minimise(::nlopt::opt& solver, F& f, std::vector<double>& x) {
    detail::require_dimension(solver.get_dimension(), f.size(), x.size());
    const auto stop = [&solver] { solver.force_stop(); };
    detail::guarded<F, decltype(stop)> guard{&f, stop};
    const struct released {  // the solver outlives the guard
        ::nlopt::opt& solver;
        ~released() { solver.set_min_objective(detail::minimised_already, nullptr); }
    } at_the_end{solver};
    solver.set_min_objective(guard.call, &guard);
    double least = HUGE_VAL;
    try {
        solver.optimize(x, least);
    } catch (...) {
        if (guard.thrown) std::rethrow_exception(guard.thrown);
        throw;
    }
    return least;
}

/// The same for a solver made by nlopt_create; returns NLopt's result, and f at the best point through `least`.
template <FunctionOfDoubles F>
::nlopt_result minimise(::nlopt_opt solver, F& f, std::span<double> x, double& least) {
    detail::require_dimension(::nlopt_get_dimension(solver), f.size(), x.size());
    const auto stop = [solver] { ::nlopt_force_stop(solver); };
    detail::guarded<F, decltype(stop)> guard{&f, stop};
    if (const auto refused = ::nlopt_set_min_objective(solver, guard.call, &guard); refused < 0) return refused;
    const auto result = ::nlopt_optimize(solver, x.data(), &least);
    ::nlopt_set_min_objective(solver, nullptr, nullptr);
    if (guard.thrown) std::rethrow_exception(guard.thrown);
    return result;
}

template <class F>
    requires(!FunctionOfDoubles<F>)
CHAINFOLD_MISTAKE(objective_of_another_type<typename F::value_type> minimise(::nlopt::opt&, F&, std::vector<double>&))
template <class F>
    requires(!FunctionOfDoubles<F>)
CHAINFOLD_MISTAKE(objective_of_another_type<typename F::value_type> minimise(::nlopt_opt, F&, std::span<double>,
                                                                             double&))

}  // namespace chainfold::nlopt
