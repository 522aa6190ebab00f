// SPDX-License-Identifier: BSL-1.0
// Tensors with names, written and read again.
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include <chainfold/storage/safetensors/read.hpp>
#include <chainfold/storage/safetensors/write.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace st = chainfold::safetensors;
using namespace storage_test;

TEST_CASE("what is written is read, to the last bit") {
    const std::vector<float> f{1.5f, -0.0f, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::denorm_min(), 0.1f, 7};
    const std::array<double, 2> d{0.1, std::nan("")};
    const std::vector<std::int64_t> i{std::numeric_limits<std::int64_t>::min(), -1};
    const std::vector<std::uint64_t> u{std::numeric_limits<std::uint64_t>::max()};
    const std::vector<std::uint8_t> bytes{1, 2, 3};
    const std::vector<float> none;
    const auto file = st::write({st::named("f", f, {2, 3}), st::named("d", d), st::named("i", i), st::named("u", u, {}),
                                 st::named("bytes", bytes), st::named("none", none, {0, 5})},
                                {{"key", "a \"text\"\n\x01 \xe2\x82\xac"}, {"", ""}});
    const st::view view = st::read(file);
    REQUIRE(view.size() == 6);
    const auto same = [](const auto& a, const auto& b) {
        return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(a[0])) == 0;
    };
    CHECK(same(view.at("f").values<float>(), f));
    CHECK(same(view.at("d").values<double>(), d));
    CHECK(same(view.at("i").values<std::int64_t>(), i));
    CHECK(same(view.at("u").values<std::uint64_t>(), u));
    CHECK(same(view.at("bytes").values<std::uint8_t>(), bytes));
    CHECK(view.at("none").values<float>().empty());
    CHECK(view.at("f").shape() == std::vector<std::size_t>{2, 3});
    CHECK(view.at("d").shape() == std::vector<std::size_t>{2});
    CHECK(view.at("u").shape().empty());
    CHECK(view.at("u").size() == 1);
    CHECK(view.at("none").shape() == std::vector<std::size_t>{0, 5});
    CHECK(view.metadata("key") == "a \"text\"\n\x01 \xe2\x82\xac");
    CHECK(view.metadata("") == "");
    CHECK(!view.metadata("other"));
    std::size_t pairs = 0;
    view.each_metadata([&](const std::string&, const std::string&) { ++pairs; });
    CHECK(pairs == 2);
    std::string names;
    for (const st::tensor tensor : view) names += tensor.name() + " ";
    CHECK(names == "bytes d f i none u ");
    CHECK(!view.find("g"));
    CHECK(!view.find(""));
}

TEST_CASE("the file is the one that the reference implementation writes") {
    const std::vector<float> a{1}, b{2};
    const std::vector<double> c{3};
    const auto file = st::write({st::named("b", b), st::named("a", a), st::named("c", c, {})}, {{"k", "v"}});
    const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
    const std::string header =
        R"({"__metadata__":{"k":"v"},"c":{"dtype":"F64","shape":[],"data_offsets":[0,8]},)"
        R"("a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}})";
    CHECK(text.substr(8, header.size()) == header);
    CHECK(text.find_first_not_of(' ', 8 + header.size()) == (8 + header.size() + 7) / 8 * 8);
    CHECK(text.size() == (8 + header.size() + 7) / 8 * 8 + 16);
    CHECK(static_cast<unsigned char>(text[0]) == (header.size() + 7) / 8 * 8);
}

TEST_CASE("elements are copied only into their own type and number") {
    const std::vector<float> f{1, 2};
    const auto file = st::write({st::named("w", f)});
    const st::view view = st::read(file, "file");
    std::array<float, 3> room{9, 9, 9};
    CHECK(said_by([&] { view.at("w").copy_to(std::span<float>(room)); }) == "file: tensor \"w\": expected 3 numbers, found 2");
    CHECK(room[0] == 9);
    CHECK(said_by([&] { (void)view.at("w").values<double>(); }) == "file: tensor \"w\": expected dtype F64, found F32");
    CHECK(said_by([&] { (void)view.at("v"); }) == "file: has no tensor \"v\"");
}

TEST_CASE("what the format cannot hold is refused") {
    const std::vector<float> f{1, 2};
    const auto refusal = [](std::vector<st::named_tensor> tensors, const st::metadata_list& metadata = {}) {
        return said_by<std::invalid_argument>([&] { (void)st::write(tensors, metadata); });
    };
    CHECK(says(refusal({st::named("w", f), st::named("w", f)}), "two tensors are named \"w\""));
    CHECK(says(refusal({st::named("__metadata__", f)}), "keeps this name"));
    CHECK(says(refusal({st::named("\xff", f)}), "UTF-8"));
    CHECK(says(refusal({st::named("w", f, {3})}), "expected 12 bytes for the shape (3), found 8"));
    CHECK(says(refusal({st::named("w", f, {std::size_t{1} << 62, 16})}), "found 8"));
    CHECK(says(refusal({{"w", st::dtype::f4, {2}, bytes_in("x")}}), "less than a byte"));
    CHECK(says(refusal({}, {{"a", "1"}, {"a", "2"}}), "the key \"a\" twice"));
    CHECK(says(refusal({}, {{"a", "\xc0"}}), "UTF-8"));
}

TEST_CASE("an owned file can be moved") {
    const scratch_folder folder;
    const std::vector<float> f{1, 2};
    st::write_file(folder("w.safetensors"), {st::named("w", f)});
    st::file first = st::read_file(folder("w.safetensors"));
    const st::file second = std::move(first);
    CHECK(second.tensors().at("w").values<float>() == f);
    CHECK(says(said_by([&] { (void)second.tensors().at("v"); }), folder("w.safetensors")));
}
