// Parts of tensors and what is put together from parts.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto A = cf::input<"A", 4, 6>;
constexpr auto x = cf::input<"x", 6>;
constexpr auto s = cf::input<"s">;
constexpr auto w = cf::parameter<"w", 6>;
}  // namespace

TEST_CASE("parts of a symbol") {
    CHECK(worst<float>(element<2>(x), shared(), sampled(x)) < 4);
    CHECK(worst<float>(slice<1, 4>(x), shared(), sampled(x)) == 0);
    CHECK(worst<float>(row<3>(A), shared(), sampled(A)) == 0);
    CHECK(worst<float>(element<3, 5>(A) * x, shared(A), sampled(x)) < 2);
    CHECK(worst<float>(row<1>(A) + x, shared(A), sampled(x)) < 2);
    CHECK(worst<float>(row<1>(A) + x, shared(x), sampled(A)) < 2);
    CHECK(worst<float>(element<1>(slice<2, 3>(row<2>(A))), shared(), sampled(A)) < 4);
}
TEST_CASE("gradients by parts") {
    constexpr auto loss = dot(row<1>(A), x) * element<2>(w) + square(element<0, 1>(A)) + sum(slice<0, 3>(w)) * s;
    constexpr auto all = cf::value_and_gradient(loss, A, x, w, s);
    CHECK(worst<float>(all, shared(w), sampled(A, x, s)) < 20);
    CHECK(worst<double>(all, shared(w, A), sampled(x, s)) < 20);
    CHECK(worst<double>(all, shared(w, x, s), sampled(A)) < 20);
}
TEST_CASE("stacks") {
    CHECK(worst<float>(stack(s, element<1>(x), 2_c, s * s), shared(), sampled(x, s)) < 2);
    CHECK(worst<float>(stack(x, w, row<2>(A)), shared(w, A), sampled(x)) < 2);
    CHECK(worst<float>(stack(x, w, row<2>(A)) * x, shared(w), sampled(x, A)) < 20);
    constexpr auto of_many = stack(s, s + 1_c, 2_c * s, element<0>(x), element<1>(x), element<2>(x), element<3>(x), element<4>(x),
                                   element<5>(x), sin(s), cos(s), exp(s), square(s), s / 3_c, tanh(s), 0_c, element<0>(w));
    CHECK(worst<float>(of_many, shared(w), sampled(x, s)) < 10);
    CHECK(worst<double>(cf::value_and_gradient(log_sum_exp(of_many), x, s, w), shared(w), sampled(x, s)) < 20);
    CHECK(worst<double>(cf::gradient(sum(square(stack(x, w, x) * x)), x, w), shared(w), sampled(x)) < 20);
}
TEST_CASE("parts among zeros, few and many, and numbers before them") {
    constexpr auto far = cf::input<"far", 3000>;
    constexpr auto near = cf::input<"near", 21>;
    constexpr auto ends = square(element<0>(far)) + element<1>(far) * element<2999>(far) + sum(square(slice<2000, 30>(far)));
    CHECK(worst<double>(cf::gradient(ends, far), shared(), sampled(far)) < 20);
    CHECK(worst<float>(cf::value_and_gradient(ends, far), shared(), sampled(far)) < 20);
    constexpr auto gaps = [](auto... at) { return (square(at) + ... + 0_c); };
    constexpr auto of_near = gaps(element<0>(near), element<4>(near), element<5>(near) * s, element<6>(near), element<15>(near));
    CHECK(worst<double>(cf::value_and_gradient(of_near, near, s), shared(), sampled(near, s)) < 20);
    CHECK(worst<float>(cf::value_and_gradient(of_near, near, s), shared(), sampled(near, s)) < 20);
    CHECK(worst<long double>(cf::value_and_gradient(of_near, near, s), shared(), sampled(near, s)) < 20);
    constexpr auto twice = dot(square(slice<0, 9>(near)), slice<1, 9>(near)) + sum(square(slice<12, 9>(near)));
    CHECK(worst<double>(cf::value_and_gradient(twice, near), shared(), sampled(near)) < 20);
}
TEST_CASE("a part of one part, put back among zeros") {
    constexpr auto loss = square(element<0>(slice<2, 3>(x))) + dot(slice<0, 3>(w), slice<3, 3>(x));
    CHECK(worst<float>(cf::value_and_gradient(loss, w, x), shared(w), sampled(x)) < 20);
}
