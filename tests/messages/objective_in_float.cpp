// EXPECT: this solver computes in double: make the objective in double
// OF: objective, FunctionOfDoubles, nlopt::minimise
// needs: nlopt.hpp
#include <chainfold/chainfold.hpp>
#include <chainfold/solver/nlopt.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto b = cf::parameter<"b", 2>;

int main() {
#ifdef CORRECTED
    auto f = cf::objective<double>(squared_norm(b), b);
#else
    auto f = cf::objective<float>(squared_norm(b), b);
#endif
    nlopt::opt solver(nlopt::LD_LBFGS, 2);
    std::vector<double> x{1, 2};
    return cf::nlopt::minimise(solver, f, x) > 1;
}
