// A model is a type: names, order and shapes of its weights, how they start, and what it computes.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

namespace {
using model = nn::sequential<double, nn::linear<3, 5>, nn::tanh, nn::linear<5, 4>, nn::relu, nn::linear<4, 2>, nn::softmax>;
static_assert(model::parameter_count == 15 + 5 + 20 + 4 + 8 + 2);
static_assert(model::input_shape == cf::shape<3>);
static_assert(model::output_shape == cf::shape<2>);
static_assert(model::weights::count == 6);

/// A layer of a user's, whose namespace has an operator that takes it.
struct twice {
    constexpr auto operator()(auto x) const { return x + x; }
};
[[maybe_unused]] constexpr auto operator|(auto left, twice) { return left; }
static_assert(nn::sequential<float, nn::linear<4, 3>, twice, nn::linear<3, 2>>::output_shape == cf::shape<2>);

/// The largest |w| of a weight.
template <cf::fixed_string Name>
double largest(auto& net) {
    const auto w = net.template get<Name>();
    return std::abs(*std::max_element(w.begin(), w.end(), [](auto a, auto b) { return std::abs(a) < std::abs(b); }));
}
}  // namespace

TEST_CASE("weights are named and ordered as PyTorch's") {
    const std::string_view expected[] = {"0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"};
    for (std::size_t i = 0; i < 6; ++i) CHECK(model::weights::symbols[i].name == expected[i]);
    const std::array<std::size_t, 7> offsets{0, 15, 20, 40, 44, 52, 54};
    CHECK(model::weights::offsets == offsets);
}
TEST_CASE("ten layers and more count in decimal") {
    using layer = nn::linear<2, 2>;
    using deep = nn::sequential<float, layer, layer, layer, layer, layer, layer, layer, layer, layer, layer, layer, layer>;
    CHECK(deep::weights::symbols[18].name == "9.weight");
    CHECK(deep::weights::symbols[20].name == "10.weight");
    CHECK(deep::weights::symbols[23].name == "11.bias");
    static_assert(deep::parameter_count == 12 * 6);
}
TEST_CASE("weights are views of one block, row by row") {
    model net;
    CHECK(std::all_of(net.data(), net.data() + net.size(), [](double w) { return w == 0; }));
    net.get<"0.weight">()(4, 2) = 7;
    CHECK(net.data()[14] == 7);
    net.get<"2.bias">()(0) = 8;
    CHECK(net.data()[40] == 8);
    net.data()[52] = 9;
    CHECK(net.get<"4.bias">()(0) == 9);
    static_assert(std::is_same_v<decltype(net.get<"2.weight">()), cf::tensor_view<double, 4, 5>>);
}
TEST_CASE("the output is what the layers compute") {
    nn::sequential<double, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>> net{nn::seed{5}};
    const std::array<double, 2> sample{0.5, -1.5};
    net.get<"0.bias">()(1) = 0.25;
    net.get<"2.bias">()(0) = -1;
    const auto W = net.get<"0.weight">();
    const auto b = net.get<"0.bias">();
    const auto V = net.get<"2.weight">();
    double expected = -1;
    for (std::size_t i = 0; i < 3; ++i) expected += V(0, i) * std::tanh(W(i, 0) * 0.5 - W(i, 1) * 1.5 + b(i));
    CHECK(net(sample)(0) == Approx(expected).epsilon(1e-14));

    std::vector<double> samples, out(40);
    for (int i = 0; i < 40; ++i) samples.insert(samples.end(), {0.1 * i, 1 - 0.2 * i});
    net(cf::batch(samples), cf::into(out));
    for (std::size_t i = 0; i < 40; ++i)
        CHECK(net(std::span<const double>(samples).subspan(2 * i, 2))(0) == Approx(out[i]).epsilon(1e-13));
}
TEST_CASE("the same seed gives the same weights, another seed others") {
    const model a{nn::seed{1}}, b{nn::seed{1}}, c{nn::seed{2}};
    CHECK(std::equal(a.data(), a.data() + model::size(), b.data()));
    CHECK(!std::equal(a.data(), a.data() + model::size(), c.data()));
}
TEST_CASE("copies of a model are independent") {
    model a{nn::seed{1}};
    model b = a;
    b.get<"0.bias">()(0) = 5;
    CHECK(a.get<"0.bias">()(0) == 0);
    const std::array<double, 3> sample{1, 2, 3};
    CHECK(a(sample)(0) != b(sample)(0));
}
TEST_CASE("Glorot's limits before tanh, He's before relu, biases zero") {
    using wide = nn::sequential<float, nn::linear<300, 200>, nn::tanh, nn::linear<200, 100>, nn::relu, nn::linear<100, 50>>;
    wide net{nn::seed{9}};
    const double glorot0 = std::sqrt(6.0 / 500), he2 = std::sqrt(6.0 / 200), glorot4 = std::sqrt(6.0 / 150);
    CHECK(largest<"0.weight">(net) < glorot0);
    CHECK(largest<"0.weight">(net) > 0.99 * glorot0);
    CHECK(largest<"2.weight">(net) < he2);
    CHECK(largest<"2.weight">(net) > 0.99 * he2);
    CHECK(largest<"4.weight">(net) < glorot4);
    CHECK(largest<"4.weight">(net) > 0.99 * glorot4);
    CHECK(largest<"0.bias">(net) == 0);
    CHECK(largest<"2.bias">(net) == 0);
    double mean = 0, square = 0;
    for (float w : net.get<"0.weight">()) mean += static_cast<double>(w) / 60000, square += static_cast<double>(w * w) / 60000;
    CHECK(std::abs(mean) < 0.01 * glorot0);
    CHECK(square == Approx(2.0 / 500).epsilon(0.02));
}
TEST_CASE("a single layer, and one without weights after it") {
    nn::sequential<float, nn::linear<1, 1>> net;
    net.data()[0] = 3;
    net.data()[1] = 1;
    CHECK(net(std::array{2.0f})(0) == 7);
    nn::sequential<float, nn::linear<1, 1>, nn::sigmoid, nn::softplus, nn::leaky_relu, nn::log_softmax> several;
    CHECK(several(std::array{2.0f})(0) == 0);
}

namespace {
struct cube {
    constexpr auto operator()(auto x) const { return cf::pow<3>(x); }
};
/// Scales each entry by a weight of its own.
template <std::size_t N>
struct scale {
    static constexpr auto input_shape = cf::shape<N>;
    template <cf::fixed_string Prefix>
    constexpr auto operator()(auto x, nn::scope<Prefix> s) const {
        return hadamard(nn::weight<"factor", N>(s), x);
    }
};
/// x + tanh(W x + b).
template <std::size_t N>
struct residual {
    static constexpr auto input_shape = cf::shape<N>;
    template <cf::fixed_string Prefix>
    constexpr auto operator()(auto x, nn::scope<Prefix> s) const {
        return x + tanh(nn::weight<"weight", N, N>(s) * x + nn::weight<"bias", N>(s));
    }
};
}  // namespace

TEST_CASE("layers that users write") {
    nn::sequential<double, scale<2>, cube, residual<2>, nn::linear<2, 1>> net{nn::seed{4}};
    CHECK(decltype(net)::weights::symbols[0].name == "0.factor");
    CHECK(decltype(net)::weights::symbols[1].name == "2.weight");
    CHECK(decltype(net)::weights::symbols[3].name == "3.weight");
    net.get<"0.factor">()(0) = 2;
    const auto W = net.get<"2.weight">();
    const auto V = net.get<"3.weight">();
    const double h = 1;  // (2 · 0.5)³; the second factor is zero
    const double y0 = h + std::tanh(W(0, 0) * h), y1 = std::tanh(W(1, 0) * h);
    CHECK(net(std::array{0.5, 3.0})(0) == Approx(V(0, 0) * y0 + V(0, 1) * y1));
}
TEST_CASE("twenty layers") {
    using r = residual<8>;
    using deep = nn::sequential<float, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r, r, nn::linear<8, 1>>;
    deep net{nn::seed{1}};
    CHECK(std::isfinite(net(std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f, 7.f, 8.f})(0)));
    CHECK(deep::weights::symbols[38].name == "19.weight");
}
