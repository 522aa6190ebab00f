// SPDX-License-Identifier: BSL-1.0
#pragma once

// The numeric check of a gradient: differences, with their error bars, against the compiled program.

#include <chainfold/check/checked_loss.hpp>
#include <chainfold/shape/hash.hpp>

namespace chainfold {

/// Which symbols are checked: those that are trained, or inputs too, unless they are batches.
enum class checked { parameters, inputs_too };

namespace detail {

template <class T>
struct values_in {
    std::vector<T> values;
    template <class B>
    explicit values_in(const checked_values<B>& from) : values(from.values.begin(), from.values.end()) {}
};

template <checked What, class B>
inline constexpr bool is_checked = symbol_of<typename B::symbol_type>.trained ||
                                   (What == checked::inputs_too && !B::is_batched);

/// One of all entries, or as many as are wanted, spread over them by the seed (one in each of equal parts).
inline std::size_t sampled_entry(std::size_t i, std::size_t count, std::size_t size, std::uint64_t seed) {
    if (count == size) return i;
    const std::size_t begin = i * size / count, end = (i + 1) * size / count;
    return begin + static_cast<std::size_t>(combine(seed, i) >> 33) % (end - begin);
}

template <class Loss, class Checked>
void check_one(gradient_report& report, const gradient_check_options& how, Loss& loss, Checked& symbol_values,
               const double* analytic) {
    const symbol& about = symbol_of<typename Checked::symbol_type>;
    std::vector<double>& values = symbol_values.values;
    gradient_check_entry entry{std::string(about.name), about.dims, values.size()};
    const std::size_t count = how.samples == 0 || how.samples > values.size() ? values.size() : how.samples;
    std::size_t planted = 0;
    for (std::size_t i = 1; i < values.size(); ++i)
        if (math::abs(analytic[i]) > math::abs(analytic[planted])) planted = i;
    for (std::size_t s = 0; s < count; ++s) {
        const std::size_t i = how.plant_mistake && s == 0 ? planted : sampled_entry(s, count, values.size(), how.seed);
        const double wrong = how.plant_mistake && i == planted ? loss.wrong() : 1;
        loss.check(entry, i, wrong * analytic[i], values[i], [&](double w) { values[i] = w; });
    }
    report.entries.push_back(entry);
}

/// The gradient by those of the bound symbols that are checked.
template <checked What, class Loss, class Kept, class... B>
struct checked_gradient;
template <checked What, class Loss, class... Kept>
struct checked_gradient<What, Loss, list<Kept...>> {
    using type = gradient_request<false, Loss, Kept...>;
};
template <checked What, class Loss, class... Kept, class First, class... Rest>
struct checked_gradient<What, Loss, list<Kept...>, First, Rest...>
    : checked_gradient<What, Loss,
                       std::conditional_t<is_checked<What, First>, list<Kept..., typename First::symbol_type>, list<Kept...>>,
                       Rest...> {};

/// The gradient as the user's program computes it, in T, with each derivative as doubles.
template <class T, class Gradient, class... Checked>
std::vector<double> analytic_gradient(Gradient gradient, const Checked&... all) {
    auto program = compile<T>(gradient);
    return std::apply(
        [&](const auto&... in) {
            const auto result = program(
                binding<typename Checked::symbol_type, T, Checked::is_batched>{in.values.data(), in.values.size()}...);
            return std::vector<double>(result.gradient.data(), result.gradient.data() + result.gradient.size());
        },
        std::tuple{values_in<T>(all)...});
}

/// All symbols, and all of the gradient at once: along one direction of ±1 in every entry, Σ v g.
template <class T, checked What, class Loss, class Gradient, class... B>
void check_all(gradient_report& report, const gradient_check_options& how, Loss, Gradient gradient,
               checked_values<B>&... all) {
    checked_loss<Loss, checked_values<B>...> loss(how, report.tolerance, all...);
    const std::vector<double> found = analytic_gradient<T>(gradient, all...);
    const double* analytic = found.data();  // the symbols' derivatives, one after another
    const auto check = [&]<class C>(checked_values<C>& one) {
        if constexpr (is_checked<What, C>) {
            check_one(report, how, loss, one, analytic);
            analytic += one.values.size();
        }
    };
    (check(all), ...);

    double sum = 0;
    const auto sign = [](std::size_t i) { return (i * 0x9e3779b97f4a7c15u >> 63) != 0 ? 1.0 : -1.0; };
    for (std::size_t i = 0; i < found.size(); ++i) sum += sign(i) * found[i];
    const std::tuple at(all...);
    const auto moved = [&](double t) {
        std::size_t position = 0;
        const auto move = [&]<class C>(checked_values<C>& one, const checked_values<C>& from) {
            if constexpr (is_checked<What, C>)
                for (std::size_t i = 0; i < one.values.size(); ++i) one.values[i] = from.values[i] + sign(position++) * t;
        };
        std::apply([&](const auto&... from) { (move(all, from), ...); }, at);
    };
    gradient_check_entry entry{"direction", {}, 1};
    loss.check(entry, 0, (how.plant_mistake ? loss.wrong() : 1) * sum, 0, moved);
    report.entries.push_back(entry);
}

}  // namespace detail

/// Checks the gradient of a scalar expression by all its parameters, at the point that the bindings give: the compiled
/// program, in T (double unless told), against differences in double, entry by entry and along one direction of all.
///
///     auto report = check_gradient(loss, x = sample, W = weights);          // report.passed(), std::cout << report
///     check_gradient(loss, {.samples = 20}, x = sample, W = weights);       // 20 entries of each symbol
///     check_gradient<double, checked::inputs_too>(loss, x = sample, W = weights);
///
/// Derivatives are expressions, so second derivatives are checked the same way: squared_norm(derivative(loss, W)) is a
/// loss whose gradient has them all.
template <class T = double, checked What = checked::parameters, Expression Loss, class... B>
    requires(HasGradient<Loss> && Consistent<Loss> && Arguments<expression_request<Loss>, B...>)
gradient_report check_gradient(Loss loss, const gradient_check_options& how, const B&... bindings) {
    gradient_report report;
    report.tolerance = how.tolerance > 0 ? how.tolerance : sizeof(T) < sizeof(double) ? 1e-3 : 1e-6;
    using gradient = typename detail::checked_gradient<What, Loss, detail::list<>, B...>::type;
    if constexpr ((detail::is_checked<What, B> || ...))
        std::apply([&](auto... values) { detail::check_all<T, What>(report, how, loss, gradient{}, values...); },
                   std::tuple{detail::checked_values<B>(bindings)...});
    return report;
}
template <class T = double, checked What = checked::parameters, Expression Loss, class... B>
    requires(HasGradient<Loss> && Consistent<Loss> && Arguments<expression_request<Loss>, B...>)
gradient_report check_gradient(Loss loss, const B&... bindings) {
    return check_gradient<T, What>(loss, gradient_check_options{}, bindings...);
}

/// Does the check notice?  In each symbol's derivative, and in the sum along the direction, one factor is made wrong by
/// a hundred times the tolerance; true if every symbol that has a derivative fails for it.
template <class T = double, Expression Loss, class... B>
    requires(HasGradient<Loss> && Consistent<Loss> && Arguments<expression_request<Loss>, B...>)
bool self_test(Loss loss, const B&... bindings) {
    const gradient_report honest = check_gradient<T>(loss, bindings...);
    const gradient_report planted = check_gradient<T>(loss, gradient_check_options{.plant_mistake = true}, bindings...);
    bool caught = honest.passed();
    for (std::size_t i = 0; i < honest.entries.size(); ++i)
        caught = caught && (honest.entries[i].certified == 0 || planted.entries[i].verdict == check_verdict::fail);
    return caught;
}

template <class T = double, class Loss, class... B>
    requires Poisoned<Loss, B...>
constexpr poison self_test(const Loss&, const B&...) {
    return {};
}
template <class T = double, checked What = checked::parameters, class Loss, class... B>
    requires Poisoned<Loss, B...>
constexpr poison check_gradient(const Loss&, const B&...) {
    return {};
}
template <class T = double, checked What = checked::parameters, class Loss, class... B>
    requires Poisoned<Loss, B...>
constexpr poison check_gradient(const Loss&, const gradient_check_options&, const B&...) {
    return {};
}
template <class T = double, checked What = checked::parameters, Expression Loss, class... B>
    requires(!Poisoned<B...> && Loss::shape_type::rank > 0)
CHAINFOLD_MISTAKE(gradient_of_no_scalar<typename Loss::shape_type> check_gradient(Loss, const B&...))
template <class T = double, checked What = checked::parameters, Expression Loss, class... B>
    requires(!Poisoned<B...> && HasGradient<Loss> && Consistent<Loss> && !Arguments<expression_request<Loss>, B...>)
CHAINFOLD_MISTAKE(argument_verdict<request_of<Loss>, B...> check_gradient(Loss, const B&...))
template <class T = double, checked What = checked::parameters, Expression Loss, class... B>
    requires(!Poisoned<B...> && HasGradient<Loss> && Consistent<Loss> && !Arguments<expression_request<Loss>, B...>)
CHAINFOLD_MISTAKE(argument_verdict<request_of<Loss>, B...> check_gradient(Loss, const gradient_check_options&, const B&...))
template <class T = double, checked What = checked::parameters, Expression Loss, class... B>
    requires(!Poisoned<B...> && !Consistent<Loss>)
CHAINFOLD_MISTAKE(symbol_conflict_in<Loss> check_gradient(Loss, const B&...))
template <class T = double, checked What = checked::parameters, NoExpression Loss, class... B>
    requires(!Poisoned<B...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<Loss> check_gradient(const Loss&, const B&...))
template <class T = double, checked What = checked::parameters, NoExpression Loss, class... B>
    requires(!Poisoned<B...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<Loss> check_gradient(const Loss&, const gradient_check_options&, const B&...))

}  // namespace chainfold
