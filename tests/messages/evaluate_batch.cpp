// EXPECT: evaluate(...) takes one sample; for batch(...) use compile<T>(...)
// OF: evaluate, batch
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto loss = squared_norm(x);

int main() {
#ifdef CORRECTED
    const std::array<float, 2> samples{};
    return cf::evaluate(loss, x = samples) > 0;
#else
    const std::array<float, 10> samples{};
    return cf::evaluate(loss, x = cf::batch(samples)) > 0;
#endif
}
