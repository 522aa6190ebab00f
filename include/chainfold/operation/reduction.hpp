// SPDX-License-Identifier: BSL-1.0
#pragma once

// From many entries to one, and back.

#include <chainfold/operation/exponential.hpp>
#include <chainfold/operation/linear_algebra.hpp>

namespace chainfold {

// y = Σ xₖ                                 x̄ = c, for every entry
struct sum_op : structural<1> {
    static constexpr notation written = written_as("sum", {layout::total, "∑"});
    static constexpr dimensions shape(const dimensions*, int) { return scalar_dimensions; }
    static constexpr void evaluate(auto out, const auto& x) {
        auto sum = x[0][0];
        for (int k = 1; k < x[0].dims.size(); ++k) sum += x[0][k];
        out.put(0, sum);
    }
    static constexpr handle pullback(int, auto c, auto, auto x) { return broadcast(c, x[0].dims()); }
};

// yₖ = x, a scalar, for every entry        x̄ = Σ cₖ
struct broadcast_op : structural<1> {
    static constexpr notation written = indexed("broadcast", {layout::filled});
    static constexpr void evaluate(auto out, const auto& x) {
        for (int k = 0; k < out.dims.size(); ++k) out.put(k, x[0][0]);
    }
    static constexpr handle pullback(int, auto c, auto, auto) { return sum(c); }
};

// y = ln Σ exp xₖ = m + ln Σ exp(xₖ − m), m = max xₖ           x̄ = c softmax(x), ẏ = ⟨softmax(x), ẋ⟩
struct log_sum_exp_op : structural<1> {
    static constexpr notation written = written_as("log_sum_exp", {layout::function, "logsumexp"});
    static constexpr dimensions shape(const dimensions* x, int) {
        return x[0].rank == 1 ? scalar_dimensions : no_dimensions;
    }
    static constexpr void evaluate(auto out, const auto& x) {
        auto largest = x[0][0];
        for (int k = 1; k < x[0].dims.size(); ++k) largest = math::maximum(largest, x[0][k]);
        auto sum = math::exp(x[0][0] - largest);
        for (int k = 1; k < x[0].dims.size(); ++k) sum += math::exp(x[0][k] - largest);
        out.put(0, largest + math::log(sum));
    }
    static constexpr handle pullback(int, auto c, auto, auto x) { return c * softmax(x[0]); }
    static constexpr handle pushforward(const handle* v, auto, auto x) { return dot(softmax(x[0]), v[0]); }
};

// yₖ = exp xₖ / Σ exp xⱼ                   x̄ = y ∘ (c − ⟨c, y⟩), and ẏ the same of ẋ: the Jacobian is symmetric
struct softmax_op : structural<1> {
    static constexpr notation written = written_as("softmax");
    static constexpr dimensions shape(const dimensions* x, int) { return x[0].rank == 1 ? x[0] : no_dimensions; }
    static constexpr void evaluate(auto out, const auto& x) {
        const int n = x[0].dims.size();
        auto largest = x[0][0];
        for (int k = 1; k < n; ++k) largest = math::maximum(largest, x[0][k]);
        auto sum = math::exp(x[0][0] - largest);
        out.put(0, sum);
        for (int k = 1; k < n; ++k) {
            const auto e = math::exp(x[0][k] - largest);
            out.put(k, e);
            sum += e;
        }
        for (int k = 0; k < n; ++k) out.put(k, out[k] / sum);
    }
    static constexpr handle pullback(int, auto c, auto y, auto) { return hadamard(y, c - dot(c, y)); }
    static constexpr handle pushforward(const handle* v, auto y, auto x) { return pullback(0, v[0], y, x); }
};

// The mean over the samples of a batch; the value itself where there is one sample.     x̄ = c
struct batch_mean_op : structural<1> {
    static constexpr notation written = written_as("batch_mean", {layout::function, "mean"});
    static constexpr dimensions shape(const dimensions* x, int) { return x[0]; }
    static constexpr void evaluate(auto out, const auto& x) {
        for (int k = 0; k < out.dims.size(); ++k) out.put(k, x[0][k]);
    }
    static constexpr handle pullback(int, auto c, auto, auto) { return c; }
};

/// Σ xₖ over all entries, of any shape: a scalar.
template <class X>
constexpr applied<sum_op, X> sum(X x) {
    return application<sum_op, X>::make(x);
}
/// ln Σ exp xₖ of a vector: a scalar.  Safe for entries of any size.
template <class X>
constexpr applied<log_sum_exp_op, X> log_sum_exp(X x) {
    return application<log_sum_exp_op, X>::make(x);
}
/// exp xₖ / Σ exp xⱼ of a vector: a vector of its length.  Safe for entries of any size.
template <class X>
constexpr applied<softmax_op, X> softmax(X x) {
    return application<softmax_op, X>::make(x);
}

/// The scalar x for every entry of the given shape; x itself for a scalar shape.
constexpr handle broadcast(handle x, dimensions dims) {
    return dims.rank == 0 ? x : make_with<broadcast_op>(x, 0, dims);
}

}  // namespace chainfold
