// The laws of the first derivative, for any way of finding it.
#pragma once

#include "laws/experiment.hpp"

namespace laws {

/// A cotangent has the shape of its operand.
inline bool shapes_fit(const experiment& e, const std::vector<handle>& gradient, findings& found) {
    for (std::size_t i = 0; i < e.x.size(); ++i)
        if (!(gradient[i].dims() == e.x[i].dims())) {
            found.mistake(e.name() + ": a cotangent has another shape");
            return false;
        }
    return true;
}

/// The gradient of φ = ⟨u, y⟩ by every entry of every operand is what the complex step through the reference
/// gives. The scale is the sum of |uₖ ∂yₖ/∂xⱼ|.
template <class T>
void complex_step_law(const experiment& e, const std::vector<handle>& gradient, real tolerance,
                      findings& found) {
    if (!shapes_fit(e, gradient, found)) return;
    const auto values = e.net.evaluate<T>();
    for (std::size_t i = static_cast<std::size_t>(e.where.conditions); i < e.x.size(); ++i) {
        const block<real> got = values[gradient[i]];
        for (int j = 0; j < got.size(); ++j) {
            blocks<real> unit;
            for (const auto& b : e.point) unit.emplace_back(b.dims);
            unit[i][j] = 1;
            const block<real> column = tangent(e.tried, e.where, e.point, unit);
            real wanted = 0, scale = 0.125L;
            for (int k = 0; k < column.size(); ++k) {
                wanted += e.weights[k] * column[k];
                scale += std::abs(e.weights[k] * column[k]);
            }
            if (!found.compare(got[j], wanted, tolerance, scale, e.name())) return;
        }
    }
}

/// The same against central differences of the interpreter's own values.
inline void difference_law(const experiment& e, const std::vector<handle>& gradient, real tolerance,
                           findings& found) {
    if (!shapes_fit(e, gradient, found)) return;
    const auto values = e.net.evaluate<real>();
    for (std::size_t i = static_cast<std::size_t>(e.where.conditions); i < e.x.size(); ++i) {
        const block<real> got = values[gradient[i]];
        for (int j = 0; j < got.size(); ++j) {
            const auto phi = [&](real step) {
                blocks<real> at = e.net.given;
                at[i][j] += step;
                return inner(e.weights, e.net.evaluate_at(at)[e.y]);
            };
            const real wanted = slope(phi);
            if (!found.compare(got[j], wanted, tolerance, 1 + std::abs(wanted), e.name())) return;
        }
    }
}

/// ⟨v, Jᵀ u⟩ = ⟨J v, u⟩, with J v from the complex step and, Jᵀ u being linear in u, from reverse over
/// reverse.
inline void adjoint_law(experiment& e, const differentiation& differentiate, real tolerance,
                        findings& found) {
    const std::vector<handle> gradient = differentiate(e.y, e.u, e.x);
    if (!shapes_fit(e, gradient, found)) return;
    std::vector<handle> v;
    for (const auto& b : e.along_v) v.push_back(e.net.symbol(b));
    handle pairing = inner(v[0], gradient[0]);
    for (std::size_t i = 1; i < v.size(); ++i) pairing = pairing + inner(v[i], gradient[i]);
    const handle pushed = reverse(pairing, make_constant(e.net.graph, 1), {e.u})[0];
    const auto values = e.net.evaluate<real>();
    const block<real> forward = tangent(e.tried, e.where, e.point, e.along_v), twice = values[pushed];
    real scale = 0.125L;
    for (std::size_t i = 0; i < v.size(); ++i) {
        const block<real> g = values[gradient[i]];
        for (int k = 0; k < g.size(); ++k) scale += std::abs(g[k] * e.along_v[i][k]);
    }
    found.compare(values[pairing][0], inner(e.weights, forward), tolerance, scale,
                  e.name() + ", <v, J'u> = <J v, u>");
    found.compare(twice, forward, tolerance, scale + largest(forward),
                  e.name() + ", J v by reverse over reverse");
}

}  // namespace laws
