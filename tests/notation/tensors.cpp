// Formulas on vectors and matrices: products of matrices keep the order in which they are calculated.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 2>;
constexpr auto z = input<"z", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto A = parameter<"A", 2, 2>;

static_assert(to_string(W * x) == "W * x");
static_assert(to_string(W * A * x) == "W * A * x");
static_assert(to_string(W * (A * x)) == "W * (A * x)");
static_assert(to_string(s * (A * x)) == "s * A * x");
static_assert(to_string(A * (s * x)) == "A * (s * x)");
static_assert(to_string(A * x * s) == "A * x * s");
static_assert(to_string(A * -x) == "A * -x");
static_assert(to_string(A * -(A * x)) == "A * (-A * x)");
static_assert(to_string(-(A * x)) == "-A * x");
static_assert(to_string(A * (x + z)) == "A * (x + z)");
static_assert(to_string(x * s / s) == "x * s / s");
static_assert(to_string(A * (x / s)) == "A * (x / s)");
static_assert(to_string(transpose(W) * t) == "transpose(W) * t");
static_assert(to_string(hadamard(x, z) + x) == "hadamard(x, z) + x");
static_assert(to_string(s * hadamard(x, z)) == "s * hadamard(x, z)");
static_assert(to_string(hadamard(s, x)) == "s * x");
static_assert(to_string(x / z) == "x / z");
static_assert(to_string(1_c / x) == "1 / x");
static_assert(to_string(unpack_lower(t) * t + t) == "unpack_lower(t) * t + t");
static_assert(to_string(pack_lower(A)) == "pack_lower(A)");
static_assert(to_string(outer(x, t) * dot(x, z)) == "outer(x, t) * dot(x, z)");

// parts and what they are put together to
static_assert(to_string(element<1>(x)) == "element<1>(x)");
static_assert(to_string(element<2, 1>(W)) == "element<2, 1>(W)");
static_assert(to_string(row<2>(W)) == "row<2>(W)");
static_assert(to_string(slice<1, 2>(t)) == "slice<1, 2>(t)");
static_assert(to_string(stack(s, s * s)) == "stack(s, s * s)");
static_assert(to_string(stack(x, z)) == "stack(x, z)");
static_assert(to_string(broadcast<3>(s)) == "broadcast<3>(s)");
static_assert(to_string(broadcast<3, 2>(s + 1_c)) == "broadcast<3, 2>(s + 1)");
static_assert(to_string(embed<1, 3>(s)) == "embed<1, 3>(s)");
static_assert(to_string(embed<2, 3, 2>(x)) == "embed<2, 3, 2>(x)");

// reductions and compositions
static_assert(to_string(sum(x)) == "sum(x)");
static_assert(to_string(mean(t)) == "sum(t) / 3");
static_assert(to_string(squared_norm(x)) == "sum(square(x))");
static_assert(to_string(softmax(A * x)) == "softmax(A * x)");
static_assert(to_string(log_softmax(t)) == "t - log_sum_exp(t)");
static_assert(to_string(squared_error(W * x, t)) == "sum(square(W * x - t))");
static_assert(to_string(mean_squared_error(W * x, t)) == "sum(square(W * x - t)) / 3");
static_assert(to_string(cross_entropy(W * x, t)) == "log_sum_exp(W * x) - dot(t, W * x)");
static_assert(to_string(binary_cross_entropy(x, z)) == "sum(softplus(x) - hadamard(z, x))");

// other shapes of the same entries
static_assert(to_string(flatten(W) + flatten(W)) == "flatten(W) + flatten(W)");
static_assert(to_string(reshape<2, 3>(W) * t) == "reshape<2, 3>(W) * t");
static_assert(to_string(reshape<2, 1>(x)) == "reshape<2, 1>(x)");
static_assert(to_string(symmetric(A)) == "symmetric(A)");
static_assert(to_string(slice<0, 3>(t)) == "slice<0, 3>(t)");

// names are text
static_assert(to_string(parameter<"0.weight", 3, 2> * x) == "0.weight * x");

}  // namespace
