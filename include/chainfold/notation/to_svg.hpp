// SPDX-License-Identifier: BSL-1.0
#pragma once

// Pictures: to_svg and to_dot.

#include <chainfold/notation/picture/dot.hpp>
#include <chainfold/notation/picture/from_graph.hpp>
#include <chainfold/notation/picture/svg.hpp>
#include <chainfold/transform/consistent.hpp>

namespace chainfold {

template <class T, class Request>
class program;

namespace detail {

struct a_program;
template <class T, class Request>
struct shown_in_message<program<T, Request>> {
    using type = a_program;
};

/// What is drawn, and by which symbols a derivative is taken.
template <class E>
struct drawn {};
template <Expression E>
    requires Consistent<E>
struct drawn<E> {
    static graph_view graph() { return graph_of<E>().view(); }
    static std::vector<char> wanted() { return std::vector<char>(static_cast<std::size_t>(graph().symbol_count)); }
};
template <class Loss, class... V>
struct drawn_gradient {
    static graph_view graph() { return graph_of<Loss>().view(); }
    static std::vector<char> wanted() {
        std::vector<char> result(static_cast<std::size_t>(graph().symbol_count));
        for (std::size_t s = 0; s < result.size(); ++s)
            result[s] = ((graph().symbols[s].key == V::key) || ... || false);
        return result;
    }
};
template <bool WithValue, class Loss, class... V>
    requires ConsistentWith<Loss, V...>
struct drawn<gradient_request<WithValue, Loss, V...>> : drawn_gradient<Loss, V...> {};
template <class Loss, class... V>
    requires ConsistentWith<Loss, V...>
struct drawn<descent_request<Loss, V...>> : drawn_gradient<Loss, V...> {};

template <class E>
picture::drawing drawing_of() {
    return picture::graph_drawing(drawn<E>::graph(), drawn<E>::wanted()).run();
}

}  // namespace detail

/// What to_svg and to_dot take: an expression, or gradient(…), value_and_gradient(…), gradient_descent(…).
template <class E>
concept Drawable = requires { detail::drawn<E>::graph(); };

template <class E>
inline constexpr bool can_be_drawn = false;
template <class E>
struct nothing_to_draw : poison {
    static_assert(can_be_drawn<E>,
                  "to_svg and to_dot draw an expression, gradient(loss, v...) or value_and_gradient(loss, v...)");
};

namespace detail {
/// What is wrong with something that is to be drawn.
template <class E>
struct drawing_mistake {};
template <Expression E>
    requires(!Consistent<E>)
struct drawing_mistake<E> {
    using type = symbol_conflict_in<E>;
};
template <bool WithValue, class Loss, class... V>
    requires(!ConsistentWith<Loss, V...>)
struct drawing_mistake<gradient_request<WithValue, Loss, V...>> {
    using type = symbol_conflict_in<Loss, V...>;
};
template <class Loss, class... V>
    requires(!ConsistentWith<Loss, V...>)
struct drawing_mistake<descent_request<Loss, V...>> {
    using type = symbol_conflict_in<Loss, V...>;
};
template <class E>
    requires(!Drawable<E> && !Expression<E> && !is_poison<E>)
struct drawing_mistake<E> {
    using type = nothing_to_draw<typename shown_in_message<E>::type>;
};
}  // namespace detail

/// The graph of a computation as an SVG picture, complete in itself: values with their names and formulas, shapes at
/// the edges.  Of gradient(loss, v…) and its like, red edges show where the derivatives flow back.  It runs from left
/// to right where that fits 800 pixels, downwards otherwise.
template <class E>
    requires Drawable<E>
std::string to_svg(E) {
    const picture::drawing what = detail::drawing_of<E>();
    const picture::measures sizes;
    const picture::layout places = picture::lay_out(what, sizes);
    return picture::svg_writer(what, places, sizes).run();
}

/// The same in the language of Graphviz: dot -Tsvg draws it.
template <class E>
    requires Drawable<E>
std::string to_dot(E) {
    const picture::drawing what = detail::drawing_of<E>();
    return picture::dot_writer(what).run();
}

constexpr poison to_svg(const poison&) { return {}; }
constexpr poison to_dot(const poison&) { return {}; }
template <class E>
CHAINFOLD_MISTAKE(typename detail::drawing_mistake<E>::type to_svg(E))
template <class E>
CHAINFOLD_MISTAKE(typename detail::drawing_mistake<E>::type to_dot(E))

}  // namespace chainfold
