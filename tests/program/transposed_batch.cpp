// The mean over a batch of a gradient by a matrix that is read transposed.
#include "support/catch.hpp"

#include <array>
#include <span>

#include <chainfold/expression/function.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/transform/derivative.hpp>

namespace {

using namespace chainfold;

constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto A = parameter<"A", 2, 3>;

TEST_CASE("the mean gradient by a matrix read transposed is the mean of the gradients") {
    auto step = compile<double>(gradient(dot(hadamard(transpose(A), outer(t, x)) * x, t), A));
    const std::array<double, 4> xs{1, 2, -1, 3};
    const std::array<double, 6> ts{1, 2, 3, -1, 0, 2}, weights{1, 2, 3, 4, 5, 6};
    const auto both = step(x = batch(std::span<const double>(xs)), t = batch(std::span<const double>(ts)), A = weights);
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 3; ++j) {
            double mean = 0;  // of t_j² x_i²
            for (int s = 0; s < 2; ++s) {
                const double a = xs[static_cast<std::size_t>(2 * s + i)], b = ts[static_cast<std::size_t>(3 * s + j)];
                mean += a * a * b * b / 2;
            }
            CHECK(both.gradient[A](i, j) == Approx(mean));
        }
}

}  // namespace
