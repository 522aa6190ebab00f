// SPDX-License-Identifier: BSL-1.0
#pragma once

// dot(x), sum(A, 0), select(a < b, x): a function with too few or too many arguments.
//
// There is an overload for each number of arguments that a function does not take, so that no right call tries it.  The
// first argument converts to `given`: a user's function of the same name and of any number of arguments goes before.

#include <chainfold/expression/verdict.hpp>

namespace chainfold {

template <class Given>
inline constexpr bool is_the_number_of_arguments = false;
template <class Given>
struct takes_one : poison {
    static_assert(is_the_number_of_arguments<Given>,
                  "this function takes one argument, an expression: as in sum(A), softmax(x), log(x)");
};
template <class Given>
struct takes_one_and_a_number : poison {
    static_assert(is_the_number_of_arguments<Given>,
                  "this function takes one argument and, if wanted, a number: leaky_relu(x), leaky_relu(x, 0.1_c)");
};
template <class Given>
struct takes_two : poison {
    static_assert(is_the_number_of_arguments<Given>,
                  "this function takes two arguments: as in dot(a, b), maximum(a, b), squared_error(prediction, target)");
};
template <class Given>
struct takes_two_and_a_number : poison {
    static_assert(is_the_number_of_arguments<Given>,
                  "this loss takes prediction, target and, if wanted, a number: huber(y, t), huber(y, t, 0.5_c)");
};
template <class Given>
struct takes_three : poison {
    static_assert(is_the_number_of_arguments<Given>,
                  "select takes three arguments: select(a < b, x, y) is x where a < b, and y elsewhere");
};

namespace detail {
struct given {
    template <class X>
        requires(Expression<X> || Poisoned<X>)
    constexpr given(const X&) {}  // NOLINT: implicit
};
}  // namespace detail

#define CHAINFOLD_TAKES_ONE(function)                          \
    template <class G = detail::given, class A, class... More> \
    CHAINFOLD_MISTAKE(takes_one<G> function(detail::given, const A&, const More&...))
#define CHAINFOLD_TAKES_ONE_AND(function)                               \
    template <class G = detail::given, class A, class B, class... More> \
    CHAINFOLD_MISTAKE(takes_one_and_a_number<G> function(detail::given, const A&, const B&, const More&...))
#define CHAINFOLD_TAKES_TWO(function)                                   \
    template <class G = detail::given>                                  \
    CHAINFOLD_MISTAKE(takes_two<G> function(detail::given))             \
    template <class G = detail::given, class A, class B, class... More> \
    CHAINFOLD_MISTAKE(takes_two<G> function(detail::given, const A&, const B&, const More&...))
#define CHAINFOLD_TAKES_TWO_AND(function)                                        \
    template <class G = detail::given>                                           \
    CHAINFOLD_MISTAKE(takes_two_and_a_number<G> function(detail::given))         \
    template <class G = detail::given, class A, class B, class C, class... More> \
    CHAINFOLD_MISTAKE(takes_two_and_a_number<G> function(detail::given, const A&, const B&, const C&, const More&...))

CHAINFOLD_TAKES_ONE(abs)
CHAINFOLD_TAKES_ONE(cos)
CHAINFOLD_TAKES_ONE(erf)
CHAINFOLD_TAKES_ONE(erfc)
CHAINFOLD_TAKES_ONE(exp)
CHAINFOLD_TAKES_ONE(expm1)
CHAINFOLD_TAKES_ONE(flatten)
CHAINFOLD_TAKES_ONE(gelu)
CHAINFOLD_TAKES_ONE(gelu_tanh)
CHAINFOLD_TAKES_ONE(log)
CHAINFOLD_TAKES_ONE(log1p)
CHAINFOLD_TAKES_ONE(log_softmax)
CHAINFOLD_TAKES_ONE(log_sum_exp)
CHAINFOLD_TAKES_ONE(mean)
CHAINFOLD_TAKES_ONE(mish)
CHAINFOLD_TAKES_ONE(normal_cdf)
CHAINFOLD_TAKES_ONE(pack_lower)
CHAINFOLD_TAKES_ONE(reciprocal)
CHAINFOLD_TAKES_ONE(relu)
CHAINFOLD_TAKES_ONE(sigmoid)
CHAINFOLD_TAKES_ONE(sign)
CHAINFOLD_TAKES_ONE(silu)
CHAINFOLD_TAKES_ONE(sin)
CHAINFOLD_TAKES_ONE(softmax)
CHAINFOLD_TAKES_ONE(softplus)
CHAINFOLD_TAKES_ONE(sqrt)
CHAINFOLD_TAKES_ONE(square)
CHAINFOLD_TAKES_ONE(squared_norm)
CHAINFOLD_TAKES_ONE(sum)
CHAINFOLD_TAKES_ONE(symmetric)
CHAINFOLD_TAKES_ONE(tanh)
CHAINFOLD_TAKES_ONE(transpose)
CHAINFOLD_TAKES_ONE(unpack_lower)

CHAINFOLD_TAKES_ONE_AND(elu)
CHAINFOLD_TAKES_ONE_AND(layer_norm)
CHAINFOLD_TAKES_ONE_AND(leaky_relu)
CHAINFOLD_TAKES_ONE_AND(rms_norm)

CHAINFOLD_TAKES_TWO(absolute_error)
CHAINFOLD_TAKES_TWO(binary_cross_entropy)
CHAINFOLD_TAKES_TWO(dot)
CHAINFOLD_TAKES_TWO(hadamard)
CHAINFOLD_TAKES_TWO(hinge)
CHAINFOLD_TAKES_TWO(kl_divergence)
CHAINFOLD_TAKES_TWO(maximum)
CHAINFOLD_TAKES_TWO(mean_absolute_error)
CHAINFOLD_TAKES_TWO(mean_squared_error)
CHAINFOLD_TAKES_TWO(minimum)
CHAINFOLD_TAKES_TWO(negative_log_likelihood)
CHAINFOLD_TAKES_TWO(outer)
CHAINFOLD_TAKES_TWO(squared_error)

CHAINFOLD_TAKES_TWO_AND(cross_entropy)
CHAINFOLD_TAKES_TWO_AND(huber)

template <class G = detail::given>
CHAINFOLD_MISTAKE(takes_three<G> select(detail::given))
template <class G = detail::given, class A>
CHAINFOLD_MISTAKE(takes_three<G> select(detail::given, const A&))
template <class G = detail::given, class A, class B, class C, class... More>
CHAINFOLD_MISTAKE(takes_three<G> select(detail::given, const A&, const B&, const C&, const More&...))

#undef CHAINFOLD_TAKES_ONE
#undef CHAINFOLD_TAKES_ONE_AND
#undef CHAINFOLD_TAKES_TWO
#undef CHAINFOLD_TAKES_TWO_AND

}  // namespace chainfold
