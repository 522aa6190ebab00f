// The shape of everything that can be written.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto A = parameter<"A", 2, 4>;

constexpr bool has(auto e, auto shape) { return shape_of(e) == shape && !(shape_of(e) == chainfold::shape<7, 7>); }

// leaves
static_assert(has(s, shape<>));
static_assert(has(2_c, shape<>));
static_assert(has(x, shape<2>));
static_assert(has(W, shape<3, 2>));
static_assert(!(shape_of(parameter<"r", 1, 2>) == shape<2>));

// elementwise: equal shapes, or a scalar on either side
static_assert(has(s + s, shape<>) && has(x + x, shape<2>) && has(W - W, shape<3, 2>));
static_assert(has(x + s, shape<2>) && has(s - x, shape<2>) && has(W / s, shape<3, 2>) && has(1_c / W, shape<3, 2>));
static_assert(has(hadamard(W, W), shape<3, 2>) && has(hadamard(s, x), shape<2>));
static_assert(has(-W, shape<3, 2>) && has(square(x), shape<2>) && has(pow<3>(W), shape<3, 2>));
static_assert(has(exp(x), shape<2>) && has(log(W), shape<3, 2>) && has(sin(s), shape<>) && has(cos(x), shape<2>));
static_assert(has(tanh(x), shape<2>) && has(sigmoid(W), shape<3, 2>) && has(softplus(s), shape<>));
static_assert(has(relu(W), shape<3, 2>) && has(leaky_relu(x), shape<2>) && has(leaky_relu(x, 0.2_c), shape<2>));
static_assert(has(sqrt(x), shape<2>) && has(abs(W), shape<3, 2>) && has(sign(s), shape<>) && has(reciprocal(x), shape<2>));
static_assert(has(maximum(x, s), shape<2>) && has(minimum(0_c, W), shape<3, 2>));
static_assert(has(x < s, shape<2>) && has(s >= W, shape<3, 2>));
static_assert(has(select(s < 0_c, x, s), shape<2>) && has(select(x < 0_c, s, 1_c), shape<2>));

// products
static_assert(has(s * s, shape<>) && has(s * x, shape<2>) && has(W * s, shape<3, 2>));
static_assert(has(W * x, shape<3>) && has(W * A, shape<3, 4>) && has(transpose(W), shape<2, 3>));
static_assert(has(outer(t, x), shape<3, 2>) && has(dot(x, x), shape<>) && has(dot(W, W), shape<>));

// reductions
static_assert(has(sum(W), shape<>) && has(sum(s), shape<>) && has(mean(x), shape<>) && has(squared_norm(W), shape<>));
static_assert(has(softmax(x), shape<2>) && has(log_softmax(x), shape<2>) && has(log_sum_exp(x), shape<>));

// parts
static_assert(has(element<2>(t), shape<>) && has(element<2, 1>(W), shape<>));
static_assert(has(row<2>(W), shape<2>) && has(slice<1, 2>(t), shape<2>));
static_assert(has(stack(s, s, s), shape<3>) && has(stack(x, x, x), shape<3, 2>) && has(stack(s), shape<1>));
static_assert(has(broadcast<3>(s), shape<3>) && has(broadcast<3, 2>(s), shape<3, 2>));
static_assert(has(reshape<6>(W), shape<6>) && has(reshape<2, 3>(W), shape<2, 3>) && has(reshape<3, 2>(W), shape<3, 2>));
static_assert(has(flatten(W), shape<6>) && has(flatten(outer(x, stack(s))), shape<2>) && has(flatten(s), shape<1>));
static_assert(has(flatten(x), shape<2>) && has(symmetric(outer(x, x)), shape<2, 2>));
static_assert(has(embed<1, 3>(s), shape<3>) && has(embed<1, 4>(x), shape<4>) && has(embed<2, 2, 2>(x), shape<2, 2>));

// losses
static_assert(has(squared_error(W * x, t), shape<>) && has(squared_error(W, W), shape<>) && has(squared_error(s, s), shape<>));
static_assert(has(mean_squared_error(x, x), shape<>) && has(cross_entropy(W * x, t), shape<>));
static_assert(has(binary_cross_entropy(s, s), shape<>) && has(binary_cross_entropy(x, x), shape<>));

}  // namespace
