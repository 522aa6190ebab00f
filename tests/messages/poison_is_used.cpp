// EXPECT: matrix product: the left factor's columns must equal the right factor's rows
// OF: evaluate, operator*
// What comes of a mistake is used as a number, taken apart, printed and changed in silence.
// EACH: USE=use(std::isfinite(r.value)&&std::isnan(r(0)))
// EACH: USE=auto[value,gradient]=r;use(std::sqrt(value)+gradient[x])
// EACH: USE=const auto&[value,gradient]=r;use(value<3.0)
// EACH: USE=double d=r.value;d+=r;d-=r[0];d*=r;d/=r;use(std::abs(r-d)>std::max<double>(r,1))
// EACH: USE=std::printf("%f",static_cast<double>(r.value));auto q=r;q=r;q-=1.0;use(q?1:2)
// EACH: USE=std::cout<<r<<r.value<<r.gradient<<std::endl;use(std::to_string(r))
// EACH: USE=static_assert(cf::evaluate(product,x=d2)==3.0);use(!r)
#include <chainfold/chainfold.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto A = cf::parameter<"A", 2, 3>;
constexpr double d2[2]{}, d6[6]{};
template <class X>
void use(const X&) {}

#ifdef CORRECTED
constexpr auto product = transpose(A) * x;
void f() { use(cf::evaluate(product, x = d2, A = d6)(0)); }
#else
constexpr auto product = A * x;
void f() {
    const auto r = cf::evaluate(product, x = d2, A = d6);
    USE;
}
#endif
