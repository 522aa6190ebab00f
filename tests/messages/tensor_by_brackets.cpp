// EXPECT: a tensor is indexed with one index for each extent of its shape
// OF: tensor, tensor_view
// EACH: CALL=cf::tensor
// EACH: CALL=cf::tensor_view
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

#ifdef CORRECTED
float f(CALL<float, 3>& w) { return w(0); }
#else
float f(CALL<float, 3>& w) { return w[0]; }
#endif
