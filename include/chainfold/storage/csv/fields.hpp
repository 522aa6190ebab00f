// SPDX-License-Identifier: BSL-1.0
#pragma once

// Text separated by commas (RFC 4180) as fields with their places: a field may be quoted, a quote in it is doubled, and
// then it may hold separators and line breaks.  Lines end with \n or \r\n.

#include <string>
#include <string_view>
#include <vector>

#include <chainfold/storage/error.hpp>

namespace chainfold::csv {

/// One field of a record; lines and columns count from 1.
struct field {
    std::string text{};
    std::size_t column = 0;
};

/// Gives one record after another.
class field_reader {
public:
    field_reader(std::string_view text, char separator, std::string_view file)
        : rest_(text), separator_(separator), file_(file) {
        if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);  // a byte order mark
    }

    /// Reads the next record that is not an empty line; false at the end.
    bool next(std::vector<field>& record) {
        skip_empty_lines();
        record.clear();
        if (rest_.empty()) return false;
        line_ = next_line_;
        do record.push_back({one_field(record.size() + 1), record.size() + 1});
        while (take(separator_));
        if (take('\r') && !rest_.empty() && rest_.front() != '\n') fail(record.size(), "a line break of \\r alone");
        if (take('\n')) ++next_line_;
        return true;
    }
    /// Passes over whole lines, whatever they hold.
    void skip_lines(std::size_t count) {
        for (; count > 0 && !rest_.empty(); --count) {
            const std::size_t end = rest_.find('\n');
            rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
            ++next_line_;
        }
    }
    /// Where the record that was read last begins.
    [[nodiscard]] std::size_t line() const { return line_; }

    [[noreturn]] void fail(std::size_t column, const std::string& sentence) const {
        chainfold::detail::fail(std::string(file_) + ": line " + std::to_string(line_) + ", column " +
                                std::to_string(column) + ": " + sentence);
    }

private:
    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_empty_lines() {
        while (rest_.starts_with('\n') || rest_.starts_with("\r\n")) skip_lines(1);
    }
    std::string one_field(std::size_t column) {
        if (take('"')) return quoted_field(column);
        const char ends[] = {separator_, '\n', '\r', '\0'};
        const std::string_view text = rest_.substr(0, rest_.find_first_of(std::string_view(ends, 3)));
        rest_.remove_prefix(text.size());
        return std::string(trimmed(text));
    }
    std::string quoted_field(std::size_t column) {
        std::string text;
        do {
            const std::size_t end = rest_.find('"');
            if (end == std::string_view::npos) fail(column, "a quoted field that does not end");
            for (char c : rest_.substr(0, end)) next_line_ += c == '\n';
            text += rest_.substr(0, end);
            rest_.remove_prefix(end + 1);
            if (rest_.starts_with('"')) text += '"';
        } while (take('"'));
        if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n' && rest_.front() != '\r')
            fail(column, "expected a separator after a quoted field, found " + chainfold::detail::quoted(rest_.substr(0, 1)));
        return text;
    }
    static std::string_view trimmed(std::string_view text) {
        const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
        return text;
    }

    std::string_view rest_;
    char separator_;
    std::string_view file_;
    std::size_t line_ = 1, next_line_ = 1;
};

}  // namespace chainfold::csv
