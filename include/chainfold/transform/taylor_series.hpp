// SPDX-License-Identifier: BSL-1.0
#pragma once

// Taylor series: the coefficients yₖ of every node y along x + t u, where y = y₀ + y₁ t + y₂ t² + …
//
//   linear                    yₖ = f(xₖ)
//   linear in each of two     yₖ = Σ f(aᵢ, bₖ₋ᵢ), i = 0 … k          (Cauchy's product)
//   y = a / b                 yₖ = (aₖ − Σ bᵢ yₖ₋ᵢ) / b₀, i = 1 … k  (from y b = a)
//   otherwise                 yₖ = dₖ₋₁ / k, d = dy/dt
//
// d is what forward mode gives from the tangents v of the operands x, an expression in them that is developed by the
// same rules, with vₖ = (k + 1) xₖ₊₁.  So no operation has a rule for this, and n orders take about n² / 2 times the
// nodes. (Griewank and Walther, Evaluating Derivatives, 2008, chapter 13.)

#include <chainfold/transform/forward.hpp>

namespace chainfold {

class taylor_series {
public:
    /// For coefficients up to `order` of what depends on a variable, as it moves along a direction.
    constexpr taylor_series(handle variable, handle direction, int order)
        : graph_(*variable.graph), variable_(variable), direction_(direction), orders_(order + 1) {}

    /// Coefficients 0 … order of a node; the graph is passed through in order, so that nothing is deeply nested.
    constexpr buffer<handle> operator()(handle root) {
        buffer<char> needed(root.id + 1);
        needed[root.id] = 1;
        for (int id = root.id; id >= 0; --id)
            for (int i = 0; needed[id] != 0 && i < graph_[id].count; ++i) needed[graph_.operand(id, i)] = 1;
        for (int id = 0; id < root.id; ++id)
            for (int k = 1; needed[id] != 0 && k < orders_; ++k) coefficient({&graph_, id}, k);
        buffer<handle> found;
        for (int k = 0; k < orders_; ++k) found.push(existing(coefficient(root, k), root.dims()));
        return found;
    }

private:
    static constexpr int unknown = -2;

    [[nodiscard]] constexpr handle existing(handle x, dimensions dims) const {
        return x.exists() ? x : simplification::filled(graph_, {}, dims);
    }

    // What stands for the tangent of x, whose coefficients are known from those of x: a copy of x with a parameter that
    // no other has.  It is never part of a coefficient.
    static constexpr int marks_tangent = -1;
    constexpr handle stand_in(handle x) { return simplification::raw_with<batch_mean_op>(x.dims(), marks_tangent, x); }
    [[nodiscard]] constexpr bool is_stand_in(int id) const {
        return graph_[id].operation == operation_code<batch_mean_op> && graph_[id].parameter == marks_tangent;
    }

    // Does a node move, and is such a tangent part of it?
    enum class motion : char { none, of_value, of_tangent };
    struct state {
        motion moves = motion::none;
        int first = -1;       // where its coefficients stand
        int derivative = -1;  // dy/dt, where it is needed
    };
    constexpr state& at(handle y) {
        for (int id = states_.size(); id <= y.id; ++id) {
            motion m = is_stand_in(id) ? motion::of_tangent : id == variable_.id ? motion::of_value : motion::none;
            for (int i = 0; i < graph_[id].count; ++i)
                if (const motion of_operand = states_[graph_.operand(id, i)].moves; of_operand > m) m = of_operand;
            states_.push({m});
        }
        return states_[y.id];
    }

    /// Coefficient k of y; what does not exist is zero.
    constexpr handle coefficient(handle y, int k) {
        state& of_y = at(y);
        if (k == 0 && of_y.moves != motion::of_tangent) return y;
        if (of_y.moves == motion::none) return {};
        if (of_y.first < 0) {
            of_y.first = known_.size();
            for (int i = 0; i < orders_; ++i) known_.push(unknown);
        }
        const int slot = of_y.first + k;
        if (known_[slot] == unknown) {
            const handle found = computed(y, k);
            known_[slot] = !found.exists() || simplification::is_zero(found) ? -1 : found.id;
        }
        return {&graph_, known_[slot]};
    }

    constexpr handle computed(handle y, int k) {
        if (y.is(variable_)) return k == 1 ? direction_ : handle{};
        if (is_stand_in(y.id)) return of_tangent(y.operand(0), k);
        switch (y.operation()) {
            case operation_code<negate_op>:
            case operation_code<add_op>:
            case operation_code<subtract_op>:
            case operation_code<stack_op>:
                return of_operands(y, k);
            case operation_code<multiply_op>:
                return cauchy_product(y, k);
            case operation_code<square_op>:
                return of_square(y.operand(0), k);
            case operation_code<divide_op>:
                return of_quotient(y, coefficient(y.operand(0), k), y.operand(1), k);
            case operation_code<reciprocal_op>:
                return of_quotient(y, {}, y.operand(0), k);
            case operation_code<select_op>:
                return select(y.operand(0), existing(coefficient(y.operand(1), k), y.operand(1).dims()),
                              existing(coefficient(y.operand(2), k), y.operand(2).dims()));
            default:
                break;
        }
        const operation_rules& rules = rules_of(y.operation());
        if (!rules.is_elementwise && rules.pushforward == nullptr)
            return rules.arity == 1 ? of_operands(y, k) : cauchy_product(y, k);
        const handle d = coefficient(derivative(y), k - 1);
        return d.exists() ? d / make_constant(graph_, k) : d;
    }

    constexpr handle of_tangent(handle x, int k) {
        const handle next = coefficient(x, k + 1);
        return next.exists() ? (k + 1) * next : next;
    }

    constexpr handle of_operands(handle y, int k) {
        buffer<int> operands((*y).count);
        bool moves = false;
        for (int i = 0; i < operands.size(); ++i) {
            const handle x = coefficient(y.operand(i), k);
            moves = moves || x.exists();
            operands[i] = existing(x, y.operand(i).dims()).id;
        }
        if (!moves) return {};
        return make_node(graph_, y.operation(), operands.data(), operands.size(), y.dims(), y.parameter());
    }

    constexpr handle cauchy_product(handle y, int k) {
        handle total{};
        for (int i = 0; i <= k; ++i) {
            const handle a = coefficient(y.operand(0), i), b = coefficient(y.operand(1), k - i);
            if (!a.exists() || !b.exists()) continue;
            const int both[] = {a.id, b.id};
            add(total, make_node(graph_, y.operation(), both, 2, y.dims()));
        }
        return total;
    }
    constexpr handle of_square(handle x, int k) {
        handle total{};
        for (int i = 0; 2 * i < k; ++i) {
            const handle a = coefficient(x, i), b = coefficient(x, k - i);
            if (a.exists() && b.exists()) add(total, 2 * hadamard(a, b));
        }
        if (const handle a = k % 2 == 0 ? coefficient(x, k / 2) : handle{}; a.exists()) add(total, square(a));
        return total;
    }
    constexpr handle of_quotient(handle y, handle a, handle divisor, int k) {
        handle total = existing(a, y.dims());
        for (int i = 1; i <= k; ++i) {
            const handle b = coefficient(divisor, i), q = coefficient(y, k - i);
            if (b.exists() && q.exists()) total = total - hadamard(b, q);
        }
        return total / divisor;
    }
    static constexpr void add(handle& total, handle x) { total = total.exists() ? total + x : x; }

    // dy/dt from the tangents of the operands that move
    constexpr handle derivative(handle y) {
        if (at(y).derivative < 0) {
            buffer<handle> tangents((*y).count);
            for (int i = 0; i < tangents.size(); ++i)
                if (at(y.operand(i)).moves != motion::none) tangents[i] = stand_in(y.operand(i));
            at(y).derivative = tangent_of(y, tangents.data()).id;
        }
        return {&graph_, at(y).derivative};
    }

    builder& graph_;
    handle variable_, direction_;
    int orders_;
    buffer<state> states_;  // by node
    buffer<int> known_;     // by order for each node that was asked for: a node, −1 for zero, or unknown
};

}  // namespace chainfold
