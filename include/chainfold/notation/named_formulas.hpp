// SPDX-License-Identifier: BSL-1.0
#pragma once

// The formulas of a graph's values, each up to the next names: z₁ = W₁x + b₁, and then a₁ = σ(z₁).

#include <string>
#include <vector>

#include <chainfold/notation/printer.hpp>

namespace chainfold {

/// A name in Unicode.
template <class = void>
std::string written_name(const value_name& name) {
    long_text text;
    writer out(text);
    write_name(out, script::unicode, name);
    return std::string(text.view());
}

template <class = void>
class named_formulas {
public:
    /// `names`: by node; a value without one is part of the formulas that use it.  A formula that has come to `most`
    /// bytes ends with dots.
    named_formulas(const graph_view& graph, std::vector<value_name> names, std::size_t most)
        : names_(std::move(names)), out_(text_), printer_(graph, as_unicode, out_, names_.data(), most) {}
    named_formulas(const named_formulas&) = delete;
    named_formulas& operator=(const named_formulas&) = delete;

    [[nodiscard]] bool has_name(int id) const { return names_[static_cast<std::size_t>(id)].exists(); }
    [[nodiscard]] std::string name(int id) const { return written_name(names_[static_cast<std::size_t>(id)]); }
    /// What a value is computed from.
    [[nodiscard]] std::string formula(int id) {
        const std::size_t begin = text_.size();
        printer_.print_formula(id);
        return std::string(text_.view().substr(begin));
    }

private:
    std::vector<value_name> names_;
    long_text text_;
    writer out_;
    printer printer_;
};

}  // namespace chainfold
