// One operation at one sample, y = op(x…), with a cotangent u and directions v, w for its operands.
#pragma once

#include <functional>

#include "laws/finding.hpp"
#include "laws/network.hpp"
#include "laws/subject.hpp"

namespace laws {

/// How cotangents of the operands are found; the laws are tried on wrong ways too.
using differentiation = std::function<std::vector<handle>(handle y, handle c, const std::vector<handle>& x)>;

inline std::vector<handle> reverse(handle y, handle c, const std::vector<handle>& x) {
    const cf::reverse_pass pass(y, c);
    std::vector<handle> cotangents;
    for (const handle& operand : x) cotangents.push_back(pass[operand]);
    return cotangents;
}

struct experiment {
    experiment(const subject& of, const sample& at, cf::rewriting_rule rule, std::uint64_t seed)
        : tried(of), where(at), net(rule) {
        random_numbers random(seed * 1000 + static_cast<std::uint64_t>(of.operation));
        const auto symbols = [&](const blocks<real>& values) {
            std::vector<handle> made;
            for (const block<real>& b : values) made.push_back(net.symbol(b));
            return made;
        };
        point = draw_operands(of, at, random);
        for (std::size_t i = 0; i < point.size(); ++i) {
            const bool moves = i >= static_cast<std::size_t>(at.conditions);
            along_v.push_back(random.fill(point[i].dims, -1, moves ? 1 : -1));
            along_w.push_back(random.fill(point[i].dims, -1, moves ? 1 : -1));
            if (!moves) along_v[i] = along_w[i] = block<real>(point[i].dims);
        }
        weights = random.fill(at.result, 0.5, 1.5);
        for (real& entry : weights.entries) entry = random.chance(50) ? -entry : entry;
        x = symbols(point);
        u = net.symbol(weights);
        std::vector<int> ids;
        for (const handle& h : x) ids.push_back(h.id);
        y = make_node(net.graph, of.operation, ids.data(), static_cast<int>(ids.size()), at.result,
                      at.parameter);
    }

    /// The values of the symbols with the operands moved along v.
    [[nodiscard]] blocks<real> moved(const blocks<real>& v, real step) const {
        blocks<real> values = net.given;
        for (std::size_t i = 0; i < v.size(); ++i)
            for (int k = 0; k < v[i].size(); ++k) values[i][k] += step * v[i][k];
        return values;
    }
    [[nodiscard]] std::string name() const { return describe(tried, where); }

    const subject& tried;
    const sample& where;
    network net;
    blocks<real> point{}, along_v{}, along_w{};
    block<real> weights{};
    std::vector<handle> x{};
    handle u{}, y{};
};

/// The derivative of f at 0: central differences for steps h, h/2, h/4, extrapolated twice.
template <class F>
real slope(F f, real h = 0x1p-11L) {
    const auto central = [&](real step) { return (f(step) - f(-step)) / (2 * step); };
    const real a = central(h), b = central(h / 2), c = central(h / 4);
    const real ab = (4 * b - a) / 3, bc = (4 * c - b) / 3;
    return (16 * bc - ab) / 15;
}

/// A law for one operation at one sample, tried on all of them, with the simplifier and without.
template <class Law>
findings on_every_operation(Law law) {
    findings all;
    for (const subject& s : subjects())
        for (std::size_t i = 0; i < s.samples.size(); ++i)
            for (const cf::rewriting_rule rule :
                 {cf::rewriting_rule{nullptr}, cf::rewriting_rule{cf::simplification::simplify}})
                law(s, s.samples[i], rule, i + 1, all);
    return all;
}

}  // namespace laws
