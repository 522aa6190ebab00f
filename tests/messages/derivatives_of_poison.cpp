// EXPECT: the left factor's columns must equal the right factor's rows
// OF: operator*, derivative
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto s = cf::input<"s">;
constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto y = W * x;
#else
constexpr auto y = W * (W * x);
#endif

// The first mistake is the only one, whatever is made of it.
constexpr auto J = jacobian(y, x);
constexpr auto F = jacobian<cf::mode::forward>(flatten(y), x);
constexpr auto H = hessian(squared_norm(y), x);
constexpr auto C = hessian<cf::mode::reverse>(squared_norm(y), x, W);
constexpr auto p = jacobian_vector_product(W * x, x, transpose(W) * y, W, W);
constexpr auto q = vector_jacobian_product(W * x, x, y);
constexpr auto h = hessian_vector_product(squared_norm(y), x, q);
constexpr auto t = taylor<2>(sum(y), s, sum(y));
constexpr auto c = taylor_coefficients<2>(sum(y), s);
constexpr auto S = symmetric(transpose(J) * J) + outer(q, q);
constexpr auto R = reshape<2, 3>(J) * y;

static_assert(cf::shape_of(R) == cf::shape<2>);

int main() {}
