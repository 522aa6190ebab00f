// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is given to self_test and has no gradient, or not the bindings for one.

#include <chainfold/check/check_gradient.hpp>

namespace chainfold {

template <class T = double, Expression Loss, class... B>
    requires(!Poisoned<B...> && Loss::shape_type::rank > 0)
CHAINFOLD_MISTAKE(gradient_of_no_scalar<typename Loss::shape_type> self_test(Loss, const B&...))
template <class T = double, Expression Loss, class... B>
    requires(!Poisoned<B...> && HasGradient<Loss> && Consistent<Loss> && !Arguments<expression_request<Loss>, B...>)
CHAINFOLD_MISTAKE(argument_verdict<request_of<Loss>, B...> self_test(Loss, const B&...))
template <class T = double, NoExpression Loss, class... B>
    requires(!Poisoned<B...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<Loss> self_test(const Loss&, const B&...))

}  // namespace chainfold
