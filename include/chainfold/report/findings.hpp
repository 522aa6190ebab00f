// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a trained network makes of some data: its loss, which classes it takes for which, or how far its numbers are
// off, and the samples that it finds hardest.

#include <algorithm>
#include <cmath>

#include <chainfold/nn/measure.hpp>
#include <chainfold/report/markup.hpp>
#include <chainfold/report/options.hpp>

namespace chainfold::report {

/// What a loss takes the outputs for.
enum class outputs_are { numbers, logits, log_odds, log_probabilities };

template <class Loss>
inline constexpr outputs_are meaning_for = outputs_are::numbers;
template <class Smoothing>
inline constexpr outputs_are meaning_for<nn::cross_entropy<Smoothing>> = outputs_are::logits;
template <>
inline constexpr outputs_are meaning_for<nn::hinge> = outputs_are::log_odds;
template <>
inline constexpr outputs_are meaning_for<nn::binary_cross_entropy> = outputs_are::log_odds;
template <>
inline constexpr outputs_are meaning_for<nn::negative_log_likelihood> = outputs_are::log_probabilities;
template <>
inline constexpr outputs_are meaning_for<nn::kl_divergence> = outputs_are::log_probabilities;
template <class Loss>
inline constexpr outputs_are meaning_for<nn::class_targets<Loss>> = meaning_for<Loss>;
template <class Loss>
inline constexpr outputs_are meaning_for<nn::mean_over_outputs<Loss>> = meaning_for<Loss>;
template <class Loss>
inline constexpr outputs_are meaning_for<nn::weighted<Loss>> = meaning_for<Loss>;

struct hard_sample {
    std::size_t index = 0;  // in the data, from 0
    double loss = 0;
    std::vector<double> input{}, target{}, output{};
    std::size_t truth = 0, taken_for = 0;  // classes
    double probability = -1;               // that the network gives the class it takes; negative: it gives none
};

struct findings {
    std::size_t samples = 0, outputs = 0;
    std::size_t classes = 0;  // 0: the targets are numbers
    double loss = 0, accuracy = 0, r_squared = 0, absolute_error = 0;
    std::vector<std::size_t> counts{};                          // classes × classes: truth, then what it was taken for
    std::vector<hard_sample> worst{};                           // the largest loss first
    std::vector<std::vector<double>> targets{}, predictions{};  // by output: some samples, evenly chosen
};

namespace detail {

/// Do targets speak of classes: their numbers, distributions, or 0 (or −1) and 1 for one output?
template <class T>
bool are_classes(const nn::dataset<T>& data, std::size_t outputs, std::size_t target_size) {
    if (outputs > 1 && target_size == 1) return true;
    for (std::size_t s = 0; s < data.targets.count; s += target_size) {
        double sum = 0;
        for (std::size_t i = 0; i < target_size; ++i) {
            const auto t = static_cast<double>(data.targets.data[s + i]);
            if (outputs == 1 ? t != 0 && t != 1 && t != -1 : !(t >= 0 && t <= 1)) return false;
            sum += t;
        }
        if (outputs > 1 && std::abs(sum - 1) > 1e-3) return false;
    }
    return true;
}

/// The probability of a class by outputs that mean this; negative where they give none.
template <class T>
double probability_of(std::size_t c, const T* outputs, std::size_t count, outputs_are meaning) {
    const auto at = [&](std::size_t i) { return static_cast<double>(outputs[i]); };
    if (count == 1) {
        const double p = meaning == outputs_are::log_odds ? 1 / (1 + std::exp(-at(0))) : at(0);
        return p >= 0 && p <= 1 ? (c == 1 ? p : 1 - p) : -1;
    }
    double sum = 0, most = at(0);
    for (std::size_t i = 0; i < count; ++i) most = std::fmax(most, at(i));
    if (meaning == outputs_are::log_probabilities) return std::exp(at(c));
    if (meaning == outputs_are::logits) {
        for (std::size_t i = 0; i < count; ++i) sum += std::exp(at(i) - most);
        return std::exp(at(c) - most) / sum;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!(at(i) >= 0)) return -1;
        sum += at(i);
    }
    return std::abs(sum - 1) < 1e-3 ? at(c) : -1;
}

template <class Model, class Loss>
class examination {
    using T = typename Model::value_type;
    static constexpr std::size_t width = decltype(Model::output_shape)::size;
    static constexpr std::size_t input_size = decltype(Model::input_shape)::size;
    static constexpr std::size_t target_size = nn::target_of<Model, Loss>::shape_type::size;
    static constexpr std::size_t most_points = 800, most_outputs = 4;

public:
    explicit examination(const report_options& how) : how_(how) {}

    findings run(Model& model, const nn::dataset<T>& data) {
        const nn::detail::selection<T> samples = nn::detail::samples_for<Model, Loss>(data);
        found_.samples = samples.size();
        found_.outputs = width;
        if (are_classes(data, width, target_size)) {
            found_.classes = width > 1 ? width : 2;
            found_.counts.assign(found_.classes * found_.classes, 0);
        } else {
            found_.targets.resize(std::min(width, most_outputs));
            found_.predictions.resize(found_.targets.size());
        }
        nn::detail::r_squared_tally<width> fit;
        nn::detail::absolute_error_tally<width> error;
        std::size_t at = 0;
        nn::detail::each_output(model, samples, [&](const T* outputs, const nn::dataset<T>& part, std::size_t count) {
            for (std::size_t s = 0; s < count; ++s, ++at) {
                const T* const target = part.targets.data + s * target_size;
                take(at, one_of(part, s), outputs + s * width);
                if constexpr (target_size == width)
                    if (found_.classes == 0)
                        fit.add(outputs + s * width, target, width), error.add(outputs + s * width, target, width);
            }
        });
        if (found_.classes == 0) found_.r_squared = fit.value(), found_.absolute_error = error.value();
        std::sort_heap(found_.worst.begin(), found_.worst.end(), is_worse);
        found_.loss /= static_cast<double>(found_.samples);
        found_.accuracy /= static_cast<double>(found_.samples);
        return std::move(found_);
    }

private:
    static nn::dataset<T> one_of(const nn::dataset<T>& part, std::size_t s) {
        nn::dataset<T> sample{{part.inputs.data + s * input_size, input_size},
                              {part.targets.data + s * target_size, target_size}};
        if (part.weights.count > 0) sample.weights = {part.weights.data + s, 1};
        return sample;
    }
    /// A loss that is not finite is worse than any other.
    static bool is_worse(const hard_sample& a, const hard_sample& b) {
        const bool a_finite = is_finite(a.loss), b_finite = is_finite(b.loss);
        if (a_finite && b_finite && a.loss != b.loss) return a.loss > b.loss;
        return a_finite != b_finite ? b_finite : a.index < b.index;
    }

    void take(std::size_t index, const nn::dataset<T>& sample, const T* output) {
        hard_sample now;
        now.index = index;
        now.loss = loss_(output, sample, 1);
        found_.loss += now.loss;
        if (found_.classes > 0) {
            const double threshold = how_.threshold.value_or(meaning == outputs_are::log_odds ? 0 : 0.5);
            now.truth = nn::detail::class_of_target<width>(sample.targets.data, target_size);
            now.taken_for = nn::detail::class_of(output, width, threshold);
            now.probability = probability_of(now.taken_for, output, width, meaning);
            ++found_.counts[now.truth * found_.classes + now.taken_for];
            found_.accuracy += now.truth == now.taken_for;
        } else if (index % (1 + (found_.samples - 1) / most_points) == 0) {
            for (std::size_t i = 0; i < found_.targets.size() && i < target_size; ++i) {
                found_.targets[i].push_back(static_cast<double>(sample.targets.data[i]));
                found_.predictions[i].push_back(static_cast<double>(output[i]));
            }
        }
        // A heap of the worst, the least bad of them on top.
        std::vector<hard_sample>& worst = found_.worst;
        if (how_.worst == 0 || (worst.size() == how_.worst && !is_worse(now, worst.front()))) return;
        now.input.assign(sample.inputs.data, sample.inputs.data + input_size);
        now.target.assign(sample.targets.data, sample.targets.data + target_size);
        now.output.assign(output, output + width);
        if (worst.size() == how_.worst) {
            std::pop_heap(worst.begin(), worst.end(), is_worse);
            worst.pop_back();
        }
        worst.push_back(std::move(now));
        std::push_heap(worst.begin(), worst.end(), is_worse);
    }

    static constexpr outputs_are meaning = meaning_for<Loss>;
    const report_options& how_;
    nn::detail::loss_of_outputs<Model, Loss> loss_;
    findings found_;
};

}  // namespace detail
}  // namespace chainfold::report
