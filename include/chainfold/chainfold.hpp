// SPDX-License-Identifier: BSL-1.0
#pragma once

// All of chainfold that needs nothing else and that most programs use.  Included by those who want them: derivations and
// pictures (show.hpp), threads (program/threads.hpp), files (storage/), other solvers (solver/), reports of training
// (report/).

#include <chainfold/version.hpp>

// The headers with the verdicts on mistakes come first, lowest first: a message begins with the includes that led to
// its header.
// clang-format off
#include <chainfold/shape/extents.hpp>
#include <chainfold/tensor/tensor.hpp>
#include <chainfold/expression/expression.hpp>
#include <chainfold/expression/leaf.hpp>
#include <chainfold/expression/verdict.hpp>
#include <chainfold/expression/misused.hpp>
#include <chainfold/expression/values_alone.hpp>
#include <chainfold/expression/binding.hpp>
#include <chainfold/transform/derivative.hpp>
#include <chainfold/transform/jacobian.hpp>
#include <chainfold/transform/products.hpp>
#include <chainfold/transform/taylor.hpp>
#include <chainfold/transform/consistent.hpp>
#include <chainfold/transform/canonical.hpp>
#include <chainfold/program/arguments.hpp>
#include <chainfold/program/request.hpp>
#include <chainfold/program/call.hpp>
#include <chainfold/nn/weight_mistakes.hpp>
#include <chainfold/nn/sequential.hpp>
#include <chainfold/nn/objective.hpp>
#include <chainfold/nn/train.hpp>
#include <chainfold/solver/objective.hpp>
#include <chainfold/solver/residuals.hpp>
#include <chainfold/solver/network.hpp>
// clang-format on

#include <chainfold/check/misused.hpp>
#include <chainfold/expression/activation.hpp>
#include <chainfold/expression/arrange.hpp>
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/expression/normalise.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/confusion.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/metrics.hpp>
#include <chainfold/nn/optimiser/adagrad.hpp>
#include <chainfold/nn/optimiser/adam.hpp>
#include <chainfold/nn/optimiser/rmsprop.hpp>
#include <chainfold/nn/sparkline.hpp>
#include <chainfold/notation/where.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/program/evaluate.hpp>
