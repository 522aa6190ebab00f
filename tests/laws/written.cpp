#include <sstream>

#include "laws/simplifier_law.hpp"
#include "laws/subject.hpp"

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

bool well_shaped(const cf::graph_view& graph) {
    for (int id = 0; id < graph.node_count; ++id) {
        const cf::node& n = graph[id];
        if (n.count == 0) continue;
        operand_shapes x;
        for (int i = 0; i < n.count; ++i) x.push_back(graph.operand_dims(id, i));
        const subject& s = subject_of(n.operation);
        bool fits = n.dims.rank >= 0;
        if (s.shape != nullptr)
            fits = fits && s.shape(x.data(), n.count) == n.dims;
        else if (n.operation == cf::operation_code<cf::extract_op>)
            fits = fits && n.parameter >= 0 && n.parameter + n.dims.size() <= x[0].size();
        else if (n.operation == cf::operation_code<cf::embed_op>)
            fits = fits && n.parameter >= 0 && n.parameter + x[0].size() <= n.dims.size();
        else
            fits = fits && x[0].rank == 0;  // broadcast
        if (!fits) return false;
    }
    return true;
}

}  // namespace laws
