// SPDX-License-Identifier: BSL-1.0
#pragma once

// All derivatives of a node's entries by a variable's entries, as a matrix: a reverse pass for each row, or a forward
// pass for each column, whichever are fewer.  The passes meet in one builder, so that they share what they can; where
// all of them are one formula, one pass suffices.

#include <chainfold/transform/adjoints.hpp>
#include <chainfold/transform/forward.hpp>
#include <chainfold/transform/linear_map.hpp>

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

constexpr handle stacked(const buffer<int>& rows, const dimensions& whole, builder& to) {
    const handle first{&to, rows[0]};
    if (rows.size() == 1) return first.dims().rank == 0 ? broadcast(first, whole) : reshape(first, whole);
    const int count = rows.size();
    return reshape(make_node(to, operation_code<stack_op>, rows.data(), count,
                             first.dims().rank == 0 ? vector_dimensions(count) : whole),
                   whole);
}

/// pass(c) for every unit vector c of the shape, as the rows of a matrix of so many columns.
template <class Pass>
constexpr handle rows_of(handle shape, int columns, Pass pass) {
    buffer<int> rows(shape.dims().size());
    for (int i = 0; i < rows.size(); ++i) rows[i] = flattened(pass(unit(*shape.graph, i, shape.dims()))).id;
    return stacked(rows, matrix_dimensions(rows.size(), columns), *shape.graph);
}
/// The same from one pass, where that is possible; as columns if these are wanted.
template <class Pass>
constexpr handle all_at_once(handle y, handle x, bool by_columns, Pass pass) {
    const handle of = by_columns ? x : y;
    if (of.dims().size() == 1 || !linear_map::is_suitable(y, x)) return {};
    const handle c = linear_map::unknown(of);
    return linear_map(c, by_columns)(pass(c));
}

}  // namespace detail

/// ∂yᵢ/∂xⱼ with entries counted row by row: a matrix, size of y × size of x.  Where it is known to be symmetric, it may
/// come transposed.
constexpr handle jacobian_matrix(handle y, handle x, mode how, bool is_symmetric = false) {
    if (how == mode::forward) {
        forward_pass along(y);
        const auto pass = [&](handle direction) { return along(&x, &direction, 1); };
        if (const handle whole = detail::all_at_once(y, x, true, pass); whole.exists()) return whole;
        const handle columns = detail::rows_of(x, y.dims().size(), pass);
        return is_symmetric ? columns : transpose(columns);
    }
    const auto pass = [&](handle cotangent) { return reverse_pass(y, cotangent)[x]; };
    const handle whole = detail::all_at_once(y, x, false, pass);
    return whole.exists() ? whole : detail::rows_of(y, x.dims().size(), pass);
}

/// The stage of a Jacobian, by the mode that was chosen.
template <class E, class V, mode How, bool Symmetric = false>
struct jacobian_stage {
    static constexpr graph_sizes size = graph_of<E>().sizes;
    static constexpr int passes = static_cast<int>(How == mode::forward ? V::shape_type::size : E::shape_type::size);
    static constexpr graph_sizes guess{6 * size.nodes + 16 * passes + 32, 12 * size.nodes + 40 * passes + 64,
                                       size.numbers + 16, size.symbols + 1, 1};
    static constexpr builder build() {
        builder to(simplification::simplify);
        const handle root = detail::begin_simplified<E>(to)[0];
        const handle variable{&to, detail::symbol_node(to, symbol_of<V>)};
        const handle matrix = jacobian_matrix(root, variable, How, Symmetric);
        to.add_output((Symmetric ? symmetric(matrix) : matrix).id);  // the upper triangle stands for the lower one
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
