// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the training loop does with the parts that stand after its options.

#include <chainfold/nn/callback.hpp>
#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/optimiser/descent.hpp>

namespace chainfold::nn::detail {

/// Stands where a run has no use for something.
struct nothing {
    constexpr nothing(const auto&...) {}  // NOLINT: implicit
};
template <bool Wanted, class X>
using if_wanted = std::conditional_t<Wanted, X, nothing>;

template <class Wanted>
Wanted part_or_default() {
    return {};
}
/// The part of this type, or one as it is made.
template <class Wanted, class First, class... Rest>
Wanted part_or_default(const First& first, const Rest&... rest) {
    if constexpr (std::is_same_v<Wanted, std::remove_const_t<First>>)
        return first;
    else
        return part_or_default<Wanted>(rest...);
}

template <class P>
void name_metric(training_history& history, const P&) {
    if constexpr (Metric<P>) history.metrics.push_back({P::name, {}, {}});
}

template <class P>
void tell(P& part, const batch_report& report) {
    if constexpr (requires { part.on_batch(report); })
        part.on_batch(report);
    else if constexpr (std::invocable<P&, const batch_report&> && !std::invocable<P&, const epoch_report&>)
        part(report);
}
template <class P>
void tell(P& part, const epoch_report& report) {
    if constexpr (requires { part.on_epoch(report); })
        part.on_epoch(report);
    else if constexpr (std::invocable<P&, const epoch_report&>)
        part(report);
}

/// What early stopping sees when it looks back at the losses of all epochs.
struct early_finding {
    std::size_t best = 0;  // the epoch of the lowest loss, from 1
    bool is_over = false;
};
inline early_finding look_back(const std::vector<double>& losses, const early_stopping& how) {
    early_finding found;
    for (std::size_t e = 1; e <= losses.size(); ++e)
        if (found.best == 0 || losses[e - 1] < losses[found.best - 1] - how.min_delta ||
            (all_finite(&losses[e - 1], 1) && !all_finite(&losses[found.best - 1], 1)))
            found.best = e;
    found.is_over = losses.size() - found.best >= static_cast<std::size_t>(how.patience);
    return found;
}

/// A number that tells data apart: from up to 2¹⁶ of them, spread evenly, by their bits (FNV-1a).
template <class T>
double fingerprint(const dataset<T>& data) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const batch_of_samples<T>& part : {data.inputs, data.targets})
        for (std::size_t i = 0; i < part.count; i += 1 + part.count / 65536) {
            unsigned char bytes[sizeof(T)];
            __builtin_memcpy(bytes, part.data + i, sizeof(T) > 10 ? 10 : sizeof(T));
            for (std::size_t b = 0; b < (sizeof(T) > 10 ? 10 : sizeof(T)); ++b) hash = (hash ^ bytes[b]) * 0x100000001b3u;
        }
    return static_cast<double>(hash >> 12);
}

}  // namespace chainfold::nn::detail
