// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/notation/plain.hpp>
#include <chainfold/transform/canonical.hpp>

namespace chainfold {

namespace detail {
template <class E>
constexpr std::size_t print_into(char* out) {
    const graph_view view = canonical::printed_graph_of<E>().view();
    writer w(out);
    plain_printer(view, w).print(view.outputs[0], precedence::comparison);
    return w.size();
}
template <class E>
inline constexpr std::size_t printed_length = print_into<E>(nullptr);

template <class E>
constexpr auto printed() {
    text<printed_length<E>> result;
    print_into<E>(result.data());
    return result;
}
}  // namespace detail

/// The formula as text, with the fewest parentheses; a constant expression.  What was written is printed as it was
/// written, a derivative in canonical form.  A formula of more than 16384 characters
/// ends with " ...".
template <Expression E>
    requires Consistent<E>
constexpr auto to_string(E) {
    return detail::printed<E>();
}
constexpr poison to_string(const poison&) { return {}; }
template <Expression E>
    requires(!Consistent<E>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E> to_string(E))

}  // namespace chainfold
