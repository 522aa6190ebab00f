// SPDX-License-Identifier: BSL-1.0
#pragma once

// A run as the program that repeats it.

#include <algorithm>
#include <optional>

#include <chainfold/nn/architecture.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/options.hpp>

namespace chainfold::report {

namespace detail {

/// "nn::cross_entropy" for the library's own, "mine" for others.
template <class X>
std::string type_name() {
    const std::string_view pretty = nn::detail::after_equals_sign(nn::detail::text_of_type<X>());
    const std::string name(nn::detail::identifier_in(pretty));
    return pretty.starts_with("chainfold::nn::") ? "nn::" + name : name;
}

/// A loss as it is written: "nn::class_targets{nn::cross_entropy{}}".
template <class Loss>
std::string written_loss(const Loss& loss) {
    std::string inside;
    if constexpr (requires { loss.loss; })
        inside = written_loss(loss.loss);
    else if constexpr (requires { loss.label_smoothing; })
        inside = ".label_smoothing = " + std::string(to_string(loss.label_smoothing).view()) + "_c";
    else if constexpr (requires { loss.delta; })
        inside = ".delta = " + std::string(to_string(loss.delta).view()) + "_c";
    if (inside == ".label_smoothing = 0_c" || inside == ".delta = 1_c") inside.clear();
    return type_name<Loss>() + "{" + inside + "}";
}

/// "nn::linear<64, 32>, nn::relu" from "linear(64, 32), relu"; `types` holds the full names, which tell whose a name
/// is.
inline std::string written_layers(std::string_view architecture, std::string_view types) {
    std::string out;
    for (std::size_t i = 0; i < architecture.size();) {
        const char c = architecture[i];
        std::size_t end = i;
        const auto is_letter = [](char l) {
            return (l >= 'a' && l <= 'z') || (l >= 'A' && l <= 'Z') || (l >= '0' && l <= '9') || l == '_';
        };
        while (end < architecture.size() && is_letter(architecture[end])) ++end;
        if (end > i) {
            const std::string word(architecture.substr(i, end - i));
            if (word == "no_bias" || word == "in_by_out" ||
                types.find("chainfold::nn::" + word) != std::string_view::npos)
                out += "nn::";
            out += word;
            i = end;
        } else {
            out += c == '(' ? '<' : c == ')' ? '>' : c;
            ++i;
        }
    }
    return out;
}

}  // namespace detail

/// The texts that only a program's types say.
struct written_types {
    std::string number{};        // float
    std::string architecture{};  // linear(64, 32), relu, linear(32, 10)
    std::string layers{};        // nn::linear<64, 32>, nn::relu, nn::linear<32, 10>
    std::string loss{};          // nn::cross_entropy{}
    std::size_t parameters = 0;
};

namespace detail {

template <class Model>
struct model_of;
template <class T, class... Layers>
struct model_of<nn::sequential<T, Layers...>> {
    static std::string types() {
        std::string all;
        ((all += nn::detail::after_equals_sign(nn::detail::text_of_type<Layers>()), all += '\n'), ...);
        return all;
    }
};

template <class Model, class Loss>
written_types types_of(const Loss& loss) {
    written_types t;
    t.number = nn::detail::after_equals_sign(nn::detail::text_of_type<typename Model::value_type>());
    t.architecture = nn::architecture_of<Model>;
    t.layers = written_layers(t.architecture, model_of<Model>::types());
    t.loss = written_loss(loss);
    t.parameters = Model::parameter_count;
    return t;
}

/// A setting's value by its name.
inline std::optional<double> value_of(const nn::training_history& h, std::string_view name) {
    for (const nn::setting& s : h.settings)
        if (s.name == name) return s.value;
    return {};
}
inline bool is_yes_or_no(std::string_view name) {
    return name == "shuffle" || name == "nesterov" || name == "early_stopping.restore_best";
}
inline std::string value_text(const nn::setting& s) {
    if (is_yes_or_no(s.name)) return s.value != 0 ? "true" : "false";
    return nn::detail::written_number(s.value);
}

/// "nn::early_stopping{.patience = 5}": what the settings say of a part; nothing if it was not there.
inline std::string written_part(const nn::training_history& h, const std::string& part,
                                const std::vector<double>& defaults) {
    std::string text, separator = "{";
    std::size_t i = 0;
    for (const nn::setting& s : h.settings) {
        if (!s.name.starts_with(part + ".")) continue;
        if (text.empty()) text = "nn::" + part;
        const bool is_default = i < defaults.size() && defaults[i] == s.value;
        ++i;
        if (is_default) continue;
        text += separator + std::string(s.name.substr(part.size())) + " = " + value_text(s);
        separator = ", ";
    }
    if (!text.empty()) text += separator == "{" ? "{}" : "}";
    return text;
}

inline std::string written_optimiser(const nn::training_history& h) {
    std::string text, separator = ", .";
    bool its_own = false;
    for (const nn::setting& s : h.settings) {
        if (s.name == "learning_rate") {
            its_own = true;
            const std::string rate = h.schedule.empty()               ? value_text(s)
                                     : h.schedule.starts_with("nn::") ? h.schedule
                                                                      : "…";
            text =
                (h.optimiser.empty() ? "optimiser" : "nn::" + std::string(h.optimiser)) + "{.learning_rate = " + rate;
        } else if (its_own &&
                   (s.name == "validation_samples" || s.name.find('.') != std::string_view::npos || s.name == "data")) {
            break;
        } else if (its_own && !(is_yes_or_no(s.name) && s.value == 0)) {
            text +=
                separator + std::string(s.name == "decay of adamw" ? "weight_decay" : s.name) + " = " + value_text(s);
        }
    }
    return text + "}";
}

inline std::string written_options(const nn::training_history& h) {
    static constexpr const char* always[] = {"epochs", "batch_size"};
    std::string text;
    for (const nn::setting& s : h.settings) {
        if (s.name == "seed") break;
        const bool is_default = s.name == "shuffle" ? s.value != 0 : s.value == 0;
        if (is_default && std::find(std::begin(always), std::end(always), s.name) == std::end(always)) continue;
        text += (text.empty() ? "{." : ", .") + std::string(s.name) + " = " + value_text(s);
    }
    return text + (text.empty() ? "{" : ", ") + ".seed = " + std::to_string(h.seed) + "}";
}

inline std::string written_metric(std::string_view name) {
    return name == "R²"                    ? "nn::r_squared"
           : name == "mean absolute error" ? "nn::mae"
           : name == "accuracy"            ? "nn::accuracy"
                                           : "";
}

/// A line for each layer.
inline std::string broken_into_lines(std::string_view layers) {
    std::string text = "\n    ";
    int depth = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        depth += layers[i] == '<', depth -= layers[i] == '>';
        text += layers[i];
        if (layers[i] == ',' && depth == 0) text += "\n    ", ++i;
    }
    return text;
}

}  // namespace detail

/// The statements that train the same network in the same way.
inline std::string written_program(const written_types& t, const nn::training_history& h,
                                   std::optional<std::uint64_t> weights_seed) {
    using namespace detail;
    const std::string lines = t.layers.size() > 80 ? broken_into_lines(t.layers) : " " + t.layers;
    std::string text = "using model = nn::sequential<" + t.number + "," + lines + ">;\n";
    text += weights_seed ? "model net{nn::seed{" + std::to_string(*weights_seed) + "}};\n"
                         : "model net{nn::seed{…}};  // the report was not told: .weights_seed\n";
    text += "auto history = nn::train(net, data, " + t.loss + ",\n    " + written_optimiser(h) + ",\n    " +
            written_options(h);
    std::vector<std::string> parts = {written_part(h, "validation_split", {}),
                                      written_part(h, "early_stopping", {10, 0, 1}),
                                      written_part(h, "inspection", {100, 1e-4, 1e4, 1, 0.5})};
    if (parts[0].empty() && !h.validation_loss.empty()) parts[0] = "nn::validation_data{held_out}";
    for (const nn::metric_history& m : h.metrics) parts.push_back(written_metric(m.name));
    for (const std::string& part : parts)
        if (!part.empty()) text += ",\n    " + part;
    return text + ");\n";
}

}  // namespace chainfold::report
