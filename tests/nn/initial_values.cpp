// What layers begin with that are not drawn at random.
#include "support/catch.hpp"

#include <chainfold/nn/layer/normalise.hpp>
#include <chainfold/nn/sequential.hpp>

namespace {

namespace nn = chainfold::nn;

TEST_CASE("a layer_norm begins with scale 1 and shift 0") {
    nn::sequential<float, nn::layer_norm<3>> net{nn::seed{1}};
    for (std::size_t i = 0; i < 6; ++i) CHECK(net.data()[i] == (i < 3 ? 1 : 0));
}

}  // namespace
