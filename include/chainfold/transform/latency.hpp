// SPDX-License-Identifier: BSL-1.0
#pragma once

// How long a number is waited for.

#include <chainfold/operation/table.hpp>

namespace chainfold {

/// In cycles, about: what counts is who comes last.
constexpr int latency_of(std::int32_t operation) {
    switch (operation) {
        case operation_code<symbol_op>:
        case operation_code<constant_op>:
        case operation_code<extract_op>:
            return 0;
        case operation_code<divide_op>:
        case operation_code<reciprocal_op>:
        case operation_code<sqrt_op>:
            return 14;
        case operation_code<exp_op>:
        case operation_code<log_op>:
        case operation_code<expm1_op>:
        case operation_code<log1p_op>:
        case operation_code<sin_op>:
        case operation_code<cos_op>:
        case operation_code<erf_op>:
        case operation_code<erfc_op>:
        case operation_code<tanh_op>:
        case operation_code<sigmoid_op>:
        case operation_code<softplus_op>:
            return 60;
        default:
            return 4;
    }
}

}  // namespace chainfold
