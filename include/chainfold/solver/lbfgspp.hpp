// SPDX-License-Identifier: BSL-1.0
#pragma once

// For LBFGS++: https://lbfgspp.statr.me
//
//     cf::lbfgspp::functor g(f);              // f is an objective
//     solver.minimize(g, x, value);           // of LBFGSpp::LBFGSSolver and LBFGSBSolver

// needs: LBFGS.h
#include <Eigen/Core>
#include <span>

namespace chainfold::lbfgspp {

namespace detail {
template <class F>
struct value_type_of {
    using type = double;
};
template <class F>
    requires requires { typename F::value_type; }
struct value_type_of<F> {
    using type = typename F::value_type;
};
}  // namespace detail

/// f as LBFGS++ calls it, in F::value_type if there is one and in double if not; refers to it.  What f throws passes
/// through the solver as it was thrown.
template <class F>
class functor {
public:
    using value_type = typename detail::value_type_of<F>::type;
    using vector = Eigen::Matrix<value_type, Eigen::Dynamic, 1>;

    explicit functor(F& f) : f_(&f) {}

    value_type operator()(const vector& at, vector& gradient) {
        gradient.resize(at.size());
        const auto size = static_cast<std::size_t>(at.size());
        return f_->value_and_gradient(std::span<const value_type>(at.data(), size),
                                      std::span<value_type>(gradient.data(), size));
    }

private:
    F* f_;
};

}  // namespace chainfold::lbfgspp
