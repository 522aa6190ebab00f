// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which values of a graph are worth a name, and which name: z₁ = W₁x + b₁, a₁ = σ(z₁), …, ŷ = σ(z₂), L.  Formulas,
// derivations and pictures all take their names from here.
//
//   a   what a function gives: σ, tanh, exp, softmax, …
//   z   what goes into one, where that is more than a name; z₁ and a₁ belong together
//   h   another value that is used more than once, or is long
//   δ   the same, on the way back
//   ŷ   what is compared with a target
//   L   the root of a graph in which something is trained; ŷ if it is no scalar, y if nothing is trained
//
// A letter that a symbol already has gives way to the next one of its list.  Where there is only one z and one a, they
// have no index.

#include <chainfold/notation/name.hpp>
#include <chainfold/notation/prediction.hpp>

namespace chainfold {

/// Which values get a name besides the symbols.
enum class naming_of {
    shared,  // what a formula would repeat, and where it would get too long
    steps    // also each step of a calculation: what goes into a function, what comes out, and the root
};

/// The names of a graph's values, by node.
///
///     // loss = squared_error(sigmoid(W1 * x + b1), t)
///     const graph_view g = graph_of<decltype(loss)>().view();
///     const naming names(g, naming_of::steps);
///     for (int id = 0; id < g.node_count; ++id)                                   // W₁ x b₁ z ŷ t L
///         if (names[id].exists()) write_name(out, script::unicode, names[id]);
///     write_derivative_name(out, script::unicode, names.root(), names[id]);       // ∂L/∂z
///
/// A value without a name is part of the formula of the values above it.  (A template, as the printer is one.)
template <class Graph>
class basic_naming {
public:
    /// `value`: the node that the way back starts from, if the graph has one; what it does not need is of the way back.
    constexpr basic_naming(const Graph& graph, naming_of policy, int value = -1)
        : graph_(graph),
          policy_(policy),
          names_(graph.node_count),
          roles_(graph.node_count),
          weights_(graph.node_count) {
        const int root = value >= 0 ? value : graph.outputs[0];
        const prediction p(graph, root);
        count_uses();
        mark_forward(value);
        for (int id = 0; id < graph.node_count; ++id)
            if (uses_[id] > 0) choose_role(id, root, p);
        number_roles();
        root_ = root_name(p, graph[root].dims.rank);
        if (policy == naming_of::steps && graph[root].count > 0) names_[root] = root_;
    }

    /// The name of a value; one that does not exist() if it has none.
    [[nodiscard]] constexpr const value_name& operator[](int id) const { return names_[id]; }
    /// All of them, for the printer.
    [[nodiscard]] constexpr const value_name* data() const { return names_.data(); }
    /// The name of the whole: L or y, whether or not the formula needs it.
    [[nodiscard]] constexpr const value_name& root() const { return root_; }

private:
    enum class role : char { none, argument, result, prediction, other, backward };
    using letters = std::string_view[4];
    // Formulas of how many nodes: a step's argument and one that is used again; where a formula gets too long.
    static constexpr int least_step = 3, least_shared = 4, long_result = 24, longest = 40;

    constexpr void count_uses() {
        uses_ = buffer<int>(graph_.node_count);
        for (int i = 0; i < graph_.output_count; ++i) ++uses_[graph_.outputs[i]];
        for (int id = graph_.node_count - 1; id >= 0; --id)
            for (int i = 0; uses_[id] > 0 && i < graph_[id].count; ++i) ++uses_[graph_.operand(id, i)];
    }
    constexpr void mark_forward(int value) {
        forward_ = buffer<char>(graph_.node_count, value < 0 ? char{1} : char{0});
        if (value >= 0) forward_[value] = 1;
        for (int id = value; id >= 0; --id)
            for (int i = 0; forward_[id] != 0 && i < graph_[id].count; ++i) forward_[graph_.operand(id, i)] = 1;
    }

    constexpr void choose_role(int id, int root, const prediction& p) {
        const node& n = graph_[id];
        if (n.count == 0) {
            if (n.operation == operation_code<symbol_op>) names_[id] = math_name(graph_.symbols[n.parameter].name);
            weights_[id] = 1;
            return;
        }
        const bool steps = policy_ == naming_of::steps && forward_[id] != 0 && !p.is_behind(id);
        if (steps && has_argument(n.operation))
            name_argument(graph_.operand(id, 0), is_function(n.operation) ? least_step : least_shared);
        weights_[id] = weight(id);
        const bool shared = uses_[id] > 1 && weights_[id] >= (steps ? least_step : least_shared);
        const bool is_long = weights_[id] > (is_function(n.operation) ? long_result : longest);
        if (forward_[id] == 0)
            roles_[id] = shared || is_long ? role::backward : role::none;
        else if (id == p.id() && policy_ == naming_of::steps)
            roles_[id] = p.is_compared() ? role::prediction : is_function(n.operation) ? role::result : role::argument;
        else if ((steps && id != root && is_function(n.operation)) || (is_function(n.operation) && (shared || is_long)))
            roles_[id] = role::result;
        else if (roles_[id] == role::none && id != root && (shared || is_long))
            roles_[id] = role::other;
    }
    constexpr void name_argument(int id, int least) {
        if (roles_[id] == role::none && weights_[id] >= least) roles_[id] = role::argument;
    }
    /// The nodes of the value's formula; what has a name is one.
    [[nodiscard]] constexpr int weight(int id) const {
        int total = 1;
        for (int i = 0; i < graph_[id].count; ++i) {
            const int operand = graph_.operand(id, i);
            total += roles_[operand] != role::none ? 1 : weights_[operand];
        }
        return total;
    }

    /// A function that is written as such, entry by entry or of a whole vector, and whose result is worth a name.
    static constexpr bool is_function(std::int32_t operation) { return prediction::is_function(operation); }
    /// What is taken of an argument that is worth a name where it is long: functions, powers, roots.
    static constexpr bool has_argument(std::int32_t operation) {
        const layout form = rules_of(operation).written.mathematics.form;
        return (is_function(operation) && rules_of(operation).arity == 1) || form == layout::power ||
               form == layout::root || form == layout::magnitude;
    }

    // ---- Letters and indices ---------------------------------------------------------------------------------------

    [[nodiscard]] constexpr value_name root_name(const prediction& p, int rank) const {
        if (!p.is_trained()) return {free_letters({"y", "f", "g", "q"})};
        return rank > 0 ? value_name{"y", {}, 0, true} : value_name{free_letters({"L", "J", "E", "C"})};
    }
    /// The first of these that no symbol begins with.
    [[nodiscard]] constexpr std::string_view free_letters(const letters& wanted) const {
        for (const std::string_view l : wanted)
            if (!is_taken(l)) return l;
        return wanted[0];
    }
    [[nodiscard]] constexpr bool is_taken(std::string_view l) const {
        for (int i = 0; i < graph_.symbol_count; ++i)
            if (math_name(graph_.symbols[i].name).letters == l) return true;
        return false;
    }

    constexpr void number_roles() {
        int pairs = 0, others = 0, back = 0;
        buffer<int> index(graph_.node_count);
        for (int id = 0; id < graph_.node_count; ++id) {
            const int argument = graph_[id].count == 1 ? graph_.operand(id, 0) : id;
            const bool waiting = argument != id && roles_[argument] == role::argument && index[argument] == 0;
            const bool paired = waiting && has_argument(graph_[id].operation);
            if (roles_[id] == role::result || paired) index[id] = ++pairs;
            if (paired) index[argument] = pairs;
            if (roles_[id] == role::other) index[id] = ++others;
            if (roles_[id] == role::backward) index[id] = ++back;
        }
        for (int id = 0; id < graph_.node_count; ++id) {
            if (roles_[id] == role::argument && index[id] == 0) index[id] = ++pairs;  // of nothing: logits
            if (roles_[id] == role::backward) index[id] = back + 1 - index[id];       // the way back ends in layer 1
        }
        const std::string_view a = free_letters({"a", "g", "p", "c"}), z = free_letters({"z", "u", "q", "v"}),
                               h = free_letters({"h", "s", "r", "k"}),
                               d = free_letters({"delta", "epsilon", "eta", "xi"});
        const auto indexed = [](int i, int count) { return count > 1 ? i : 0; };
        for (int id = 0; id < graph_.node_count; ++id) switch (roles_[id]) {
                case role::none:
                    break;
                case role::argument:
                    names_[id] = {z, {}, indexed(index[id], pairs)};
                    break;
                case role::result:
                    names_[id] = {a, {}, indexed(index[id], pairs)};
                    break;
                case role::prediction:
                    names_[id] = {"y", {}, 0, true};
                    break;
                case role::other:
                    names_[id] = {h, {}, indexed(index[id], others)};
                    break;
                case role::backward:
                    names_[id] = {d, {}, indexed(index[id], back)};
                    break;
            }
    }

    const Graph graph_;
    naming_of policy_;
    buffer<value_name> names_;
    buffer<role> roles_;
    buffer<int> weights_;
    buffer<int> uses_;
    buffer<char> forward_;
    value_name root_{};
};
using naming = basic_naming<graph_view>;

}  // namespace chainfold
