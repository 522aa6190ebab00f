// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a compiled program returns: values and views of what the program owns until its next call.

#include <tuple>

#include <chainfold/program/request.hpp>

namespace chainfold {

template <fixed_string Name>
inline constexpr bool is_a_mean_over_the_samples = false;
template <fixed_string Name>
struct gradient_by_sample : poison {
    static_assert(is_a_mean_over_the_samples<Name>,
                  "gradient[x]: this call has written it sample by sample to where gradient_into(...) says: read it there");
};

namespace detail {
/// Numbers of a derivative in a program's outputs.
template <class V>
inline constexpr std::size_t numbers_of_mean = is_by_each_sample<V> ? 0 : V::shape_type::size;
}  // namespace detail

/// The gradient of a program: gradient[W] is a number for a scalar W, a view of W's shape otherwise.  In memory the
/// derivatives stand one after another, in the order in which they were asked for.
template <class T, class... V>
class gradient_view {
protected:
    template <class S>
    static constexpr bool has = ((S::key == V::key && !is_by_each_sample<V>) || ...);

private:
    template <class S>
    static constexpr bool has_by_sample = ((S::key == V::key && is_by_each_sample<V>) || ...);
    template <class S>
    static constexpr std::size_t offset_of() {
        std::size_t offset = 0;
        bool found = false;
        ((found = found || S::key == V::key, offset += found ? 0 : detail::numbers_of_mean<V>), ...);
        return offset;
    }

public:
    constexpr explicit gradient_view(const T* values) : values_(values) {}

    template <Symbol S>
        requires has<S>
    constexpr decltype(auto) operator[](S) const {
        if constexpr (S::shape_type::rank == 0)
            return static_cast<const T&>(values_[offset_of<S>()]);
        else
            return view_of<const T, typename S::shape_type>(values_ + offset_of<S>());
    }
    template <class X>
        requires(!Symbol<X>)
    CHAINFOLD_MISTAKE(indexed_by_no_symbol<X> operator[](const X&) const)
    template <Symbol S>
        requires has_by_sample<S>
    CHAINFOLD_MISTAKE(gradient_by_sample<chainfold::name_of<S>> operator[](S) const)
    template <Symbol S>
        requires(!has<S> && !has_by_sample<S>)
    CHAINFOLD_MISTAKE(no_such_derivative<chainfold::name_of<S>> operator[](S) const)

    /// All derivatives, one after another.
    [[nodiscard]] constexpr const T* data() const { return values_; }
    static constexpr std::size_t size() { return (std::size_t{0} + ... + detail::numbers_of_mean<V>); }

protected:
    const T* values_;
};

/// A gradient with numbers of its own: of a program that nobody keeps.  What is taken out of one that nobody keeps
/// either is a number or a tensor.
template <class T, class... V>
class owned_gradient : public gradient_view<T, V...> {
    using view = gradient_view<T, V...>;

public:
    constexpr explicit owned_gradient(const view& of) : view(of) {
        for (std::size_t i = 0; i < view::size(); ++i) numbers_.data()[i] = of.data()[i];
        this->values_ = numbers_.data();
    }
    constexpr owned_gradient(const owned_gradient& other) : owned_gradient(static_cast<const view&>(other)) {}
    constexpr owned_gradient& operator=(const owned_gradient& other) {
        numbers_ = other.numbers_;
        this->values_ = numbers_.data();
        return *this;
    }

    using view::operator[];
    template <Symbol S>
        requires(view::template has<S>)
    constexpr auto operator[](S symbol) && {
        const view& all = *this;
        if constexpr (S::shape_type::rank == 0)
            return all[symbol];
        else
            return detail::owned_copy<T, typename S::shape_type>(all[symbol].data());
    }

private:
    detail::storage<T, view::size() + 1> numbers_;  // of none too
};

namespace detail {

/// The result of a request, from the outputs' memory and the position of each output; is it a copy, which does not
/// look into that memory any more?  `owned` is one that never does.
template <class T, class Request>
struct result_of_request;

template <class T, class E>
struct result_of_request<T, expression_request<E>> {
    static constexpr bool is_copied = E::shape_type::rank == 0;
    static constexpr auto make(const T* values, const std::int32_t* offsets) {
        if constexpr (E::shape_type::rank == 0)
            return values[offsets[0]];
        else
            return view_of<const T, typename E::shape_type>(values + offsets[0]);
    }
    static constexpr auto owned(const auto& result) {
        if constexpr (is_copied)
            return result;
        else
            return owned_copy<T, typename E::shape_type>(result.data());
    }
};
template <class T, class... E>
    requires(sizeof...(E) > 1)
struct result_of_request<T, expression_request<E...>> {
    static constexpr bool is_copied = ((E::shape_type::rank == 0) && ...);
    static constexpr auto make(const T* values, const std::int32_t* offsets) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return std::tuple{result_of_request<T, expression_request<E>>::make(values, offsets + I)...};
        }(std::index_sequence_for<E...>{});
    }
    static constexpr auto owned(const auto& results) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return std::tuple{result_of_request<T, expression_request<E>>::owned(std::get<I>(results))...};
        }(std::index_sequence_for<E...>{});
    }
};
template <class T, class Loss, class... V>
struct result_of_request<T, descent_of<Loss, V...>> {
    static constexpr bool is_copied = true;
    static constexpr T make(const T* values, const std::int32_t*) { return *values; }
    static constexpr T owned(T loss) { return loss; }
};

template <class T, class Loss, class... V>
struct result_of_request<T, derivative_request<true, Loss, V...>> {
    static constexpr bool is_copied = false;
    static constexpr auto make(const T* values, const std::int32_t* offsets) {
        return value_and_gradient_result<T, gradient_view<T, V...>>{values[offsets[0]], gradient_view<T, V...>(values)};
    }
    static constexpr auto owned(const auto& result) {
        using gradient = owned_gradient<T, V...>;
        return value_and_gradient_result<T, gradient>{result.value, gradient(result.gradient)};
    }
};
template <class T, class Loss, class... V>
struct result_of_request<T, derivative_request<false, Loss, V...>> {
    static constexpr bool is_copied = false;
    static constexpr auto make(const T* values, const std::int32_t*) {
        return gradient_result<gradient_view<T, V...>>{gradient_view<T, V...>(values)};
    }
    static constexpr auto owned(const auto& result) {
        using gradient = owned_gradient<T, V...>;
        return gradient_result<gradient>{gradient(result.gradient)};
    }
};

}  // namespace detail
}  // namespace chainfold
