// EXPECT: train(net, data, loss, optimiser, options): such as
// OF: nn::train
// EACH: CALL=net,data
// EACH: CALL=net,data,loss
// EACH: CALL=data,net,loss,sgd
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

void f(network& net, const network& constant, const std::vector<float>& v) {
    const nn::dataset data{cf::batch(v), cf::batch(v)};
    const nn::squared_error loss;
    const nn::sgd sgd;
    const nn::training_options options;
    (void)constant, (void)data, (void)loss, (void)sgd, (void)options;
#ifdef CORRECTED
    nn::train(net, data, loss, sgd, options);
#else
    nn::train(CALL);
#endif
}
