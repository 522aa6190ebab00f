// SPDX-License-Identifier: BSL-1.0
#pragma once

// An expression as text: C++, Unicode, LaTeX and MathML, constants all of them.

#include <chainfold/notation/plain.hpp>
#include <chainfold/transform/consistent.hpp>

namespace chainfold {

namespace detail {

/// What stands around a formula as a whole.
inline constexpr around_parts whole_formula[] = {
    {}, {}, {}, {"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">", "", "</math>"}};

template <class E, script In>
constexpr std::size_t print_into(char* out) {
    const graph_view view = graph_of<E>().view();
    const around_parts& whole = whole_formula[static_cast<std::size_t>(In)];
    if constexpr (In == script::cpp) {
        writer w(out);
        plain_printer(view, w).print(view.outputs[0]);
        return w.size();
    } else {
        writer w(out, writer::unlimited);
        w.put(whole.open);
        printer(view, dialect_of(In), w).print(view.outputs[0]);
        w.put(whole.close);
        return w.size();
    }
}
template <class E, script In>
inline constexpr std::size_t printed_length = print_into<E, In>(nullptr);

template <class E, script In>
constexpr auto printed() {
    text<printed_length<E, In>> result;
    print_into<E, In>(result.data());
    return result;
}

}  // namespace detail

/// The formula as C++, with the fewest parentheses; a constant expression.  A formula of more than 16384 characters
/// ends with " ..."; to_string(e, where) names what is repeated instead.
template <Expression E>
    requires Consistent<E>
constexpr auto to_string(E) {
    return detail::printed<E, script::cpp>();
}
/// The formula as mathematics on a line, σ(W₁x + b₁); what is longer than 16384 characters is cut off with "…".
template <Expression E>
    requires Consistent<E>
constexpr auto to_unicode(E) {
    return detail::printed<E, script::unicode>();
}
/// The formula as LaTeX for math mode, \sigma(W_{1} x + b_{1}); amsmath is all that it needs.  What is longer than 16384
/// characters is cut off with \dots.
template <Expression E>
    requires Consistent<E>
constexpr auto to_latex(E) {
    return detail::printed<E, script::latex>();
}
/// The formula as a <math> element of MathML Core, for web pages; what is longer than 16384 characters is cut off
/// with "…".
template <Expression E>
    requires Consistent<E>
constexpr auto to_mathml(E) {
    return detail::printed<E, script::mathml>();
}

constexpr poison to_string(const poison&) { return {}; }
constexpr poison to_unicode(const poison&) { return {}; }
constexpr poison to_latex(const poison&) { return {}; }
constexpr poison to_mathml(const poison&) { return {}; }
template <Expression E>
    requires(!Consistent<E>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E> to_string(E))
template <Expression E>
    requires(!Consistent<E>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E> to_unicode(E))
template <Expression E>
    requires(!Consistent<E>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E> to_latex(E))
template <Expression E>
    requires(!Consistent<E>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E> to_mathml(E))

}  // namespace chainfold
