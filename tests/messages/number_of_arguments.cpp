// EXPECT: takes
// EXPECT: is_the_number_of_arguments<
// OF: select
// EACH: CALL=sum(A,0)
// EACH: CALL=softmax(x,x,x)
// EACH: CALL=log(A,10)
// EACH: CALL=leaky_relu(A,0.1_c,0.2_c)
// EACH: CALL=dot(x)
// EACH: CALL=maximum(A,A,A)
// EACH: CALL=squared_error(x)
// EACH: CALL=squared_error(x,x,0.1_c)
// EACH: CALL=huber(x)
// EACH: CALL=cross_entropy(x,x,0.1_c,x)
// EACH: CALL=select(x<x)
// EACH: CALL=select(x<x,A)
// EACH: CALL=select(x<x,x,x,x)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto A = cf::parameter<"A", 3, 3>;

// A function of one's own goes before.
constexpr int sum(auto...) { return 7; }
static_assert(sum(x, A, 0) == 7);

#ifdef CORRECTED
constexpr auto y = cf::sum(select(x < tanh(A * x), x, 2_c * x));
#else
constexpr auto y = derivative(tanh(cf::CALL), x);
#endif

int main() {}
