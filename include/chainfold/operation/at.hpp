// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/operation/table.hpp>

namespace chainfold {

namespace detail {

template <std::int32_t Code, class List>
struct operation_at;
template <class First, class... Rest>
struct operation_at<0, operation_list<First, Rest...>> {
    using type = First;
};
template <std::int32_t Code, class First, class... Rest>
    requires(Code > 0)
struct operation_at<Code, operation_list<First, Rest...>> : operation_at<Code - 1, operation_list<Rest...>> {};

/// The struct of the operation with this code.
template <std::int32_t Code>
using operation = typename operation_at<Code, registry>::type;

}  // namespace detail

}  // namespace chainfold
