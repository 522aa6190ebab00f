// SPDX-License-Identifier: BSL-1.0
#pragma once

// The graph that a program executes.  Where inputs are batched, each output is replaced by its mean over the samples.
// Small graphs are written out in scalars, or cut where parts of a gradient overlap.

#include <chainfold/program/plan/means.hpp>
#include <chainfold/program/request.hpp>
#include <chainfold/transform/assemble.hpp>
#include <chainfold/transform/common_factors.hpp>
#include <chainfold/transform/like_terms.hpp>
#include <chainfold/transform/quotients.hpp>
#include <chainfold/transform/scalar_products.hpp>
#include <chainfold/transform/scalar_sums.hpp>
#include <chainfold/transform/seams.hpp>
#include <chainfold/transform/shared_multiples.hpp>
#include <chainfold/transform/shared_products.hpp>

namespace chainfold {

/// How a program is called: one sample, the mean over a batch, or one result for each sample of a batch.
enum class calling { one_sample, batch_mean, each_sample };

namespace detail {

/// May a request be written out in scalars?  Its symbols must be few numbers.
template <class Request>
constexpr bool is_small_request() {
    constexpr int most_nodes = 512, most_numbers = 1024;
    int numbers = 0;
    const graph_view symbols = Request::symbols();
    for (int s = 0; s < symbols.symbol_count; ++s) numbers += symbols.symbols[s].dims.size();
    return Request::guess().nodes <= most_nodes && numbers <= most_numbers;
}

/// The stage in which a small request is written out in scalars; nothing if that does not pay.
template <class Request>
struct written_out {
    static constexpr graph_sizes guess = Request::guess();
    static constexpr builder build() {
        builder to(simplification::simplify), scalars(simplification::simplify);
        for (const handle& output : Request::import_into(to)) to.add_output(output.id);
        const graph_view view = to.view();
        if (are_all_scalars(view)) return to;
        if (!scalar_expansion::is_promising(view)) return {};
        for (const handle& output : scalar_expansion(scalars, view).run()) scalars.add_output(output.id);
        const int cost = scalar_expansion::cost(scalars.view());
        if (cost > most_scalars || cost > scalar_expansion::cost(view)) return {};
        return scalars;
    }

private:
    static constexpr int most_scalars = 512;
};

/// What a pass over a graph has made.
constexpr graph_view passed(builder& made, const buffer<handle>& outputs) {
    for (const handle& output : outputs) made.add_output(output.id);
    return made.view();
}

/// The stage in which scalars that were written out share what they can.  (What follows is a stage of its own, because
/// Clang allows one constant so many steps.)
template <class Request>
struct shared_out {
    static constexpr const auto& scalars = graph_of_stage<written_out<Request>>();
    static constexpr graph_sizes guess = scalars.sizes;
    static constexpr builder build() {
        builder cancelled, divided, collected, shared, factored, products;
        builder* last = nullptr;
        graph_view found = scalars.view();
        const auto pass = [&](builder& to, const buffer<handle>& outputs) {
            last = &to;
            found = passed(to, outputs);
        };
        if (quotient_canceller::suits(found)) pass(cancelled, quotient_canceller(cancelled, found).run());
        pass(divided, with_shared_reciprocals(divided, found));
        if (like_terms::suits(found)) pass(collected, like_terms(collected, found).run());
        if (shared_multiples::suits(found)) pass(shared, shared_multiples(shared, found).run());
        if (found.node_count <= most_to_share) {
            if (common_factors sums(factored, found); sums.exist()) pass(factored, sums.run());
            if (shared_products same(products, found); same.exist()) pass(products, same.run());
        }
        return static_cast<builder&&>(*last);
    }

private:
    // To look for what can be shared in a larger graph takes more steps than Clang allows for one constant.
    static constexpr int most_to_share = 512;
};

}  // namespace detail

/// The stage that holds what a program computes.  Outputs are distinct nodes that can be written to: a leaf, a part
/// of something else, or a node that is an output already is copied.
template <class Request, calling Mode, hash_value... Batched>
struct executed {
    static constexpr graph_sizes guess = Request::guess();
    static constexpr builder build() {
        if constexpr (Mode == calling::one_sample && detail::is_small_request<Request>()) {
            if constexpr (graph_of_stage<detail::written_out<Request>>().view().output_count > 0)
                return arranged(graph_of_stage<detail::shared_out<Request>>().view());
        }
        builder to(simplification::simplify);
        buffer<handle> outputs = Request::import_into(to);
        if (Mode == calling::one_sample && has_overlapping_parts(outputs)) seams(to).cut(outputs);
        return with_outputs(to, outputs);
    }

private:
    // A graph of scalars, for a processor.
    static constexpr builder arranged(const graph_view& scalars) {
        builder multiplied, finished;
        const buffer<char> needed = needed_nodes(scalars);
        if (!sum_arranger::suits(scalars))
            return with_outputs(finished, product_arranger(finished, scalars, needed).run());
        const graph_view products = detail::passed(multiplied, product_arranger(multiplied, scalars, needed).run());
        return with_outputs(finished, sum_arranger(finished, products).run());
    }

    static constexpr bool has_overlapping_parts(const buffer<handle>& outputs) {
        for (const handle& output : outputs)
            if ((*output).dims.rank == 1 &&
                (output.operation() == operation_code<add_op> || output.operation() == operation_code<subtract_op>))
                return true;
        return false;
    }

    static constexpr builder with_outputs(builder& to, const buffer<handle>& outputs) {
        const buffer<char> batched = batched_in(to);
        buffer<int> uses;
        if constexpr (Mode == calling::batch_mean) uses = uses_of_nodes(to.view(), outputs);
        const batch_means mean(to, batched, uses);
        buffer<handle> written;
        for (int i = 0; i < outputs.size(); ++i) {
            const bool is_mean = Mode == calling::batch_mean && Request::place_of_output(i) < 0;
            handle output = is_mean ? mean(outputs[i]) : outputs[i];
            while (!can_be_written(output, written)) output = simplification::raw<broadcast_op>(output.dims(), output);
            written.push(output);
            to.add_output(output.id);
        }
        builder assembled;
        assembly(assembled, to.view()).run();
        if (has_common_divisors(assembled.view())) {
            builder shared;
            for (const handle& output : with_shared_reciprocals(shared, assembled.view())) shared.add_output(output.id);
            assembled = static_cast<builder&&>(shared);
        }
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
