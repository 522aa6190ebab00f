// SPDX-License-Identifier: BSL-1.0
#pragma once

#if __cplusplus < 202002L
#error chainfold needs C++20: compile with -std=c++20
#include "chainfold/needs_c++20"  // is nowhere: nothing more is said
#endif

#include <string_view>

namespace chainfold {

/// The library's version; the only place that says so, CMakeLists.txt reads it here.
inline constexpr std::string_view version = "0.1.0";

}  // namespace chainfold
