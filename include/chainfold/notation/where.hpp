// SPDX-License-Identifier: BSL-1.0
#pragma once

// Large formulas: what they repeat is named, and stands below, once.
//
//     outer(delta, x)
//     where a = sigmoid(W1 * x + b1)
//           delta = …
//
// The text grows with the graph, not with the formula written out: of a gradient, linearly with the layers.

#include <chainfold/notation/naming.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/request.hpp>

namespace chainfold {

/// Asks for names, as in to_string(e, where).
struct where_names {};
/// Asks for names: to_string(e, where).
inline constexpr where_names where{};

namespace detail {

/// What separates the lines of a text, and the name and the formula of a line.
struct line_marks {
    literal_view open, next, name, equals, where, indent, close;
};
inline constexpr line_marks marks_of[] = {
    {"", "\n", "", " = ", "where ", "      ", ""},
    {"", "\n", "", " = ", "where ", "      ", ""},
    {"\\begin{aligned}\n& ", " \\\\\n& ", "", " = ", "\\text{where } ", "\\phantom{\\text{where } }",
     "\n\\end{aligned}"},
    {"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mtable>\n"
     "<mtr><mtd style=\"text-align:left\">",
     "</mtd></mtr>\n<mtr><mtd style=\"text-align:left\">", "", "<mo>=</mo>", "<mtext>where&#xA0;</mtext>",
     "<mphantom><mtext>where&#xA0;</mtext></mphantom>", "</mtd></mtr>\n</mtable></math>"}};

/// One of the results that a listing begins with.
struct listed_result {
    int id = 0;
    value_name name{};  // none: only the formula
};

/// The results, and below them what they share.
template <class Graph>
constexpr long_text list_formulas(const Graph& graph, script in, const basic_naming<Graph>& names,
                                  const listed_result* results, int count) {
    const line_marks& marks = marks_of[static_cast<std::size_t>(in)];
    long_text text;
    text.reserve(graph.node_count * (in == script::mathml ? 120 : 30));
    writer out(text);
    basic_printer formulas(graph, dialect_of(in), out, names.data(), writer::unlimited);
    out.put(marks.open);
    for (int i = 0; i < count; ++i) {
        if (i > 0) out.put(marks.next);
        if (results[i].name.exists()) {
            write_name(out, in, results[i].name);
            out.put(marks.equals);
        }
        formulas.print(results[i].id);
    }
    bool first = true;
    for (int id = 0; id < graph.node_count; ++id) {
        if (graph[id].count == 0 || !names[id].exists()) continue;
        out.put(marks.next);
        out.put(first ? marks.where : marks.indent);
        first = false;
        write_name(out, in, names[id]);
        out.put(marks.equals);
        formulas.print_formula(id);
    }
    out.put(marks.close);
    return text;
}

template <script In, Expression E>
constexpr long_text list_expression() {
    const graph_view graph = graph_of<E>().view();
    const listed_result result{graph.outputs[0]};
    return list_formulas(graph, In, naming(graph, naming_of::shared), &result, 1);
}

template <script In, bool WithValue, class Loss, class... V>
constexpr long_text list_gradient() {
    graph_view graph = derivative_request<WithValue, Loss, V...>::graph().view();
    const int value = graph.outputs[0];
    constexpr int first = WithValue ? 0 : 1;
    graph.outputs += first;  // what only the value needs is not listed
    graph.output_count -= first;
    const naming names(graph, naming_of::shared, value);
    constexpr std::string_view symbols[] = {definition_of<V>::name..., {}};
    listed_result results[sizeof...(V) + 1];
    for (int i = 0; i < graph.output_count; ++i) {
        const bool is_value = i + first == 0;
        results[i].id = graph.outputs[i];
        results[i].name = is_value ? names.root() : derivative_name(names.root(), math_name(symbols[i + first - 1]));
    }
    return list_formulas(graph, In, names, results, graph.output_count);
}

/// What can be listed: an expression, or a gradient.
template <script In, class E>
struct listing;
template <script In, Expression E>
    requires Consistent<E>
struct listing<In, E> {
    static constexpr long_text make() { return list_expression<In, E>(); }
};
template <script In, bool WithValue, class Loss, class... V>
    requires ConsistentWith<Loss, V...>
struct listing<In, gradient_request<WithValue, Loss, V...>> {
    static constexpr long_text make() { return list_gradient<In, WithValue, Loss, V...>(); }
};
template <class E>
concept Listed = requires { listing<script::cpp, E>::make(); };
template <class E>
concept ListedGradient = Listed<E> && !Expression<E>;

}  // namespace detail

/// The formula as C++, with a line below for each value that it would repeat: "where a1 = sigmoid(W1 * x + b1)".  Of
/// gradient(…) and value_and_gradient(…), a line for each result.
template <detail::Listed E>
constexpr long_text to_string(E, where_names) {
    return detail::listing<script::cpp, E>::make();
}
/// As mathematics in Unicode, "where a₁ = σ(W₁x + b₁)".
template <detail::Listed E>
constexpr long_text to_unicode(E, where_names) {
    return detail::listing<script::unicode, E>::make();
}
/// As an aligned environment of LaTeX, for display math.
template <detail::Listed E>
constexpr long_text to_latex(E, where_names) {
    return detail::listing<script::latex, E>::make();
}
/// As a <math> element of MathML with a row for each line.
template <detail::Listed E>
constexpr long_text to_mathml(E, where_names) {
    return detail::listing<script::mathml, E>::make();
}

template <detail::ListedGradient E>
constexpr long_text to_string(E e) {
    return to_string(e, where);
}
template <detail::ListedGradient E>
constexpr long_text to_unicode(E e) {
    return to_unicode(e, where);
}
template <detail::ListedGradient E>
constexpr long_text to_latex(E e) {
    return to_latex(e, where);
}
template <detail::ListedGradient E>
constexpr long_text to_mathml(E e) {
    return to_mathml(e, where);
}

constexpr poison to_string(const poison&, where_names) { return {}; }
constexpr poison to_unicode(const poison&, where_names) { return {}; }
constexpr poison to_latex(const poison&, where_names) { return {}; }
constexpr poison to_mathml(const poison&, where_names) { return {}; }
template <Conflicting E>
CHAINFOLD_MISTAKE(conflict_in_request<E> to_string(E, where_names))
template <Conflicting E>
CHAINFOLD_MISTAKE(conflict_in_request<E> to_unicode(E, where_names))
template <Conflicting E>
CHAINFOLD_MISTAKE(conflict_in_request<E> to_latex(E, where_names))
template <Conflicting E>
CHAINFOLD_MISTAKE(conflict_in_request<E> to_mathml(E, where_names))

}  // namespace chainfold
