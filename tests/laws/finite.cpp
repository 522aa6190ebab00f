// Activations, losses and norms, as they are composed of operations: for finite arguments of any size that is documented
// neither the value nor the gradient is a NaN, and nothing on the way to them is an invalid operation.
#include <array>
#include <cfenv>
#include <cmath>

#include <chainfold/chainfold.hpp>

#include "laws/finding.hpp"
#include "support/catch.hpp"

using namespace laws;
using namespace chainfold::literals;

namespace {

constexpr auto x = cf::input<"x", 3>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto k = cf::input<"k">;

/// Of both signs, up to `largest`.
std::vector<float> sizes(float largest) {
    std::vector<float> all{0, -0.0f, 1e-40f, 1e-20f, 1e-7f, 0.5f, 1, 20, 90, 200, 1e4f, 1e7f, 1e15f, 1e18f, 3e38f};
    std::erase_if(all, [&](float v) { return v > largest; });
    const std::size_t positive = all.size();
    for (std::size_t i = 2; i < positive; ++i) all.push_back(-all[i]);
    return all;
}

/// The value and the gradient by x, for x of any size up to the largest.
template <class E>
findings finite(E e, float largest) {
    const std::vector<float> all = sizes(largest);
    const std::array<float, 3> target{0.25f, 0.75f, 0};
    findings found;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < all.size(); j += 3) {
            const std::array<float, 3> point{all[i], all[j], all[(5 * i + 3 * j) % all.size()]};
            std::feclearexcept(FE_ALL_EXCEPT);
            const auto r = cf::evaluate(cf::value_and_gradient(e, x), x = point, t = target, k = 1.0f);
            const bool invalid = std::fetestexcept(FE_INVALID | FE_DIVBYZERO) != 0;
            bool nan = std::isnan(r.value);
            for (std::size_t n = 0; n < 3; ++n) nan = nan || std::isnan(r.gradient[x].data()[n]);
            found.compare(nan || invalid, 0, 0, 1,
                          "at " + std::to_string(point[0]) + ", " + std::to_string(point[1]) + ", " +
                              std::to_string(point[2]) + (nan ? ": NaN" : ": invalid"));
        }
    return found;
}
/// What depends on x alone, or on a target, or on a class.
template <class E>
void check(const char* name, E e, float largest = 3e38f) {
    const findings found = finite(e + 0_c * (sum(t) + k), largest);
    CAPTURE(name, found);
    CHECK(found.hold());
}

}  // namespace

TEST_CASE("activations of finite numbers have finite gradients", "[laws]") {
    check("leaky_relu", sum(leaky_relu(x)));
    check("elu", sum(elu(x)));
    check("gelu", sum(gelu(x)));
    check("gelu_tanh", sum(gelu_tanh(x)), 1e18f);
    check("silu", sum(silu(x)));
    check("mish", sum(mish(x)));
    check("softmax", element<0>(softmax(x)));
    check("log_softmax", element<1>(log_softmax(x)));
}
TEST_CASE("losses of finite numbers have finite gradients", "[laws]") {
    check("squared_error", cf::squared_error(x, t));
    check("mean_absolute_error", cf::mean_absolute_error(x, t));
    check("huber", cf::huber(x, t));
    check("hinge", cf::hinge(x, t));
    check("hinge of a class", cf::hinge(x, k));
    check("cross_entropy", cf::cross_entropy(x, t));
    check("cross_entropy of a class", cf::cross_entropy(x, k));
    check("cross_entropy, smoothed", cf::cross_entropy(x, t, 0.1_c));
    check("binary_cross_entropy", cf::binary_cross_entropy(x, t));
    check("kl_divergence", cf::kl_divergence(log_softmax(x), t));
}
TEST_CASE("norms of finite numbers have finite gradients", "[laws]") {
    check("layer_norm", element<0>(cf::layer_norm(x)), 1e18f);
    check("rms_norm", element<0>(cf::rms_norm(x)), 1e18f);
}
