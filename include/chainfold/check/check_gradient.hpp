// SPDX-License-Identifier: BSL-1.0
#pragma once

// The numeric check of a gradient: central differences against the compiled program.
//
//     ∂L/∂w ≈ (L(w + h) − L(w − h)) / 2h,   h = ∛ε · max(1, |w|)
//
// The step is chosen where the error of the difference, h², and that of rounding, ε/h, meet; the difference is divided
// by the step that was really taken.

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <chainfold/program/compile.hpp>

namespace chainfold {

/// What was found for one parameter.
struct gradient_check_entry {
    std::string_view name;
    dimensions dims{};
    std::size_t checked = 0;
    double largest_difference = 0;  // |analytic − numeric|
    double largest_error = 0;       // the same relative to the larger of the two
    std::size_t worst = 0;          // the entry where that is
    double analytic = 0;            // there
    double numeric = 0;             // there
    bool passed = true;
};

/// What a check found.  It fails where a derivative differs, and where there was nothing to compare: no parameter, or
/// nothing but zeros.
struct gradient_report {
    std::vector<gradient_check_entry> entries;
    double tolerance = 1e-6;
    bool all_zero = true;

    [[nodiscard]] bool passed() const {
        bool good = !entries.empty() && !all_zero;
        for (const gradient_check_entry& e : entries) good = good && e.passed;
        return good;
    }

    template <class Stream>
    friend auto operator<<(Stream& out, const gradient_report& r) -> decltype(out << std::string_view{} << 0.0) {
        for (const gradient_check_entry& e : r.entries)
            out << e.name << ": " << e.checked << " checked, largest relative error " << e.largest_error << " at entry "
                << e.worst << " (analytic " << e.analytic << ", numeric " << e.numeric << ")"
                << (e.passed ? ", passed\n" : ", FAILED\n");
        if (r.entries.empty()) out << "nothing to check: no parameter is bound\n";
        if (r.all_zero && !r.entries.empty()) out << "nothing was checked: all derivatives are zero\n";
        return out << (r.passed() ? "gradient passed\n" : "gradient FAILED\n");
    }
};

namespace detail {

/// The numbers of one binding as doubles, to be changed one by one.
template <class B>
struct checked_values {
    using symbol_type = typename B::symbol_type;
    std::vector<double> values;
    explicit checked_values(const B& b) {
        for (std::size_t i = 0; i < b.count; ++i) values.push_back(static_cast<double>(b.data()[i]));
    }
    [[nodiscard]] binding<symbol_type, double, B::is_batched> bound() const { return {values.data(), values.size()}; }
};

/// Neither infinite nor a NaN: by the bits, because -ffast-math assumes the answer.
inline bool is_finite(const double& x) {
    std::uint64_t bits = 0;
    __builtin_memcpy(&bits, &x, sizeof bits);
    return (bits >> 52 & 0x7ffu) != 0x7ffu;
}

template <class Loss, class Checked, class... All>
void check_one(gradient_report& report, Loss& loss, Checked& checked, const double* analytic, const All&... all) {
    const symbol& about = symbol_of<typename Checked::symbol_type>;
    gradient_check_entry entry{about.name, about.dims};
    const double floor = 1e-9 * (1 + math::abs(loss(all.bound()...)));
    for (std::size_t i = 0; i < checked.values.size(); ++i) {
        double& w = checked.values[i];
        const double kept = w, wanted = 6e-6 * (math::abs(w) > 1 ? math::abs(w) : 1);
        const volatile double up = kept + wanted, down = kept - wanted;  // the step that is really taken
        w = up;
        const double above = loss(all.bound()...);
        w = down;
        const double below = loss(all.bound()...);
        w = kept;
        const double numeric = (above - below) / (up - down), difference = math::abs(numeric - analytic[i]);
        const double size = math::abs(numeric) > math::abs(analytic[i]) ? math::abs(numeric) : math::abs(analytic[i]);
        const bool finite = is_finite(above) && is_finite(below) && is_finite(analytic[i]);
        const double error = !finite ? std::numeric_limits<double>::max() : difference == 0 ? 0 : difference / size;
        // The floor excuses what rounding leaves of a derivative near zero; a NaN is never excused.
        if (!(error <= report.tolerance) && !(finite && difference <= floor)) entry.passed = false;
        if (analytic[i] != 0 || numeric != 0) report.all_zero = false;
        if (!(difference <= entry.largest_difference)) entry.largest_difference = difference;
        if (entry.checked++ == 0 || !(error <= entry.largest_error)) {
            entry.largest_error = error;
            entry.worst = i;
            entry.analytic = analytic[i];
            entry.numeric = numeric;
        }
    }
    report.entries.push_back(entry);
}

/// The gradient by those of the bound symbols that are trained.
template <class Loss, class Kept, class... B>
struct trained_gradient;
template <class Loss, class... Kept>
struct trained_gradient<Loss, list<Kept...>> {
    using type = gradient_request<false, Loss, Kept...>;
};
template <class Loss, class... Kept, class First, class... Rest>
struct trained_gradient<Loss, list<Kept...>, First, Rest...>
    : trained_gradient<Loss,
                       std::conditional_t<symbol_of<typename First::symbol_type>.trained,
                                          list<Kept..., typename First::symbol_type>, list<Kept...>>,
                       Rest...> {};

template <class Loss, class Gradient, class... Checked>
void check_all(gradient_report& report, Loss loss, Gradient gradient, Checked&... all) {
    auto value = compile<double>(loss);
    auto program = compile<double>(gradient);
    const auto result = program(all.bound()...);
    const double* analytic = result.gradient.data();  // the parameters' derivatives, one after another
    const auto check = [&](auto& checked) {
        if constexpr (symbol_of<typename std::remove_cvref_t<decltype(checked)>::symbol_type>.trained) {
            check_one(report, value, checked, analytic, all...);
            analytic += checked.values.size();
        }
    };
    (check(all), ...);
}

}  // namespace detail

/// Checks the gradient of a scalar expression by all its parameters at the point that the bindings give, in double.
template <Expression Loss, class... B>
    requires(HasGradient<Loss> && Consistent<Loss> && Arguments<expression_request<Loss>, B...>)
gradient_report check_gradient(Loss loss, const B&... bindings) {
    gradient_report report;
    using gradient = typename detail::trained_gradient<Loss, detail::list<>, B...>::type;
    if constexpr ((symbol_of<typename B::symbol_type>.trained || ...))
        std::apply([&](auto... values) { detail::check_all(report, loss, gradient{}, values...); },
                   std::tuple{detail::checked_values<B>(bindings)...});
    return report;
}
template <class Loss, class... B>
    requires Poisoned<Loss, B...>
constexpr poison check_gradient(const Loss&, const B&...) {
    return {};
}
template <Expression Loss, class... B>
    requires(!Poisoned<B...> && Loss::shape_type::rank > 0)
CHAINFOLD_MISTAKE(gradient_of_no_scalar<typename Loss::shape_type> check_gradient(Loss, const B&...))
template <Expression Loss, class... B>
    requires(!Poisoned<B...> && HasGradient<Loss> && Consistent<Loss> && !Arguments<expression_request<Loss>, B...>)
CHAINFOLD_MISTAKE(argument_verdict<expression_request<Loss>, B...> check_gradient(Loss, const B&...))
template <Expression Loss, class... B>
    requires(!Poisoned<B...> && !Consistent<Loss>)
CHAINFOLD_MISTAKE(symbol_conflict_in<Loss> check_gradient(Loss, const B&...))

}  // namespace chainfold
