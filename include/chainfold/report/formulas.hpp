// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network's picture and its formulas, with names as in a book: W₁ for "0.weight" (K₁ for "0.kernel"), b₁ for
// "0.bias", x and t for input and target.

#include <algorithm>
#include <deque>

#include <chainfold/notation/derivation_html.hpp>
#include <chainfold/notation/picture/from_graph.hpp>
#include <chainfold/notation/picture/svg.hpp>
#include <chainfold/notation/sort.hpp>
#include <chainfold/report/markup.hpp>

namespace chainfold::report {

/// What a name in the formulas stands for.
struct symbol_meaning {
    std::string name{};   // W_1
    std::string given{};  // 0.weight
    dimensions dims{};
    bool trained = false;
};

/// The graph of a loss, its symbols renamed.
class renamed_graph {
public:
    explicit renamed_graph(const graph_view& graph)
        : symbols_(graph.symbols, graph.symbols + graph.symbol_count), graph_(graph) {
        number_layers();
        for (std::size_t i = 0; i < symbols_.size(); ++i) {
            names_.push_back(name_for(symbols_[i]));
            meanings_.push_back({names_.back(), std::string(symbols_[i].name), symbols_[i].dims, symbols_[i].trained});
            symbols_[i].name = names_.back();
            trained_.push_back(symbols_[i].trained);
            if (symbols_[i].trained) keys_.push_back(symbols_[i].key);
        }
        graph_.symbols = symbols_.data();
        chainfold::detail::stable_sort(meanings_, [](const symbol_meaning& a, const symbol_meaning& b) {
            if (a.trained != b.trained) return b.trained;
            return a.trained ? nn::detail::in_earlier_layer(a.given, b.given) : false;
        });
    }
    renamed_graph(const renamed_graph&) = delete;
    renamed_graph& operator=(const renamed_graph&) = delete;

    [[nodiscard]] const std::vector<symbol_meaning>& meanings() const { return meanings_; }

    /// The picture of the loss and of the way back to the weights, as SVG.
    [[nodiscard]] std::string picture() const {
        const picture::drawing what = picture::graph_drawing(graph_, trained_).run();
        const picture::measures sizes;
        const picture::layout where = picture::lay_out(what, sizes);
        return picture::svg_writer(what, where, sizes).run();
    }
    /// The chain rule, forward and backward.
    [[nodiscard]] derivation_steps derivation() const {
        return derivation_steps(graph_, keys_.data(), static_cast<int>(keys_.size()));
    }

private:
    static std::string path_of(std::string_view name) {
        const std::size_t dot = name.rfind('.');
        return std::string(dot == std::string_view::npos ? name.substr(0, 0) : name.substr(0, dot));
    }
    // Layers with weights are numbered in their order.
    void number_layers() {
        std::vector<std::string_view> names;
        for (const symbol& s : symbols_)
            if (s.name.find('.') != std::string_view::npos) names.push_back(s.name);
        chainfold::detail::stable_sort(names, nn::detail::in_earlier_layer);
        for (const std::string_view name : names)
            if (std::string path = path_of(name); std::find(paths_.begin(), paths_.end(), path) == paths_.end())
                paths_.push_back(std::move(path));
    }
    [[nodiscard]] std::string name_for(const symbol& s) const {
        if (s.name == "input") return "x";
        if (s.name == "target") return "t";
        if (s.name == "sample_weight") return "w";
        const auto layer = std::find(paths_.begin(), paths_.end(), path_of(s.name));
        const std::string_view last = s.name.substr(s.name.rfind('.') + 1);
        const char* const letter = last == "weight"         ? (s.dims.rank > 1 ? "W_" : "gamma_")
                                   : last == "kernel"       ? "K_"
                                   : last == "bias"         ? "b_"
                                   : last == "running_mean" ? "mu_"
                                   : last == "running_var"  ? "v_"
                                                            : nullptr;
        if (layer == paths_.end() || letter == nullptr) return std::string(s.name);
        return letter + std::to_string(layer - paths_.begin() + 1);
    }

    std::vector<symbol> symbols_;
    graph_view graph_;
    std::vector<std::string> paths_;  // of layers with weights
    std::deque<std::string> names_;   // stay where they are
    std::vector<symbol_meaning> meanings_;
    std::vector<char> trained_;
    std::vector<hash_value> keys_;
};

}  // namespace chainfold::report
