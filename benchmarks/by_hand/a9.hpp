// SPDX-License-Identifier: BSL-1.0
#pragma once

// A9: ADBench's Gaussian mixture by hand, without its constants and with a Wishart prior of γ = 1, m = 0:
//
//     Σ over samples of  ln Σ_k exp t_k,   t_k = α_k + Σ_i q_i − ½ |Q_k (x − μ_k)|²
//     − n ln Σ exp α + ½ Σ_k (|exp q|² + |l|²),
//
// where Q_k is lower triangular with the diagonal exp q and, below it, l, packed column by column.  With the weights
// w_k = exp t_k / Σ exp t, z = x − μ_k, and the sums m = Σ w z and S = Σ w z zᵀ over the samples, t's part of the
// derivatives is Σ w by α and q, Qᵀ Q m by μ, and −Q S by Q: the samples need no more than S.

#include <algorithm>
#include <cmath>

#include "libmvec.hpp"

namespace by_hand::a9 {

inline constexpr int n = 1000, d = 10, components = 25, triangle = d * (d - 1) / 2, packed = d + triangle;

struct input {
    double alpha[components], mean[components][d], icf[components][packed], x[n][d];
};
struct result {
    double alpha[components], mean[components][d], icf[components][packed], value;
};

/// What is summed over the samples for one component: Σ w, Σ w z, and the lower half of Σ w z zᵀ row by row.
template <class V>
struct moments {
    V weight, first[d], second[d * (d + 1) / 2];
};

struct factors {
    double q[components][d][d], offset[components];
};

inline void prepare(const input& in, factors& f) {
    for (int k = 0; k < components; ++k) {
        f.offset[k] = in.alpha[k];
        for (int i = 0; i < d; ++i) {
            f.offset[k] += in.icf[k][i];
            f.q[k][i][i] = std::exp(in.icf[k][i]);
        }
        for (int j = 0, p = d; j < d; ++j)
            for (int i = j + 1; i < d; ++i) f.q[k][i][j] = in.icf[k][p++];
    }
}

/// The result from the moments and Σ ln Σ exp t.
inline void finish(const input& in, const factors& f, const moments<double>* sums, double log_sums, result& to);

/// What most engineers write: sample by sample.
inline void standard_library(const input& in, result& to);
/// Loops over 40 samples for a compiler to vectorise, under -ffast-math.
void fast_math(const input& in, result& to);

/// Eight samples in a vector, five vectors at a time; a vector's exp and log are inlined, or called.
template <class Functions>
[[gnu::always_inline]] inline void in_vectors(const input& in, result& to) {
    constexpr int vectors = 5;
    static moments<eight> sums[components];
    static factors f;
    std::fill(sums, sums + components, moments<eight>{});
    prepare(in, f);
    eight log_sums{};
    for (int s = 0; s < n; s += 8 * vectors) {
        eight x[d][vectors], t[components][vectors];
        for (int j = 0; j < d; ++j)
            for (int v = 0; v < vectors; ++v) {
                const double* const p = &in.x[s + 8 * v][j];
                x[j][v] = eight{p[0], p[d], p[2 * d], p[3 * d], p[4 * d], p[5 * d], p[6 * d], p[7 * d]};
            }
        for (int k = 0; k < components; ++k)
            for (int v = 0; v < vectors; ++v) {
                eight z[d], squares[2] = {};
                for (int j = 0; j < d; ++j) z[j] = x[j][v] - in.mean[k][j];
                for (int i = 0; i < d; ++i) {
                    eight y = z[i] * f.q[k][i][i];
                    for (int j = 0; j < i; ++j) y += z[j] * f.q[k][i][j];
                    squares[i % 2] += y * y;
                }
                t[k][v] = f.offset[k] - 0.5 * (squares[0] + squares[1]);
            }
        for (int v = 0; v < vectors; ++v) {
            eight most = t[0][v], sum{};
            for (int k = 1; k < components; ++k) most = larger(most, t[k][v]);
            for (int k = 0; k < components; ++k) {
                const eight e = t[k][v] - most;
                t[k][v] = Functions::exp(e < -708.0 ? -708.0 - eight{} : e);
                sum += t[k][v];
            }
            log_sums += most + Functions::log(sum);
            const eight factor = 1 / sum;
            for (int k = 0; k < components; ++k) t[k][v] *= factor;
        }
        for (int k = 0; k < components; ++k) {
            eight z[d][vectors], weighted[d][vectors];
            for (int v = 0; v < vectors; ++v) sums[k].weight += t[k][v];
            for (int i = 0, p = 0; i < d; ++i) {
                for (int v = 0; v < vectors; ++v) {
                    z[i][v] = x[i][v] - in.mean[k][i];
                    weighted[i][v] = t[k][v] * z[i][v];
                    sums[k].first[i] += weighted[i][v];
                }
                for (int j = 0; j <= i; ++j, ++p) {
                    eight sum = sums[k].second[p];
                    for (int v = 0; v < vectors; ++v) sum += weighted[i][v] * z[j][v];
                    sums[k].second[p] = sum;
                }
            }
        }
    }
    moments<double> totals[components];
    for (int k = 0; k < components; ++k) {
        const eight* const from = &sums[k].weight;
        double* const into = &totals[k].weight;
        for (std::size_t i = 0; i < sizeof(moments<double>) / sizeof(double); ++i) into[i] = total(from[i]);
    }
    finish(in, f, totals, total(log_sums), to);
}

}  // namespace by_hand::a9
