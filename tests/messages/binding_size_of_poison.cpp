// EXPECT: matrix product: the left factor's columns must equal the right factor's rows
// OF: binding, evaluate, compile, operator*
// A parameter whose shape is wrong does not fit its values either: that is one mistake.
// EACH: VALUE=cf::evaluate(loss,x=in,t=out,W1=w1,W2=w2)
// EACH: VALUE=cf::evaluate(cf::gradient(loss,W1,W2),x=in,t=out,W1=w1,W2=w2).gradient[W2]
// EACH: VALUE=cf::compile<double>(loss)(x=in,t=out,W1=w1,W2=w2)
// EACH: VALUE=cf::check_gradient(loss,{.samples=2},x=in,t=out,W1=w1,W2=w2).passed()
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 3, 2>;
#ifdef CORRECTED
constexpr auto W2 = cf::parameter<"W2", 1, 3>;
#else
constexpr auto W2 = cf::parameter<"W2", 1, 2>;
#endif
constexpr auto loss = squared_error(W2 * tanh(W1 * x), t);
constexpr double in[2]{}, out[1]{}, w1[6]{}, w2[3]{};

bool f() { return VALUE > 0; }
