// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a network is called with, and what can be wrong with it.

#include <chainfold/program/call.hpp>

namespace chainfold::nn {

/// One sample of a network's input.
template <class T, class Input, class Sample>
concept SampleFor = !is_batch<Sample> && requires { typename binding_of<Input, Sample>::type::value_type; } &&
                    computes_in<T, typename binding_of<Input, Sample>::type>;

namespace detail {
/// What is wrong with a sample: what is wrong with its binding, its type, or that it is a batch.
template <class T, class Output, class Input, class Sample>
struct sample_verdict {
    using type = typename binding_of<Input, Sample>::mistake;
};
template <class T, class Output, class Input, class Sample>
    requires requires { typename binding_of<Input, Sample>::wrong_size; }
struct sample_verdict<T, Output, Input, Sample> {
    using type = typename binding_of<Input, Sample>::wrong_size;
};
template <class T, class Output, class Input, class Sample>
    requires requires { typename binding_of<Input, Sample>::type::value_type; }
struct sample_verdict<T, Output, Input, Sample> {
    using given = typename binding_of<Input, Sample>::type::value_type;
    using type = binding_of_another_type<chainfold::name_of<Input>, given, T>;
};
template <class T, class Output, class Input, class U>
struct sample_verdict<T, Output, Input, batch_of_samples<U>> {
    using type = batch_without_output<typename Output::shape_type>;
};
template <class T, class Output, class Input, class Sample>
    requires Poisoned<Sample>
struct sample_verdict<T, Output, Input, Sample> {
    using type = poison;
};
}  // namespace detail
template <class T, class Output, class Input, class Sample>
using verdict_on_sample = typename detail::sample_verdict<T, Output, Input, Sample>::type;

}  // namespace chainfold::nn
