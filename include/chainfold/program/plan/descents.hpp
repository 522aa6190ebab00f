// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where symbols move in gradient descent: after everything that reads them.  Of one sample, the last that reads a
// matrix is mostly Aᵀ d or A d, where the outer product d xᵀ or x dᵀ by which A moves has the same d: A moves in the
// same pass.

#include <chainfold/program/plan/reading.hpp>

namespace chainfold {

template <class Plan>
class descents {
public:
    constexpr descents(const graph_view& graph, Plan& result)
        : graph_(graph), plan_(result), nodes_(graph, result), last_(graph.symbol_count) {}

    constexpr void add() {
        if (plan_.tile == 1) find_last_readers();
        for (int i = 1; i < graph_.output_count; ++i)
            if (nodes_.at(graph_.outputs[i]).moves >= 0) add(graph_.outputs[i]);
    }

private:
    struct reader {
        std::int32_t step = -1;
        int node = -1;  // −1: of several nodes
    };

    constexpr void find_last_readers() {
        for (int id = 0; id < graph_.node_count; ++id) {
            const std::int32_t step = nodes_.at(id).step;
            if (step < 0) continue;
            for (int i = 0; i < nodes_.read_count(id); ++i)
                nodes_.for_each_read(id, i, [&](int operand) {
                    const int symbol = nodes_.symbol_of(operand);
                    if (symbol < 0 || last_[symbol].step > step) return;
                    last_[symbol] = {step, last_[symbol].step == step ? -1 : id};
                });
        }
    }

    // A product that reads the matrix that this derivative moves, after all others, and can move it; −1 if none does.
    [[nodiscard]] constexpr int product_that_moves(int id) const {
        const int product = last_[nodes_.at(id).moves].node;
        if (product < 0 || nodes_.at(id).is != role::folded || !nodes_.is_beside(id, product)) return -1;
        const bool reads_it = nodes_.symbol_of(nodes_.read(product, 0)) == nodes_.at(id).moves;
        const int factor = nodes_.source(nodes_.factor_beside(id, product));
        const bool is_known = nodes_.at(factor).step < nodes_.at(product).step && reads_it;
        return is_known && step(nodes_.at(product).step).second < 0 ? product : -1;
    }

    constexpr void add(int id) {
        if (const int product = product_that_moves(id); product >= 0) {
            nodes_.at(id).step = nodes_.at(product).step;
            step(nodes_.at(id).step).second = id;
            return;
        }
        planned_step& last = step(plan_.step_count++);
        last.kind = step_kind::descend;
        last.when = phase::after;
        last.node = id;
        last.work = graph_[id].dims.size();
    }
    constexpr planned_step& step(std::int32_t s) { return plan_.steps[static_cast<std::size_t>(s)]; }
    [[nodiscard]] constexpr const planned_step& step(std::int32_t s) const {
        return plan_.steps[static_cast<std::size_t>(s)];
    }

    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
    buffer<reader> last_;  // by symbol
};

}  // namespace chainfold
