// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a step costs: arithmetic, and the bytes that it reads and writes.  Inside tiles all figures are for one sample;
// what is read once for several samples counts for each with its share.

#include <vector>

#include <chainfold/notation/explain/plan_view.hpp>

namespace chainfold {

struct step_cost {
    double multiply_adds = 0;  // of products
    double operations = 0;     // of everything else: one for an entry and function
    double bytes = 0;          // read and written

    step_cost& operator+=(const step_cost& other) {
        multiply_adds += other.multiply_adds;
        operations += other.operations;
        bytes += other.bytes;
        return *this;
    }
};

template <class = void>
class cost_counter {
public:
    cost_counter(const graph_view& graph, const plan_view& plan) : graph_(graph), plan_(plan), nodes_(graph, plan) {}

    [[nodiscard]] step_cost of(const planned_step& step) const {
        step_cost cost;
        std::vector<int> read;
        double written = 0;
        switch (step.kind) {
            case step_kind::group:
                for (int m = 0; m < step.member_count; ++m) {
                    const int id = plan_.member(step, m);
                    add_arithmetic(id, cost);
                    if (plan_[id].stored) written += bytes(id, step);
                }
                for (int i = 0; i < step.input_count; ++i) read.push_back(plan_.input(step, i));
                break;
            case step_kind::load:
            case step_kind::unload:
                cost.bytes = 2 * bytes(step.node, step);
                return cost;
            case step_kind::descend:
                if (plan_[step.node].is == role::accumulated && !plan_.means_in_lanes)
                    return cost;  // by the step that sums up, or small
                for (int i = 0; i < nodes_.moving_count(step.node); ++i) read.push_back(nodes_.moving(step.node, i));
                cost.multiply_adds = graph_[step.node].dims.size();
                written = 2 * bytes(step.node, step);
                break;
            case step_kind::accumulate:
            case step_kind::accumulate_outer:
                written = bytes(step.node, step);  // sums are read again
                if (step.second >= 0) {
                    add_arithmetic(step.second, cost);
                    written += bytes(step.second, step);
                }
                [[fallthrough]];
            case step_kind::kernel:
                add_arithmetic(step.node, cost);
                if (const int product = nodes_.added_product(step.node); product >= 0) add_arithmetic(product, cost);
                for (int i = 0; i < nodes_.read_count(step.node); ++i)
                    nodes_.for_each_read(step.node, i, [&](int id) { read.push_back(id); });
                written += bytes(step.node, step);
                if (step.second < 0) break;
                written += bytes(step.second, step);
                if (graph_[step.second].operation != operation_code<outer_op>) break;
                add_arithmetic(step.second, cost);
                read.push_back(nodes_.factor_beside(step.second, step.node));
        }
        cost.bytes = written;
        for (std::size_t i = 0; i < read.size(); ++i) {
            bool again = false;
            for (std::size_t j = 0; j < i; ++j) again = again || read[j] == read[i];
            if (!again) cost.bytes += bytes(read[i], step);
        }
        return cost;
    }

    /// The bytes of a value that a step moves.
    [[nodiscard]] double bytes(int id, const planned_step& step) const {
        const double all = static_cast<double>(graph_[id].dims.size()) * plan_.number;
        return plan_[id].batched ? all : all / static_cast<double>(plan_.samples(step));
    }

private:
    void add_arithmetic(int id, step_cost& cost) const {
        const node& n = graph_[id];
        const double size = n.dims.size();
        switch (n.operation) {
            case operation_code<product_op>:
                cost.multiply_adds += nodes_.is_small_triangular_product(id)
                                          ? size * (size - 1) / 2
                                          : size * graph_.operand_dims(id, 0).columns;
                break;
            case operation_code<outer_op>:
                cost.multiply_adds += size;
                break;
            case operation_code<dot_op>:
                cost.multiply_adds += graph_.operand_dims(id, 0).size();
                break;
            case operation_code<batch_mean_op>:
                if (nodes_.is_second_moment(id))  // one half of it, or the first moment
                    cost.multiply_adds += n.dims.rank == 2 ? size * (n.dims.rows + 1) / n.dims.rows / 2 : size;
                else
                    (nodes_.is_accumulated_outer(id) ? cost.multiply_adds : cost.operations) += size;
                break;
            case operation_code<sum_op>:
                cost.operations += graph_.operand_dims(id, 0).size();
                break;
            case operation_code<log_sum_exp_op>:  // the largest, exp, the sum
            case operation_code<softmax_op>:
                cost.operations += 3.0 * graph_.operand_dims(id, 0).size();
                break;
            default:
                if (rules_of(n.operation).is_elementwise) cost.operations += size;
        }
    }

    const graph_view& graph_;
    const plan_view& plan_;
    plan_reading nodes_;
};

}  // namespace chainfold
