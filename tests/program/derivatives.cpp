// Derivatives of every kind in programs: they agree with the interpreter, and several in one program share their work.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/transform/taylor.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 5>;
constexpr auto u = cf::input<"u", 5>;
constexpr auto s = cf::input<"s">;
constexpr auto W = cf::parameter<"W", 4, 5>;
constexpr auto V = cf::input<"V", 4, 5>;
constexpr auto b = cf::parameter<"b", 4>;
constexpr auto S = cf::parameter<"S", 4, 4>;
constexpr auto h = tanh(W * x + b);
constexpr auto loss = square(log_sum_exp(h)) + dot(b, symmetric(S) * h) * s;
}  // namespace

TEST_CASE("a Hessian, of one sample and of each of a batch") {
    CHECK(worst<double>(hessian(loss, x), shared(W, b, S), sampled(x, s)) < 60);
    CHECK(worst<double>(hessian<cf::mode::forward>(loss, b), shared(W, b, S), sampled(x, s)) < 60);
}
TEST_CASE("the Jacobian by a matrix, and of a matrix") {
    CHECK(worst<double>(jacobian(h, W), shared(W, b), sampled(x)) < 60);
    CHECK(worst<float>(jacobian(flatten(outer(b, h)), b), shared(W, b), sampled(x)) < 60);
}
TEST_CASE("products along directions") {
    CHECK(worst<double>(hessian_vector_product(loss, W, V, x, u), shared(W, b, S), sampled(x, s, u, V)) < 60);
    CHECK(worst<float>(vector_jacobian_product(h, x, h) + jacobian_vector_product(x, x, u), shared(W, b, u),
                       sampled(x)) < 60);
}
TEST_CASE("a loss of reshaped and symmetric parameters") {
    constexpr auto wide = reshape<5, 4>(W) * (symmetric(S) * (W * x)) + flatten(outer(x, stack(s)));
    CHECK(worst<double>(cf::value_and_gradient(log_sum_exp(wide), W, S), shared(W, S), sampled(x, s)) < 200);
}
TEST_CASE("a Taylor polynomial") {
    constexpr auto f = sin(s) * exp(s) / (1_c + square(s));
    CHECK(worst<double>(taylor<6>(f, s, 0.125_c), shared(), sampled(s)) < 60);
}

TEST_CASE("a Hessian is symmetric to the bit") {
    auto program = cf::compile<float>(hessian(loss, b), hessian<cf::mode::forward>(loss, x));
    std::array<float, 20> weights{};
    std::array<float, 16> symmetric{};
    std::array<float, 5> at{};
    std::array<float, 4> bias{};
    for (std::size_t seed = 0; seed < 8; ++seed) {
        const auto fill = [&](auto& to, std::uint64_t key) {
            for (std::size_t i = 0; i < to.size(); ++i) to[i] = number_at<float>(key + seed, i);
        };
        fill(weights, 1), fill(symmetric, 100), fill(at, 200), fill(bias, 300);
        const auto [by_b, by_x] = program(x = at, s = 0.75f, W = weights, b = bias, S = symmetric);
        for (std::size_t i = 0; i < 5; ++i)
            for (std::size_t j = 0; j < i; ++j) {
                CHECK(by_x(i, j) == by_x(j, i));
                if (i < 4) CHECK(by_b(i, j) == by_b(j, i));
            }
        CHECK(by_x(0, 1) != 0);
    }
}

namespace {

template <class... E>
constexpr cf::graph_view executed_graph(E...) {
    return cf::graph_of_stage<cf::executed<cf::expression_request<E...>, cf::calling::one_sample>>().view();
}
/// How many nodes of this operation run.
template <class Op>
constexpr int count_of(const cf::graph_view& graph) {
    int count = 0;
    for (int id = 0; id < graph.node_count; ++id) count += graph[id].operation == cf::operation_code<Op>;
    return count;
}

constexpr auto wide = cf::input<"wide", 30>;
constexpr auto M = cf::parameter<"M", 40, 30>;
constexpr auto N = cf::parameter<"N", 10, 40>;
constexpr auto T = cf::input<"T", 40, 30>;
constexpr auto deep = cross_entropy(N * tanh(M * wide), cf::input<"t", 10>);
constexpr auto alone = executed_graph(hessian_vector_product(deep, M, T));
constexpr auto together =
    executed_graph(deep, derivative(deep, M), derivative(deep, N), hessian_vector_product(deep, M, T));

// The forward pass runs once for the value, both gradients and the product with the Hessian …
static_assert(count_of<cf::tanh_op>(together) == 1);
static_assert(count_of<cf::softmax_op>(together) == 1);
static_assert(count_of<cf::log_sum_exp_op>(together) == 1);
// … whose products are: M x, N h forward, Nᵀ c backward; T x, N h' and Nᵀ c' for the Hessian.
static_assert(count_of<cf::product_op>(together) == 6);
static_assert(count_of<cf::product_op>(alone) == 6);
// Beside the product with the Hessian, value and gradients cost only what ends in them.
static_assert(together.node_count <= alone.node_count + 8);

}  // namespace

TEST_CASE("value, gradient, Jacobian and products in one program are taken apart") {
    auto program = cf::compile<double>(loss, derivative(loss, x), jacobian(h, x), hessian_vector_product(loss, x, u),
                                       vector_jacobian_product(h, x, b));
    const column<std::remove_const_t<decltype(x)>, double> at(1);
    const column<std::remove_const_t<decltype(u)>, double> along(1);
    const column<std::remove_const_t<decltype(W)>, double> w(1);
    const column<std::remove_const_t<decltype(b)>, double> bias(1);
    const column<std::remove_const_t<decltype(S)>, double> sym(1);
    const auto [value, slope, J, Hu, bJ] = program(at.one(), along.one(), w.one(), bias.one(), sym.one(), s = 0.5);
    const auto near = [](const auto& found, const auto& wanted) {
        return difference(flat(found), flat(wanted)) < 1e-14;
    };
    CHECK(near(value, cf::evaluate(loss, at.one(), w.one(), bias.one(), sym.one(), s = 0.5)));
    CHECK(near(slope, cf::evaluate(derivative(loss, x), at.one(), w.one(), bias.one(), sym.one(), s = 0.5)));
    CHECK(near(J, cf::evaluate(jacobian(h, x), at.one(), w.one(), bias.one())));
    CHECK(near(bJ, cf::evaluate(vector_jacobian_product(h, x, b), at.one(), w.one(), bias.one())));
    CHECK(near(Hu, cf::evaluate(hessian_vector_product(loss, x, u), at.one(), along.one(), w.one(), bias.one(),
                                sym.one(), s = 0.5)));
}
