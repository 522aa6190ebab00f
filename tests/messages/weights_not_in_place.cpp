// EXPECT: in_place(...) is for the symbols that gradient_descent moves, and for all of them
// OF: gradient_descent, bound_block, nn::weight_list
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = cf::nn;

using model = nn::sequential<float, nn::linear<2, 1>>;
constexpr auto x = model::input_type{};
constexpr auto loss = squared_norm(model::expression_of_output);

int main() {
    model net{nn::seed{1}};
    auto step = cf::compile<float>(cf::gradient_descent(loss, cf::parameter<"0.weight", 1, 2>, cf::parameter<"0.bias", 1>));
    const std::array sample{0.5f, -0.5f};
#ifdef CORRECTED
    return step(x = sample, cf::learning_rate = 0.1f, model::weights::in_place(net.data())) > 0;
#else
    return step(x = sample, cf::learning_rate = 0.1f, model::weights::bound(net.data())) > 0;
#endif
}
