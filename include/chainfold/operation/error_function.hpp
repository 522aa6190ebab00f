// SPDX-License-Identifier: BSL-1.0
#pragma once

// The error function and its complement, entry by entry.

#include <chainfold/operation/exponential.hpp>
#include <chainfold/operation/linear_algebra.hpp>

namespace chainfold {

namespace detail {
inline constexpr number two_over_sqrt_pi{1128379167095512574, 1, -18};
}

// y = 2/√π ∫ e^(−u²) du from 0 to x        ∂y/∂x = 2/√π e^(−x²)
struct erf_op : elementwise<1> {
    static constexpr notation written = written_as("erf");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::erf(x); }
    static constexpr auto partials(auto y, auto x) {
        return std::array{make_constant(*y.graph, detail::two_over_sqrt_pi) * exp(-square(x))};
    }
};

// y = 1 − erf x                            ∂y/∂x = −2/√π e^(−x²)
struct erfc_op : elementwise<1> {
    static constexpr notation written = written_as("erfc");
    CHAINFOLD_INLINE static constexpr auto value(auto x) { return math::erfc(x); }
    static constexpr auto partials(auto y, auto x) {
        return std::array{make_constant(*y.graph, math::negate(detail::two_over_sqrt_pi).value) * exp(-square(x))};
    }
};

/// The error function 2/√π ∫ e^(−u²) du from 0 to x, entry by entry.
template <class X>
constexpr applied<erf_op, X> erf(X x) {
    return application<erf_op, X>::make(x);
}
/// 1 − erf x, entry by entry, to full relative accuracy where it is small.
template <class X>
constexpr applied<erfc_op, X> erfc(X x) {
    return application<erfc_op, X>::make(x);
}

}  // namespace chainfold
