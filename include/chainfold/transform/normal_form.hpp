// SPDX-License-Identifier: BSL-1.0
#pragma once

// The normal form: a graph in which equal formulas are one node.
//
// A value is factor · rest.  What is not a number is kept in lists, each one a node whose tail is another list, so that
// a sum that gets a term, or a product that gets a factor, is one new node and shares all others (a residual network
// of n blocks has sums of 1, 2, … n terms and 2n nodes for them):
//
//   list of terms     term, or add(term, list), heaviest first; a term is rest, or multiply(number, rest)
//   sum               a list, or add(list, number); without a common divisor of its factors, the last positive
//   factor            base, or power<n>(base)
//   product           factor, or multiply(factor, product), scalars first, then lightest first
//
// Heavier is what is nested deeper, then what is longer; the rest goes by names.  Nothing depends on the order of
// creation. In designating nodes, 1 is `unit`.  docs/design/0007-canonical-form.md has the table of rules.

#include <chainfold/expression/expression.hpp>
#include <chainfold/transform/common_divisor.hpp>

namespace chainfold::canonical {

/// factor · rest; a scalar rest counts for every entry of the shape.
struct value {
    number factor{};
    int rest = 0;
    dimensions dims{};
};

/// What is known of a node.
struct traits {
    int depth = 0;
    int weight = 1;       // how much is to be written, up to a limit
    int leading = -1;     // the first symbol
    hash_value hash = 0;  // of the structure
    int length = 1;       // of a product or a list of terms
    int contains = 0;     // of a product: see below
    number last{};        // of a list of terms: the factor of the last
    number content{};     // of a list of terms: the common divisor of its factors, 0 if there is none
};
inline constexpr int scalar_exponential = 1, exponential = 2, positive_factor = 4, sum_factor = 8, numerator = 16;

/// Rules that look into a sum or product look no further than this, so that the whole takes linear time.
inline constexpr int longest_look = 16;

constexpr dimensions wider(const dimensions& a, const dimensions& b) { return a.rank == 0 ? b : a; }

class normal_form;

/// The rules, by which a normal form is made, as a builder has its rewriting rule.
struct normal_rules {
    value (*closed)(normal_form&, const value&) = nullptr;
    value (*sum)(normal_form&, const value&, const value&) = nullptr;
    value (*product)(normal_form&, const value&, const value&) = nullptr;
    value (*power)(normal_form&, const value&, int) = nullptr;
    value (*times)(normal_form&, const number&, const value&) = nullptr;
    value (*exponential_of)(normal_form&, const value&) = nullptr;
    value (*logistic)(normal_form&, const value&) = nullptr;
    value (*softmax_of)(normal_form&, const value&) = nullptr;
    value (*transposed)(normal_form&, const value&) = nullptr;
    value (*untransposed)(normal_form&, const value&) = nullptr;
    value (*with_functions_recognised)(normal_form&, const value&) = nullptr;
};

class normal_form {
public:
    static constexpr int unit = 0;
    constexpr explicit normal_form(const normal_rules* rules = nullptr) : rules_(rules) { constant(one()); }
    [[nodiscard]] constexpr const normal_rules& rules() const { return *rules_; }
    /// One that has been a graph in the meantime, to be read only: of the traits it has what products contain.
    constexpr explicit normal_form(const graph_view& from) : normal_form() {
        buffer<int> known(from.node_count), operands;
        for (int i = 0; i < from.symbol_count; ++i) graph_.symbol_index(from.symbols[i]);
        for (int id = 0; id < from.node_count; ++id) {
            const node& n = from[id];
            if (n.count > operands.size()) operands = buffer<int>(n.count);
            for (int i = 0; i < n.count; ++i) operands[i] = known[from.operand(id, i)];
            const bool is_number = n.operation == operation_code<constant_op>;
            const int parameter = is_number ? graph_.number_index(from.numbers[n.parameter]) : n.parameter;
            known[id] = graph_.intern({n.operation, n.dims, parameter, operands.data(), n.count});
            if (known[id] < traits_.size()) continue;
            traits_.push({});
            traits_[known[id]].contains = contents_of_node(known[id]);
        }
        for (int i = 0; i < from.output_count; ++i) graph_.add_output(known[from.outputs[i]]);
    }
    [[nodiscard]] constexpr int output(int i) const { return graph_.view().outputs[i]; }

    [[nodiscard]] constexpr node operator[](int id) const { return graph_[id]; }
    [[nodiscard]] constexpr const traits& of(int id) const { return traits_[id]; }
    [[nodiscard]] constexpr int operand(int id, int i) const { return graph_.operand(id, i); }
    [[nodiscard]] constexpr dimensions dims(int id) const { return graph_[id].dims; }
    [[nodiscard]] constexpr number constant_of(int id) const { return graph_.view().numbers[graph_[id].parameter]; }
    template <class Op>
    [[nodiscard]] constexpr bool is(int id) const {
        return graph_[id].operation == operation_code<Op>;
    }
    constexpr builder& graph() { return graph_; }
    [[nodiscard]] constexpr const builder& graph() const { return graph_; }

    constexpr int make(std::int32_t operation, const dimensions& dims, const int* operands, int count,
                       std::int32_t parameter = 0) {
        const int id = graph_.intern({operation, dims, parameter, operands, count});
        if (id == traits_.size()) traits_.push(traits_of(id));
        return id;
    }
    template <class Op, class... Id>
    constexpr int make(const dimensions& dims, Id... ids) {
        const int operands[] = {ids...};
        return make(operation_code<Op>, dims, operands, sizeof...(Id));
    }
    constexpr int constant(const number& c) {
        return make(operation_code<constant_op>, scalar_dimensions, nullptr, 0, graph_.number_index(c));
    }
    constexpr int power_of(int base, int exponent) {
        if (exponent == 1 && !is<constant_op>(base)) return base;
        return make(operation_code<power_op>, dims(base), &base, 1, exponent);
    }
    constexpr int scaled(const number& c, int rest) {
        if (rest == unit) return constant(c);
        return math::is_one(c) ? rest : make<multiply_op>(dims(rest), constant(c), rest);
    }

    // what nodes are
    [[nodiscard]] constexpr bool is_scaled(int id) const {
        return is<multiply_op>(id) && is<constant_op>(operand(id, 0));
    }
    [[nodiscard]] constexpr bool is_product(int id) const {
        return is<multiply_op>(id) && !is<constant_op>(operand(id, 0));
    }
    [[nodiscard]] constexpr bool is_sum(int id) const { return is<add_op>(id); }
    [[nodiscard]] constexpr bool is_offset(int id) const { return is<add_op>(id) && is<constant_op>(operand(id, 1)); }
    [[nodiscard]] constexpr bool is_terms(int id) const { return is<add_op>(id) && !is<constant_op>(operand(id, 1)); }

    /// Is the node greater than 0 for all real numbers?
    [[nodiscard]] constexpr bool is_positive(int id) const {
        return is<exp_op>(id) || is<softmax_op>(id) || is<sigmoid_op>(id) || is<softplus_op>(id) || is<erfc_op>(id);
    }

    /// The order: what is lighter comes first among factors and last among terms.
    [[nodiscard]] constexpr bool is_lighter(int a, int b) const {
        const traits &x = traits_[a], &y = traits_[b];
        if (x.depth != y.depth) return x.depth < y.depth;
        if (x.weight != y.weight) return x.weight < y.weight;
        return comes_first(a, b);
    }
    /// The order of what is equally heavy: by the first name, powers before products.
    [[nodiscard]] constexpr bool comes_first(int a, int b) const {
        const traits &x = traits_[a], &y = traits_[b];
        if (x.leading != y.leading && x.leading >= 0 && y.leading >= 0) {
            const int order = name(x.leading).compare(name(y.leading));
            if (order != 0) return order < 0;
        }
        if (is<power_op>(a) != is<power_op>(b)) return is<power_op>(a);
        if (graph_[a].operation != graph_[b].operation) return graph_[a].operation < graph_[b].operation;
        return x.hash != y.hash ? x.hash < y.hash : a < b;
    }

    /// What `closed` in normal_sum.hpp has found.
    constexpr value& closed_form(int sum) {
        while (closed_.size() <= sum) closed_.push({{}, -1, {}});
        return closed_[sum];
    }

private:
    [[nodiscard]] constexpr std::string_view name(int s) const { return graph_.view().symbols[s].name; }

    [[nodiscard]] constexpr traits traits_of(int id) const {
        const node& n = graph_[id];
        traits t;
        t.hash = combine(static_cast<hash_value>(n.operation), n.dims);
        if (n.operation == operation_code<constant_op>) {
            t.depth = -1;
            t.hash = combine(t.hash, detail::hash_of(constant_of(id)));
        } else if (n.operation == operation_code<symbol_op>) {
            t.leading = n.parameter;
            t.hash = graph_.view().symbols[n.parameter].key;
        } else {
            t.hash = combine(t.hash, static_cast<hash_value>(n.parameter));
            const bool is_list = is_terms(id) || is_product(id);
            for (int i = 0; i < n.count; ++i) {
                const int x = operand(id, i);
                const bool continues = is_list ? i == 1 && graph_[x].operation == n.operation && !is_scaled(x)
                                               : is_scaled(id) || (is_offset(id) && is_terms(x));
                const int depth = traits_[x].depth + (continues ? 0 : 1);
                t.hash = combine(t.hash, traits_[x].hash);
                t.weight += traits_[x].weight;
                if (depth > t.depth) t.depth = depth;
                if (t.leading < 0) t.leading = traits_[x].leading;
            }
        }
        if (is<power_op>(id)) t.weight += traits_[operand(id, 0)].weight;
        if (t.weight > heaviest) t.weight = heaviest;
        if (is_terms(id)) {
            const traits &head = traits_[operand(id, 0)], &tail = traits_[operand(id, 1)];
            t.length = 1 + tail.length;
            t.last = tail.last;
            if (const auto g = common_divisor(head.content, tail.content); g.exact) t.content = g.value;
        } else if (is_scaled(id)) {
            const number& c = constant_of(operand(id, 0));
            t.last = c;
            t.content = magnitude(c);
        } else {
            t.content = t.last = one();
            if (is_product(id)) t.length = 1 + traits_[operand(id, 1)].length;
        }
        t.contains = contents_of_node(id);
        return t;
    }
    static constexpr int heaviest = 1 << 26;
    [[nodiscard]] constexpr int contents_of_node(int id) const {
        if (is_product(id)) return traits_[operand(id, 0)].contains | traits_[operand(id, 1)].contains;
        return contents(id);
    }
    /// What a factor adds to a product.
    [[nodiscard]] constexpr int contents(int id) const {
        if (is<exp_op>(id))
            return (dims(id).rank == 0 ? scalar_exponential : exponential) | positive_factor | numerator;
        if (is<power_op>(id)) {
            if (graph_[id].parameter < 0) return 0;
            return numerator | (is_positive(operand(id, 0)) ? positive_factor : 0);
        }
        return numerator | (is_sum(id) ? sum_factor : 0) | (is_positive(id) ? positive_factor : 0);
    }

    const normal_rules* rules_ = nullptr;
    builder graph_;
    buffer<traits> traits_;
    buffer<value> closed_;
};

}  // namespace chainfold::canonical
