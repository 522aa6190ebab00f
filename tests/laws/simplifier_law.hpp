// The laws of a rewriting rule: it changes no value and no shape, makes nothing infinite, and has nothing
// more to do on what it made.
#pragma once

#include <limits>

#include "laws/finding.hpp"
#include "laws/network.hpp"

namespace laws {

/// The nodes of a graph as text, for messages.
std::string written(const cf::graph_view& graph);

/// Has every node the shape that its operation gives to its operands?
bool well_shaped(const cf::graph_view& graph);

/// The largest finite entry of any node.
template <class T>
real largest_node(const cf::graph_view& graph, const evaluation<T>& values) {
    real most = 1;
    for (int id = 0; id < graph.node_count; ++id)
        if (const real here = largest(values[id]); here <= std::numeric_limits<real>::max())
            most = std::max(most, here);
    return most;
}

/// The outputs of the raw network, rewritten, have the same shapes and the same values within
/// `multiple` · epsilon · the largest value of any node of the raw graph.
template <class T>
void same_values_law(const network& raw, cf::rewriting_rule rule, real multiple, findings& found,
                     const std::string& name) {
    cf::builder rewritten(rule);
    for (int i = 0; i < raw.graph.view().symbol_count; ++i)
        rewritten.symbol_index(raw.graph.view().symbols[i]);
    const auto outputs = import_graph(rewritten, raw.graph.view());
    if (!well_shaped(rewritten.view()))
        return found.mistake(name + ": a node has a wrong shape\n" + written(rewritten.view()));
    const auto before = raw.evaluate<T>();
    const evaluation<T> after(rewritten.view(), raw.given);
    const real allowed = multiple * static_cast<real>(std::numeric_limits<T>::epsilon());
    const real scale = largest_node(raw.graph.view(), before);
    for (int i = 0; i < outputs.size(); ++i) {
        const block<real> wanted = before[raw.graph.view().outputs[i]], got = after[outputs[i]];
        bool finite = true;
        for (const real& entry : wanted.entries) finite = finite && std::isfinite(entry);
        const std::size_t mistakes = found.mistakes.size();
        if (finite || !(got.dims == wanted.dims)) found.compare(got, wanted, allowed, scale, name);
        if (found.mistakes.size() > mistakes) {
            found.mistakes.back() +=
                "\nwithout the rule\n" + written(raw.graph.view()) + "with it\n" + written(rewritten.view());
            return;
        }
    }
}

/// Rewriting what has been rewritten gives the same nodes in the same order.
inline void rest_law(const cf::builder& once, cf::rewriting_rule rule, findings& found,
                     const std::string& name) {
    const auto rewrite = [](cf::builder& to, const cf::graph_view& from) {
        for (int i = 0; i < from.symbol_count; ++i) to.symbol_index(from.symbols[i]);
        const auto outputs = import_graph(to, from);
        for (int i = 0; i < outputs.size(); ++i) to.add_output(outputs[i].id);
    };
    cf::builder packed(nullptr), twice(rule);
    rewrite(packed, once.view());  // without the nodes that no output needs
    rewrite(twice, packed.view());
    const cf::graph_view a = packed.view(), b = twice.view();
    ++found.compared;
    bool same = a.node_count == b.node_count;
    for (int id = 0; same && id < a.node_count; ++id) {
        same = a[id].operation == b[id].operation && a[id].dims == b[id].dims && a[id].count == b[id].count;
        same = same && (a[id].operation == cf::operation_code<cf::constant_op>
                            ? a.numbers[a[id].parameter] == b.numbers[b[id].parameter]
                            : a[id].parameter == b[id].parameter);
        for (int i = 0; same && i < a[id].count; ++i) same = a.operand(id, i) == b.operand(id, i);
    }
    for (int i = 0; same && i < a.output_count; ++i) same = a.outputs[i] == b.outputs[i];
    if (!same)
        found.mistake(name + ", not the same when done again\nonce\n" + written(a) + "twice\n" + written(b));
}

/// The same, from a graph that was made without the rule.
inline void idempotence_law(const cf::builder& raw, cf::rewriting_rule rule, findings& found,
                            const std::string& name) {
    cf::builder once(rule);
    for (int i = 0; i < raw.view().symbol_count; ++i) once.symbol_index(raw.view().symbols[i]);
    const auto outputs = import_graph(once, raw.view());
    for (int i = 0; i < outputs.size(); ++i) once.add_output(outputs[i].id);
    rest_law(once, rule, found, name);
}

}  // namespace laws
