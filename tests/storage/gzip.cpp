// SPDX-License-Identifier: BSL-1.0
// gzip: what Python's packed, damaged files, and small files that hold much.
#include <zlib.h>

#include <chainfold/storage/gzip.hpp>
#include <chainfold/storage/idx.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace storage_test;
using namespace std::string_literals;

namespace {

std::string packed(const std::string& text) {
    const scratch_folder folder;
    const gzFile file = gzopen(folder("a").c_str(), "wb9");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return content(folder("a"));
}
std::string unpacked(const std::string& text, std::size_t limit = cf::gzip_limit) {
    return std::string(cf::gunzip({"a.gz", copy_of(text)}, limit).text());
}
std::string wrong(const std::string& text, std::size_t limit = cf::gzip_limit) {
    return said_by([&] { unpacked(text, limit); });
}

}  // namespace

TEST_CASE("what was packed is unpacked") {
    // By gzip.compress(b"1,2\n3,4\n", mtime=0) of Python 3.11.
    CHECK(unpacked("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x33\xd4\x31\xe2\x32\xd6\x31\xe1\x02\x00\x47\x93\x6c\xaf\x08\x00\x00\x00"s) == "1,2\n3,4\n");
    std::string text;
    for (unsigned i = 0; i < 300'000; ++i) text += static_cast<char>(i * i >> 3);
    CHECK(unpacked(packed(text)) == text);
    CHECK(unpacked(packed("")).empty());
    CHECK(unpacked(packed("abc") + packed("") + packed(text)) == "abc" + text);
    CHECK(unpacked("plain") == "plain");
    CHECK(unpacked("").empty());
    CHECK(unpacked("\x1f") == "\x1f");
    for (const std::size_t size : {65'535u, 65'536u, 65'537u, 131'072u}) CHECK(unpacked(packed(std::string(size, 'x'))).size() == size);
}
TEST_CASE("IDX that is packed") {
    const scratch_folder folder;
    put(folder("a.gz"), packed("\0\0\x08\x01\0\0\0\x02\x05\x06"s));
    CHECK(cf::read_idx<float>(cf::read_gzip(folder("a.gz"))).values == std::vector<float>{5, 6});
    put(folder("a"), "\0\0\x08\x01\0\0\0\x02\x05\x06"s);
    CHECK(cf::read_idx<float>(cf::read_gzip(folder("a"))).values == std::vector<float>{5, 6});
    CHECK(says(said_by([&] { cf::read_idx<float>(folder("a.gz")); }), "is compressed by gzip"));
}
TEST_CASE("damage is found") {
    const std::string whole = packed("some text to pack, some text to pack");
    for (std::size_t size = 2; size < whole.size(); ++size) {
        INFO(size);
        CHECK(says(wrong(whole.substr(0, size)), "the data end early"));
    }
    std::string damaged = whole;
    damaged[whole.size() - 6] ^= 1;  // of the checksum
    CHECK(says(wrong(damaged), "a.gz: gzip, near byte " + std::to_string(whole.size() - 4) + ": incorrect data check"));
    damaged = whole;
    damaged[whole.size() - 1] ^= 1;  // of the length
    CHECK(says(wrong(damaged), "incorrect length check"));
    damaged = whole;
    damaged[2] = 9;  // of the method
    CHECK(says(wrong(damaged), "unknown compression method"));
    CHECK(says(wrong(whole + "rest"), "incorrect header check"));
    CHECK(says(wrong(whole + "\x1f\x8b"), "the data end early"));
}
TEST_CASE("a small file that holds much is not unpacked") {
    const std::string bomb = packed(std::string(20'000'000, '\0'));
    CHECK(bomb.size() < 30'000);
    CHECK(says(wrong(bomb, 1'000'000), "unpacks to more than the 1000000 bytes allowed"));
    CHECK(unpacked(bomb, 20'000'000).size() == 20'000'000);
    CHECK(says(wrong(bomb, 19'999'999), "unpacks to more than"));
    CHECK(says(wrong(packed("x"), 0), "unpacks to more than the 0 bytes allowed"));
}
