// softmax and log_sum_exp in a program, where only the largest entry keeps e to its power finite.
#include "support/catch.hpp"

#include <array>

#include <chainfold/expression/function.hpp>
#include <chainfold/program/compile.hpp>

namespace {

using namespace chainfold;

constexpr auto z = input<"z", 37>;

TEST_CASE("the largest logit is found wherever it stands") {
    auto both = compile<float>(softmax(z), log_sum_exp(z));
    for (const std::size_t at : {0u, 1u, 7u, 8u, 16u, 31u, 32u, 35u, 36u}) {
        std::array<float, 37> logits{};
        logits[at] = 1000;
        const auto [p, l] = both(z = logits);
        CAPTURE(at);
        CHECK(l == 1000);
        CHECK(p(at) == 1);
        CHECK(p((at + 1) % 37) == 0);
    }
}

}  // namespace
