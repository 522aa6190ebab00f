// SPDX-License-Identifier: BSL-1.0
#pragma once

// A formula multiplied out:  Σ c x^p y^q …,  with integers p, q and with atoms x, y: nodes that are no sum, product,
// quotient, power or number.  A square root is an atom, of which even powers are powers of what is under it.
//
// For questions about a graph only: nothing that is computed is ever multiplied out, since that would cancel.

#include <limits>

#include <chainfold/transform/terms.hpp>

namespace chainfold::simplification {

/// c x^p y^q …, its atoms in the order of their nodes.
struct monomial {
    static constexpr int most_atoms = 8;
    long double coefficient = 1;
    int count = 0;
    int atom[most_atoms]{}, exponent[most_atoms]{};

    [[nodiscard]] constexpr bool is_like(const monomial& other) const {
        for (int i = 0; i < count; ++i)
            if (count != other.count || atom[i] != other.atom[i] || exponent[i] != other.exponent[i]) return false;
        return count == other.count;
    }
    [[nodiscard]] constexpr bool is_number() const { return count == 0; }
};
using polynomial = buffer<monomial>;

/// Numbers that differ by less are one number: constants have 18 digits.
constexpr bool are_equal(long double a, long double b) {
    constexpr long double digits_of_constants = 0x1p-55L, rounding = 8 * std::numeric_limits<long double>::epsilon();
    const long double difference = a < b ? b - a : a - b, size = (a < 0 ? -a : a) + (b < 0 ? -b : b);
    return difference <= size * (rounding < digits_of_constants ? digits_of_constants : rounding);
}

/// Multiplies formulas out, up to a bounded amount of work.
class expander {
public:
    constexpr explicit expander(builder& graph) : graph_(graph) {}

    [[nodiscard]] constexpr bool has_failed() const { return work_ < 0; }

    constexpr polynomial expanded(handle x) {
        if (--work_ < 0) return {};
        if (is<broadcast_op>(x)) return expanded(x.operand(0));
        if (is<constant_op>(x)) {
            polynomial number;
            add(number, {.coefficient = math::to<long double>(graph_.constant(x.parameter()))});
            return number;
        }
        if (is<negate_op>(x)) return times(expanded(x.operand(0)), {.coefficient = -1});
        if (is<add_op>(x) || is<subtract_op>(x)) {
            polynomial sum = expanded(x.operand(0));
            for (monomial m : expanded(x.operand(1))) {
                if (is<subtract_op>(x)) m.coefficient = -m.coefficient;
                add(sum, m);
            }
            return sum;
        }
        if (is<multiply_op>(x)) return product(expanded(x.operand(0)), expanded(x.operand(1)));
        if (is<square_op>(x)) {
            const polynomial base = expanded(x.operand(0));
            return product(base, base);
        }
        if (is<divide_op>(x)) return times(expanded(x.operand(0)), power_of(x.operand(1), -1));
        polynomial alone;
        if (is<reciprocal_op>(x))
            alone.push(power_of(x.operand(0), -1));
        else if (is<power_op>(x))
            alone.push(power_of(x.operand(0), x.parameter()));
        else
            alone.push(times({}, x.id, 1));
        return alone;
    }

    /// m x^n.
    constexpr monomial times(monomial m, int x, int n) {
        const handle under = is<sqrt_op>({&graph_, x}) ? handle{&graph_, x}.operand(0) : handle{};
        int at = 0;
        while (at < m.count && m.atom[at] < x) ++at;
        if (at < m.count && m.atom[at] == x) {
            n += m.exponent[at];
            --m.count;
            for (int i = at; i < m.count; ++i) m.atom[i] = m.atom[i + 1], m.exponent[i] = m.exponent[i + 1];
        }
        const int even = under.exists() ? n - (n & 1) : 0;
        if (n - even != 0) {
            if (m.count == monomial::most_atoms) work_ = -1;
            if (has_failed()) return m;
            for (int i = m.count++; i > at; --i) m.atom[i] = m.atom[i - 1], m.exponent[i] = m.exponent[i - 1];
            m.atom[at] = x;
            m.exponent[at] = n - even;
        }
        return even != 0 ? times(m, power_of(under, even / 2)) : m;
    }
    constexpr monomial times(monomial m, const monomial& other) {
        m.coefficient *= other.coefficient;
        for (int i = 0; i < other.count && --work_ >= 0; ++i) m = times(m, other.atom[i], other.exponent[i]);
        return m;
    }
    constexpr polynomial times(const polynomial& x, const monomial& m) {
        polynomial y;
        for (const monomial& t : x) add(y, times(t, m));
        return y;
    }
    /// Adds a monomial to what is like it; what cancels disappears.
    constexpr void add(polynomial& sum, const monomial& m) {
        work_ -= sum.size();
        for (int i = 0; i < sum.size(); ++i) {
            if (!sum[i].is_like(m)) continue;
            if (are_equal(sum[i].coefficient, -m.coefficient)) {
                sum[i] = sum[sum.size() - 1];
                sum.pop();
            } else {
                sum[i].coefficient += m.coefficient;
            }
            return;
        }
        sum.push(m);
    }

private:
    constexpr polynomial product(const polynomial& a, const polynomial& b) {
        polynomial y;
        for (const monomial& s : a)
            for (const monomial& t : b)
                if (!has_failed()) add(y, times(s, t));
        return y;
    }
    /// x^n, where a sum of several terms is an atom.
    constexpr monomial power_of(handle x, int n) {
        const polynomial base = expanded(x);
        if (has_failed()) return {};
        if (base.size() != 1 || n > 64 || n < -64) return times({}, x.id, n);
        monomial m{};
        for (int i = 0; i < n; ++i) m.coefficient *= base[0].coefficient;
        for (int i = 0; i > n; --i) m.coefficient /= base[0].coefficient;
        for (int i = 0; i < base[0].count; ++i) m = times(m, base[0].atom[i], n * base[0].exponent[i]);
        return m;
    }

    builder& graph_;
    int work_ = 3000;
};

}  // namespace chainfold::simplification
