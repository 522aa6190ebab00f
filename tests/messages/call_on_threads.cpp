// EXPECT: a binding is missing: give this symbol a value in the call
// OF: program, threads
#include <chainfold/chainfold.hpp>
#include <chainfold/program/threads.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 4>;
constexpr auto W = cf::parameter<"W", 3, 4>;

int main() {
    cf::threads team{2};
    auto program = cf::compile<float>(squared_norm(tanh(W * x)));
    const std::vector<float> samples(400), weights(12);
#ifdef CORRECTED
    const auto mean = program.on(team)(x = cf::batch(samples), W = weights);
#else
    const auto mean = program.on(team)(x = cf::batch(samples));
#endif
    return mean > 0;
}
