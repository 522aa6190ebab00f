// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which classes are taken for which.

#include <chainfold/nn/metrics.hpp>

namespace chainfold::nn {

/// Counts of samples by their class (row) and the class that the network gave them (column).
template <std::size_t Classes>
class confusion_matrix {
public:
    static constexpr std::size_t classes = Classes;

    /// Samples of class `truth` that were taken for `predicted`.
    [[nodiscard]] constexpr std::size_t operator()(std::size_t truth, std::size_t predicted) const {
        return counts_[truth * Classes + predicted];
    }
    constexpr void count(std::size_t truth, std::size_t predicted) { ++counts_[truth * Classes + predicted]; }

    /// Samples of a class, and samples taken for it.
    [[nodiscard]] constexpr std::size_t support(std::size_t c) const { return sum(c * Classes, 1); }
    [[nodiscard]] constexpr std::size_t predicted(std::size_t c) const { return sum(c, Classes); }

    /// Of the samples taken for a class, the share that is of it; 0 if there are none.
    [[nodiscard]] constexpr double precision(std::size_t c) const { return share((*this)(c, c), predicted(c)); }
    /// Of the samples of a class, the share that was taken for it; 0 if there are none.
    [[nodiscard]] constexpr double recall(std::size_t c) const { return share((*this)(c, c), support(c)); }
    /// The harmonic mean of precision and recall; 0 if both are.
    [[nodiscard]] constexpr double f1(std::size_t c) const { return share(2 * (*this)(c, c), support(c) + predicted(c)); }
    /// The mean of f1 over the classes, each counting alike.
    [[nodiscard]] constexpr double macro_f1() const {
        double total = 0;
        for (std::size_t c = 0; c < Classes; ++c) total += f1(c);
        return total / static_cast<double>(Classes);
    }
    [[nodiscard]] constexpr double accuracy() const {
        std::size_t right = 0, all = 0;
        for (std::size_t c = 0; c < Classes; ++c) right += (*this)(c, c), all += support(c);
        return share(right, all);
    }

    /// A table with precision, recall and F1 of each class.
    template <class Stream>
    friend auto operator<<(Stream& out, const confusion_matrix& m) -> decltype(out << std::string_view{}) {
        using detail::sentence;
        out << "truth \\ taken for";
        for (std::size_t c = 0; c < Classes; ++c) out << sentence("%7zu", c);
        out << "   precision    recall        F1\n";
        for (std::size_t r = 0; r < Classes; ++r) {
            out << sentence("%17zu", r);
            for (std::size_t c = 0; c < Classes; ++c) out << sentence("%7zu", m(r, c));
            out << sentence("%10.1f %%%8.1f %%%8.1f %%\n", 100 * m.precision(r), 100 * m.recall(r), 100 * m.f1(r));
        }
        return out << sentence("accuracy %.1f %%, macro F1 %.1f %%\n", 100 * m.accuracy(), 100 * m.macro_f1());
    }

private:
    [[nodiscard]] constexpr std::size_t sum(std::size_t first, std::size_t step) const {
        std::size_t total = 0;
        for (std::size_t i = 0; i < Classes; ++i) total += counts_[first + i * step];
        return total;
    }
    static constexpr double share(std::size_t part, std::size_t all) {
        return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
    }
    std::size_t counts_[Classes * Classes]{};
};

namespace detail {
template <std::size_t N>
struct confusion_tally {
    double threshold = 0.5;
    confusion_matrix<(N > 1 ? N : 2)> counts{};
    template <class T>
    constexpr void add(const T* output, const T* target, std::size_t size) {
        counts.count(class_of_target<N>(target, size), class_of(output, N, threshold));
    }
};
struct confusion_count {
    double threshold = 0.5;
    template <std::size_t N>
    [[nodiscard]] constexpr auto tally() const {
        return confusion_tally<N>{threshold, {}};
    }
};
}  // namespace detail

template <class Given, class Computed>
struct confusion_on_other_data : confusion_matrix<2> {
    static_assert(is_computed_in<Given, Computed>,
                  "confusion: the data must hold numbers of the type in which the network computes");
};

/// Which classes a network takes for which on some data; with one output there are two, apart at the threshold.
template <class T, class... Layers>
    requires(!Poisoned<sequential<T, Layers...>>)
auto confusion(sequential<T, Layers...>& model, const dataset<T>& data, double threshold = 0.5) {
    return detail::tally_of(detail::confusion_count{threshold}, model, data).counts;
}
template <class Given>
struct confusion_on_no_data : confusion_matrix<2> {
    static_assert(are_batches_of_one_type<Given>,
                  "data are dataset{batch(inputs), batch(targets)}: numbers of one type, one sample after another");
};
template <class Model, NoData Data>
    requires(!Poisoned<Model>)
CHAINFOLD_MISTAKE(confusion_on_no_data<Data> confusion(const Model&, const Data&, double = 0))
template <class Model, class U>
    requires Poisoned<Model, U>
constexpr poison confusion(const Model&, const dataset<U>&, double = 0) {
    return {};
}
template <class Model, class U>
    requires(!Poisoned<Model, U> && !std::is_same_v<U, typename Model::value_type>)
CHAINFOLD_MISTAKE(confusion_on_other_data<U, typename Model::value_type> confusion(const Model&, const dataset<U>&,
                                                                                  double = 0))

}  // namespace chainfold::nn
