// SPDX-License-Identifier: BSL-1.0
#pragma once

// The history of layers for a terminal: std::cout << history.layers.

#include <cstdio>

#include <chainfold/math/logarithm.hpp>
#include <chainfold/nn/history.hpp>
#include <chainfold/nn/optimiser/descent.hpp>

namespace chainfold::nn {

/// Numbers as a row of little bars, ▁▂▃▄▅▆▇█, from the smallest to the largest on a logarithmic scale; a space where a
/// number is not positive, and × where it is not finite.  More numbers than `width` are thinned out: the last one always
/// stays.
inline std::string sparkline(const std::vector<double>& values, std::size_t width = 32) {
    static constexpr const char* bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::vector<double> shown;
    const std::size_t count = values.size() < width ? values.size() : width;
    for (std::size_t i = 1; i <= count; ++i) shown.push_back(values[i * values.size() / count - 1]);
    double least = 0, most = 0;
    for (const double v : shown) {
        if (!detail::all_finite(&v, 1) || !(v > 0)) continue;
        if (least == 0 || v < least) least = v;
        if (v > most) most = v;
    }
    const double range = least > 0 ? math::log(most) - math::log(least) : 0;
    std::string line;
    for (const double v : shown) {
        const bool is_finite = detail::all_finite(&v, 1), stands = is_finite && v > 0;
        const double height = stands && range > 0.01 ? (math::log(v) - math::log(least)) / range * 7.99 : 3;
        line += stands ? bars[static_cast<std::size_t>(height)] : is_finite ? " " : "×";
    }
    return line;
}

namespace detail {

inline constexpr std::size_t sparks = 20, name_width = 12;  // so that a row fits into 80 columns

inline std::string column_of(const layer_history& seen, const std::vector<double>& table, std::size_t column) {
    std::vector<double> values;
    for (std::size_t r = 0; r < seen.rows(); ++r) values.push_back(seen.at(table, r, column));
    char last[16];
    std::snprintf(last, sizeof last, "%9.2g  ", values.back());
    return last + sparkline(values, sparks) + std::string(sparks - (values.size() < sparks ? values.size() : sparks), ' ');
}
inline std::string named(std::string_view name) {
    return "  " + std::string(name) + std::string(name.size() < name_width ? name_width - name.size() : 1, ' ');
}

}  // namespace detail

/// Layer by layer and weight by weight: the last value, and how it came about.
template <class Stream>
auto operator<<(Stream& out, const layer_history& seen) -> decltype(out << std::string_view{}) {
    if (seen.rows() == 0) return out << "nothing was looked at\n";
    out << "  layer         activation (root mean square)   dead\n";
    for (std::size_t l = 0; l < seen.layers; ++l) {
        char dead[16];
        std::snprintf(dead, sizeof dead, "%5.0f %%\n", 100 * seen.at(seen.dead, seen.rows() - 1, l));
        out << detail::named(std::to_string(l)) << detail::column_of(seen, seen.activation, l) << dead;
    }
    out << "  weight        gradient (norm)                    step / weight\n";
    for (std::size_t w = 0; w < seen.weights.size(); ++w)
        out << detail::named(seen.weights[w]) << detail::column_of(seen, seen.gradient, w) << "  "
            << detail::column_of(seen, seen.update, w) << "\n";
    return out;
}

}  // namespace chainfold::nn
