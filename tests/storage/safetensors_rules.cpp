// SPDX-License-Identifier: BSL-1.0
// Every rule of the safetensors format, broken one at a time.
#include <cstdint>

#include <chainfold/storage/safetensors/read.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace st = chainfold::safetensors;
using namespace storage_test;

namespace {

std::string file_of(std::string_view header, std::size_t buffer, std::uint64_t length) {
    std::string file;
    for (int i = 0; i < 8; ++i) file += static_cast<char>(length >> (8 * i) & 0xff);
    return file + std::string(header) + std::string(buffer, '\0');
}
std::string file_of(std::string_view header, std::size_t buffer) { return file_of(header, buffer, header.size()); }

struct outcome {
    bool refused = false;
    st::rule broken{};
    std::string sentence{};
};
outcome reading(const std::string& file) {
    // A copy of exactly this size, so that a sanitizer sees a byte read beyond it.
    const std::vector<std::byte> bytes = copy_of(file);
    try {
        (void)st::read(bytes, "a.safetensors");
    } catch (const st::format_error& error) {
        return {true, error.broken(), error.what()};
    }
    return {};
}
bool breaks(st::rule rule, const std::string& file, std::string_view part) {
    const outcome found = reading(file);
    INFO(file << "\n" << found.sentence);
    CHECK(found.refused);
    CHECK(found.broken == rule);
    CHECK(says(found.sentence, "a.safetensors: "));
    CHECK(says(found.sentence, part));
    return found.refused && found.broken == rule && says(found.sentence, part);
}
bool breaks(st::rule rule, std::string_view header, std::size_t buffer, std::string_view part) {
    return breaks(rule, file_of(header, buffer), part);
}
bool accepted(std::string_view header, std::size_t buffer = 0) {
    const outcome found = reading(file_of(header, buffer));
    INFO(header << "\n" << found.sentence);
    CHECK(!found.refused);
    return !found.refused;
}
/// A header with one tensor whose fields are these.
std::string tensor(std::string_view fields) { return "{\"w\":{" + std::string(fields) + "}}"; }

}  // namespace

TEST_CASE("the header's length") {
    REQUIRE(breaks(st::rule::header_too_small, "", "expected 8 bytes with the header's length, found 0 bytes in all"));
    REQUIRE(breaks(st::rule::header_too_small, std::string(7, '\0'), "found 7 bytes"));
    REQUIRE(breaks(st::rule::header_too_large, file_of("{}", 0, 100'000'001), "at most 100000000 bytes is allowed, found 100000001"));
    REQUIRE(breaks(st::rule::header_too_large, file_of("{}", 0, ~std::uint64_t{0}), "found 18446744073709551615"));
    REQUIRE(breaks(st::rule::header_outside, file_of("{}", 0, 3), "a header of 3 bytes is announced, but 2 follow"));
    REQUIRE(breaks(st::rule::header_outside, file_of("", 0, 100'000'000), "but 0 follow"));
    REQUIRE(breaks(st::rule::header_start, file_of("", 0), "begins with {"));
    REQUIRE(breaks(st::rule::header_start, file_of(" {}", 0), "begins with {"));
    REQUIRE(breaks(st::rule::header_start, file_of("[]", 0), "begins with {"));
    REQUIRE(accepted("{}"));
    REQUIRE(accepted("{}     "));
}

TEST_CASE("a header is UTF-8") {
    const auto name = [](std::string_view bytes) {
        return "{\"" + std::string(bytes) + R"(":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})";
    };
    // The longest and shortest of each length, and what lies next to them.
    for (const char* right : {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                              "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        REQUIRE(accepted(name(right), 4));
    for (const char* wrong : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2z", "\xe0\x9f\xbf", "\xe1\x80", "\xed\xa0\x80",
                              "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf1\x80\x80", "\xff"})
        REQUIRE(breaks(st::rule::utf8, name(wrong), 4, "header, byte 2: is not UTF-8"));
    REQUIRE(breaks(st::rule::utf8, file_of("{\"\xf0\x90\x80", 0), "byte 2"));  // cut by the header's end
}

TEST_CASE("a header is JSON of one form") {
    const auto wrong = [](std::string_view header, std::string_view part) {
        return breaks(st::rule::json, header, 0, part);
    };
    REQUIRE(wrong("{", R"(byte 1: expected a string, found its end)"));
    REQUIRE(wrong("{]", R"(expected a string, found "]")"));
    REQUIRE(wrong("{,}", "expected a string"));
    REQUIRE(wrong(R"({"a")", R"(byte 4: expected ":", found its end)"));
    REQUIRE(wrong(R"({"a":1})", R"(byte 5: expected "{", found "1}")"));
    REQUIRE(wrong(R"({"a":null})", R"(expected "{")"));
    REQUIRE(wrong(R"({"a":[]})", R"(expected "{")"));
    REQUIRE(wrong(R"({"a)", "expected the end of a string, found its end"));
    REQUIRE(wrong("{\"a\n\":{}}", "control characters escaped"));
    REQUIRE(wrong(std::string_view("{\"a\0\":{}}", 9), "control characters escaped"));
    REQUIRE(wrong("{}\n", "nothing but spaces after the header"));
    REQUIRE(wrong("{}{}", "nothing but spaces after the header"));
    REQUIRE(wrong(std::string_view("{}\0", 3), "nothing but spaces"));
    REQUIRE(wrong(R"({"__metadata__":{}, })", "expected a string"));

    REQUIRE(wrong(R"({"__metadata__":null})", R"(expected "{")"));
    REQUIRE(wrong(R"({"__metadata__":{"a":1}})", "expected a string, found \"1"));
    REQUIRE(wrong(R"({"__metadata__":{"a":{"b":"c"}}})", "expected a string"));
    REQUIRE(wrong(R"({"__metadata__":{"a":"b",}})", "expected a string"));

    const auto wrong_field = [&](std::string_view fields, std::string_view part) { return wrong(tensor(fields), part); };
    REQUIRE(wrong_field(R"("shape":[-1])", "expected an unsigned integer, found \"-1"));
    REQUIRE(wrong_field(R"("shape":[1.5])", "expected an integer, found \".5"));
    REQUIRE(wrong_field(R"("shape":[1e2])", "expected an integer"));
    REQUIRE(wrong_field(R"("shape":[1E2])", "expected an integer"));
    REQUIRE(wrong_field(R"("shape":[01])", "without leading zeros"));
    REQUIRE(wrong_field(R"("shape":[00])", "without leading zeros"));
    REQUIRE(wrong_field(R"("shape":["1"])", "expected an unsigned integer"));
    REQUIRE(wrong_field(R"("shape":[1,])", "expected an unsigned integer"));
    REQUIRE(wrong_field(R"("shape":[1 2])", R"(expected "]")"));
    REQUIRE(wrong_field(R"("shape":[[1]])", "expected an unsigned integer"));
    REQUIRE(wrong_field(R"("shape":[18446744073709551616])", "below 2^64"));
    REQUIRE(wrong_field(R"("shape":[99999999999999999999])", "below 2^64"));
    REQUIRE(wrong_field(R"("shape":4)", R"(expected "[")"));
    REQUIRE(wrong_field(R"("shape":{})", R"(expected "[")"));
    REQUIRE(wrong_field(R"("dtype":4)", "expected a string"));
    REQUIRE(wrong_field(R"("data_offsets":[])", "expected 2 numbers, found 0"));
    REQUIRE(wrong_field(R"("data_offsets":[0])", "expected 2 numbers, found 1"));
    REQUIRE(wrong_field(R"("data_offsets":[0,0,0])", "expected 2 numbers, found 3"));

    // Deeper than the form has it: refused at the first bracket, whatever follows.
    const std::string deep(100'000, '[');
    REQUIRE(wrong("{\"a\":" + deep, R"(byte 5: expected "{")"));
    std::string objects;
    for (int i = 0; i < 20'000; ++i) objects += "{\"a\":";
    REQUIRE(breaks(st::rule::unknown_field, objects, 0, "expected dtype, shape and data_offsets"));

    REQUIRE(accepted("{ \t\r\n\"w\" : { \"shape\" : [ ] , \"data_offsets\" : [ 0 , 4 ] , \"dtype\" : \"F32\" } } ", 4));
}

TEST_CASE("escapes") {
    const auto named = [](std::string_view name) {
        return "{\"" + std::string(name) + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})";
    };
    for (const char* wrong : {R"(\x)", R"(\)", R"(\u12)", R"(\u12g4)", R"(\U0041)", R"(\ud800)", R"(\ud800x)", R"(\ud800\n)",
                              R"(\ud800\u0041)", R"(\ud800\ud800)", R"(\udc00)", R"(\u)"})
        REQUIRE(breaks(st::rule::json, named(wrong), 0, "header, byte "));
    const std::string file = file_of(named(R"(\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00)"), 0);
    REQUIRE(st::read(bytes_in(file))[0].name() == "\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    REQUIRE(st::read(bytes_in(file)).find("\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
}

TEST_CASE("no key stands twice") {
    const std::string one = R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
    REQUIRE(breaks(st::rule::duplicate_key, "{\"w\":" + one + ",\"w\":" + one + "}", 4, "the key \"w\" stands twice"));
    // However it is written.
    REQUIRE(breaks(st::rule::duplicate_key, "{\"w\":" + one + ",\"\\u0077\":" + one + "}", 4, "the header: the key"));
    REQUIRE(breaks(st::rule::duplicate_key, R"({"__metadata__":{"a":"1","b":"2","\u0061":"3"}})", 0, "__metadata__: the key"));
    REQUIRE(breaks(st::rule::duplicate_key, R"({"__metadata__":{},"__metadata__":{}})", 0, "the key \"__metadata__\""));
    REQUIRE(breaks(st::rule::duplicate_key, R"({"__metadata__":{},"__meta\u0064ata__":{}})", 0, "stands twice"));
    REQUIRE(breaks(st::rule::duplicate_key, tensor(R"("dtype":"F32","dtype":"F32")"), 0, "tensor \"w\": the key \"dtype\""));
    REQUIRE(breaks(st::rule::duplicate_key, tensor(R"("shape":[],"shape":[])"), 0, "the key \"shape\""));
    REQUIRE(breaks(st::rule::duplicate_key, tensor(R"("data_offsets":[0,0],"data_offsets":[0,0])"), 0, "the key \"data_offsets\""));
    REQUIRE(accepted(R"({"__metadata__":{"a":"1","A":"1","":"1"}})"));
}

TEST_CASE("the fields of a tensor") {
    REQUIRE(breaks(st::rule::unknown_field, tensor(R"("dtype":"F32","strides":[1])"), 0, "found \"strides\""));
    REQUIRE(breaks(st::rule::missing_field, tensor(""), 0, "tensor \"w\": has no dtype"));
    REQUIRE(breaks(st::rule::missing_field, tensor(R"("dtype":"F32","data_offsets":[0,4])"), 4, "has no shape"));
    REQUIRE(breaks(st::rule::missing_field, tensor(R"("dtype":"F32","shape":[])"), 4, "has no data_offsets"));
    REQUIRE(breaks(st::rule::unknown_dtype, tensor(R"("dtype":"f32")"), 0, "expected a dtype such as F32 or F64, found \"f32\""));
    REQUIRE(breaks(st::rule::unknown_dtype, tensor(R"("dtype":"")"), 0, "found \"\""));
    for (const st::dtype_facts& type : st::dtype_table) {
        const std::string bytes = std::to_string(type.bits);  // of 8 elements
        REQUIRE(accepted(tensor("\"dtype\":\"" + std::string(type.name) + "\",\"shape\":[2,4],\"data_offsets\":[0," + bytes + "]"),
                         type.bits));
    }
}

TEST_CASE("tensors fill the bytes after the header") {
    const auto two = [](std::string_view a, std::string_view b) {
        return "{\"b\":{\"dtype\":\"U8\",\"shape\":" + std::string(b) + "},\"a\":{\"dtype\":\"U8\",\"shape\":" + std::string(a) + "}}";
    };
    REQUIRE(accepted(two(R"([4],"data_offsets":[0,4])", R"([2],"data_offsets":[4,6])"), 6));
    REQUIRE(accepted(two(R"([4],"data_offsets":[2,6])", R"([2],"data_offsets":[0,2])"), 6));
    REQUIRE(accepted(two(R"([4],"data_offsets":[0,4])", R"([0],"data_offsets":[4,4])"), 4));
    REQUIRE(accepted(two(R"([4],"data_offsets":[0,4])", R"([3,0],"data_offsets":[0,0])"), 4));
    REQUIRE(breaks(st::rule::offsets_reversed, tensor(R"("dtype":"U8","shape":[2],"data_offsets":[2,0])"), 2,
                   "tensor \"w\": ends at byte 0, before it begins at 2"));
    REQUIRE(breaks(st::rule::not_contiguous, tensor(R"("dtype":"U8","shape":[1],"data_offsets":[1,2])"), 2,
                   "tensor \"w\": expected to begin at byte 0, where the one before it ends, but begins at 1"));
    REQUIRE(breaks(st::rule::not_contiguous, two(R"([4],"data_offsets":[0,4])", R"([2],"data_offsets":[5,7])"), 7, "begins at 5"));
    REQUIRE(breaks(st::rule::not_contiguous, two(R"([4],"data_offsets":[0,4])", R"([2],"data_offsets":[3,5])"), 5, "begins at 3"));
    REQUIRE(breaks(st::rule::not_contiguous, two(R"([4],"data_offsets":[0,4])", R"([4],"data_offsets":[0,4])"), 4, "begins at 0"));
    REQUIRE(breaks(st::rule::not_contiguous, two(R"([4],"data_offsets":[0,4])", R"([0],"data_offsets":[2,2])"), 4, "begins at 2"));
    REQUIRE(breaks(st::rule::buffer_not_covered, two(R"([4],"data_offsets":[0,4])", R"([2],"data_offsets":[4,6])"), 7,
                   "the tensors end at byte 6 of 7 after the header"));
    REQUIRE(breaks(st::rule::buffer_not_covered, two(R"([4],"data_offsets":[0,4])", R"([2],"data_offsets":[4,6])"), 5, "byte 6 of 5"));
    REQUIRE(breaks(st::rule::buffer_not_covered, "{}", 1, "byte 0 of 1"));
}

TEST_CASE("the size of a tensor") {
    const auto one = [](std::string_view dtype, std::string_view shape, std::string_view end) {
        return tensor("\"dtype\":\"" + std::string(dtype) + "\",\"shape\":[" + std::string(shape) + "],\"data_offsets\":[0," +
                      std::string(end) + "]");
    };
    REQUIRE(breaks(st::rule::size_overflow, one("U8", "4294967296,4294967296", "4"), 4, "2^64 bits or more"));
    REQUIRE(breaks(st::rule::size_overflow, one("U8", "4294967296,4294967296,0", "0"), 0, "2^64 bits or more"));
    REQUIRE(breaks(st::rule::size_overflow, one("U8", "18446744073709551615", "18446744073709551615"), 0, "2^64 bits or more"));
    REQUIRE(breaks(st::rule::size_overflow, one("F64", "288230376151711744", "0"), 0, "2^64 bits or more"));
    REQUIRE(breaks(st::rule::no_whole_bytes, one("F4", "3", "1"), 1, "a shape of 12 bits, which are no whole bytes"));
    REQUIRE(breaks(st::rule::no_whole_bytes, one("F6_E2M3", "5", "3"), 3, "30 bits"));
    REQUIRE(breaks(st::rule::size_mismatch, one("F32", "2", "4"), 4, "expected 8 bytes for its shape and dtype, found 4"));
    REQUIRE(breaks(st::rule::size_mismatch, one("F32", "2", "12"), 12, "found 12"));
    REQUIRE(breaks(st::rule::size_mismatch, one("F32", "", "0"), 0, "expected 4 bytes"));
    REQUIRE(breaks(st::rule::size_mismatch, one("F32", "0", "4"), 4, "expected 0 bytes"));
    REQUIRE(accepted(one("F32", "0,7", "0"), 0));
    REQUIRE(accepted(one("F32", "1,1,1,1,1,1,1,1,1,1,1,1", "4"), 4));
}

TEST_CASE("a long name is cut where it is quoted") {
    const std::string name(10'000, 'n');
    const outcome found = reading(file_of("{\"" + name + "\":{}}", 0));
    REQUIRE(found.refused);
    REQUIRE(found.sentence.size() < 200);
}
