// SPDX-License-Identifier: BSL-1.0
#pragma once

// Exact constants: arithmetic, value, text.

#include <chainfold/math/number_fold.hpp>
#include <chainfold/math/number_text.hpp>
#include <chainfold/math/number_value.hpp>
