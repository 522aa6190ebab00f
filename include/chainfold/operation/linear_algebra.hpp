// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products of vectors and matrices.  All are linear in each operand, so a rule is a pullback: the cotangent of one
// operand from the cotangent c of the result.

#include <chainfold/operation/arithmetic.hpp>

namespace chainfold {

// y = A b   (m×k by k, or by k×n)          Ā = c bᵀ, b̄ = Aᵀ c
struct product_op : structural<2> {
    static constexpr notation written = infix("*", precedence::product, {layout::product});
    static constexpr dimensions shape(const dimensions* x, int) {
        if (x[0].rank != 2 || x[1].rank == 0 || x[0].columns != x[1].rows) return no_dimensions;
        return {x[1].rank, x[0].rows, x[1].columns};
    }
    static constexpr void evaluate(auto out, const auto& x) {
        const int rows = x[0].dims.rows, inner = x[0].dims.columns, columns = x[1].dims.columns;
        for (int i = 0; i < rows; ++i)
            for (int j = 0; j < columns; ++j) {
                auto sum = x[0][i * inner] * x[1][j];
                for (int k = 1; k < inner; ++k) sum += x[0][i * inner + k] * x[1][k * columns + j];
                out.put(i * columns + j, sum);
            }
    }
    static constexpr handle pullback(int i, auto c, auto, auto x) {
        if (i == 1) return transpose(x[0]) * c;
        return x[1].dims().rank == 1 ? outer(c, x[1]) : c * transpose(x[1]);
    }
};

// Y = a bᵀ  (m by n)                       ā = C b, b̄ = Cᵀ a
struct outer_op : structural<2> {
    static constexpr notation written = written_as("outer", {layout::outer});
    static constexpr dimensions shape(const dimensions* x, int) {
        return x[0].rank == 1 && x[1].rank == 1 ? matrix_dimensions(x[0].rows, x[1].rows) : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        const int rows = out.dims.rows, columns = out.dims.columns;
        for (int i = 0; i < rows; ++i)
            for (int j = 0; j < columns; ++j) out.put(i * columns + j, x[0][i] * x[1][j]);
    }
    static constexpr handle pullback(int i, auto c, auto, auto x) { return i == 0 ? c * x[1] : transpose(c) * x[0]; }
};

// Y = Aᵀ                                   Ā = Cᵀ
struct transpose_op : structural<1> {
    static constexpr notation written = written_as("transpose", {layout::transposed});
    static constexpr dimensions shape(const dimensions* x, int) {
        return x[0].rank == 2 ? matrix_dimensions(x[0].columns, x[0].rows) : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        const int rows = out.dims.rows, columns = out.dims.columns;
        for (int i = 0; i < rows; ++i)
            for (int j = 0; j < columns; ++j) out.put(i * columns + j, x[0][j * rows + i]);
    }
    static constexpr handle pullback(int, auto c, auto, auto) { return transpose(c); }
};

// y = Σ aₖ bₖ over all entries             ā = c b, b̄ = c a
struct dot_op : structural<2> {
    static constexpr notation written = written_as("dot", {layout::inner});
    static constexpr dimensions shape(const dimensions* x, int) {
        return x[0].rank > 0 && x[0] == x[1] ? scalar_dimensions : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        auto sum = x[0][0] * x[1][0];
        for (int k = 1; k < x[0].dims.size(); ++k) sum += x[0][k] * x[1][k];
        out.put(0, sum);
    }
    static constexpr handle pullback(int i, auto c, auto, auto x) { return hadamard(c, x[1 - i]); }
};

/// a bᵀ: the matrix of all products of an entry of a with an entry of b; m and n give m × n.
template <class A, class B>
constexpr applied<outer_op, A, B> outer(A a, B b) {
    return application<outer_op, A, B>::make(a, b);
}
/// Aᵀ: n × m of an m × n matrix.
template <class X>
constexpr applied<transpose_op, X> transpose(X x) {
    return application<transpose_op, X>::make(x);
}
/// Σ aₖ bₖ: the inner product of two vectors, or of two matrices entry by entry (Frobenius): a scalar.
template <class A, class B>
constexpr applied<dot_op, A, B> dot(A a, B b) {
    return application<dot_op, A, B>::make(a, b);
}

// On handles, * is scaling where one side is a scalar, and the matrix product otherwise.
constexpr handle operator*(handle a, handle b) {
    if (a.dims().rank == 0 || b.dims().rank == 0) return hadamard(a, b);
    return application<product_op, handle, handle>::make(a, b);
}
constexpr handle operator*(int a, handle b) { return make_constant(*b.graph, a) * b; }

}  // namespace chainfold
