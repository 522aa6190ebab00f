// SPDX-License-Identifier: BSL-1.0
#pragma once

// What an operation says about itself, in one struct:
//
//   written               how it is written
//   shape(dims, count)    the result's dimensions, or no_dimensions if the operands do not fit
//   value(x…)             elementwise: the number, for scalars, constant expressions and SIMD vectors alike
//   partials(y, x…)       elementwise: ∂y/∂xᵢ for each operand, written with the result y where that is shorter
//   side(x…)              elementwise with pieces: a number that changes its sign from one piece to the other
//   evaluate(out, x)      other operations: all entries of the result, over any element type
//   pullback(i, c, y, x)  other operations: the cotangent of operand i from the cotangent c of the result y
//   pushforward(v, y, x)  only what is not linear in each operand: the tangent of y from the tangents v of the operands,
//                         of which those that do not move do not exist
//
// The chain rule itself is written once for each direction, in transform/differentiate.hpp and transform/forward.hpp.  Rules call ordinary functions (tanh, *, +)
// on handles; the same functions make types when they are called on expressions.

#include <array>
#include <concepts>
#include <string_view>

#include <chainfold/graph/handle.hpp>
#include <chainfold/math/math.hpp>
#include <chainfold/operation/registry.hpp>
#include <chainfold/shape/fixed_string.hpp>

namespace chainfold {

enum class style { function, infix, prefix, indexed, leaf };

/// How strongly an infix or prefix form binds; everything else binds strongest.
enum class precedence { comparison, sum, entrywise, product, prefix, power, primary };

/// How mathematics writes an operation.
enum class layout {
    function,     // tanh(x)
    infix,        // a + b
    negation,     // −x
    product,      // a b, and a ⊙ b entry by entry
    quotient,     // a over b
    reciprocal,   // 1 over x
    power,        // xⁿ
    exponential,  // eˣ
    root,         // √x
    magnitude,    // |x|
    choice,       // a where k holds, b elsewhere
    transposed,   // Aᵀ
    outer,        // a bᵀ
    inner,        // aᵀ b
    total,        // Σ x
    part,         // x[0], A[0, :], x[1:3]
    column,       // one below the other
    filled,       // x 𝟏, in all places
    leaf
};

/// The form and, for functions and infix operators, the name or sign, in Unicode.
struct formula {
    layout form = layout::function;
    detail::literal_view sign{};
};

/// As C++ and as mathematics.
struct notation {
    style form;
    detail::literal_view text;
    precedence binding = precedence::primary;
    formula mathematics{};
};

constexpr notation written_as(detail::literal_view name) {
    return {style::function, name, precedence::primary, {layout::function, name}};
}
constexpr notation written_as(detail::literal_view name, formula mathematics) {
    return {style::function, name, precedence::primary, mathematics};
}
constexpr notation infix(detail::literal_view sign, precedence binding, formula mathematics) {
    return {style::infix, sign, binding, mathematics};
}
constexpr notation indexed(detail::literal_view name, formula mathematics) {
    return {style::indexed, name, precedence::primary, mathematics};
}

/// Where the laws sample an operand: the open interval (low, high).
struct interval {
    double low = -2;
    double high = 2;
};

/// Elementwise operations: operands have one shape, or are scalars that count for every entry.
template <int Arity>
struct elementwise {
    static constexpr bool is_elementwise = true;
    static constexpr int arity = Arity;
    static constexpr interval domain{};

    static constexpr dimensions shape(const dimensions* x, int count) {
        dimensions result = x[0];
        for (int i = 1; i < count; ++i) {
            if (result.rank == 0) result = x[i];
            if (x[i].rank != 0 && !(x[i] == result)) return no_dimensions;
        }
        return result;
    }
};

/// All others.
template <int Arity>
struct structural {
    static constexpr bool is_elementwise = false;
    static constexpr int arity = Arity;
    static constexpr interval domain{};
};
inline constexpr int any_number = -1;

template <class Op>
concept Elementwise = Op::is_elementwise;

/// What a function of the library gives for operands of these types: a node for handles, a type for expressions.
/// Has no member `type` where the operands do not fit.
template <class Op, class... X>
struct application;

template <class Op, class... X>
using applied = typename application<Op, X...>::type;

constexpr handle make_node(builder& graph, std::int32_t operation, const int* operands, int count, dimensions dims,
                           std::int32_t parameter = 0) {
    return {&graph, graph.make({operation, dims, parameter, operands, count})};
}

template <class Op, std::same_as<handle>... Rest>
struct application<Op, handle, Rest...> {
    using type = handle;
    static constexpr handle make(handle first, Rest... rest) {
        const int ids[] = {first.id, rest.id...};
        const dimensions dims[] = {first.dims(), rest.dims()...};
        return make_node(*first.graph, operation_code<Op>, ids, 1 + sizeof...(Rest),
                         Op::shape(dims, 1 + sizeof...(Rest)));
    }
};

/// A unary operation with a parameter (an exponent, an offset) and, where it has no shape rule, a given shape.
template <class Op>
constexpr handle make_with(handle x, std::int32_t parameter, dimensions dims) {
    return make_node(*x.graph, operation_code<Op>, &x.id, 1, dims, parameter);
}

constexpr handle make_constant(builder& graph, const number& value) {
    return make_node(graph, operation_code<constant_op>, nullptr, 0, scalar_dimensions, graph.number_index(value));
}
constexpr handle make_constant(builder& graph, int value) { return make_constant(graph, math::from_integer(value)); }

/// A node's parameter in another builder, where symbols and numbers have places of their own.
constexpr std::int32_t parameter_in(builder& to, const graph_view& from, const node& n) {
    if (n.operation == operation_code<symbol_op>) return to.symbol_index(from.symbols[n.parameter]);
    if (n.operation == operation_code<constant_op>) return to.number_index(from.numbers[n.parameter]);
    return n.parameter;
}

/// The operands of a node, for the rules of operations that take any number of them.
struct operand_list {
    handle of{};
    constexpr handle operator[](int i) const { return of.operand(i); }
};

}  // namespace chainfold
