// SPDX-License-Identifier: BSL-1.0
#pragma once

// How wide a text is.  Fonts differ; these are the widths of DejaVu Sans, one of the widest, rounded up.

#include <string_view>

namespace chainfold::picture {

/// In parts of the font's size.
constexpr double width_of(char32_t c) {
    constexpr std::string_view narrow = " !'(),./:;I[]fijlrt|", wide = "%+<=>@MWmw~";
    if (c < 128) {
        const char letter = static_cast<char>(c);
        if (narrow.find(letter) != std::string_view::npos) return 0.42;
        if (wide.find(letter) != std::string_view::npos) return 0.98;
        return letter >= 'A' && letter <= 'Z' ? 0.78 : 0.64;
    }
    const bool raised = c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0x2070 && c < 0x20a0);  // ² ³ ¹ ⁰…₉
    if (raised || (c >= 0x1d2c && c <= 0x1d6a)) return 0.46;
    return c == 0xb7 || c == 0x22c5 ? 0.36 : c < 0x0400 ? 0.68 : 0.88;
}

/// The width of a text in UTF-8.
constexpr double width_of(std::string_view text, double size) {
    double width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        char32_t c = length == 1 ? byte : byte & (0x7fu >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fu);
        width += width_of(c) * size;
        i += length;
    }
    return width;
}

}  // namespace chainfold::picture
