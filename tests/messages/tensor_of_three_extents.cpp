// EXPECT: a shape has at most two extents: a scalar <>, a vector <n>, a matrix <m, n>
// OF: tensor, extents
// EACH: TYPE=cf::tensor<float,2,3,4>
// EACH: TYPE=const cf::tensor<float,2,3,4>
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

#ifdef CORRECTED
float f(cf::tensor<float, 6, 4>& w) { return w(1, 2) + w.data()[0]; }
#else
float f(TYPE& w) { return w(0, 1, 2) + w.data()[0]; }
#endif
