// SPDX-License-Identifier: BSL-1.0
#pragma once

// What users write: empty objects whose type says what they compute.
//
// The visible type is expression<Key, Shape>, a structural hash and the shape.  What it means, call<Op, P, Operands…>,
// is attached to it once by a friend function, so a type never spells its operands: messages, symbol names and debug
// information stay small however deep an expression is and however often a part of it is used.

#include <concepts>

#include <chainfold/expression/message.hpp>
#include <chainfold/operation/table.hpp>
#include <chainfold/shape/fixed_string.hpp>

namespace chainfold {

template <class Symbol, class Value>
struct binding_of;  // expression/binding.hpp

template <class Shape>
inline constexpr bool has_entries = false;
template <class Shape>
struct entry_of_an_expression : poison {
    static_assert(has_entries<Shape>,
                  "an expression has no x[i] and no A(i, j): write element<i>(x), element<i, j>(A) or row<i>(A)");
};
template <class Shape>
inline constexpr bool is_a_condition = false;

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"
#endif
/// An expression of the given shape (extents<…>).  Empty; copied freely; equal expressions have one type.
template <hash_value Key, class Shape>
struct expression {
    static constexpr hash_value key = Key;
    using shape_type = Shape;
    friend constexpr auto definition(expression);

    /// symbol = value: binds an input or a parameter for a call of evaluate or of a program.
    template <class Value>
    [[nodiscard("symbol = value changes nothing: it is an argument of a call")]] constexpr
        typename binding_of<expression, Value>::type operator=(const Value& value) const {
        return binding_of<expression, Value>::make(value);
    }
    /// x = {1.0, 2.0}, for as long as the call lasts.
    template <class T, std::size_t N>
    [[nodiscard("symbol = value changes nothing: it is an argument of a call")]] constexpr
        typename binding_of<expression, T[N]>::type operator=(const T (&values)[N]) const {
        return binding_of<expression, T[N]>::make(values);
    }
    template <class Value>
    CHAINFOLD_MISTAKE(typename binding_of<expression, Value>::mistake operator=(const Value&) const)
    template <class T, std::size_t N>
    CHAINFOLD_MISTAKE(typename binding_of<expression, T[N]>::mistake operator=(const T (&)[N]) const)

    template <class... I>
    CHAINFOLD_MISTAKE(entry_of_an_expression<Shape> operator()(I...) const)
    template <class I>
    CHAINFOLD_MISTAKE(entry_of_an_expression<Shape> operator[](I) const)
    // For std::exp(x) and double d = x.  Deleted, so that nothing follows; the compilers print the line with its sentence.
    template <std::same_as<double> Number>
    operator Number() const = delete;  // an expression is no number: exp(x), not std::exp(x); evaluate(f, x = ...)
    template <std::same_as<bool> Condition>
    explicit constexpr operator Condition() const {
        static_assert(is_a_condition<Shape>,
                      "a comparison of expressions is an expression: write select(a < b, x, y) instead of if, ?: or std::max");
        return true;
    }
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// Attaches a meaning to a type that declares definition as a friend.
template <class Named, class Meaning>
struct define {
    friend constexpr auto definition(Named) { return Meaning{}; }
};

/// What an expression means: an operation, its parameter, and the operands.
template <class Op, auto Parameter, class... Operand>
struct call {};

/// A symbol's meaning.
template <fixed_string Name, class Shape, bool Trained>
struct named {
    static constexpr bool is_symbol = true;
    static constexpr std::string_view name = Name.view();
    static constexpr bool is_trained = Trained;
};

/// What an expression type means.
template <class E>
using definition_of = decltype(definition(E{}));

namespace detail {

template <class Op, hash_value Parameter, hash_value... Operand>
constexpr hash_value key_of_call(const dimensions& dims) {
    hash_value key = combine(static_cast<hash_value>(operation_code<Op>), Parameter);
    key = combine(key, dims);
    ((key = combine(key, Operand)), ...);
    return key;
}

constexpr hash_value hash_of(std::int64_t parameter) { return static_cast<hash_value>(parameter); }
constexpr hash_value hash_of(const number& n) {
    return combine(combine(static_cast<hash_value>(n.numerator), static_cast<hash_value>(n.denominator)),
                   static_cast<hash_value>(n.exponent));
}

/// Names the type and, by deriving, attaches the meaning to it.
template <hash_value Key, class Shape, class Meaning>
struct made_as : define<expression<Key, Shape>, Meaning> {
    using type = expression<Key, Shape>;
};

template <class Op, auto Parameter, class Shape, class... Operand>
using made = made_as<key_of_call<Op, hash_of(Parameter), Operand::key...>(dimensions_of(Shape{})), Shape,
                     call<Op, Parameter, Operand...>>;

template <class Op, class... Shape>
constexpr dimensions result_of() {
    const dimensions dims[] = {dimensions_of(Shape{})...};
    return Op::shape(dims, sizeof...(Shape));
}

}  // namespace detail

/// The expression for an operation with these operands.
template <class Op, auto Parameter, class Shape, class... Operand>
using make_expression = typename detail::made<Op, Parameter, Shape, Operand...>::type;

template <class X>
inline constexpr bool is_expression = false;
template <hash_value Key, class Shape>
inline constexpr bool is_expression<expression<Key, Shape>> = true;

/// What the functions of the library calculate with.
template <class X>
concept Expression = is_expression<std::remove_cvref_t<X>>;

template <class Op, class... Shape>
inline constexpr bool fits = detail::result_of<Op, Shape...>().rank >= 0;

template <class Op, hash_value... Key, class... Shape>
    requires(sizeof...(Key) > 0 && fits<Op, Shape...>)
struct application<Op, expression<Key, Shape>...> {
    using type = make_expression<Op, 0, extents_of<detail::result_of<Op, Shape...>()>, expression<Key, Shape>...>;
    static constexpr type make(expression<Key, Shape>...) { return {}; }
};

template <class Op, class... X>
    requires Poisoned<X...>
struct application<Op, X...> {
    using type = poison;
    static constexpr poison make(const X&...) { return {}; }
};

/// The shape of an expression, to compare with shape<…>.
template <hash_value Key, class Shape>
constexpr Shape shape_of(expression<Key, Shape>) {
    return {};
}
constexpr poison shape_of(const poison&) { return {}; }

}  // namespace chainfold
