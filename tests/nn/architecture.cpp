// SPDX-License-Identifier: BSL-1.0
// What a network is called: the same text with every compiler.
#include <chainfold/chainfold.hpp>
#include <chainfold/nn/architecture.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

namespace user {
enum class bias { none, trained };
struct identity {
    constexpr auto operator()(auto x) const { return x; }
};
template <std::size_t N, bias Bias = bias::trained, auto Epsilon = 1e-5_c>
struct scale : identity {
    static constexpr auto input_shape = cf::shape<N>;
};
template <auto P>
struct drop : identity {};
template <class... Layer>
struct residual : identity {};
template <class Layer, std::size_t N>
struct repeat : identity {};
template <std::size_t N, class Layer>
struct times : identity {};
template <cf::fixed_string Name>
struct labelled : identity {};
template <class X>
struct outer {
    template <int N>
    struct inner : identity {};
};
struct renamed : identity {
    static constexpr std::string_view name = "swish with beta";
};
}  // namespace user
namespace {
struct cube : user::identity {};

template <class... Layer>
constexpr std::string_view called = nn::architecture_of<nn::sequential<double, nn::linear<2, 2>, Layer...>>.substr(14);
}  // namespace

static_assert(nn::architecture_of<nn::sequential<float, nn::linear<64, 32>, nn::relu, nn::linear<32, 10>>> ==
              "linear(64, 32), relu, linear(32, 10)");
static_assert(
    called<nn::linear<2, 2, nn::no_bias, nn::in_by_out>, nn::dropout<0.5>, nn::layer_norm<2>, nn::batch_norm<2>> ==
    "linear(2, 2, no_bias, in_by_out), dropout(0.5), layer_norm(2), batch_norm(2)");
static_assert(called<nn::residual<nn::linear<2, 2>, nn::tanh>> == "residual(linear(2, 2), tanh)");
static_assert(called<cube> == "cube");
static_assert(called<user::identity, cube> == "identity, cube");
static_assert(called<user::renamed> == "swish with beta");
static_assert(called<user::scale<2>> == "scale(2)");
static_assert(called<user::scale<2, user::bias::trained, 0.00001_c>> == "scale(2)");
static_assert(called<user::scale<2, user::bias::none>> == "scale(2, none)");
static_assert(called<user::scale<2, user::bias::trained, 0.001_c>> == "scale(2, trained, 0.001)");
static_assert(called<user::drop<0.5>> == "drop(0.5)");
static_assert(called<user::drop<0.5f>> == "drop(0.5)");
static_assert(called<user::drop<0.1>> == "drop(0.1)");
static_assert(called<user::drop<-0.123456789>> == "drop(-0.123456789)");
static_assert(called<user::drop<3.0>> == "drop(3)");
static_assert(called<user::drop<0.25_c>> == "drop(0.25)");
static_assert(called<user::drop<true>> == "drop(true)");
static_assert(called<user::drop<-3>> == "drop(-3)");
static_assert(called<user::residual<user::scale<2>, cube>> == "residual(scale(2), cube)");
static_assert(called<user::repeat<cube, 4>> == "repeat(cube, 4)");
static_assert(called<user::times<4, user::residual<cube>>> == "times(4, residual(cube))");
static_assert(called<user::labelled<"head">> == "labelled(head)");
static_assert(nn::architecture_of<nn::sequential<float, nn::linear<4, 3, nn::no_bias>, nn::layer_norm<3, 1e-6_c>,
                                                 nn::residual<nn::linear<3, 3>, nn::relu>, nn::dropout<0.5>>> ==
              "linear(4, 3, no_bias), layer_norm(3, 0.000001), residual(linear(3, 3), relu), dropout(0.5)");
static_assert(called<user::outer<cube>::inner<3>>.starts_with("inner"));

TEST_CASE("a network is called by its layers, also by local ones") {
    struct local : user::identity {};
    const auto doubled = [](auto x) { return x + x; };
    CHECK(called<local> == "local");
    CHECK(called<decltype(doubled)> == "lambda");
}
