// EXPECT: data are dataset{batch(inputs), batch(targets)}
// OF: nn::dataset
// EACH: CALL=v,v
// EACH: CALL=cf::batch(v),cf::batch(d)
// EACH: CALL=cf::batch(v)
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

double f(network& net, const std::vector<float>& v, const std::vector<double>& d) {
#ifdef CORRECTED
    const nn::dataset data{cf::batch(v), cf::batch(v)};
    (void)d;
#else
    const nn::dataset data{CALL};
    (void)d, (void)v;
#endif
    return nn::train(net, data, nn::squared_error{}, nn::sgd{}).loss.back() + nn::accuracy(net, data);
}
