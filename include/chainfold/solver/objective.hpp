// SPDX-License-Identifier: BSL-1.0
#pragma once

// A scalar expression as a solver wants it: a function of one flat block of numbers, with its gradient.

#include <concepts>
#include <span>

#include <chainfold/program/results.hpp>
#include <chainfold/solver/held.hpp>

namespace chainfold {

/// f(θ) and ∇f(θ) for the symbols V…, which stand in θ one after another, each row by row; make it with objective(…).
/// It owns its program, so use one object for each thread.  A call takes no memory from the heap.
template <class T, class Loss, class Varied, class Bound>
class objective_function;
template <class T, class Loss, class... V, class Bound>
class objective_function<T, Loss, detail::list<V...>, Bound> {
public:
    using value_type = T;

    template <class... A>
    explicit objective_function(const A&... arguments) : arguments_(arguments...) {}

    /// The number of entries of θ.
    static constexpr std::size_t size() { return (V::shape_type::size + ...); }

    /// Writes ∇f(at) and returns f(at).  Both blocks have size() numbers; otherwise std::invalid_argument is thrown,
    /// and nothing written.
    T value_and_gradient(std::span<const T> at, std::span<T> gradient) {
        require_size("objective: the point", at.size());
        require_size("objective: the gradient", gradient.size());
        const auto result = arguments_.call(both_, places(at).data());
        const T* const found = result.gradient.data();
        for (std::size_t i = 0; i < size(); ++i) gradient[i] = found[i];
        return result.value;
    }
    /// f(at).
    T value(std::span<const T> at) {
        require_size("objective: the point", at.size());
        return arguments_.call(value_, places(at).data());
    }

    /// A block by symbols: parts(x)[W](i, j).
    static constexpr gradient_view<T, V...> parts(std::span<const T> block) {
        require_size("objective: the block", block.size());
        return gradient_view<T, V...>(block.data());
    }

private:
    static constexpr void require_size(const char* name, std::size_t found) {
        if (found != size()) detail::refuse_size(name, size(), found);
    }
    static std::array<const T*, sizeof...(V)> places(std::span<const T> block) {
        const T* next = block.data();
        const auto take = [&next](std::size_t count) { return (next += count) - count; };
        return {take(V::shape_type::size)...};
    }

    detail::program_arguments<T, detail::list<V...>, Bound> arguments_;
    program<T, derivative_request<true, Loss, V...>> both_;
    program<T, expression_request<Loss>> value_;
};

namespace detail {

template <class T, class Loss, class... A>
constexpr auto problem_of_objective() {
    if constexpr (Expression<Loss> && !HasGradient<Loss>)
        return std::type_identity<gradient_of_no_scalar<typename Loss::shape_type>>{};
    else
        return problem_of_arguments<T, Loss, A...>();
}

}  // namespace detail

/// A scalar expression, symbols that vary and bindings of all others.
template <class T, class Loss, class... A>
concept ObjectiveArguments =
    std::is_same_v<decltype(detail::problem_of_objective<T, Loss, A...>()), detail::no_problem>;
template <class T, class Loss, class... A>
using verdict_on_objective = typename decltype(detail::problem_of_objective<T, Loss, A...>())::type;

/// A scalar expression as a function of the symbols given, with data for the others; with batch(…), the mean over the
/// samples.  Throws std::invalid_argument where data has the wrong size.
///
///     auto f = objective(loss, W, b, x = batch(inputs), t = batch(targets));
///     double value = f.value_and_gradient(at, gradient);  // spans of f.size() numbers: W, then b
template <class T = double, class Loss, class... A>
    requires ObjectiveArguments<T, Loss, A...>
auto objective(Loss, const A&... arguments) {
    return objective_function<T, Loss, detail::varied_among<A...>, detail::bound_among<A...>>(arguments...);
}
template <class T = double, class Loss, class... A>
    requires Poisoned<Loss, A...>
constexpr poison objective(const Loss&, const A&...) {
    return {};
}
template <class T = double, class Loss, class... A>
    requires(!Poisoned<Loss, A...> && !ObjectiveArguments<T, Loss, A...>)
CHAINFOLD_MISTAKE(verdict_on_objective<T, Loss, A...> objective(const Loss&, const A&...))

/// A function whose points and gradients are blocks of double.
template <class F>
concept FunctionOfDoubles = requires(F& f, std::span<const double> at, std::span<double> gradient) {
    { f.value_and_gradient(at, gradient) } -> std::convertible_to<double>;
};
template <class T>
inline constexpr bool is_what_the_solver_computes_in = false;
template <class T>
struct objective_of_another_type : poison {
    static_assert(is_what_the_solver_computes_in<T>,
                  "this solver computes in double: make the objective in double, objective<double>(e, ...)");
};

}  // namespace chainfold
