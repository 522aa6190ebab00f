// SPDX-License-Identifier: BSL-1.0
#pragma once

// The header of a safetensors file:
//
//     {"__metadata__": {"key": "text", …},
//      "0.weight": {"dtype": "F32", "shape": [4, 2], "data_offsets": [0, 32]}, …}
//
// It is read twice, first to count and then to keep, so that nothing is taken but what is needed.  What is kept is
// smaller than the header: an entry of 48 bytes for a tensor, which has at least 50 in JSON.

#include <algorithm>
#include <span>
#include <vector>

#include <chainfold/storage/safetensors/dtype.hpp>
#include <chainfold/storage/safetensors/json_reader.hpp>

namespace chainfold::safetensors {

/// A tensor as its header has it.
struct header_entry {
    json_text name{};
    std::uint64_t begin = 0, end = 0;  // in the bytes after the header
    const char* shape = nullptr;       // the text between the brackets
    std::uint32_t shape_length = 0;
    dtype type{};

    /// Calls f with every extent.
    template <class F>
    void each_extent(F f) const {
        const std::string_view text(shape, shape_length);
        std::uint64_t extent = 0;
        bool digits = false;
        for (char c : text) {
            if (c >= '0' && c <= '9') {
                extent = extent * 10 + static_cast<std::uint64_t>(c - '0');
                digits = true;
            } else if (c == ',') {
                f(std::exchange(extent, 0));
            }
        }
        if (digits) f(extent);
    }
};
static_assert(sizeof(header_entry) <= 48);

namespace detail {

constexpr std::string_view metadata_key = "__metadata__";

inline std::string name_in_sentence(json_text name) { return "tensor " + chainfold::detail::quoted(name.raw()); }
[[noreturn]] [[gnu::cold]] inline void stands_twice(json_text key, const std::string& where, complaint complain) {
    complain(rule::duplicate_key, where + ": the key " + chainfold::detail::quoted(key.raw()) + " stands twice");
}

/// Reads the header, calling metadata(key, value) and tensor(entry) for what is in it.
class header_reader {
public:
    header_reader(std::string_view json, complaint complain) : json_(json, complain), complain_(complain) {}

    template <class Metadata, class Tensor>
    void read(Metadata metadata, Tensor tensor) {
        bool had_metadata = false;
        json_.object([&](json_text key) {
            if (key == metadata_key) {
                once(had_metadata, key, [] { return std::string("the header"); });
                json_.object([&](json_text name) { metadata(name, json_.string()); });
            } else {
                tensor(entry(key));
            }
        });
        json_.end();
    }

private:
    // `where` is a function, so that no text is made for what is right.
    template <class Where>
    void once(bool& had, json_text key, Where where) const {
        if (had) stands_twice(key, where(), complain_);
        had = true;
    }
    header_entry entry(json_text name) {
        header_entry found{.name = name};
        bool has_type = false, has_shape = false, has_offsets = false;
        const auto who = [&] { return name_in_sentence(name); };
        json_.object([&](json_text key) {
            if (key == "dtype") {
                once(has_type, key, who);
                found.type = type_named(json_.string(), name);
            } else if (key == "shape") {
                once(has_shape, key, who);
                const std::string_view text = json_.array([&] { json_.unsigned_integer(); });
                found.shape = text.data();
                found.shape_length = static_cast<std::uint32_t>(text.size());
            } else if (key == "data_offsets") {
                once(has_offsets, key, who);
                int count = 0;
                json_.array([&] {
                    const std::uint64_t offset = json_.unsigned_integer();
                    if (++count == 1) found.begin = offset;
                    if (count == 2) found.end = offset;
                });
                if (count != 2)
                    complain_(rule::json, who() + ": data_offsets: expected 2 numbers, found " + std::to_string(count));
            } else {
                complain_(rule::unknown_field, who() + ": expected dtype, shape and data_offsets, found " +
                                                   chainfold::detail::quoted(key.raw()));
            }
        });
        if (!has_type || !has_shape || !has_offsets)
            complain_(rule::missing_field,
                      who() + ": has no " + (!has_type ? "dtype" : !has_shape ? "shape" : "data_offsets"));
        return found;
    }
    [[nodiscard]] dtype type_named(json_text type, json_text tensor) const {
        for (std::size_t i = 0; i < dtype_table.size(); ++i)
            if (type == dtype_table[i].name) return static_cast<dtype>(i);
        complain_(rule::unknown_dtype, name_in_sentence(tensor) + ": expected a dtype such as F32 or F64, found " +
                                           chainfold::detail::quoted(type.raw()));
    }

    json_reader json_;
    complaint complain_;
};

/// The key that begins at this byte of the header.
inline json_text key_at(std::string_view header, std::size_t position, complaint complain) {
    return json_reader(header.substr(position), complain).string();
}

inline void order_by_name(std::span<header_entry> tensors) {
    std::sort(tensors.begin(), tensors.end(),
              [](const header_entry& a, const header_entry& b) { return a.name.compare(b.name) < 0; });
}

/// The tensors of a header, ordered by name.
inline std::vector<header_entry> entries_of(std::string_view header, complaint complain) {
    std::size_t tensors = 0, texts = 0;
    header_reader(header, complain)
        .read([&](json_text, json_text) { ++texts; }, [&](const header_entry&) { ++tensors; });

    std::vector<header_entry> found;
    std::vector<std::uint32_t> keys;  // where they begin: 4 bytes for a pair that has at least 6
    found.reserve(tensors);
    keys.reserve(texts);
    header_reader(header, complain)
        .read(
            [&](json_text key, json_text) {
                keys.push_back(static_cast<std::uint32_t>(key.raw().data() - 1 - header.data()));
            },
            [&](const header_entry& e) { found.push_back(e); });

    const auto key = [&](std::uint32_t position) { return key_at(header, position, complain); };
    std::sort(keys.begin(), keys.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key(a).compare(key(b)) < 0; });
    for (std::size_t i = 1; i < keys.size(); ++i)
        if (key(keys[i - 1]) == key(keys[i])) stands_twice(key(keys[i]), "__metadata__", complain);
    order_by_name(found);
    for (std::size_t i = 1; i < found.size(); ++i)
        if (found[i - 1].name == found[i].name) stands_twice(found[i].name, "the header", complain);
    return found;
}

/// Throws unless the tensors, which may be put into another order, fill the bytes after the header without gap or
/// overlap, each with as many bytes as its shape and type have.
inline void check_layout(std::span<header_entry> tensors, std::uint64_t buffer_size, complaint complain) {
    const auto who = [](const header_entry& e) { return name_in_sentence(e.name) + ": "; };
    const auto text = [](std::uint64_t n) { return std::to_string(n); };
    std::sort(tensors.begin(), tensors.end(), [](const header_entry& a, const header_entry& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::uint64_t reached = 0;
    for (const header_entry& e : tensors) {
        if (e.end < e.begin)
            complain(rule::offsets_reversed, who(e) + "ends at byte " + text(e.end) + ", before it begins at " + text(e.begin));
        if (e.begin != reached)
            complain(rule::not_contiguous, who(e) + "expected to begin at byte " + text(reached) +
                                               ", where the one before it ends, but begins at " + text(e.begin));
        reached = e.end;
    }
    for (const header_entry& e : tensors) {
        std::uint64_t bits = 1;
        const auto times = [&](std::uint64_t factor) {
            if (factor != 0 && bits > std::numeric_limits<std::uint64_t>::max() / factor)
                complain(rule::size_overflow, who(e) + "a shape of 2^64 bits or more");
            bits *= factor;
        };
        e.each_extent(times);
        times(facts_of(e.type).bits);
        if (bits % 8 != 0)
            complain(rule::no_whole_bytes, who(e) + "a shape of " + text(bits) + " bits, which are no whole bytes");
        if (bits / 8 != e.end - e.begin)
            complain(rule::size_mismatch, who(e) + "expected " + text(bits / 8) + " bytes for its shape and dtype, found " +
                                              text(e.end - e.begin) + " between its offsets");
    }
    if (reached != buffer_size)
        complain(rule::buffer_not_covered, "the tensors end at byte " + text(reached) + " of " + text(buffer_size) +
                                               " after the header");
}

}  // namespace detail
}  // namespace chainfold::safetensors
