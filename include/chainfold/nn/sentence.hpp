// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
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

/// The fewest digits that mean this number: "0.1", "1e-05"; integers in full.
[[gnu::noinline]] [[gnu::cold]] inline std::string written_number(double number) {
    char text[48];
    int digits = number < 1e15 && number > -1e15 && number == static_cast<double>(static_cast<long long>(number)) ? 15 : 1;
    do std::snprintf(text, sizeof text, "%.*g", digits, number);
    while (++digits <= 17 && std::strtod(text, nullptr) != number);
    return text;
}

}  // namespace chainfold::nn::detail
