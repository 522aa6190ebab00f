// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a name is written: letters and a subscript, W₁, as C++, in Unicode, LaTeX and MathML.

#include <chainfold/notation/text.hpp>
#include <chainfold/shape/fixed_string.hpp>

namespace chainfold {

/// What a formula is written in.
enum class script { cpp, unicode, latex, mathml };

/// The name of a value: W₁, x_in, ŷ.  Of a symbol, letters and subscript are parts of what the user calls it; the names
/// that the library makes have an index.
struct value_name {
    std::string_view letters{};
    std::string_view subscript{};
    int index = 0;  // counted from 1; 0 if there is none
    bool hat = false;
    std::string_view given{};  // the whole name, of a symbol
    std::string_view of{};     // L in ∂L/∂z₁, the derivative by what is named

    [[nodiscard]] constexpr bool exists() const { return !letters.empty(); }
    friend constexpr bool operator==(const value_name&, const value_name&) = default;
};

namespace detail {

struct greek_letter {
    literal_view name, letter;
};
inline constexpr greek_letter greek_letters[] = {
    {"alpha", "α"}, {"beta", "β"},  {"gamma", "γ"},  {"delta", "δ"},  {"epsilon", "ε"}, {"zeta", "ζ"}, {"eta", "η"},
    {"theta", "θ"}, {"kappa", "κ"}, {"lambda", "λ"}, {"mu", "μ"},     {"nu", "ν"},      {"xi", "ξ"},   {"pi", "π"},
    {"rho", "ρ"},   {"sigma", "σ"}, {"tau", "τ"},    {"phi", "φ"},    {"chi", "χ"},     {"psi", "ψ"},  {"omega", "ω"},
    {"Gamma", "Γ"}, {"Delta", "Δ"}, {"Theta", "Θ"},  {"Lambda", "Λ"}, {"Xi", "Ξ"},      {"Pi", "Π"},   {"Sigma", "Σ"},
    {"Phi", "Φ"},   {"Psi", "Ψ"},   {"Omega", "Ω"}};

/// The Greek letter that a word names or is; an empty one if it does neither.
constexpr greek_letter greek(std::string_view word) {
    if (word.size() < 2 || word.size() > 7) return {};
    for (const greek_letter& g : greek_letters)
        if (word == g.name || word == g.letter) return g;
    return {};
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// One letter, as mathematics likes its names; what is longer stands upright.
constexpr bool is_one_letter(std::string_view s) { return s.size() == 1 || !greek(s).name.empty(); }

constexpr void put_escaped_for_latex(writer& out, std::string_view s) {
    for (std::size_t i = 0; i < s.size(); ++i) {
        const char c = s[i];
        if (c == '\\')
            out.put("\\textbackslash{}");
        else if (c == '^')
            out.put("\\textasciicircum{}");
        else if (c == '~')
            out.put("\\textasciitilde{}");
        else {
            if (std::string_view("#$%&_{}").find(c) != std::string_view::npos) out.put("\\");
            out.put(s.substr(i, 1));
        }
    }
}

/// Text inside XML, also of an attribute.
constexpr void put_escaped_for_xml(writer& out, std::string_view s) {
    for (std::size_t i = 0; i < s.size(); ++i) switch (s[i]) {
            case '<':
                out.put("&lt;");
                break;
            case '>':
                out.put("&gt;");
                break;
            case '&':
                out.put("&amp;");
                break;
            case '"':
                out.put("&quot;");
                break;
            default:
                out.put(s.substr(i, 1));
        }
}

constexpr void put_letters(writer& out, script in, std::string_view s) {
    const greek_letter g = greek(s);
    switch (in) {
        case script::cpp:
            out.put(s);
            break;
        case script::unicode:
            out.put(g.name.empty() ? s : std::string_view(g.letter));
            break;
        case script::latex:
            if (!g.name.empty()) {
                out.put("\\");
                out.put(g.name);
            } else if (s.size() == 1 && (is_letter(s[0]) || is_digit(s[0]))) {
                out.put(s);
            } else {
                out.put("\\text{");
                put_escaped_for_latex(out, s);
                out.put("}");
            }
            break;
        case script::mathml:
            out.put("<mi>");
            put_escaped_for_xml(out, g.name.empty() ? s : std::string_view(g.letter));
            out.put("</mi>");
    }
}

inline constexpr literal_view small_digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
constexpr void put_small_digits(writer& out, std::string_view digits) {
    for (const char c : digits) out.put(small_digits[c - '0']);
}

constexpr bool all_digits(std::string_view s) {
    for (const char c : s)
        if (!is_digit(c)) return false;
    return !s.empty();
}

/// An index as text.
struct index_text {
    char digits[12]{};
    std::size_t length = 0;
    constexpr index_text() = default;
    constexpr explicit index_text(int index) {
        writer w(digits);
        w.put(index);
        length = w.size();
    }
    [[nodiscard]] constexpr std::string_view view() const { return {digits, length}; }
};

}  // namespace detail

/// The name of a symbol in mathematics: W1 and W_1 are W₁, x_in is x with the subscript "in", alpha is α.  A longer
/// name, such as 0.weight, stays as it is.
constexpr value_name math_name(std::string_view name) {
    std::size_t end = name.size();
    while (end > 0 && detail::is_digit(name[end - 1])) --end;
    if (end > 0 && end < name.size() && detail::is_one_letter(name.substr(0, end)))
        return {name.substr(0, end), name.substr(end), 0, false, name};
    const std::size_t line = name.find('_');
    if (line != std::string_view::npos && line + 1 < name.size() && detail::is_one_letter(name.substr(0, line)) &&
        name.find('_', line + 1) == std::string_view::npos)
        return {name.substr(0, line), name.substr(line + 1), 0, false, name};
    return {name, {}, 0, false, name};
}

namespace detail {
constexpr void write_bare_name(writer& out, script in, const value_name& name) {
    detail::index_text digits;
    if (name.index > 0) digits = detail::index_text(name.index);
    const std::string_view below = name.index > 0 ? digits.view() : name.subscript;
    const bool small = detail::all_digits(below), any = !below.empty();
    switch (in) {
        case script::cpp:
            out.put(name.given.empty() ? name.letters : name.given);
            if (name.hat) out.put("_hat");
            if (name.given.empty()) out.put(below);
            break;
        case script::unicode:
            name.hat&& name.letters == "y" ? out.put("ŷ") : detail::put_letters(out, in, name.letters);
            if (name.hat && name.letters != "y") out.put("\u0302");  // combining
            if (any && !small) out.put("_");
            small ? detail::put_small_digits(out, below) : out.put(below);
            break;
        case script::latex:
            if (name.hat) out.put("\\hat{");
            detail::put_letters(out, in, name.letters);
            if (name.hat) out.put("}");
            if (!any) break;
            out.put("_{");
            small ? out.put(below) : detail::put_letters(out, in, below);
            out.put("}");
            break;
        case script::mathml:
            if (any) out.put("<msub>");
            if (name.hat) out.put("<mover accent=\"true\">");
            detail::put_letters(out, in, name.letters);
            if (name.hat) out.put("<mo stretchy=\"false\">^</mo></mover>");
            if (!any) break;
            out.put(small ? "<mn>" : "<mi>");
            detail::put_escaped_for_xml(out, below);
            out.put(small ? "</mn></msub>" : "</mi></msub>");
    }
}

struct derivative_marks {
    literal_view open, between, close;
};
inline constexpr derivative_marks derivative_parts[] = {
    {"d", "_d", ""},
    {"∂", "/∂", ""},
    {"\\frac{\\partial ", "}{\\partial ", "}"},
    {"<mfrac><mrow><mo>∂</mo>", "</mrow><mrow><mo>∂</mo>", "</mrow></mfrac>"}};
}  // namespace detail

/// Writes a name: W₁ is W1 in C++, W₁ in Unicode, W_{1} in LaTeX and <msub>…</msub> in MathML; a derivative is
/// dL_dz1, ∂L/∂z₁, \frac{\partial L}{\partial z_{1}} and <mfrac>…</mfrac>.
constexpr void write_name(writer& out, script in, const value_name& name) {
    if (name.of.empty()) {
        detail::write_bare_name(out, in, name);
        return;
    }
    const auto s = static_cast<std::size_t>(in);
    out.put(detail::derivative_parts[s].open);
    detail::write_bare_name(out, in, {name.of});
    out.put(detail::derivative_parts[s].between);
    detail::write_bare_name(out, in, name);
    out.put(detail::derivative_parts[s].close);
}

/// The name of the derivative of one named value by another, ∂L/∂z₁: of a cotangent.
constexpr value_name derivative_name(const value_name& of, value_name by) {
    by.of = of.letters;
    return by;
}
constexpr void write_derivative_name(writer& out, script in, const value_name& of, const value_name& by) {
    write_name(out, in, derivative_name(of, by));
}

}  // namespace chainfold
