// EXPECT: standardise(samples, n), min_max(samples, n): n is how many numbers
// OF: standardise, min_max, normaliser
// EACH: CALL=standardise
// EACH: CALL=min_max
#include <chainfold/storage/normaliser.hpp>
namespace cf = chainfold;

auto f(const std::vector<float>& samples) {
#ifdef CORRECTED
    return cf::standardise(samples, 3);
#else
    return cf::CALL(samples);
#endif
}
