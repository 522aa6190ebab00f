// SPDX-License-Identifier: BSL-1.0
#pragma once

// The history of layers for a terminal: std::cout << history.layers.

#include <concepts>
#include <cstdio>

#include <chainfold/math/logarithm.hpp>
#include <chainfold/nn/history.hpp>
#include <chainfold/nn/optimiser/descent.hpp>

namespace chainfold::nn {

// (A template, as all here are: who prints nothing need not wait until it is compiled.)
/// Numbers as a row of little bars, ▁▂▃▄▅▆▇█, from the smallest to the largest on a logarithmic scale; a space where a
/// number is not positive, and × where it is not finite.  More numbers than `width` are thinned out: the last one always
/// stays.
template <std::same_as<double> T = double>
std::string sparkline(const std::vector<T>& values, std::size_t width = 32) {
    static constexpr const char* bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::vector<T> shown;
    const std::size_t count = values.size() < width ? values.size() : width;
    for (std::size_t i = 1; i <= count; ++i) shown.push_back(values[i * values.size() / count - 1]);
    T least = 0, most = 0;
    for (const T v : shown) {
        if (!detail::all_finite(&v, 1) || !(v > 0)) continue;
        if (least == 0 || v < least) least = v;
        if (v > most) most = v;
    }
    const T range = least > 0 ? math::log(most) - math::log(least) : 0;
    std::string line;
    for (const T v : shown) {
        const bool is_finite = detail::all_finite(&v, 1), stands = is_finite && v > 0;
        const T height = stands && range > 0.01 ? (math::log(v) - math::log(least)) / range * 7.99 : 3;
        line += stands ? bars[static_cast<std::size_t>(height)] : is_finite ? " " : "×";
    }
    return line;
}

namespace detail {

inline constexpr std::size_t sparks = 20, name_width = 12;  // so that a row fits into 80 columns

template <class Stream>
void put_column(Stream& out, const layer_history& seen, const std::vector<double>& table, std::size_t column) {
    std::vector<double> values;
    for (std::size_t r = 0; r < seen.rows(); ++r) values.push_back(seen.at(table, r, column));
    char last[16];
    std::snprintf(last, sizeof last, "%9.2g  ", values.back());
    out << last << sparkline(values, sparks)
        << std::string(sparks - (values.size() < sparks ? values.size() : sparks), ' ');
}
template <class Stream>
void put_name(Stream& out, std::string_view name) {
    out << "  " << name << std::string(name.size() < name_width ? name_width - name.size() : 1, ' ');
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
        detail::put_name(out, std::to_string(l));
        detail::put_column(out, seen, seen.activation, l);
        out << dead;
    }
    out << "  weight        gradient (norm)                    step / weight\n";
    for (std::size_t w = 0; w < seen.weights.size(); ++w) {
        detail::put_name(out, seen.weights[w]);
        detail::put_column(out, seen, seen.gradient, w);
        out << "  ";
        detail::put_column(out, seen, seen.update, w);
        out << "\n";
    }
    return out;
}

}  // namespace chainfold::nn
