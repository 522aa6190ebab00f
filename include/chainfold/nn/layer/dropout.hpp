// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/batch_symbol.hpp>
#include <chainfold/nn/broken_chain.hpp>

namespace chainfold::nn {

namespace detail {

template <auto P>
constexpr double probability() {
    if constexpr (std::is_arithmetic_v<std::remove_cv_t<decltype(P)>>)
        return static_cast<double>(P);
    else
        return math::to<double>(number_of<decltype(P)>);
}

/// 0 with probability p, 1 / (1 − p) otherwise: 1 on average.
template <auto P>
struct dropped_or_scaled {
    static constexpr double draw(double u) { return u < probability<P>() ? 0 : 1 / (1 - probability<P>()); }
};

}  // namespace detail

template <auto P>
concept ProbabilityBelowOne = detail::probability<P>() >= 0 && detail::probability<P>() < 1;

/// In training, each entry is 0 with probability P (0.5 or 0.5_c) and divided by 1 − P otherwise, so that its
/// expectation is what it was (Srivastava et al. 2014); by the seed of the training.  Otherwise the entries as they are.
template <auto P>
struct dropout {
    template <class X, class Scope>
        requires ProbabilityBelowOne<P>
    constexpr auto operator()(X x, Scope s) const {
        return dropped(x, s);
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<dropout>;

private:
    template <class X, fixed_string Prefix>
    static constexpr X dropped(X x, scope<Prefix>) {
        return x;
    }
    template <class X, fixed_string Prefix>
    static constexpr auto dropped(X x, training_scope<Prefix> s) {
        return hadamard(mask(typename X::shape_type{}, s), x);
    }
    template <std::size_t... N, fixed_string Prefix>
    static constexpr auto mask(extents<N...>, training_scope<Prefix> s) {
        return noise<"mask", detail::dropped_or_scaled<P>, N...>(s);
    }
};

}  // namespace chainfold::nn
