// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whatever stands contiguously in memory can be bound: arrays, std::array, std::span, std::vector, tensors.

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#include <chainfold/tensor/tensor.hpp>

namespace chainfold {

/// How many entries a type holds, where its type says so.
inline constexpr std::size_t dynamic_size = static_cast<std::size_t>(-1);

template <class R>
struct contiguous_traits {};

template <class R>
concept has_data_and_size = requires(const R& r) {
    { *r.data() };
    { r.size() };
};

namespace detail {
template <class R>
inline constexpr std::size_t static_size_of = dynamic_size;
template <class R>
    requires requires { std::integral_constant<std::size_t, R::extent>{}; }  // std::span
inline constexpr std::size_t static_size_of<R> = R::extent;
template <class R>
    requires requires { std::integral_constant<std::size_t, R::size()>{}; }  // tensors
inline constexpr std::size_t static_size_of<R> = R::size();
template <class T, std::size_t N>
inline constexpr std::size_t static_size_of<std::array<T, N>> = N;
}  // namespace detail

template <has_data_and_size R>
struct contiguous_traits<R> {
    using value_type = std::remove_cvref_t<decltype(*std::declval<const R&>().data())>;
    static constexpr std::size_t size = detail::static_size_of<R>;
    static constexpr const value_type* data(const R& r) { return r.data(); }
    static constexpr std::size_t count(const R& r) { return static_cast<std::size_t>(r.size()); }
};

template <class T, std::size_t N>
struct contiguous_traits<T[N]> {
    using value_type = std::remove_cv_t<std::remove_all_extents_t<T>>;
    static constexpr std::size_t size = N * (std::extent_v<T> > 0 ? sizeof(T) / sizeof(value_type) : 1);
    static constexpr const value_type* data(const T (&values)[N]) {
        if constexpr (std::is_array_v<T>)
            return contiguous_traits<T>::data(values[0]);
        else
            return values;
    }
    static constexpr std::size_t count(const T (&)[N]) { return size; }
};

/// Does an R hold its numbers, and is no view of what stands elsewhere?  Then they are where numbers of their type may
/// be, and nobody else's.
template <class R>
inline constexpr bool holds_its_numbers = false;
template <class T, class Allocator>
inline constexpr bool holds_its_numbers<std::vector<T, Allocator>> = true;
template <class T, std::size_t N>
inline constexpr bool holds_its_numbers<T[N]> = true;
template <class T, std::size_t N>
inline constexpr bool holds_its_numbers<std::array<T, N>> = true;
template <class T, std::size_t... N>
inline constexpr bool holds_its_numbers<tensor<T, N...>> = true;

/// Anything contiguous whose entries are numbers.
template <class R>
concept Contiguous = std::is_arithmetic_v<typename contiguous_traits<std::remove_cv_t<R>>::value_type>;

/// Samples, and where the gradient of the loss by each of them goes: what batch(…).gradient_into(…) makes.
template <class T, class G>
struct batch_with_gradient {
    const T* data = nullptr;
    std::size_t count = 0;  // of numbers, not of samples
    G* gradient = nullptr;
    std::size_t gradient_count = 0;
};

/// Samples that stand one after another: what cf::batch(…) makes.
template <class T>
struct batch_of_samples {
    const T* data = nullptr;
    std::size_t count = 0;  // of numbers, not of samples

    /// f(x = batch(in).gradient_into(out), …), where f is value_and_gradient(…) or gradient(…) by x and others: writes to
    /// out, for each sample, the derivative of this sample's own loss by x, one after another as the samples are.  It is
    /// not divided by the number of samples; .value and .gradient[W] of the others are means over the samples, as without
    /// gradient_into.  Throws std::invalid_argument where out has not as many numbers as in, or overlaps what is read.
    template <has_data_and_size R>
    constexpr auto gradient_into(R&& out) const {
        using entry = std::remove_reference_t<decltype(*out.data())>;
        return batch_with_gradient<T, entry>{data, count, out.data(), static_cast<std::size_t>(out.size())};
    }
    template <class U, std::size_t N>
    constexpr auto gradient_into(U (&out)[N]) const {
        using entry = std::remove_all_extents_t<U>;
        return batch_with_gradient<T, entry>{data, count, const_cast<entry*>(contiguous_traits<U[N]>::data(out)),
                                              contiguous_traits<U[N]>::size};
    }
    template <class X>  // no numbers: the call will say so
        requires(!has_data_and_size<X> && !std::is_array_v<X>)
    constexpr batch_with_gradient<T, X> gradient_into(const X&) const {
        return {data, count};
    }
};

/// Many samples for one input: samples one after another, n numbers each.  Samples are read, not copied.  A call throws
/// std::invalid_argument where there is none, where they are no whole number of samples, or where the batches of a call
/// have different lengths.
template <Contiguous R>
constexpr batch_of_samples<typename contiguous_traits<R>::value_type> batch(const R& samples) {
    return {contiguous_traits<R>::data(samples), contiguous_traits<R>::count(samples)};
}

/// Numbers that a call may change: what cf::in_place(…) makes.
template <class T>
struct writable_numbers {
    T* data = nullptr;
    std::size_t count = 0;
};

/// The numbers of anything contiguous, or one number, to be changed by the call that they are bound in.
template <has_data_and_size R>
constexpr auto in_place(R&& numbers) {
    return writable_numbers<std::remove_reference_t<decltype(*numbers.data())>>{
        numbers.data(), static_cast<std::size_t>(numbers.size())};
}
template <class T, std::size_t N>
constexpr writable_numbers<T> in_place(T (&numbers)[N]) {
    return {numbers, N};
}
template <class T>
    requires std::is_floating_point_v<T>
constexpr writable_numbers<T> in_place(T& number) {
    return {&number, 1};
}

template <class X>
inline constexpr bool is_batch = false;
template <class T>
inline constexpr bool is_batch<batch_of_samples<T>> = true;

}  // namespace chainfold
