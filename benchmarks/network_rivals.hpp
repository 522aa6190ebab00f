// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everybody who computes a network, apart from chainfold.

#include <string>

#include "by_hand/networks/batched.hpp"
#include "by_hand/networks/loops.hpp"
#include "by_hand/networks/one_sample.hpp"
#include "network_contest.hpp"
#if defined(CHAINFOLD_BENCHMARK_EIGEN)
#include "by_hand/networks/eigen.hpp"
#endif
#if defined(CHAINFOLD_BENCHMARK_OPENBLAS)
#include "by_hand/networks/openblas.hpp"
#endif
#include "libraries/networks/libraries.hpp"

namespace benchmark {

template <int Batch, class Net>
void add_rivals(network_contest<Net>& c) {
    using by_hand::style;
#if defined(__AVX512F__)  // which they are written for
    if constexpr (Batch == 1)
        c.template add<by_hand::one_sample<Net>>(kind::by_hand, "vectors");
    else
        c.template add<by_hand::batched<Net, Batch>>(kind::by_hand, "vectors");
#endif
    c.template add<by_hand::loops<Net, style::fast_math>>(kind::by_hand, "loops, -ffast-math");
    c.template add<by_hand::loops<Net, style::standard>>(kind::standard_library, "loops");
#if defined(CHAINFOLD_BENCHMARK_EIGEN)
    const std::string eigen =
        "Eigen " + std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION);
    if constexpr (Net::size < 20000 && Batch <= 32)  // Eigen refuses large matrices of fixed size
        c.template add<by_hand::eigen<Net, Batch, by_hand::sizes::fixed>>(kind::by_hand, eigen + ", fixed sizes");
    c.template add<by_hand::eigen<Net, Batch, by_hand::sizes::dynamic>>(kind::by_hand, eigen + ", dynamic sizes");
#endif
#if defined(CHAINFOLD_BENCHMARK_OPENBLAS)
    if constexpr (Batch > 1) c.template add<by_hand::openblas<Net, Batch>>(kind::by_hand, "OpenBLAS and vectors");
#endif
#if defined(CHAINFOLD_BENCHMARK_TORCH)
    c.add(kind::library, "libtorch " + torch_version(), torch_network<Net>());
#endif
#if defined(CHAINFOLD_BENCHMARK_DLIB)
    if constexpr (sizeof(typename Net::value_type) == 4)
        c.add(kind::library, "dlib " + dlib_version(), dlib_network<Net>());
#endif
}

}  // namespace benchmark
