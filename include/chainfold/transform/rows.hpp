// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matrix from its rows.  The rows of a Jacobian come from passes that differ in their beginning only, so they are the
// same formula row by row, and often that of a whole matrix:
//
//   row i of P                          P
//   A vᵢ                                V Aᵀ, V the matrix of rows vᵢ: one product of matrices, not one for each row
//   f(aᵢ, b, cᵢ), entry by entry        f(A, 1 bᵀ, c 1ᵀ), c the vector of the scalars cᵢ
//   ⟨aᵢ, b⟩                             A b
//
// What has no such form is a stack.

#include <chainfold/transform/simplifier.hpp>

namespace chainfold {

class rows_together {
public:
    constexpr explicit rows_together(builder& to) : to_(to) {}

    /// The matrix with these rows, or the vector of these scalars.
    constexpr handle operator()(const buffer<int>& rows) {
        if (rows.size() == 1 && at(rows, 0).dims().rank == 1)
            return reshape(at(rows, 0), whole_of(1, at(rows, 0).dims()));
        const handle whole = together(rows);
        return whole.exists() ? whole : stack(rows);
    }

private:
    [[nodiscard]] constexpr handle at(const buffer<int>& rows, int i) const { return {&to_, rows[i]}; }

    constexpr handle stack(const buffer<int>& rows) {
        const dimensions part = to_[rows[0]].dims;
        return make_node(to_, operation_code<stack_op>, rows.data(), rows.size(), whole_of(rows.size(), part));
    }
    static constexpr dimensions whole_of(int count, const dimensions& part) {
        return part.rank == 0 ? vector_dimensions(count) : matrix_dimensions(count, part.rows);
    }

    // Nothing where there is no common formula.  What was found is kept: formulas share parts.
    constexpr handle together(const buffer<int>& rows) {
        for (const found& f : found_)
            if (same(f.rows, rows)) return f.whole;
        const handle whole = is_one_operation(rows) ? by_operation(rows) : handle{};
        found_.push({rows, whole});
        return whole;
    }
    static constexpr bool same(const buffer<int>& a, const buffer<int>& b) {
        int i = 0;
        while (i < a.size() && a[i] == b[i]) ++i;
        return i == a.size();
    }

    [[nodiscard]] constexpr bool is_one_operation(const buffer<int>& rows) const {
        const node& first = to_[rows[0]];
        for (const int id : rows) {
            const node& n = to_[id];
            if (n.operation != first.operation || n.count != first.count || !(n.dims == first.dims)) return false;
            if (n.parameter != first.parameter && n.operation != operation_code<extract_op>) return false;
        }
        return first.count > 0 && first.dims.rank < 2;
    }
    // Operand i of all rows; of a sum or a product the one that all share comes first, if there is one.
    [[nodiscard]] constexpr buffer<int> operands(const buffer<int>& rows, int i) const {
        const int shared = shared_operand(rows);
        buffer<int> of(rows.size());
        for (int r = 0; r < of.size(); ++r)
            of[r] = to_.operand(rows[r], shared < 0 ? i : (to_.operand(rows[r], 0) == shared) == (i == 0) ? 0 : 1);
        return of;
    }
    [[nodiscard]] constexpr int shared_operand(const buffer<int>& rows) const {
        const std::int32_t operation = to_[rows[0]].operation;
        if (operation != operation_code<multiply_op> && operation != operation_code<add_op>) return -1;
        for (int i = 0; i < 2; ++i) {
            const int candidate = to_.operand(rows[0], i);
            int r = 1;
            while (r < rows.size() && (to_.operand(rows[r], 0) == candidate || to_.operand(rows[r], 1) == candidate)) ++r;
            if (r == rows.size()) return candidate;
        }
        return -1;
    }
    static constexpr bool all_one(const buffer<int>& rows) {
        for (const int id : rows)
            if (id != rows[0]) return false;
        return true;
    }

    constexpr handle by_operation(const buffer<int>& rows) {
        const node first = to_[rows[0]];
        if (first.operation == operation_code<extract_op>) return whole_behind(rows);
        if (first.operation == operation_code<product_op> || first.operation == operation_code<dot_op>)
            return product(rows);
        return rules_of(first.operation).is_elementwise ? entry_by_entry(rows) : handle{};
    }

    constexpr handle whole_behind(const buffer<int>& rows) {
        const handle whole = stack(rows);
        return simplification::is<stack_op>(whole) ? handle{} : whole;
    }

    constexpr handle product(const buffer<int>& rows) {
        const bool is_dot = to_[rows[0]].operation == operation_code<dot_op>;
        const buffer<int> left = operands(rows, 0), right = operands(rows, 1);
        if (at(rows, 0).operand(1).dims().rank == 2) return {};
        if (all_one(left)) {
            const handle v = (*this)(right);
            return is_dot ? v * at(left, 0) : v * transpose(at(left, 0));
        }
        return is_dot && all_one(right) ? (*this)(left) * at(right, 0) : handle{};
    }

    constexpr handle entry_by_entry(const buffer<int>& rows) {
        const node first = to_[rows[0]];
        const int count = rows.size();
        int wholes[3] = {};
        for (int i = 0; i < first.count; ++i) {
            const handle whole = operand(operands(rows, i), count, first.dims);
            if (!whole.exists()) return {};
            wholes[i] = whole.id;
        }
        return make_node(to_, first.operation, wholes, first.count, whole_of(count, first.dims), first.parameter);
    }
    // One operand of all rows, in the shape of the whole, or one scalar for all.
    constexpr handle operand(const buffer<int>& of_rows, int count, const dimensions& row) {
        const handle x = at(of_rows, 0);
        if (all_one(of_rows)) {
            if (x.dims().rank == 0) return x;
            if (const handle s = simplification::inside_broadcast(x); s.exists()) return s;
            return outer(ones(count), x);
        }
        const handle whole = together(of_rows);
        if (!whole.exists() || x.dims().rank == row.rank) return whole;
        return outer(whole, ones(row.rows));
    }
    constexpr handle ones(int count) { return broadcast(make_constant(to_, 1), vector_dimensions(count)); }

    struct found {
        buffer<int> rows{};
        handle whole{};
    };
    builder& to_;
    buffer<found> found_;
};

}  // namespace chainfold
