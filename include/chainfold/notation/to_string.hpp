// SPDX-License-Identifier: BSL-1.0
#pragma once

// An expression, or a shape, as text: C++, Unicode, LaTeX and MathML, constants all of them.

#include <chainfold/notation/plain.hpp>
#include <chainfold/transform/canonical.hpp>

namespace chainfold {

namespace detail {

/// What stands around a formula as a whole.
inline constexpr around_parts whole_formula[] = {
    {}, {}, {}, {"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">", "", "</math>"}};

template <class E, script In>
constexpr std::size_t print_into(char* out) {
    const auto view = canonical::printed_graph_of<E>().view();
    const around_parts& whole = whole_formula[static_cast<std::size_t>(In)];
    if constexpr (In == script::cpp) {
        writer w(out);
        plain_printer(view, w).print(view.outputs[0]);
        return w.size();
    } else {
        writer w(out, writer::unlimited);
        w.put(whole.open);
        basic_printer(view, dialect_of(In), w).print(view.outputs[0]);
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

template <std::size_t... N>
constexpr std::size_t print_shape_into(char* out) {
    writer w(out);
    std::size_t written = 0;
    w.put("shape<");
    ((w.put(written++ == 0 ? "" : ", "), w.put(static_cast<int>(N))), ...);
    w.put(">");
    return w.size();
}

}  // namespace detail

/// The formula as C++, with the fewest parentheses; a constant expression.  What was written is printed as it was
/// written, a derivative in canonical form.  A formula of more than 16384 characters ends with " ...";
/// to_string(e, where) names what is repeated instead.
template <Expression E>
    requires Consistent<E>
constexpr auto to_string(E) {
    return detail::printed<E, script::cpp>();
}
/// A shape as C++, to_string(shape_of(W)) == "shape<3, 4>"; that of a scalar is "shape<>".
template <std::size_t... N>
constexpr auto to_string(extents<N...>) {
    text<detail::print_shape_into<N...>(nullptr)> result;
    detail::print_shape_into<N...>(result.data());
    return result;
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

/// Writes the formula as to_string does, to std::cout or any stream that takes a std::string_view.
template <class Stream, Expression E>
    requires(Consistent<E> && requires(Stream& out) { out << std::string_view{}; })
Stream& operator<<(Stream& out, E e) {
    out << to_string(e).view();
    return out;
}
/// Writes a shape as to_string does.
template <class Stream, std::size_t... N>
    requires(requires(Stream& out) { out << std::string_view{}; })
Stream& operator<<(Stream& out, extents<N...> shape) {
    out << to_string(shape).view();
    return out;
}
template <class Stream>
Stream& operator<<(Stream& out, const poison&) {
    return out;
}
template <class Stream, Expression E>
    requires(!Consistent<E>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E> operator<<(Stream&, E))

constexpr poison to_string(const poison&) { return {}; }
constexpr poison to_unicode(const poison&) { return {}; }
constexpr poison to_latex(const poison&) { return {}; }
constexpr poison to_mathml(const poison&) { return {}; }
template <class X>
inline constexpr bool has_a_formula = false;
template <class X>
struct text_of_no_formula : poison {
    static_assert(has_a_formula<X>,
                  "to_string, to_unicode, to_latex, to_mathml: write an expression, gradient(e, v...) or value_and_gradient(e, v...)");
};
template <PlainValue X, class... More>
CHAINFOLD_MISTAKE(text_of_no_formula<X> to_string(const X&, const More&...))
template <PlainValue X, class... More>
CHAINFOLD_MISTAKE(text_of_no_formula<X> to_unicode(const X&, const More&...))
template <PlainValue X, class... More>
CHAINFOLD_MISTAKE(text_of_no_formula<X> to_latex(const X&, const More&...))
template <PlainValue X, class... More>
CHAINFOLD_MISTAKE(text_of_no_formula<X> to_mathml(const X&, const More&...))
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
