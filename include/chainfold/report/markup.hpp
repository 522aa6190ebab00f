// SPDX-License-Identifier: BSL-1.0
#pragma once

// Text for pages and pictures: markup as it is, texts of others escaped, numbers short.

#include <concepts>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <chainfold/nn/optimiser/descent.hpp>

namespace chainfold::report {

/// Whether a number can be drawn; asked of its bits, because -ffast-math knows of no others.
inline bool is_finite(double number) { return nn::detail::all_finite(&number, 1); }

/// Text inside an element or an attribute.  Control characters, which no page may hold, become question marks.
inline std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) switch (c) {
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '&':
                result += "&amp;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
        }
    return result;
}

/// A number to be read: four digits, "1.5 × 10⁻⁵", "∞", "not a number".
std::string number_text(double number, int digits = 4);

/// 10⁻⁵
inline std::string power_of_ten(int exponent) {
    static constexpr const char* raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text = exponent < 0 ? "10⁻" : "10";
    for (const char digit : std::to_string(exponent < 0 ? -exponent : exponent)) text += raised[digit - '0'];
    return text;
}

inline std::string number_text(double number, int digits) {
    if (!is_finite(number)) {
        std::uint64_t bits = 0;
        __builtin_memcpy(&bits, &number, sizeof bits);
        return (bits & ((std::uint64_t{1} << 52) - 1)) != 0 ? "not a number" : bits >> 63 != 0 ? "−∞" : "∞";
    }
    char text[40];
    std::snprintf(text, sizeof text, "%.*g", digits, number);
    std::string result = text;
    if (const std::size_t e = result.find('e'); e != std::string::npos) {
        const std::string power = power_of_ten(std::stoi(result.substr(e + 1)));
        result = result.substr(0, e);
        result = result == "1" ? power : result + " × " + power;
    }
    return result.starts_with('-') ? "−" + result.substr(1) : result;
}

/// The characters of a text in UTF-8.
inline std::size_t letters_in(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (c & 0xC0) != 0x80;
    return count;
}

/// A text that grows: put(…) takes markup and numbers, text(…) what is to be escaped.
class markup {
public:
    markup& put(const auto&... parts) {
        (put_one(parts), ...);
        return *this;
    }
    markup& text(std::string_view s) { return put(escaped(s)); }
    [[nodiscard]] const std::string& str() const { return out_; }
    [[nodiscard]] std::size_t size() const { return out_.size(); }
    std::string take() { return std::move(out_); }

private:
    void put_one(std::string_view s) { out_ += s; }
    void put_one(std::integral auto n) { out_ += std::to_string(n); }
    /// A coordinate: a tenth of a pixel is fine enough.
    void put_one(double x) {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%.1f", x);
        out_ += digits;
        if (out_.ends_with(".0")) out_.resize(out_.size() - 2);
    }

    std::string out_;
};

}  // namespace chainfold::report
