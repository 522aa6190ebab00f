// SPDX-License-Identifier: BSL-1.0
#pragma once

// A string as it stands in JSON, between its quotes.  It is decoded while it is compared, so that a header is read
// without a copy of it; str() is for those who want one.

#include <cstddef>
#include <string>
#include <string_view>

namespace chainfold::safetensors {

/// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7): the position of the first that are not, or their number.
constexpr std::size_t end_of_utf8(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u; };
    const auto follows = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xbf) {
        return at(i) >= least && at(i) <= most;
    };
    std::size_t i = 0;
    while (i < bytes.size()) {
        const unsigned lead = at(i);
        std::size_t length = 0;
        if (lead < 0x80)
            length = 1;
        else if (lead >= 0xc2 && lead <= 0xdf)
            length = follows(i + 1) ? 2 : 0;
        else if (lead >= 0xe0 && lead <= 0xef)  // neither overlong nor surrogates
            length = follows(i + 1, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf) && follows(i + 2) ? 3 : 0;
        else if (lead >= 0xf0 && lead <= 0xf4)  // neither overlong nor above U+10FFFF
            length = follows(i + 1, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf) && follows(i + 2) &&
                             follows(i + 3)
                         ? 4
                         : 0;
        if (length == 0) return i;
        i += length;
    }
    return i;
}

/// The value of four hexadecimal digits; −1 if they are none.
constexpr int hexadecimal(std::string_view digits) {
    int value = 0;
    if (digits.size() != 4) return -1;
    for (char c : digits) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

class json_text {
public:
    constexpr json_text() = default;
    /// What stands between two quotes, its escapes already checked.
    constexpr explicit json_text(std::string_view raw) : raw_(raw) {}

    [[nodiscard]] constexpr std::string_view raw() const { return raw_; }
    [[nodiscard]] std::string str() const {
        std::string decoded;
        for (cursor c{raw_}; c.more();) decoded += static_cast<char>(c.next());
        return decoded;
    }

    /// Below, at or above 0, as by bytes of the decoded texts.
    [[nodiscard]] constexpr int compare(const json_text& other) const {
        cursor a{raw_}, b{other.raw_};
        while (a.more() && b.more()) {
            const int difference = static_cast<int>(a.next()) - static_cast<int>(b.next());
            if (difference != 0) return difference;
        }
        return static_cast<int>(a.more()) - static_cast<int>(b.more());
    }
    [[nodiscard]] constexpr int compare(std::string_view plain) const {
        cursor a{raw_};
        for (char c : plain) {
            if (!a.more()) return -1;
            const int difference = static_cast<int>(a.next()) - static_cast<int>(static_cast<unsigned char>(c));
            if (difference != 0) return difference;
        }
        return a.more() ? 1 : 0;
    }
    friend constexpr bool operator==(const json_text& a, const json_text& b) { return a.compare(b) == 0; }
    friend constexpr bool operator==(const json_text& a, std::string_view b) { return a.compare(b) == 0; }

private:
    /// Gives the decoded bytes one after another.
    class cursor {
    public:
        constexpr explicit cursor(std::string_view raw) : rest_(raw) {}
        [[nodiscard]] constexpr bool more() const { return pending_ > 0 || !rest_.empty(); }
        constexpr unsigned next() {
            if (pending_ == 0) decode();
            return decoded_[--pending_];
        }

    private:
        constexpr void give(unsigned byte) { decoded_[pending_++] = static_cast<unsigned char>(byte); }
        // Bytes are kept last first.
        constexpr void decode() {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c != '\\') return give(static_cast<unsigned char>(c));
            const char kind = rest_.front();
            rest_.remove_prefix(1);
            switch (kind) {
                case 'b': return give('\b');
                case 'f': return give('\f');
                case 'n': return give('\n');
                case 'r': return give('\r');
                case 't': return give('\t');
                case 'u': return decode_unit();
                default: return give(static_cast<unsigned char>(kind));  // a quote or a slash
            }
        }
        constexpr void decode_unit() {
            unsigned code = static_cast<unsigned>(hexadecimal(rest_.substr(0, 4)));
            rest_.remove_prefix(4);
            if (code >= 0xd800 && code <= 0xdbff) {  // the first half of a pair
                code = 0x10000 + ((code - 0xd800) << 10) +
                       (static_cast<unsigned>(hexadecimal(rest_.substr(2, 4))) - 0xdc00);
                rest_.remove_prefix(6);
            }
            if (code < 0x80) return give(code);
            unsigned lead = code < 0x800 ? 0xc0 : code < 0x10000 ? 0xe0 : 0xf0;
            const int following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
            for (int i = 0; i < following; ++i, code >>= 6) give(0x80 | (code & 0x3f));
            give(lead | code);
        }

        std::string_view rest_;
        unsigned char decoded_[4]{};
        unsigned pending_ = 0;
    };

    std::string_view raw_;
};

}  // namespace chainfold::safetensors
