// SPDX-License-Identifier: BSL-1.0
#pragma once

// Owned tensors and views of them: fixed shape, row-major, contiguous.

#include <type_traits>

#include <chainfold/shape/extents.hpp>
#include <chainfold/tensor/memory.hpp>

namespace chainfold {

/// Storage of this size and less stands in the object; more is one aligned block on the heap.
inline constexpr std::size_t largest_inline_bytes = 64 * 1024;

namespace detail {

/// N values of T in the object.
template <class T, std::size_t N, bool Inline = (N * sizeof(T) <= largest_inline_bytes)>
struct storage {
    alignas(N * sizeof(T) >= block_alignment ? block_alignment : alignof(T)) T values[N]{};
    constexpr T* data() { return values; }
    [[nodiscard]] constexpr const T* data() const { return values; }
};

/// N values of T in one aligned block; copied when the owner is copied.
template <class T, std::size_t N>
struct storage<T, N, false> {
    storage() : values(take_block<T>(N)) {
        for (std::size_t i = 0; i < N; ++i) values[i] = T{};
    }
    storage(const storage& other) : storage() {
        for (std::size_t i = 0; i < N; ++i) values[i] = other.values[i];
    }
    storage(storage&& other) noexcept : values(other.values) { other.values = nullptr; }
    storage& operator=(storage other) noexcept {
        T* const mine = values;
        values = other.values;
        other.values = mine;
        return *this;
    }
    ~storage() { give_block_back(values, N); }
    T* data() { return values; }
    [[nodiscard]] const T* data() const { return values; }

    T* values;
};

}  // namespace detail

/// Where entry (i…) of a tensor of this shape stands.
template <std::size_t... N, class... I>
constexpr std::size_t position_in(extents<N...>, I... i) {
    std::size_t position = 0;
    ((position = position * N + static_cast<std::size_t>(i)), ...);
    return position;
}

template <class Shape, std::size_t Indices>
inline constexpr bool has_as_many_axes = Shape::rank == Indices;
/// What a tensor gives for a wrong number of indices: it can be read and written.
template <class T, class Shape, std::size_t Indices>
struct wrong_number_of_indices {
    std::remove_const_t<T> none{};
    constexpr operator T&() { return none; }  // NOLINT: implicit, as the entry would be
    template <class Value>
    constexpr wrong_number_of_indices& operator=(const Value&) {
        return *this;
    }
    static_assert(has_as_many_axes<Shape, Indices>,
                  "a tensor is indexed with one index for each extent of its shape: v(i), A(i, j)");
};

// As CHAINFOLD_MISTAKE in expression/message.hpp, which stands above this folder.
#if defined(__clang__)
#define CHAINFOLD_WRONG_INDICES(...) __VA_ARGS__;
#else
#define CHAINFOLD_WRONG_INDICES(...) \
    constexpr __VA_ARGS__ { return {}; }
#endif

template <class From, class To>
inline constexpr bool is_of_the_same_shape = false;
template <class From, class To>
struct copy_of_another_shape {
    static_assert(is_of_the_same_shape<From, To>,
                  "tensor = view: a tensor takes the entries of a tensor or view of its own shape");
};

template <class T, std::size_t... N>
class tensor_view;

/// A tensor of fixed shape that owns its values; zeros when made, or a copy of a view of its shape.  Row-major.
template <class T, std::size_t... N>
class tensor {
public:
    using value_type = T;
    using shape_type = extents<N...>;

    constexpr tensor() = default;
    constexpr tensor(const tensor_view<T, N...>& from) : tensor(tensor_view<const T, N...>(from.data())) {}  // NOLINT: implicit
    constexpr tensor(const tensor_view<const T, N...>& from) {  // NOLINT: implicit
        for (std::size_t i = 0; i < size(); ++i) data()[i] = from.data()[i];
    }
    template <class U, std::size_t... M>
        requires(!std::is_same_v<extents<M...>, extents<N...>>)
    CHAINFOLD_WRONG_INDICES(copy_of_another_shape<extents<M...>, shape_type> operator=(const tensor_view<U, M...>&))
    template <class U, std::size_t... M>
        requires(!std::is_same_v<extents<M...>, extents<N...>>)
    CHAINFOLD_WRONG_INDICES(copy_of_another_shape<extents<M...>, shape_type> operator=(const tensor<U, M...>&))
    template <class... I>
        requires(sizeof...(I) == sizeof...(N))
    constexpr T& operator()(I... i) {
        return values_.data()[position_in(shape_type{}, i...)];
    }
    template <class... I>
        requires(sizeof...(I) == sizeof...(N))
    constexpr const T& operator()(I... i) const {
        return values_.data()[position_in(shape_type{}, i...)];
    }
    template <class... I>
        requires(sizeof...(I) != sizeof...(N))
    CHAINFOLD_WRONG_INDICES(wrong_number_of_indices<T, shape_type, sizeof...(I)> operator()(I...) const)
    template <class I>
    CHAINFOLD_WRONG_INDICES(wrong_number_of_indices<T, shape_type, sizeof...(N) + 1> operator[](I) const)
    constexpr T* data() { return values_.data(); }
    [[nodiscard]] constexpr const T* data() const { return values_.data(); }
    static constexpr std::size_t size() { return shape_type::size; }
    constexpr T* begin() { return data(); }
    constexpr T* end() { return data() + size(); }
    [[nodiscard]] constexpr const T* begin() const { return data(); }
    [[nodiscard]] constexpr const T* end() const { return data() + size(); }

    friend constexpr bool operator==(const tensor& a, const tensor& b) {
        for (std::size_t i = 0; i < size(); ++i)
            if (a.data()[i] != b.data()[i]) return false;
        return true;
    }

private:
    detail::storage<T, shape_type::size> values_;
};

/// A tensor of fixed shape that stands elsewhere; T is const for one that is only read.
template <class T, std::size_t... N>
class tensor_view {
public:
    using value_type = T;
    using shape_type = extents<N...>;

    constexpr explicit tensor_view(T* data) : data_(data) {}
    template <class... I>
        requires(sizeof...(I) == sizeof...(N))
    constexpr T& operator()(I... i) const {
        return data_[position_in(shape_type{}, i...)];
    }
    template <class... I>
        requires(sizeof...(I) != sizeof...(N))
    CHAINFOLD_WRONG_INDICES(wrong_number_of_indices<T, shape_type, sizeof...(I)> operator()(I...) const)
    template <class I>
    CHAINFOLD_WRONG_INDICES(wrong_number_of_indices<T, shape_type, sizeof...(N) + 1> operator[](I) const)
    [[nodiscard]] constexpr T* data() const { return data_; }
    static constexpr std::size_t size() { return shape_type::size; }
    [[nodiscard]] constexpr T* begin() const { return data_; }
    [[nodiscard]] constexpr T* end() const { return data_ + size(); }

private:
    T* data_;
};

namespace detail {
template <class T, class Shape>
struct tensor_for;
template <class T, std::size_t... N>
struct tensor_for<T, extents<N...>> {
    using owned = tensor<T, N...>;
    using view = tensor_view<T, N...>;
};
}  // namespace detail

/// tensor<T, n…> for a shape extents<n…>.
template <class T, class Shape>
using tensor_of = typename detail::tensor_for<T, Shape>::owned;
/// The view of a tensor of this shape that stands elsewhere.
template <class T, class Shape>
using view_of = typename detail::tensor_for<T, Shape>::view;

#undef CHAINFOLD_WRONG_INDICES

}  // namespace chainfold
