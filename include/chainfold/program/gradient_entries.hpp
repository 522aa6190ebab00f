// SPDX-License-Identifier: BSL-1.0
#pragma once

// The results of a gradient, by symbol.

#include <chainfold/expression/leaf.hpp>
#include <chainfold/expression/message.hpp>

namespace chainfold {

template <class Index>
inline constexpr bool is_one_of_its_symbols = false;
template <class Index>
struct indexed_by_no_symbol : poison {
    static_assert(is_one_of_its_symbols<Index>,
                  "gradient[W]: the index is the symbol itself, gradient[W](i, j) an entry of its derivative");
};
template <fixed_string Name>
inline constexpr bool is_in_the_gradient = false;
template <fixed_string Name>
struct no_such_derivative : poison {
    static_assert(is_in_the_gradient<Name>,
                  "gradient[symbol]: the program was not asked for the derivative by this symbol: "
                  "name it in gradient(...)");
};

/// Results by symbol: g[W] is what belongs to W.
template <class V, class Value>
struct gradient_entry {
    using symbol_type = V;
    Value values{};
    constexpr const Value& operator[](V) const { return values; }
};

/// The derivatives of a loss by symbols: gradient[W] has W's shape.
template <class... Entry>
struct gradient_entries : Entry... {
    using Entry::operator[]...;
    template <Symbol S>
        requires((S::key != Entry::symbol_type::key) && ...)
    CHAINFOLD_MISTAKE(no_such_derivative<name_of<S>> operator[](S) const)
};

/// The value of a loss and its derivatives.
template <class T, class Gradient>
struct value_and_gradient_result {
    T value{};
    Gradient gradient{};
};
template <class Gradient>
struct gradient_result {
    Gradient gradient{};
};

}  // namespace chainfold
