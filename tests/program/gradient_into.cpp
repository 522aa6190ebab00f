// x = batch(in).gradient_into(out): each sample's own derivative, beside the means of all others.
#include "program/agreement.hpp"

#include <span>
#include <utility>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/transform/derivative.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 3>;
constexpr auto y = cf::input<"y", 3>;
constexpr auto s = cf::input<"s">;
constexpr auto M = cf::input<"M", 2, 3>;
constexpr auto w = cf::parameter<"w", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;

/// Symbols that are given in batches and by which the gradient goes to each sample.
template <class... S>
struct written {
    constexpr explicit written(S...) {}
};

/// The worst difference from the interpreter, of values, means and samples, in units of T's epsilon.
template <class T, class Loss, class... S, class... G, class... B>
real worst_of_samples(Loss loss, shared<S...>, written<G...>, sampled<B...>) {
    const std::tuple<column<S, T>...> fixed{column<S, T>(1)...};
    const std::tuple<column<G, T>...> given{column<G, T>(most_samples)...};
    const std::tuple<column<B, T>...> moving{column<B, T>(most_samples)...};
    const std::tuple<column<S, real>...> fixed_real{column<S, real>(1)...};
    const std::tuple<column<G, real>...> given_real{column<G, real>(most_samples)...};
    const std::tuple<column<B, real>...> moving_real{column<B, real>(most_samples)...};
    const auto at = [&](auto request, std::size_t sample) {
        return flat(cf::evaluate(request, std::get<column<S, real>>(fixed_real).one()...,
                                 std::get<column<G, real>>(given_real).one(sample)...,
                                 std::get<column<B, real>>(moving_real).one(sample)...));
    };
    const auto means_at = [&](std::size_t sample) {
        if constexpr (sizeof...(S) + sizeof...(B) == 0)
            return at(loss, sample);
        else
            return at(value_and_gradient(loss, S{}..., B{}...), sample);
    };
    auto program = cf::compile<T>(value_and_gradient(loss, S{}..., G{}..., B{}...));
    real found = 0;
    const auto look = [&](const numbers& a, const numbers& b) { found = std::max(found, difference(a, b)); };
    constexpr auto tile = static_cast<std::size_t>(cf::detail::tile_of<T>);
    for (const std::size_t n : {std::size_t{1}, tile - 1, tile, tile + 1, 2 * tile, std::size_t{100}}) {
        std::tuple<std::pair<G, std::vector<T>>...> out{std::pair{G{}, std::vector<T>(n * G::shape_type::size, T(-7))}...};
        const auto r = program(std::get<column<S, T>>(fixed).one()...,
                               G{} = cf::batch(std::span<const T>(std::get<column<G, T>>(given).values.data(),
                                                                  n * G::shape_type::size))
                                         .gradient_into(std::get<std::pair<G, std::vector<T>>>(out).second)...,
                               std::get<column<B, T>>(moving).first(n)...);
        numbers mean(flat(r).size());
        for (std::size_t i = 0; i < n; ++i) {
            const numbers one = means_at(i);
            for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += one[k] / static_cast<real>(n);
        }
        look(flat(r), mean);
        const auto look_at = [&]<class X>(const std::pair<X, std::vector<T>>& wrote) {
            constexpr std::size_t size = X::shape_type::size;
            for (std::size_t i = 0; i < n; ++i) {
                const auto first = wrote.second.begin() + static_cast<std::ptrdiff_t>(i * size);
                look(numbers(first, first + static_cast<std::ptrdiff_t>(size)), at(cf::gradient(loss, X{}), i));
            }
        };
        (look_at(std::get<std::pair<G, std::vector<T>>>(out)), ...);
    }
    return found < immense ? found / static_cast<real>(std::numeric_limits<T>::epsilon()) : immense;
}
}  // namespace

TEMPLATE_TEST_CASE("a gradient for each sample, and the means of the others", "", float, double) {
    using T = TestType;
    constexpr auto h = tanh(W * x + w);
    constexpr auto loss = squared_norm(W * h + w - y) + 0.01_c * squared_norm(W);
    CHECK(worst_of_samples<T>(loss, shared(W, w), written(x), sampled(y)) < 40);
    CHECK(worst_of_samples<T>(loss, shared(W, w), written(y, x), sampled()) < 40);
    CHECK(worst_of_samples<T>(loss, shared(W, w, y), written(x), sampled()) < 40);
    CHECK(worst_of_samples<T>(loss, shared(), written(W, x), sampled(y, w)) < 40);
    CHECK(worst_of_samples<T>(squared_norm(M * tanh(x) * s), shared(), written(M, s), sampled(x)) < 40);
}
TEMPLATE_TEST_CASE("gradients that are constant, zero, an input, or the same", "", float, double) {
    using T = TestType;
    CHECK(worst_of_samples<T>(dot(w, x) + sum(y), shared(w), written(x, y), sampled()) < 20);
    CHECK(worst_of_samples<T>(sum(sign(x)) + dot(w, w), shared(w), written(x), sampled()) < 20);
    CHECK(worst_of_samples<T>(0.5_c * squared_norm(x), shared(), written(x), sampled()) < 20);
    CHECK(worst_of_samples<T>(dot(x, y), shared(), written(x), sampled(y)) < 20);
    CHECK(worst_of_samples<T>(squared_norm(x + y - w), shared(w), written(x, y), sampled()) < 20);
    CHECK(worst_of_samples<T>(s * s, shared(), written(s), sampled()) < 20);
}

namespace {
constexpr auto in = cf::input<"in", 64>;
constexpr auto target = cf::input<"target", 4>;
constexpr auto V = cf::parameter<"V", 96, 64>;
constexpr auto b = cf::parameter<"b", 96>;
constexpr auto U = cf::parameter<"U", 4, 96>;
constexpr auto wide_loss = squared_error(U * tanh(V * in + b), target);
constexpr auto large = cf::parameter<"large", 640, 512>;
constexpr auto wide = cf::input<"wide", 512>;
constexpr auto large_loss = squared_norm(tanh(large * wide));

template <class T = float, class S>
auto many(S, std::size_t samples) {
    return column<S, T>(samples).values;
}
}  // namespace

TEST_CASE("several tiles of a panel, and matrices that are computed for a whole panel") {
    CHECK(worst_of_samples<float>(wide_loss, shared(V, b, U), written(in), sampled(target)) < 200);
    CHECK(worst_of_samples<double>(wide_loss, shared(V, b, U), written(in, target), sampled()) < 200);

    const std::vector<float> matrix = many(large, 1);
    for (const std::size_t samples : {1u, 33u, 300u}) {
        const std::vector<float> given = many(wide, samples);
        std::vector<float> found(given.size()), expected(given.size());
        auto program = cf::compile<float>(value_and_gradient(large_loss, wide));
        const auto r = program(wide = cf::batch(given).gradient_into(found), large = matrix);
        cf::compile<float>(derivative(large_loss, wide))(wide = cf::batch(given), large = matrix, cf::into(expected));
        CHECK(difference(flat(found), flat(expected)) < 1e-4);
        CHECK(r.value > 0);
        CHECK(r.gradient.size() == 0);
    }
}
TEST_CASE("a call with gradient_into and one without it, in turn") {
    auto program = cf::compile<double>(value_and_gradient(squared_norm(W * x), x, W));
    const std::vector<double> matrix = many<double>(W, 1), given = many<double>(x, 5);
    std::vector<double> out(15);
    const auto with = [&] { return flat(program(x = cf::batch(given).gradient_into(out), W = matrix)); };
    const numbers means = with();
    const std::vector<double> first = out;
    const auto r = program(x = cf::batch(given), W = matrix);
    double mean = 0;
    for (std::size_t i = 0; i < 5; ++i) mean += first[3 * i + 1] / 5;
    CHECK(r.gradient[x](1) == Approx(mean));
    CHECK(static_cast<real>(r.gradient[W](2, 1)) == means[1 + 2 * 3 + 1]);
    CHECK(with() == means);
    CHECK(out == first);
}
TEST_CASE("samples may be results of the same program") {
    auto program = cf::compile<double>(gradient(squared_norm(W * x), W, x));
    const std::vector<double> matrix = many<double>(W, 1), given = many<double>(x, 3);
    std::vector<double> found(9), expected(9);
    const auto r = program(x = cf::batch(given).gradient_into(found), W = matrix);  // 9 numbers: 3 samples
    const std::vector<double> copy(r.gradient.data(), r.gradient.data() + 9);
    cf::compile<double>(derivative(squared_norm(W * x), x))(x = cf::batch(copy), W = matrix, cf::into(expected));
    program(x = cf::batch(r.gradient[W]).gradient_into(found), W = matrix);
    CHECK(difference(flat(found), flat(expected)) < 1e-15);
}
TEST_CASE("rooms of gradients: refused before anything is written") {
    auto f = cf::compile<float>(value_and_gradient(squared_norm(W * x - y), W, x, y));
    const std::vector<float> matrix = many(W, 1), given = many(x, 4);
    std::vector<float> targets = many(y, 4), out(24, -1.0f);
    const std::vector<float> before = out;
    const std::span<float> room = out;
    const auto call = [&](auto by_x, auto by_y) { f(x = by_x, y = by_y, W = matrix); };
    const auto xs = cf::batch(given);
    const auto ys = cf::batch(targets);
    CHECK_THROWS_WITH(call(xs.gradient_into(room.first(11)), ys), "gradient_into(...) of x: expected 12 numbers, found 11");
    CHECK_THROWS_WITH(call(xs, ys.gradient_into(room)), "gradient_into(...) of y: expected 12 numbers, found 24");
    CHECK_THROWS_WITH(call(xs.gradient_into(targets), ys), "gradient_into(...) of x: the outputs would be written over the "
                                                           "numbers of y: give them room of their own");
    CHECK_THROWS_WITH(call(xs.gradient_into(room.first(12)), ys.gradient_into(room.subspan(11, 12))),
                      "gradient_into(...) of x: the outputs would be written over those of gradient_into(...) of y: give "
                      "them room of their own");
    alignas(float) unsigned char bytes[13 * sizeof(float)]{};
    auto* const between = reinterpret_cast<float*>(bytes + 2);
    CHECK_THROWS_WITH(call(xs.gradient_into(std::span(between, 12)), ys),
                      "gradient_into(...) of x: expected numbers at an address that is a multiple of 4, found another: copy "
                      "them to an array of their type");
    CHECK(out == before);
    call(xs.gradient_into(room.first(12)), ys.gradient_into(room.subspan(12, 12)));  // side by side
    float table[4][3];
    f(x = xs.gradient_into(table), y = ys, W = matrix);
    CHECK(table[3][2] == out[11]);
}
