// SPDX-License-Identifier: BSL-1.0
// IDX and .npy: every element type, and headers that claim what is not there.
#include <chainfold/storage/idx.hpp>
#include <chainfold/storage/npy.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace storage_test;
using namespace std::string_literals;

namespace {

cf::file_contents file(std::string_view text) { return {"a", copy_of(text)}; }
std::string big(std::uint32_t n) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(n >> shift & 0xff);
    return text;
}
std::string idx(int type, std::initializer_list<std::uint32_t> shape, const std::string& values) {
    std::string text = "\0\0"s + static_cast<char>(type) + static_cast<char>(shape.size());
    for (const std::uint32_t n : shape) text += big(n);
    return text + values;
}
template <class T = float>
std::string wrong_idx(const std::string& text) {
    return said_by([&] { cf::read_idx<T>(file(text)); });
}
std::string npy(const std::string& header, const std::string& values, int version = 1) {
    std::string text = "\x93NUMPY"s + static_cast<char>(version) + '\0';
    const std::size_t length = header.size();
    for (std::size_t i = 0; i < (version == 1 ? 2u : 4u); ++i) text += static_cast<char>(length >> 8 * i & 0xff);
    return text + header + values;
}
std::string dict(const std::string& descr, const std::string& shape, const std::string& order = "False") {
    return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }   \n";
}
template <class T = float>
std::string wrong_npy(const std::string& text) {
    return said_by([&] { cf::read_npy<T>(file(text)); });
}
template <class T>
std::string bytes(std::initializer_list<T> values) {
    std::string text;
    for (const T v : values)
        for (const std::byte b : cf::bytes_of<std::endian::little>(v)) text += static_cast<char>(b);
    return text;
}
using shape = std::vector<std::size_t>;

}  // namespace

TEST_CASE("IDX of every element type") {
    const auto images = cf::read_idx<float>(file(idx(8, {2, 1, 2}, "\x00\x01\xff\x80"s)));
    CHECK(images.shape == shape{2, 1, 2});
    CHECK(images.values == std::vector<float>{0, 1, 255, 128});
    CHECK(cf::read_idx<std::uint8_t>(file(idx(8, {2}, "\x07\xff"))).values == std::vector<std::uint8_t>{7, 255});
    CHECK(cf::read_idx<double>(file(idx(9, {2}, "\x07\xff"))).values == std::vector<double>{7, -1});
    CHECK(cf::read_idx<float>(file(idx(11, {2}, "\x01\x00\xff\xfe"s))).values == std::vector<float>{256, -2});
    CHECK(cf::read_idx<float>(file(idx(12, {1}, "\xff\xff\xff\xfe"))).values == std::vector<float>{-2});
    CHECK(cf::read_idx<double>(file(idx(13, {1}, "\x3f\xc0\x00\x00"s))).values == std::vector<double>{1.5});
    CHECK(cf::read_idx<float>(file(idx(14, {1}, "\xbf\xe0\x00\x00\x00\x00\x00\x00"s))).values == std::vector<float>{-0.5f});
    CHECK(cf::read_idx<float>(file(idx(8, {0, 4}, ""))).values.empty());
    CHECK(cf::read_idx<float>(file(idx(8, {}, "\x05"))).values.size() == 1);
}
TEST_CASE("IDX that is none") {
    CHECK(wrong_idx("") == "a: expected 4 bytes of IDX's beginning, found 0");
    CHECK(wrong_idx("\0\1\x08\1"s) == "a: is no IDX file, which begins with two zero bytes");
    CHECK(says(wrong_idx("\x1f\x8b\x08\x00"s), "is compressed by gzip"));
    CHECK(says(wrong_idx("\0\0\x0a\0"s), "expected an element type of IDX (8, 9, 11, 12, 13 or 14), found 10"));
    CHECK(wrong_idx("\0\0\x08\x03"s + big(1)) == "a: expected 3 extents in 16 bytes, found 8");
    CHECK(wrong_idx("\0\0\x08\xff"s) == "a: expected 255 extents in 1024 bytes, found 4");
    CHECK(wrong_idx(idx(8, {3}, "12")) == "a: expected 3 bytes for the shape (3), found 2");
    CHECK(wrong_idx(idx(8, {3}, "1234")) == "a: expected 3 bytes for the shape (3), found 4");
    CHECK(wrong_idx(idx(8, {4000000000u, 2}, "1234")) == "a: expected 8000000000 bytes for the shape (4000000000, 2), found 4");
    CHECK(says(wrong_idx(idx(14, {4000000000u, 4000000000u}, "")), "has too many numbers"));
    CHECK(says(wrong_idx(idx(8, {4294967295u, 4294967295u, 4294967295u, 0}, "")), "has too many numbers"));
    CHECK(wrong_idx<std::int8_t>(idx(8, {2}, "\x7f\x80")) == "a: number 1, 128, is none of the type asked for");
    CHECK(wrong_idx(idx(12, {2}, "\x01\x00\x00\x00\x01\x00\x00\x01"s)) == "a: number 1, 16777217, is none of the type asked for");
    CHECK(wrong_idx<int>(idx(13, {1}, "1234")) == "a: holds floating-point numbers, expected integers");
}
TEST_CASE(".npy of every element type, order and version") {
    CHECK(cf::read_npy<float>(file(npy(dict("<f4", "(2, 1)"), bytes({1.5f, -2.f})))).values == std::vector<float>{1.5f, -2});
    CHECK(cf::read_npy<float>(file(npy(dict("<f8", "(1,)"), bytes({0.1}), 2))).values == std::vector<float>{0.1f});
    CHECK(cf::read_npy<double>(file(npy(dict("<f4", "(1,)"), bytes({0.5f}), 3))).values == std::vector<double>{0.5});
    CHECK(cf::read_npy<double>(file(npy(dict(">f4", "(1,)"), "\x3f\xc0\x00\x00"s))).values == std::vector<double>{1.5});
    CHECK(cf::read_npy<double>(file(npy(dict("|u1", "(1,)"), "\xff"))).values == std::vector<double>{255});
    CHECK(cf::read_npy<double>(file(npy(dict("|i1", "(1,)"), "\xff"))).values == std::vector<double>{-1});
    CHECK(cf::read_npy<int>(file(npy(dict("<i2", "(1,)"), "\x01\x02"))).values == std::vector<int>{513});
    CHECK(cf::read_npy<int>(file(npy(dict("<u2", "(1,)"), "\x01\xff"))).values == std::vector<int>{65281});
    CHECK(cf::read_npy<float>(file(npy(dict("<i4", "(1,)"), bytes({-7})))).values == std::vector<float>{-7});
    CHECK(cf::read_npy<float>(file(npy(dict("<u4", "(1,)"), bytes({7u})))).values == std::vector<float>{7});
    CHECK(cf::read_npy<float>(file(npy(dict("<i8", "(2,)"), bytes({std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::min()})))).values ==
          std::vector<float>{0x1p40f, -0x1p63f});
    CHECK(cf::read_npy<std::uint64_t>(file(npy(dict("<u8", "(1,)"), bytes({~std::uint64_t{0}})))).values[0] == ~std::uint64_t{0});
    CHECK(cf::read_npy<float>(file(npy(dict("|b1", "(2,)"), "\x01\x00"s))).values == std::vector<float>{1, 0});
    const auto scalar = cf::read_npy<float>(file(npy(dict("<f4", "()"), bytes({3.f}))));
    CHECK(scalar.shape.empty());
    CHECK(scalar.values == std::vector<float>{3});
    CHECK(cf::read_npy<float>(file(npy(dict("<f4", "(0, 5)"), ""))).shape == shape{0, 5});
    CHECK(cf::read_npy<float>(file(npy("{\"shape\":(1L,),\"fortran_order\":False,\"descr\":\"<f4\"}", bytes({3.f})))).values[0] == 3);
}
TEST_CASE("Fortran's order becomes C's") {
    // a(i, j, k) = 100 i + 10 j + k, the first index fastest.
    std::string values;
    for (int k = 0; k < 2; ++k)
        for (int j = 0; j < 3; ++j)
            for (int i = 0; i < 2; ++i) values += static_cast<char>(100 * i + 10 * j + k);
    const auto a = cf::read_npy<int>(file(npy(dict("|u1", "(2, 3, 2)", "True"), values)));
    CHECK(a.values == std::vector<int>{0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121});
    CHECK(cf::read_npy<int>(file(npy(dict("|u1", "(0, 3)", "True"), ""))).values.empty());
    CHECK(cf::read_npy<int>(file(npy(dict("|u1", "()", "True"), "\x07"))).values == std::vector<int>{7});
}
TEST_CASE(".npy that is none") {
    const std::string four = bytes({1.f});
    CHECK(wrong_npy("") == "a: is no .npy file, which begins with \\x93NUMPY");
    CHECK(wrong_npy("\x93NUMPY") == "a: expected version 1, 2 or 3 of the format");
    CHECK(says(wrong_npy("\x93NUMPY\x04\x00__"s), "expected version"));
    CHECK(says(wrong_npy("\x93NUMPY\x01\x01__"s), "expected version"));
    CHECK(wrong_npy("\x93NUMPY\x01\x00\x01"s) == "a: ends before its header");
    CHECK(wrong_npy("\x93NUMPY\x02\x00\x01\x00\x00"s) == "a: ends before its header");
    CHECK(wrong_npy("\x93NUMPY\x01\x00\xff\xff{}"s) == "a: a header of 65535 bytes is announced, but 2 follow");
    CHECK(wrong_npy("\x93NUMPY\x02\x00\xff\xff\xff\xff{}"s) == "a: a header of 4294967295 bytes is announced, but 2 follow");
    const auto header = [&](const std::string& text) { return wrong_npy(npy(text, four)); };
    CHECK(says(header(""), "header, byte 0: expected \"{\", found its end"));
    CHECK(says(header("{}"), "expected the keys descr, fortran_order and shape"));
    CHECK(says(header("{'descr': '<f4', 'shape': (1,)}"), "expected the keys"));
    CHECK(says(header("{'descr': '<f4', 'descr': '<f4'}"), "the key \"descr\" stands twice"));
    CHECK(says(header("{'other': 1}"), "found \"other\""));
    CHECK(says(header("{'descr' '<f4'}"), "expected \":\""));
    CHECK(says(header("{'descr': '<f4' 'shape': (1,)}"), "expected \"}\""));
    CHECK(says(header("{'descr: 1}"), "a string that does not end"));
    CHECK(says(header("{'descr': [('a', '<f4')]}"), "expected"));
    CHECK(says(header("{'fortran_order': 1}"), "expected True or False"));
    CHECK(says(header("{'shape': (-1,)}"), "expected an extent"));
    CHECK(says(header("{'shape': (1 2)}"), "expected \")\""));
    CHECK(says(header("{'shape': (18446744073709551616,)}"), "an extent below 2^64"));
    CHECK(says(header(dict("<f4", "(1,)") + "x"), "expected nothing after the dict"));
    CHECK(header(dict("|O", "(1,)")) == "a: expected numbers such as '<f4' or '<f8', found \"|O\"");
    for (const char* type : {"", "<", "f4", "<f2", "<c8", "<U1", "<M8"}) CHECK(says(header(dict(type, "(1,)")), "expected numbers such as"));
    CHECK(header(dict("<f4", "(2,)")) == "a: expected 8 bytes for the shape (2), found 4");
    CHECK(says(header(dict("<f4", "(4294967296, 4294967296)")), "has too many numbers"));
    CHECK(wrong_npy(npy(dict("<f8", "(1,)"), bytes({-1e300}))) == "a: number 0 is too large for float");
    CHECK(wrong_npy(npy(dict("<i8", "(1,)"), bytes({(std::int64_t{1} << 40) + 1}))) == "a: number 0, 1099511627777, is none of the type asked for");
    CHECK(wrong_npy<std::uint8_t>(npy(dict("<f4", "(1,)"), four)) == "a: holds floating-point numbers, expected integers");
}
TEST_CASE("what is written as .npy is read") {
    const scratch_folder folder;
    const std::vector<float> f{1, 2, 3, 4, 5, 6};
    cf::write_npy(folder("f"), f, {3, 2});
    const auto read = cf::read_npy<float>(folder("f"));
    CHECK(read.shape == shape{3, 2});
    CHECK(read.values == f);
    const std::string text = content(folder("f"));
    CHECK(text.substr(0, 8) == "\x93NUMPY\x01\x00"s);
    CHECK((text.size() - 24) % 64 == 0);
    CHECK(text[text.size() - 25] == '\n');
    CHECK(says(text, "{'descr': '<f4', 'fortran_order': False, 'shape': (3,2), }"));
    cf::write_npy(folder("i"), std::vector<std::int64_t>{-5});
    CHECK(cf::read_npy<std::int64_t>(folder("i")).values == std::vector<std::int64_t>{-5});
    CHECK(says(content(folder("i")), "'<i8', 'fortran_order': False, 'shape': (1,), }"));
    cf::write_npy(folder("s"), std::vector<double>{2}, {});
    CHECK(cf::read_npy<double>(folder("s")).shape.empty());
    CHECK(says(said_by<std::invalid_argument>([&] { cf::write_npy(folder("x"), f, {4, 2}); }), "expected 8 numbers for the shape (4, 2), found 6"));
    CHECK(folder.count() == 3);
}
