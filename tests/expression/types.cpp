// The same expression is the same type; what differs in anything is another.
#include <string_view>
#include <type_traits>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/lower.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr bool same_type(auto a, auto b) { return std::is_same_v<decltype(a), decltype(b)>; }

constexpr auto x = input<"x", 2>;
constexpr auto W = parameter<"W", 2, 2>;

static_assert(same_type(x, input<"x", 2>));
static_assert(!same_type(x, input<"x", 3>));
static_assert(!same_type(x, input<"y", 2>));
static_assert(!same_type(x, parameter<"x", 2>));
static_assert(!same_type(input<"a", 2, 1>, input<"a", 1, 2>));
static_assert(!same_type(input<"a", 2, 1>, input<"a", 2>));

static_assert(same_type(tanh(W * x + x), tanh(W * x + x)));
static_assert(!same_type(x + W * x, W * x + x));
static_assert(!same_type(tanh(x), sigmoid(x)));
static_assert(!same_type(pow<3>(x), pow<4>(x)));
static_assert(!same_type(element<0>(x), element<1>(x)));
static_assert(!same_type(element<1>(x), slice<1, 1>(x)));
static_assert(same_type(x > 0_c, 0_c < x));
static_assert(same_type(squared_norm(x), sum(square(x))));

// numbers by value, however they are written
static_assert(same_type(2_c, 2.0_c) && same_type(0.5_c, 5e-1_c));
static_assert(same_type(1'000_c, 1e3_c) && same_type(100_c, 1e2_c));
static_assert(!same_type(2_c, 3_c) && !same_type(0.1_c, 0.01_c));

// expressions are empty and trivial
static_assert(std::is_empty_v<decltype(tanh(W * x))> && std::is_trivially_copyable_v<decltype(x)>);
static_assert(Expression<decltype(x)> && Expression<decltype(2_c)> && !Expression<double>);
static_assert(Symbol<decltype(x)> && Symbol<decltype(W)> && !Symbol<decltype(2_c)> && !Symbol<decltype(W * x)>);
static_assert(symbol_of<decltype(x)>.name == "x" && !symbol_of<decltype(x)>.trained && symbol_of<decltype(W)>.trained);

// a part that is used many times is one node
template <int N>
constexpr auto doubled() {
    if constexpr (N == 0)
        return x;
    else
        return doubled<N - 1>() + doubled<N - 1>();
}
static_assert(graph_of<decltype(doubled<40>())>().sizes.nodes == 41);
static_assert(graph_of<decltype(W * x), decltype(tanh(W * x))>().sizes.nodes == 4);
static_assert(graph_of<decltype(W * x), decltype(tanh(W * x))>().sizes.outputs == 2);

// one name with two meanings is noticed where expressions meet
static_assert(graph_of<decltype(W * x + parameter<"x", 2>)>().conflict.found());
static_assert(!graph_of<decltype(W * x + x)>().conflict.found());

}  // namespace
