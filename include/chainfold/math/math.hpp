// SPDX-License-Identifier: BSL-1.0
#pragma once

// Elementary functions as constexpr templates: the same code serves float, double and long double, constant
// expressions, and the compilers' vector types.

#include <chainfold/math/activation.hpp>
#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/error_function.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/logarithm.hpp>
#include <chainfold/math/root.hpp>
#include <chainfold/math/trigonometric.hpp>
#include <chainfold/math/vector.hpp>
