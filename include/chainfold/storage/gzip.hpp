// SPDX-License-Identifier: BSL-1.0
#pragma once

// Files compressed by gzip.  Needs zlib: its header to compile, -lz (ZLIB::ZLIB with CMake) to link.

#include <algorithm>

#include <zlib.h>

#include <chainfold/storage/file.hpp>

namespace chainfold {

/// The most that read_gzip unpacks unless told otherwise: 1 GiB.
inline constexpr std::size_t gzip_limit = std::size_t{1} << 30;

namespace detail {

/// A stream of zlib that is ended.
class inflating {
public:
    explicit inflating(const std::string& who) {
        if (inflateInit2(&stream, 15 + 16) != Z_OK) fail(who + ": zlib cannot begin");  // 16: gzip's head and tail
    }
    inflating(const inflating&) = delete;
    inflating& operator=(const inflating&) = delete;
    ~inflating() { inflateEnd(&stream); }
    z_stream stream{};
};

}  // namespace detail

/// Unpacks what gzip packed: one or more members, one after another (RFC 1952).  Bytes that are not compressed are
/// returned as they are.  Throws storage_error where the data are damaged or end early, and before they are unpacked to
/// more than `limit` bytes: a small file can hold a thousand times its size.
inline file_contents gunzip(file_contents packed, std::size_t limit = gzip_limit) {
    const std::vector<std::byte>& in = packed.bytes;
    if (in.size() < 2 || in[0] != std::byte{0x1f} || in[1] != std::byte{0x8b}) return packed;
    file_contents out{packed.name};
    constexpr std::size_t piece = 1 << 16;
    detail::inflating inflating(packed.name);
    z_stream& z = inflating.stream;
    std::size_t used = 0;
    std::vector<std::byte> room(piece);
    const auto failed = [&](const std::string& what) {
        detail::fail(packed.name + ": gzip, near byte " + std::to_string(used - z.avail_in) + ": " + what);
    };
    for (;;) {
        if (z.avail_in == 0) {
            const std::size_t next = std::min(in.size() - used, std::size_t{1} << 30);
            z.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(in.data() + used));  // which zlib only reads
            z.avail_in = static_cast<uInt>(next);
            used += next;
        }
        z.next_out = reinterpret_cast<Bytef*>(room.data());
        z.avail_out = piece;
        const int status = inflate(&z, Z_NO_FLUSH);
        const std::size_t made = piece - z.avail_out;
        if (made > limit - out.bytes.size()) failed("unpacks to more than the " + std::to_string(limit) + " bytes allowed");
        out.bytes.insert(out.bytes.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(made));
        if (status == Z_STREAM_END) {
            if (z.avail_in == 0 && used == in.size()) return out;
            if (inflateReset(&z) != Z_OK) failed("zlib cannot go on");
        } else if (status == Z_BUF_ERROR || (status == Z_OK && made == 0 && z.avail_in == 0 && used == in.size())) {
            failed("the data end early");
        } else if (status != Z_OK) {
            failed(z.msg != nullptr ? z.msg : "damaged data");
        }
    }
}

/// Reads a file, and unpacks it if gzip packed it.
inline file_contents read_gzip(const std::string& name, std::size_t limit = gzip_limit) {
    return gunzip(read_file(name), limit);
}

}  // namespace chainfold
