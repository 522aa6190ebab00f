// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace chainfold {

/// The library's version; the only place that says so, CMakeLists.txt reads it here.
inline constexpr std::string_view version = "0.1.0";

}  // namespace chainfold
