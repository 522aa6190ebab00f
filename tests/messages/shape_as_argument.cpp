// EXPECT: extents are template arguments
// OF: broadcast, one_hot, reshape
// EACH: CALL=broadcast(s)
// EACH: CALL=broadcast(s,3)
// EACH: CALL=one_hot(s)
// EACH: CALL=reshape(h,1,3)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));
constexpr auto s = sum(h);
#ifdef CORRECTED
constexpr auto y = broadcast<3>(s) + one_hot<3>(s) + slice<0, 3>(flatten(reshape<1, 3>(h)));
#else
constexpr auto y = CALL;
#endif
