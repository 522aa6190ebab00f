// SPDX-License-Identifier: BSL-1.0
#pragma once

// Data brought to a common scale, column by column: x ↦ (x − offset) / scale.  Offset and scale are measured on the
// training part only, applied to every part, and saved with the weights, so that what a network is given later is what
// it was trained on.

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include <chainfold/storage/error.hpp>
#include <chainfold/tensor/contiguous.hpp>

namespace chainfold {

/// An offset and a scale for each column of samples.
struct normaliser {
    std::vector<double> offset{};
    std::vector<double> scale{};

    [[nodiscard]] std::size_t columns() const { return offset.size(); }

    /// Normalises samples, one after another, in place.
    template <has_data_and_size R>
    void apply(R&& samples) const {
        each(samples, [](double x, double o, double s) { return (x - o) / s; });
    }
    /// Takes it back, for predictions of normalised targets.
    template <has_data_and_size R>
    void undo(R&& samples) const {
        each(samples, [](double x, double o, double s) { return x * s + o; });
    }
    /// A normalised copy.
    template <Contiguous R>
    [[nodiscard]] auto operator()(const R& samples) const {
        using T = typename contiguous_traits<R>::value_type;
        const T* const first = contiguous_traits<R>::data(samples);
        std::vector<T> copy(first, first + contiguous_traits<R>::count(samples));
        apply(copy);
        return copy;
    }

    friend bool operator==(const normaliser&, const normaliser&) = default;

private:
    template <class R, class F>
    void each(R& samples, F f) const {
        const std::size_t count = static_cast<std::size_t>(samples.size()), width = columns();
        if (width == 0 || count % width != 0)
            detail::refuse_argument("normaliser: expected samples of " + std::to_string(width) + " numbers, found " +
                                    std::to_string(count) + " numbers");
        auto* const values = samples.data();
        for (std::size_t i = 0; i < count; ++i)
            values[i] = static_cast<std::remove_reference_t<decltype(*values)>>(
                f(static_cast<double>(values[i]), offset[i % width], scale[i % width]));
    }
};

namespace detail {

/// The number of samples; throws std::invalid_argument where there is none, or not a whole number of them.
inline std::size_t samples_to_fit(std::size_t numbers, std::size_t columns) {
    if (columns == 0 || numbers == 0 || numbers % columns != 0)
        refuse_argument("normaliser: expected one or more samples of " + std::to_string(columns) + " numbers, found " +
                        std::to_string(numbers) + " numbers");
    return numbers / columns;
}

}  // namespace detail

/// Mean 0 and standard deviation 1 (divided by n, as scikit-learn's StandardScaler) for every column of the samples
/// given, which should be those of the training.  A column that does not vary is only shifted to 0.
template <Contiguous R>
normaliser standardise(const R& training, std::size_t columns) {
    const auto* const x = contiguous_traits<R>::data(training);
    const std::size_t samples = detail::samples_to_fit(contiguous_traits<R>::count(training), columns);
    const double n = static_cast<double>(samples);
    normaliser fitted{std::vector<double>(columns), std::vector<double>(columns, 1)};
    for (std::size_t c = 0; c < columns; ++c) {
        const auto at = [&](std::size_t s) { return static_cast<double>(x[s * columns + c]); };
        double sum = 0, square = 0, least = at(0), most = at(0);
        for (std::size_t s = 0; s < samples; ++s) {
            sum += at(s);
            least = at(s) < least ? at(s) : least;
            most = at(s) > most ? at(s) : most;
        }
        const double mean = least == most ? least : sum / n;
        for (std::size_t s = 0; s < samples; ++s) square += (at(s) - mean) * (at(s) - mean);
        fitted.offset[c] = mean;
        if (square > 0) fitted.scale[c] = std::sqrt(square / n);
    }
    return fitted;
}

/// 0 to 1 for every column of the samples given, which should be those of the training; others may fall outside.  A
/// column that does not vary is only shifted to 0.
template <Contiguous R>
normaliser min_max(const R& training, std::size_t columns) {
    const auto* const x = contiguous_traits<R>::data(training);
    const std::size_t samples = detail::samples_to_fit(contiguous_traits<R>::count(training), columns);
    normaliser fitted{std::vector<double>(columns), std::vector<double>(columns, 1)};
    for (std::size_t c = 0; c < columns; ++c) {
        double least = static_cast<double>(x[c]), most = least;
        for (std::size_t s = 1; s < samples; ++s) {
            const double value = static_cast<double>(x[s * columns + c]);
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        fitted.offset[c] = least;
        if (most > least) fitted.scale[c] = most - least;
    }
    return fitted;
}

template <class Samples>
inline constexpr bool has_so_many_columns = false;
template <class Samples>
struct normaliser_of_no_columns : normaliser {
    template <class X>
    constexpr normaliser_of_no_columns& operator=(const X&) {
        return *this;
    }
    static_assert(has_so_many_columns<Samples>,
                  "standardise(samples, n), min_max(samples, n): n is how many numbers a sample has");
};
template <class Samples>
CHAINFOLD_MISTAKE(normaliser_of_no_columns<Samples> standardise(const Samples&))
template <class Samples>
CHAINFOLD_MISTAKE(normaliser_of_no_columns<Samples> min_max(const Samples&))

}  // namespace chainfold
