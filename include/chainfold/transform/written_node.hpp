// SPDX-License-Identifier: BSL-1.0
#pragma once

// Nodes as they are written, past any rule.

#include <chainfold/transform/normal_form.hpp>

namespace chainfold::canonical {

/// Is f(−x) = −f(x)?  Of several operands, in each.
constexpr bool is_odd(std::int32_t operation) {
    switch (operation) {
        case operation_code<product_op>:
        case operation_code<outer_op>:
        case operation_code<transpose_op>:
        case operation_code<extract_op>:
        case operation_code<pack_lower_op>:
        case operation_code<sin_op>:
        case operation_code<tanh_op>:
        case operation_code<erf_op>:
            return true;
        default:
            return false;
    }
}

class node_writer {
protected:
    constexpr explicit node_writer(builder& to) : to_(to) {}

    /// sign · node
    struct signed_node {
        int id = -1;
        int sign = 1;
    };

    template <class Op, class... Id>
    constexpr int make(const dimensions& dims, Id... ids) {
        const int operands[] = {ids...};
        return to_.intern({operation_code<Op>, dims, 0, operands, sizeof...(Id)});
    }
    template <class Op>
    constexpr int elementwise(int a, int b) {
        return make<Op>(wider(to_[a].dims, to_[b].dims), a, b);
    }
    constexpr int number_node(const number& c) {
        return to_.intern({operation_code<constant_op>, scalar_dimensions, to_.number_index(c), nullptr, 0});
    }
    constexpr int with_sign(const signed_node& s) { return s.sign > 0 ? s.id : make<negate_op>(to_[s.id].dims, s.id); }

    builder& to_;
};

}  // namespace chainfold::canonical
