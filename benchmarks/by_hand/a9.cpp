// SPDX-License-Identifier: BSL-1.0
#include "a9_plain.hpp"

namespace by_hand::a9 {

void fast_math(const input& in, result& to) {
    constexpr int block = 40;
    static factors f;
    prepare(in, f);
    moments<double> sums[components] = {};
    double log_sums = 0;
    for (int s = 0; s < n; s += block) {
        double x[d][block], t[components][block];
        for (int j = 0; j < d; ++j)
            for (int v = 0; v < block; ++v) x[j][v] = in.x[s + v][j];
        for (int k = 0; k < components; ++k) {
            double z[d][block], squares[block] = {};
            for (int i = 0; i < d; ++i) {
                double y[block];
                for (int v = 0; v < block; ++v) {
                    z[i][v] = x[i][v] - in.mean[k][i];
                    y[v] = z[i][v] * f.q[k][i][i];
                }
                for (int j = 0; j < i; ++j)
                    for (int v = 0; v < block; ++v) y[v] += z[j][v] * f.q[k][i][j];
                for (int v = 0; v < block; ++v) squares[v] += y[v] * y[v];
            }
            for (int v = 0; v < block; ++v) t[k][v] = f.offset[k] - 0.5 * squares[v];
        }
        double most[block], sum[block] = {};
        for (int v = 0; v < block; ++v) most[v] = t[0][v];
        for (int k = 1; k < components; ++k)
            for (int v = 0; v < block; ++v) most[v] = t[k][v] > most[v] ? t[k][v] : most[v];
        for (int k = 0; k < components; ++k) {
            for (int v = 0; v < block; ++v) t[k][v] = std::exp(t[k][v] - most[v]);
            for (int v = 0; v < block; ++v) sum[v] += t[k][v];
        }
        for (int v = 0; v < block; ++v) {
            log_sums += most[v] + std::log(sum[v]);
            sum[v] = 1 / sum[v];
        }
        for (int k = 0; k < components; ++k) {
            double z[d][block];
            for (int v = 0; v < block; ++v) sums[k].weight += t[k][v] *= sum[v];
            for (int i = 0, p = 0; i < d; ++i) {
                double weighted[block];
                for (int v = 0; v < block; ++v) {
                    z[i][v] = x[i][v] - in.mean[k][i];
                    weighted[v] = t[k][v] * z[i][v];
                    sums[k].first[i] += weighted[v];
                }
                for (int j = 0; j <= i; ++j, ++p)
                    for (int v = 0; v < block; ++v) sums[k].second[p] += weighted[v] * z[j][v];
            }
        }
    }
    finish(in, f, sums, log_sums, to);
}

}  // namespace by_hand::a9
