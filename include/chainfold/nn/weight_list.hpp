// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tensors of a network as a list: their names, their shapes, and where they stand in a block.

#include <array>
#include <tuple>

#include <chainfold/expression/bound_block.hpp>

namespace chainfold::nn {

/// Symbols whose values stand one after another in a block.
template <class... W>
struct weight_list {
    static constexpr std::size_t size = (std::size_t{0} + ... + W::shape_type::size);
    static constexpr std::size_t count = sizeof...(W);

    static constexpr std::array<symbol, count> symbols{symbol_of<W>...};
    static constexpr std::array<std::size_t, count + 1> offsets = chainfold::detail::offsets_in_block<W...>;
    /// The position of a name in the list; count if it is not there.
    static constexpr std::size_t find(std::string_view name) {
        std::size_t i = 0;
        while (i < count && symbols[i].name != name) ++i;
        return i;
    }
    template <std::size_t I>
    using at = std::tuple_element_t<I, std::tuple<W...>>;

    /// The weights bound to their places in a block: one argument of evaluate or of a program, f(x = sample,
    /// list::bound(block)).
    template <class T>
    static constexpr bound_block<const T, W...> bound(const T* block) {
        return bound_block<const T, W...>(block);
    }
    /// The same where the call may change the block.
    template <class T>
    static constexpr bound_block<T, W...> in_place(T* block) {
        return bound_block<T, W...>(block);
    }
    /// Calls f with every weight bound to its place in the block.
    template <class T, class F>
    CHAINFOLD_INLINE static constexpr decltype(auto) with(const T* block, F&& f) {
        return bound(block).spread(static_cast<F&&>(f));
    }
};

/// A tensor of a network: its name, its shape, and its numbers, row by row.
template <class T>
struct named_tensor {
    std::string_view name{};
    dimensions dims{};
    bool trained = false;
    T* values = nullptr;

    [[nodiscard]] constexpr T* data() const { return values; }
    [[nodiscard]] constexpr std::size_t size() const { return static_cast<std::size_t>(dims.size()); }
    [[nodiscard]] constexpr T* begin() const { return values; }
    [[nodiscard]] constexpr T* end() const { return values + size(); }
};

namespace detail {

/// The first part of a path: "2" of "2.bias".  A part that is a position is its number.
struct path_part {
    std::string_view text{};
    std::string_view rest{};
    bool is_position = false;
    std::size_t position = 0;
};
constexpr path_part first_part(std::string_view path) {
    path_part part;
    std::size_t length = 0;
    part.is_position = !path.empty() && path[0] != '.';
    for (; length < path.size() && path[length] != '.'; ++length) {
        const char c = path[length];
        part.is_position = part.is_position && c >= '0' && c <= '9';
        part.position = part.position * 10 + static_cast<std::size_t>(c - '0');
    }
    part.text = path.substr(0, length);
    part.rest = path.substr(length < path.size() ? length + 1 : length);
    return part;
}

/// Does the tensor of one name stand in a layer before that of another?  Layers come in the order of their positions, and
/// before what has a name, such as a projection.
constexpr bool in_earlier_layer(std::string_view a, std::string_view b) {
    while (true) {
        const path_part p = first_part(a), q = first_part(b);
        if (p.rest.empty() || q.rest.empty()) return p.rest.empty() && !q.rest.empty();
        if (p.is_position != q.is_position) return p.is_position;
        if (p.is_position && p.position != q.position) return p.position < q.position;
        if (!p.is_position && p.text != q.text) return p.text < q.text;
        a = p.rest;
        b = q.rest;
    }
}

/// Sorts positions of symbols by their layers; in a layer they keep their order.
template <std::size_t N, class NameOf>
constexpr void sort_by_layer(std::array<std::size_t, N>& positions, NameOf name_of) {
    for (std::size_t i = 1; i < N; ++i) {
        const std::size_t kept = positions[i];
        std::size_t at = i;
        for (; at > 0 && in_earlier_layer(name_of(kept), name_of(positions[at - 1])); --at)
            positions[at] = positions[at - 1];
        positions[at] = kept;
    }
}

}  // namespace detail
}  // namespace chainfold::nn
