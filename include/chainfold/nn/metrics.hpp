// SPDX-License-Identifier: BSL-1.0
#pragma once

// How good a network is on some data: nn::accuracy(net, data); the same objects after the options of train are measured
// every epoch.  A metric has a name and gives a tally for N outputs: add(output, target, target's size), value().

#include <vector>

#include <chainfold/nn/callback.hpp>
#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/sequential.hpp>

namespace chainfold::nn {

/// The position of the largest of `count` numbers; the first of several.
template <class T>
constexpr std::size_t largest(const T* values, std::size_t count) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < count; ++i)
        if (values[i] > values[best]) best = i;
    return best;
}

namespace detail {

/// The class that numbers speak of: that of the largest; of one number, 1 above the threshold and 0 otherwise.
template <class T>
constexpr std::size_t class_of(const T* values, std::size_t count, double threshold) {
    return count > 1 ? largest(values, count) : static_cast<double>(*values) > threshold;
}
/// The class that a target stands for: a distribution over the N classes, or the number of the class.
template <std::size_t N, class T>
constexpr std::size_t class_of_target(const T* target, std::size_t size) {
    if (size == N) return class_of(target, N, 0.5);
    if (!(*target >= 0 && *target < static_cast<T>(N) && static_cast<T>(static_cast<std::size_t>(*target)) == *target))
        refuse("targets: the number of a class must be from 0 to the number of outputs less 1");
    return static_cast<std::size_t>(*target);
}

/// Samples in one call of a network that is measured.
inline constexpr std::size_t measured_together = 512;

/// Calls take(outputs, their samples, count) for all samples, some at a time.
template <class Model, class T, class F>
void each_output(Model& model, const selection<T>& samples, F&& take) {
    constexpr std::size_t width = decltype(Model::output_shape)::size;
    batch_memory<T> memory;
    std::vector<T> outputs;
    for (std::size_t first = 0; first < samples.size(); first += measured_together) {
        const dataset<T> part = samples.part(first, measured_together, memory);
        outputs.resize(part.inputs.count / samples.input_size * width);
        model(part.inputs, into(outputs));
        take(outputs.data(), part, outputs.size() / width);
    }
}

template <class Tally, class T>
void add_all(Tally& tally, const T* outputs, std::size_t width, const T* targets, std::size_t target_size, std::size_t count) {
    for (std::size_t s = 0; s < count; ++s) tally.add(outputs + s * width, targets + s * target_size, target_size);
}

/// A network's tally of a metric.
template <class Metric, class Model, class T>
auto tally_of(const Metric& metric, Model& model, const dataset<T>& data) {
    constexpr std::size_t width = decltype(Model::output_shape)::size;
    constexpr std::size_t input_size = decltype(Model::input_shape)::size;
    // A target is as wide as the output, or one number.
    const bool by_number = width > 1 && data.targets.count * input_size == data.inputs.count;
    const selection<T> samples = everything(data, input_size, by_number ? 1 : width);
    auto tally = metric.template tally<width>();
    each_output(model, samples, [&](const T* outputs, const dataset<T>& part, std::size_t count) {
        add_all(tally, outputs, width, part.targets.data, samples.target_size, count);
    });
    return tally;
}

/// What makes a metric callable.
template <class Metric>
struct measured {
    template <class T, class... Layers>
        requires(!Poisoned<sequential<T, Layers...>>)
    double operator()(sequential<T, Layers...>& model, const dataset<T>& data) const {
        return tally_of(static_cast<const Metric&>(*this), model, data).value();
    }
    template <class Model, class U>
        requires Poisoned<Model, U>
    constexpr double operator()(const Model&, const dataset<U>&) const {
        return 0;
    }
    template <class Model, NoData Data>
        requires(!Poisoned<Model>)
    CHAINFOLD_MISTAKE(training_on_no_data<Data> operator()(const Model&, const Data&) const)
    template <class Model, class U>
        requires(!Poisoned<Model, U> && !std::is_same_v<U, typename Model::value_type>)
    CHAINFOLD_MISTAKE(data_of_another_type<U, typename Model::value_type> operator()(const Model&,
                                                                                    const dataset<U>&) const)
};

template <std::size_t N>
struct accuracy_tally {
    double threshold = 0.5;
    std::size_t right = 0, samples = 0;
    template <class T>
    constexpr void add(const T* output, const T* target, std::size_t size) {
        right += class_of(output, N, threshold) == class_of_target<N>(target, size);
        ++samples;
    }
    [[nodiscard]] constexpr double value() const { return static_cast<double>(right) / static_cast<double>(samples); }
};

template <std::size_t N>
struct absolute_error_tally {
    double sum = 0;
    std::size_t numbers = 0;
    template <class T>
    constexpr void add(const T* output, const T* target, std::size_t) {
        for (std::size_t i = 0; i < N; ++i) {
            const double error = static_cast<double>(output[i]) - static_cast<double>(target[i]);
            sum += error < 0 ? -error : error;
        }
        numbers += N;
    }
    [[nodiscard]] constexpr double value() const { return sum / static_cast<double>(numbers); }
};

/// Means and sums of squares are updated sample by sample (Welford 1962), so that nothing cancels.
template <std::size_t N>
struct r_squared_tally {
    double mean[N]{}, total[N]{}, residual[N]{}, samples = 0;
    template <class T>
    constexpr void add(const T* output, const T* target, std::size_t) {
        ++samples;
        for (std::size_t i = 0; i < N; ++i) {
            const double t = static_cast<double>(target[i]), error = static_cast<double>(output[i]) - t;
            const double away = t - mean[i];
            mean[i] += away / samples;
            total[i] += away * (t - mean[i]);
            residual[i] += error * error;
        }
    }
    [[nodiscard]] constexpr double value() const {
        double sum = 0;
        for (std::size_t i = 0; i < N; ++i)
            sum += total[i] > 0 ? 1 - residual[i] / total[i] : residual[i] > 0 ? 0.0 : 1.0;
        return sum / static_cast<double>(N);
    }
};

}  // namespace detail

/// See nn::accuracy.
struct accuracy_metric : detail::measured<accuracy_metric> {
    static constexpr std::string_view name = "accuracy";
    double threshold = 0.5;

    template <std::size_t N>
    [[nodiscard]] constexpr auto tally() const {
        return detail::accuracy_tally<N>{threshold};
    }
    /// The same with another threshold for networks with one output: 0 for logits.
    [[nodiscard]] constexpr accuracy_metric above(double other) const {
        accuracy_metric changed = *this;
        changed.threshold = other;
        return changed;
    }
};
/// The share of samples whose largest output stands where the target's largest number does, or whose one output is above
/// ½ where the target is (accuracy.above(0) for logits); from 0 to 1.  A target may also be the number of a class.
inline constexpr accuracy_metric accuracy{};

/// See nn::mae.
struct absolute_error_metric : detail::measured<absolute_error_metric> {
    static constexpr std::string_view name = "mean absolute error";
    template <std::size_t N>
    [[nodiscard]] constexpr auto tally() const {
        return detail::absolute_error_tally<N>{};
    }
};
/// The mean absolute error: of |y − t| over samples and outputs.
inline constexpr absolute_error_metric mae{};

/// See nn::r_squared.
struct r_squared_metric : detail::measured<r_squared_metric> {
    static constexpr std::string_view name = "R²";
    template <std::size_t N>
    [[nodiscard]] constexpr auto tally() const {
        return detail::r_squared_tally<N>{};
    }
};
/// R² = 1 − Σ (y − t)² / Σ (t − t̄)², the mean over the outputs.  Where all targets are equal it is 1 for outputs that are
/// right and 0 otherwise, as in scikit-learn.
inline constexpr r_squared_metric r_squared{};

}  // namespace chainfold::nn
