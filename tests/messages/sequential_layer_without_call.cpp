// EXPECT: sequential: this layer is no function of an expression
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;
namespace nn = chainfold::nn;

struct dropout {
#ifdef CORRECTED
    constexpr auto operator()(auto x) const { return x; }
#endif
};

int main() {
    nn::sequential<float, nn::linear<4, 3>, dropout, nn::linear<3, 2>> net{nn::seed{1}};
    const auto scores = net(std::array{1.0f, 2.0f, 3.0f, 4.0f});
    return scores(0) > scores(1);
}
