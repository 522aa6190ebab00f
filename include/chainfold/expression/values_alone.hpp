// SPDX-License-Identifier: BSL-1.0
#pragma once

// tanh(2.0), dot(a, b) of two arrays: the functions calculate with expressions, numbers come with a call.
//
// These overloads take what converts to `values`, so any function that takes the arguments as they are goes before: none of
// another library is lost by a using-directive, and none of a user's by looking up the name of a tensor's function.

#include <chainfold/expression/mistake.hpp>

namespace chainfold {

template <class Values>
inline constexpr bool are_an_expression = false;
template <class Values>
struct values_alone : poison {
    static_assert(are_an_expression<Values>,
                  "the functions take expressions, not values: write an input, bound in the call as input = values, or 2_c");
};

namespace detail {
struct values {
    template <class X>
        requires(std::is_arithmetic_v<X> || Contiguous<X>)
    constexpr values(const X&) {}  // NOLINT: implicit
};
}  // namespace detail

#define CHAINFOLD_OF_VALUES(function, ...) \
    template <class V = detail::values>    \
    CHAINFOLD_MISTAKE(values_alone<V> function(__VA_ARGS__))
#define CHAINFOLD_OF_ONE(function) CHAINFOLD_OF_VALUES(function, detail::values)
#define CHAINFOLD_OF_TWO(function) CHAINFOLD_OF_VALUES(function, detail::values, detail::values)
#define CHAINFOLD_OF_ONE_WITH(parameters, function) \
    template <parameters, class V = detail::values> \
    CHAINFOLD_MISTAKE(values_alone<V> function(detail::values))

CHAINFOLD_OF_ONE(abs)
CHAINFOLD_OF_ONE(cos)
CHAINFOLD_OF_ONE(elu)
CHAINFOLD_OF_ONE(erf)
CHAINFOLD_OF_ONE(erfc)
CHAINFOLD_OF_ONE(exp)
CHAINFOLD_OF_ONE(expm1)
CHAINFOLD_OF_ONE(flatten)
CHAINFOLD_OF_ONE(gelu)
CHAINFOLD_OF_ONE(gelu_tanh)
CHAINFOLD_OF_ONE(layer_norm)
CHAINFOLD_OF_ONE(leaky_relu)
CHAINFOLD_OF_ONE(log)
CHAINFOLD_OF_ONE(log1p)
CHAINFOLD_OF_ONE(log_softmax)
CHAINFOLD_OF_ONE(log_sum_exp)
CHAINFOLD_OF_ONE(mean)
CHAINFOLD_OF_ONE(mish)
CHAINFOLD_OF_ONE(normal_cdf)
CHAINFOLD_OF_ONE(pack_lower)
CHAINFOLD_OF_ONE(reciprocal)
CHAINFOLD_OF_ONE(relu)
CHAINFOLD_OF_ONE(rms_norm)
CHAINFOLD_OF_ONE(shape_of)
CHAINFOLD_OF_ONE(sigmoid)
CHAINFOLD_OF_ONE(sign)
CHAINFOLD_OF_ONE(silu)
CHAINFOLD_OF_ONE(sin)
CHAINFOLD_OF_ONE(softmax)
CHAINFOLD_OF_ONE(softplus)
CHAINFOLD_OF_ONE(sqrt)
CHAINFOLD_OF_ONE(square)
CHAINFOLD_OF_ONE(squared_norm)
CHAINFOLD_OF_ONE(sum)
CHAINFOLD_OF_ONE(symmetric)
CHAINFOLD_OF_ONE(tanh)
CHAINFOLD_OF_ONE(transpose)
CHAINFOLD_OF_ONE(unpack_lower)
CHAINFOLD_OF_ONE(operator-)

CHAINFOLD_OF_ONE_WITH(int, pow)
CHAINFOLD_OF_ONE_WITH(std::size_t... I, broadcast)
CHAINFOLD_OF_ONE_WITH(std::size_t... I, element)
CHAINFOLD_OF_ONE_WITH(std::size_t, one_hot)
CHAINFOLD_OF_ONE_WITH(std::size_t... I, reshape)
CHAINFOLD_OF_ONE_WITH(std::size_t, row)

CHAINFOLD_OF_TWO(concat)
CHAINFOLD_OF_TWO(dot)
CHAINFOLD_OF_TWO(hadamard)
CHAINFOLD_OF_TWO(maximum)
CHAINFOLD_OF_TWO(minimum)
CHAINFOLD_OF_TWO(outer)
CHAINFOLD_OF_TWO(stack)
CHAINFOLD_OF_TWO(operator+)
CHAINFOLD_OF_TWO(operator-)
CHAINFOLD_OF_TWO(operator*)
CHAINFOLD_OF_TWO(operator/)

#undef CHAINFOLD_OF_VALUES
#undef CHAINFOLD_OF_ONE
#undef CHAINFOLD_OF_TWO
#undef CHAINFOLD_OF_ONE_WITH

}  // namespace chainfold
