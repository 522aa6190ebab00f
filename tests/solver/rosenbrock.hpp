// Rosenbrock's valley: (a − x)² + 100 (y − x²)², with its minimum 0 at (a, a²).
#pragma once

#include <chainfold/chainfold.hpp>

namespace rosenbrock {
namespace cf = chainfold;
using namespace chainfold::literals;

inline constexpr auto p = cf::parameter<"p", 2>;
inline constexpr auto a = cf::input<"a">;
inline constexpr auto x = element<0>(p);
inline constexpr auto y = element<1>(p);
inline constexpr auto residual = stack(a - x, 10_c * (y - square(x)));
inline constexpr auto valley = squared_norm(residual);
}  // namespace rosenbrock
