// Of one sample, A x, what is computed from it entry by entry, and Aᵀ v of that are one loop over the rows of A.
#include <cmath>
#include <cstddef>
#include <limits>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include <chainfold/expression/function.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/show.hpp>

#include "agreement.hpp"
#include "support/catch.hpp"

using namespace agreement;

namespace {

/// Squared, logistic and weighted errors of so many rows.
template <std::size_t Rows, std::size_t Columns>
struct fit {
    static constexpr auto A = cf::input<"A", Rows, Columns>;
    static constexpr auto y = cf::input<"y", Rows>;
    static constexpr auto w = cf::parameter<"w", Columns>;
    static constexpr auto squared = squared_norm(A * w - y);
    static constexpr auto logistic = sum(softplus(A * w) - hadamard(y, A* w));

    template <class T>
    static real worst_of_both() {
        const real a = worst<T>(cf::value_and_gradient(squared, w), shared(A, y, w), sampled());
        const real b = worst<T>(cf::gradient(logistic, w), shared(A, y, w), sampled());
        return a > b ? a : b;
    }
};

/// Of several expressions in one program.
template <class Of, class... E>
real worst_of_several(E... e) {
    const column<std::remove_const_t<decltype(Of::A)>, double> matrix(1);
    const column<std::remove_const_t<decltype(Of::w)>, double> vector(1);
    const numbers found = flat(cf::compile<double>(e...)(matrix.one(), vector.one()));
    numbers expected;
    (append(expected, flat(cf::evaluate(e, column<std::remove_const_t<decltype(Of::A)>, real>(1).one(),
                                        column<std::remove_const_t<decltype(Of::w)>, real>(1).one()))),
     ...);
    return difference(found, expected) / std::numeric_limits<double>::epsilon();
}

template <class T, class Request>
std::string kernels(Request r) {
    std::ostringstream text;
    text << explain(cf::compile<T>(r));
    return text.str();
}
bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEMPLATE_TEST_CASE("rows of any number and length", "", float, double) {
    CHECK(fit<8, 8>::worst_of_both<TestType>() < 20);
    CHECK(fit<9, 11>::worst_of_both<TestType>() < 20);
    CHECK(fit<23, 13>::worst_of_both<TestType>() < 20);
    CHECK(fit<31, 32>::worst_of_both<TestType>() < 40);
    CHECK(fit<100, 10>::worst_of_both<TestType>() < 20);
    CHECK(fit<67, 24>::worst_of_both<TestType>() < 40);
}
TEST_CASE("rows in a type without registers") { CHECK(fit<13, 9>::worst_of_both<long double>() < 1000); }

TEST_CASE("a fit is one step that reads the matrix once") {
    using of = fit<100, 10>;
    const std::string squared = kernels<double>(cf::value_and_gradient(of::squared, of::w));
    INFO(squared);
    CHECK(says(squared, "1 step,"));
    CHECK(says(squared, "workspace: 0 bytes"));
    CHECK(says(kernels<double>(cf::gradient(of::logistic, of::w)), "1 step,"));
}

TEST_CASE("the product itself, and what else is made of it, is there as well") {
    using of = fit<21, 9>;
    constexpr auto p = of::A * of::w;
    CHECK(worst_of_several<of>(p, sum(exp(p)), transpose(of::A) * exp(p)) < 40);
    CHECK(worst_of_several<of>(squared_norm(p), transpose(of::A) * square(p)) < 40);
    CHECK(worst_of_several<of>(transpose(of::A) * square(p), transpose(of::A) * exp(p)) < 40);
    // A sum over all rows comes between: two loops.
    CHECK(worst<double>(transpose(of::A) * (exp(p) / sum(exp(p))), shared(of::A, of::w), sampled()) < 40);
}

TEST_CASE("two matrices with rows of two lengths are read in one loop") {
    constexpr auto A = cf::input<"A", 40, 16>;
    constexpr auto B = cf::input<"B", 40, 9>;
    constexpr auto w = cf::parameter<"w", 16>;
    constexpr auto u = cf::parameter<"u", 9>;
    constexpr auto loss = sum(log1p(square(A * w + B * u)));
    CHECK(worst<float>(cf::value_and_gradient(loss, w, u), shared(A, B, w, u), sampled()) < 40);
    CHECK(worst<double>(cf::value_and_gradient(loss, w, u), shared(A, B, w, u), sampled()) < 40);
    CHECK(says(kernels<float>(cf::value_and_gradient(loss, w, u)), "1 step,"));
}

TEST_CASE("several products with one matrix, and A w itself, are read in one loop") {
    constexpr auto A = cf::input<"A", 24, 9>;
    constexpr auto w = cf::parameter<"w", 9>;
    constexpr auto u = cf::parameter<"u", 9>;
    constexpr auto loss = sum(hadamard(tanh(A * w), exp(A * u)));
    CHECK(worst<double>(cf::value_and_gradient(loss, w, u), shared(A, w, u), sampled()) < 40);
    CHECK(says(kernels<double>(cf::value_and_gradient(loss, w, u)), "1 step,"));
    CHECK(worst<double>(transpose(A) * (A * w), shared(A, w), sampled()) < 40);
    CHECK(says(kernels<double>(transpose(A) * (A * w)), "1 step,"));
}

TEST_CASE("loops over the rows of several matrices, called from a table, are each their own") {
    constexpr auto A = cf::input<"A", 200, 9>;
    constexpr auto B = cf::input<"B", 200, 16>;
    constexpr auto w = cf::parameter<"w", 9>;
    constexpr auto u = cf::parameter<"u", 16>;
    constexpr auto along = [](auto matrix, auto x) {
        return x - transpose(matrix) * tanh(matrix * x) / cf::detail::integer<100>{};
    };
    constexpr auto of_A = along(A, along(A, along(A, along(A, w))));
    constexpr auto of_B = along(B, along(B, along(B, along(B, u))));
    constexpr auto end = squared_norm(of_A) + squared_norm(of_B);
    CHECK(worst<double>(end, shared(A, B, w, u), sampled()) < 100);
    CHECK(worst<float>(end, shared(A, B, w, u), sampled()) < 100);
    CHECK(says(kernels<float>(end), "pieces of code"));
}

TEST_CASE("a square matrix meets a vector that the loop has entries of, or computes before") {
    constexpr auto A = cf::input<"A", 17, 17>;
    constexpr auto w = cf::parameter<"w", 17>;
    constexpr auto of_entries = squared_norm(hadamard(w, A * w) - w);
    CHECK(worst<double>(cf::value_and_gradient(of_entries, w), shared(A, w), sampled()) < 40);
    constexpr auto computed = squared_norm(A * tanh(w) - tanh(w));
    CHECK(worst<double>(cf::value_and_gradient(computed, w), shared(A, w), sampled()) < 40);
    constexpr auto twice = squared_norm(tanh(A * tanh(A * w)));
    CHECK(worst<double>(cf::value_and_gradient(twice, w), shared(A, w), sampled()) < 40);
}

TEST_CASE("a matrix that is a parameter has its outer product beside") {
    constexpr auto A = cf::parameter<"A", 12, 9>;
    constexpr auto x = cf::input<"x", 9>;
    constexpr auto loss = squared_norm(tanh(A * x));
    CHECK(worst<double>(cf::value_and_gradient(loss, A, x), shared(A, x), sampled()) < 40);
    CHECK(says(kernels<double>(cf::value_and_gradient(loss, A, x)), "outer product"));
}

TEST_CASE("batches of vectors meet a matrix as before") {
    using of = fit<20, 9>;
    CHECK(worst<double>(cf::value_and_gradient(of::squared, of::w), shared(of::A, of::w), sampled(of::y)) < 40);
    CHECK(worst<double>(of::squared, shared(of::A, of::y), sampled(of::w)) < 40);
}

TEST_CASE("a quotient by a number of no use for its reciprocal") {
    constexpr auto A = cf::input<"A", 30, 9>;
    constexpr auto w = cf::parameter<"w", 9>;
    constexpr auto s = cf::input<"s">;
    auto program = cf::compile<double>(cf::value_and_gradient(sum(log1p(square(A * w / s))), w));
    std::vector<double> a(270, 0x1p-1070);
    const std::vector<double> ones(9, 1.0);
    const auto r = program(A = a, w = ones, s = std::numeric_limits<double>::denorm_min() * 16);
    CHECK(r.value == Approx(30 * std::log1p(81.0)));
}
