// SPDX-License-Identifier: BSL-1.0
#pragma once

// What explain gives: a table that can be read, printed and asked.

#include <cstdio>
#include <string>
#include <vector>

#include <chainfold/notation/explain/costs.hpp>

namespace chainfold {

/// A step of a program.  Costs are for one call, or inside tiles for one sample.
struct explained_step {
    phase when = phase::before;  // once before, for each sample, once after
    std::string kind{};  // "matrix × vector", "loop of 8 fused"
    std::vector<std::string> computes{};  // formulas: a₁ = tanh(z₁ + b₁)
    int fused = 1;                        // operations in one loop
    step_cost cost{};  // multiply-adds, other operations, bytes read and written
    std::string where{};  // the results stand
    int call = 0;         // steps that are called together, from 1; 0 where the program is inline
    int code = 0;         // of the call, from 1: the same number is the same machine code
};
/// Who stands where in the workspace, from which step to which, counted from 1.
struct explained_value {
    std::string name{};  // as in the formulas
    std::int64_t offset = 0, bytes = 0;  // in the workspace
    int first = 0, last = 0;  // steps
};

/// The plan of a program.
struct explanation {
    std::string title{};  // what was compiled, for how many samples
    std::vector<explained_step> steps{};  // in the order in which they run
    std::vector<explained_value> workspace{};  // in the order of offsets
    step_cost once{}, sample{};                // costs of a call, and of each sample where there are batches
    std::int64_t workspace_bytes = 0, output_bytes = 0;  // of memory, and of results
    int tile = 1, panel = 1;  // samples computed together; tiles of a panel
    int calls = 0, codes = 0;  // calls of a run, and pieces of machine code
    bool is_inline = false;   // one piece of code, instead of a table of calls
    bool in_scalars = false;  // vectors and matrices are taken apart into single numbers

    /// Bytes that the values would need if none shared memory.
    template <class = void>
    [[nodiscard]] std::int64_t unshared_bytes() const {
        std::int64_t sum = 0;
        for (const explained_value& v : workspace) sum += v.bytes;
        return sum;
    }
    template <class = void>
    [[nodiscard]] std::string to_string() const;

    template <class Stream>
    friend auto operator<<(Stream& out, const explanation& e) -> decltype(out << std::string_view{}) {
        return out << std::string_view(e.to_string());
    }
};

namespace detail {

/// Columns of text; the last one may be of any length.
template <class = void>
class text_table {
public:
    explicit text_table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    /// `left`: by column, whether it is flush left.
    [[nodiscard]] std::string write(std::string_view left) const {
        std::vector<std::size_t> widths(left.size());
        for (const auto& row : rows_)
            for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], length(row[c]));
        std::string out;
        for (const auto& row : rows_) {
            for (std::size_t c = 0; c < row.size(); ++c) {
                const std::string space(widths[c] - length(row[c]), ' ');
                const bool is_last = c + 1 == row.size();
                out += left[c] == 'l' ? row[c] + (is_last ? "" : space) : space + row[c];
                if (!is_last) out += "  ";
            }
            while (out.ends_with(' ')) out.pop_back();
            out += '\n';
        }
        return out;
    }

private:
    static std::size_t length(std::string_view s) {  // characters of UTF-8
        std::size_t count = 0;
        for (const char c : s) count += (static_cast<unsigned char>(c) & 0xc0u) != 0x80u;
        return count;
    }
    std::vector<std::vector<std::string>> rows_;
};

/// 12, 1234567, 0.25: without places that say nothing.
template <class = void>
std::string written_figure(double x) {
    char digits[32];
    std::snprintf(digits, sizeof digits, x < 10 && x != static_cast<double>(static_cast<long>(x)) ? "%.2g" : "%.0f", x);
    return digits;
}
template <class = void>
std::string written_bytes(double x) {
    char digits[32];
    if (x < 10000)
        std::snprintf(digits, sizeof digits, "%.0f bytes", x);
    else
        x < 1e7 ? std::snprintf(digits, sizeof digits, "%.1f kB", x / 1e3)
                : std::snprintf(digits, sizeof digits, "%.1f MB", x / 1e6);
    return digits;
}
template <class = void>
std::string counted(std::int64_t count, const char* one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace detail

template <class>
std::string explanation::to_string() const {
    using namespace detail;
    std::string out = title + "\n";
    if (tile > 1)
        out += "samples in tiles of " + std::to_string(tile) +
               (panel > 1 ? ", " + counted(panel, "tile") + " to a panel" : std::string()) + "\n";
    if (in_scalars) out += "vectors and matrices are taken apart into single numbers\n";
    out += counted(static_cast<std::int64_t>(steps.size()), "step");
    out += is_inline ? ", one piece of code\n"
                     : " in " + counted(calls, "call") + " of " + counted(codes, "piece") + " of code\n";
    const auto figures = [](const step_cost& c) {
        return std::vector<std::string>{written_figure(c.multiply_adds), written_figure(c.operations),
                                        written_figure(c.bytes)};
    };
    text_table table(
        is_inline ? std::vector<std::string>{"step", "", "multiply-adds", "others", "bytes", "result in", "computes"}
                  : std::vector<std::string>{"step", "", "multiply-adds", "others", "bytes", "result in", "code",
                                             "computes"});
    const auto add = [&](std::string number, std::string kind, const step_cost& cost, std::string where, int code,
                         std::string formula) {
        std::vector<std::string> row{std::move(number), std::move(kind)};
        for (std::string& f : figures(cost)) row.push_back(std::move(f));
        row.push_back(std::move(where));
        if (!is_inline) row.push_back(code > 0 ? std::to_string(code) : "");
        row.push_back(std::move(formula));
        table.add(std::move(row));
    };
    const auto say = [&](std::string text) {
        std::vector<std::string> row(is_inline ? 7 : 8);
        row.back() = std::move(text);
        table.add(std::move(row));
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const explained_step& s = steps[i];
        if (tile > 1 && (i == 0 || steps[i - 1].when != s.when)) {
            std::vector<std::string> row(2);
            row[1] = s.when == phase::before ? "once:" : s.when == phase::tile ? "for each sample:" : "then:";
            table.add(std::move(row));
        }
        const bool same_call = i > 0 && s.call == steps[i - 1].call;
        add(std::to_string(i + 1), s.kind, s.cost, s.where, same_call ? 0 : s.code,
            s.computes.empty() ? "" : s.computes[0]);
        for (std::size_t f = 1; f < s.computes.size(); ++f) say(s.computes[f]);
    }
    if (tile > 1) add("", "a sample", sample, "", 0, "");
    if (tile == 1 || once.bytes > 0) add("", "a call", once, "", 0, "");
    const step_cost& main = tile > 1 ? sample : once;
    out += "\n" + table.write(is_inline ? "rlrrrll" : "rlrrrlrl");

    if (main.bytes > 0)
        out += "\n" + written_figure((main.multiply_adds + main.operations) / main.bytes) +
               " operations for each byte that a step reads or writes\n";
    out += "workspace: " + written_bytes(static_cast<double>(workspace_bytes));
    if (unshared_bytes() > workspace_bytes)
        out += ", shared by " + written_bytes(static_cast<double>(unshared_bytes())) + " of values";
    out += "; results: " + written_bytes(static_cast<double>(output_bytes)) + "\n";
    for (std::size_t i = 0; i < workspace.size(); ++i) {
        const explained_value& v = workspace[i];
        if (i > 0 && workspace[i - 1].offset == v.offset)
            out += ", ";
        else
            out += (i > 0 ? "\n  from byte " : "  from byte ") + std::to_string(v.offset) + ": ";
        out += v.name + " (" + std::to_string(v.bytes) + "; step" +
               (v.first == v.last ? " " + std::to_string(v.first)
                                  : "s " + std::to_string(v.first) + "–" + std::to_string(v.last)) +
               ")";
    }
    return out + (workspace.empty() ? "" : "\n");
}

}  // namespace chainfold
