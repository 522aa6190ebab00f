// SPDX-License-Identifier: BSL-1.0
#pragma once

// A vector expression as a least-squares solver wants it: residuals and their Jacobian by blocks of parameters.
//
//     r(a, b, …) ∈ ℝᵐ,   ∂r/∂a ∈ ℝᵐˣⁿ,   ∂r/∂b, …

#include <chainfold/solver/held.hpp>

namespace chainfold {

namespace detail {
/// A program owns its results and its workspace.  A million residuals need neither a million of them, nor to make one
/// in every call: each thread has one.
template <class Program>
Program& program_of_this_thread() {
    thread_local Program program;
    return program;
}
}  // namespace detail

/// r and its Jacobians by the symbols V…; make it with residuals(…).  It holds the data and nothing else: the program
/// belongs to the thread and serves all functions of one type.  So a call takes no memory from the heap, except for the
/// first one in a thread, and one object may be used by many threads at once.
template <class T, class E, class Varied, class Bound>
class residual_function;
template <class T, class E, class... V, class Bound>
class residual_function<T, E, detail::list<V...>, Bound> {
public:
    using value_type = T;

    template <class... A>
    explicit residual_function(const A&... arguments) : arguments_(arguments...) {}

    /// The number of residuals, m.
    static constexpr std::size_t size() { return E::shape_type::size; }
    /// The number of entries of each block, n.
    static constexpr std::array<std::size_t, sizeof...(V)> block_sizes{V::shape_type::size...};

    /// Writes the residuals; parameters[i] points to the numbers of symbol i.
    void value(const T* const* parameters, T* residuals) const {
        write(arguments_.call(detail::program_of_this_thread<program<T, expression_request<E>>>(), parameters),
              residuals);
    }
    /// Writes the residuals and the Jacobians: jacobians[i] is m × n, row by row.  Where it is null, and for all i
    /// where `jacobians` is, nothing is written.
    void evaluate(const T* const* parameters, T* residuals, T* const* jacobians) const {
        if (!wants_any(jacobians)) return value(parameters, residuals);
        using both = program<T, expression_request<E, decltype(derivative(E{}, V{}))...>>;
        const auto found = arguments_.call(detail::program_of_this_thread<both>(), parameters);
        write(std::get<0>(found), residuals);
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((jacobians[I] ? write(std::get<I + 1>(found), jacobians[I]) : void()), ...);
        }(std::index_sequence_for<V...>{});
    }

private:
    static bool wants_any(const T* const* jacobians) {
        if (jacobians == nullptr) return false;
        for (std::size_t i = 0; i < sizeof...(V); ++i)
            if (jacobians[i] != nullptr) return true;
        return false;
    }
    static void write(T value, T* to) { *to = value; }
    template <class View>
    static void write(const View& values, T* to) {
        for (std::size_t i = 0; i < View::size(); ++i) to[i] = values.data()[i];
    }

    detail::program_arguments<T, detail::list<V...>, Bound> arguments_;
};

template <class Shape>
inline constexpr bool is_a_scalar_or_vector = false;
template <class Shape>
struct residuals_of_a_matrix : poison {
    static_assert(is_a_scalar_or_vector<Shape>, "residuals(e, ...): e must be a scalar or a vector of residuals");
};
template <fixed_string Name>
inline constexpr bool is_of_one_sample = false;
template <fixed_string Name>
struct residuals_of_a_batch : poison {
    static_assert(is_of_one_sample<Name>,
                  "residuals(e, ..., x = data): no batch(...): make one function for each sample");
};

namespace detail {

template <class E, class Varied>
struct first_without_jacobian {};
template <class E, class First, class... Rest>
struct first_without_jacobian<E, list<First, Rest...>>
    : std::conditional_t<
          Differentiable<E, First>, first_without_jacobian<E, list<Rest...>>,
          std::type_identity<derivative_of_high_rank<typename E::shape_type, typename First::shape_type>>> {};
template <class Bound>
struct first_batch {};
template <class First, class... Rest>
struct first_batch<list<First, Rest...>>
    : std::conditional_t<First::is_batched,
                         std::type_identity<residuals_of_a_batch<chainfold::name_of<typename First::symbol_type>>>,
                         first_batch<list<Rest...>>> {};

template <class T, class E, class... A>
constexpr auto problem_of_residuals() {
    if constexpr (!Expression<E>)
        return problem_of_arguments<T, E, A...>();
    else if constexpr (E::shape_type::rank > 1)
        return std::type_identity<residuals_of_a_matrix<typename E::shape_type>>{};
    else if constexpr (IsProblem<first_without_jacobian<E, varied_among<A...>>>)
        return first_without_jacobian<E, varied_among<A...>>{};
    else if constexpr (IsProblem<first_batch<bound_among<A...>>>)
        return first_batch<bound_among<A...>>{};
    else
        return problem_of_arguments<T, E, A...>();
}

}  // namespace detail

/// A vector expression, symbols that vary and bindings of all others.
template <class T, class E, class... A>
concept ResidualArguments = std::is_same_v<decltype(detail::problem_of_residuals<T, E, A...>()), detail::no_problem>;
template <class T, class E, class... A>
using verdict_on_residuals = typename decltype(detail::problem_of_residuals<T, E, A...>())::type;

/// A scalar or vector expression as a function of the symbols given, which are blocks of parameters, with data for the
/// others.  Throws std::invalid_argument where data has the wrong size.
///
///     auto r = residuals(error, camera, point, feature = pixel);
///     r.evaluate(parameters, numbers, jacobians);  // pointers to camera and point, and to the Jacobians by them
template <class T = double, class E, class... A>
    requires ResidualArguments<T, E, A...>
auto residuals(E, const A&... arguments) {
    return residual_function<T, E, detail::varied_among<A...>, detail::bound_among<A...>>(arguments...);
}
template <class T = double, class E, class... A>
    requires Poisoned<E, A...>
constexpr poison residuals(const E&, const A&...) {
    return {};
}
template <class T = double, class E, class... A>
    requires(!Poisoned<E, A...> && !ResidualArguments<T, E, A...>)
CHAINFOLD_MISTAKE(verdict_on_residuals<T, E, A...> residuals(const E&, const A&...))

}  // namespace chainfold
