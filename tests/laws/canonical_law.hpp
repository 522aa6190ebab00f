// The laws of the canonical form: no value changes, and there is nothing more to do.
#pragma once

#include <chainfold/transform/canonical.hpp>

#include "laws/simplifier_law.hpp"

namespace laws {

/// The outputs in canonical form have the same shapes and the same values within `multiple` · epsilon · the largest
/// value of any node of either graph.
template <class T>
void same_values_as_canonical(const network& raw, real multiple, findings& found, const std::string& name) {
    const cf::builder form = cf::canonical::form_of_graph(raw.graph.view());
    const cf::graph_view view = form.view(), from = raw.graph.view();
    if (!well_shaped(view)) return found.mistake(name + ": a node has a wrong shape\n" + written(view));
    const auto before = raw.evaluate<T>();
    const evaluation<T> after(view, raw.given);
    const real allowed = multiple * static_cast<real>(std::numeric_limits<T>::epsilon());
    const real scale = std::max(largest_node(from, before), largest_node(view, after));
    for (int i = 0; i < from.output_count; ++i) {
        const block<real> wanted = before[from.outputs[i]], got = after[view.outputs[i]];
        bool finite = true;
        for (const real& entry : wanted.entries) finite = finite && std::isfinite(entry);
        const std::size_t mistakes = found.mistakes.size();
        if (finite || !(got.dims == wanted.dims)) found.compare(got, wanted, allowed, scale, name);
        if (found.mistakes.size() > mistakes) {
            found.mistakes.back() += "\nas it was\n" + written(from) + "in canonical form\n" + written(view);
            return;
        }
    }
}

/// The canonical form is its own canonical form.
inline void canonical_rest_law(const cf::builder& raw, findings& found, const std::string& name) {
    const cf::builder once = cf::canonical::form_of_graph(raw.view()),
                      twice = cf::canonical::form_of_graph(once.view());
    ++found.compared;
    if (!cf::canonical::have_equal_outputs(once.view(), twice.view()))
        found.mistake(name + ", not the same when done again\nonce\n" + written(once.view()) + "twice\n" +
                      written(twice.view()));
}

}  // namespace laws
