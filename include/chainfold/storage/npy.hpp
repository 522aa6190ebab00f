// SPDX-License-Identifier: BSL-1.0
#pragma once

// NumPy's .npy, versions 1 to 3: a magic, a version, the length of a header, the header (a dict of Python's with the keys
// descr, fortran_order and shape), and the numbers.
//
//     const auto x = cf::read_npy<float>("x.npy");   // x.shape, x.values
//     cf::write_npy("y.npy", y, {100, 3});

#include <chainfold/storage/ndarray.hpp>
#include <chainfold/tensor/contiguous.hpp>

namespace chainfold {

namespace npy {

struct header {
    std::string descr{};
    bool fortran_order = false;
    std::vector<std::size_t> shape{};
};

/// Reads the dict: exactly the three keys, in any order, each once.
class header_reader {
public:
    header_reader(std::string_view text, const std::string& who) : text_(text), who_(who) {}

    header read() {
        header found;
        bool had[3] = {};
        expect('{');
        while (!accept('}')) {
            const std::string_view key = string();
            expect(':');
            const int which = key == "descr" ? 0 : key == "fortran_order" ? 1 : key == "shape" ? 2 : 3;
            if (which == 3) fail("expected one of the keys descr, fortran_order and shape, found " + detail::quoted(key));
            if (std::exchange(had[which], true)) fail("the key " + detail::quoted(key) + " stands twice");
            if (which == 0) found.descr = string();
            if (which == 1) found.fortran_order = boolean();
            if (which == 2) found.shape = tuple();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        if (!had[0] || !had[1] || !had[2]) fail("expected the keys descr, fortran_order and shape");
        skip_space();
        if (at_ != text_.size()) fail("expected nothing after the dict");
        return found;
    }

private:
    [[noreturn]] void fail(const std::string& sentence) const {
        detail::fail(who_ + ": header, byte " + std::to_string(at_) + ": " + sentence);
    }
    void skip_space() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
    }
    bool accept(char c) {
        skip_space();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    void expect(char c) {
        if (!accept(c))
            fail(std::string("expected \"") + c + "\", found " + (at_ < text_.size() ? detail::quoted(text_.substr(at_, 12)) : "its end"));
    }
    std::string_view string() {
        skip_space();
        const char quote = at_ < text_.size() && text_[at_] == '"' ? '"' : '\'';
        expect(quote);
        const std::size_t end = text_.find(quote, at_);
        if (end == std::string_view::npos) fail("a string that does not end");
        const std::string_view found = text_.substr(at_, end - at_);
        at_ = end + 1;
        return found;
    }
    bool boolean() {
        skip_space();
        for (const bool value : {false, true}) {
            const std::string_view word = value ? "True" : "False";
            if (!text_.substr(at_).starts_with(word)) continue;
            at_ += word.size();
            return value;
        }
        fail("expected True or False");
    }
    std::vector<std::size_t> tuple() {
        std::vector<std::size_t> extents;
        expect('(');
        while (!accept(')')) {
            extents.push_back(extent());
            if (accept(',')) continue;
            expect(')');
            break;
        }
        return extents;
    }
    std::size_t extent() {
        skip_space();
        const std::size_t begin = at_;
        std::size_t value = 0;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_)
            if (__builtin_mul_overflow(value, std::size_t{10}, &value) ||
                __builtin_add_overflow(value, static_cast<std::size_t>(text_[at_] - '0'), &value))
                fail("an extent below 2^64 is expected");
        if (at_ == begin) fail("expected an extent");
        if (at_ < text_.size() && text_[at_] == 'L') ++at_;  // as Python 2 wrote it
        return value;
    }

    std::string_view text_;
    const std::string& who_;
    std::size_t at_ = 0;
};

/// Calls f(From{}) for the element type that "f4" names; false if it names none.
template <class F>
bool with_type(std::string_view name, F f) {
    const auto is = [&]<class From>(const char* called, From from) {
        if (name != called) return false;
        f(from);
        return true;
    };
    return is("f4", float{}) || is("f8", double{}) || is("u1", std::uint8_t{}) || is("i1", std::int8_t{}) ||
           is("u2", std::uint16_t{}) || is("i2", std::int16_t{}) || is("u4", std::uint32_t{}) || is("i4", std::int32_t{}) ||
           is("u8", std::uint64_t{}) || is("i8", std::int64_t{}) || is("b1", std::uint8_t{});
}

/// Numbers whose first index runs fastest, in the order in which the last one does.
template <class T>
std::vector<T> row_major(const std::vector<T>& from, const std::vector<std::size_t>& shape) {
    std::vector<T> to;
    to.reserve(from.size());
    std::vector<std::size_t> index(shape.size(), 0), step(shape.size(), 1);
    for (std::size_t d = 1; d < shape.size(); ++d) step[d] = step[d - 1] * shape[d - 1];
    std::size_t at = 0;
    while (to.size() < from.size()) {
        to.push_back(from[at]);
        for (std::size_t d = shape.size(); d-- > 0;) {
            at += step[d];
            if (++index[d] < shape[d]) break;
            at -= step[d] * shape[d];
            index[d] = 0;
        }
    }
    return to;
}

}  // namespace npy

/// Reads a .npy file as numbers of type T: floats and doubles, integers of 8 to 64 bits, booleans as 0 and 1, of either
/// order of bytes; numbers in Fortran's order are put into C's.  Floating-point numbers are rounded to T; an integer that
/// is none of T, or floating-point numbers where T is an integer, are an error.  Throws storage_error before it takes
/// more memory than the file's numbers need.
template <class T>
    requires std::is_arithmetic_v<T>
ndarray<T> read_npy(const file_contents& file) {
    const std::string& who = file.name;
    const std::string_view text = file.text();
    if (!text.starts_with("\x93NUMPY")) detail::fail(who + ": is no .npy file, which begins with \\x93NUMPY");
    const unsigned edition = text.size() > 7 ? static_cast<unsigned char>(text[6]) : 0;
    if (edition < 1 || edition > 3 || text[7] != 0) detail::fail(who + ": expected version 1, 2 or 3 of the format");
    const std::size_t before = edition == 1 ? 10 : 12;
    if (text.size() < before) detail::fail(who + ": ends before its header");
    const std::byte* const length_at = file.bytes.data() + 8;
    const std::size_t length = edition == 1 ? number_at<std::endian::little, std::uint16_t>(length_at)
                                            : number_at<std::endian::little, std::uint32_t>(length_at);
    if (length > text.size() - before)
        detail::fail(who + ": a header of " + std::to_string(length) + " bytes is announced, but " +
                     std::to_string(text.size() - before) + " follow");
    const npy::header header = npy::header_reader(text.substr(before, length), who).read();

    ndarray<T> read;
    const std::byte* const numbers = file.bytes.data() + before + length;
    const std::size_t size = text.size() - before - length;
    const char order = header.descr.empty() ? ' ' : header.descr[0];
    const bool big = order == '>', known = big || order == '<' || order == '|' || order == '=';
    if (!known || !npy::with_type(std::string_view(header.descr).substr(1), [&]<class From>(From) {
            const std::size_t count = detail::checked_count(who, header.shape, sizeof(From), size);
            if (big)
                detail::convert_into<T, From, std::endian::big>(read.values, numbers, count, who);
            else
                detail::convert_into<T, From, std::endian::little>(read.values, numbers, count, who);
        }))
        detail::fail(who + ": expected numbers such as '<f4' or '<f8', found " + detail::quoted(header.descr));
    read.shape = header.shape;
    if (header.fortran_order) read.values = npy::row_major(read.values, read.shape);
    return read;
}
template <class T>
    requires std::is_arithmetic_v<T>
ndarray<T> read_npy(const std::string& name) {
    return read_npy<T>(read_file(name));
}

/// Writes numbers (a span, vector …) as a .npy file of version 1, little-endian, in C's order; without a shape as a
/// vector.  The file takes the place of an older one when it is complete.
template <has_data_and_size R>
void write_npy(const std::string& name, const R& numbers, std::vector<std::size_t> shape) {
    using T = std::remove_cvref_t<decltype(*numbers.data())>;
    static_assert(std::is_arithmetic_v<T> && sizeof(T) <= 8, "write_npy: numbers of at most 64 bits");
    std::size_t count = 1;
    for (const std::size_t n : shape)
        if (__builtin_mul_overflow(count, n, &count)) count = static_cast<std::size_t>(-1);
    if (count != static_cast<std::size_t>(numbers.size()))
        detail::refuse_argument("write_npy: expected " + std::to_string(count) + " numbers for the shape (" + detail::listed(shape) +
                                "), found " + std::to_string(numbers.size()));
    const char kind = std::is_same_v<T, bool> ? 'b' : std::is_floating_point_v<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
    std::string header = std::string("{'descr': '") + (sizeof(T) == 1 ? '|' : '<') + kind + std::to_string(sizeof(T)) +
                         "', 'fortran_order': False, 'shape': (";
    for (const std::size_t n : shape) header += std::to_string(n) + ",";
    if (shape.size() > 1) header.pop_back();  // (2,3), but (2,)
    header += "), }";
    header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 10 - 1, ' ');
    header += '\n';
    if (header.size() > 0xffff) detail::refuse_argument("write_npy: too many extents");
    replacement_file file(name);
    file.write(std::string_view("\x93NUMPY\x01\x00", 8));
    file.write(bytes_of<std::endian::little>(static_cast<std::uint16_t>(header.size())));
    file.write(header);
    if constexpr (std::endian::native == std::endian::little)
        file.write(std::as_bytes(std::span<const T>(numbers.data(), count)));
    else
        for (std::size_t i = 0; i < count; ++i) file.write(bytes_of<std::endian::little>(numbers.data()[i]));
    file.commit();
}
template <has_data_and_size R>
void write_npy(const std::string& name, const R& numbers) {
    write_npy(name, numbers, {static_cast<std::size_t>(numbers.size())});
}

template <class T, class File>
    requires(!std::is_arithmetic_v<T>)
CHAINFOLD_MISTAKE(numbers_of_no_type<T, ndarray<float>> read_npy(const File&))
template <class File>
    requires(std::is_convertible_v<File, std::string> || std::is_same_v<File, file_contents>)
CHAINFOLD_MISTAKE(numbers_of_no_type<File, ndarray<float>> read_npy(const File&))

template <class X>
struct file_of_no_numbers : poison {
    static_assert(is_a_type_of_numbers<X>,
                  "write_npy(file, numbers): the numbers are an array, span, vector or tensor of them");
};
template <class Name, class X, class... Shape>
    requires(!has_data_and_size<X>)
CHAINFOLD_MISTAKE(file_of_no_numbers<X> write_npy(const Name&, const X&, const Shape&...))

}  // namespace chainfold
