// Arithmetic without rounding, in which division by 0 has no result, and a graph's values in it.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <vector>

#include "laws/network.hpp"

namespace laws {

struct exact_number {
    boost::multiprecision::cpp_rational value{0};
    bool exists = true;

    exact_number() = default;
    exact_number(int n) : value(n) {}  // NOLINT: numbers are numbers
    explicit exact_number(const cf::number& c) : value(c.numerator, c.denominator) {
        for (int e = c.exponent; e > 0; --e) value *= 10;
        for (int e = c.exponent; e < 0; ++e) value /= 10;
    }

    exact_number& operator+=(const exact_number& b) { return set(b, value + b.value); }
    exact_number& operator*=(const exact_number& b) { return set(b, value * b.value); }
    friend exact_number operator+(exact_number a, const exact_number& b) { return a += b; }
    friend exact_number operator*(exact_number a, const exact_number& b) { return a *= b; }
    friend exact_number operator-(exact_number a, const exact_number& b) { return a.set(b, a.value - b.value); }
    friend exact_number operator-(exact_number a) { return a.set(a, -a.value); }
    friend exact_number operator/(exact_number a, const exact_number& b) {
        if (b.value.is_zero()) a.exists = false;
        return a.exists ? a.set(b, a.value / b.value) : a;
    }
    static exact_number power(const exact_number& a, int n) {
        exact_number result(1);
        for (int i = n < 0 ? -n : n; i > 0; --i) result *= a;
        return n < 0 ? exact_number(1) / result : result;
    }

private:
    exact_number& set(const exact_number& b, boost::multiprecision::cpp_rational v) {
        exists = exists && b.exists;
        value = std::move(v);
        return *this;
    }
};

/// The values of a graph of + − · ∕, powers, sums, dot and broadcast.
inline std::vector<block<exact_number>> exact_values(const cf::graph_view& graph, const blocks<exact_number>& symbols) {
    std::vector<block<exact_number>> values;
    for (int id = 0; id < graph.node_count; ++id) {
        const cf::node& n = graph[id];
        block<exact_number> y(n.dims);
        const auto x = [&](int i, int k) -> const exact_number& {
            const block<exact_number>& b = values[static_cast<std::size_t>(graph.operand(id, i))];
            return b[b.size() == 1 ? 0 : k];
        };
        const auto total = [&](auto entry) {
            const int size = graph.operand_dims(id, 0).size();
            for (int k = 0; k < size; ++k) y[0] += entry(k);
        };
        for (int k = 0; k < y.size(); ++k) switch (n.operation) {
                case cf::operation_code<cf::symbol_op>:
                    y[k] = symbols[static_cast<std::size_t>(n.parameter)][k];
                    break;
                case cf::operation_code<cf::constant_op>:
                    y[k] = exact_number(graph.numbers[n.parameter]);
                    break;
                case cf::operation_code<cf::negate_op>:
                    y[k] = -x(0, k);
                    break;
                case cf::operation_code<cf::add_op>:
                    y[k] = x(0, k) + x(1, k);
                    break;
                case cf::operation_code<cf::subtract_op>:
                    y[k] = x(0, k) - x(1, k);
                    break;
                case cf::operation_code<cf::multiply_op>:
                    y[k] = x(0, k) * x(1, k);
                    break;
                case cf::operation_code<cf::divide_op>:
                    y[k] = x(0, k) / x(1, k);
                    break;
                case cf::operation_code<cf::reciprocal_op>:
                    y[k] = exact_number(1) / x(0, k);
                    break;
                case cf::operation_code<cf::square_op>:
                    y[k] = x(0, k) * x(0, k);
                    break;
                case cf::operation_code<cf::power_op>:
                    y[k] = exact_number::power(x(0, k), n.parameter);
                    break;
                case cf::operation_code<cf::broadcast_op>:
                    y[k] = x(0, 0);
                    break;
                case cf::operation_code<cf::sum_op>:
                    total([&](int i) { return x(0, i); });
                    break;
                case cf::operation_code<cf::dot_op>:
                    total([&](int i) { return x(0, i) * x(1, i); });
                    break;
                default:
                    y[k].exists = false;
            }
        values.push_back(y);
    }
    return values;
}

}  // namespace laws
