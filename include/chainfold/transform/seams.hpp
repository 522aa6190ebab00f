// SPDX-License-Identifier: BSL-1.0
#pragma once

// A formula of neighbours, such as Σ (xₖ₊₁ − xₖ²)², has a gradient of overlapping parts: u stands from the first entry
// on, v from the second.  Where u and v are cheap, the sum is cut where parts begin and end, and each piece is computed
// from the inputs' own pieces:
//
//     embed<0>(u) + embed<1>(v)  =  (u₀;  u₁… + v₀…;  vₙ)
//
// so that no value goes through memory to meet another one that stands elsewhere.  Sums over entries of such a vector
// are cut in the same places, and share what they have in common with the pieces.

#include <chainfold/transform/scalars.hpp>

namespace chainfold {

class seams {
public:
    explicit constexpr seams(builder& graph) : graph_(graph) {}

    /// Outputs that are such sums, and numbers among the outputs.
    constexpr void cut(buffer<handle>& outputs) {
        for (handle& output : outputs)
            if (output.dims().rank == 1) cut_vector(output);
        if (cuts_.size() == 0) return;
        for (handle& output : outputs)
            if (output.dims().rank == 0) output = with_cut_sums(output, 0);
    }

private:
    /// ± u, from an entry on.
    struct term {
        handle u{};
        int begin = 0;
        bool negative = false;
        [[nodiscard]] constexpr int end() const { return begin + u.dims().size(); }
    };
    static constexpr int most_terms = 8, most_operations = 24, most_depth = 16;

    constexpr bool collect(handle x, bool negative, buffer<term>& terms) const {
        switch (x.operation()) {
            case operation_code<embed_op>:
                terms.push({x.operand(0), x.parameter(), negative});
                return x.operand(0).dims().rank == 1 && terms.size() <= most_terms;
            case operation_code<negate_op>:
                return collect(x.operand(0), !negative, terms);
            case operation_code<add_op>:
            case operation_code<subtract_op>:
                return x.operand(0).dims() == x.operand(1).dims() && collect(x.operand(0), negative, terms) &&
                       collect(x.operand(1), negative != (x.operation() == operation_code<subtract_op>), terms);
            default:
                return false;
        }
    }

    /// How many cheap operations a value takes from inputs on; too many, if one of them is not cheap.
    [[nodiscard]] static constexpr int operations(handle x) {
        switch (x.operation()) {
            case operation_code<symbol_op>:
            case operation_code<constant_op>:
                return 0;
            case operation_code<extract_op>:
                return x.operand(0).operation() == operation_code<symbol_op> ? 0 : most_operations + 1;
            case operation_code<negate_op>:
            case operation_code<add_op>:
            case operation_code<subtract_op>:
            case operation_code<multiply_op>:
            case operation_code<square_op>: {
                int count = 1;
                for (int i = 0; i < (*x).count && count <= most_operations; ++i) count += operations(x.operand(i));
                return count;
            }
            default:
                return x.dims().rank == 0 ? 0 : most_operations + 1;
        }
    }

    constexpr void cut_vector(handle& output) {
        buffer<term> terms;
        if (!collect(output, false, terms) || terms.size() < 2) return;
        buffer<int> cuts;
        bool overlap = false;
        for (int i = 0; i < terms.size(); ++i) {
            if (operations(terms[i].u) > most_operations) return;
            insert(cuts, terms[i].begin);
            insert(cuts, terms[i].end());
            for (int k = 0; k < i; ++k)
                overlap = overlap || (terms[i].begin < terms[k].end() && terms[k].begin < terms[i].end());
        }
        if (!overlap) return;
        handle whole;
        for (int c = 0; c + 1 < cuts.size(); ++c) {
            handle piece;
            for (const term& t : terms) {
                if (t.begin > cuts[c] || t.end() < cuts[c + 1]) continue;
                const handle entries = part(t.u, cuts[c] - t.begin, cuts[c + 1] - cuts[c]);
                piece = !piece.exists() ? (t.negative ? -entries : entries)
                        : t.negative    ? piece - entries
                                        : piece + entries;
            }
            if (!piece.exists()) continue;
            const handle placed = embed(piece, cuts[c], output.dims());
            whole = whole.exists() ? whole + placed : placed;
        }
        output = whole;
        if (cuts_.size() > 0) return;
        size_ = terms[0].u.dims().size();
        for (const int c : cuts)
            if (c >= terms[0].begin && c <= terms[0].end()) cuts_.push(c - terms[0].begin);
    }

    static constexpr void insert(buffer<int>& sorted, int value) {
        int at = sorted.size();
        for (int i = 0; i < sorted.size(); ++i)
            if (sorted[i] == value) return;
        sorted.push(value);
        for (; at > 0 && sorted[at - 1] > value; --at) sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }

    /// Some entries of a vector; one entry is a number.
    constexpr handle part(handle x, int first, int count) {
        const dimensions dims = count == 1 ? scalar_dimensions : vector_dimensions(count);
        if (x.dims().rank == 0) return x;
        if (x.operation() == operation_code<extract_op>) return extract(x.operand(0), x.parameter() + first, dims);
        if (x.operation() == operation_code<symbol_op>) return extract(x, first, dims);
        int operands[2] = {};
        for (int i = 0; i < (*x).count; ++i) operands[i] = part(x.operand(i), first, count).id;
        return make_node(graph_, x.operation(), operands, (*x).count, dims, x.parameter());
    }

    /// Σ xₖ and ⟨x, y⟩ in a number's formula.
    constexpr handle with_cut_sums(handle x, int depth) {
        const bool is_dot = x.operation() == operation_code<dot_op>;
        if (is_dot || x.operation() == operation_code<sum_op>) {
            const handle a = x.operand(0), b = x.operand((*x).count - 1);
            if (a.dims().rank != 1 || a.dims().size() != size_ || operations(a) > most_operations ||
                operations(b) > most_operations)
                return x;
            handle total;
            for (int c = 0; c + 1 < cuts_.size(); ++c) {
                const int count = cuts_[c + 1] - cuts_[c];
                const handle p = part(a, cuts_[c], count), q = part(b, cuts_[c], count);
                const handle sum_of_piece = count == 1 ? (is_dot ? p * q : p) : is_dot ? dot(p, q) : sum(p);
                total = total.exists() ? total + sum_of_piece : sum_of_piece;
            }
            return total;
        }
        const bool is_number = rules_of(x.operation()).is_elementwise && x.operation() != operation_code<constant_op>;
        if (!is_number || depth == most_depth) return x;
        int operands[3] = {};
        for (int i = 0; i < (*x).count; ++i) operands[i] = with_cut_sums(x.operand(i), depth + 1).id;
        return make_node(graph_, x.operation(), operands, (*x).count, x.dims(), x.parameter());
    }

    builder& graph_;
    buffer<int> cuts_;  // of a vector of size_ entries, whose sums are cut
    int size_ = 0;
};

}  // namespace chainfold
