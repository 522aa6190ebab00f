// EXPECT: evaluate(...) takes one sample; for batch(...) use compile<T>(...)
// OF: evaluate, bound_block
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = cf::nn;

using model = nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;
constexpr auto x = model::input_type{};

int main() {
    const model net{nn::seed{1}};
    const std::vector<float> samples{0.5f, -0.5f};
#ifdef CORRECTED
    return cf::evaluate(squared_norm(model::output_type{}), x = samples, model::weights::bound(net.data())) > 0;
#else
    return cf::evaluate(squared_norm(model::output_type{}), x = cf::batch(samples), model::weights::bound(net.data())) > 0;
#endif
}
