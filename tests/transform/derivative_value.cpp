// Values of derivatives, calculated by the compiler.
#include <array>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/program/evaluate.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr bool near(double a, double b, double tolerance = 1e-12) {
    return (a > b ? a - b : b - a) <= tolerance * (1 + (b < 0 ? -b : b));
}

constexpr auto s = input<"s">;
constexpr auto a = input<"a">;
constexpr bool at(auto e, double value, double expected) { return near(evaluate(derivative(e, s), s = value), expected); }

static_assert(at(exp(s), 1.0, 2.718281828459045));
static_assert(at(log(s), 4.0, 0.25));
static_assert(at(sqrt(s), 4.0, 0.25));
static_assert(at(sin(s), 0.0, 1.0) && at(cos(s), 1.5707963267948966, -1.0));
static_assert(at(tanh(s), 0.5, 0.7864477329659274));
static_assert(at(sigmoid(s), 0.5, 0.2350037122015945));
static_assert(at(softplus(s), 0.5, 0.6224593312018546));
static_assert(at(pow<5>(s), 2.0, 80.0) && at(pow<-2>(s), 2.0, -0.25));
static_assert(at(reciprocal(s), 2.0, -0.25) && at(3_c / s, 2.0, -0.75));

// at the corners: the documented side
static_assert(at(relu(s), 0.0, 0.0) && at(relu(s), 1.0, 1.0) && at(relu(s), -1.0, 0.0));
static_assert(at(abs(s), 0.0, 0.0) && at(abs(s), -3.0, -1.0));
static_assert(at(maximum(s, 1_c), 1.0, 1.0) && at(maximum(1_c, s), 1.0, 0.0));
static_assert(at(minimum(s, 1_c), 1.0, 1.0) && at(minimum(1_c, s), 1.0, 0.0));
static_assert(at(leaky_relu(s), -1.0, 0.01) && at(leaky_relu(s, 0.2_c), -1.0, 0.2) && at(leaky_relu(s), 1.0, 1.0));

// third order
static_assert(near(evaluate(derivative(derivative(derivative(exp(2_c * s), s), s), s), s = 0.0), 8.0));
static_assert(near(evaluate(derivative(derivative(derivative(tanh(s), s), s), s), s = 0.0), -2.0));
static_assert(near(evaluate(derivative(derivative(derivative(sin(s * a), s), a), s), s = 0.0, a = 3.0), 0.0));

// Example: two sigmoids, by hand in a textbook
constexpr auto x = input<"x">;
constexpr auto t = input<"t">;
constexpr auto w1 = parameter<"w1">;
constexpr auto b1 = parameter<"b1">;
constexpr auto w2 = parameter<"w2">;
constexpr auto b2 = parameter<"b2">;
constexpr auto loss = square(sigmoid(w2 * sigmoid(w1 * x + b1) + b2) - t);
constexpr auto r = evaluate(value_and_gradient(loss, w1, b1, w2, b2), x = 1.0, t = 1.0, w1 = 0.5, b1 = 0.1, w2 = 0.8,
                            b2 = -0.2);
static_assert(near(r.value, 0.17768151616517416));
static_assert(near(r.gradient[w1], -0.037624829924195594) && near(r.gradient[b1], -0.037624829924195594));
static_assert(near(r.gradient[w2], -0.1327271748632097) && near(r.gradient[b2], -0.20556939285402578));

// a variable that does not occur: zeros of its shape
constexpr auto W = parameter<"W", 2, 3>;
constexpr auto v = input<"v", 2>;
static_assert(shape_of(derivative(square(s), W)) == shape<2, 3>);
constexpr auto zeros = evaluate(derivative(square(s), W), s = 2.0, W = tensor<double, 2, 3>{});
static_assert(zeros == tensor<double, 2, 3>{});
static_assert(evaluate(derivative(v, input<"u", 3>), v = std::array{1.0, 2.0}, (input<"u", 3> = std::array{0.0, 0.0, 0.0})) ==
              tensor<double, 2, 3>{});
static_assert(evaluate(gradient(square(s), s, W), s = 2.0).gradient[W] == tensor<double, 2, 3>{});

// Jacobians
constexpr auto polar = input<"polar", 2>;  // radius, angle
constexpr auto radius = element<0>(polar);
constexpr auto angle = element<1>(polar);
constexpr auto cartesian = stack(radius * cos(angle), radius * sin(angle));
constexpr auto J = evaluate(derivative(cartesian, polar), polar = std::array{2.0, 0.5});
static_assert(near(J(0, 0), 0.8775825618903728) && near(J(0, 1), -0.958851077208406));
static_assert(near(J(1, 0), 0.479425538604203) && near(J(1, 1), 1.7551651237807455));
static_assert(shape_of(derivative(cartesian, polar)) == shape<2, 2>);

constexpr auto p = evaluate(derivative(softmax(v), v), v = std::array{0.0, 0.0});
static_assert(near(p(0, 0), 0.25) && near(p(0, 1), -0.25) && near(p(1, 0), -0.25) && near(p(1, 1), 0.25));

// the Hessian of Rosenbrock's function
constexpr auto u = input<"u", 2>;
constexpr auto rosenbrock = square(1_c - element<0>(u)) + 100_c * square(element<1>(u) - square(element<0>(u)));
constexpr auto slope = evaluate(derivative(rosenbrock, u), u = std::array{1.0, 1.0});
static_assert(slope(0) == 0.0 && slope(1) == 0.0);
constexpr auto H = evaluate(derivative(derivative(rosenbrock, u), u), u = std::array{1.0, 1.0});
static_assert(H(0, 0) == 802.0 && H(0, 1) == -400.0 && H(1, 0) == -400.0 && H(1, 1) == 200.0);
static_assert(shape_of(derivative(derivative(rosenbrock, u), u)) == shape<2, 2>);

}  // namespace
