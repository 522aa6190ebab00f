// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a history shows over time: losses, metrics, learning rate, and heat maps of what inspection saw.

#include <cmath>

#include <chainfold/nn/history.hpp>
#include <chainfold/report/chart.hpp>
#include <chainfold/report/heat_map.hpp>

namespace chainfold::report {

namespace detail {

inline std::vector<double> epochs_of(const std::vector<double>& values) {
    std::vector<double> epochs(values.size());
    for (std::size_t i = 0; i < epochs.size(); ++i) epochs[i] = static_cast<double>(i + 1);
    return epochs;
}
inline series over_epochs(std::string name, const std::vector<double>& values, int colour) {
    return {std::move(name), epochs_of(values), values, colour};
}
inline void mark_best(chart& c, const nn::training_history& h) {
    if (h.best_epoch > 0) c.mark = h.best_epoch, c.mark_name = "best: " + std::to_string(h.best_epoch);
}

/// The layers of an architecture: "linear(64, 32)", "relu".
inline std::vector<std::string> layers_in(std::string_view architecture) {
    std::vector<std::string> layers(1);
    int depth = 0;
    for (std::size_t i = 0; i < architecture.size(); ++i) {
        const char c = architecture[i];
        depth += c == '(', depth -= c == ')';
        if (c == ',' && depth == 0)
            layers.emplace_back(), ++i;  // and the space
        else
            layers.back() += c;
    }
    return layers;
}
/// "0 linear(64, 32)" for "0", where there is such a layer.
inline std::string layer_title(const std::string& path, const std::vector<std::string>& layers) {
    std::size_t position = 0, digits = 0;
    for (; digits < path.size() && path[digits] >= '0' && path[digits] <= '9'; ++digits)
        position = 10 * position + static_cast<std::size_t>(path[digits] - '0');
    if (digits == 0 || position >= layers.size()) return path;
    if (digits < path.size()) return path + " in " + layers[position].substr(0, layers[position].find('('));
    return path + " " + layers[position];
}

}  // namespace detail

inline chart loss_chart(const nn::training_history& h) {
    chart c{"Loss by epoch", "epoch", "loss", {detail::over_epochs("training", h.loss, 1)}};
    if (!h.validation_loss.empty()) c.lines.push_back(detail::over_epochs("validation", h.validation_loss, 2));
    c.whole_x = true;
    detail::mark_best(c, h);
    return c;
}
inline chart metric_chart(const nn::training_history& h, const nn::metric_history& m) {
    const std::string name(m.name);
    chart c{name + " by epoch", "epoch", name, {}};
    if (m.name == "accuracy" || m.name == "R²") c.y_scale = scale::linear;
    if (!m.training.empty()) c.lines.push_back(detail::over_epochs("training", m.training, 1));
    if (!m.validation.empty()) c.lines.push_back(detail::over_epochs("validation", m.validation, 2));
    c.whole_x = true;
    detail::mark_best(c, h);
    return c;
}
inline chart rate_chart(const nn::training_history& h) {
    chart c{
        "Learning rate by epoch", "epoch", "learning rate", {detail::over_epochs("learning rate", h.learning_rate, 3)}};
    c.whole_x = true;
    return c;
}

inline chart time_chart(const nn::training_history& h) {
    chart c{"Seconds by epoch", "epoch", "seconds", {detail::over_epochs("seconds", h.seconds, 4)}, scale::linear};
    c.whole_x = true;
    return c;
}

/// The norm of all gradients of a layer together, by layer and step.
inline heat_map gradient_map(const nn::layer_history& seen, std::string_view architecture) {
    heat_map map{"Gradient norms by layer and step", "step", "norm", {}, seen.steps, {}};
    const std::vector<std::string> layers = detail::layers_in(architecture);
    std::vector<std::size_t> row_of;  // by weight
    std::vector<std::string> paths;
    for (const std::string_view weight : seen.weights) {
        const std::size_t dot = weight.rfind('.');
        const std::string path(weight.substr(0, dot == std::string_view::npos ? weight.size() : dot));
        const auto found = std::find(paths.begin(), paths.end(), path);
        row_of.push_back(static_cast<std::size_t>(found - paths.begin()));
        if (found == paths.end()) paths.push_back(path), map.rows.push_back(detail::layer_title(path, layers));
    }
    map.values.assign(seen.rows() * paths.size(), 0);
    for (std::size_t s = 0; s < seen.rows(); ++s)
        for (std::size_t w = 0; w < row_of.size(); ++w) {
            double& norm = map.values[s * paths.size() + row_of[w]];
            norm = std::hypot(norm, seen.at(seen.gradient, s, w));
        }
    return map;
}
inline heat_map update_map(const nn::layer_history& seen) {
    return {"Length of a step over that of the weight, by weight and step",
            "step",
            "step/weight",
            {seen.weights.begin(), seen.weights.end()},
            seen.steps,
            seen.update};
}
inline heat_map activation_map(const nn::layer_history& seen, std::string_view architecture) {
    heat_map map{"Activations by layer and step", "step", "r. m. s.", {}, seen.steps, seen.activation};
    const std::vector<std::string> layers = detail::layers_in(architecture);
    for (std::size_t l = 0; l < seen.layers; ++l) map.rows.push_back(detail::layer_title(std::to_string(l), layers));
    return map;
}
inline heat_map dead_map(const nn::layer_history& seen, std::string_view architecture) {
    heat_map map = activation_map(seen, architecture);
    map.title = "Dead units by layer and step";
    map.unit = "share";
    map.values = seen.dead;
    map.logarithmic = false;
    map.is_share = true;
    return map;
}

}  // namespace chainfold::report
