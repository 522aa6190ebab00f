// SPDX-License-Identifier: BSL-1.0
#pragma once

// What holds registers must be part of the loop that calls it: a vector that goes through a call goes through memory,
// and compilers judge by size whether to inline. Where nothing is optimised there are no registers to hold. Inlining
// by force would then only copy: a program takes up to three times as long to compile that way, ten with a sanitizer,
// and runs no faster.
#if defined(__OPTIMIZE__)
#define CHAINFOLD_INLINE __attribute__((always_inline))
#else
#define CHAINFOLD_INLINE
#endif
