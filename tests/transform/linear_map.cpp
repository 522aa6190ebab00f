// Jacobians that are one formula: found in one pass, whatever the number of rows.
#include <type_traits>

#include <chainfold/expression/literal.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/evaluate.hpp>
#include <chainfold/transform/jacobian.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto x = input<"x", 2>;
constexpr auto y = input<"y", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto A = parameter<"A", 2, 2>;

constexpr bool written(auto e, std::string_view text) { return to_string(e) == text; }

// rows of a matrix, sums and multiples of them
static_assert(written(jacobian<mode::reverse>(W * x, x), "W"));
static_assert(written(hessian(dot(x, A* x), x), "A + transpose(A)"));
static_assert(written(hessian<mode::forward>(dot(x, A* x), x), "A + transpose(A)"));
static_assert(written(hessian(dot(t, W* x), x, t), "transpose(W)"));
// one product for all rows
static_assert(written(jacobian<mode::reverse>(transpose(W) * (W * x), x), "transpose(W) * W"));
static_assert(written(hessian(sum(square(W * x - t)), x), "symmetric(2 * transpose(W) * W)"));
// what belongs to a row, and what to a column
static_assert(written(jacobian<mode::reverse>(exp(W * x), x), "hadamard(W, outer(exp(W * x), broadcast<2>(1)))"));
static_assert(written(jacobian<mode::reverse>(W * exp(x), x), "hadamard(W, outer(broadcast<3>(1), exp(x)))"));
// one row, one column
static_assert(written(jacobian(dot(x, y), x), "reshape<1, 2>(y)"));
// diagonals
static_assert(written(jacobian(x, x), "stack(embed<0, 2>(1), embed<1, 2>(1))"));
static_assert(written(jacobian<mode::reverse>(W * x / t, x), "hadamard(W, outer(1 / t, broadcast<2>(1)))"));
// numbers of a row
static_assert(written(jacobian(dot(x, y) * x, x),
                      "outer(x, y) + stack(embed<0, 2>(dot(x, y)), embed<1, 2>(dot(x, y)))"));
// no common formula
static_assert(written(jacobian(stack(element<0>(x), exp(element<1>(x))), x),
                      "stack(embed<0, 2>(1), embed<1, 2>(exp(element<1>(x))))"));

// The Jacobian of a network has as many nodes as layers ask for, not as there are rows.
template <std::size_t N>
constexpr auto network = [] {
    constexpr auto in = input<"in", 8>;
    return tanh(parameter<"W3", N, 8> * tanh(parameter<"W2", 8, 8> * tanh(parameter<"W1", 8, 8> * in)));
}();
template <std::size_t N>
constexpr int nodes =
    graph_of<std::remove_const_t<decltype(jacobian<mode::reverse>(network<N>, input<"in", 8>))>>().sizes.nodes;
static_assert(nodes<4> == nodes<7>);

}  // namespace
