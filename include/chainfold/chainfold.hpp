// SPDX-License-Identifier: BSL-1.0
#pragma once

// All of chainfold.

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/program/evaluate.hpp>
