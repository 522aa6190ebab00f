// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a network is made of, as a text: "linear(64, 32), relu, linear(32, 10)".
//
// A layer is called by the name of its type, without namespaces, and by its template arguments; arguments that are the
// default ones are left out, so that the text is the same with every compiler.  A layer that wants another name has a
// static member `name`.

#include <type_traits>

#include <chainfold/nn/sequential.hpp>
#include <chainfold/notation/to_string.hpp>

namespace chainfold::nn {

namespace detail {

// The compiler's text holds "X = " and then what X is, up to the last bracket.
template <auto X>
constexpr const char* text_of_value() {
    return __PRETTY_FUNCTION__;
}
template <class X>
constexpr const char* text_of_type() {
    return __PRETTY_FUNCTION__;
}
constexpr std::string_view after_equals_sign(std::string_view pretty) {
    const std::size_t begin = pretty.find("X = ") + 4;
    return pretty.substr(begin, pretty.rfind(']') - begin);
}

/// "residual" in "(anonymous namespace)::residual<…>", without arguments and what encloses it.
constexpr std::string_view identifier_in(std::string_view type) {
    if (type.ends_with('>')) {
        std::size_t depth = 0, i = type.size();
        do {
            --i;
            depth += type[i] == '>';
            depth -= type[i] == '<';
        } while (depth > 0 && i > 0);
        if (i > 0) type = type.substr(0, i);
    }
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    std::size_t begin = type.size();
    while (begin > 0 && is_letter(type[begin - 1])) --begin;
    return begin < type.size() ? type.substr(begin) : "lambda";
}

/// The fewest decimal digits that mean this number; 17 of them do for any.
constexpr void write_number(writer& out, double value) {
    const double size = value < 0 ? -value : value;
    int exponent = 0;  // of the last digit
    for (double scaled = size; scaled != static_cast<double>(static_cast<std::int64_t>(scaled)) && exponent > -17;) {
        --exponent;
        const auto digits = static_cast<std::int64_t>(size * math::to<double>(number{1, 1, -exponent}) + 0.5);
        scaled = math::to<double>(number{digits, 1, exponent}) == size ? 0 : 0.5;
    }
    const auto digits = static_cast<std::int64_t>(size * math::to<double>(number{1, 1, -exponent}) + 0.5);
    char text[math::longest_number]{};
    const int length = math::print(number{value < 0 ? -digits : digits, 1, exponent}, text);
    out.put(std::string_view(text, static_cast<std::size_t>(length)));
}

template <class Layer>
constexpr void write_layer(writer& out);

template <auto Value>
constexpr void write_argument(writer& out) {
    using type = std::remove_const_t<decltype(Value)>;
    if constexpr (std::is_same_v<type, bool>)
        out.put(Value ? "true" : "false");
    else if constexpr (std::is_integral_v<type>)
        out.put(static_cast<int>(Value));
    else if constexpr (std::is_floating_point_v<type>)
        write_number(out, static_cast<double>(Value));
    else if constexpr (std::is_enum_v<type>)
        out.put(identifier_in(after_equals_sign(text_of_value<Value>())));
    else if constexpr (Expression<type>)
        out.put(to_string(Value).view());
    else if constexpr (requires { Value.view(); })
        out.put(Value.view());
    else
        out.put("...");
}

/// Writes "(a, b)", and nothing if there is nothing in it.
template <class... Write>
constexpr void write_arguments(writer& out, Write... write) {
    if constexpr (sizeof...(Write) > 0) {
        out.put("(");
        bool first = true;
        ((out.put(first ? "" : ", "), first = false, write(out)), ...);
        out.put(")");
    }
}

/// The arguments that name a type, without those at the end that are the default ones.
template <template <auto...> class Layer, class Type, class Taken, auto... Rest>
struct needed_values;
template <auto... V>
struct values {
    static constexpr void write(writer& out) { write_arguments(out, write_argument<V>...); }
};
template <template <auto...> class Layer, class Type, auto... Taken>
struct needed_values<Layer, Type, values<Taken...>> : values<Taken...> {};
template <template <auto...> class Layer, class Type, auto... Taken, auto Next, auto... Rest>
struct needed_values<Layer, Type, values<Taken...>, Next, Rest...>
    : needed_values<Layer, Type, values<Taken..., Next>, Rest...> {};
template <template <auto...> class Layer, class Type, auto... Taken, auto Next, auto... Rest>
    requires std::is_same_v<Layer<Taken...>, Type>
struct needed_values<Layer, Type, values<Taken...>, Next, Rest...> : values<Taken...> {};

/// What the type of a layer is made of.
template <class Layer>
struct template_arguments {
    static constexpr void write(writer&) {}
};
template <template <auto...> class Layer, auto... V>
struct template_arguments<Layer<V...>> : needed_values<Layer, Layer<V...>, values<>, V...> {};
template <template <class...> class Layer, class... Part>
struct template_arguments<Layer<Part...>> {
    static constexpr void write(writer& out) { write_arguments(out, write_layer<Part>...); }
};
template <template <class, auto...> class Layer, class Part, auto First, auto... V>
struct template_arguments<Layer<Part, First, V...>> {
    static constexpr void write(writer& out) {
        write_arguments(out, write_layer<Part>, write_argument<First>, write_argument<V>...);
    }
};
template <template <auto, class...> class Layer, auto V, class First, class... Part>
struct template_arguments<Layer<V, First, Part...>> {
    static constexpr void write(writer& out) {
        write_arguments(out, write_argument<V>, write_layer<First>, write_layer<Part>...);
    }
};

template <class Layer>
constexpr void write_layer(writer& out) {
    if constexpr (requires { std::string_view(Layer::name); }) {
        out.put(std::string_view(Layer::name));
    } else {
        out.put(identifier_in(after_equals_sign(text_of_type<Layer>())));
        template_arguments<Layer>::write(out);
    }
}

template <class... Layer>
constexpr std::size_t write_layers(char* to) {
    writer out(to);
    bool first = true;
    ((out.put(first ? "" : ", "), first = false, write_layer<Layer>(out)), ...);
    return out.size();
}
template <class... Layer>
inline constexpr std::size_t length_of_layers = write_layers<Layer...>(nullptr);

template <class Model>
struct architecture;
template <class T, class... Layer>
struct architecture<sequential<T, Layer...>> {
    static constexpr auto text = [] {
        chainfold::text<length_of_layers<Layer...>> written;
        write_layers<Layer...>(written.data());
        return written;
    }();
};

}  // namespace detail

/// The layers of a model as a text, such as "linear(64, 32), relu, linear(32, 10)"; a constant.
template <class Model>
    requires(!Poisoned<Model>)
inline constexpr std::string_view architecture_of = detail::architecture<Model>::text.view();

}  // namespace chainfold::nn
