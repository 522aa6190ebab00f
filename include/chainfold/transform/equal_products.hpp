// SPDX-License-Identifier: BSL-1.0
#pragma once

// Are two products with exponentials one number, or opposite ones?  The chain rule leaves such pairs where a density is
// multiplied by its argument's distance from another's, as in the formula of Black and Scholes:
//
//     s e^(−d²/2) = k e^(−r t) e^(−(d − v √t)²/2)   for d = (ln(s / k) + (r + v²/2) t) / (v √t).
//
// The quotient of two products is c x^p y^q … e^u.  In u, multiplied out, what is n ln x for an integer n is x^n
// outside. If nothing but c is left, it is the quotient wherever both products have a value.

#include <chainfold/transform/monomials.hpp>

namespace chainfold::simplification {

/// Is there an exponential among the factors of x?
constexpr bool has_exponential(handle x, int depth = 0) {
    if (is<exp_op>(x)) return true;
    const bool one = is<negate_op>(x) || is<square_op>(x) || is<power_op>(x) || is<reciprocal_op>(x);
    const bool two = is<multiply_op>(x) || is<divide_op>(x);
    if (depth == 8 || !(one || two)) return false;
    return has_exponential(x.operand(0), depth + 1) || (two && has_exponential(x.operand(1), depth + 1));
}

class quotient_of_products {
public:
    constexpr quotient_of_products(handle a, handle b) : expander_(*a.graph), graph_(*a.graph) {
        multiply_by(a, 1);
        multiply_by(b, -1);
        for (int i = 0; i < exponent_.size() && !expander_.has_failed();) {
            const int n = multiple_of_logarithm(exponent_[i]);
            if (n == 0) {
                ++i;
                continue;
            }
            const handle x = handle{&graph_, exponent_[i].atom[0]}.operand(0);
            exponent_[i] = exponent_[exponent_.size() - 1];
            exponent_.pop();
            multiply_by(x, n);
            i = 0;
        }
    }
    /// Is it this number?
    [[nodiscard]] constexpr bool is(long double number) const {
        return !expander_.has_failed() && exponent_.size() == 0 && factors_.is_number() &&
               are_equal(factors_.coefficient, number);
    }

private:
    template <class Op>
    static constexpr bool is_op(handle x) {
        return simplification::is<Op>(x);
    }
    /// n of n ln x.
    [[nodiscard]] constexpr int multiple_of_logarithm(const monomial& m) const {
        if (m.count != 1 || m.exponent[0] != 1 || !is_op<log_op>({&graph_, m.atom[0]})) return 0;
        for (const int n : {1, -1, 2, -2, 3, -3, 4, -4})
            if (are_equal(m.coefficient, n)) return n;
        return 0;
    }
    constexpr void multiply_by(handle x, int n) {
        if (expander_.has_failed()) return;
        if (is_op<multiply_op>(x) || is_op<divide_op>(x)) {
            multiply_by(x.operand(0), n);
            multiply_by(x.operand(1), is_op<divide_op>(x) ? -n : n);
        } else if (is_op<broadcast_op>(x)) {
            multiply_by(x.operand(0), n);
        } else if (is_op<square_op>(x)) {
            multiply_by(x.operand(0), 2 * n);
        } else if (is_op<power_op>(x) && x.parameter() <= 8 && x.parameter() >= -8) {
            multiply_by(x.operand(0), x.parameter() * n);
        } else if (is_op<reciprocal_op>(x)) {
            multiply_by(x.operand(0), -n);
        } else if (is_op<negate_op>(x)) {
            if (n % 2 != 0) factors_.coefficient = -factors_.coefficient;
            multiply_by(x.operand(0), n);
        } else if (is_op<constant_op>(x)) {
            const auto c = math::to<long double>(graph_.constant(x.parameter()));
            for (int i = 0; i < n; ++i) factors_.coefficient *= c;
            for (int i = 0; i > n; --i) factors_.coefficient /= c;
        } else if (is_op<exp_op>(x)) {
            for (monomial m : expander_.expanded(x.operand(0))) {
                m.coefficient *= static_cast<long double>(n);
                expander_.add(exponent_, m);
            }
        } else {
            factors_ = expander_.times(factors_, x.id, n);
        }
    }

    expander expander_;
    builder& graph_;
    monomial factors_{};
    polynomial exponent_;
};

/// Is a + sign · b nothing, for such products?
constexpr bool cancel(handle a, handle b, int sign) {
    return has_exponential(a) && has_exponential(b) && quotient_of_products(a, b).is(static_cast<long double>(-sign));
}

}  // namespace chainfold::simplification
