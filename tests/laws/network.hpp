// A graph with the values of its symbols, and its interpretation in any precision.
#pragma once

#include <chainfold/program/interpret.hpp>
#include <chainfold/transform/differentiate.hpp>

#include <list>
#include <memory>
#include <string>

#include "laws/block.hpp"

namespace laws {

using cf::handle;

/// The values of a graph's nodes.
template <class T>
class evaluation {
public:
    evaluation(const cf::graph_view& graph, const blocks<real>& given) : nodes_(graph.nodes) {
        std::vector<const T*> pointers;
        for (const block<real>& b : given) {
            inputs_.emplace_back(b.entries.begin(), b.entries.end());
            pointers.push_back(inputs_.back().data());
        }
        values_ = std::make_unique<cf::interpretation<T>>(graph, pointers.data());
    }
    block<real> operator[](int id) const {
        block<real> result(nodes_[id].dims);
        for (int k = 0; k < result.size(); ++k) result[k] = static_cast<real>((*values_)[id][k]);
        return result;
    }
    block<real> operator[](handle x) const { return (*this)[x.id]; }

private:
    struct converted : std::vector<T> {
        template <class I>
        converted(I first, I last) {
            for (; first != last; ++first) this->push_back(static_cast<T>(*first));
        }
    };
    const cf::node* nodes_;
    std::vector<converted> inputs_;
    std::unique_ptr<cf::interpretation<T>> values_;
};

/// A builder, with or without a rewriting rule, whose symbols have values.
struct network {
    explicit network(cf::rewriting_rule rule) : graph(rule) {}
    network(const network&) = delete;
    network& operator=(const network&) = delete;

    handle symbol(const block<real>& value) {
        names_.push_back("x" + std::to_string(given.size()));
        const int index = graph.symbol_index({names_.back(), value.dims, true, given.size() + 1});
        given.push_back(value);
        return {&graph, graph.make({cf::operation_code<cf::symbol_op>, value.dims, index, nullptr, 0})};
    }
    template <class T>
    [[nodiscard]] evaluation<T> evaluate() const {
        return {graph.view(), given};
    }
    [[nodiscard]] evaluation<real> evaluate_at(const blocks<real>& values) const {
        return {graph.view(), values};
    }

    cf::builder graph;
    blocks<real> given{};

private:
    std::list<std::string> names_{};  // the graph refers to them
};

/// ⟨a, b⟩ in a graph, for any shape.
constexpr handle inner(handle a, handle b) {
    return a.dims().rank == 0 && b.dims().rank == 0 ? hadamard(a, b) : dot(a, b);
}

inline real inner(const block<real>& a, const block<real>& b) {
    real total = 0;
    for (int k = 0; k < a.size(); ++k) total += a[k] * b[k];
    return total;
}
inline real inner(const blocks<real>& a, const blocks<real>& b) {
    real total = 0;
    for (std::size_t i = 0; i < a.size(); ++i) total += inner(a[i], b[i]);
    return total;
}
inline real largest(const block<real>& a) {
    real most = 0;
    for (const real& entry : a.entries) most = std::max(most, entry < 0 ? -entry : entry);
    return most;
}

}  // namespace laws
