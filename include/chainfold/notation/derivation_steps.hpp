// SPDX-License-Identifier: BSL-1.0
#pragma once

// The steps of a derivation as a list: name, formula, rule, shape, and numbers where there are any.

#include <chainfold/notation/derivation_graph.hpp>
#include <chainfold/notation/rule_text.hpp>
#include <chainfold/program/interpret.hpp>

namespace chainfold {

enum class derivation_phase { forward, backward };

/// One step: z₁ = W₁x + b₁, or ∂L/∂z₁ = ….  The texts are in Unicode.
struct derivation_step {
    derivation_phase phase = derivation_phase::forward;
    long_text name{}, formula{}, rule{};
    dimensions dims{};
    buffer<double> values{};  // row-major; empty until the symbols are bound
    int at = 0;               // node of the forward graph, or number of the cotangent
};

/// The steps of the chain rule, forward and then backward; a range.
class derivation_steps {
public:
    constexpr derivation_steps(const graph_view& loss, const hash_value* wanted, int count)
        : graph_(loss, wanted, count), backward_names_(graph_.backward_names()) {
        for (int id = 0; id < loss.node_count; ++id)
            if (graph_.is_step(id)) add(derivation_phase::forward, id, loss[id].dims);
        for (int i = 0; i < graph_.count(); ++i) add(derivation_phase::backward, i, loss[graph_[i].of].dims);
    }

    [[nodiscard]] constexpr const derivation_step* begin() const { return steps_.begin(); }
    [[nodiscard]] constexpr const derivation_step* end() const { return steps_.end(); }
    [[nodiscard]] constexpr int size() const { return steps_.size(); }
    [[nodiscard]] constexpr const derivation_step& operator[](int i) const { return steps_[i]; }
    /// The step with this name, "z₁" or "∂L/∂z₁"; null if there is none.
    [[nodiscard]] constexpr const derivation_step* find(std::string_view name) const {
        for (const derivation_step& s : steps_)
            if (s.name == name) return &s;
        return nullptr;
    }
    /// Have the symbols got numbers?
    [[nodiscard]] constexpr bool has_values() const { return has_values_; }

    constexpr void write_name(writer& out, script in, const derivation_step& s) const {
        const bool back = s.phase == derivation_phase::backward;
        chainfold::write_name(out, in, back ? graph_.name_of(graph_[s.at]) : graph_.names()[s.at]);
    }
    constexpr void write_formula(writer& out, script in, const derivation_step& s) const {
        write_with(out, in, s, nullptr, nullptr);
    }
    /// Has a step's formula been calculated with scalars, and is it more than one of them?
    [[nodiscard]] constexpr bool has_calculation(const derivation_step& s) const {
        return has_values_ && all_scalars_ &&
               (s.phase == derivation_phase::forward || graph_.backward()[graph_[s.at].formula].count > 0);
    }
    /// Writes the formula with numbers in the places of names: 0.5 · 1 + 0.1.
    constexpr void write_calculation(writer& out, script in, const derivation_step& s) const {
        write_with(out, in, s, forward_values_.data(), backward_values_.data());
    }
    /// Writes what a step follows from: the names of its operations, and backward the rule of each.
    constexpr void write_rule(writer& out, script in, const derivation_step& s) const;

    /// Calculates all steps; `symbols` holds a pointer to the values of each symbol of the loss.
    template <class T>
    constexpr void bind(const T* const* symbols);

private:
    constexpr void write_with(writer& out, script in, const derivation_step& s, const double* forward,
                              const double* backward) const {
        const dialect& d = dialect_of(in);
        const std::size_t all = writer::unlimited;
        if (s.phase == derivation_phase::forward)
            printer(graph_.forward(), d, out, graph_.names().data(), all, forward).print_formula(s.at);
        else
            printer(graph_.backward().view(), d, out, backward_names_.data(), all, backward)
                .print(graph_[s.at].formula);
    }
    constexpr void add(derivation_phase phase, int at, const dimensions& dims) {
        derivation_step s;
        s.phase = phase;
        s.at = at;
        s.dims = dims;
        writer name(s.name), formula(s.formula), rule(s.rule);
        write_name(name, script::unicode, s);
        write_formula(formula, script::unicode, s);
        write_rule(rule, script::unicode, s);
        steps_.push(static_cast<derivation_step&&>(s));
    }

    derivation_graph graph_;
    buffer<value_name> backward_names_;
    buffer<derivation_step> steps_{};
    buffer<double> forward_values_{}, backward_values_{};  // by node, of scalars
    bool has_values_ = false, all_scalars_ = true;
};

namespace detail {

/// Text in a formula of this script; a space at its end stays one.
constexpr void put_words(writer& out, script in, std::string_view words) {
    constexpr std::string_view open[] = {"", "", "\\text{", "<mtext>"}, close[] = {"", "", "}", "</mtext>"};
    const auto s = static_cast<std::size_t>(in);
    const bool xml = in == script::mathml, space = xml && words.back() == ' ';
    if (space) words.remove_suffix(1);
    out.put(open[s]);
    in == script::latex ? put_escaped_for_latex(out, words) : xml ? put_escaped_for_xml(out, words) : out.put(words);
    if (space) out.put("&#xA0;");
    out.put(close[s]);
}

}  // namespace detail

constexpr void derivation_steps::write_rule(writer& out, script in, const derivation_step& s) const {
    const graph_view& loss = graph_.forward();
    bool first = true;
    if (s.phase == derivation_phase::forward) {
        for (const std::int32_t operation : graph_.operations_of(s.at)) {
            if (!first) detail::put_words(out, in, ", ");
            first = false;
            detail::put_words(out, in, operation_name(operation));
        }
        return;
    }
    const int x = graph_[s.at].of, start = graph_.first_passage(x);
    bool all_plain = true;
    for (int p = start; p >= 0; p = graph_.passage_at(p).next)
        all_plain = all_plain && is_plain_passage(loss[graph_.passage_at(p).node].operation);
    for (int p = start; p >= 0; p = graph_.passage_at(p).next) {
        const auto [node, operand, next] = graph_.passage_at(p);
        const std::int32_t operation = loss[node].operation;
        bool said = !all_plain && is_plain_passage(operation);
        for (int q = start; q != p && !said; q = graph_.passage_at(q).next) {
            const auto& other = graph_.passage_at(q);
            said = loss[other.node].operation == operation && other.operand == operand;
        }
        if (said) continue;
        if (!first) detail::put_words(out, in, ", ");
        first = false;
        detail::put_words(out, in, operation_name(operation));
        detail::put_words(out, in, ": ");
        rule_formula(loss, node, operand).write(out, in);
    }
}

template <class T>
constexpr void derivation_steps::bind(const T* const* symbols) {
    const graph_view& loss = graph_.forward();
    const interpretation<T> forward(loss, symbols);
    builder numbers;  // the backward graph, with the formulas of cotangents in the places of their names
    const graph_view back = graph_.backward().view();
    buffer<int> copies(back.node_count), operands;
    buffer<const T*> given;
    for (int id = 0; id < back.node_count; ++id) {
        const node& n = back[id];
        int parameter = n.parameter;
        if (n.operation == operation_code<symbol_op>) {
            const derivation_graph::meaning& m = graph_.meaning_of(n.parameter);
            if (m.formula >= 0) {
                copies[id] = copies[m.formula];
                continue;
            }
            parameter = numbers.symbol_index(back.symbols[n.parameter]);
            if (parameter == given.size()) given.push(forward[m.value]);
        } else if (n.operation == operation_code<constant_op>) {
            parameter = numbers.number_index(back.numbers[parameter]);
        }
        operands = buffer<int>(n.count);
        for (int i = 0; i < n.count; ++i) operands[i] = copies[back.operand(id, i)];
        copies[id] = numbers.make({n.operation, n.dims, parameter, operands.data(), n.count});
    }
    const interpretation<T> backward(numbers.view(), given.data());
    for (derivation_step& s : steps_) {
        const T* const from =
            s.phase == derivation_phase::forward ? forward[s.at] : backward[copies[graph_[s.at].formula]];
        s.values = buffer<double>(s.dims.size());
        for (int i = 0; i < s.dims.size(); ++i) s.values[i] = static_cast<double>(from[i]);
    }
    all_scalars_ = true;
    forward_values_ = buffer<double>(loss.node_count);
    backward_values_ = buffer<double>(back.node_count);
    for (int id = 0; id < loss.node_count; ++id) {
        forward_values_[id] = static_cast<double>(forward[id][0]);
        all_scalars_ = all_scalars_ && loss[id].dims.rank == 0;
    }
    for (int id = 0; id < back.node_count; ++id) backward_values_[id] = static_cast<double>(backward[copies[id]][0]);
    has_values_ = true;
}

}  // namespace chainfold
