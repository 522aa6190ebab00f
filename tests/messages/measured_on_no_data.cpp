// EXPECT: data are dataset{batch(inputs), batch(targets)}
// OF: nn::accuracy, nn::mae, nn::r_squared, nn::mean_loss, nn::confusion
// EACH: CALL=accuracy(net,v)
// EACH: CALL=mae(net,v)
// EACH: CALL=r_squared(net,v)
// EACH: CALL=mean_loss(net,v,loss)
// EACH: CALL=confusion(net,v)
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

auto f(network& net, const std::vector<float>& v) {
    const nn::squared_error loss;
    (void)loss;
#ifdef CORRECTED
    return nn::accuracy(net, nn::dataset{cf::batch(v), cf::batch(v)});
#else
    return nn::CALL;
#endif
}
