// EXPECT: write_npy(file, numbers): the numbers are an array, span, vector or tensor
// OF: write_npy
// EACH: CALL=2.0
// EACH: CALL="numbers"
#include <chainfold/storage/npy.hpp>
namespace cf = chainfold;

void f(const float (&numbers)[3]) {
#ifdef CORRECTED
    cf::write_npy("file", std::span(numbers));
#else
    cf::write_npy("file", CALL);
    (void)numbers;
#endif
}
