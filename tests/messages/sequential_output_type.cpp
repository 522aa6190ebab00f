// EXPECT: into(out): the output must be writable numbers of the type
// OF: nn::sequential, into
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

void f(network& net, const std::vector<float>& v, std::vector<double>& d, std::vector<float>& out) {
#ifdef CORRECTED
    net(cf::batch(v), cf::into(out));
    (void)d;
#else
    net(cf::batch(v), cf::into(d));
    (void)out;
#endif
}
