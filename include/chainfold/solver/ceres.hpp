// SPDX-License-Identifier: BSL-1.0
#pragma once

// For the Ceres Solver: http://ceres-solver.org
//
//     auto cost = cf::ceres::cost_function(error, camera, point, feature = pixel);
//     problem.AddResidualBlock(cost.release(), nullptr, camera_numbers, point_numbers);
//
//     ceres::GradientProblem problem(cf::ceres::first_order_function(std::move(f)).release());  // f is an objective

// needs: ceres/ceres.h
#include <ceres/first_order_function.h>
#include <ceres/sized_cost_function.h>

#include <memory>
#include <span>

#include <chainfold/solver/objective.hpp>
#include <chainfold/solver/residuals.hpp>

namespace chainfold::ceres {

/// What stands for a cost function that is none.
template <class Verdict>
struct no_cost_function : Verdict {
    static constexpr std::nullptr_t release() { return nullptr; }
    static constexpr std::nullptr_t get() { return nullptr; }
};

/// A residual function as Ceres calls it.  It holds its data and no program, so a million of them are small; Ceres may
/// call it from several threads at once.
template <class Function>
class cost_function_of;
template <class E, class... V, class Bound>
class cost_function_of<residual_function<double, E, chainfold::detail::list<V...>, Bound>> final
    : public ::ceres::SizedCostFunction<static_cast<int>(E::shape_type::size),
                                        static_cast<int>(V::shape_type::size)...> {
public:
    using function_type = residual_function<double, E, chainfold::detail::list<V...>, Bound>;
    explicit cost_function_of(const function_type& f) : f_(f) {}

    bool Evaluate(double const* const* parameters, double* residuals, double** jacobians) const override {
        f_.evaluate(parameters, residuals, jacobians);
        return true;
    }

private:
    function_type f_;
};

/// The cost function ½ ‖e‖² of a scalar or vector expression, as a ceres::SizedCostFunction of one block for each
/// symbol given, in that order, with data for the others.  Throws std::invalid_argument where data has the wrong size.
template <class E, class... A>
    requires ResidualArguments<double, E, A...>
auto cost_function(E, const A&... arguments) {
    using function = decltype(residuals<double>(E{}, arguments...));
    return std::make_unique<cost_function_of<function>>(function(arguments...));
}

/// An objective as Ceres calls it, which owns it.  Solvers of gradient problems call it from one thread.
template <class F>
class first_order_function_of final : public ::ceres::FirstOrderFunction {
public:
    explicit first_order_function_of(F f) : f_(std::move(f)) {}

    bool Evaluate(const double* parameters, double* cost, double* gradient) const override {
        const std::span<const double> at(parameters, f_.size());
        *cost = gradient != nullptr ? f_.value_and_gradient(at, std::span(gradient, f_.size())) : f_.value(at);
        return true;
    }
    int NumParameters() const override { return static_cast<int>(f_.size()); }

private:
    mutable F f_;
};

/// The function for a ceres::GradientProblem.
template <FunctionOfDoubles F>
std::unique_ptr<first_order_function_of<F>> first_order_function(F f) {
    return std::make_unique<first_order_function_of<F>>(std::move(f));
}

template <class F>
    requires(!FunctionOfDoubles<F>)
CHAINFOLD_MISTAKE(no_cost_function<objective_of_another_type<typename F::value_type>> first_order_function(const F&))

template <class E, class... A>
    requires Poisoned<E, A...>
constexpr no_cost_function<poison> cost_function(const E&, const A&...) {
    return {};
}
template <class E, class... A>
    requires(!Poisoned<E, A...> && !ResidualArguments<double, E, A...>)
CHAINFOLD_MISTAKE(no_cost_function<verdict_on_residuals<double, E, A...>> cost_function(const E&, const A&...))

}  // namespace chainfold::ceres
