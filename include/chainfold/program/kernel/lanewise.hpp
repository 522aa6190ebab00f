// SPDX-License-Identifier: BSL-1.0
#pragma once

// Any operation on a tile of samples, by the operation's own rule: a register holds one entry of several samples.
// Without a batch the register is one number.

#include <chainfold/program/interpret.hpp>
#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

/// One entry of the operand for all samples of a register; what depends on no sample is the same for all.
template <class V, class T>
struct lane_operand {
    const T* values = nullptr;
    dimensions dims{};
    std::ptrdiff_t stride = 0;
    bool shared = false;
    CHAINFOLD_INLINE V operator[](int i) const {
        return shared ? math::splat<V>(values[i]) : load<V>(values + i * stride);
    }
};

template <class V, class T>
struct lane_result {
    T* values;
    dimensions dims;
    std::ptrdiff_t stride;
    CHAINFOLD_INLINE V operator[](int i) const { return load<V>(values + i * stride); }
    CHAINFOLD_INLINE void put(int i, V v) const { store(values + i * stride, v); }
};

/// An operand as the plan knows it.
struct operand_shape {
    dimensions dims{};
    bool batched = false;
};

/// Operation Op on Tile samples; addresses[0] is the result, then the Count operands.
template <class Op, int Tile, int Count, class T>
inline void lanewise(T* const* addresses, const dimensions& result, const operand_shape* shapes, int parameter) {
    constexpr int lanes = lanes_for<T, Tile>();
    using V = pack<T, lanes>;
    lane_operand<V, T> operands[Count];
    for (int s = 0; s < Tile; s += lanes) {
        for (int i = 0; i < Count; ++i)
            operands[i] = {addresses[i + 1] + (shapes[i].batched ? s : 0), shapes[i].dims, Tile, !shapes[i].batched};
        const lane_result<V, T> out{addresses[0] + s, result, Tile};
        if constexpr (requires { Op::evaluate(out, operands, 0); })
            Op::evaluate(out, operands, parameter);
        else
            Op::evaluate(out, operands);
    }
}

/// A part of Size entries from First on, and zeros before and behind it, for all samples of a tile.
template <int First, int Size, int All, int Samples, bool Batched, class T>
CHAINFOLD_INLINE inline void embed(T* to, const T* from) {
    constexpr int last = First + Size;
    for (int k = 0; k < First * Samples; ++k) to[k] = 0;
    for (int k = First; k < last; ++k)
        for (int s = 0; s < Samples; ++s) to[k * Samples + s] = from[Batched ? (k - First) * Samples + s : k - First];
    for (int k = last * Samples; k < All * Samples; ++k) to[k] = 0;
}

}  // namespace chainfold::kernel
