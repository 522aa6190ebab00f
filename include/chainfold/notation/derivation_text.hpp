// SPDX-License-Identifier: BSL-1.0
#pragma once

// A derivation as plain text in columns, and as LaTeX.

#include <chainfold/notation/derivation_steps.hpp>
#include <chainfold/notation/values_text.hpp>

namespace chainfold {

namespace detail {

/// Writes "scalar", "3" or "3 × 2".
constexpr void write_shape(writer& out, script in, const dimensions& dims) {
    if (dims.rank == 0) {
        put_words(out, in, "scalar");
        return;
    }
    constexpr std::string_view times[] = {" x ", " × ", " \\times ", "<mo>×</mo>"};
    const bool xml = in == script::mathml;
    out.put(xml ? "<mn>" : "");
    out.put(dims.rows);
    out.put(xml ? "</mn>" : "");
    if (dims.rank == 1) return;
    out.put(times[static_cast<std::size_t>(in)]);
    out.put(xml ? "<mn>" : "");
    out.put(dims.columns);
    out.put(xml ? "</mn>" : "");
}

/// Columns that a text takes: its characters, without those that stand above others.
constexpr int columns_of(std::string_view s) {
    int count = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const auto c = static_cast<unsigned char>(s[i]);
        if ((c & 0xc0) != 0x80) ++count;
        if (c == 0xcc && i + 1 < s.size() && static_cast<unsigned char>(s[i + 1]) == 0x82) --count;  // U+0302
    }
    return count;
}

inline constexpr int widest_equation = 56, widest_shape = 6;  // columns

/// "z₁ = W₁x + b₁"; numbers that are few stand behind it, " = 0.6", others on a line of their own.
struct step_lines {
    long_text equation{}, values{};
    int width = 0;

    constexpr step_lines(const derivation_steps& steps, const derivation_step& s) {
        writer line(equation);
        line.put(s.name.view());
        line.put(" = ");
        line.put(s.formula.view());
        width = columns_of(equation.view());
        if (s.values.size() == 0) return;
        writer numbers(values);
        if (steps.has_calculation(s)) {
            numbers.put(" = ");
            steps.write_calculation(numbers, script::unicode, s);
        }
        numbers.put(" = ");
        write_values(numbers, script::unicode, s.values.data(), s.dims);
        const int both = width + columns_of(values.view());
        if (s.dims.rank == 2 || both > widest_equation) return;
        line.put(values.view());
        width = both;
        values = {};
    }
};

constexpr void put_spaces(writer& out, int count) {
    for (int i = 0; i < count; ++i) out.put(" ");
}

constexpr void write_step(writer& out, const derivation_steps& steps, const derivation_step& s, int width) {
    const step_lines lines(steps, s);
    long_text shape;
    writer shape_out(shape);
    write_shape(shape_out, script::unicode, s.dims);
    const int shape_gap = widest_shape - columns_of(shape.view());
    out.put("  ");
    out.put(lines.equation.view());
    put_spaces(out, width > lines.width ? width - lines.width + 2 : 2);
    out.put(shape.view());
    put_spaces(out, shape_gap > 0 ? shape_gap + 2 : 2);
    out.put(s.rule.view());
    out.put("\n");
    if (lines.values.size() == 0) return;
    put_spaces(out, 2 + columns_of(s.name.view()));
    out.put(lines.values.view());
    out.put("\n");
}

inline constexpr std::string_view phase_titles[] = {"Forward", "Backward"};
inline constexpr std::string_view rule_legend =
    "In a rule, y is the operation's result, a, b and x its operands, and c the derivative by y.";

}  // namespace detail

/// The derivation as text in columns: equation, shape, rule.
constexpr long_text to_string(const derivation_steps& steps) {
    long_text text;
    writer out(text);
    int width = 0;
    for (const derivation_step& s : steps) {
        const int columns = detail::step_lines(steps, s).width;
        if (columns > width && columns <= detail::widest_equation) width = columns;
    }
    for (int i = 0; i < steps.size(); ++i) {
        if (i == 0 || steps[i].phase != steps[i - 1].phase) {
            out.put(i == 0 ? "" : "\n");
            out.put(detail::phase_titles[static_cast<std::size_t>(steps[i].phase)]);
            out.put("\n");
        }
        detail::write_step(out, steps, steps[i], width);
    }
    out.put("\n");
    out.put(detail::rule_legend);
    out.put("\n");
    return text;
}

/// The derivation as an aligned environment of LaTeX, for display math; amsmath is all that it needs.
constexpr long_text to_latex(const derivation_steps& steps) {
    long_text text;
    writer out(text);
    out.put("\\begin{aligned}\n");
    for (int i = 0; i < steps.size(); ++i) {
        const derivation_step& s = steps[i];
        if (i == 0 || s.phase != steps[i - 1].phase) {
            out.put("\\rlap{\\text{");
            out.put(detail::phase_titles[static_cast<std::size_t>(s.phase)]);
            out.put("}} \\\\\n");
        }
        steps.write_name(out, script::latex, s);
        out.put(" &= ");
        steps.write_formula(out, script::latex, s);
        if (steps.has_calculation(s)) {
            out.put(" = ");
            steps.write_calculation(out, script::latex, s);
        }
        if (s.values.size() > 0) {
            out.put(" = ");
            write_values(out, script::latex, s.values.data(), s.dims);
        }
        out.put(" && ");
        detail::write_shape(out, script::latex, s.dims);
        out.put(" && ");
        steps.write_rule(out, script::latex, s);
        out.put(i + 1 < steps.size() ? " \\\\\n" : "\n");
    }
    out.put("\\end{aligned}\n");
    return text;
}

/// The derivation as lines of text, forward and then backward.
template <class Stream>
auto operator<<(Stream& out, const derivation_steps& steps) -> decltype(out << std::string_view{}) {
    return out << to_string(steps).view();
}

}  // namespace chainfold
