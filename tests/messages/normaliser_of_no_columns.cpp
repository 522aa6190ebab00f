// EXPECT: standardise(samples, n), min_max(samples, n): n is how many numbers
// OF: standardise, min_max, normaliser
// EACH: CALL=standardise
// EACH: CALL=min_max
#include <chainfold/storage/normaliser.hpp>
namespace cf = chainfold;

std::vector<float> f(const std::vector<float>& samples) {
#ifdef CORRECTED
    const auto scale = cf::standardise(samples, 3);
#else
    auto scale = cf::CALL(samples);
    scale = cf::standardise(samples, scale.columns());
#endif
    std::vector<float> scaled = scale(samples);
    scale.undo(scaled);
    return scaled;
}
