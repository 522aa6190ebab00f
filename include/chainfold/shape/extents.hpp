// SPDX-License-Identifier: BSL-1.0
#pragma once

// A shape twice: as a type, extents<3, 2>, for what users write and read in error messages, and as a value,
// dimensions, for the graph.  Rank 0 is a scalar, 1 a vector (a column of n), 2 a matrix (rows, columns).
// Tensors are row-major and contiguous: entry (i, j) of a matrix is number i * columns + j.

#include <cstddef>
#include <cstdint>

namespace chainfold {

template <std::size_t... N>
inline constexpr bool are_at_most_two = sizeof...(N) <= 2;
template <std::size_t... N>
inline constexpr bool are_at_least_one = ((N > 0) && ...);

/// The shape of an expression or tensor: extents<> is a scalar, extents<n> a vector, extents<m, n> a matrix.
template <std::size_t... N>
struct extents {
    static_assert(are_at_most_two<N...>,
                  "a shape has at most two extents: a scalar <>, a vector <n>, a matrix <m, n>");
    static_assert(are_at_least_one<N...>,
                  "every extent of a shape must be at least 1");
    static constexpr std::size_t rank = sizeof...(N);
    static constexpr std::size_t size = (std::size_t{1} * ... * N);

    template <std::size_t... M>
    friend constexpr bool operator==(extents, extents<M...>) {
        return false;
    }
    friend constexpr bool operator==(extents, extents) { return true; }
};

/// shape<3, 2> is the value to compare shape_of(…) with.
template <std::size_t... N>
inline constexpr extents<N...> shape{};

/// The same fact as a value: a scalar is {0, 1, 1}, a vector of n {1, n, 1}, a matrix {2, m, n}.
struct dimensions {
    std::int8_t rank = 0;
    std::int32_t rows = 1;
    std::int32_t columns = 1;

    [[nodiscard]] constexpr int size() const { return rows * columns; }
    friend constexpr bool operator==(const dimensions& a, const dimensions& b) {
        return a.rank == b.rank && a.rows == b.rows && a.columns == b.columns;
    }
};

inline constexpr dimensions scalar_dimensions{};
/// What a shape rule answers when the operands do not fit.
inline constexpr dimensions no_dimensions{-1, 0, 0};

/// The dimensions of a vector of n.
constexpr dimensions vector_dimensions(int n) { return {1, n, 1}; }
/// The dimensions of a matrix of rows × columns.
constexpr dimensions matrix_dimensions(int rows, int columns) { return {2, rows, columns}; }

/// The value that says what a shape type says: dimensions_of(extents<3, 2>{}) is {2, 3, 2}.
constexpr dimensions dimensions_of(extents<>) { return {}; }
template <std::size_t N>
constexpr dimensions dimensions_of(extents<N>) {
    return vector_dimensions(static_cast<int>(N));
}
template <std::size_t M, std::size_t N>
constexpr dimensions dimensions_of(extents<M, N>) {
    return matrix_dimensions(static_cast<int>(M), static_cast<int>(N));
}

namespace detail {
template <int Rank, std::size_t Rows, std::size_t Columns>
struct extents_from;
template <>
struct extents_from<0, 1, 1> {
    using type = extents<>;
};
template <std::size_t Rows>
struct extents_from<1, Rows, 1> {
    using type = extents<Rows>;
};
template <std::size_t Rows, std::size_t Columns>
struct extents_from<2, Rows, Columns> {
    using type = extents<Rows, Columns>;
};
template <dimensions D>
struct extents_of_value {
    using type =
        typename extents_from<D.rank, static_cast<std::size_t>(D.rows), static_cast<std::size_t>(D.columns)>::type;
};
}  // namespace detail

/// The type that says what a dimensions value says.
template <dimensions D>
using extents_of = typename detail::extents_of_value<D>::type;

}  // namespace chainfold
