// SPDX-License-Identifier: BSL-1.0
// What a header of weights looks like, and what is refused.  (That it is the network: tests/interchange.)
#include <limits>

#include <chainfold/storage/weights_header.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace storage_test;

TEST_CASE("a header of weights") {
    const scratch_folder folder;
    nn::sequential<double, nn::linear<2, 1>> net;
    net.data()[0] = 0.5;
    net.data()[1] = -0.0;
    net.data()[2] = 0x1.8p-30;
    const cf::normaliser scale{{1, 2}, {3, 4}};
    cf::save_header(net, folder("w.hpp"), "a::b", {.seed = 4, .epoch = 5, .target_normaliser = &scale});
    CHECK(content(folder("w.hpp")) == "// Written by chainfold " + std::string(cf::version) + R"code(, seed 4, epoch 5.
#pragma once

namespace a::b {

inline constexpr char architecture[] = "linear(2, 1)";

inline constexpr double values[3] = {
    // 0.weight (1, 2)
    0x1p-1, -0x0p+0,
    // 0.bias (1)
    0x1.8p-30,};

inline constexpr double target_offset[2] = {
    0x1p+0, 0x1p+1,};
inline constexpr double target_scale[2] = {
    0x1.8p+1, 0x1p+2,};

}  // namespace a::b
)code");
    CHECK(folder.count() == 1);
}
TEST_CASE("names and numbers that no header can hold") {
    const scratch_folder folder;
    nn::sequential<float, nn::linear<2, 1>> net;
    const auto refusal = [&](const std::string& name) {
        return said_by<std::invalid_argument>([&] { cf::save_header(net, folder("w.hpp"), name); });
    };
    for (const char* name : {"", "1a", "a b", "a:b", "::a", "a::", "a::1", "a-b"})
        CHECK(says(refusal(name), "expected a name for a namespace, found \"" + std::string(name) + "\""));
    CHECK(refusal("_a1::B") == "nothing");
    const std::string kept = content(folder("w.hpp"));
    for (const float value : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        net.data()[1] = value;
        CHECK(says(refusal("a"), "0.weight, number 1: a number that is not finite"));
    }
    CHECK(content(folder("w.hpp")) == kept);
    CHECK(says(said_by([&] { net.data()[1] = 0; cf::save_header(net, folder("none/w.hpp"), "a"); }), "cannot be written"));
}
