// SPDX-License-Identifier: BSL-1.0
#pragma once

// The matrix of a linear map that is given as a formula.  One pass with an unknown seed c gives the cotangent or
// tangent that belongs to it, a formula that is linear in c.  With each unit vector for c in turn that is a row of the
// matrix (or a column, with everything transposed), and all rows at once are the same formula of matrices:
//
//   c             1                         A v         V Aᵀ
//   v + w         V + W                     v ∘ q       V ∘ 1 qᵀ
//   ⟨v, q⟩        V q, a number for each row
//
// V is written as diag(s) M with a factor for each row, so that what is diagonal stays so.

#include <chainfold/transform/simplifier.hpp>

namespace chainfold {

class linear_map {
public:
    /// Are all formulas on the way from x to y of this kind?  None takes entries out or puts them together.
    static constexpr bool is_suitable(handle y, handle x) {
        const builder& graph = *y.graph;
        buffer<char> depends(y.id + 1);
        for (int id = x.id; id <= y.id; ++id) {
            depends[id] = id == x.id;
            for (int i = 0; i < graph[id].count; ++i) depends[id] |= depends[graph.operand(id, i)];
            if (depends[id] == 0 || id == x.id) continue;
            if (graph[id].dims.rank > 1 || !is_known(graph[id].operation)) return false;
        }
        return x.dims().rank == 1 && y.dims().rank == 1;
    }

    /// An unknown vector of this shape.  (A copy of a node with a parameter that no other has.)
    static constexpr handle unknown(handle like) {
        return simplification::raw_with<batch_mean_op>(like.dims(), marks_unknown, like);
    }

    /// For what depends on an unknown vector.
    constexpr linear_map(handle c, bool by_columns)
        : graph_(*c.graph), c_(c), rows_(c.dims().size()), by_columns_(by_columns) {}

    /// The matrix, a row or a column for each unit vector; nothing where the formula is of another kind.
    constexpr handle operator()(handle y) {
        if (y.id < c_.id) return simplification::filled(graph_, {}, whole_of(y.dims().rows));
        buffer<char> needed(y.id + 1);
        needed[y.id] = 1;
        for (int id = y.id; id > c_.id; --id)
            for (int i = 0; needed[id] != 0 && i < graph_[id].count; ++i) needed[graph_.operand(id, i)] = 1;
        images_ = buffer<image>(y.id + 1 - c_.id);
        of(c_).exists = true;
        for (int id = c_.id + 1; id <= y.id; ++id) {
            const handle x{&graph_, id};
            bool depends = false;
            for (int i = 0; i < (*x).count; ++i) depends = depends || moves(x.operand(i));
            if (needed[id] == 0 || !depends) continue;
            const image found = x.dims().rank == 0 ? of_number(x) : x.dims().rank == 1 ? of_vector(x) : image{};
            if (!found.exists) return {};
            of(x) = found;
        }
        return moves(y) ? matrix(y) : simplification::filled(graph_, {}, whole_of(y.dims().rows));
    }

private:
    static constexpr int marks_unknown = -2;

    static constexpr bool is_known(std::int32_t operation) {
        return rules_of(operation).is_elementwise || operation == operation_code<product_op> ||
               operation == operation_code<dot_op> || operation == operation_code<sum_op> ||
               operation == operation_code<broadcast_op> || operation == operation_code<softmax_op> ||
               operation == operation_code<log_sum_exp_op>;
    }

    /// Row i is sᵢ times row i of M, which is the identity if there is none; of a number, row i is sᵢ.
    struct image {
        bool exists = false;
        handle s{}, m{};
    };
    constexpr image& of(handle x) { return images_[x.id - c_.id]; }
    constexpr bool moves(handle x) { return x.id >= c_.id && of(x).exists; }
    [[nodiscard]] constexpr dimensions whole_of(int columns) const {
        return by_columns_ ? matrix_dimensions(columns, rows_) : matrix_dimensions(rows_, columns);
    }
    /// s qᵀ: row i is sᵢ q.
    constexpr handle spread(handle s, handle q) const { return by_columns_ ? outer(q, s) : outer(s, q); }
    constexpr handle ones(int count) { return broadcast(make_constant(graph_, 1), vector_dimensions(count)); }
    static constexpr handle times(handle s, handle x) { return s.exists() ? hadamard(s, x) : x; }

    /// The image of an operand in the shape of the whole; of what does not depend on c, the same in every row.
    constexpr handle matrix(handle x, int columns = 0) {
        if (columns == 0) columns = x.dims().rows;
        if (!moves(x)) {
            if (x.dims().rank == 0) return x;
            const handle s = simplification::inside_broadcast(x);
            return s.exists() ? s : spread(ones(rows_), x);
        }
        const image& i = of(x);
        if (x.dims().rank == 0) return spread(i.s, ones(columns));
        if (i.m.exists()) return i.s.exists() ? hadamard(i.m, spread(i.s, ones(columns))) : i.m;
        buffer<int> rows(rows_);
        for (int r = 0; r < rows_; ++r)
            rows[r] =
                embed(i.s.exists() ? extract(i.s, r, scalar_dimensions) : make_constant(graph_, 1), r, c_.dims()).id;
        return make_node(graph_, operation_code<stack_op>, rows.data(), rows_, whole_of(columns));
    }

    constexpr image of_number(handle y) {
        if (y.operation() == operation_code<dot_op> && y.operand(0).dims().rank == 1) {
            const int v = moves(y.operand(0)) ? 0 : 1;
            return {true, product(of(y.operand(v)), y.operand(1 - v)), {}};
        }
        if (y.operation() == operation_code<sum_op> && y.operand(0).dims().rank == 1)
            return {true, product(of(y.operand(0)), ones(y.operand(0).dims().rows)), {}};
        if (!rules_of(y.operation()).is_elementwise) return {};
        int operands[3] = {};
        for (int i = 0; i < (*y).count; ++i)
            operands[i] = moves(y.operand(i)) ? of(y.operand(i)).s.id : y.operand(i).id;
        return {
            true, make_node(graph_, y.operation(), operands, (*y).count, vector_dimensions(rows_), y.parameter()), {}};
    }
    // diag(s) M q
    [[nodiscard]] constexpr handle product(const image& v, handle q) const {
        return times(v.s, !v.m.exists() ? q : by_columns_ ? transpose(v.m) * q : v.m * q);
    }

    constexpr image of_vector(handle y) {
        const image a = moves(y.operand(0)) ? of(y.operand(0)) : image{};
        switch (y.operation()) {
            case operation_code<product_op>: {
                if (a.exists) return {};
                const image& v = of(y.operand(1));
                const handle factor = by_columns_ ? y.operand(0) : transpose(y.operand(0));
                if (!v.m.exists()) return {true, v.s, factor};
                return {true, v.s, by_columns_ ? factor * v.m : v.m * factor};
            }
            case operation_code<broadcast_op>:
                return {true, {}, spread(a.s, ones(y.dims().rows))};
            default:
                return rules_of(y.operation()).is_elementwise ? entry_by_entry(y) : image{};
        }
    }

    constexpr bool is_diagonal(handle x) { return moves(x) && x.dims().rank == 1 && !of(x).m.exists(); }
    constexpr handle diagonal(handle x) { return of(x).s.exists() ? of(x).s : ones(rows_); }

    // What is linear and does not mix entries leaves diagonal what was diagonal, and a factor of rows in front.
    constexpr image entry_by_entry(handle y) {
        const int count = (*y).count;
        bool stays_diagonal = true;
        for (int i = 0; i < count; ++i)
            stays_diagonal = stays_diagonal && (!moves(y.operand(i)) || is_diagonal(y.operand(i)));
        if (!stays_diagonal && y.operation() == operation_code<multiply_op>) return scaled(y);
        const dimensions dims = stays_diagonal ? c_.dims() : whole_of(y.dims().rows);
        int operands[3] = {};
        for (int i = 0; i < count; ++i) {
            const handle x = y.operand(i);
            operands[i] = (!stays_diagonal ? matrix(x, y.dims().rows) : moves(x) ? diagonal(x) : x).id;
        }
        const handle whole = make_node(graph_, y.operation(), operands, count, dims, y.parameter());
        return {true, stays_diagonal ? whole : handle{}, stays_diagonal ? handle{} : whole};
    }
    constexpr image scaled(handle y) {
        const int which = moves(y.operand(0)) ? 0 : 1;
        const handle v = y.operand(which), q = y.operand(1 - which);
        if (v.dims().rank == 0) return {true, {}, spread(of(v).s, q)};
        return {true, of(v).s, hadamard(of(v).m, matrix(q))};
    }

    builder& graph_;
    handle c_;
    int rows_;
    bool by_columns_;
    buffer<image> images_;  // by node, from c on
};

}  // namespace chainfold
