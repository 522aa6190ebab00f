// SPDX-License-Identifier: BSL-1.0
#pragma once

// What can be wrong where weights are asked for or given.

#include <chainfold/expression/message.hpp>
#include <chainfold/shape/fixed_string.hpp>

namespace chainfold::nn {

/// What stands for a weight that is none: it can be read and written.
struct mistaken_weight : poison {
    double none = 0;
    constexpr double& operator()(const auto&...) { return none; }
    constexpr double* data() { return &none; }
    constexpr double* begin() { return &none; }
    constexpr double* end() { return &none + 1; }
};
template <fixed_string Name>
inline constexpr bool is_a_weight = false;
template <fixed_string Name>
struct no_such_weight : poison {
    double none = 0;  // members of its own, before the sentence: Clang lets go of a base class after an error
    constexpr double& operator()(const auto&...) { return none; }
    constexpr double* data() { return &none; }
    constexpr double* begin() { return &none; }
    constexpr double* end() { return &none + 1; }
    static_assert(is_a_weight<Name>, "sequential: there is no weight of this name; names are such as 0.weight, 0.bias");
};

template <std::size_t Position, std::size_t Count>
inline constexpr bool is_below = false;
template <std::size_t Position, std::size_t Count>
struct no_weight_there : poison {
    double none = 0;
    constexpr double& operator()(const auto&...) { return none; }
    constexpr double* data() { return &none; }
    constexpr double* begin() { return &none; }
    constexpr double* end() { return &none + 1; }
    static_assert(is_below<Position, Count>, "sequential: there is no weight at this position; they are counted from 0");
};

template <class Name>
inline constexpr bool is_a_name_for_the_compiler = false;
template <class Name>
struct name_as_argument : poison {
    double none = 0;
    constexpr double& operator()(const auto&...) { return none; }
    constexpr double* data() { return &none; }
    constexpr double* begin() { return &none; }
    constexpr double* end() { return &none + 1; }
    static_assert(is_a_name_for_the_compiler<Name>,
                  "sequential: a weight's name is a template argument: net.get<\"0.weight\">()");
};
template <class X>
inline constexpr bool is_a_seed = false;
template <std::size_t Arguments>
inline constexpr bool is_one_sample_of_numbers = false;
template <std::size_t Arguments>
struct several_for_one_sample : poison {
    static_assert(is_one_sample_of_numbers<Arguments>,
                  "net(sample): all numbers of a sample in one array, span or vector; net({1.0f, 2.0f}) works too");
};

/// An array's type and size where those of the network are expected.
template <class T, std::size_t Count, class Given, std::size_t GivenCount>
inline constexpr bool weights_as = false;
template <class T, std::size_t Count, class Given, std::size_t GivenCount>
struct no_such_weights : poison {
    static_assert(weights_as<T, Count, Given, GivenCount>,
                  "an array of weights must have as many numbers as the network, of its type");
};

}  // namespace chainfold::nn
