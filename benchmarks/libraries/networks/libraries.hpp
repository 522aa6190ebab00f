// SPDX-License-Identifier: BSL-1.0
#pragma once

// Networks by libraries, each in its own translation unit, where CMake found it.  The data of the first call are
// brought into the library's form once, outside of what is timed.

#include <memory>
#include <string>

#include "foreign_network.hpp"

namespace benchmark {

template <class Net>
using foreign = std::shared_ptr<foreign_network<typename Net::value_type>>;

template <class Net>
foreign<Net> torch_network();
std::string torch_version();

template <class Net>
foreign<Net> dlib_network();
std::string dlib_version();

}  // namespace benchmark
