// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who computes the steps of a training: the caller alone, or a team of threads.

#include <chainfold/math/inline.hpp>
#include <chainfold/program/run.hpp>

namespace chainfold::nn {

/// Among the parts of a training: its steps are computed by these threads.
///
///     cf::threads two(2);   // chainfold/program/threads.hpp
///     nn::train(net, data, nn::cross_entropy{}, nn::adam{}, {.epochs = 20, .batch_size = 256}, nn::on{two});
///
/// The weights are the same from run to run for a given number of threads, bit by bit; with sharing::reproducible they
/// are those of one thread for any number of them.  Batches of little work are not shared.  What is measured between
/// the epochs is measured by the caller.
struct on {
    team& members;
    sharing how = sharing::fast;

    template <class Program>
    auto running(Program& program) const {
        return program.on(members, how);
    }
    /// The number of threads that the weights depend on.
    void describe(auto&& note) const {
        note("on.threads", how == sharing::fast ? static_cast<double>(members.size()) : 1);
    }
};

namespace detail {

/// Where nobody else is asked.
struct alone {
    template <class Program>
    CHAINFOLD_INLINE Program& running(Program& program) const {
        return program;
    }
    static void describe(auto&& note) { note("on.threads", 1); }
};

}  // namespace detail

template <class X>
inline constexpr bool is_on = std::is_same_v<std::remove_const_t<X>, on>;

}  // namespace chainfold::nn
