// Layers within layers: how their weights are named and ordered, what they start from, what they compute.
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/nn/check_gradient.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

namespace {

using encoder = nn::sequential<double, nn::linear<4, 3>, nn::relu>;
using model = nn::sequential<double, nn::flatten<2, 2>, encoder, nn::batch_norm<3>,
                             nn::residual<nn::linear<3, 3, nn::no_bias>, nn::layer_norm<3>, nn::gelu>, nn::dropout<0.5>,
                             nn::concat<nn::linear<3, 2>, nn::block<nn::linear<3, 4>, nn::tanh>>,
                             nn::projected_residual<nn::linear<6, 5>, nn::silu>, nn::rms_norm<5>, nn::linear<5, 2>>;

struct expected_tensor {
    std::string_view name;
    int rows, columns;
    bool trained;
};
constexpr expected_tensor expected[] = {
    {"1.0.weight", 3, 4, true},      {"1.0.bias", 3, 1, true},     {"2.weight", 3, 1, true},
    {"2.bias", 3, 1, true},          {"2.running_mean", 3, 1, false}, {"2.running_var", 3, 1, false},
    {"3.0.weight", 3, 3, true},      {"3.1.weight", 3, 1, true},   {"3.1.bias", 3, 1, true},
    {"5.0.weight", 2, 3, true},      {"5.0.bias", 2, 1, true},     {"5.1.0.weight", 4, 3, true},
    {"5.1.0.bias", 4, 1, true},      {"6.0.weight", 5, 6, true},   {"6.0.bias", 5, 1, true},
    {"6.projection.weight", 5, 6, true}, {"7.weight", 5, 1, true}, {"8.weight", 2, 5, true},
    {"8.bias", 2, 1, true}};

/// Two networks of the same weights give the same.
template <class A, class B, std::size_t N>
void agree(A& a, B& b, const std::array<double, N>& sample) {
    REQUIRE(A::size() == B::size());
    std::copy(a.data(), a.data() + a.size(), b.data());
    const auto x = a(sample), y = b(sample);
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(x.data()[i] == y.data()[i]);
}

}  // namespace

TEST_CASE("tensors are named by the path to them, layer by layer") {
    model net{nn::seed{1}};
    const auto tensors = net.tensors();
    REQUIRE(tensors.size() == std::size(expected));
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CHECK(tensors[i].name == expected[i].name);
        CHECK(tensors[i].dims.rows == expected[i].rows);
        CHECK(tensors[i].dims.columns == expected[i].columns);
        CHECK(tensors[i].trained == expected[i].trained);
    }
    CHECK(model::parameter_count == 12 + 3 + 6 + 9 + 6 + 6 + 2 + 12 + 4 + 30 + 5 + 30 + 5 + 10 + 2);
    CHECK(model::states::size == 6);
    CHECK(model::stored::size == model::parameter_count + 6);
}
TEST_CASE("tensors are reached by name, by position and in turn") {
    model net{nn::seed{1}};
    net.get<"2.running_var">()(2) = 7;
    CHECK(net.state_data()[5] == 7);
    net.get<"6.projection.weight">()(4, 5) = 8;
    for (const auto& t : net.tensors())
        if (t.name == "6.projection.weight") CHECK(t.values[29] == 8);
    static_assert(std::is_same_v<decltype(net.get<0>()), cf::tensor_view<double, 3, 4>>);
    CHECK(net.get<0>().data() == net.get<"1.0.weight">().data());
    CHECK(net.get<model::weights::count - 1>().data() == net.get<"8.bias">().data());
    for (auto& t : net.tensors())
        for (double& value : t) value = 0;
    CHECK(net(std::array{1.0, 2.0, 3.0, 4.0})(1) == 0);
    const model& same = net;
    CHECK(same.tensors()[0].values == net.data());
    CHECK(same.state_data() == net.data() + net.size());
}
TEST_CASE("norms start at one, biases at zero, running moments at those of a standard normal distribution") {
    model net{nn::seed{3}};
    for (const auto& t : net.tensors()) {
        const bool is_one = t.name == "2.weight" || t.name == "3.1.weight" || t.name == "7.weight" || t.name == "2.running_var";
        if (t.dims.rank == 1)
            for (double v : t) CHECK(v == (is_one ? 1 : 0));
        else
            CHECK(t.values[0] != 0);
    }
}
TEST_CASE("He's limit before a rectifier, wherever it stands") {
    // The rectifier is next in the block, next after the block, first in the next block, or not there at all.
    using within = nn::sequential<float, nn::block<nn::linear<30, 40>, nn::relu>, nn::linear<40, 1>>;
    using after = nn::sequential<float, nn::concat<nn::block<nn::linear<30, 40>>>, nn::gelu, nn::linear<40, 1>>;
    using in_next = nn::sequential<float, nn::linear<30, 40>, nn::block<nn::silu, nn::linear<40, 1>>>;
    using none = nn::sequential<float, nn::residual<nn::linear<30, 30>, nn::tanh, nn::linear<30, 30>>, nn::linear<30, 1>>;
    const auto largest = [](const auto& net, std::size_t count) {
        float most = 0;
        for (std::size_t i = 0; i < count; ++i) most = std::max(most, std::abs(net.data()[i]));
        return static_cast<double>(most);
    };
    const double he = std::sqrt(6.0 / 30), glorot = std::sqrt(6.0 / 60);
    const auto near = [](double found, double limit) { return found < limit && found > 0.98 * limit; };
    CHECK(near(largest(within{nn::seed{1}}, 1200), he));
    CHECK(near(largest(after{nn::seed{1}}, 1200), he));
    CHECK(near(largest(in_next{nn::seed{1}}, 1200), he));
    CHECK(near(largest(none{nn::seed{1}}, 900), glorot));
}
TEST_CASE("a network among the layers of another is its layers") {
    nn::sequential<double, nn::linear<4, 3>, nn::relu, nn::linear<3, 2>> flat{nn::seed{1}};
    nn::sequential<double, encoder, nn::linear<3, 2>> nested;
    nn::sequential<double, nn::block<nn::block<nn::linear<4, 3>>, nn::relu>, nn::linear<3, 2>> deeper;
    agree(flat, nested, std::array{1.0, -2.0, 3.0, 0.5});
    agree(flat, deeper, std::array{1.0, -2.0, 3.0, 0.5});
    CHECK(nested.tensors()[0].name == "0.0.weight");
    CHECK(deeper.tensors()[0].name == "0.0.0.weight");
}
TEST_CASE("residual adds what it is given, with a projection where the shape changes") {
    nn::sequential<double, nn::residual<nn::linear<2, 2>, nn::tanh>> net{nn::seed{4}};
    const auto W = net.get<"0.0.weight">();
    const std::array<double, 2> x{0.5, -1};
    for (std::size_t i = 0; i < 2; ++i)
        CHECK(net(x)(i) == Approx(x[i] + std::tanh(W(i, 0) * x[0] + W(i, 1) * x[1])));

    nn::sequential<double, nn::projected_residual<nn::linear<2, 3>, nn::tanh>> wide{nn::seed{4}};
    const auto V = wide.get<"0.0.weight">();
    const auto P = wide.get<"0.projection.weight">();
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(wide(x)(i) == Approx(P(i, 0) * x[0] + P(i, 1) * x[1] + std::tanh(V(i, 0) * x[0] + V(i, 1) * x[1])));
}
TEST_CASE("concat holds what each branch makes of the same input") {
    nn::sequential<double, nn::concat<nn::linear<2, 1>, nn::tanh, nn::block<nn::linear<2, 3>, nn::relu>>> net{nn::seed{4}};
    static_assert(decltype(net)::output_shape == cf::shape<6>);
    const auto a = net.get<"0.0.weight">();
    const auto c = net.get<"0.2.0.weight">();
    const std::array<double, 2> x{0.5, -1};
    const auto y = net(x);
    CHECK(y(0) == Approx(a(0, 0) * x[0] + a(0, 1) * x[1]));
    CHECK(y(2) == Approx(std::tanh(-1)));
    for (std::size_t i = 0; i < 3; ++i) CHECK(y(3 + i) == Approx(std::max(0.0, c(i, 0) * x[0] + c(i, 1) * x[1])));
}
TEST_CASE("matrices come in through flatten, one after another in a batch") {
    nn::sequential<double, nn::flatten<2, 3>, nn::linear<6, 1>> net;
    for (std::size_t i = 0; i < 6; ++i) net.data()[i] = static_cast<double>(i);
    static_assert(decltype(net)::input_shape == cf::shape<2, 3>);
    CHECK(net(std::array{1.0, 1.0, 1.0, 1.0, 1.0, 2.0})(0) == 20);
    std::vector<double> in(600, 1.0), out(100);
    in[594] = 2;  // the first entry of the last sample, which counts nothing
    in[599] = 2;
    net(cf::batch(in), cf::into(out));
    CHECK(out[98] == 15);
    CHECK(out[99] == 20);
}

namespace {
/// A layer in three lines, with a weight of its own that starts at one.
template <std::size_t N>
struct scale {
    static constexpr auto input_shape = cf::shape<N>;
    static constexpr double initial_value(std::string_view) { return 1; }
    constexpr auto operator()(auto x, auto scope) const { return hadamard(nn::weight<"factor", N>(scope), x); }
};
}  // namespace

TEST_CASE("layers of a user's own stand anywhere") {
    nn::sequential<double, scale<2>, nn::residual<scale<2>, nn::block<scale<2>>>> net{nn::seed{1}};
    const std::string_view names[] = {"0.factor", "1.0.factor", "1.1.0.factor"};
    for (std::size_t i = 0; i < 3; ++i) CHECK(net.tensors()[i].name == names[i]);
    CHECK(net(std::array{3.0, 4.0})(1) == 8);
    net.get<"1.1.0.factor">()(1) = 0;
    CHECK(net(std::array{3.0, 4.0})(1) == 4);
}
TEST_CASE("a linear without bias has none") {
    using bare = nn::sequential<double, nn::linear<2, 3, nn::no_bias>>;
    static_assert(bare::parameter_count == 6 && bare::weights::count == 1);
    CHECK(bare{nn::seed{1}}(std::array{0.0, 0.0})(2) == 0);
}
TEST_CASE(
    "a linear in × out computes the same from the transposed matrix, and its gradient is that of central differences") {
    using mine = nn::sequential<double, nn::linear<19, 33, nn::in_by_out>, nn::relu,
                                nn::linear<33, 2, nn::in_by_out, nn::no_bias>>;
    using usual = nn::sequential<double, nn::linear<19, 33>, nn::relu, nn::linear<33, 2, nn::no_bias>>;
    static_assert(mine::parameter_count == usual::parameter_count);
    mine a{nn::seed{1}};
    usual b{nn::seed{2}};
    const std::string_view names[] = {"0.kernel", "0.bias", "2.kernel"};
    for (std::size_t i = 0; i < 3; ++i) CHECK(a.tensors()[i].name == names[i]);
    const auto transpose = [](auto from, auto to, std::size_t rows, std::size_t columns) {
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < columns; ++j) to(j, i) = from(i, j);
    };
    transpose(a.get<"0.kernel">(), b.get<"0.weight">(), 19, 33);
    transpose(a.get<"2.kernel">(), b.get<"2.weight">(), 33, 2);
    std::array<double, 19> x;
    for (std::size_t i = 0; i < 19; ++i) x[i] = 0.1 * static_cast<double>(i) - 0.7;
    const auto of_a = a(x), of_b = b(x);
    CHECK(of_a(0) == Approx(of_b(0)));
    CHECK(of_a(1) == Approx(of_b(1)));

    const std::vector<double> inputs(x.begin(), x.end()), targets{0.5, -1};
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
    CHECK(nn::check_gradient(a, nn::squared_error{}, data).passed());
}
TEST_CASE("rectifiers' kernels start from the same limit") {
    nn::sequential<double, nn::linear<4, 100, nn::in_by_out>, nn::relu> net{nn::seed{3}};
    double largest = 0;
    for (const double w : net.get<"0.kernel">()) largest = std::max(largest, std::abs(w));
    CHECK(largest < std::sqrt(6.0 / 4));
    CHECK(largest > 0.95 * std::sqrt(6.0 / 4));
}

namespace {
/// A layer of a user's own around two linears, one of each kind.
struct both {
    static constexpr auto input_shape = cf::shape<4>;
    template <cf::fixed_string P>
    constexpr auto operator()(auto x, nn::scope<P> s) const {
        return nn::linear<50, 100, nn::in_by_out>{}(nn::linear<4, 50>{}(x, nn::part<"a">(s)), nn::part<"b">(s));
    }
};
}  // namespace
TEST_CASE("and so do those within other layers, each by its own order") {
    nn::sequential<double, both, nn::relu> net{nn::seed{3}};
    const auto largest = [](const auto& matrix) {
        double found = 0;
        for (const double w : matrix) found = std::max(found, std::abs(w));
        return found;
    };
    CHECK(largest(net.get<"0.a.weight">()) == Approx(std::sqrt(6.0 / 4)).epsilon(0.05));
    CHECK(largest(net.get<"0.b.kernel">()) == Approx(std::sqrt(6.0 / 50)).epsilon(0.05));
    nn::sequential<double, nn::residual<nn::linear<4, 4, nn::in_by_out>, nn::tanh>,
                   nn::projected_residual<nn::linear<4, 6, nn::in_by_out>>>
        parts{nn::seed{3}};
    const std::string_view names[] = {"0.0.kernel", "0.0.bias", "1.0.kernel", "1.0.bias", "1.projection.weight"};
    for (std::size_t i = 0; i < 5; ++i) CHECK(parts.tensors()[i].name == names[i]);
}
TEST_CASE("numbers of norms") {
    nn::sequential<double, nn::layer_norm<2, 1_c>> wide{nn::seed{1}};
    CHECK(wide(std::array{1.0, 3.0})(1) == Approx(1 / std::sqrt(2)));
    nn::sequential<double, nn::rms_norm<2, 2_c>> root{nn::seed{1}};
    CHECK(root(std::array{1.0, 1.0})(1) == Approx(1 / std::sqrt(3)));
    nn::sequential<double, nn::batch_norm<2, 0.5_c, 3_c>> batch{nn::seed{1}};
    CHECK(batch(std::array{1.0, 4.0})(1) == 2);
}

TEST_CASE("the gradient of a batch through all of them is that of central differences") {
    using deep = nn::sequential<double, nn::linear<3, 4>, nn::layer_norm<4>, nn::gelu,
                                nn::residual<nn::linear<4, 4>, nn::rms_norm<4>, nn::mish>, nn::concat<nn::elu, nn::linear<4, 1>>,
                                nn::projected_residual<nn::linear<5, 3>, nn::silu>>;
    deep net{nn::seed{6}};
    std::vector<double> x, k;
    nn::random_sequence random(nn::seed{7});
    for (int i = 0; i < 40; ++i) {
        for (int j = 0; j < 3; ++j) x.push_back(4 * random.uniform() - 2);
        k.push_back(static_cast<double>(random.below(3)));
    }
    constexpr auto target = cf::input<"target">;
    const auto loss = nn::cross_entropy{.label_smoothing = 0.1_c}(deep::expression_of_output, target);
    const auto report = deep::weights::with(net.data(), [&](const auto&... weights) {
        return cf::check_gradient(loss, deep::input_type{} = cf::batch(x), target = cf::batch(k), weights...);
    });
    CHECK(report.passed());
    CHECK(report.entries.size() == deep::weights::count + 1);
}
