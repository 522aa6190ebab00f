// Formulas are written at run time as they are in constants, in every script.
#include "support/catch.hpp"

#include <string>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto r = input<"r_hat">;
constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W1", 3, 2>;
constexpr auto A = parameter<"A", 2, 2>;

template <script In, class E>
void check(E e) {
    static constexpr auto constant = detail::printed<E, In>();
    std::string at_run_time(constant.size() + 1, '\0');
    CHECK(detail::print_into<E, In>(at_run_time.data()) == constant.size());
    at_run_time.pop_back();
    CHECK(at_run_time == std::string_view(constant));
    (void)e;
}
void check_all(auto... e) {
    (check<script::cpp>(e), ...);
    (check<script::unicode>(e), ...);
    (check<script::latex>(e), ...);
    (check<script::mathml>(e), ...);
}

TEST_CASE("arithmetic at run time") {
    check_all(s + (r - s), s - -r, -(-s), -(s + r), s * (r + 1_c), (2_c * s) / (3_c * r), 1_c / s, s / (r / s), -s / r);
    check_all(s / 3_c, -s / 3_c, (1_c / 3_c) * s, 2_c / 3_c * sigmoid(s), 1e-20_c * s, 1e20_c * x, 1.5e-7_c + s, 0.5_c * x);
    check_all(square(s + r), pow<3>(2_c * s), pow<-2>(x), reciprocal(s + r), reciprocal(x), exp(s - r), sqrt(s), abs(s - r));
}

TEST_CASE("vectors, matrices and parts at run time") {
    check_all(hadamard(x, x) / s, (x + s) / x, transpose(W) * (W * x - t), outer(t, x), dot(t, t), squared_norm(x), sum(x));
    check_all(element<1>(x), element<1, 0>(A), row<1>(A), slice<1, 2>(t), flatten(A), reshape<2, 3>(W), broadcast<2>(s), broadcast<2, 2>(s));
    check_all(embed<1, 3>(x), embed<0, 2>(s), stack(s, r, s), stack(x, x), one_hot<4>(s), log_softmax(t), cross_entropy(t, t));
}

TEST_CASE("conditions and functions at run time") {
    check_all(select(s < r, s, 0_c), select(x <= s, 0_c, x), select(s < 1_c, exp(s), -r), maximum(s, r), minimum(x, s), relu(x));
    check_all(sin(s) * cos(r), tanh(-s), erf(s), softplus(x), log1p(s), sigmoid(W * x), log(sum(exp(t))));
}

}  // namespace
