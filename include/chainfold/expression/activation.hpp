// SPDX-License-Identifier: BSL-1.0
#pragma once

// Activations that are compositions of other operations, entry by entry.  No branch that is not taken computes an
// infinity, so that none can come through in a derivative.

#include <chainfold/expression/function.hpp>

namespace chainfold {

/// x above 0, α (eˣ − 1) below, entry by entry (Clevert et al. 2016); α is a number such as 0.5_c, 1 if not given.
template <Argument X, ScalarArgument Alpha>
constexpr auto elu(X x, Alpha alpha) {
    return relu(x) + alpha * expm1(minimum(x, detail::integer<0>{}));
}
template <Argument X>
constexpr auto elu(X x) {
    return relu(x) + expm1(minimum(x, detail::integer<0>{}));
}
template <Expression X, PlainNumber Alpha>
CHAINFOLD_MISTAKE(plain_number<Alpha> elu(X, Alpha))
template <Expression X, NoScalar Alpha>
CHAINFOLD_MISTAKE(setting_of_no_scalar<typename Alpha::shape_type> elu(X, Alpha))

/// x Φ(x), with the distribution function Φ of the standard normal distribution (Hendrycks and Gimpel 2016).
template <Argument X>
constexpr auto gelu(X x) {
    return hadamard(x, normal_cdf(x));
}
/// The approximation of gelu in the same article: ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))); within 0.0005 of it.
template <Argument X>
constexpr auto gelu_tanh(X x) {
    constexpr constant<number{797884560802865356, 1, -18}> sqrt_two_over_pi{};
    constexpr constant<number{44715, 1, -6}> cubic{};
    constexpr constant<number{5, 1, -1}> half{};
    const auto inside = sqrt_two_over_pi * hadamard(x, detail::integer<1>{} + cubic * square(x));
    return half * hadamard(x, detail::integer<1>{} + tanh(inside));
}

/// x sigmoid(x), also called swish.
template <Argument X>
constexpr auto silu(X x) {
    return hadamard(x, sigmoid(x));
}

/// x tanh(softplus(x)) (Misra 2019).
template <Argument X>
constexpr auto mish(X x) {
    return hadamard(x, tanh(softplus(x)));
}

}  // namespace chainfold
