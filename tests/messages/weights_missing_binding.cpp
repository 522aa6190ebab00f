// EXPECT: a binding is missing: give this symbol a value in the call, symbol = value
// EXPECT: "t"
// OF: program, bound_block, nn::weight_list
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = cf::nn;

using model = nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;
constexpr auto x = model::input_type{};
constexpr auto t = cf::input<"t", 1>;
constexpr auto loss = squared_error(model::expression_of_output, t);

int main() {
    const model net{nn::seed{1}};
    auto f = cf::compile<float>(loss);
    const std::array sample{0.5f, -0.5f}, target{1.0f, 0.0f};
#ifdef CORRECTED
    return f(x = sample, t = std::array{target[0]}, model::weights::bound(net.data())) > 0;
#else
    return f(x = sample, model::weights::bound(net.data())) > 0;
#endif
}
