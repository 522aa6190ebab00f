// SPDX-License-Identifier: BSL-1.0
#pragma once

// Strictly lower triangular matrices, packed column by column: l = (L₁₀, L₂₀, …, L₂₁, …), n (n − 1) / 2 numbers.  To
// unpack and to pack are linear and each other's adjoint, so that the product with a packed matrix, and all its
// derivatives, are products of ordinary matrices: unpack_lower(l) * x.  And symmetric matrices, of which the lower
// triangle is a copy of the upper one.

#include <chainfold/operation/linear_algebra.hpp>

namespace chainfold {

namespace detail {
/// The number of rows of the matrix of which `count` entries stand below the diagonal; 0 if there is none.
constexpr int rows_with_below(int count) {
    int n = 2;
    while (n * (n - 1) / 2 < count) ++n;
    return n * (n - 1) / 2 == count ? n : 0;
}
}  // namespace detail

// L is 0 but for L(i, j) = l[k], i > j     l̄ = pack_lower(C)
struct unpack_lower_op : structural<1> {
    static constexpr notation written = written_as("unpack_lower");
    static constexpr dimensions shape(const dimensions* x, int) {
        const int n = x[0].rank == 1 ? detail::rows_with_below(x[0].rows) : 0;
        return n == 0 ? no_dimensions : matrix_dimensions(n, n);
    }
    static constexpr void evaluate(auto out, const auto& x) {
        const int n = out.dims.rows;
        for (int i = 0; i < n; ++i) {
            int k = i - 1;  // of L(i, 0)
            for (int j = 0; j < i; ++j, k += n - 1 - j) out.put(i * n + j, x[0][k]);
            for (int j = i; j < n; ++j) out.put(i * n + j, decltype(x[0][0]){});
        }
    }
    static constexpr handle pullback(int, auto c, auto, auto) { return pack_lower(c); }
};

// l[k] = A(i, j), i > j                    Ā = unpack_lower(c)
struct pack_lower_op : structural<1> {
    static constexpr notation written = written_as("pack_lower");
    static constexpr dimensions shape(const dimensions* x, int) {
        const int n = x[0].rows;
        return x[0].rank == 2 && n > 1 && n == x[0].columns ? vector_dimensions(n * (n - 1) / 2) : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        const int n = x[0].dims.rows;
        for (int j = 0, k = 0; j < n; ++j)
            for (int i = j + 1; i < n; ++i) out.put(k++, x[0][i * n + j]);
    }
    static constexpr handle pullback(int, auto c, auto, auto) { return unpack_lower(c); }
};

// S(i, j) = S(j, i) = A(i, j), i ≤ j       Ā = C − L + Lᵀ, L = C below the diagonal: entries of C meet above it
struct symmetric_op : structural<1> {
    static constexpr notation written = written_as("symmetric");
    static constexpr dimensions shape(const dimensions* x, int) {
        return x[0].rank == 2 && x[0].rows == x[0].columns ? x[0] : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        const int n = out.dims.rows;
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) out.put(i * n + j, x[0][i < j ? i * n + j : j * n + i]);
    }
    static constexpr handle pullback(int, auto c, auto y, auto) {
        if (y.dims().size() == 1) return c;
        const handle below = unpack_lower(pack_lower(c));
        return c - below + transpose(below);
    }
};

/// The n × n matrix whose entries below the diagonal are the n (n − 1) / 2 of the vector, column by column; 0
/// elsewhere.
template <class X>
constexpr applied<unpack_lower_op, X> unpack_lower(X x) {
    return application<unpack_lower_op, X>::make(x);
}
/// The entries below the diagonal of a square matrix, column by column.
template <class X>
constexpr applied<pack_lower_op, X> pack_lower(X x) {
    return application<pack_lower_op, X>::make(x);
}
/// The symmetric matrix that agrees with a square matrix on the diagonal and above it; what is below is not read.
template <class X>
constexpr applied<symmetric_op, X> symmetric(X x) {
    return application<symmetric_op, X>::make(x);
}

}  // namespace chainfold
