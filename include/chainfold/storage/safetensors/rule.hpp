// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rules that a safetensors file must keep, one after another as they are checked.  They are those of the format's
// description and reference implementation, which holes, overlaps and sizes that overflow have been used against; and
// two more, because readers of JSON differ: no key twice, and nothing that the format does not know.

#include <cstdint>
#include <string>
#include <string_view>

#include <chainfold/storage/error.hpp>

namespace chainfold::safetensors {

/// The rules, in the order in which they are checked; format_error::broken() says which one a file breaks.
enum class rule : std::uint8_t {
    header_too_small,   // a file begins with 8 bytes: the header's length
    header_too_large,   // which is at most 100 000 000
    header_outside,     // and the header lies in the file
    header_start,       // its first byte is {
    utf8,               // it is UTF-8
    json,               // and JSON, of objects in objects and no deeper, with unsigned integers, padded with spaces
    duplicate_key,      // no key stands twice in an object
    unknown_field,      // a tensor has dtype, shape and data_offsets and nothing else
    missing_field,      // and all of them
    unknown_dtype,      // a type of the format
    offsets_reversed,   // no tensor ends before it begins
    not_contiguous,     // each begins where the one before it ends, the first at 0: no holes, no overlap
    size_overflow,      // the product of a shape, and the bits of it, are below 2⁶⁴
    no_whole_bytes,     // which are whole bytes
    size_mismatch,      // as many as lie between the offsets
    buffer_not_covered  // and the last ends where the file does
};

/// A file breaks a rule of the format.
class format_error : public storage_error {
public:
    format_error(rule broken, const std::string& sentence) : storage_error(sentence), broken_(broken) {}
    [[nodiscard]] rule broken() const { return broken_; }

private:
    rule broken_;
};

/// Where complaints are made: with the name of the file.
struct complaint {
    std::string_view file;
    [[noreturn]] [[gnu::cold]] void operator()(rule broken, const std::string& sentence) const {
        chainfold::detail::raise(format_error(broken, std::string(file) + ": " + sentence));
    }
};

}  // namespace chainfold::safetensors
