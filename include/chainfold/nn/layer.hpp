// SPDX-License-Identifier: BSL-1.0
#pragma once

// A layer is a function on expressions: of its input, and, if it has weights, of a scope that names them.
//
//     struct cube {
//         constexpr auto operator()(auto x) const { return pow<3>(x); }
//     };
//
//     template <std::size_t N>
//     struct scale {
//         static constexpr auto input_shape = cf::shape<N>;
//         constexpr auto operator()(auto x, auto scope) const { return hadamard(nn::weight<"factor", N>(scope), x); }
//     };
//
// A layer may say, as static members: `input_shape`, if its input has one possible shape; `wants`, how the weights
// before it start; `initial_value(name)`, what its own vectors start from (0 if it does not say).  What it computes in
// training only, it says in an overload for training_scope<Prefix>.  A matrix is taken for out × in, one that it names
// kernel for in × out.

#include <chainfold/nn/layer/activation.hpp>
#include <chainfold/nn/layer/container.hpp>
#include <chainfold/nn/layer/dropout.hpp>
#include <chainfold/nn/layer/linear.hpp>
#include <chainfold/nn/layer/normalise.hpp>
#include <chainfold/nn/layer/shape.hpp>
