// SPDX-License-Identifier: BSL-1.0
#pragma once

// glibc's vector functions, which loops under -ffast-math call by themselves with g++ only.

#include "double_math.hpp"

#if defined(__x86_64__) && defined(__AVX512F__) && defined(__GLIBC__)
#define BY_HAND_LIBMVEC 1

namespace by_hand::libmvec {

extern "C" eight _ZGVeN8v_exp(eight) noexcept;
extern "C" eight _ZGVeN8v_log(eight) noexcept;

inline eight exp(eight x) { return _ZGVeN8v_exp(x); }
inline eight log(eight x) { return _ZGVeN8v_log(x); }

}  // namespace by_hand::libmvec
#endif
