#include <sstream>

#include "laws/simplifier_law.hpp"

namespace laws {

std::string written(const cf::graph_view& graph) {
    std::vector<bool> needed(static_cast<std::size_t>(graph.node_count), graph.output_count == 0);
    for (int i = 0; i < graph.output_count; ++i) needed[static_cast<std::size_t>(graph.outputs[i])] = true;
    for (int id = graph.node_count - 1; id >= 0; --id)
        for (int i = 0; needed[static_cast<std::size_t>(id)] && i < graph[id].count; ++i)
            needed[static_cast<std::size_t>(graph.operand(id, i))] = true;
    std::ostringstream text;
    for (int id = 0; id < graph.node_count; ++id) {
        if (!needed[static_cast<std::size_t>(id)]) continue;
        const cf::node& n = graph[id];
        text << "    " << id << " = " << cf::rules_of(n.operation).written.text;
        if (n.operation == cf::operation_code<cf::constant_op>) {
            const cf::number& value = graph.numbers[n.parameter];
            text << ' ' << value.numerator << '/' << value.denominator << " e" << value.exponent;
        } else {
            if (n.parameter != 0) text << '{' << n.parameter << '}';
            for (int i = 0; i < n.count; ++i) text << " #" << graph.operand(id, i);
        }
        text << "  of rank " << int{n.dims.rank} << ", " << n.dims.rows << 'x' << n.dims.columns << '\n';
    }
    return text.str();
}

}  // namespace laws
