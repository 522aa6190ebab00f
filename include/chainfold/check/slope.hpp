// SPDX-License-Identifier: BSL-1.0
#pragma once

// A derivative by differences, with an error bar (Ridders 1982).  Central differences D(h) = (f(w + h) − f(w − h)) / 2h
// have an error in h², h⁴, …; with steps h, h / c, h / c², … these terms are taken out one after another:
//
//     D(j, 0) = D(h c⁻ʲ),   D(j, k) = (c²ᵏ D(j, k − 1) − D(j − 1, k − 1)) / (c²ᵏ − 1)
//
// An entry's error is its distance from the two that it was made of.  The entry with the smallest is the answer.

#include <cstdint>
#include <limits>

#include <chainfold/math/math.hpp>

namespace chainfold {

/// A derivative by differences.
struct numeric_slope {
    double value = 0;  // the derivative
    double error = std::numeric_limits<double>::max();  // how far off it may be
    double step = 0;                                    // the smallest with which it was found
    double left = 0, right = 0;                         // the slopes on either side,
    double side_step = 0;                               // so far
    bool sides_differ = false;                          // by more than rounding explains
    bool has_kink = false;                              // and as much with a smaller step
    bool is_finite = true;                              // so were all values of f
};

namespace detail {

/// Neither infinite nor a NaN: by the bits, because -ffast-math assumes the answer.
inline bool is_finite(const double& x) {
    std::uint64_t bits = 0;
    __builtin_memcpy(&bits, &x, sizeof bits);
    return (bits >> 52 & 0x7ffu) != 0x7ffu;
}

/// f around a point.  Differences are divided by the step that was really taken.
template <class F>
class differences {
public:
    differences(F& f, double at, double middle) : f_(f), at_(at), middle_(middle) { found(middle_); }

    double central(double step) {
        const volatile double up = at_ + step, down = at_ - step;
        const double above = f_(up), below = f_(down);
        found(above), found(below);
        return (above - below) / (up - down);
    }
    double right(double step) {
        const volatile double up = at_ + step;
        const double above = f_(up);
        found(above);
        return (above - middle_) / (up - at_);
    }
    double left(double step) { return right(-step) + 0.0; }  // not -0
    [[nodiscard]] double middle() const { return middle_; }
    [[nodiscard]] bool are_finite() const { return finite_; }

private:
    void found(const double& value) { finite_ = finite_ && is_finite(value); }

    F& f_;
    double at_, middle_;
    bool finite_ = true;
};

/// Ridders' table from one first step; keeps what is better than `best`.
template <class F>
void extrapolate(differences<F>& f, double step, numeric_slope& best) {
    constexpr int rows = 8;
    constexpr double c = 1.4;
    double before[rows] = {}, row[rows] = {};
    for (int j = 0; j < rows; ++j, step /= c) {
        row[0] = f.central(step);
        double power = c * c;
        for (int k = 1; k <= j; ++k, power *= c * c) {
            row[k] = (power * row[k - 1] - before[k - 1]) / (power - 1);
            const double a = math::abs(row[k] - row[k - 1]), b = math::abs(row[k] - before[k - 1]);
            const double error = a > b ? a : b;
            if (!(error < best.error)) continue;
            best.error = error;
            best.value = row[k];
            best.step = step;
        }
        if (j > 0 && math::abs(row[j] - before[j - 1]) > 2 * best.error) return;  // rounding has taken over
        for (int k = 0; k <= j; ++k) before[k] = row[k];
    }
}

}  // namespace detail

/// ∂f/∂w at w, where f is `middle`, by steps from this one on.  A kink (of relu, abs, maximum …) at the point, or nearer
/// than a small step, is told apart from a slope that changes fast: there the gap between the slopes on either side
/// shrinks with the step.
template <class F>
numeric_slope slope_by_differences(F f, double w, double middle, double first_step) {
    const double size = math::abs(w) > 1 ? math::abs(w) : 1;
    detail::differences<F> around(f, w, middle);
    numeric_slope found;
    for (double step = first_step; step > 5e-5 * first_step; step /= 8) {
        detail::extrapolate(around, step, found);
        if (found.error <= 1e-10 * math::abs(found.value)) break;
    }
    const double step = 1e-4 * size;
    const double wide = around.right(step) - around.left(step);
    found.side_step = step / 4;
    found.right = around.right(step / 4);
    found.left = around.left(step / 4);
    const double gap = math::abs(found.right - found.left), rounding = 1e-15 * math::abs(around.middle()) / step;
    const double largest = math::abs(found.left) > math::abs(found.right) ? math::abs(found.left) : math::abs(found.right);
    found.sides_differ = gap > 1e-5 * largest && gap > 100 * rounding;
    found.has_kink = found.sides_differ && gap > 0.6 * math::abs(wide);
    found.is_finite = around.are_finite();
    return found;
}
/// The same with the usual steps, from 0.02 · max(1, |w|) on.
template <class F>
numeric_slope slope_by_differences(F f, double w) {
    return slope_by_differences(f, w, f(w), 0.02 * (math::abs(w) > 1 ? math::abs(w) : 1));
}

}  // namespace chainfold
