// EXPECT: sequential: this layer's input must have the shape of the previous layer's output
// EXPECT: extents<48>
// EXPECT: extents<64>
// OF: nn::sequential, nn::linear
#include <chainfold/chainfold.hpp>
#include <span>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<128, 64>, nn::relu, nn::linear<64, 48>, nn::relu,
#ifdef CORRECTED
                             nn::linear<48, 32>, nn::tanh, nn::linear<32, 32>, nn::tanh, nn::linear<32, 10>,
#else
                             nn::linear<64, 32>, nn::tanh, nn::linear<32, 32>, nn::tanh, nn::linear<32, 10>,
#endif
                             nn::softmax>;
static_assert(model::parameter_count == 14330);
static_assert(model::input_shape == cf::shape<128>);
static_assert(model::output_shape == cf::shape<10>);

int main() {
    model net{nn::seed{1}};
    const std::vector<float> inputs(1280), targets(100);
    std::vector<float> out(100);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = 0.1}, {.epochs = 3, .l2 = 1e-4});
    const auto scores = net(std::span<const float>(inputs).first(128));
    net(cf::batch(inputs), cf::into(out));
    net.get<"0.weight">()(0, 0) = net.data()[1];
    for (double loss : history.loss)
        if (loss < 0) return 1;
    return scores(0) > 0 && history.loss.back() < history.loss.front() && nn::accuracy(net, data) > 0.5;
}
