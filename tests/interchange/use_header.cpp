// SPDX-License-Identifier: BSL-1.0
// A header of weights is the network that it was written from, bit for bit, also in a constant expression.
#include "weights.hpp"  // first: it needs nothing

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>

#include <chainfold/nn/architecture.hpp>
#include <chainfold/nn/constant.hpp>

#include "network.hpp"

namespace {
constexpr std::array sample{0.5f, -1.0f, 2.0f, 0.25f};
constexpr auto in_the_compiler = nn::evaluate<model>(test::weights::values, sample);
static_assert(in_the_compiler(0) != in_the_compiler(1));
static_assert(nn::architecture_of<model> == test::weights::architecture);
static_assert(test::weights::offset[0] == 0.1 && test::weights::scale[3] == 3);
}  // namespace

int main() {
    model net{test::weights::values};
    model expected = original();
    if (std::memcmp(net.data(), expected.data(), sizeof(float) * model::size()) != 0) return std::puts("other weights"), 1;
    std::array<float, 3> outputs{};
    std::memcpy(outputs.data(), net(sample).data(), sizeof outputs);
    if (std::memcmp(outputs.data(), expected(sample).data(), sizeof outputs) != 0) return std::puts("other outputs"), 1;
    for (std::size_t i = 0; i < 3; ++i)
        if (!(std::abs(outputs[i] - in_the_compiler(i)) < 1e-6f)) return std::puts("the compiler computes otherwise"), 1;
    return 0;
}
