// SPDX-License-Identifier: BSL-1.0
#pragma once

// All derivatives of a node's entries by a variable's entries, as a matrix: a reverse pass for each row, or a forward
// pass for each column, whichever are fewer.  The passes meet in one builder, so that they share what they can.

#include <chainfold/transform/adjoints.hpp>
#include <chainfold/transform/forward.hpp>
#include <chainfold/transform/rows.hpp>

namespace chainfold {

/// How a Jacobian or a Hessian is found: by rows (reverse), by columns (forward), or as its shape suggests.
enum class mode { by_shape, forward, reverse };

namespace detail {

/// Column by column where there are fewer columns than rows.
constexpr mode mode_for(mode wanted, std::size_t rows, std::size_t columns) {
    if (wanted != mode::by_shape) return wanted;
    return columns < rows ? mode::forward : mode::reverse;
}

/// 1 in entry i of the shape, 0 elsewhere.
constexpr handle unit(builder& to, int i, const dimensions& dims) { return embed(make_constant(to, 1), i, dims); }

constexpr handle flattened(handle x) { return x.dims().rank == 2 ? reshape(x, vector_dimensions(x.dims().size())) : x; }

/// ∂yᵢ/∂xⱼ in row i, column j, by reverse mode.
constexpr handle rows_by_reverse(handle y, handle x) {
    buffer<int> rows(y.dims().size());
    for (int i = 0; i < rows.size(); ++i)
        rows[i] = flattened(reverse_pass(y, unit(*y.graph, i, y.dims()))[x]).id;
    return reshape(rows_together(*y.graph)(rows), matrix_dimensions(y.dims().size(), x.dims().size()));
}
/// ∂yᵢ/∂xⱼ in row j, column i, by forward mode.
constexpr handle columns_by_forward(handle y, handle x) {
    forward_pass pass(y);
    buffer<int> columns(x.dims().size());
    for (int j = 0; j < columns.size(); ++j) {
        const handle direction = unit(*y.graph, j, x.dims());
        columns[j] = flattened(pass(&x, &direction, 1)).id;
    }
    return reshape(rows_together(*y.graph)(columns), matrix_dimensions(x.dims().size(), y.dims().size()));
}

}  // namespace detail

/// ∂yᵢ/∂xⱼ with entries counted row by row: a matrix, size of y × size of x.
constexpr handle jacobian_matrix(handle y, handle x, mode how) {
    return how == mode::forward ? transpose(detail::columns_by_forward(y, x)) : detail::rows_by_reverse(y, x);
}
/// The same of a gradient y by its own variable: the upper triangle stands for the lower one.
constexpr handle symmetric_jacobian(handle y, handle x, mode how) {
    return symmetric(how == mode::forward ? detail::columns_by_forward(y, x) : detail::rows_by_reverse(y, x));
}

/// The stage of a Jacobian, by the mode that was chosen.
template <class E, class V, mode How, bool Symmetric = false>
struct jacobian_stage {
    static constexpr graph_sizes size = graph_of<E>().sizes;
    static constexpr int passes =
        static_cast<int>(How == mode::forward ? V::shape_type::size : E::shape_type::size);
    static constexpr graph_sizes guess{6 * size.nodes + 16 * passes + 32, 12 * size.nodes + 40 * passes + 64,
                                       size.numbers + 16, size.symbols + 1, 1};
    static constexpr builder build() {
        builder to(simplification::simplify);
        const handle root = detail::begin_simplified<E>(to)[0];
        const handle variable{&to, detail::symbol_node(to, symbol_of<V>)};
        to.add_output((Symmetric ? symmetric_jacobian : jacobian_matrix)(root, variable, How).id);
        return to;
    }
};

namespace detail {
/// The type of a Jacobian, m × n.
template <Expression E, Expression V, mode How, bool Symmetric = false>
struct made_jacobian {
    static constexpr std::size_t rows = E::shape_type::size, columns = V::shape_type::size;
    static constexpr mode how = mode_for(How, rows, columns);
    static constexpr hash_value key =
        combine(combine(combine(how == mode::forward ? 0x6a61666fu : 0x6a617265u, E::key), V::key), Symmetric);
    using type = typename made_as<key, extents<rows, columns>,
                                  output_of<jacobian_stage<E, V, how, Symmetric>, type_list<E>, type_list<V>>>::type;
};
}  // namespace detail

}  // namespace chainfold
