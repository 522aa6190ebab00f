// SPDX-License-Identifier: BSL-1.0
#pragma once

// Parts of tensors.  An entry, a row and a slice are all a run of consecutive entries, so one operation takes a run
// out and its adjoint puts a run into zeros.  The parameter is the position of the run's first entry.  All entries are
// a run too: taken out in another shape, they are the same tensor, flattened or reshaped.

#include <chainfold/operation/operation.hpp>

namespace chainfold {

// yₖ = x[offset + k]                       x̄ = embed(c)
struct extract_op : structural<1> {
    static constexpr notation written = indexed("extract", {layout::part});
    static constexpr void evaluate(auto out, const auto& x, int offset) {
        for (int k = 0; k < out.dims.size(); ++k) out.put(k, x[0][offset + k]);
    }
    static constexpr handle pullback(int, auto c, auto y, auto x) { return embed(c, y.parameter(), x[0].dims()); }
};

// y = 0 but for y[offset + k] = xₖ         x̄ = extract(c)
struct embed_op : structural<1> {
    static constexpr notation written = indexed("embed", {layout::function, "embed"});
    static constexpr void evaluate(auto out, const auto& x, int offset) {
        const int n = x[0].dims.size();
        for (int k = 0; k < offset; ++k) out.put(k, decltype(x[0][0]){});
        for (int k = 0; k < n; ++k) out.put(offset + k, x[0][k]);
        for (int k = offset + n; k < out.dims.size(); ++k) out.put(k, decltype(x[0][0]){});
    }
    static constexpr handle pullback(int, auto c, auto y, auto x) { return extract(c, y.parameter(), x[0].dims()); }
};

// y = (x₁, x₂, …): scalars give a vector, vectors of one length the rows of a matrix      x̄ᵢ = its part of c
struct stack_op : structural<any_number> {
    static constexpr notation written = written_as("stack", {layout::column});
    static constexpr dimensions shape(const dimensions* x, int count) {
        for (int i = 1; i < count; ++i)
            if (!(x[i] == x[0])) return no_dimensions;
        if (x[0].rank == 0) return vector_dimensions(count);
        return x[0].rank == 1 ? matrix_dimensions(count, x[0].rows) : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        for (int i = 0, at = 0; at < out.dims.size(); ++i)
            for (int k = 0; k < x[i].dims.size(); ++k) out.put(at++, x[i][k]);
    }
    static constexpr handle pullback(int i, auto c, auto, auto x) {
        return extract(c, i * x[0].dims().size(), x[0].dims());
    }
    static constexpr handle pushforward(const handle* v, auto y, auto x) {  // linear in all operands at once
        buffer<int> parts((*y).count);
        for (int i = 0; i < parts.size(); ++i)
            parts[i] = v[i].exists() ? v[i].id : broadcast(make_constant(*y.graph, 0), x[i].dims()).id;
        return make_node(*y.graph, y.operation(), parts.data(), parts.size(), y.dims());
    }
};

constexpr handle extract(handle x, int offset, dimensions dims) { return make_with<extract_op>(x, offset, dims); }
constexpr handle embed(handle x, int offset, dimensions dims) { return make_with<embed_op>(x, offset, dims); }
/// The same entries, row by row, in a shape of the same size.
constexpr handle reshape(handle x, dimensions dims) { return extract(x, 0, dims); }

/// (x₁, x₂, …): scalars become a vector, vectors of one length become the rows of a matrix.
template <class X, class... Rest>
constexpr applied<stack_op, X, Rest...> stack(X x, Rest... rest) {
    return application<stack_op, X, Rest...>::make(x, rest...);
}

}  // namespace chainfold
