// SPDX-License-Identifier: BSL-1.0
#pragma once

// What inspection looks for, and how it says what it found.

#include <concepts>

#include <chainfold/graph/node.hpp>
#include <chainfold/math/root.hpp>
#include <chainfold/nn/callback.hpp>
#include <chainfold/nn/sentence.hpp>

namespace chainfold::nn {

/// Looks at every `every`-th step, the first one included; what it finds stands in training_history::layers, and what is
/// worth a sentence in training_history::warnings, once for each layer.
struct inspection {
    int every = 100;  // steps from one look to the next
    double vanishing = 1e-4;  // a gradient of less than this share of the last matrix's, entry by entry, vanishes;
    double exploding = 1e4;   // one of more than so many times as much explodes,
    double largest_step = 1;  // and so does a matrix that moves in one step by more than this share of its norm
    double dead = 0.5;        // a layer in which more than this share of the units is zero for a whole batch
    void describe(auto&& note) const {
        note("inspection.every", every), note("inspection.vanishing", vanishing), note("inspection.exploding", exploding);
        note("inspection.largest_step", largest_step), note("inspection.dead", dead);
    }
};
template <>
inline constexpr bool is_inspection<inspection> = true;

namespace detail {

/// Adds "step 101: the gradient vanishes: 0.weight receives …", unless that was said of this weight or layer before.
template <class History>
void warn_once(History& history, const std::string& what, const std::string& more) {
    for (const std::string& w : history.warnings)
        if (w.find(what) != std::string::npos) return;
    history.warnings.push_back(sentence("step %.0f: %s%s", history.layers.steps.back(), what.c_str(), more.c_str()));
}

}  // namespace detail

// (A template: who inspects nothing need not wait until it is compiled.)
/// Adds to the warnings what the last row of the layers' history has to say: gradients, entry by entry, that vanish or
/// explode between the last matrix and the first ones, steps as long as the matrix that they move, and dead units.
template <std::derived_from<training_history> History>
void warn_of_layers(History& history, const symbol* weights, const inspection& how) {
    using detail::sentence, detail::warn_once;
    const layer_history& seen = history.layers;
    const std::size_t row = seen.rows() - 1, columns = seen.weights.size();
    const auto per_entry = [&](std::size_t w) {
        return seen.at(seen.gradient, row, w) / math::sqrt(static_cast<double>(weights[w].dims.size()));
    };
    std::size_t last = columns;
    for (std::size_t w = 0; w < columns; ++w)
        if (weights[w].dims.rank >= 2) last = w;
    for (std::size_t w = 0; w < columns; ++w) {
        if (weights[w].dims.rank < 2) continue;
        const std::string name(seen.weights[w]), other(seen.weights[last]);
        const double own = per_entry(w), reference = per_entry(last);
        if (own < how.vanishing * reference)
            warn_once(history, sentence("the gradient vanishes: %s receives ", name.c_str()),
                      sentence("%.2g of what %s does", own / reference, other.c_str()));
        if (reference > 0 && own > how.exploding * reference)
            warn_once(history, sentence("the gradient explodes: %s receives ", name.c_str()),
                      sentence("%.2g times what %s does", own / reference, other.c_str()));
        if (const double moved = seen.at(seen.update, row, w); moved > how.largest_step)
            warn_once(history, sentence("the steps are too long: %s moved by ", name.c_str()),
                      sentence("%.2g times its own norm", moved));
    }
    for (std::size_t l = 0; l < seen.layers; ++l)
        if (const double share = seen.at(seen.dead, row, l); share > how.dead)
            warn_once(history, sentence("dead units: in layer %zu ", l),
                      sentence("%.0f %% are zero for every sample of the batch", 100 * share));
}

}  // namespace chainfold::nn
