// SPDX-License-Identifier: BSL-1.0
#pragma once

// Small grey pictures inside a page: PNG (ISO/IEC 15948) without compression, as a data: address.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chainfold::report {

namespace detail {

inline void put_big_endian(std::string& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 255u);
}
inline std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffu;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1u) != 0 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return ~crc;
}
inline void put_chunk(std::string& out, std::string_view type, std::string_view data) {
    put_big_endian(out, static_cast<std::uint32_t>(data.size()));
    const std::string covered = std::string(type) + std::string(data);
    out += covered;
    put_big_endian(out, crc32(covered));
}
/// A zlib stream of blocks that are stored as they are (RFC 1950, RFC 1951).
inline std::string stored_stream(std::string_view data) {
    std::string out = "\x78\x01";
    for (std::size_t at = 0; at < data.size();) {
        const std::size_t size = data.size() - at < 65535 ? data.size() - at : 65535;
        out += at + size == data.size() ? '\1' : '\0';
        for (const std::size_t length : {size, ~size})
            for (const int shift : {0, 8}) out += static_cast<char>(length >> shift & 255u);
        out += data.substr(at, size);
        at += size;
    }
    std::uint32_t a = 1, b = 0;  // Adler-32
    for (const char byte : data) a = (a + static_cast<unsigned char>(byte)) % 65521, b = (b + a) % 65521;
    put_big_endian(out, b << 16 | a);
    return out;
}

}  // namespace detail

inline std::string base64(std::string_view bytes) {
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : digits[three >> (18 - 6 * k) & 63u];
    }
    return out;
}

/// The file of a grey picture: width × height bytes, row by row, 0 black.
inline std::string png(const std::vector<unsigned char>& pixels, std::size_t width) {
    const std::size_t height = pixels.size() / width;
    std::string header, rows, out = "\x89PNG\r\n\x1a\n";
    detail::put_big_endian(header, static_cast<std::uint32_t>(width));
    detail::put_big_endian(header, static_cast<std::uint32_t>(height));
    header += std::string_view("\x08\0\0\0\0", 5);  // eight bits, grey
    for (std::size_t r = 0; r < height; ++r) {
        rows += '\0';  // no filter
        for (std::size_t c = 0; c < width; ++c) rows += static_cast<char>(pixels[r * width + c]);
    }
    detail::put_chunk(out, "IHDR", header);
    detail::put_chunk(out, "IDAT", detail::stored_stream(rows));
    detail::put_chunk(out, "IEND", {});
    return out;
}
/// The same as an address that needs no file.
inline std::string png_address(const std::vector<unsigned char>& pixels, std::size_t width) {
    return "data:image/png;base64," + base64(png(pixels, width));
}

}  // namespace chainfold::report
