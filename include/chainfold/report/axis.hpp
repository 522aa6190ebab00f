// SPDX-License-Identifier: BSL-1.0
#pragma once

// Axes: where a number stands between 0 and 1, and at which numbers there are ticks.

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <chainfold/report/markup.hpp>

namespace chainfold::report {

/// The numbers seen; those that are not finite leave it as it is.
struct range {
    double least = std::numeric_limits<double>::max();
    double most = std::numeric_limits<double>::lowest();
    double least_positive = std::numeric_limits<double>::max();

    void add(double x) {
        if (!is_finite(x)) return;
        least = std::fmin(least, x);
        most = std::fmax(most, x);
        if (x > 0) least_positive = std::fmin(least_positive, x);
    }
    void add(const std::vector<double>& all) {
        for (const double x : all) add(x);
    }
    [[nodiscard]] bool empty() const { return most < least; }
    [[nodiscard]] bool is_positive() const { return !empty() && least > 0; }
    /// More than a factor of 30 from end to end.
    [[nodiscard]] bool asks_for_logarithms() const { return is_positive() && most > 30 * least; }
};

struct tick {
    double at = 0;  // the number
    std::string text{};
};

struct axis {
    double low = 0, high = 1;  // or their decimal logarithms
    bool logarithmic = false;
    std::vector<tick> ticks{};

    /// 0 at the beginning, 1 at the end; beyond them it stays there.
    [[nodiscard]] double place(double x) const {
        const double place = ((logarithmic ? std::log10(x) : x) - low) / (high - low);
        return place > 0 ? (place < 1 ? place : 1) : 0;
    }
};

namespace detail {

/// The step 1, 2 or 5 times a power of ten that divides a length into at most so many parts.
inline double nice_step(double length, int parts) {
    const double rough = length / parts, power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * (1 - 1e-9)) return factor * power;
    return 10 * power;
}
inline std::string decimal_text(double x, double step) {
    if (std::abs(x) < step / 2) return "0";
    if (std::abs(x) >= 1e6 || step < 1e-4) return number_text(x, 4);
    char text[40];
    const int digits = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    std::snprintf(text, sizeof text, "%.*f", digits, x);
    return text[0] == '-' ? "−" + std::string(text + 1) : text;
}

}  // namespace detail

/// An axis that ends at the ends of the range or, if `rounded`, at the ticks beyond them.
inline axis linear_axis(const range& r, int parts = 5, bool rounded = true) {
    axis a;
    if (!r.empty()) a.low = r.least, a.high = r.most;
    // Halved, so that the ends of the range of double have a difference.
    const double half = a.high / 2 - a.low / 2, middle = a.low / 2 + a.high / 2;
    if (!(half > 1e-9 * std::abs(middle)) || half < 1e-300) {
        const double room = middle == 0 ? 1 : std::abs(middle) / 10;
        a.low = middle - room, a.high = middle + room;
    }
    if (!is_finite(a.high - a.low)) a.low /= 4, a.high /= 4;
    const double step = detail::nice_step(a.high - a.low, parts);
    if (rounded) a.low = step * std::floor(a.low / step + 1e-9), a.high = step * std::ceil(a.high / step - 1e-9);
    const double first = std::ceil(a.low / step - 1e-9);
    for (int i = 0; i <= 2 * parts; ++i)
        if (const double at = step * (first + i); at <= a.high + 1e-9 * (a.high - a.low))
            a.ticks.push_back({at, detail::decimal_text(at, step)});
    return a;
}

/// Of the positive numbers of a range, of which there must be some; at most `decades` below the
/// largest, with a margin at either end.
inline axis log_axis(const range& r, int parts = 6, double margin = 0, double decades = 300) {
    axis a;
    a.logarithmic = true;
    a.high = std::log10(r.most);
    a.low = std::fmax(std::log10(r.least_positive), a.high - decades);
    const double room = a.high - a.low < 0.1 ? 0.15 : margin * (a.high - a.low);
    a.low -= room, a.high += room;
    const double length = a.high - a.low;
    const int every = static_cast<int>(std::ceil(length / parts));
    const int first = static_cast<int>(std::floor(a.low)), last = static_cast<int>(std::ceil(a.high));
    const auto add = [&](double factor, int exponent) {
        const double at = std::log10(factor) + exponent;
        if (at < a.low - 1e-9 || at > a.high + 1e-9) return;
        const bool is_plain = exponent >= -3 && exponent <= 3;
        std::string text = is_plain ? number_text(factor * std::pow(10, exponent)) : power_of_ten(exponent);
        if (!is_plain && factor > 1) text = number_text(factor) + " × " + text;
        a.ticks.push_back({std::pow(10, at), text});
    };
    for (int e = first; e <= last; ++e) {
        if (length >= 1.5 && (e % every != 0)) continue;
        add(1, e);
        if (length < 3)
            for (const double factor : {2.0, 5.0}) add(factor, e);
        if (length < 0.7)
            for (const double factor : {1.5, 3.0, 4.0, 7.0}) add(factor, e);
    }
    std::sort(a.ticks.begin(), a.ticks.end(), [](const tick& s, const tick& t) { return s.at < t.at; });
    return a;
}

}  // namespace chainfold::report
