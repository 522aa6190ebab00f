// The canonical form, as a textbook writes it.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr bool becomes(auto e, std::string_view text) { return to_string(simplify(e)) == text; }

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto c = input<"c">;
constexpr auto s = input<"s">;
constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto z = input<"z", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto A = parameter<"A", 2, 2>;
constexpr auto B = parameter<"B", 2, 2>;

// the famous ones
static_assert(becomes(derivative(cross_entropy(z, t), z), "softmax(z) - t"));
static_assert(becomes(derivative(-dot(t, log(softmax(z))), z), "sum(t) * softmax(z) - t"));
static_assert(becomes(derivative(-dot(t, log(exp(z) / sum(exp(z)))), z), "sum(t) * softmax(z) - t"));
static_assert(becomes(derivative(binary_cross_entropy(z, t), z), "sigmoid(z) - t"));
static_assert(becomes(derivative(sigmoid(s), s), "sigmoid(s) * (1 - sigmoid(s))"));
static_assert(becomes(derivative(tanh(s), s), "1 - square(tanh(s))"));
static_assert(becomes(derivative(squared_error(W * x, t), W), "2 * outer(W * x - t, x)"));
static_assert(becomes(derivative(squared_error(W * x, t), x), "2 * transpose(W) * (W * x - t)"));
static_assert(becomes(derivative(mean_squared_error(W * x, t), W), "2 / 3 * outer(W * x - t, x)"));
static_assert(becomes(derivative(square(1_c - a) + 100_c * square(b - square(a)), a),
                      "2 * (200 * a * (square(a) - b) + a - 1)"));

// sums: flattened, ordered, collected
static_assert(becomes(b + a, "a + b"));
static_assert(becomes(a - (b - c), "a + c - b"));
static_assert(becomes(c - b + a - c, "a - b"));
static_assert(becomes(1_c - a - b + 2_c, "3 - a - b"));
static_assert(becomes(-a - b, "-(a + b)"));
static_assert(becomes(2_c * a * b - 3_c * b * a, "-a * b"));
static_assert(becomes(a - b + 3_c * c - 2_c * (a - b), "b + 3 * c - a"));
static_assert(becomes(8_c * s + 12_c, "4 * (2 * s + 3)"));
static_assert(becomes(s + 0.5_c, "s + 0.5"));
static_assert(becomes(a / 3_c + b / 6_c, "(2 * a + b) / 6"));
static_assert(becomes(-2_c * (a - b), "2 * (b - a)"));
static_assert(becomes(x - 3_c * x + s, "s - 2 * x"));
static_assert(becomes(a * b + a * c, "a * (b + c)"));
static_assert(becomes(sigmoid(s) - square(sigmoid(s)), "sigmoid(s) * (1 - sigmoid(s))"));

// products and powers: flattened, ordered, collected, and nothing shortened by what may be 0
static_assert(becomes(b * a * b, "a * square(b)"));
static_assert(becomes(a / b / b, "a / square(b)"));
static_assert(becomes(pow<3>(2_c * a) * square(a), "8 * pow<5>(a)"));
static_assert(becomes(pow<-2>(a / b), "square(b) / square(a)"));
static_assert(becomes(a / a, "a / a"));
static_assert(becomes(square(a) / a, "square(a) / a"));
static_assert(becomes(exp(a) / exp(a), "1"));
static_assert(becomes(hadamard(W * x, t) / s, "hadamard(t, W * x) / s"));

// laws of functions that hold for all real numbers, and some that do not
static_assert(becomes(log(exp(a)), "a"));
static_assert(becomes(exp(log(a)), "exp(log(a))"));
static_assert(becomes(exp(a) * exp(b), "exp(a + b)"));
static_assert(becomes(square(exp(a)) / exp(b), "exp(2 * a - b)"));
static_assert(becomes(log(exp(a) * b), "log(b) + a"));
static_assert(becomes(log(a * b), "log(a * b)"));
static_assert(becomes(log(square(a)), "2 * log(abs(a))"));
static_assert(becomes(log(1_c / a), "-log(a)"));
static_assert(becomes(sqrt(square(a)), "abs(a)"));
static_assert(becomes(square(sqrt(a)), "square(sqrt(a))"));
static_assert(becomes(square(abs(a)), "square(a)"));
static_assert(becomes(abs(-2_c * a), "2 * abs(a)"));
static_assert(becomes(cos(b - a), "cos(a - b)"));
static_assert(becomes(sin(-a), "-sin(a)"));
static_assert(becomes(relu(2_c * relu(a)), "2 * relu(a)"));
static_assert(becomes(expm1(a) + 1_c, "exp(a)"));
static_assert(becomes(log1p(expm1(a)), "a"));
static_assert(becomes(1_c / (1_c + exp(-s)), "sigmoid(s)"));
static_assert(becomes(exp(z) / sum(exp(z)), "softmax(z)"));
static_assert(becomes(exp(W * x - log_sum_exp(W * x)), "softmax(W * x)"));
static_assert(becomes(softmax(z + s), "softmax(z)"));
static_assert(becomes(log(sum(exp(z))), "log_sum_exp(z)"));

// scalars and transposes outside
static_assert(becomes(A * (s * x), "s * A * x"));
static_assert(becomes(outer(2_c * x, s* z), "2 * s * outer(x, z)"));
static_assert(becomes(sum(s * z), "s * sum(z)"));
static_assert(becomes(transpose(2_c * A), "2 * transpose(A)"));
static_assert(becomes(transpose(A) * transpose(B), "transpose(B * A)"));
static_assert(becomes(transpose(A) + transpose(B), "transpose(A + B)"));
static_assert(becomes(tanh(hadamard(transpose(A), transpose(B))), "transpose(tanh(hadamard(A, B)))"));
static_assert(becomes(sum(transpose(A)), "sum(A)"));

// the same, and not
static_assert(same(a + b, b + a));
static_assert(same(a * (b * c), c* a* b));
static_assert(same(a + a + b, 2_c * a + b));
static_assert(same((a - b) * s, -s*(b - a)));
static_assert(same(dot(z, t), sum(hadamard(t, z))));
static_assert(same(transpose(B) * transpose(A), transpose(A* B)));
static_assert(same(derivative(sigmoid(s), s), sigmoid(s) - square(sigmoid(s))));
static_assert(same(derivative(squared_norm(W * x - t), x), 2_c * (transpose(W) * (W * x - t))));
static_assert(same(derivative(derivative(exp(a * b), a), b), derivative(derivative(exp(b* a), b), a)));
static_assert(same(a, a));
static_assert(!same(a, b));
static_assert(!same(a - b, b - a));
static_assert(!same(a / a, 1_c));
static_assert(!same(a, broadcast<2>(a)));
static_assert(!same(A * B, B* A));
static_assert(!same(A, transpose(A)));
static_assert(!same(sqrt(square(a)), a));
static_assert(!same(square(a + b), square(a) + square(b)));
static_assert(!same(input<"p">, parameter<"q">));

// it is an expression: it has a shape, a derivative, and is its own canonical form
static_assert(shape_of(simplify(W * x)) == shape<3>);
static_assert(to_string(derivative(simplify(square(2_c * s) + 0_c), s)) == "8 * s");
static_assert(std::is_same_v<decltype(simplify(simplify(b + a))), decltype(simplify(b + a))>);
static_assert(to_string(b + a) == "b + a");

}  // namespace
