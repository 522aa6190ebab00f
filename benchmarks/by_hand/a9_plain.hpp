// SPDX-License-Identifier: BSL-1.0
#pragma once

// A9: what every rival ends with, and what most engineers write.

#include "a9.hpp"

namespace by_hand::a9 {

inline void finish(const input& in, const factors& f, const moments<double>* sums, double log_sums, result& to) {
    const double largest = *std::max_element(in.alpha, in.alpha + components);
    double prior = 0, all = 0;
    for (const double a : in.alpha) all += std::exp(a - largest);
    for (int k = 0; k < components; ++k) {
        const auto& q = f.q[k];
        double s[d][d], y[d];
        for (int i = 0, p = 0; i < d; ++i)
            for (int j = 0; j <= i; ++j, ++p) s[i][j] = s[j][i] = sums[k].second[p];
        for (int i = 0; i < d; ++i) {
            y[i] = 0;
            for (int j = 0; j <= i; ++j) y[i] += q[i][j] * sums[k].first[j];
        }
        for (int j = 0; j < d; ++j) {
            to.mean[k][j] = 0;
            for (int i = j; i < d; ++i) to.mean[k][j] += q[i][j] * y[i];
        }
        for (int j = 0, p = d; j < d; ++j)
            for (int i = j; i < d; ++i) {
                double sum = 0;
                for (int h = 0; h <= i; ++h) sum += q[i][h] * s[h][j];
                prior += 0.5 * q[i][j] * q[i][j];
                const double slope = q[i][j] - sum;
                if (i == j)
                    to.icf[k][i] = q[i][i] * slope + sums[k].weight;
                else
                    to.icf[k][p++] = slope;
            }
        to.alpha[k] = sums[k].weight - n * std::exp(in.alpha[k] - largest) / all;
    }
    to.value = log_sums - n * (largest + std::log(all)) + prior;
}

inline void standard_library(const input& in, result& to) {
    static factors f;
    prepare(in, f);
    moments<double> sums[components] = {};
    double log_sums = 0;
    for (int s = 0; s < n; ++s) {
        double z[components][d], t[components];
        for (int k = 0; k < components; ++k) {
            double squares = 0;
            for (int i = 0; i < d; ++i) {
                z[k][i] = in.x[s][i] - in.mean[k][i];
                double y = f.q[k][i][i] * z[k][i];
                for (int j = 0; j < i; ++j) y += f.q[k][i][j] * z[k][j];
                squares += y * y;
            }
            t[k] = f.offset[k] - 0.5 * squares;
        }
        const double largest = *std::max_element(t, t + components);
        double sum = 0;
        for (double& v : t) sum += v = std::exp(v - largest);
        log_sums += largest + std::log(sum);
        for (int k = 0; k < components; ++k) {
            const double w = t[k] / sum;
            sums[k].weight += w;
            for (int i = 0, p = 0; i < d; ++i) {
                sums[k].first[i] += w * z[k][i];
                for (int j = 0; j <= i; ++j, ++p) sums[k].second[p] += w * z[k][i] * z[k][j];
            }
        }
    }
    finish(in, f, sums, log_sums, to);
}

}  // namespace by_hand::a9
