// SPDX-License-Identifier: BSL-1.0
#pragma once

// IDX, the format of MNIST and its like: two zero bytes, the element type, the number of extents n, then n extents of
// four bytes, then the elements; everything big-endian.
//
//     #include <chainfold/storage/gzip.hpp>   // needs zlib; without it for files that are not compressed
//     const auto images = cf::read_idx<float>(cf::read_gzip("train-images-idx3-ubyte.gz"));
//     images.shape;    // {60000, 28, 28}
//     images.values;   // 0 … 255: divide, or fit a normaliser

#include <chainfold/storage/ndarray.hpp>

namespace chainfold {

/// Reads an IDX file as numbers of type T: unsigned and signed bytes, integers of 16 and 32 bits, float, double.
/// Floating-point numbers are rounded to T; an integer that is none of T, or floating-point numbers where T is an
/// integer, are an error.  Throws storage_error before it takes more memory than the file's numbers need.
template <class T>
    requires std::is_arithmetic_v<T>
ndarray<T> read_idx(const file_contents& file) {
    const std::string& who = file.name;
    const byte_span bytes = file.bytes;
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
    if (bytes.size() >= 2 && at(0) == 0x1f && at(1) == 0x8b)
        detail::fail(who + ": is compressed by gzip: read_idx<T>(read_gzip(name)), from chainfold/storage/gzip.hpp");
    if (bytes.size() < 4) detail::fail(who + ": expected 4 bytes of IDX's beginning, found " + std::to_string(bytes.size()));
    if (at(0) != 0 || at(1) != 0) detail::fail(who + ": is no IDX file, which begins with two zero bytes");
    const std::size_t extents = at(3), begin = 4 + 4 * extents;
    if (bytes.size() < begin)
        detail::fail(who + ": expected " + std::to_string(extents) + " extents in " + std::to_string(begin) +
                     " bytes, found " + std::to_string(bytes.size()));
    ndarray<T> read;
    for (std::size_t i = 0; i < extents; ++i)
        read.shape.push_back(number_at<std::endian::big, std::uint32_t>(bytes.data() + 4 + 4 * i));
    const auto take = [&]<class From>(From) {
        const std::size_t count = detail::checked_count(who, read.shape, sizeof(From), bytes.size() - begin);
        detail::convert_into<T, From, std::endian::big>(read.values, bytes.data() + begin, count, who);
    };
    switch (at(2)) {
        case 0x08: take(std::uint8_t{}); break;
        case 0x09: take(std::int8_t{}); break;
        case 0x0b: take(std::int16_t{}); break;
        case 0x0c: take(std::int32_t{}); break;
        case 0x0d: take(float{}); break;
        case 0x0e: take(double{}); break;
        default:
            detail::fail(who + ": byte 2: expected an element type of IDX (8, 9, 11, 12, 13 or 14), found " + std::to_string(at(2)));
    }
    return read;
}
template <class T>
    requires std::is_arithmetic_v<T>
ndarray<T> read_idx(const std::string& name) {
    return read_idx<T>(read_file(name));
}

template <class T, class File>
    requires(!std::is_arithmetic_v<T>)
CHAINFOLD_MISTAKE(numbers_of_no_type<T, ndarray<float>> read_idx(const File&))
template <class File>
    requires(std::is_convertible_v<File, std::string> || std::is_same_v<File, file_contents>)
CHAINFOLD_MISTAKE(numbers_of_no_type<File, ndarray<float>> read_idx(const File&))

}  // namespace chainfold
