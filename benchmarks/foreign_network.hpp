// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "network.hpp"

namespace benchmark {

/// A contestant from another translation unit.
template <class T>
struct foreign_network {
    virtual ~foreign_network() = default;
    virtual void set(const T* weights) = 0;
    virtual void get(T* weights) const = 0;
    virtual void get_gradient(T* gradient) const = 0;
    virtual T gradient(const T* x, const T* t, int batch) = 0;
    virtual T step(const T* x, const T* t, int batch, T rate) = 0;
};

}  // namespace benchmark
