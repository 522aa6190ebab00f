// SPDX-License-Identifier: BSL-1.0
// A8: the reprojection residuals of ADBench's bundle adjustment and their Jacobian of 2 × 15.
#include <chainfold/chainfold.hpp>

#include "by_hand/a8.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a8;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto camera = cf::parameter<"camera", 11>;
constexpr auto point = cf::parameter<"point", 3>;
constexpr auto weight = cf::parameter<"weight">;
constexpr auto feature = cf::input<"feature", 2>;

constexpr auto cross(auto a, auto b) {
    return stack(element<1>(a) * element<2>(b) - element<2>(a) * element<1>(b),
                 element<2>(a) * element<0>(b) - element<0>(a) * element<2>(b),
                 element<0>(a) * element<1>(b) - element<1>(a) * element<0>(b));
}
constexpr auto rotated(auto w, auto v) {
    const auto square_of_angle = squared_norm(w);
    const auto angle = sqrt(square_of_angle);
    const auto axis = w / angle;
    const auto exact = cos(angle) * v + sin(angle) * cross(axis, v) + ((1_c - cos(angle)) * dot(axis, v)) * axis;
    return select(square_of_angle > 0_c, exact, v + cross(w, v));
}
constexpr auto seen = rotated(slice<0, 3>(camera), point - slice<3, 3>(camera));
constexpr auto plane = slice<0, 2>(seen) / element<2>(seen);
constexpr auto r = squared_norm(plane);
constexpr auto distortion = 1_c + element<9>(camera) * r + element<10>(camera) * square(r);
constexpr auto projected = element<6>(camera) * (distortion * plane) + slice<7, 2>(camera);
constexpr auto residual = weight * (projected - feature);

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(residual, derivative(residual, camera), derivative(residual, point),
                                       derivative(residual, weight));
    const auto call = [&](const hand::input& in) __attribute__((always_inline)) {
        return program(camera = in.camera, point = in.point, weight = in.weight, feature = in.feature);
    };

    const hand::input somewhere{
        {0.3, -0.2, 0.5, 0.1, 0.4, -0.3, 1.2, 0.05, -0.07, 0.11, -0.03}, {0.6, -0.8, 2.5}, 0.9, {0.2, 0.1}};
    hand::input at_rest = somewhere;
    at_rest.camera[0] = at_rest.camera[1] = at_rest.camera[2] = 0;
    equality equal;
    const auto same = [&](const char* style, auto f) {
        for (const hand::input& in : {somewhere, at_rest}) {
            hand::result theirs;
            f(in, theirs);
            const auto [value, by_camera, by_point, by_weight] = call(in);
            equal.require(style, theirs.residual, value.data(), 2, 1e-14);
            equal.require(style, theirs.camera[0], by_camera.data(), 22, 1e-14);
            equal.require(style, theirs.point[0], by_point.data(), 6, 1e-14);
            equal.require(style, theirs.weight, by_weight.data(), 2, 1e-14);
        }
    };

    hand::input in = somewhere;
    contest c({.name = "A8", .what = "jacobian", .size = "one observation", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(in);
        const auto [value, by_camera, by_point, by_weight] = call(in);
        keep(*value.data());
        keep(*by_camera.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        same(style, f);
        c.add(k, style, [&, f, to = hand::result{}]() MUTABLE_INLINED {
            unknown(in);
            f(in, to);
            keep(to);
        });
    };
    rival(kind::by_hand, "inlined sine", [](const hand::input& v, hand::result& to) { hand::inlined(v, to); });
    rival(kind::by_hand, "-ffast-math", hand::fast_math);
    rival(kind::standard_library, "", [](const hand::input& v, hand::result& to) { hand::standard_library(v, to); });
    c.run();
    return equal.exit_code();
}
