// The derivative of every function, as a textbook writes it.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto a = input<"a">;
constexpr auto b = input<"b">;

constexpr bool by_s(auto e, std::string_view text) { return to_string(derivative(e, s)) == text; }

static_assert(by_s(s, "1"));
static_assert(by_s(5_c, "0"));
static_assert(by_s(a, "0"));
static_assert(by_s(-s, "-1"));
static_assert(by_s(s + a, "1"));
static_assert(by_s(a - s, "-1"));
static_assert(by_s(a * s, "a"));
static_assert(by_s(s / a, "1 / a"));
static_assert(by_s(a / s, "-a / square(s)"));
static_assert(by_s(square(s), "2 * s"));
static_assert(by_s(pow<5>(s), "5 * pow<4>(s)"));
static_assert(by_s(pow<3>(s), "3 * square(s)"));
static_assert(by_s(pow<-1>(s), "-1 / square(s)"));
static_assert(by_s(pow<0>(s), "0"));
static_assert(by_s(reciprocal(s), "-1 / square(s)"));
static_assert(by_s(sqrt(s), "0.5 / sqrt(s)"));
static_assert(by_s(abs(s), "sign(s)"));
static_assert(by_s(sign(s), "0"));
static_assert(by_s(exp(s), "exp(s)"));
static_assert(by_s(log(s), "1 / s"));
static_assert(by_s(expm1(s), "exp(s)"));
static_assert(by_s(log1p(s), "1 / (s + 1)"));
static_assert(by_s(erf(s), "1.128379167095512574 * exp(-square(s))"));
static_assert(by_s(erfc(s), "-1.128379167095512574 * exp(-square(s))"));
static_assert(by_s(sin(s), "cos(s)"));
static_assert(by_s(cos(s), "-sin(s)"));
static_assert(by_s(tanh(s), "1 - square(tanh(s))"));
static_assert(by_s(sigmoid(s), "sigmoid(s) * (1 - sigmoid(s))"));
static_assert(by_s(softplus(s), "sigmoid(s)"));
static_assert(by_s(relu(s), "select(0 < relu(s), 1, 0)"));
static_assert(by_s(leaky_relu(s), "select(0 < s, 1, 0.01)"));
static_assert(by_s(maximum(s, a), "select(s < a, 0, 1)"));
static_assert(by_s(maximum(a, s), "select(a < s, 1, 0)"));
static_assert(by_s(minimum(s, a), "select(a < s, 0, 1)"));
static_assert(by_s(s < a, "0"));
static_assert(by_s(select(a < b, s, square(s)), "select(a < b, 1, 2 * s)"));

// the chain rule
static_assert(by_s(square(2_c * s + 3_c), "4 * (2 * s + 3)"));
static_assert(by_s(exp(-square(s)), "-2 * s * exp(-square(s))"));
static_assert(by_s(sin(a * s), "a * cos(a * s)"));
static_assert(by_s(s * exp(s), "exp(s) * (s + 1)"));
static_assert(by_s(log(sin(s)), "cos(s) / sin(s)"));
static_assert(to_string(derivative(derivative(square(2_c * s + 3_c), s), s)) == "8");
static_assert(to_string(derivative(derivative(derivative(pow<4>(s), s), s), s)) == "24 * s");
static_assert(to_string(derivative(derivative(sin(s), s), s)) == "-sin(s)");
static_assert(to_string(derivative(derivative(tanh(s), s), s)) == "-2 * tanh(s) * (1 - square(tanh(s)))");
static_assert(to_string(derivative(derivative(sigmoid(s), s), s)) ==
              "sigmoid(s) * (1 - sigmoid(s)) * (1 - 2 * sigmoid(s))");
static_assert(to_string(derivative(derivative(a * square(s), s), a)) == "2 * s");

// vectors and matrices
constexpr auto x = input<"x", 2>;
constexpr auto z = input<"z", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto l = input<"l", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto A = parameter<"A", 2, 2>;

static_assert(to_string(derivative(sum(x), x)) == "broadcast<2>(1)");
static_assert(to_string(derivative(dot(unpack_lower(l) * t, t), l)) == "pack_lower(outer(t, t))");
static_assert(to_string(derivative(dot(unpack_lower(l) * t, t), t)) ==
              "transpose(unpack_lower(l)) * t + unpack_lower(l) * t");
static_assert(to_string(derivative(mean(t), t)) == "broadcast<3>(1 / 3)");
static_assert(to_string(derivative(squared_norm(x), x)) == "2 * x");
static_assert(to_string(derivative(dot(x, z), x)) == "z");
static_assert(to_string(derivative(dot(x, x), x)) == "2 * x");
static_assert(to_string(derivative(dot(t, W * x), W)) == "outer(t, x)");
static_assert(to_string(derivative(dot(t, W * x), x)) == "transpose(W) * t");
static_assert(to_string(derivative(dot(x, A * x), x)) == "transpose(A) * x + A * x");
static_assert(to_string(derivative(sum(W * A), A)) == "transpose(W) * broadcast<3, 2>(1)");
static_assert(to_string(derivative(log_sum_exp(t), t)) == "softmax(t)");
static_assert(to_string(derivative(squared_error(W * x, t), W)) == "2 * outer(W * x - t, x)");
static_assert(to_string(derivative(cross_entropy(W * x, t), W)) == "outer(softmax(W * x) - t, x)");
static_assert(to_string(derivative(cross_entropy(t, softmax(t)), input<"u", 3>)) == "broadcast<3>(0)");
static_assert(to_string(derivative(binary_cross_entropy(x, z), x)) == "sigmoid(x) - z");
static_assert(to_string(derivative(s * element<1>(x), x)) == "embed<1, 2>(s)");
static_assert(to_string(derivative(element<0>(x) * element<1>(x), x)) == "stack(element<1>(x), element<0>(x))");
static_assert(to_string(derivative(dot(row<1>(W), x), W)) == "embed<2, 3, 2>(x)");
static_assert(to_string(derivative(sum(stack(s, s * s)), s)) == "2 * s + 1");

// Jacobians
static_assert(to_string(derivative(x, x)) == "stack(embed<0, 2>(1), embed<1, 2>(1))");
static_assert(to_string(derivative(W * x, x)) == "W");
static_assert(to_string(derivative(s * x, s)) == "x");
static_assert(to_string(derivative(x, s)) == "broadcast<2>(0)");
static_assert(to_string(derivative(x, z)) == "broadcast<2, 2>(0)");
static_assert(to_string(derivative(stack(s, square(s)), s)) == "stack(1, 2 * s)");

}  // namespace
