// SPDX-License-Identifier: BSL-1.0
#pragma once

// x = batch(in).gradient_into(out): a gradient that a call writes sample by sample, beside the means of all others.

#include <string>

#include <chainfold/program/output.hpp>
#include <chainfold/program/results.hpp>

namespace chainfold {

template <class Given, class Computed>
inline constexpr bool takes_gradients_of = false;
template <class Given, class Computed>
struct gradient_of_another_type : poison {
    static_assert(takes_gradients_of<Given, Computed>,
                  "gradient_into(out): out must be writable numbers of the type in which the program computes");
};

namespace detail {

template <class B>
inline constexpr bool has_gradient = false;
template <class S, class T, class G>
inline constexpr bool has_gradient<gradient_binding<S, T, G>> = true;

/// A binding as most calls take it.
template <class B>
struct bound_by {
    using type = B;
};
template <class S, class T, class G>
struct bound_by<gradient_binding<S, T, G>> {
    using type = binding<S, T, true>;
};
template <class B>
using bound = typename bound_by<B>::type;
template <class B>
constexpr const bound<B>& as_bound(const B& binding) {
    return binding;
}

/// Is a derivative by this symbol among those that are asked for?
template <class Request, class S>
inline constexpr bool is_differentiated = false;
template <bool WithValue, class Loss, class... V, class S>
inline constexpr bool is_differentiated<derivative_request<WithValue, Loss, V...>, S> = ((V::key == S::key) || ...);

/// The verdict on where a gradient goes; has no member `type` where there is nothing to say.
template <class T, class Request, class... B>
struct gradient_verdict {};
template <class T, class Request, class First, class... Rest>
struct gradient_verdict<T, Request, First, Rest...> : gradient_verdict<T, Request, Rest...> {};
template <class T, class Request, class S, class U, class G, class... Rest>
    requires(is_differentiated<Request, S> && !std::is_same_v<G, T>)
struct gradient_verdict<T, Request, gradient_binding<S, U, G>, Rest...> {
    using type = gradient_of_another_type<G, T>;
};
template <class T, class Request, class S, class U, class G, class... Rest>
    requires(!is_differentiated<Request, S>)
struct gradient_verdict<T, Request, gradient_binding<S, U, G>, Rest...> {
    using type = gradient_into_without_gradient<chainfold::name_of<S>>;
};

template <std::size_t N>
constexpr int position_of(const std::array<hash_value, N>& keys, hash_value key) {
    int i = 0;
    while (keys[static_cast<std::size_t>(i)] != key) ++i;
    return i;
}

/// Where an output goes sample by sample, and by how much it moves from one sample to the next.
template <class T>
struct sample_place {
    T* data = nullptr;
    std::ptrdiff_t step = 0;
};

template <class Request, class Places, class B>
CHAINFOLD_INLINE inline void add_place([[maybe_unused]] Places& places, [[maybe_unused]] const B& bound) {
    if constexpr (has_gradient<B>) {
        constexpr int output = 1 + position_of(Request::by, B::symbol_type::key);
        places[static_cast<std::size_t>(Request::place_of_output(output))] = {bound.gradient,
                                                                              B::symbol_type::shape_type::size};
    }
}
/// The places that bindings name, in the order of the request.
template <class T, class Request, class... B>
CHAINFOLD_INLINE inline auto places_of_gradients(const B&... bindings) {
    std::array<sample_place<T>, static_cast<std::size_t>(Request::by_sample)> places{};
    if constexpr (Request::by_sample > 0) (add_place<Request>(places, bindings), ...);
    return places;
}

template <class B>
[[gnu::cold]] [[gnu::noinline]] std::string gradient_named() {
    return "gradient_into(...) of " + std::string(symbol_of<typename B::symbol_type>.name);
}

/// A gradient has room for as many numbers as there are, of its own.
template <class B, class Other>
void check_room_beside(const B& bound, const Other& other) {
    if (overlap(bound.gradient, bound.gradient_count, other.data(), other.count))
        refuse_overlap(gradient_named<B>(), "the numbers of " + std::string(symbol_of<typename Other::symbol_type>.name));
    if constexpr (has_gradient<Other> && !std::is_same_v<typename Other::symbol_type, typename B::symbol_type>)
        if (overlap(bound.gradient, bound.gradient_count, other.gradient, other.gradient_count))
            refuse_overlap(gradient_named<B>(), "those of " + gradient_named<Other>());
}
template <class B, class... All>
CHAINFOLD_INLINE inline void check_room_of_gradient(const B& bound, const All&... all) {
    if constexpr (has_gradient<B>) {
        if (bound.gradient_count != bound.count) refuse_size(gradient_named<B>(), bound.count, bound.gradient_count);
        if (is_misaligned(bound.gradient)) refuse_alignment(gradient_named<B>(), alignof(typename B::value_type));
        (check_room_beside(bound, all), ...);
    }
}
template <class... B>
CHAINFOLD_INLINE inline void check_room_of_gradients(const B&... bindings) {
    if constexpr ((has_gradient<B> || ...)) (check_room_of_gradient(bindings, bindings...), ...);
}

/// A request, in which the derivatives go sample by sample that bindings have a place for.
template <class Request, class... B>
struct request_with {
    using type = Request;
};
template <bool WithValue, class Loss, class... V, class... B>
    requires(has_gradient<B> || ...)
struct request_with<derivative_request<WithValue, Loss, V...>, B...> {
    template <class S>
    static constexpr bool goes_by_sample = ((has_gradient<B> && B::symbol_type::key == S::key) || ...);
    using type = derivative_request<WithValue, Loss, std::conditional_t<goes_by_sample<V>, by_each_sample<V>, V>...>;
};

}  // namespace detail

/// Gradients go to numbers that can be written, and are asked for.
template <class T, class Request, class... B>
concept GradientsHaveRoom = !requires { typename detail::gradient_verdict<T, Request, B...>::type; };

}  // namespace chainfold
