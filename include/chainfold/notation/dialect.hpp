// SPDX-License-Identifier: BSL-1.0
#pragma once

// What differs between C++, Unicode, LaTeX and MathML: the characters around the parts of a formula, and nothing else.

#include <chainfold/notation/name.hpp>

namespace chainfold {

/// What stands before, between and behind the parts.
struct around_parts {
    detail::literal_view open, between, close;
};

/// A way to write formulas.
struct dialect {
    script in;
    bool is_mathematics;    // else C++
    bool stacks_fractions;  // one over the other
    around_parts parentheses, tall_parentheses, brackets, magnitude, norm, angles, fraction, power, root, column, cases;
    detail::literal_view after_condition;  // of cases
    detail::literal_view top;              // of a transposed matrix
    detail::literal_view comma, one, zero, ellipsis;
    detail::literal_view close, apart, dot;  // between the factors of a product
};

inline constexpr dialect as_cpp{
    .in = script::cpp,
    .is_mathematics = false,
    .stacks_fractions = false,
    .parentheses = {"(", "", ")"},
    .tall_parentheses = {"(", "", ")"},
    .brackets = {"[", "", "]"},
    .magnitude = {},
    .norm = {},
    .angles = {},
    .fraction = {"", " / ", ""},
    .power = {},
    .root = {},
    .column = {},
    .cases = {},
    .after_condition = {},
    .top = {},
    .comma = ", ",
    .one = {},
    .zero = {},
    .ellipsis = "...",
    .close = {},
    .apart = {},
    .dot = {},
};

inline constexpr dialect as_unicode{
    .in = script::unicode,
    .is_mathematics = true,
    .stacks_fractions = false,
    .parentheses = {"(", "", ")"},
    .tall_parentheses = {"(", "", ")"},
    .brackets = {"[", "", "]"},
    .magnitude = {"|", "", "|"},
    .norm = {"‖", "", "‖²"},
    .angles = {"⟨", ", ", "⟩"},
    .fraction = {"", " / ", ""},
    .power = {"", "^", ""},
    .root = {"√", "", ""},
    .column = {"(", "; ", ")"},
    .cases = {"(", " if ", ")"},
    .after_condition = ", else ",
    .top = "ᵀ",
    .comma = ", ",
    .one = "𝟏",
    .zero = "𝟎",
    .ellipsis = "…",
    .close = "",
    .apart = " ",
    .dot = " · ",
};

inline constexpr dialect as_latex{
    .in = script::latex,
    .is_mathematics = true,
    .stacks_fractions = true,
    .parentheses = {"(", "", ")"},
    .tall_parentheses = {"\\left(", "", "\\right)"},
    .brackets = {"[", "", "]"},
    .magnitude = {"\\left\\lvert ", "", "\\right\\rvert"},
    .norm = {"\\left\\lVert ", "", "\\right\\rVert^{2}"},
    .angles = {"\\left\\langle ", ", ", "\\right\\rangle"},
    .fraction = {"\\frac{", "}{", "}"},
    .power = {"", "^{", "}"},
    .root = {"\\sqrt{", "", "}"},
    .column = {"\\begin{pmatrix} ", " \\\\ ", " \\end{pmatrix}"},
    .cases = {"\\begin{cases} ", " & \\text{if } ", " & \\text{otherwise} \\end{cases}"},
    .after_condition = " \\\\ ",
    .top = "\\top",
    .comma = ", ",
    .one = "\\mathbf{1}",
    .zero = "\\mathbf{0}",
    .ellipsis = "\\dots",
    .close = " ",
    .apart = " \\, ",
    .dot = " \\cdot ",
};

inline constexpr dialect as_mathml{
    .in = script::mathml,
    .is_mathematics = true,
    .stacks_fractions = true,
    .parentheses = {"<mrow><mo stretchy=\"false\">(</mo>", "", "<mo stretchy=\"false\">)</mo></mrow>"},
    .tall_parentheses = {"<mrow><mo>(</mo>", "", "<mo>)</mo></mrow>"},
    .brackets = {"<mrow><mo stretchy=\"false\">[</mo>", "", "<mo stretchy=\"false\">]</mo></mrow>"},
    .magnitude = {"<mrow><mo form=\"prefix\">|</mo>", "", "<mo form=\"postfix\">|</mo></mrow>"},
    .norm = {"<msup><mrow><mo form=\"prefix\">‖</mo>", "", "<mo form=\"postfix\">‖</mo></mrow><mn>2</mn></msup>"},
    .angles = {"<mrow><mo>⟨</mo>", "<mo>,</mo>", "<mo>⟩</mo></mrow>"},
    .fraction = {"<mfrac><mrow>", "</mrow><mrow>", "</mrow></mfrac>"},
    .power = {"<msup><mrow>", "</mrow><mrow>", "</mrow></msup>"},
    .root = {"<msqrt>", "", "</msqrt>"},
    .column = {"<mrow><mo>(</mo><mtable><mtr><mtd>", "</mtd></mtr><mtr><mtd>",
               "</mtd></mtr></mtable><mo>)</mo></mrow>"},
    .cases = {"<mrow><mo>{</mo><mtable><mtr><mtd style=\"text-align:left\">",
              "</mtd><mtd style=\"text-align:left\"><mtext>if&#xA0;</mtext>",
              "</mtd><mtd style=\"text-align:left\"><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>"},
    .after_condition = "</mtd></mtr><mtr><mtd style=\"text-align:left\">",
    .top = "<mo>⊤</mo>",
    .comma = "<mo>,</mo>",
    .one = "<mn style=\"font-weight:bold\">1</mn>",
    .zero = "<mn style=\"font-weight:bold\">0</mn>",
    .ellipsis = "<mo>…</mo>",
    .close = "<mo>&#x2062;</mo>",
    .apart = "<mo>&#x2062;</mo><mspace width=\"0.17em\"></mspace>",
    .dot = "<mo>·</mo>",
};

/// The dialect of a script.
constexpr const dialect& dialect_of(script in) {
    switch (in) {
        case script::unicode:
            return as_unicode;
        case script::latex:
            return as_latex;
        case script::mathml:
            return as_mathml;
        default:
            return as_cpp;
    }
}

inline constexpr detail::literal_view latex_signs[][2] = {{"−", "-"},    {"≤", "\\le"},   {"≥", "\\ge"},
                                                          {"≠", "\\ne"}, {"⊙", "\\odot"}, {"⊘", "\\oslash"}};
/// Writes the sign of an infix operator, given in Unicode, with its spaces.
constexpr void put_sign(writer& out, const dialect& d, std::string_view sign) {
    if (d.in == script::latex) {
        for (const auto& c : latex_signs)
            if (sign == c[0]) sign = c[1];
    }
    if (d.in == script::mathml) {
        out.put("<mo>");
        detail::put_escaped_for_xml(out, sign);
        out.put("</mo>");
    } else {
        constexpr std::string_view space = " ";
        out.put(space);
        out.put(sign);
        out.put(space);
    }
}

inline constexpr detail::literal_view minus_signs[] = {"-", "−", "-", "<mo form=\"prefix\">−</mo>"};
/// Writes the sign before its operand.
constexpr void put_minus(writer& out, const dialect& d) { out.put(minus_signs[static_cast<std::size_t>(d.in)]); }

namespace detail {
/// The functions that LaTeX has commands for.
struct latex_command {
    literal_view name, command;
};
inline constexpr latex_command latex_functions[] = {{"σ", "\\sigma"}, {"tanh", "\\tanh"}, {"exp", "\\exp"},
                                                    {"ln", "\\ln"},   {"∑", "\\sum"},     {"max", "\\max"},
                                                    {"min", "\\min"}, {"sin", "\\sin"},   {"cos", "\\cos"}};
}  // namespace detail

/// Writes the name of a function, given in Unicode.
constexpr void put_function(writer& out, const dialect& d, std::string_view name) {
    if (d.in == script::mathml) {
        out.put("<mi>");
        detail::put_escaped_for_xml(out, name);
        out.put("</mi><mo>&#x2061;</mo>");
        return;
    }
    if (d.in != script::latex) {
        out.put(name);
        return;
    }
    for (const detail::latex_command& known : detail::latex_functions)
        if (known.name == name) {
            out.put(known.command);
            return;
        }
    out.put("\\operatorname{");
    detail::put_escaped_for_latex(out, name);
    out.put("}");
}

inline constexpr detail::literal_view raised_digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
/// Writes an exponent in small digits, ⁻¹².
constexpr void put_raised(writer& out, std::string_view exponent) {
    for (const char c : exponent) out.put(c == '-' ? detail::literal_view("⁻") : raised_digits[c - '0']);
}

/// Writes a number without a sign and without a fraction, 0.5 or 2.5 · 10⁻³⁰.
constexpr void put_number(writer& out, const dialect& d, std::string_view digits) {
    const std::size_t e = d.is_mathematics ? digits.find('e') : std::string_view::npos;
    const bool xml = d.in == script::mathml, latex = d.in == script::latex;
    if (digits.substr(0, e) != "1" || e == std::string_view::npos) {
        if (xml) out.put("<mn>");
        out.put(digits.substr(0, e));
        if (xml) out.put("</mn>");
        if (e == std::string_view::npos) return;
        out.put(d.dot);
    }
    const std::string_view exponent = digits.substr(e + 1);
    out.put(xml ? "<msup><mn>10</mn><mn>" : latex ? "10^{" : "10");
    xml || latex ? out.put(exponent) : put_raised(out, exponent);
    out.put(xml ? "</mn></msup>" : latex ? "}" : "");
}

}  // namespace chainfold
