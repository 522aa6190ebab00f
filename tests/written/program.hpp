// What a generated file asks of an expression that was printed and compiled: it means what it meant, and its programs
// compute what the interpreter does.
#pragma once

#include "laws/finding.hpp"
#include "program/agreement.hpp"
#include "support/catch.hpp"

#include <chainfold/expression/arrange.hpp>
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

namespace written {

namespace cf = chainfold;
using agreement::flat;
using agreement::numbers;
using agreement::real;
using laws::findings;

/// A symbol and its values.
template <class S>
struct bound {
    const float* given;
    static constexpr std::size_t size = S::shape_type::size;

    /// As one binding of T.  In sample s they are a little greater, by less than what would pass a kink.
    template <class T>
    struct value {
        std::vector<T> numbers;
        explicit value(const bound& b, std::size_t samples = 1, std::size_t first = 0) {
            for (std::size_t s = first; s < first + samples; ++s)
                for (std::size_t i = 0; i < size; ++i)
                    numbers.push_back(static_cast<T>(b.given[i]) * (1 + static_cast<T>(s % 16) * T(0x1p-14)));
        }
        [[nodiscard]] auto one() const {
            if constexpr (S::shape_type::rank == 0)
                return S{} = numbers[0];
            else
                return S{} = std::span<const T, size>(numbers.data(), size);
        }
        [[nodiscard]] auto many() const { return S{} = cf::batch(std::span<const T>(numbers)); }
    };
};
template <class S>
bound<S> bind(S, const float* given) {
    return {given};
}

/// Does an operation of the graph have its own order in a kernel, or a quotient that is a product there?
constexpr bool is_regrouped(const cf::graph_view& graph) {
    for (int id = 0; id < graph.node_count; ++id) {
        const cf::node& n = graph[id];
        switch (n.operation) {
            case cf::operation_code<cf::sum_op>:
            case cf::operation_code<cf::dot_op>:
            case cf::operation_code<cf::log_sum_exp_op>:
            case cf::operation_code<cf::softmax_op>:
                return true;
            case cf::operation_code<cf::product_op>:
                if (n.dims.columns == 1) return true;
                break;
            case cf::operation_code<cf::divide_op>:
                if (n.dims.size() > 1 && graph.operand_dims(id, 1).size() == 1) return true;
                break;
            default:
                break;
        }
    }
    return false;
}

/// What the interpreter makes of a graph in T.
struct interpreted {
    numbers outputs;
    real largest = 1;  // number in it
};
template <class T, class... S>
interpreted interpret(const cf::graph_view& graph, const typename bound<S>::template value<T>&... values) {
    const cf::hash_value keys[] = {S::key...};
    const T* const given[] = {values.numbers.data()...};
    std::vector<const T*> symbols(static_cast<std::size_t>(graph.symbol_count) + 1);
    for (int s = 0; s < graph.symbol_count; ++s)
        for (std::size_t i = 0; i < sizeof...(S); ++i)
            if (keys[i] == graph.symbols[s].key) symbols[static_cast<std::size_t>(s)] = given[i];
    const cf::interpretation<T> run(graph, symbols.data());
    interpreted found;
    for (int id = 0; id < graph.node_count; ++id)
        for (int k = 0; k < graph[id].dims.size(); ++k)
            found.largest = std::max(found.largest, std::abs(static_cast<real>(run[id][k])));
    for (int o = 0; o < graph.output_count; ++o) {
        int id = graph.outputs[o];  // or what it is a copy of, which plans write as a broadcast of a tensor
        while (graph[id].operation == cf::operation_code<cf::broadcast_op> && graph.operand_dims(id, 0).rank > 0)
            id = graph.operand(id, 0);
        for (int k = 0; k < graph[id].dims.size(); ++k) found.outputs.push_back(static_cast<real>(run[id][k]));
    }
    return found;
}

inline void compare(findings& all, const numbers& found, const numbers& wanted, real allowed, const std::string& what) {
    if (found.size() != wanted.size()) return all.mistake(what + ": another number of numbers");
    for (std::size_t i = 0; i < found.size(); ++i) all.compare(found[i], wanted[i], allowed, 1, what);
}

/// What was printed means what it meant: the interpreter's value is the reference's.
template <class... E, class... S>
void means(findings& all, const numbers& wanted, const bound<S>&... symbols) {
    const interpreted found = interpret<real, S...>(cf::graph_of<E...>().view(), typename bound<S>::template value<real>(symbols)...);
    compare(all, found.outputs, wanted, 64 * 1e-19L * found.largest, "what was printed");
}

/// A program for one sample computes its graph as the interpreter does: to the last bit, unless a kernel has an order of
/// its own; then to 32 epsilon of the largest number.
template <class T, class Request, class... S>
void computes(findings& all, const bound<S>&... symbols) {
    static constexpr cf::graph_view graph = cf::graph_of_stage<cf::executed<Request, cf::calling::one_sample>>().view();
    const auto run = [&](const typename bound<S>::template value<T>&... values) {
        const interpreted wanted = interpret<T, S...>(graph, values...);
        const real allowed = is_regrouped(graph) ? 32 * static_cast<real>(std::numeric_limits<T>::epsilon()) * wanted.largest : 0;
        cf::program<T, Request> program;
        compare(all, flat(program(values.one()...)), wanted.outputs, allowed, "one sample");
    };
    run(typename bound<S>::template value<T>(symbols)...);
}

/// Several expressions: what they mean, and one program in float for all of them.
template <class... E>
struct several {
    constexpr explicit several(E...) {}
    template <class... S>
    void run(findings& all, const numbers& wanted, const bound<S>&... symbols) const {
        means<E...>(all, wanted, symbols...);
        computes<float, cf::expression_request<E...>>(all, symbols...);
    }
};

/// Scalars: what they mean, and their sum and its gradient by all symbols, in float for one sample.
template <class... E>
struct sum_for_one {
    constexpr explicit sum_for_one(E...) {}
    template <class... S>
    void run(findings& all, const numbers& wanted, const bound<S>&... symbols) const {
        means<E...>(all, wanted, symbols...);
        computes<float, cf::derivative_request<true, decltype((E{} + ...)), S...>>(all, symbols...);
    }
};
/// The same in double for a batch: the mean of what the interpreter finds for its samples.
template <class... E>
struct sum_for_batch {
    constexpr explicit sum_for_batch(E...) {}
    template <class... S>
    void run(findings& all, const numbers& wanted, const bound<S>&... symbols) const {
        means<E...>(all, wanted, symbols...);
        using request = cf::derivative_request<true, decltype((E{} + ...)), S...>;
        constexpr std::size_t samples = 37;
        numbers mean;
        real largest = 1;
        for (std::size_t s = 0; s < samples; ++s) {
            const interpreted one = interpret<real, S...>(request::graph().view(),
                                                          typename bound<S>::template value<real>(symbols, 1, s)...);
            largest = std::max(largest, one.largest);
            mean.resize(one.outputs.size());
            for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += one.outputs[i] / static_cast<real>(samples);
        }
        const auto call = [&](const typename bound<S>::template value<double>&... values) {
            cf::program<double, request> program;
            compare(all, flat(program(values.many()...)), mean, 64 * 0x1p-52L * largest, "a batch");
        };
        call(typename bound<S>::template value<double>(symbols, samples)...);
    }
};

}  // namespace written
