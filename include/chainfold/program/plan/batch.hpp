// SPDX-License-Identifier: BSL-1.0
#pragma once

// The graph that a program executes.  Where inputs are batched, each output is replaced by its mean over the samples,
// and the mean is pushed through everything linear, so that what is left to accumulate is small: the mean of a sum is
// the sum of the means, and what depends on no sample is computed once.  The mean of an outer product stays one node;
// it is a matrix product over the samples.

#include <chainfold/program/request.hpp>
#include <chainfold/transform/assemble.hpp>
#include <chainfold/transform/scalar_products.hpp>

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
    constexpr batch_means(builder& graph, const buffer<char>& batched) : graph_(graph), batched_(batched) {}

    constexpr handle operator()(handle x) const {
        if (!depends(x)) return x;
        if (x.dims().rank < 2 && !is_made_of_matrices(x)) return mean(x);
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
                return pack_lower(mean_of_operand(0));
            case operation_code<stack_op>:
                return is_made_of_matrices(x) ? stack_of_means(x) : mean(x);
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
};

/// How a program is called: one sample, the mean over a batch, or one result for each sample of a batch.
enum class calling { one_sample, batch_mean, each_sample };

/// The stage that holds what a program computes.  Outputs are distinct nodes that can be written to: a leaf, a part
/// of something else, or a node that is an output already is copied.
template <class Request, calling Mode, hash_value... Batched>
struct executed {
    static constexpr graph_sizes guess = Request::guess();
    static constexpr builder build() {
        builder to(simplification::simplify);
        const buffer<handle> outputs = Request::import_into(to);
        if (Mode != calling::one_sample) return with_outputs(to, outputs);
        buffer<int> ids;
        for (const handle& output : outputs) ids.push(output.id);
        graph_view view = to.view();
        view.outputs = ids.data();
        view.output_count = ids.size();
        if (are_all_scalars(view)) return arranged(view);
        if (!scalar_expansion::is_promising(view)) return with_outputs(to, outputs);
        builder scalars(simplification::simplify);
        const buffer<handle> written_out = scalar_expansion(scalars, view).run();
        for (const handle& output : written_out) ids.push(output.id);
        graph_view expanded = scalars.view();
        expanded.outputs = ids.data() + outputs.size();
        expanded.output_count = outputs.size();
        const int cost = scalar_expansion::cost(expanded);
        if (cost > most_scalars || cost > scalar_expansion::cost(view)) return with_outputs(to, outputs);
        return arranged(expanded);
    }

private:
    // A graph of scalars, for a processor.
    static constexpr builder arranged(graph_view scalars) {
        builder divided, finished;
        buffer<int> ids;
        for (const handle& output : with_shared_reciprocals(divided, scalars)) ids.push(output.id);
        scalars = divided.view();
        scalars.outputs = ids.data();
        scalars.output_count = ids.size();
        const buffer<char> needed = needed_nodes(scalars);
        return with_outputs(finished, product_arranger(finished, scalars, needed).run());
    }
    static constexpr int most_scalars = 512;

    static constexpr builder with_outputs(builder& to, const buffer<handle>& outputs) {
        const buffer<char> batched = batched_in(to);
        const batch_means mean(to, batched);
        buffer<handle> written;
        for (int i = 0; i < outputs.size(); ++i) {
            handle output = Mode == calling::batch_mean ? mean(outputs[i]) : outputs[i];
            while (!can_be_written(output, written)) output = simplification::raw<broadcast_op>(output.dims(), output);
            written.push(output);
            to.add_output(output.id);
        }
        builder assembled;
        assembly(assembled, to.view()).run();
        return assembled;
    }

    static constexpr buffer<char> batched_in(const builder& graph) {
        const graph_view view = graph.view();
        buffer<char> symbols(view.symbol_count + 1);
        for (int s = 0; s < view.symbol_count; ++s) symbols[s] = ((view.symbols[s].key == Batched) || ... || false);
        return batched_nodes(view, symbols.data());
    }
    static constexpr bool can_be_written(handle x, const buffer<handle>& written) {
        if ((*x).count == 0 || simplification::is<extract_op>(x)) return false;
        for (const handle& other : written)
            if (other.is(x)) return false;
        return true;
    }
};

}  // namespace chainfold
