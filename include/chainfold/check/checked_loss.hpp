// SPDX-License-Identifier: BSL-1.0
#pragma once

// One derivative against differences of the loss.
//
// An entry passes if |a − n| ≤ tolerance · max(|a|, |n|) for the analytic derivative a and the numeric one n.  Where both
// are lost in the rounding of the loss (the floor) it is excused, which certifies nothing.

#include <chainfold/check/report.hpp>
#include <chainfold/program/compile.hpp>

namespace chainfold {

/// How a gradient is checked.
struct gradient_check_options {
    double tolerance = 0;     // largest relative error; 0 is 1e-6, and 1e-3 for a program in float
    double step = 0;          // the first and largest, in units of max(1, |w|); 0 is 0.02
    std::size_t samples = 0;  // how many entries of each symbol are checked, spread by the seed; 0 is all
    std::uint64_t seed = 1;   // of which entries they are, and of the direction
    bool plant_mistake = false;  // for self_test: one factor of each symbol's derivative is wrong
};

namespace detail {

/// The numbers of one binding as doubles, to be changed one by one.
template <class B>
struct checked_values {
    using symbol_type = typename B::symbol_type;
    static constexpr bool is_batched = B::is_batched;
    std::vector<double> values;
    explicit checked_values(const B& b) {
        for (std::size_t i = 0; i < b.count; ++i) values.push_back(static_cast<double>(b.data()[i]));
    }
    static constexpr std::size_t size = symbol_type::shape_type::size;
    [[nodiscard]] std::size_t samples() const { return is_batched ? values.size() / size : 1; }
    [[nodiscard]] symbol_values given() const { return {symbol_type::key, values.data(), is_batched ? size : 0}; }
    [[nodiscard]] binding<symbol_type, double, B::is_batched> bound() const { return {values.data(), values.size()}; }
};
/// What is compared at one entry.
struct compared {
    double analytic = 0, floor = 0;
    numeric_slope numeric{};
    kink bent{};

    [[nodiscard]] bool is_finite() const {
        return numeric.is_finite && detail::is_finite(analytic) && detail::is_finite(numeric.value);
    }
    [[nodiscard]] double difference() const { return math::abs(numeric.value - analytic); }
    [[nodiscard]] double size() const {
        const double n = math::abs(numeric.value), a = math::abs(analytic);
        return n > a ? n : a;
    }
    [[nodiscard]] double error() const {
        return !is_finite() ? std::numeric_limits<double>::max() : difference() == 0 ? 0 : difference() / size();
    }
    [[nodiscard]] check_verdict verdict(double tolerance) const {
        if (!is_finite()) return check_verdict::fail;
        if (bent.exists()) return check_verdict::kink;
        if (error() <= tolerance || difference() <= floor) return check_verdict::pass;
        return difference() <= numeric.error ? check_verdict::suspect : check_verdict::fail;
    }
};

/// What was found at one entry goes into what was found for its symbol.  (A template, as the next one: who checks
/// nothing need not wait until they are compiled.)
template <class Compared>
void note(gradient_check_entry& entry, std::size_t i, const Compared& c, double tolerance) {
    const check_verdict verdict = c.verdict(tolerance);
    const double difference = c.difference(), error = c.error();
    if (verdict == check_verdict::pass && c.size() > c.floor) ++entry.certified;
    if (!(difference <= entry.largest_difference)) entry.largest_difference = difference;
    const bool worse = verdict > entry.verdict || (verdict == entry.verdict && !(error <= entry.largest_error));
    if (!(error <= entry.largest_error)) entry.largest_error = error;
    if (entry.checked++ > 0 && !worse) return;
    entry.verdict = verdict > entry.verdict ? verdict : entry.verdict;
    entry.worst = i;
    entry.analytic = c.analytic;
    entry.numeric = c.numeric;
    entry.bent = c.bent;
}

/// A loss along a line, and the sides on which the arguments of its pieces lie.  (One type for all losses and lines, so
/// that what is done along them is compiled once.)
struct any_line {
    void* what;
    double (*value)(void*, double);
    std::vector<side> (*sides)(void*, double);
    double operator()(double t) const { return value(what, t); }
};

/// The analytic derivative against differences along a line at one of its points, where the loss is `middle`.
template <class Line>
compared compare_along(const Line& line, double analytic, double at, double middle, const gradient_check_options& how,
                       double tolerance, const graph_view& graph) {
    const double size = math::abs(at) > 1 ? math::abs(at) : 1;
    compared c{analytic, 1e-9 * (1 + math::abs(middle)),
               slope_by_differences(line, at, middle, size * (how.step > 0 ? how.step : 0.02)), {}};
    // Where it may matter, the graph says whether there is a kink.
    if (c.numeric.sides_differ && (c.numeric.has_kink || c.verdict(tolerance) != check_verdict::pass))
        c.bent = find_kink(graph, line.sides(line.what, at - c.numeric.side_step),
                           line.sides(line.what, at + c.numeric.side_step));
    c.numeric.has_kink = c.bent.exists();
    return c;
}

/// A loss and the point at which its gradient is checked.
template <class Loss, class... All>
class checked_loss {
public:
    checked_loss(const gradient_check_options& how, double tolerance, const All&... all)
        : how_(how), tolerance_(tolerance), all_(all...), value_(value()) {}

    /// Checks a derivative along a line; move(t) goes to a point of it, and to `at` it returns.
    template <class Move>
    void check(gradient_check_entry& entry, std::size_t i, double analytic, double at, Move move) {
        struct way {
            checked_loss& loss;
            Move& move;
            double back;
        } here{*this, move, at};
        const any_line line{&here,
                            [](void* what, double t) {
                                const way& on = *static_cast<way*>(what);
                                on.move(t);
                                const double found = on.loss.value();
                                on.move(on.back);
                                return found;
                            },
                            [](void* what, double t) {
                                const way& on = *static_cast<way*>(what);
                                on.move(t);
                                std::vector<side> found = on.loss.sides();
                                on.move(on.back);
                                return found;
                            }};
        note(entry, i, compare_along(line, analytic, at, value_, how_, tolerance_, graph_of<Loss>().view()), tolerance_);
    }
    [[nodiscard]] double wrong() const { return 1 + 100 * tolerance_; }

private:
    double value() {
        return std::apply([&](const auto&... one) { return static_cast<double>(program_(one.bound()...)); }, all_);
    }
    [[nodiscard]] std::vector<side> sides() const {
        return std::apply(
            [](const auto&... one) {
                std::size_t samples = 1;
                ((samples = one.samples() > samples ? one.samples() : samples), ...);
                return sides_of<double>(graph_of<Loss>().view(), {one.given()...}, samples);
            },
            all_);
    }

    gradient_check_options how_;
    double tolerance_;
    std::tuple<const All&...> all_;
    program<double, expression_request<Loss>> program_;
    double value_;
};

}  // namespace detail
}  // namespace chainfold
