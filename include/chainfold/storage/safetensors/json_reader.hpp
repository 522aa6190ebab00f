// SPDX-License-Identifier: BSL-1.0
#pragma once

// As much of JSON (RFC 8259) as a safetensors header has: objects, arrays, strings, unsigned integers.  Whoever calls
// says what must come next, so there is no depth to limit and nothing to keep.

#include <cstdint>
#include <limits>

#include <chainfold/storage/safetensors/json_text.hpp>
#include <chainfold/storage/safetensors/rule.hpp>

namespace chainfold::safetensors {

class json_reader {
public:
    json_reader(std::string_view json, complaint complain) : json_(json), complain_(complain) {}

    [[nodiscard]] std::size_t position() const { return at_; }

    /// { "key": …, … }: calls member(key) at every value, which it must read.
    template <class Member>
    void object(Member member) {
        expect('{');
        if (accept('}')) return;
        do {
            const json_text key = string();
            expect(':');
            member(key);
        } while (accept(','));
        expect('}');
    }
    /// [ …, … ]: calls item() at every value; the text between the brackets.
    template <class Item>
    std::string_view array(Item item) {
        expect('[');
        const std::size_t begin = at_;
        if (accept(']')) return json_.substr(begin, at_ - 1 - begin);
        do item();
        while (accept(','));
        expect(']');
        return json_.substr(begin, at_ - 1 - begin);
    }
    json_text string() {
        expect('"');
        const std::size_t begin = at_;
        while (peek() != '"') {
            if (at_ == json_.size()) unexpected("the end of a string");
            if (static_cast<unsigned char>(peek()) < 0x20) unexpected("a character of a string, control characters escaped");
            if (json_[at_++] == '\\') escape();
        }
        return json_text(json_.substr(begin, at_++ - begin));
    }
    std::uint64_t unsigned_integer() {
        constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
        skip_space();
        if (!is_digit()) unexpected("an unsigned integer");
        const std::size_t begin = at_;
        std::uint64_t value = 0;
        for (; is_digit(); ++at_) {
            const auto digit = static_cast<std::uint64_t>(peek() - '0');
            if (value > (most - digit) / 10) unexpected("an unsigned integer below 2^64");
            if (at_ > begin && json_[begin] == '0') unexpected("an integer without leading zeros");
            value = value * 10 + digit;
        }
        if (peek() == '.' || peek() == 'e' || peek() == 'E') unexpected("an integer");
        return value;
    }
    /// Nothing but spaces up to the end.
    void end() {
        while (peek() == ' ') ++at_;
        if (at_ != json_.size()) unexpected("nothing but spaces after the header");
    }

private:
    [[noreturn]] [[gnu::cold]] void unexpected(const char* expected) const {
        const std::string found = at_ == json_.size() ? "its end" : chainfold::detail::quoted(json_.substr(at_, 12));
        complain_(rule::json,
                  "header, byte " + std::to_string(at_) + ": expected " + expected + ", found " + found);
    }
    // A zero byte at the end; where one stands in the text it is as wrong as the end is.
    [[nodiscard]] char peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
    [[nodiscard]] bool is_digit() const { return peek() >= '0' && peek() <= '9'; }
    void skip_space() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
    }
    bool accept(char c) {
        skip_space();
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    void expect(char c) {
        const char expected[] = {'"', c, '"', '\0'};
        if (!accept(c)) unexpected(c == '"' ? "a string" : expected);
    }
    // After the backslash.  The two halves of a surrogate pair come together or not at all.
    void escape() {
        const char kind = peek();
        if (kind == 'u') {
            const int unit = code_unit();
            if (unit >= 0xdc00 && unit <= 0xdfff) unexpected("no second half of a surrogate pair alone");
            if (unit < 0xd800 || unit > 0xdbff) return;
            if (peek() != '\\') unexpected("the second half of a surrogate pair");
            ++at_;
            const int second = peek() == 'u' ? code_unit() : 0;
            if (second < 0xdc00 || second > 0xdfff) unexpected("the second half of a surrogate pair");
            return;
        }
        if (at_ == json_.size() || std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos)
            unexpected("an escape of JSON");
        ++at_;
    }
    int code_unit() {
        const int unit = hexadecimal(json_.substr(at_ + 1, 4));
        if (unit < 0) unexpected("\\u and four hexadecimal digits");
        at_ += 5;
        return unit;
    }

    std::string_view json_;
    complaint complain_;
    std::size_t at_ = 0;
};

}  // namespace chainfold::safetensors
