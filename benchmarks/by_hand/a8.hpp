// SPDX-License-Identifier: BSL-1.0
#pragma once

// A8: bundle adjustment as ADBench defines it, by hand: the two residuals of one observation and their derivatives by
// the camera (rotation w as axis times angle, centre, focal length, principal point, two radial distortions), by the
// point and by the weight.
//
// With c = X − C, θ = |w|, a = sin θ / θ, b = (1 − cos θ) / θ² the camera sees p = c cos θ + a w × c + b (w·c) w.  A
// row g of ∂residual/∂p gives
//     by the point    Rᵀ g = g cos θ − a w × g + b (w·g) w,   by the centre −Rᵀ g,
//     by w            (g·u) w + a c × g + b ((w·c) g + (w·g) c),   u = −a c + a' w × c + b' (w·c) w,
// where a' = (cos θ − a) / θ² and b' = (a − 2b) / θ².  At θ = 0, ADBench takes p = c + w × c: a = 1, b = a' = b' = 0,
// and −a c falls away, too.

#include <cmath>

#include "double_math.hpp"

namespace by_hand::a8 {

struct input {
    double camera[11], point[3], weight, feature[2];
};
struct result {
    double residual[2], camera[2][11], point[2][3], weight[2];
};

struct vector {
    double x, y, z;
    friend vector operator+(vector a, vector b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend vector operator-(vector a, vector b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend vector operator*(double s, vector a) { return {s * a.x, s * a.y, s * a.z}; }
};
inline double dot(vector a, vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline vector cross(vector a, vector b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

template <class SinCos>
[[gnu::always_inline]] inline void with(SinCos sine_and_cosine_of, const input& in, result& to) {
    const double* const k = in.camera;
    const vector w{k[0], k[1], k[2]}, c{in.point[0] - k[3], in.point[1] - k[4], in.point[2] - k[5]};
    const double focal = k[6], k1 = k[9], k2 = k[10];

    const double square = dot(w, w);
    double cosine = 1, a = 1, b = 0, minus_a = 0, slope_a = 0, slope_b = 0;
    if (square > 0) {
        const double theta = std::sqrt(square), inverse = 1 / theta, inverse_square = inverse * inverse;
        const auto [s, co] = sine_and_cosine_of(theta);
        cosine = co;
        a = s * inverse;
        b = (1 - co) * inverse_square;
        minus_a = -a;
        slope_a = (co - a) * inverse_square;
        slope_b = (a - 2 * b) * inverse_square;
    }
    const vector w_c = cross(w, c);
    const double wc = dot(w, c);
    const vector p = cosine * c + a * w_c + (b * wc) * w;
    const vector u = minus_a * c + slope_a * w_c + (slope_b * wc) * w;

    const double depth = 1 / p.z, q[2] = {p.x * depth, p.y * depth};
    const double r = q[0] * q[0] + q[1] * q[1], distortion = 1 + r * (k1 + k2 * r);
    const double scale = in.weight * focal, bend = 2 * (k1 + 2 * k2 * r), scaled_depth = scale * depth;
    const double mixed = bend * q[0] * q[1];
    const double by_q[2][2] = {{distortion + bend * q[0] * q[0], mixed}, {mixed, distortion + bend * q[1] * q[1]}};
    for (int i = 0; i < 2; ++i) {
        const double d = q[i] * distortion, error = focal * d + k[7 + i] - in.feature[i];
        to.residual[i] = in.weight * error;
        to.weight[i] = error;
        const double g0 = scaled_depth * by_q[i][0], g1 = scaled_depth * by_q[i][1];
        const vector g{g0, g1, -(g0 * q[0] + g1 * q[1])};
        const double wg = dot(w, g);
        const vector by_point = cosine * g - a * cross(w, g) + (b * wg) * w;
        const vector by_w = dot(g, u) * w + a * cross(c, g) + b * (wc * g + wg * c);
        double* const j = to.camera[i];
        j[0] = by_w.x, j[1] = by_w.y, j[2] = by_w.z;
        j[3] = -by_point.x, j[4] = -by_point.y, j[5] = -by_point.z;
        j[6] = in.weight * d;
        j[7 + i] = in.weight;
        j[8 - i] = 0;
        j[9] = scale * q[i] * r;
        j[10] = j[9] * r;
        to.point[i][0] = by_point.x, to.point[i][1] = by_point.y, to.point[i][2] = by_point.z;
    }
}

inline void standard_library(const input& in, result& to) {
    with([](double v) { return sine_and_cosine{std::sin(v), std::cos(v)}; }, in, to);
}
inline void inlined(const input& in, result& to) {
    with([](double v) __attribute__((always_inline)) { return sincos(v); }, in, to);
}
/// The first of these under -ffast-math.
void fast_math(const input& in, result& to);

}  // namespace by_hand::a8
