// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products in a graph of scalars, arranged for a processor that waits for results, and has few of them in flight:
//
//     2 (w d), 2 (a d), -2 d            as  w e, a e, -e  with  e = 2 d:  a number by which all that a node goes
//                                       into is multiplied, but for a sign, is a factor of the node;
//     ((d a) b) c, where d comes last   as  ((a b) c) d,
//     (d a) / b                         as  (a / b) d,
//     (2 d) a                           as  (2 a) d.
//
// A product that goes into one other product only is part of that.  Its factors are multiplied in the order in which
// they are ready.

#include <chainfold/transform/differentiate.hpp>
#include <chainfold/transform/latency.hpp>

namespace chainfold {

class product_arranger {
public:
    constexpr product_arranger(builder& to, const graph_view& from, const buffer<char>& needed)
        : to_(to),
          from_(from),
          needed_(needed),
          first_use_(from.node_count, -1),
          uses_(from.node_count),
          root_(from.node_count, -1),
          copy_(from.node_count, -1),
          satisfied_(from.node_count),
          is_output_(from.node_count),
          factor_(from.node_count, one) {}

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        for (int i = 0; i < from_.output_count; ++i) is_output_[from_.outputs[i]] = 1;
        for (int id = 0; id < from_.node_count; ++id)
            for (int i = 0; needed_[id] != 0 && i < from_[id].count; ++i) add_use(from_.operand(id, i), id);
        for (int id = from_.node_count - 1; id >= 0; --id)
            if (needed_[id] != 0) find_factor(id);
        for (int id = 0; id < from_.node_count; ++id)
            if (needed_[id] != 0 && !is_inner(id)) copy_[id] = copied(id);
        buffer<handle> outputs;
        for (int i = 0; i < from_.output_count; ++i) outputs.push({&to_, copy_[from_.outputs[i]]});
        return outputs;
    }

private:
    static constexpr number one{1, 1, 0};

    [[nodiscard]] constexpr bool is(int id, std::int32_t operation) const { return from_[id].operation == operation; }
    [[nodiscard]] constexpr bool is_number(int id) const { return is(id, operation_code<constant_op>); }
    [[nodiscard]] constexpr bool is_multiple(int id) const {
        return is(id, operation_code<multiply_op>) && is_number(from_.operand(id, 0));
    }
    [[nodiscard]] constexpr bool is_product(int id) const {
        return is(id, operation_code<multiply_op>) && !is_number(from_.operand(id, 0)) && !is_number(from_.operand(id, 1));
    }
    /// Part of another product.
    [[nodiscard]] constexpr bool is_inner(int id) const { return root_[id] >= 0 && root_[id] != id; }
    [[nodiscard]] constexpr const number& number_of(int id) const { return from_.numbers[from_[id].parameter]; }

    constexpr void add_use(int of, int by) {
        ++uses_[of];
        user_.push(by);
        next_use_.push(first_use_[of]);
        first_use_[of] = user_.size() - 1;
    }

    /// By what a use multiplies what it reads; nothing is known where that is no number of 18 digits.
    [[nodiscard]] constexpr math::folded factor_by(int use) const {
        if (is_product(use)) return {satisfied_[root_[use]] != 0 ? one : factor_[root_[use]], true};
        if (is_multiple(use)) return math::multiply_rounded(number_of(from_.operand(use, 0)), factor_[use]);
        return {is(use, operation_code<negate_op>) ? factor_[use] : one, true};
    }

    // From the last node to the first: factor_ is by what a node is to be multiplied when it is computed.
    constexpr void find_factor(int id) {
        if (is_product(id)) {
            const int user = first_use_[id] >= 0 ? user_[first_use_[id]] : -1;
            const bool inner = uses_[id] == 1 && is_output_[id] == 0 && is_product(user);
            root_[id] = inner ? root_[user] : id;
            if (inner) return;
        }
        if (is_number(id) || is_output_[id] != 0 || uses_[id] == 0) return;
        const bool is_free = is_product(id) || is_multiple(id) || is(id, operation_code<negate_op>);
        if (!is_free && uses_[id] == 1) return;
        math::folded factor = factor_by(user_[first_use_[id]]);
        for (int u = first_use_[id]; u >= 0; u = next_use_[u]) {
            const math::folded other = factor_by(user_[u]);
            if (!factor.exact || !other.exact) return;
            const bool opposite = is_multiple(user_[u]) && other.value == math::negate(factor.value).value;
            if (!opposite && !(other.value == factor.value)) return;
            for (int v = next_use_[u]; v >= 0; v = next_use_[v])  // no square of a factor
                if (is_product(user_[u]) && is_product(user_[v]) && root_[user_[u]] == root_[user_[v]]) return;
        }
        const double magnitude = math::to<double>(factor.value) * math::to<double>(factor.value);
        if (math::is_one(factor.value) || !(magnitude > 1e-6) || !(magnitude < 1e6)) return;
        if (is_multiple(id) && !math::multiply_rounded(number_of(from_.operand(id, 0)), factor.value).exact) return;
        factor_[id] = factor.value;
        for (int u = first_use_[id]; u >= 0; u = next_use_[u])
            if (is_product(user_[u])) satisfied_[root_[user_[u]]] = 1;
    }

    constexpr int make(const node& n, std::int32_t parameter, const int* operands, int latency) {
        const int id = to_.make({n.operation, n.dims, parameter, operands, n.count});
        int ready = 0;
        for (int i = 0; i < n.count; ++i) ready = ready < ready_[operands[i]] ? ready_[operands[i]] : ready;
        while (ready_.size() <= id) ready_.push(0);
        ready_[id] = ready + latency;
        return id;
    }
    constexpr int make_number(const number& value) {
        return make({operation_code<constant_op>, scalar_dimensions}, to_.number_index(value), nullptr, 0);
    }
    constexpr int times(int a, int b) {
        const int operands[] = {a, b};
        return make({operation_code<multiply_op>, scalar_dimensions, 0, 0, 2}, 0, operands, 4);
    }
    constexpr int negated(int x) {
        return make({operation_code<negate_op>, scalar_dimensions, 0, 0, 1}, 0, &x, 1);
    }
    constexpr int scaled(const number& factor, int x) { return math::is_one(factor) ? x : times(make_number(factor), x); }

    constexpr int copied(int id) {
        const node& n = from_[id];
        if (is_product(id)) return product(id);
        if (is_multiple(id)) {
            const int x = from_.operand(id, 1);
            if (!math::is_one(factor_[x])) return factor_by(id).value == factor_[x] ? copy_[x] : negated(copy_[x]);
            return scaled(math::multiply_rounded(number_of(from_.operand(id, 0)), factor_[id]).value, copy_[x]);
        }
        const number own = is(id, operation_code<negate_op>) && !math::is_one(factor_[from_.operand(id, 0)])
                               ? one
                               : factor_[id];
        if (is_quotient_of_product(id))
            return scaled(own, quotient(n, from_.operand(id, 0), copy_[from_.operand(id, 1)]));
        buffer<int> operands;
        for (int i = 0; i < n.count; ++i) operands.push(copy_[from_.operand(id, i)]);
        return scaled(own, make(n, parameter_in(to_, from_, n), operands.data(), latency_of(n.operation)));
    }

    // c x, of which nobody else has anything: c and x are factors of their own.
    [[nodiscard]] constexpr bool is_inner_multiple(int id) const {
        return is_multiple(id) && uses_[id] == 1 && is_output_[id] == 0 && math::is_one(factor_[from_.operand(id, 1)]);
    }
    constexpr buffer<int> factors_of(int id) {
        buffer<int> factors, open(1, id);
        for (int i = 0; i < open.size(); ++i)
            for (int k = 0; k < 2; ++k) {
                const int x = from_.operand(open[i], k);
                if (is_inner(x) && root_[x] == id) {
                    open.push(x);
                } else if (is_inner_multiple(x)) {
                    const math::folded c = math::multiply_rounded(number_of(from_.operand(x, 0)), factor_[x]);
                    if (!math::is_one(c.value)) factors.push(make_number(c.value));
                    factors.push(copy_[from_.operand(x, 1)]);
                } else {
                    factors.push(copy_[x]);
                }
            }
        if (satisfied_[id] == 0 && !math::is_one(factor_[id])) factors.push(make_number(factor_[id]));
        return factors;
    }
    // The factor that is ready first goes to the end.
    constexpr void put_first_last(buffer<int>& factors, int count) const {
        int first = count - 1;
        for (int i = 0; i < count - 1; ++i)
            if (ready_[factors[i]] < ready_[factors[first]]) first = i;
        const int moved = factors[first];
        factors[first] = factors[count - 1];
        factors[count - 1] = moved;
    }
    constexpr int multiplied(buffer<int> factors) {
        for (int count = factors.size(); count > 1; --count) {  // the two that are ready first
            put_first_last(factors, count);
            put_first_last(factors, count - 1);
            const int a = factors[count - 1], b = factors[count - 2];
            factors[count - 2] = a < b ? times(a, b) : times(b, a);
        }
        return factors[0];
    }
    constexpr int product(int id) { return multiplied(factors_of(id)); }

    [[nodiscard]] constexpr bool is_quotient_of_product(int id) const {
        if (!is(id, operation_code<divide_op>)) return false;
        const int x = from_.operand(id, 0);
        return is_product(x) && !is_inner(x) && uses_[x] == 1 && is_output_[x] == 0;
    }
    // The factor that comes last need not be divided.
    constexpr int quotient(const node& n, int x, int d) {
        buffer<int> factors = factors_of(x);
        int last = 0, before = ready_[d];
        for (int i = 1; i < factors.size(); ++i)
            if (ready_[factors[i]] > ready_[factors[last]]) last = i;
        for (int i = 0; i < factors.size(); ++i)
            if (i != last && ready_[factors[i]] > before) before = ready_[factors[i]];
        const int latency = latency_of(n.operation);
        if (ready_[factors[last]] <= before) {
            const int operands[] = {multiplied(factors), d};
            return make({n.operation, n.dims, 0, 0, 2}, 0, operands, latency);
        }
        const int late = factors[last];
        factors[last] = factors[factors.size() - 1];
        factors.pop();
        const int operands[] = {multiplied(factors), d};
        return times(make({n.operation, n.dims, 0, 0, 2}, 0, operands, latency), late);
    }

    builder& to_;
    const graph_view from_;
    const buffer<char>& needed_;
    buffer<int> first_use_, uses_, user_, next_use_;  // by node: a list of those that read it
    buffer<int> root_;                                // of a product: the product that it is part of
    buffer<int> copy_, ready_;                        // by node of `from` and of `to`
    buffer<char> satisfied_, is_output_;
    buffer<number> factor_;
};

}  // namespace chainfold
