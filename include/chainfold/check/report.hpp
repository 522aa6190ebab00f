// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a check of a gradient found, as a table and as JSON.

#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <chainfold/check/kink.hpp>
#include <chainfold/check/slope.hpp>
#include <chainfold/shape/extents.hpp>

namespace chainfold {

/// What a check says of a derivative.
enum class check_verdict {
    pass,     // within the tolerance, or lost in rounding on both sides
    suspect,  // the difference lies within the numeric value's own error: it cannot be decided
    kink,     // an operation such as relu has its kink there, and the slopes on either side differ
    fail      // the derivative is wrong
};
/// The verdict as a word: "pass", "suspect", "kink" or "FAIL".
constexpr std::string_view word_for(check_verdict v) {
    constexpr std::string_view names[] = {"pass", "suspect", "kink", "FAIL"};
    return names[static_cast<int>(v)];
}

/// What was found for one symbol.
struct gradient_check_entry {
    std::string name{};  // of the symbol, or "direction"
    dimensions dims{};  // its shape
    std::size_t size = 0;           // entries of the symbol
    std::size_t checked = 0;        // of them
    std::size_t certified = 0;      // that were compared with something other than zero, and agreed
    double largest_difference = 0;  // |analytic − numeric|
    double largest_error = 0;       // the same relative to the larger of the two
    std::size_t worst = 0;          // the entry with the worst verdict, and of these the largest error
    double analytic = 0;            // there
    numeric_slope numeric{};        // there
    kink bent{};                    // the operation that has its kink there, if the verdict is one
    check_verdict verdict = check_verdict::pass;  // the worst of its entries
};

namespace detail {

/// What a report says.  (A template: who checks nothing need not wait until it is compiled.)
template <class Report>
class report_text {
public:
    explicit report_text(const Report& report) : report_(report) {}

    [[nodiscard]] std::string table() const {
        std::string text;
        std::size_t width = 9;
        for (const gradient_check_entry& e : report_.entries) width = e.name.size() > width ? e.name.size() : width;
        if (!report_.entries.empty())
            text += padded("symbol", width) + "  checked      largest error  at entry  analytic       numeric                verdict\n";
        for (const gradient_check_entry& e : report_.entries) text += padded(e.name, width) + row_of(e);
        if (report_.entries.empty())
            text += "nothing to check: no parameter is bound\n";
        else if (report_.all_zero())
            text += "nothing was certified: no derivative other than zero agreed\n";
        return text + (report_.passed() ? "gradient passed\n" : "gradient FAILED\n");
    }
    [[nodiscard]] std::string json() const {
        std::string text = report_.passed() ? "{\"passed\": true" : "{\"passed\": false";
        const auto add = [&text](const char* key, const std::string& value) {
            text.append(", \"").append(key).append("\": ").append(value);
        };
        const auto quoted = [](std::string word) { return word.insert(0, 1, '"').append(1, '"'); };
        add("tolerance", json(report_.tolerance));
        add("entries", "[");
        for (const gradient_check_entry& e : report_.entries) {
            text.append(&e == report_.entries.data() ? "{\"name\": " : ", {\"name\": ").append(quoted(escaped(e.name)));
            add("size", std::to_string(e.size));
            add("checked", std::to_string(e.checked));
            add("certified", std::to_string(e.certified));
            add("largest_difference", json(e.largest_difference));
            add("largest_error", json(e.largest_error));
            add("worst", std::to_string(e.worst));
            add("analytic", json(e.analytic));
            add("numeric", json(e.numeric.value));
            add("numeric_error", json(e.numeric.error));
            add("step", json(e.numeric.step));
            add("left", json(e.numeric.left));
            add("right", json(e.numeric.right));
            if (e.bent.exists()) add("kink", quoted(escaped(e.bent.operation)));
            add("verdict", quoted(std::string(word_for(e.verdict))));
            text.append("}");
        }
        return text.append("]}");
    }

private:
    static std::string padded(std::string text, std::size_t width) {
        if (text.size() < width) text.append(width - text.size(), ' ');
        return text;
    }
    static std::string row_of(const gradient_check_entry& e) {
        char row[200];
        const std::string index = e.dims.rank < 2 ? std::to_string(e.worst)
                                                  : "(" + std::to_string(e.worst / static_cast<std::size_t>(e.dims.columns)) +
                                                        ", " + std::to_string(e.worst % static_cast<std::size_t>(e.dims.columns)) + ")";
        std::snprintf(row, sizeof row, "  %-11s  %-13.2g  %-8s  %-13.7g  %-13.7g ± %-5.0e  %s\n",
                      (std::to_string(e.checked) + " of " + std::to_string(e.size)).c_str(), e.largest_error, index.c_str(),
                      e.analytic, e.numeric.value, e.numeric.error, std::string(word_for(e.verdict)).c_str());
        std::string text = row;
        if (e.verdict != check_verdict::kink) return text;
        std::snprintf(row, sizeof row, "    a kink at this entry: %.7g on its left, %.7g on its right\n", e.numeric.left,
                      e.numeric.right);
        text += row;
        std::snprintf(row, sizeof row, ", entry %zu, sample %zu: from %.3g to %.3g\n", e.bent.entry, e.bent.sample,
                      e.bent.left, e.bent.right);
        return text + "    of " + e.bent.operation + row;
    }
    static std::string escaped(const std::string& name) {
        std::string text;
        for (const char c : name) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        return text;
    }
    static std::string json(double x) {
        char text[32];
        if (!detail::is_finite(x)) return "null";
        std::snprintf(text, sizeof text, "%.17g", x);
        return text;
    }

    const Report& report_;
};

}  // namespace detail

/// What a check found.  It passes where every derivative passed and at least one was certified: not where nothing was
/// compared, and not where there are nothing but zeros.
struct gradient_report {
    std::vector<gradient_check_entry> entries;
    double tolerance = 0;

    [[nodiscard]] bool all_zero() const {
        std::size_t certified = 0;
        for (const gradient_check_entry& e : entries) certified += e.certified;
        return certified == 0;
    }
    [[nodiscard]] bool passed() const {
        bool good = !all_zero();
        for (const gradient_check_entry& e : entries) good = good && e.verdict == check_verdict::pass;
        return good;
    }

    /// A table, and what it comes to.
    template <std::same_as<std::string> Text = std::string>
    [[nodiscard]] Text to_string() const {
        return detail::report_text<gradient_report>(*this).table();
    }
    /// {"passed": true, "tolerance": 1e-06, "entries": [{"name": "W", …}]}; numbers that are not finite are null.
    template <std::same_as<std::string> Text = std::string>
    [[nodiscard]] Text to_json() const {
        return detail::report_text<gradient_report>(*this).json();
    }
    template <class Stream>
    friend auto operator<<(Stream& out, const gradient_report& r) -> decltype(out << std::string_view{}) {
        return out << std::string_view(r.to_string());
    }
};

}  // namespace chainfold
