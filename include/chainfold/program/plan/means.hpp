// SPDX-License-Identifier: BSL-1.0
#pragma once

// The mean over the samples of a batch is pushed through everything linear, so that what is left to accumulate is
// small: the mean of a sum is the sum of the means, and what depends on no sample is computed once.  The mean of an
// outer product stays one node; it is a matrix product over the samples.  So does the mean of a small outer product's
// lower triangle.
//
// Of vectors and numbers the mean is pushed through what nobody else needs for each sample: mean(A u) = A mean(u).

#include <chainfold/program/plan/moments.hpp>

namespace chainfold {

/// Which nodes of a graph depend on a batched symbol.
constexpr buffer<char> batched_nodes(const graph_view& graph, const char* batched_symbols) {
    buffer<char> batched(graph.node_count);
    for (int id = 0; id < graph.node_count; ++id) {
        if (graph[id].operation == operation_code<symbol_op>)
            batched[id] = batched_symbols[graph[id].parameter];
        else if (graph[id].operation != operation_code<batch_mean_op>)
            for (int i = 0; i < graph[id].count; ++i) batched[id] |= batched[graph.operand(id, i)];
    }
    return batched;
}

/// The mean over the samples of nodes of a builder.
class batch_means {
public:
    constexpr batch_means(builder& graph, const buffer<char>& batched, const buffer<int>& uses)
        : graph_(graph), batched_(batched), uses_(uses), moments_(graph, batched, uses) {}

    constexpr handle operator()(handle x) const {
        if (!depends(x)) return x;
        if (const handle of_moments = moments_.mean(x); of_moments.exists()) return of_moments;
        if (x.dims().rank < 2 && !is_made_of_matrices(x)) return mean_of_vector(x);
        const auto mean_of_operand = [&](int i) { return (*this)(x.operand(i)); };
        switch (x.operation()) {
            case operation_code<add_op>:
                return mean_of_operand(0) + mean_of_operand(1);
            case operation_code<subtract_op>:
                return mean_of_operand(0) - mean_of_operand(1);
            case operation_code<negate_op>:
                return -mean_of_operand(0);
            case operation_code<transpose_op>:
                return transpose(mean_of_operand(0));
            case operation_code<embed_op>:
                return embed(mean_of_operand(0), x.parameter(), x.dims());
            case operation_code<unpack_lower_op>:
                return unpack_lower(mean_of_operand(0));
            case operation_code<pack_lower_op>:
                if (const handle of_moments = moments_.mean(x.operand(0)); of_moments.exists())
                    return simplification::is<negate_op>(of_moments) ? -pack_lower(of_moments.operand(0))
                                                                     : pack_lower(of_moments);
                return is_small_outer(x.operand(0)) ? mean_of_triangle(x.operand(0)) : pack_lower(mean_of_operand(0));
            case operation_code<stack_op>:
                return x.dims().rank == 2 || is_made_of_matrices(x) ? stack_of_means(x) : mean(x);
            case operation_code<multiply_op>:
            case operation_code<product_op>:
            case operation_code<outer_op>:
                return mean_of_product(x);
            case operation_code<divide_op>:
                return depends(x.operand(1)) ? mean(x) : mean_of_operand(0) / x.operand(1);
            default:
                return mean(x);
        }
    }

private:
    [[nodiscard]] constexpr bool depends(handle x) const { return x.id < batched_.size() && batched_[x.id] != 0; }

    constexpr handle mean(handle x) const {
        const int id = x.id;
        return {&graph_, graph_.intern({operation_code<batch_mean_op>, x.dims(), 0, &id, 1})};
    }

    [[nodiscard]] constexpr bool is_small_outer(handle x) const {
        return x.operation() == operation_code<outer_op> && x.dims().rows <= most_triangle_rows &&
               depends(x.operand(0)) && depends(x.operand(1));
    }

    constexpr handle mean_of_triangle(handle outer_product) const {
        handle factors[] = {outer_product.operand(0), outer_product.operand(1)};
        bool negative = false;
        for (handle& factor : factors)
            for (; factor.operation() == operation_code<negate_op>; negative = !negative) factor = factor.operand(0);
        const handle result = mean(pack_lower(outer(factors[0], factors[1])));
        return negative ? -result : result;
    }

    [[nodiscard]] constexpr bool is_used_once(handle x) const { return x.id >= uses_.size() || uses_[x.id] < 2; }
    /// One factor, or the divided number, depends on the samples, and nothing else.
    [[nodiscard]] constexpr bool is_scaled(handle x) const {
        switch (x.operation()) {
            case operation_code<multiply_op>:
            case operation_code<product_op>:
            case operation_code<divide_op>:
                return depends(x.operand(0)) != depends(x.operand(1)) &&
                       (x.operation() != operation_code<divide_op> || depends(x.operand(0)));
            default:
                return false;
        }
    }
    /// Something is added to results that have been rounded: their mean is no less accurate than they are.  (The
    /// difference of near numbers is exact; that of their means is not.)
    [[nodiscard]] constexpr bool is_shifted(handle x) const {
        if (x.operation() != operation_code<add_op> && x.operation() != operation_code<subtract_op>) return false;
        if (depends(x.operand(0)) == depends(x.operand(1))) return false;
        switch (x.operand(depends(x.operand(0)) ? 0 : 1).operation()) {
            case operation_code<multiply_op>:
            case operation_code<product_op>:
            case operation_code<divide_op>:
            case operation_code<square_op>:
            case operation_code<dot_op>:
                return true;
            default:
                return false;
        }
    }
    [[nodiscard]] constexpr bool saves_work(handle x) const {
        return is_used_once(x) && (is_scaled(x) || is_shifted(x));
    }

    [[nodiscard]] constexpr handle mean_of_vector(handle x) const {
        constexpr int short_vector = 32;
        const auto mean_of_operand = [&](int i) { return (*this)(x.operand(i)); };
        if (x.operation() == operation_code<negate_op>) return -mean_of_operand(0);
        if (x.operation() == operation_code<extract_op> && x.operand(0).dims().size() <= short_vector)
            return extract(mean_of_operand(0), x.parameter(), x.dims());
        if (!is_used_once(x)) return mean(x);
        if (x.operation() == operation_code<embed_op>) return embed(mean_of_operand(0), x.parameter(), x.dims());
        if (is_scaled(x))
            return x.operation() == operation_code<divide_op>     ? mean_of_operand(0) / x.operand(1)
                   : x.operation() == operation_code<multiply_op> ? hadamard(mean_of_operand(0), mean_of_operand(1))
                                                                  : mean_of_operand(0) * mean_of_operand(1);
        const bool is_sum = x.operation() == operation_code<add_op> || x.operation() == operation_code<subtract_op>;
        if (!is_sum || !(is_shifted(x) || saves_work(x.operand(0)) || saves_work(x.operand(1)))) return mean(x);
        if (x.operation() == operation_code<add_op>) return mean_of_operand(0) + mean_of_operand(1);
        return mean_of_operand(0) - mean_of_operand(1);
    }

    // A vector that holds entries of matrices: the mean is pushed on until it meets the matrix.
    [[nodiscard]] constexpr bool is_made_of_matrices(handle x) const {
        switch (x.operation()) {
            case operation_code<pack_lower_op>:
                return true;
            case operation_code<negate_op>:
            case operation_code<embed_op>:
                return is_made_of_matrices(x.operand(0));
            case operation_code<add_op>:
            case operation_code<subtract_op>:
            case operation_code<multiply_op>:
                return is_made_of_matrices(x.operand(1)) || is_made_of_matrices(x.operand(0));
            case operation_code<stack_op>:
                for (int i = 0; i < (*x).count; ++i)
                    if (is_made_of_matrices(x.operand(i))) return true;
                return false;
            default:
                return false;
        }
    }

    [[nodiscard]] constexpr handle stack_of_means(handle x) const {
        buffer<int> means;
        for (int i = 0; i < (*x).count; ++i) means.push((*this)(x.operand(i)).id);
        return make_node(graph_, operation_code<stack_op>, &means[0], means.size(), x.dims());
    }

    // A product is linear in the factor that depends on the samples, if only one does.
    [[nodiscard]] constexpr handle mean_of_product(handle x) const {
        if (depends(x.operand(0)) && depends(x.operand(1))) return mean(x);
        const handle a = (*this)(x.operand(0)), b = (*this)(x.operand(1));
        if (x.operation() == operation_code<multiply_op>) return hadamard(a, b);
        return x.operation() == operation_code<outer_op> ? outer(a, b) : a * b;
    }

    builder& graph_;
    const buffer<char>& batched_;
    const buffer<int>& uses_;
    second_moments moments_;
};

/// How often each node is read, or given back.
constexpr buffer<int> uses_of_nodes(const graph_view& graph, const buffer<handle>& outputs) {
    buffer<int> uses(graph.node_count);
    for (const handle& output : outputs) ++uses[output.id];
    for (int id = graph.node_count - 1; id >= 0; --id)
        for (int i = 0; uses[id] > 0 && i < graph[id].count; ++i) ++uses[graph.operand(id, i)];
    return uses;
}

}  // namespace chainfold
