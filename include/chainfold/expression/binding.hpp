// SPDX-License-Identifier: BSL-1.0
#pragma once

// symbol = value, and what can be wrong with it.  Scalars are copied; everything else is referred to, and must live
// until the call is over.

#include <concepts>

#include <chainfold/expression/numbers.hpp>
#include <chainfold/tensor/contiguous.hpp>

namespace chainfold {

/// A symbol and the numbers it stands for in one call.  Those of an object that holds them are no view: they are
/// aligned, and no results of a program.
template <class S, class T, bool Batched = false, bool View = true>
struct binding {
    using symbol_type = S;
    using value_type = T;
    static constexpr bool is_batched = Batched, is_view = View;
    const T* values = nullptr;
    std::size_t count = 0;  // of numbers
    [[nodiscard]] constexpr const T* data() const { return values; }
};

/// A scalar symbol and its value.
template <class S, class T>
struct scalar_binding {
    using symbol_type = S;
    using value_type = T;
    static constexpr bool is_batched = false, is_view = false;
    T value{};
    std::size_t count = 1;
    [[nodiscard]] constexpr const T* data() const { return &value; }
};

/// S stands for samples, and the gradient by each of them is written: see gradient_into.  Few calls take it, so it is no
/// Binding; what it is one with, is.
template <class S, class T, class G>
struct gradient_binding : binding<S, T, true> {
    G* gradient = nullptr;
    std::size_t gradient_count = 0;
};

/// S stands for numbers that a program may change: see in_place.
template <class S, class T>
struct writable_binding {
    using symbol_type = S;
    using value_type = T;
    static constexpr bool is_batched = false, is_view = true;
    T* values = nullptr;
    std::size_t count = 0;
    [[nodiscard]] constexpr const T* data() const { return values; }
};

template <fixed_string Name, class Shape, std::size_t Given>
inline constexpr bool has_as_many_values = false;
template <fixed_string Name, class Shape, std::size_t Given>
struct binding_of_wrong_size : poison {
    static_assert(has_as_many_values<Name, Shape, Given>,
                  "symbol = value: the value must have as many numbers as the symbol's shape");
};
template <class Shape>
inline constexpr bool is_input_or_parameter = false;
template <class Shape>
struct binding_of_no_symbol : poison {
    static_assert(is_input_or_parameter<Shape>,
                  "symbol = value: only an input or a parameter can be bound, not an expression made of them");
};
template <class Number>
inline constexpr bool can_be_changed = false;
template <class Number>
struct binding_of_constant_in_place : poison {
    static_assert(can_be_changed<Number>,
                  "symbol = in_place(value): the value is constant; what is moved must be writable");
};
template <class Value>
inline constexpr bool holds_numbers = false;
template <class Value>
struct binding_of_no_numbers : poison {
    static_assert(holds_numbers<Value>,
                  "symbol = value: the value must be a number, an array, span, vector or tensor of numbers, or batch(...)");
};

/// A binding of the wrong size.  The call that it is meant for says so, unless there is nothing but a mistake to call.
template <class Verdict>
struct mistaken_binding {
    using verdict = Verdict;
};

template <class B>
inline constexpr bool is_binding = false;
template <class S, class T, bool Batched, bool View>
inline constexpr bool is_binding<binding<S, T, Batched, View>> = true;
template <class S, class T>
inline constexpr bool is_binding<scalar_binding<S, T>> = true;
template <class S, class T>
inline constexpr bool is_binding<writable_binding<S, T>> = true;

/// A program may change the numbers that this binds.
template <class B>
inline constexpr bool is_writable = false;
template <class S, class T>
inline constexpr bool is_writable<writable_binding<S, T>> = true;

/// What symbol = value gives.
template <class B>
concept Binding = is_binding<std::remove_cvref_t<B>>;

/// The binding of a symbol to a value, or, as `mistake`, the verdict on it.
template <class S, class Value>
struct binding_of {
    using mistake = binding_of_no_numbers<Value>;
};

template <class S, class Value>
    requires(!Symbol<S> && !Poisoned<Value>)
struct binding_of<S, Value> {
    using mistake = binding_of_no_symbol<typename S::shape_type>;
};

template <Symbol S, PlainNumber T>
    requires(S::shape_type::rank == 0)
struct binding_of<S, T> {
    using type = scalar_binding<S, T>;
    static constexpr type make(const T& value) { return {value}; }
};
template <Symbol S, PlainNumber T>
    requires(S::shape_type::rank > 0)
struct binding_of<S, T> {
    using wrong_size = binding_of_wrong_size<name_of<S>, typename S::shape_type, 1>;
    using type = mistaken_binding<wrong_size>;
    static constexpr type make(const T&) { return {}; }
};

namespace detail {
template <class S, class Value>
inline constexpr bool sizes_may_agree = contiguous_traits<Value>::size == dynamic_size ||
                                        contiguous_traits<Value>::size == S::shape_type::size;
}

template <Symbol S, Contiguous Value>
    requires(!Poisoned<Value> && detail::sizes_may_agree<S, Value>)
struct binding_of<S, Value> {
    using type = binding<S, typename contiguous_traits<Value>::value_type, false, !holds_its_numbers<Value>>;
    static constexpr type make(const Value& v) {
        return {contiguous_traits<Value>::data(v), contiguous_traits<Value>::count(v)};
    }
};
template <Symbol S, Contiguous Value>
    requires(!Poisoned<Value> && !detail::sizes_may_agree<S, Value>)
struct binding_of<S, Value> {
    using wrong_size = binding_of_wrong_size<name_of<S>, typename S::shape_type, contiguous_traits<Value>::size>;
    using type = mistaken_binding<wrong_size>;
    static constexpr type make(const Value&) { return {}; }
};

template <Symbol S, class T>
    requires(!std::is_const_v<T>)
struct binding_of<S, writable_numbers<T>> {
    using type = writable_binding<S, T>;
    static constexpr type make(const writable_numbers<T>& v) { return {v.data, v.count}; }
};

template <Symbol S, class T>
struct binding_of<S, writable_numbers<const T>> {
    using mistake = binding_of_constant_in_place<T>;
};

template <Symbol S, class T>
struct binding_of<S, batch_of_samples<T>> {
    using type = binding<S, T, true>;
    static constexpr type make(const batch_of_samples<T>& v) { return {v.data, v.count}; }
};

template <Symbol S, class T, class G>
struct binding_of<S, batch_with_gradient<T, G>> {
    using type = gradient_binding<S, T, G>;
    static constexpr type make(const batch_with_gradient<T, G>& v) {
        return {{v.data, v.count}, v.gradient, v.gradient_count};
    }
};

template <class S, class Value>
    requires Poisoned<Value>
struct binding_of<S, Value> {
    using type = poison;
    static constexpr poison make(const Value&) { return {}; }
};

}  // namespace chainfold
