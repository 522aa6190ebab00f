// SPDX-License-Identifier: BSL-1.0
#pragma once

// simplify(e) and same(a, b): the canonical form of an expression, a stage of its own, which only those pay for who
// ask.

#include <chainfold/transform/consistent.hpp>
#include <chainfold/transform/written_form.hpp>

namespace chainfold {

namespace canonical {

// Three steps, each from one graph to another: the rules of the simplifier, the normal form, its notation.

constexpr void keep_symbols(builder& to, const graph_view& from) {
    for (int i = 0; i < from.symbol_count; ++i) to.symbol_index(from.symbols[i]);
}

constexpr builder ruled_graph(const graph_view& from) {
    builder to(simplification::simplify);
    keep_symbols(to, from);
    for (const handle& output : import_graph(to, from)) to.add_output(output.id);
    return to;
}

template <class Form = normal_form>
constexpr builder normal_graph(const graph_view& from) {
    Form n(&all_rules<Form>);
    keep_symbols(n.graph(), from);
    normalisation normal(n, from);
    for (int i = 0; i < from.output_count; ++i) {
        const value v = normal.output(i);
        n.graph().add_output(spread(n, n.scaled(v.factor, v.rest), v.dims));
    }
    return static_cast<builder&&>(n.graph());
}

template <class Form = normal_form>
constexpr builder written_graph(const graph_view& normal) {
    builder to;
    keep_symbols(to, normal);
    const Form n(normal);
    buffer<value> outputs;
    for (int i = 0; i < normal.output_count; ++i) outputs.push(value_of(n, n.output(i)));
    writing(to, n, outputs);
    return to;
}

/// Has the graph conditions, or parts of tensors?  Their rules are the simplifier's, for which a pass may make work.
constexpr bool has_parts(const graph_view& graph) {
    for (int id = 0; id < graph.node_count; ++id) {
        const std::int32_t of = graph[id].operation;
        if (of == operation_code<select_op> || of == operation_code<extract_op> || of == operation_code<embed_op> ||
            of == operation_code<stack_op>)
            return true;
    }
    return false;
}
inline constexpr int most_passes = 8;

constexpr bool have_equal_outputs(const graph_view& a, const graph_view& b) {
    builder both;
    const buffer<handle> x = import_graph(both, a), y = import_graph(both, b);
    for (int i = 0; i < x.size(); ++i)
        if (!x[i].is(y[i])) return false;
    return true;
}

/// The outputs of a graph in canonical form, with all symbols.
template <class Form = normal_form>
constexpr builder form_of_graph(const graph_view& from) {
    const auto pass = [](const graph_view& g) {
        return written_graph<Form>(normal_graph<Form>(ruled_graph(g).view()).view());
    };
    builder form = pass(from);
    for (int i = 1; i < most_passes && has_parts(form.view()); ++i) {
        builder next = pass(form.view());
        if (have_equal_outputs(form.view(), next.view())) break;
        form = static_cast<builder&&>(next);
    }
    return form;
}

// The same as stages, each a constant of its own.  A source is a type with a graph().

template <class... E>
struct expressions {
    static constexpr const auto& graph() { return graph_of<E...>(); }
};

constexpr graph_sizes with_half_more(const graph_sizes& s) {
    return {s.nodes + s.nodes / 2 + 16, s.pool + s.pool / 2 + 32, s.numbers + 8, s.symbols, s.outputs};
}
template <class Source>
struct ruled_stage {
    static constexpr graph_sizes guess = with_half_more(Source::graph().sizes);
    static constexpr builder build() { return ruled_graph(Source::graph().view()); }
};
template <class Source>
struct normal_stage {
    static constexpr const auto& source = graph_of_stage<ruled_stage<Source>>();
    static constexpr graph_sizes guess = with_half_more(source.sizes);
    static constexpr builder build() { return normal_graph(source.view()); }
};
template <class Source>
struct written_stage {
    static constexpr const auto& source = graph_of_stage<normal_stage<Source>>();
    static constexpr graph_sizes guess = with_half_more(source.sizes);
    static constexpr builder build() { return written_graph(source.view()); }
    static constexpr const auto& graph() { return graph_of_stage<written_stage>(); }
};

template <class Source, int Pass = 1>
constexpr const auto& form_of_source() {
    using next = written_stage<Source>;
    if constexpr (Pass == most_passes || !has_parts(next::graph().view()))
        return next::graph();
    else if constexpr (Pass > 1 && have_equal_outputs(Source::graph().view(), next::graph().view()))
        return next::graph();
    else
        return form_of_source<next, Pass + 1>();
}

/// The graph of expressions in canonical form: one output each.
template <class... E>
constexpr const auto& canonical_graph_of() {
    return form_of_source<expressions<E...>>();
}

/// A meaning that nobody has written, which is printed in canonical form, unless it has an order of its own.
template <class Meaning>
inline constexpr bool is_derived = false;
template <class E, class V, class... Seed>
inline constexpr bool is_derived<adjoint_of<E, V, Seed...>> = true;
template <class Stage, class E, class V>
inline constexpr bool is_derived<output_of<Stage, E, V>> = !requires { Stage::is_in_order; };

/// The graph that is printed.
template <class E>
constexpr const auto& printed_graph_of() {
    if constexpr (is_derived<definition_of<E>>)
        return canonical_graph_of<E>();
    else
        return graph_of<E>();
}

template <class A, class B>
constexpr bool have_one_form() {
    const graph_view both = canonical_graph_of<A, B>().view();
    return both.outputs[0] == both.outputs[1];
}

/// E in canonical form, as a meaning.
template <class E>
struct form_of {};

template <class E, class Meaning>
struct made_form {
    static constexpr hash_value key = combine(0x73696d706cu, E::key);
    using type = typename chainfold::detail::made_as<key, typename E::shape_type, form_of<E>>::type;
};
template <class E, class F>
struct made_form<E, form_of<F>> {
    using type = E;
};

}  // namespace canonical

template <class Result, class E>
struct lowering<Result, canonical::form_of<E>> {
    static constexpr int run(builder& to) {
        if (const int known = to.known(Result::key); known >= 0) return known;
        const auto& source = canonical::canonical_graph_of<E>();
        for (int i = 0; i < source.sizes.symbols; ++i) to.symbol_index(source.symbols[static_cast<std::size_t>(i)]);
        return to.remember(Result::key, import_graph(to, source.view())[0].id);
    }
};

/// The expression in canonical form: the same value for all real numbers where e has one, in the shortest usual
/// notation.  Expressions that are equal by the laws of docs/design/0007-canonical-form.md print alike.
template <Expression E>
constexpr typename canonical::made_form<E, definition_of<E>>::type simplify(E) {
    return {};
}

/// Are the expressions equal by these laws?  A constant expression.
template <Expression A, Expression B>
    requires Consistent<A, B>
constexpr bool same(A, B) {
    if constexpr (A::key == B::key)
        return true;
    else if constexpr (!std::is_same_v<typename A::shape_type, typename B::shape_type>)
        return false;
    else
        return canonical::have_one_form<A, B>();
}

template <class X>
struct simplify_of_no_expression : poison {
    static_assert(is_an_expression<X>,
                  "simplify(e) takes an expression; of a gradient(...), take each derivative(e, v)");
};
template <class A, class B>
inline constexpr bool are_both_expressions = false;
template <class A, class B>
struct same_of_no_expressions : poison {
    static_assert(are_both_expressions<A, B>,
                  "same(a, b) compares two expressions: give a number the suffix _c, as in 2_c or 0.5_c");
};

namespace detail {
template <class X>
struct shown_by_simplify {
    using type = X;
};
template <bool WithValue, class Loss, class... V>
struct shown_by_simplify<gradient_request<WithValue, Loss, V...>> {
    using type = typename Loss::shape_type;
};
template <class X>
using no_expression = simplify_of_no_expression<typename shown_by_simplify<X>::type>;
}  // namespace detail

constexpr poison simplify(const poison&) { return {}; }
template <class X>
    requires(!Expression<X> && !Poisoned<X>)
CHAINFOLD_MISTAKE(detail::no_expression<X> simplify(const X&))

template <class A, class B>
    requires Poisoned<A, B>
constexpr bool same(const A&, const B&) {
    return true;
}
template <class A, class B>
    requires(!(Expression<A> && Expression<B>) && !Poisoned<A, B>)
CHAINFOLD_MISTAKE(same_of_no_expressions<A, B> same(const A&, const B&))
template <Expression A, Expression B>
    requires(!Consistent<A, B>)
CHAINFOLD_MISTAKE(symbol_conflict_in<A, B> same(A, B))

}  // namespace chainfold
