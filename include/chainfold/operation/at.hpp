// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/operation/table.hpp>

namespace chainfold {

namespace detail {

template <std::int32_t Position, class Op>
std::type_identity<Op> operation_at(const numbered_operation<Position, Op>*);

/// The struct of the operation with this code.
template <std::int32_t Code>
using operation = typename decltype(operation_at<Code>(static_cast<const numbered_registry*>(nullptr)))::type;

}  // namespace detail

}  // namespace chainfold
