// What rounding may do to the values of a graph: for each entry the sum of the magnitudes of its terms, carried
// through products, quotients and functions.  An error of so many epsilons of it is what any order of calculating has.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "laws/network.hpp"

namespace laws {

/// Infinite where a value is not determined: where a divisor, or the argument of a logarithm or a root, is smaller
/// than `lost` times the magnitudes of its terms.
inline std::vector<block<real>> magnitudes(const cf::graph_view& graph, const evaluation<real>& values, real lost) {
    constexpr real infinite = std::numeric_limits<real>::infinity();
    std::vector<block<real>> all;
    for (int id = 0; id < graph.node_count; ++id) {
        const cf::node& n = graph[id];
        const block<real> y = values[id];
        block<real> m(n.dims);
        blocks<real> x;
        for (int i = 0; i < n.count; ++i) x.push_back(values[graph.operand(id, i)]);
        const auto entry = [](const block<real>& b, int k) { return b[b.dims.rank == 0 ? 0 : k]; };
        const auto of = [&](int i, int k) { return entry(all[static_cast<std::size_t>(graph.operand(id, i))], k); };
        const auto at = [&](int i, int k) { return std::abs(entry(x[static_cast<std::size_t>(i)], k)); };
        const auto relative = [&](int i, int k) {  // of terms to sum
            return of(i, k) * lost < at(i, k) ? of(i, k) / at(i, k) : infinite;
        };
        const auto through = [](real slope, real terms) { return terms == 0 ? 0 : slope * terms; };
        for (int k = 0; k < m.size(); ++k) {
            const real size = std::abs(y[k]);
            switch (n.operation) {
                case cf::operation_code<cf::symbol_op>:
                case cf::operation_code<cf::constant_op>:
                    m[k] = size;
                    break;
                case cf::operation_code<cf::add_op>:
                case cf::operation_code<cf::subtract_op>:
                    m[k] = of(0, k) + of(1, k);
                    break;
                case cf::operation_code<cf::multiply_op>:
                    m[k] = through(of(0, k), of(1, k));
                    break;
                case cf::operation_code<cf::divide_op>:
                    m[k] = of(0, k) == 0 && relative(1, k) < infinite ? 0 : of(0, k) / at(1, k) * relative(1, k);
                    break;
                case cf::operation_code<cf::reciprocal_op>:
                    m[k] = size * relative(0, k);
                    break;
                case cf::operation_code<cf::square_op>:
                    m[k] = of(0, k) * of(0, k);
                    break;
                case cf::operation_code<cf::power_op>:
                    m[k] = n.parameter < 0 ? size * std::pow(relative(0, k), static_cast<real>(-n.parameter))
                                           : std::pow(of(0, k), static_cast<real>(n.parameter));
                    break;
                case cf::operation_code<cf::exp_op>:
                    m[k] = size * (1 + of(0, k));
                    break;
                case cf::operation_code<cf::log_op>:
                    m[k] = size + relative(0, k);
                    break;
                case cf::operation_code<cf::sqrt_op>:
                    m[k] = size * relative(0, k);
                    break;
                case cf::operation_code<cf::sum_op>:
                    for (int i = 0; i < x[0].size(); ++i) m[k] += of(0, i);
                    break;
                case cf::operation_code<cf::dot_op>:
                    for (int i = 0; i < x[0].size(); ++i) m[k] += through(of(0, i), of(1, i));
                    break;
                case cf::operation_code<cf::softmax_op>:
                case cf::operation_code<cf::log_sum_exp_op>:
                    m[k] = size;
                    for (int i = 0; i < x[0].size(); ++i) m[k] += of(0, i);
                    break;
                default: {  // functions whose slope is at most 1
                    m[k] = size;
                    for (int i = 0; i < n.count; ++i) m[k] += of(i, k);
                }
            }
            if (std::isnan(m[k])) m[k] = infinite;
        }
        all.push_back(m);
    }
    return all;
}

}  // namespace laws
