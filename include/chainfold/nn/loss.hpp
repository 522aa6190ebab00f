// SPDX-License-Identifier: BSL-1.0
#pragma once

// Losses of a network's output and a target: functions on expressions, as layers are.
//
//     struct mine {
//         constexpr auto operator()(auto y, auto t) const { return sum(square(y - t)); }
//     };
//
// They are sums over the outputs; mean_over_outputs{loss} is their mean.  weighted{loss} counts each sample as much as
// the data say, and class_targets{loss} takes the numbers of classes for targets.  A loss whose target has not the shape of
// the output says so with a static member `target_shape`.

#include <concepts>

#include <chainfold/expression/loss.hpp>

namespace chainfold::nn {

/// What a loss takes for targets of the output's shape.  A loss of one's own may say so: static constexpr auto takes =
/// nn::target_kind::distribution.
enum class target_kind {
    numbers,        // anything
    distribution,   // at least 0, and 1 in all
    probabilities,  // each from 0 to 1
    signs           // each −1 or 1
};

/// Σ (y − t)².
struct squared_error {
    constexpr auto operator()(auto y, auto t) const { return chainfold::squared_error(y, t); }
};
/// Σ (y − t)² / n.
struct mean_squared_error {
    constexpr auto operator()(auto y, auto t) const { return chainfold::mean_squared_error(y, t); }
};
/// Σ |y − t|.
struct absolute_error {
    constexpr auto operator()(auto y, auto t) const { return chainfold::absolute_error(y, t); }
};
/// Σ |y − t| / n.
struct mean_absolute_error {
    constexpr auto operator()(auto y, auto t) const { return chainfold::mean_absolute_error(y, t); }
};
/// Squared near the target, absolute farther than delta from it: huber{.delta = 0.5_c}.
template <class Delta = chainfold::detail::integer<1>>
struct huber {
    Delta delta{};
    constexpr auto operator()(auto y, auto t) const { return chainfold::huber(y, t, Delta{}); }
};
template <PlainNumber Delta>
struct huber<Delta> : plain_number<Delta> {
    Delta delta{};
};

/// Targets −1 and 1, entry by entry; or scores and the number of the right class.
struct hinge {
    static constexpr target_kind takes = target_kind::signs;
    constexpr auto operator()(auto y, auto t) const { return chainfold::hinge(y, t); }
};
/// From logits.  The target is a distribution (1 at the class, 0 elsewhere, or anything that sums to 1) or the number of
/// a class; with cross_entropy{.label_smoothing = 0.1_c}, mixed with the uniform distribution.
template <class Smoothing = chainfold::detail::integer<0>>
struct cross_entropy {
    static constexpr target_kind takes = target_kind::distribution;
    Smoothing label_smoothing{};
    constexpr auto operator()(auto z, auto t) const {
        if constexpr (std::is_same_v<Smoothing, chainfold::detail::integer<0>>)
            return chainfold::cross_entropy(z, t);
        else
            return chainfold::cross_entropy(z, t, Smoothing{});
    }
};
template <PlainNumber Smoothing>
struct cross_entropy<Smoothing> : plain_number<Smoothing> {
    Smoothing label_smoothing{};
};
/// From logits; targets between 0 and 1.
struct binary_cross_entropy {
    static constexpr target_kind takes = target_kind::probabilities;
    constexpr auto operator()(auto z, auto t) const { return chainfold::binary_cross_entropy(z, t); }
};
/// From logarithms of probabilities, as log_softmax gives; the target is a distribution or the number of a class.
struct negative_log_likelihood {
    static constexpr target_kind takes = target_kind::distribution;
    constexpr auto operator()(auto l, auto t) const { return chainfold::negative_log_likelihood(l, t); }
};
/// From logarithms of probabilities, as log_softmax gives; the target is a distribution.
struct kl_divergence {
    static constexpr target_kind takes = target_kind::distribution;
    constexpr auto operator()(auto l, auto t) const { return chainfold::kl_divergence(l, t); }
};

namespace detail {
template <class Loss>
inline constexpr bool takes_classes = requires { requires Loss::takes_classes; };
template <class Loss>
inline constexpr bool takes_weights = requires { requires Loss::takes_weights; };

template <class Loss>
constexpr target_kind takes_for_targets() {
    if constexpr (requires { Loss::takes; })
        return Loss::takes;
    else
        return target_kind::numbers;
}

/// What a loss made of another says as that one does.
template <class Loss>
struct as_in {
    static constexpr target_kind takes = takes_for_targets<Loss>();
    static constexpr bool takes_classes = detail::takes_classes<Loss>;
    static constexpr bool takes_weights = detail::takes_weights<Loss>;
};
template <class Loss>
    requires requires { Loss::target_shape; }
struct as_in<Loss> {
    static constexpr target_kind takes = takes_for_targets<Loss>();
    static constexpr bool takes_classes = detail::takes_classes<Loss>;
    static constexpr bool takes_weights = detail::takes_weights<Loss>;
    static constexpr auto target_shape = Loss::target_shape;
};
}  // namespace detail

/// cross_entropy, negative_log_likelihood or hinge, where the target of a sample is one number, its class: 0, 1, …, up to
/// the number of outputs less one.
template <class Loss>
struct class_targets {
    static constexpr auto target_shape = shape<>;
    static constexpr bool takes_classes = true;
    Loss loss{};
    constexpr auto operator()(auto y, auto k) const
        requires std::invocable<const Loss&, decltype(y), decltype(k)>
    {
        return loss(y, k);
    }
};
template <class Loss>
class_targets(Loss) -> class_targets<Loss>;

/// The loss divided by the number of outputs.
template <class Loss>
struct mean_over_outputs : detail::as_in<Loss> {
    Loss loss{};
    constexpr explicit mean_over_outputs(const Loss& of = {}) : loss(of) {}
    constexpr auto operator()(auto y, auto t) const
        requires std::invocable<const Loss&, decltype(y), decltype(t)>
    {
        return loss(y, t) / chainfold::detail::integer<chainfold::detail::size_of(decltype(y){})>{};
    }
};

/// How much a sample counts.
inline constexpr auto sample_weight = input<"sample_weight">;

/// The loss of each sample times its weight, which the data hold beside inputs and targets: dataset{x, t, w}.  The loss
/// of a batch is the mean of these products over its samples; weights whose mean is 1 leave the scale as it is.
template <class Loss>
struct weighted : detail::as_in<Loss> {
    static constexpr bool takes_weights = true;
    Loss loss{};
    constexpr explicit weighted(const Loss& of = {}) : loss(of) {}
    constexpr auto operator()(auto y, auto t) const
        requires std::invocable<const Loss&, decltype(y), decltype(t)>
    {
        return sample_weight * loss(y, t);
    }
};

}  // namespace chainfold::nn
