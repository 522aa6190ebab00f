// SPDX-License-Identifier: BSL-1.0
#pragma once

// All of chainfold.

// The headers with the verdicts on mistakes come first, lowest first: a message begins with the includes that led to
// its header.
// clang-format off
#include <chainfold/expression/verdict.hpp>
#include <chainfold/tensor/tensor.hpp>
#include <chainfold/expression/binding.hpp>
#include <chainfold/transform/derivative.hpp>
#include <chainfold/transform/consistent.hpp>
#include <chainfold/transform/canonical.hpp>
#include <chainfold/program/arguments.hpp>
#include <chainfold/program/request.hpp>
#include <chainfold/nn/sequential.hpp>
// clang-format on

#include <chainfold/check/check_gradient.hpp>
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/metrics.hpp>
#include <chainfold/nn/train.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/program/evaluate.hpp>
