// Means of products of a linear map's values with what it maps: mean(w (Q z) zᵀ) = Q mean(w z zᵀ).
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {

constexpr auto x = cf::input<"x", 10>;
constexpr auto u = cf::input<"u", 10>;
constexpr auto t = cf::input<"t">;
constexpr auto weight = cf::parameter<"weight", 2>;
constexpr auto mean = cf::parameter<"mean", 2, 10>;
constexpr auto factor = cf::parameter<"factor", 2, 55>;
constexpr auto A = cf::parameter<"A", 10, 10>;
constexpr auto W = cf::parameter<"W", 40, 10>;

template <std::size_t N>
struct sized {
    static constexpr auto x = cf::input<"x", N>;
    static constexpr auto A = cf::parameter<"A", N, N>;
    static constexpr auto loss = exp(t) * squared_norm(A * x - x) + dot(A * x, x);
    static real worst_of_gradient() {
        return worst<double>(cf::value_and_gradient(loss, A), shared(A), sampled(x, t));
    }
};

// A component of a Gaussian mixture: a lower triangular factor, its diagonal by logarithms.
template <std::size_t K>
constexpr auto exponent() {
    constexpr auto diagonal = slice<0, 10>(row<K>(factor));
    constexpr auto d = x - row<K>(mean);
    return element<K>(weight) + sum(diagonal) -
           0.5_c * squared_norm(hadamard(exp(diagonal), d) + unpack_lower(slice<10, 45>(row<K>(factor))) * d);
}
constexpr auto mixture = log_sum_exp(stack(exponent<0>(), exponent<1>()));
// z is computed from the samples, and by much: where there is no sample, it is not a number.
constexpr auto z = u / square(u);
constexpr auto quadratic = exp(t) * squared_norm(A * z) + dot(A * z, z);

// How many steps of a program for batches sum up a second moment, and how many a first moment beside it.
template <class E, class... B>
constexpr std::pair<int, int> moments(E, B...) {
    using P = cf::detail::plan_for<cf::request_of<E>, double, false, B...>;
    const cf::graph_view graph = P::graph().view();
    const cf::reading<const std::remove_cvref_t<decltype(P::value)>> nodes(graph, P::value);
    std::pair<int, int> count{};
    for (const cf::planned_step& step : P::value.steps)
        if (step.kind == cf::step_kind::accumulate_outer) {
            count.first += nodes.is_second_moment(step.node);
            count.second += step.second >= 0;
        }
    return count;
}
const std::array<double, 10> one{};
const std::array<double, 1> number{};

}  // namespace

TEST_CASE("a mixture's gradient needs two moments for each component") {
    constexpr auto gradient = cf::value_and_gradient(mixture, weight, mean, factor);
    CHECK(moments(gradient, x = cf::batch(one)) == std::pair(2, 2));
    CHECK(worst<double>(gradient, shared(weight, mean, factor), sampled(x)) < 30);
    CHECK(worst<float>(gradient, shared(weight, mean, factor), sampled(x)) < 30);
    CHECK(worst<long double>(gradient, shared(weight, mean, factor), sampled(x)) < 60);
}
TEST_CASE("a mean with and without weights, of what is no number where no sample is") {
    constexpr auto gradient = cf::value_and_gradient(quadratic, A);
    CHECK(worst<double>(gradient, shared(A), sampled(u, t)) < 60);
    constexpr auto plain = cf::value_and_gradient(squared_norm(A * z), A);
    CHECK(moments(plain, u = cf::batch(one)) == std::pair(1, 0));
    CHECK(worst<double>(plain, shared(A), sampled(u)) < 30);
    CHECK(worst<float>(plain, shared(A), sampled(u)) < 30);
    constexpr auto weighted = cf::value_and_gradient(exp(t) * squared_norm(3_c * x - A * x), A);
    CHECK(moments(weighted, x = cf::batch(one), t = cf::batch(number)) == std::pair(1, 0));
    CHECK(worst<double>(weighted, shared(A), sampled(x, t)) < 30);
}
TEST_CASE("a vector that is a number times another is no weight") {
    constexpr auto gradient = cf::value_and_gradient(squared_norm(A * (t * u)), A);
    CHECK(moments(gradient, u = cf::batch(one), t = cf::batch(number)) == std::pair(1, 0));
    CHECK(worst<double>(gradient, shared(A), sampled(u, t)) < 30);
    constexpr auto beside = cf::value_and_gradient(squared_norm(A * (t * u)) + squared_norm(tanh(W * u)), A, W);
    CHECK(worst<double>(beside, shared(A, W), sampled(u, t)) < 60);
}
TEST_CASE("as many entries as fill blocks of sums, one more, and one") {
    CHECK(sized<1>::worst_of_gradient() < 30);
    CHECK(sized<5>::worst_of_gradient() < 30);
    CHECK(sized<6>::worst_of_gradient() < 30);
    CHECK(sized<16>::worst_of_gradient() < 60);
}
TEST_CASE("second moments of a panel of tiles, beside larger means") {
    constexpr auto sum_of_both = exp(t) * squared_norm(A * x) + squared_norm(tanh(W * x));
    constexpr auto gradient = cf::value_and_gradient(sum_of_both, A, W);
    CHECK(moments(gradient, x = cf::batch(one), t = cf::batch(number)) == std::pair(1, 0));
    CHECK(worst<double>(gradient, shared(A, W), sampled(x, t)) < 60);
    CHECK(worst<float>(gradient, shared(A, W), sampled(x, t)) < 60);
    constexpr auto both = cf::value_and_gradient(mixture + squared_norm(tanh(W * x)), weight, mean, factor, W);
    CHECK(moments(both, x = cf::batch(one)) == std::pair(2, 0));
    CHECK(worst<double>(both, shared(weight, mean, factor, W), sampled(x)) < 60);
}
TEST_CASE("what is another vector's image keeps its own mean") {
    constexpr auto mixed = cf::value_and_gradient(squared_norm(A * x - u) + dot(A * u, x), A);
    CHECK(moments(mixed, x = cf::batch(one), u = cf::batch(one)).first == 0);
    CHECK(worst<double>(mixed, shared(A), sampled(x, u)) < 30);
}
