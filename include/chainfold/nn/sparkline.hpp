// SPDX-License-Identifier: BSL-1.0
#pragma once

// The history of layers for a terminal: std::cout << history.layers.

#include <cstdio>

#include <chainfold/math/logarithm.hpp>
#include <chainfold/nn/history.hpp>

namespace chainfold::nn {

/// Numbers as a row of little bars, ▁▂▃▄▅▆▇█, from the smallest to the largest on a logarithmic scale; a space where a
/// number is not positive.  More numbers than `width` are thinned out: the last one always stays.
inline std::string sparkline(const std::vector<double>& values, std::size_t width = 32) {
    static constexpr const char* bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::vector<double> shown;
    const std::size_t count = values.size() < width ? values.size() : width;
    for (std::size_t i = 1; i <= count; ++i) shown.push_back(values[i * values.size() / count - 1]);
    double least = 0, most = 0;
    for (const double v : shown) {
        if (!(v > 0)) continue;
        if (least == 0 || v < least) least = v;
        if (v > most) most = v;
    }
    const double range = least > 0 ? math::log(most / least) : 0;
    std::string line;
    for (const double v : shown) {
        const double height = v > 0 && range > 0.01 ? math::log(v / least) / range * 7.99 : 3;
        line += v > 0 ? bars[static_cast<std::size_t>(height)] : " ";
    }
    return line;
}

namespace detail {

inline std::string column_of(const layer_history& seen, const std::vector<double>& table, std::size_t column) {
    std::vector<double> values;
    for (std::size_t r = 0; r < seen.rows(); ++r) values.push_back(seen.at(table, r, column));
    char last[16];
    std::snprintf(last, sizeof last, "%9.2g  ", values.back());
    const std::size_t shown = values.size() < 32 ? values.size() : 32;
    return last + sparkline(values) + std::string(32 - shown, ' ');
}
inline std::string named(std::string_view name) {
    return "  " + std::string(name) + std::string(name.size() < 14 ? 14 - name.size() : 1, ' ');
}

}  // namespace detail

/// Layer by layer and weight by weight: the last value, and how it came about.
template <class Stream>
auto operator<<(Stream& out, const layer_history& seen) -> decltype(out << std::string_view{}) {
    if (seen.rows() == 0) return out << "nothing was looked at\n";
    out << "  layer         activation (root mean square)               dead\n";
    for (std::size_t l = 0; l < seen.layers; ++l) {
        char dead[16];
        std::snprintf(dead, sizeof dead, "%5.0f %%\n", 100 * seen.at(seen.dead, seen.rows() - 1, l));
        out << detail::named(std::to_string(l)) << detail::column_of(seen, seen.activation, l) << dead;
    }
    out << "  weight        gradient (norm)                                step / weight\n";
    for (std::size_t w = 0; w < seen.weights.size(); ++w)
        out << detail::named(seen.weights[w]) << detail::column_of(seen, seen.gradient, w) << "  "
            << detail::column_of(seen, seen.update, w) << "\n";
    return out;
}

}  // namespace chainfold::nn
