// SPDX-License-Identifier: BSL-1.0
#pragma once

// Any tensors with names, to a safetensors file:
//
//     namespace st = chainfold::safetensors;
//     st::write_file("state.safetensors", {st::named("step", steps), st::named("momentum", m, {32, 64})}, {{"epoch", "7"}});
//
// The file is the one that the reference implementation writes: larger types first, then by name, without gaps, the
// header padded to a multiple of 8 bytes, so that every tensor is aligned.

#include <algorithm>
#include <utility>

#include <chainfold/storage/file.hpp>
#include <chainfold/storage/safetensors/dtype.hpp>
#include <chainfold/storage/safetensors/json_text.hpp>

namespace chainfold::safetensors {

/// A tensor to be written; refers to its elements, which are row-major and in the order of bytes of this machine.
struct named_tensor {
    std::string name{};
    dtype type{};
    std::vector<std::size_t> shape{};
    byte_span elements{};
};

/// Keys and texts beside the tensors.
using metadata_list = std::vector<std::pair<std::string, std::string>>;

/// A tensor of these numbers (a span, vector, array …), a vector if no shape is given; a scalar has the shape {}.
template <class R>
    requires Stored<std::remove_cvref_t<decltype(*std::declval<const R&>().data())>>
named_tensor named(std::string name, const R& numbers, std::vector<std::size_t> shape) {
    using T = std::remove_cvref_t<decltype(*numbers.data())>;
    const std::span<const T> span(numbers.data(), static_cast<std::size_t>(numbers.size()));
    return {std::move(name), dtype_of<T>, std::move(shape), std::as_bytes(span)};
}
template <class R>
    requires Stored<std::remove_cvref_t<decltype(*std::declval<const R&>().data())>>
named_tensor named(std::string name, const R& numbers) {
    return named(std::move(name), numbers, {static_cast<std::size_t>(numbers.size())});
}

namespace detail {

inline std::string json_string(std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string json = "\"";
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (json += '\\') += c;
        else if (byte < 0x20)
            ((json += "\\u00") += digits[byte >> 4]) += digits[byte & 15];
        else
            json += c;
    }
    return json += '"';
}

inline void check_text(std::string_view text) {
    if (end_of_utf8(text) != text.size())
        chainfold::detail::refuse_argument("safetensors: names and metadata are UTF-8: " + chainfold::detail::quoted(text) +
                                           " is not");
}
/// Throws std::invalid_argument unless the format can hold it.
inline void check(const named_tensor& t) {
    const std::string who = "safetensors: tensor " + chainfold::detail::quoted(t.name) + ": ";
    check_text(t.name);
    if (t.name == "__metadata__") chainfold::detail::refuse_argument(who + "the format keeps this name for itself");
    std::size_t bytes = facts_of(t.type).bits / 8;
    if (bytes == 0) chainfold::detail::refuse_argument(who + "types of less than a byte are not written");
    for (const std::size_t n : t.shape)
        if (__builtin_mul_overflow(bytes, n, &bytes)) bytes = static_cast<std::size_t>(-1);
    if (bytes != t.elements.size())
        chainfold::detail::refuse_argument(who + "expected " + std::to_string(bytes) + " bytes for the shape (" +
                                           chainfold::detail::listed(t.shape) + "), found " +
                                           std::to_string(t.elements.size()));
}

/// Puts the tensors into their order and gives the file's beginning: the header's length, and the header.
inline std::string head_of(std::vector<named_tensor>& tensors, const metadata_list& metadata) {
    std::sort(tensors.begin(), tensors.end(), [](const named_tensor& a, const named_tensor& b) {
        return a.type != b.type ? a.type > b.type : a.name < b.name;
    });
    std::string json = "{";
    if (!metadata.empty()) {
        json += "\"__metadata__\":{";
        std::vector<std::string_view> keys;
        for (const auto& [key, value] : metadata) {
            check_text(key);
            check_text(value);
            if (!keys.empty()) json += ',';
            ((json += json_string(key)) += ':') += json_string(value);
            keys.push_back(key);
        }
        json += '}';
        std::sort(keys.begin(), keys.end());
        if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end())
            chainfold::detail::refuse_argument("safetensors: metadata has the key " + chainfold::detail::quoted(*twice) +
                                               " twice");
    }
    std::vector<std::string_view> names;
    std::size_t at = 0;
    for (const named_tensor& t : tensors) {
        check(t);
        names.push_back(t.name);
        if (json.size() > 1) json += ',';
        ((json += json_string(t.name)) += ":{\"dtype\":\"") += name_of(t.type);
        json += "\",\"shape\":[";
        for (std::size_t i = 0; i < t.shape.size(); ++i) (json += i > 0 ? "," : "") += std::to_string(t.shape[i]);
        ((json += "],\"data_offsets\":[") += std::to_string(at)) += ',';
        at += t.elements.size();
        (json += std::to_string(at)) += "]}";
    }
    std::sort(names.begin(), names.end());
    if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end())
        chainfold::detail::refuse_argument("safetensors: two tensors are named " + chainfold::detail::quoted(*twice));
    json += '}';
    json.resize((json.size() + 7) / 8 * 8, ' ');
    if (json.size() > 100'000'000)
        chainfold::detail::refuse_argument("safetensors: the header would be longer than the 100000000 bytes allowed");
    const auto length = bytes_of<std::endian::little>(static_cast<std::uint64_t>(json.size()));
    return std::string(reinterpret_cast<const char*>(length.data()), length.size()) + json;
}

/// Hands the file to sink(bytes), piece by piece.
template <class Sink>
void write_to(std::vector<named_tensor> tensors, const metadata_list& metadata, Sink sink) {
    const std::string head = head_of(tensors, metadata);
    sink(std::as_bytes(std::span(head)));
    for (const named_tensor& t : tensors) {
        if constexpr (std::endian::native == std::endian::little) {
            sink(t.elements);
        } else {
            std::vector<std::byte> swapped(t.elements.begin(), t.elements.end());
            const std::size_t size = facts_of(t.type).bits / 8;
            for (auto at = swapped.begin(); at != swapped.end(); at += static_cast<std::ptrdiff_t>(size))
                std::reverse(at, at + static_cast<std::ptrdiff_t>(size));
            sink(byte_span(swapped));
        }
    }
}

}  // namespace detail

/// The bytes of a file with these tensors.  Throws std::invalid_argument where the format cannot hold them.
inline std::vector<std::byte> write(std::vector<named_tensor> tensors, const metadata_list& metadata = {}) {
    std::vector<std::byte> bytes;
    detail::write_to(std::move(tensors), metadata,
                     [&](byte_span piece) { bytes.insert(bytes.end(), piece.begin(), piece.end()); });
    return bytes;
}

/// Writes a file, which takes the place of an older one when it is complete.  Throws storage_error where the system
/// refuses, std::invalid_argument where the format cannot hold the tensors; the older file is then as it was.
inline void write_file(const std::string& name, std::vector<named_tensor> tensors, const metadata_list& metadata = {}) {
    replacement_file file(name);
    detail::write_to(std::move(tensors), metadata, [&](byte_span piece) { file.write(piece); });
    file.commit();
}

}  // namespace chainfold::safetensors
