// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a sum's terms have in common is taken out of it, so that a loop over entries does less:
//
//     Σ c xₖ = c Σ xₖ,   Σ xₖ / c = (Σ xₖ) / c,   Σ xₖ² = ⟨x, x⟩,   ⟨c x, y⟩ = c ⟨x, y⟩,   Σ (xₖ² + c) = ⟨x, x⟩ + n c.
//
// A number that is added to every term is taken out where the rest of the terms are squares or exponentials and the
// like: those cannot cancel each other, and each has been rounded already.  Σ (xₖ − c) stays as it is, because
// differences of near numbers are exact, and the difference of their sums is not.

#include <chainfold/operation/table.hpp>

namespace chainfold {

/// Makes Σ xₖ or ⟨a, b⟩ in a builder without a rule.
class sums_without_factors {
public:
    static constexpr int least_size = 8;  // below, a number more costs as much as a loop's operation

    static constexpr handle sum_of(handle x) {
        switch (x.operation()) {
            case operation_code<broadcast_op>:
                return times(x, x.operand(0));
            case operation_code<negate_op>:
                return -sum_of(x.operand(0));
            case operation_code<square_op>:
                return dot_of(x.operand(0), x.operand(0));
            case operation_code<multiply_op>:
                for (int i = 0; i < 2; ++i)
                    if (is_scalar(x.operand(i))) return hadamard(x.operand(i), sum_of(x.operand(1 - i)));
                return dot_of(x.operand(0), x.operand(1));
            case operation_code<divide_op>:
                if (is_scalar(x.operand(1))) return sum_of(x.operand(0)) / x.operand(1);
                break;
            case operation_code<add_op>:
                for (int i = 0; i < 2; ++i)
                    if (is_scalar(x.operand(i)) && is_one_sided(x.operand(1 - i)))
                        return sum_of(x.operand(1 - i)) + times(x, x.operand(i));
                break;
            case operation_code<subtract_op>:
                if (is_scalar(x.operand(1)) && is_one_sided(x.operand(0)))
                    return sum_of(x.operand(0)) - times(x, x.operand(1));
                if (is_scalar(x.operand(0)) && is_one_sided(x.operand(1)))
                    return times(x, x.operand(0)) - sum_of(x.operand(1));
                break;
            default:
                break;
        }
        return sum(x);
    }

    static constexpr handle dot_of(handle a, handle b) {
        for (int i = 0; i < 2; ++i) {
            const handle x = i == 0 ? a : b, y = i == 0 ? b : a;
            switch (x.operation()) {
                case operation_code<negate_op>:
                    return -dot_of(x.operand(0), y);
                case operation_code<multiply_op>:
                    for (int j = 0; j < 2; ++j)
                        if (is_scalar(x.operand(j))) return hadamard(x.operand(j), dot_of(x.operand(1 - j), y));
                    break;
                case operation_code<divide_op>:
                    if (is_scalar(x.operand(1))) return dot_of(x.operand(0), y) / x.operand(1);
                    break;
                default:
                    break;
            }
        }
        return a.id < b.id ? dot(a, b) : dot(b, a);
    }

private:
    static constexpr bool is_scalar(handle x) { return x.dims().rank == 0; }
    static constexpr handle times(handle vector, handle x) {
        return hadamard(make_constant(*vector.graph, vector.dims().size()), x);
    }

    /// Are all entries of one sign, each the result of a rounded operation; but for a number that is added to all?
    static constexpr bool is_one_sided(handle x) {
        switch (x.operation()) {
            case operation_code<square_op>:
            case operation_code<exp_op>:
                return true;
            case operation_code<negate_op>:
                return is_one_sided(x.operand(0));
            case operation_code<divide_op>:
                return is_scalar(x.operand(1)) && is_one_sided(x.operand(0));
            case operation_code<multiply_op>:
            case operation_code<add_op>:
            case operation_code<subtract_op>:
                return (is_scalar(x.operand(1)) && is_one_sided(x.operand(0))) ||
                       (is_scalar(x.operand(0)) && is_one_sided(x.operand(1)));
            default:
                return false;
        }
    }
};

}  // namespace chainfold
