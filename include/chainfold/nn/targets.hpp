// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the targets of a loss must be, checked once before a run: one pass over them.

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/optimiser/descent.hpp>

namespace chainfold::nn {

namespace detail {

/// By how much a distribution's sum may differ from 1.
inline constexpr double share_lost_by_rounding = 1e-3;

/// What is wrong with the target of a sample, in words; nothing if nothing is.  What is not finite is for the run to find,
/// which says in which epoch and batch it came up.
template <class T>
std::string fault_of_target(target_kind kind, const T* target, std::size_t size) {
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (!all_finite(target + i, 1)) return {};
        const double t = static_cast<double>(target[i]);
        sum += t;
        if (kind == target_kind::signs && t != -1 && t != 1) return sentence("-1 or 1, found %g", t);
        if (kind == target_kind::probabilities && (t < 0 || t > 1)) return sentence("numbers from 0 to 1, found %g", t);
        if (kind == target_kind::distribution && t < 0) return sentence("a distribution, found %g in it", t);
    }
    if (kind == target_kind::distribution && (sum < 1 - share_lost_by_rounding || sum > 1 + share_lost_by_rounding))
        return sentence("a distribution, found numbers whose sum is %g", sum);
    return {};
}

/// Throws std::invalid_argument where a target is not of the kind that a loss takes.
template <class T>
void check_targets(target_kind kind, const dataset<T>& data, std::size_t size) {
    for (std::size_t s = 0; s < data.targets.count / size; ++s)
        if (const std::string fault = fault_of_target(kind, data.targets.data + s * size, size); !fault.empty())
            refuse(sentence("targets: the loss takes %s in sample %zu%s", fault.c_str(), s,
                            kind == target_kind::distribution
                                ? "; for numbers of classes write class_targets{loss}, for several classes at once binary_cross_entropy"
                                : "")
                       .c_str());
}

}  // namespace detail
}  // namespace chainfold::nn
