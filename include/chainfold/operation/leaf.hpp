// SPDX-License-Identifier: BSL-1.0
#pragma once

// The leaves: inputs and parameters, which have a name, and numbers, which have a value.

#include <chainfold/operation/operation.hpp>

namespace chainfold {

struct symbol_op : structural<0> {
    static constexpr notation written{style::leaf, "symbol", precedence::primary, {layout::leaf}};
};

struct constant_op : structural<0> {
    static constexpr notation written{style::leaf, "constant", precedence::primary, {layout::leaf}};
};

}  // namespace chainfold
