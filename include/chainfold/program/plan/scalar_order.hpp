// SPDX-License-Identifier: BSL-1.0
#pragma once

// The order in which a group of single numbers is computed: what is found by side_by_side.hpp.

#include <array>

#include <chainfold/operation/table.hpp>

namespace chainfold {

/// What several numbers can be put through side by side: a function, or a pair of them.
constexpr bool takes_long(std::int32_t operation) {
    constexpr std::int32_t functions[] = {
        operation_code<exp_op>,  operation_code<log_op>,     operation_code<expm1_op>,   operation_code<log1p_op>,
        operation_code<sin_op>,  operation_code<cos_op>,     operation_code<erf_op>,     operation_code<erfc_op>,
        operation_code<tanh_op>, operation_code<sigmoid_op>, operation_code<softplus_op>};
    for (const std::int32_t function : functions)
        if (operation == function) return true;
    return false;
}

/// A member, or a pair of members; `together` items from here on stand side by side.  Of a sum, the product that is one
/// instruction with it.
struct scalar_item {
    std::int32_t member = -1, partner = -1, together = 1, product = -1;
};

/// Items from `first` on: some if the condition holds, some if it does not, and the choices.
struct scalar_branch {
    std::int32_t first = 0, if_true = 0, if_false = 0, choices = 0;
    [[nodiscard]] constexpr std::int32_t end() const { return first + if_true + if_false + choices; }
};

template <int Members>
struct scalar_order {
    std::array<scalar_item, Members> items{};
    std::array<scalar_branch, Members> branches{};
    std::int32_t count = 0, branch_count = 0;
};

}  // namespace chainfold
