// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdarg>
#include <cstdio>
#include <string>

namespace chainfold::nn::detail {

/// Text as std::printf writes it.  One function, not inlined: sentences are rare and should cost little to compile.
[[gnu::format(printf, 1, 2)]] [[gnu::noinline]] [[gnu::cold]] inline std::string sentence(const char* form, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, form);
    std::vsnprintf(text, sizeof text, form, arguments);
    va_end(arguments);
    return text;
}

}  // namespace chainfold::nn::detail
