// Jacobians and Hessians: shapes, formulas, and forward mode against reverse mode.
#include "support/catch.hpp"

#include <array>
#include <type_traits>

#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/evaluate.hpp>
#include <chainfold/transform/jacobian.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto A = parameter<"A", 2, 2>;
constexpr auto h = tanh(W * x + t);

// m × n, whatever is a scalar or a matrix
static_assert(shape_of(jacobian(h, x)) == shape<3, 2>);
static_assert(shape_of(jacobian(h, W)) == shape<3, 6>);
static_assert(shape_of(jacobian(s * h, s)) == shape<3, 1>);
static_assert(shape_of(jacobian(sum(h), x)) == shape<1, 2>);
static_assert(shape_of(jacobian(sum(h) * s, s)) == shape<1, 1>);
static_assert(shape_of(jacobian(flatten(W * A), A)) == shape<6, 4>);
static_assert(shape_of(hessian(sum(h), x)) == shape<2, 2>);
static_assert(shape_of(hessian(sum(h), W)) == shape<6, 6>);
static_assert(shape_of(hessian(sum(h), t, W)) == shape<3, 6>);
static_assert(shape_of(hessian(exp(s), s)) == shape<1, 1>);

// a vector by a vector is one type, whatever it is called, and so is a mode that the shape suggests anyway
template <class X, class Y>
constexpr bool is_same(X, Y) {
    return std::is_same_v<X, Y>;
}
static_assert(is_same(derivative(h, x), jacobian(h, x)));
static_assert(is_same(jacobian(h, x), jacobian<mode::forward>(h, x)));
static_assert(is_same(jacobian(x, t), jacobian<mode::reverse>(x, t)));
static_assert(!is_same(jacobian<mode::forward>(h, x), jacobian<mode::reverse>(h, x)));

// formulas
constexpr bool written(auto e, std::string_view text) { return to_string(e) == text; }
static_assert(written(jacobian(W * x, x), "W") && written(jacobian<mode::reverse>(W * x, x), "W"));
static_assert(written(jacobian(transpose(W) * t, t), "transpose(W)"));
static_assert(written(jacobian<mode::forward>(transpose(W) * t, t), "transpose(W)"));
static_assert(written(jacobian(symmetric(A) * x, x), "symmetric(A)"));
static_assert(written(jacobian(A * x, s), "broadcast<2, 1>(0)"));
static_assert(written(hessian(pow<3>(s), s), "broadcast<1, 1>(6 * s)"));
static_assert(written(hessian(dot(t, W* x), x), "broadcast<2, 2>(0)"));

// a matrix by a scalar has two axes only
static_assert(shape_of(derivative(s * W, s)) == shape<3, 2>);
static_assert(written(derivative(square(s) * W, s), "2 * s * W"));

// d(WA) by A, entries row by row: ∂(WA)(i, j)/∂A(k, j) = W(i, k)
constexpr auto J = evaluate(jacobian(flatten(W * A), A), W = std::array{1.0, 2.0, 3.0, 4.0, 5.0, 6.0},
                            A = std::array{1.0, 1.0, 1.0, 1.0});
static_assert(J(0, 0) == 1 && J(0, 1) == 0 && J(0, 2) == 2 && J(0, 3) == 0);
static_assert(J(5, 0) == 0 && J(5, 1) == 5 && J(5, 2) == 0 && J(5, 3) == 6);
constexpr auto K = evaluate(jacobian(flatten(W * A), W), W = std::array{1.0, 2.0, 3.0, 4.0, 5.0, 6.0},
                            A = std::array{1.0, 2.0, 3.0, 4.0});
static_assert(K(1, 0) == 2 && K(1, 1) == 4 && K(1, 2) == 0 && K(4, 4) == 1 && K(4, 5) == 3);

// the mixed block: ∂²/∂x∂A of ⟨x, A x⟩ = x_j δ_ik + x_i δ_jk …
constexpr auto M = evaluate(hessian(dot(x, A* x), x, A), x = std::array{2.0, 3.0}, A = std::array{1.0, 2.0, 3.0, 4.0});
static_assert(M(0, 0) == 4 && M(0, 1) == 3 && M(0, 2) == 3 && M(0, 3) == 0);
static_assert(M(1, 0) == 0 && M(1, 1) == 2 && M(1, 2) == 2 && M(1, 3) == 6);

// derivatives again: the derivative of a Hessian's entry, of the trace of a Jacobian
static_assert(written(derivative(element<0, 0>(hessian(pow<4>(s), s)), s), "24 * s"));
constexpr auto divergence =
    element<0, 0>(jacobian(hadamard(x, square(x)), x)) + element<1, 1>(jacobian(hadamard(x, square(x)), x));
constexpr auto D = evaluate(derivative(divergence, x), x = std::array{1.0, 2.0});
static_assert(D(0) == 6 && D(1) == 12);

constexpr std::array w{0.3, -0.4, 0.9, 0.25, -0.6, 0.8};
constexpr std::array at{0.7, -0.2};
constexpr std::array off{0.1, 0.2, -0.3};

/// The largest difference of two tensors.
double difference(const auto& a, const auto& b) {
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(a.data()[i] - b.data()[i]));
    return worst;
}

TEST_CASE("forward and reverse mode give the same Jacobian") {
    const auto same = [](auto e, auto v, const auto&... bindings) {
        const auto rows = evaluate(jacobian<mode::reverse>(e, v), bindings...);
        const auto columns = evaluate(jacobian<mode::forward>(e, v), bindings...);
        REQUIRE(difference(rows, decltype(rows){}) > 0.01);
        CHECK(difference(rows, columns) < 1e-15);
    };
    same(softmax(h), x, x = at, W = w, t = off);
    same(softmax(h), W, x = at, W = w, t = off);
    same(stack(log_sum_exp(h), sum(exp(h))), t, x = at, W = w, t = off);
    same(h * s, s, x = at, W = w, t = off, s = 1.0);
    same(sum(h), W, x = at, W = w, t = off);
    // formulas that are one for all rows, with zeros, conditions and numbers of a row
    same(relu(W * x - t) - mean(x), x, x = at, W = w, t = off);
    same(select(t < 0_c, exp(W * x), t / (W * x)), x, x = at, W = w, t = off);
    same(log_softmax(h) * squared_norm(x), x, x = at, W = w, t = off);
    same(select(sum(x) < 0_c, x, transpose(W) * h) + broadcast<2>(log_sum_exp(x)), x, x = at, W = w, t = off);
    same(hadamard(maximum(t, h), h - t), t, x = at, W = w, t = off);
    // no such formula
    same(stack(element<0>(x) * element<1>(x), sum(slice<0, 2>(h)), dot(h, row<0>(transpose(W)))), x, x = at, W = w,
         t = off);
}

TEST_CASE("a Hessian is symmetric to the bit, by either mode, and both agree") {
    const auto e = log_sum_exp(h) * square(sum(x)) + dot(x, A * x);
    const std::array a{1.0, 0.3, -0.7, 2.0};
    const auto check = [&](auto v) {
        const auto one = evaluate(hessian(e, v), x = at, W = w, t = off, A = a);
        const auto other = evaluate(hessian<mode::forward>(e, v), x = at, W = w, t = off, A = a);
        constexpr std::size_t n = decltype(v)::shape_type::size;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) {
                CHECK(one(i, j) == one(j, i));
                CHECK(other(i, j) == other(j, i));
            }
        CHECK(difference(one, other) < 1e-14);
        CHECK(difference(one, decltype(one){}) > 0.01);
    };
    check(x);
    check(W);
    check(t);
}

TEST_CASE("the mixed block is the transpose of the other") {
    const auto e = log_sum_exp(h) * square(sum(x));
    const auto xw = evaluate(hessian(e, x, W), x = at, W = w, t = off);
    const auto wx = evaluate(hessian(e, W, x), x = at, W = w, t = off);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 6; ++j) CHECK(std::abs(xw(i, j) - wx(j, i)) < 1e-15);
}

}  // namespace
