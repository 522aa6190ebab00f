// EXPECT: matrix product: the left factor's columns must equal the right factor's rows
// EXPECT: extents<32, 64>
// EXPECT: extents<48>
// EXPECT: matrix_product.cpp:26
// OF: operator*
// The third of ten layers is fed with the wrong one; everything that is built on it stays silent.
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 64>;
constexpr auto t = cf::input<"t", 10>;
constexpr auto W1 = cf::parameter<"W1", 64, 64>;
constexpr auto b1 = cf::parameter<"b1", 64>;
constexpr auto W2 = cf::parameter<"W2", 48, 64>;
constexpr auto V2 = cf::parameter<"V2", 64, 48>;
constexpr auto W3 = cf::parameter<"W3", 32, 64>;
constexpr auto b3 = cf::parameter<"b3", 32>;
constexpr auto W = cf::parameter<"W", 32, 32>;
constexpr auto V = cf::parameter<"V", 10, 32>;

constexpr auto h1 = tanh(W1 * x + b1);
constexpr auto h2 = relu(W2 * h1);
#ifdef CORRECTED
constexpr auto h3 = tanh(W3 * (V2 * h2) + b3);
#else
constexpr auto h3 = tanh(W3 * h2 + b3);
#endif
constexpr auto h4 = sigmoid(W * h3 + b3);
constexpr auto h5 = h4 + relu(W * h4);
constexpr auto h6 = softplus(W * h5) - b3;
constexpr auto h7 = hadamard(h6, tanh(W * h6));
constexpr auto h8 = leaky_relu(W * h7);
constexpr auto h9 = maximum(h8, b3) / mean(h8);
constexpr auto y = V * h9;
constexpr auto loss = cross_entropy(y, t) + squared_norm(log_softmax(y));
constexpr auto both = value_and_gradient(loss, W1, W3);

static_assert(cf::shape_of(y) == cf::shape<10>);
static_assert(cf::shape_of(derivative(loss, W3)) == cf::shape<32, 64>);
static_assert(cf::to_string(-element<0>(slice<1, 2>(y)) - element<1>(y)) != "0");

int main() {
    const cf::tensor<double, 64> data{}, c1{};
    const cf::tensor<double, 10> target{};
    const cf::tensor<double, 64, 64> w1{};
    const cf::tensor<double, 48, 64> w2{};
    const cf::tensor<double, 64, 48> v2{};
    const cf::tensor<double, 32, 64> w3{};
    const cf::tensor<double, 32, 32> w{};
    const cf::tensor<double, 10, 32> v{};
    const cf::tensor<double, 32> c3{};
    const auto r = cf::evaluate(both, x = data, t = target, W1 = w1, W2 = w2, V2 = v2, W3 = w3, W = w, V = v,
                                b1 = c1, b3 = c3);
    auto step = cf::compile<double>(both);
    const auto again = step(x = cf::batch(data), t = cf::batch(target), W1 = w1, W2 = w2, V2 = v2, W3 = w3, W = w,
                            V = v, b1 = c1, b3 = c3);
    const auto report = cf::check_gradient(loss, x = data, t = target, W1 = w1, W2 = w2, V2 = v2, W3 = w3, W = w,
                                           V = v, b1 = c1, b3 = c3);
    const bool noticed = cf::self_test(loss, x = data, t = target, W1 = w1, W2 = w2, V2 = v2, W3 = w3, W = w,
                                           V = v, b1 = c1, b3 = c3);
    double total = report.passed() && noticed ? again.value : r.value;
    for (double g : r.gradient[W3]) total += g;
    return r.value > 1000 && r.gradient[W3](0, 1) > total;
}
