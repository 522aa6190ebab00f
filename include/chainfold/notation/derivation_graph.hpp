// SPDX-License-Identifier: BSL-1.0
#pragma once

// The chain rule step by step.  Forward, every value that has a name is a step.  Backward, a step y = f(x₁, x₂, …)
// passes its cotangent ∂L/∂y on to each xᵢ by the rules of the operations in f, and ∂L/∂x is the sum of what the steps
// that use x pass on.  Between steps stand names only, so that each formula is as long as its own step.

#include <chainfold/notation/naming.hpp>
#include <chainfold/transform/differentiate.hpp>

namespace chainfold {

class derivation_graph {
public:
    /// ∂L/∂x: which x, the formula's node in backward(), and by which rules it came about (see passage).
    struct cotangent {
        int of = 0, formula = 0;
    };
    /// Operation `node` passes a cotangent on to its operand number `operand`.
    struct passage {
        int node = 0, operand = 0, next = -1;
    };

    /// By the symbols with these keys; by everything trained if there are none, or by all symbols if nothing is.
    constexpr derivation_graph(const graph_view& forward, const hash_value* wanted, int count)
        : forward_(forward),
          names_(forward, naming_of::steps),
          relevant_(forward.node_count),
          uses_(forward.node_count),
          totals_(forward.node_count, -1),
          passages_of_(forward.node_count, -1),
          local_(forward.node_count),
          backward_(simplification::simplify) {
        for (int i = 0; i < forward.symbol_count; ++i) declare(forward.symbols[i], math_name(forward.symbols[i].name));
        mark_relevant(wanted, count);
        count_uses();
        if (forward[root()].count == 0 && relevant_[root()] != 0) pass_on(root(), make_constant(backward_, 1));
        for (int id = root(); id >= 0; --id)
            if (is_step(id) && (id == root() || totals_[id] >= 0)) visit(id);
    }

    [[nodiscard]] constexpr const graph_view& forward() const { return forward_; }
    [[nodiscard]] constexpr const naming& names() const { return names_; }
    [[nodiscard]] constexpr bool is_step(int id) const { return forward_[id].count > 0 && names_[id].exists(); }
    [[nodiscard]] constexpr int root() const { return forward_.outputs[0]; }

    /// The different operations that a step is made of, in order.
    [[nodiscard]] constexpr buffer<std::int32_t> operations_of(int step) const {
        buffer<std::int32_t> found;
        buffer<char> seen(registry::size);
        for (const int id : nodes_of(step).inside) {
            const std::int32_t operation = forward_[id].operation;
            if (forward_[id].count == 0 || seen[operation] != 0) continue;
            seen[operation] = 1;
            found.push(operation);
        }
        return found;
    }

    [[nodiscard]] constexpr const builder& backward() const { return backward_; }
    [[nodiscard]] constexpr int count() const { return steps_.size(); }
    [[nodiscard]] constexpr const cotangent& operator[](int i) const { return steps_[i]; }
    [[nodiscard]] constexpr value_name name_of(const cotangent& c) const {
        return derivative_name(names_.root(), names_[c.of]);
    }
    /// The names of the backward graph's nodes.
    [[nodiscard]] constexpr buffer<value_name> backward_names() const {
        const graph_view graph = backward_.view();
        buffer<value_name> names(graph.node_count);
        for (int id = 0; id < graph.node_count; ++id)
            if (graph[id].operation == operation_code<symbol_op>) names[id] = symbols_[graph[id].parameter].name;
        for (const named_result& r : results_) names[r.id] = names_[r.of];
        return names;
    }
    /// The first passage of what became ∂L/∂x, in the order of the chain; −1 if there is none.
    [[nodiscard]] constexpr int first_passage(int x) const { return passages_of_[x]; }
    [[nodiscard]] constexpr const passage& passage_at(int i) const { return passages_[i]; }

    /// What a symbol of the backward graph stands for: a value of the forward graph, or the formula of a cotangent.
    struct meaning {
        value_name name{};
        int value = -1;    // a node of the forward graph
        int formula = -1;  // a node of the backward graph
    };
    [[nodiscard]] constexpr const meaning& meaning_of(int symbol_index) const { return symbols_[symbol_index]; }

private:
    struct named_result {
        int id = 0, of = 0;  // in the backward and in the forward graph
    };

    constexpr void mark_relevant(const hash_value* wanted, int count) {
        bool trained = false;
        for (int i = 0; i < forward_.symbol_count; ++i) trained = trained || forward_.symbols[i].trained;
        for (int id = 0; id < forward_.node_count; ++id) {
            const node& n = forward_[id];
            if (n.operation == operation_code<symbol_op>) {
                const symbol& s = forward_.symbols[n.parameter];
                symbols_[n.parameter].value = id;
                relevant_[id] = count == 0 && (s.trained || !trained);
                for (int i = 0; i < count; ++i) relevant_[id] = relevant_[id] != 0 || s.key == wanted[i];
            }
            for (int i = 0; i < n.count; ++i)
                relevant_[id] = relevant_[id] != 0 || relevant_[forward_.operand(id, i)] != 0;
        }
    }
    constexpr void count_uses() {
        for (int id = root(); id >= 0; --id) {
            if (!is_step(id)) continue;
            const step_nodes f = nodes_of(id);
            for (const int x : f.inputs) ++uses_[x];
        }
    }

    /// The nodes of one step, in order: its inputs, which have names, and what it is made of.
    struct step_nodes {
        buffer<int> inputs{}, inside{};
    };
    [[nodiscard]] constexpr step_nodes nodes_of(int step) const {
        step_nodes found;
        buffer<int> open(1, step);
        while (open.size() > 0) {
            const int id = open[open.size() - 1];
            open.pop();
            const bool input = id != step && names_[id].exists();
            buffer<int>& known = input ? found.inputs : found.inside;
            if (contains(known, id)) continue;
            known.push(id);
            for (int i = 0; i < forward_[id].count && !input; ++i) open.push(forward_.operand(id, i));
        }
        sort(found.inputs);
        sort(found.inside);
        return found;
    }
    static constexpr bool contains(const buffer<int>& ids, int id) {
        for (const int known : ids)
            if (known == id) return true;
        return false;
    }
    static constexpr void sort(buffer<int>& ids) {
        for (int i = 1; i < ids.size(); ++i) {
            const int id = ids[i];
            int at = i;
            for (; at > 0 && ids[at - 1] > id; --at) ids[at] = ids[at - 1];
            ids[at] = id;
        }
    }

    /// A symbol of the backward graph, and what it stands for.
    constexpr int declare(const symbol& s, const value_name& name, int value = -1, int formula = -1) {
        const int index = backward_.symbol_index(s);
        if (index == symbols_.size()) symbols_.push({name, value, formula});
        return index;
    }
    [[nodiscard]] constexpr symbol stand_in(int id, hash_value kind) const {
        const hash_value key = combine(kind, static_cast<hash_value>(id));
        return {{}, forward_[id].dims, false, key, key};
    }
    static constexpr hash_value of_value = 0x76616c7565u, of_cotangent = 0x636f74u;

    constexpr void visit(int step) {
        const step_nodes f = nodes_of(step);
        builder own(simplification::simplify);
        const auto leaf = [&](const symbol& s) {
            return handle{&own, own.make({operation_code<symbol_op>, s.dims, own.symbol_index(s), nullptr, 0})};
        };
        handle seed = make_constant(own, 1);
        if (step != root()) {
            const symbol s = stand_in(step, of_cotangent);
            declare(s, derivative_name(names_.root(), names_[step]), -1, totals_[step]);
            seed = leaf(s);
        }
        for (const int x : f.inputs) {
            const node& n = forward_[x];
            const bool real = n.operation == operation_code<symbol_op>;
            const symbol s = real ? forward_.symbols[n.parameter] : stand_in(x, of_value);
            if (!real) declare(s, names_[x], x);
            local_[x] = leaf(s).id;
        }
        for (const int id : f.inside) local_[id] = copied(own, id);
        const handle result{&own, local_[step]};
        const reverse_pass pass(result, seed);
        buffer<int> outputs(1, result.id);
        for (const int x : f.inputs) outputs.push(pass[{&own, local_[x]}].id);
        graph_view view = own.view();
        view.outputs = outputs.data();
        view.output_count = outputs.size();
        const buffer<handle> imported = import_graph(backward_, view);
        if ((*imported[0]).count > 0) results_.push({imported[0].id, step});
        for (int i = 0; i < f.inputs.size(); ++i) note_passages(f, f.inputs[i]);
        for (const bool symbols : {true, false})
            for (int i = 0; i < f.inputs.size(); ++i)
                if (relevant_[f.inputs[i]] != 0 && (forward_[f.inputs[i]].count == 0) == symbols)
                    pass_on(f.inputs[i], imported[i + 1]);
    }
    constexpr int copied(builder& own, int id) {
        const node& n = forward_[id];
        if (n.operation == operation_code<constant_op>) return make_constant(own, forward_.numbers[n.parameter]).id;
        buffer<int> operands(n.count);
        for (int i = 0; i < n.count; ++i) operands[i] = local_[forward_.operand(id, i)];
        return own.make({n.operation, n.dims, n.parameter, operands.data(), n.count});
    }
    /// Adds to ∂L/∂x; when all steps that use x have done so, it is a step itself.
    constexpr void pass_on(int x, handle contribution) {
        int& total = totals_[x];
        total = total < 0 ? contribution.id : (handle{&backward_, total} + contribution).id;
        if (--uses_[x] <= 0) steps_.push({x, total});
    }
    /// Records by which operations the step passes its cotangent on to x, from its result inwards.
    constexpr void note_passages(const step_nodes& f, int x) {
        if (relevant_[x] == 0) return;
        buffer<char> leads(f.inside.size());
        for (int k = 0; k < f.inside.size(); ++k)
            for (int i = 0; i < forward_[f.inside[k]].count; ++i)
                if (leads_to(f, leads, forward_.operand(f.inside[k], i), x)) leads[k] = 1;
        int last = passages_of_[x];
        while (last >= 0 && passages_[last].next >= 0) last = passages_[last].next;
        for (int k = f.inside.size() - 1; k >= 0; --k)
            for (int i = 0; i < forward_[f.inside[k]].count; ++i) {
                if (!leads_to(f, leads, forward_.operand(f.inside[k], i), x)) continue;
                const int next = passages_.push({f.inside[k], i});
                (last < 0 ? passages_of_[x] : passages_[last].next) = next;
                last = next;
            }
    }
    [[nodiscard]] constexpr bool leads_to(const step_nodes& f, const buffer<char>& leads, int id, int x) const {
        if (id == x) return true;
        for (int k = 0; k < f.inside.size() && f.inside[k] <= id; ++k)
            if (f.inside[k] == id) return leads[k] != 0;
        return false;
    }

    const graph_view forward_;
    naming names_;
    buffer<char> relevant_;
    buffer<int> uses_, totals_, passages_of_, local_;  // by node of the forward graph
    buffer<meaning> symbols_{};                        // by symbol of the backward graph
    buffer<named_result> results_{};
    buffer<passage> passages_{};
    buffer<cotangent> steps_{};
    builder backward_;
};

}  // namespace chainfold
