// What each operation computes, written a second time with <cmath> and plain loops, for long double and for
// std::complex<long double>.  Where an operation has pieces, the real part chooses, so that x + ih stays on
// the piece of x and the imaginary part over h is the derivative.  Without reference<Op> the laws do not
// compile.
#pragma once

#include <cmath>
#include <complex>

#include "laws/sample.hpp"

namespace laws {

inline real real_part(real x) { return x; }
inline real real_part(const std::complex<real>& x) { return x.real(); }

template <class Op>
struct reference;

template <>
struct reference<cf::negate_op> {
    static auto value(auto x) { return decltype(x)(0) - x; }
};
template <>
struct reference<cf::add_op> {
    static auto value(auto a, auto b) { return a + b; }
};
template <>
struct reference<cf::subtract_op> {
    static auto value(auto a, auto b) { return a - b; }
};
template <>
struct reference<cf::multiply_op> {
    static auto value(auto a, auto b) { return a * b; }
};
template <>
struct reference<cf::divide_op> {
    static auto value(auto a, auto b) { return a / b; }
};
template <>
struct reference<cf::square_op> {
    static auto value(auto x) { return x * x; }
};
template <>
struct reference<cf::power_op> {
    static auto value(auto x, int n) {
        decltype(x) product(1);
        for (int i = 0; i < (n < 0 ? -n : n); ++i) product *= x;
        return n < 0 ? decltype(x)(1) / product : product;
    }
};
template <>
struct reference<cf::reciprocal_op> {
    static auto value(auto x) { return decltype(x)(1) / x; }
};
template <>
struct reference<cf::sqrt_op> {
    static auto value(auto x) { return std::sqrt(x); }
};
template <>
struct reference<cf::abs_op> {
    static auto value(auto x) { return real_part(x) < 0 ? -x : x; }
};
template <>
struct reference<cf::sign_op> {
    static auto value(auto x) { return decltype(x)(real_part(x) < 0 ? -1 : real_part(x) > 0 ? 1 : 0); }
};
template <>
struct reference<cf::exp_op> {
    static auto value(auto x) { return std::exp(x); }
};
template <>
struct reference<cf::log_op> {
    static auto value(auto x) { return std::log(x); }
};
template <>
struct reference<cf::sin_op> {
    static auto value(auto x) { return std::sin(x); }
};
template <>
struct reference<cf::cos_op> {
    static auto value(auto x) { return std::cos(x); }
};
template <>
struct reference<cf::expm1_op> {
    static real value(real x) { return std::expm1(x); }
    static std::complex<real> value(const std::complex<real>& x) { return std::exp(x) - real(1); }
};
template <>
struct reference<cf::log1p_op> {
    static real value(real x) { return std::log1p(x); }
    static std::complex<real> value(const std::complex<real>& x) { return std::log(real(1) + x); }
};
template <>
struct reference<cf::erf_op> {
    static real value(real x) { return std::erf(x); }
    /// 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, in which nothing cancels for real x.
    static std::complex<real> value(const std::complex<real>& x) {
        std::complex<real> term = x * std::exp(-x * x) * 2.0L / std::sqrt(std::acos(real(-1))), sum = term;
        for (int n = 1; n < 100; ++n) sum += term *= real(2) * x * x / real(2 * n + 1);
        return sum;
    }
};
template <>
struct reference<cf::erfc_op> {
    static real value(real x) { return std::erfc(x); }
    static std::complex<real> value(const std::complex<real>& x) { return real(1) - reference<cf::erf_op>::value(x); }
};
template <>
struct reference<cf::tanh_op> {
    static auto value(auto x) { return std::tanh(x); }
};
template <>
struct reference<cf::sigmoid_op> {
    static auto value(auto x) { return decltype(x)(1) / (decltype(x)(1) + std::exp(-x)); }
};
template <>
struct reference<cf::softplus_op> {
    static auto value(auto x) { return std::log(decltype(x)(1) + std::exp(x)); }
};
template <>
struct reference<cf::relu_op> {
    static auto value(auto x) { return real_part(x) > 0 ? x : decltype(x)(0); }
};
template <>
struct reference<cf::maximum_op> {
    static auto value(auto a, auto b) { return real_part(a) > real_part(b) ? a : b; }
};
template <>
struct reference<cf::minimum_op> {
    static auto value(auto a, auto b) { return real_part(a) < real_part(b) ? a : b; }
};
template <>
struct reference<cf::less_op> {
    static auto value(auto a, auto b) { return decltype(a)(real_part(a) < real_part(b) ? 1 : 0); }
};
template <>
struct reference<cf::less_equal_op> {
    static auto value(auto a, auto b) { return decltype(a)(real_part(b) < real_part(a) ? 0 : 1); }
};
template <>
struct reference<cf::select_op> {
    static auto value(auto k, auto a, auto b) { return real_part(k) != 0 ? a : b; }
};

/// All entries of an elementwise operation; a scalar counts for every entry.
template <cf::Elementwise Op, class R>
void compute(block<R>& out, const blocks<R>& x, [[maybe_unused]] int parameter) {
    const auto entry = [&](int i, int k) {
        const auto& b = x[static_cast<std::size_t>(i)];
        return b[b.dims.rank == 0 ? 0 : k];
    };
    for (int k = 0; k < out.size(); ++k)
        if constexpr (std::is_same_v<Op, cf::power_op>)
            out[k] = reference<Op>::value(entry(0, k), parameter);
        else if constexpr (Op::arity == 1)
            out[k] = reference<Op>::value(entry(0, k));
        else if constexpr (Op::arity == 2)
            out[k] = reference<Op>::value(entry(0, k), entry(1, k));
        else
            out[k] = reference<Op>::value(entry(0, k), entry(1, k), entry(2, k));
}

}  // namespace laws
