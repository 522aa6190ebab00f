// SPDX-License-Identifier: BSL-1.0
// Any bytes at all, read as .npy, IDX, CSV and gzip: refused or read, in memory of the order of the file.
#include <chainfold/storage/csv.hpp>
#include <chainfold/storage/gzip.hpp>
#include <chainfold/storage/idx.hpp>
#include <chainfold/storage/npy.hpp>

#include "fuzz/memory.hpp"

namespace cf = chainfold;

namespace {

void check(bool right) {
    if (!right) __builtin_trap();
}
/// The most times its size that a file may take: a byte becomes a double, and twice where its order changes; a field of
/// text takes a std::string.
constexpr std::size_t growth = 64, at_least = 1 << 14;

template <class F>
void read(std::size_t size, F f) {
    const fuzz::memory_limit limit(growth * size + at_least);
    try {
        f();
    } catch (const cf::storage_error&) {
    }
}
template <class T>
void check(const cf::ndarray<T>& a, std::size_t size) {
    std::size_t count = 1;
    for (const std::size_t n : a.shape) count *= n;
    check(count == a.size() && count <= size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const cf::file_contents file{"file", {bytes.begin(), bytes.end()}};
    read(size, [&] { check(cf::read_npy<double>(file), size); });
    read(size, [&] { check(cf::read_npy<std::int16_t>(file), size); });
    read(size, [&] { check(cf::read_idx<float>(file), size); });
    read(size, [&] { check(cf::read_idx<std::uint8_t>(file), size); });
    read(size, [&] {
        const auto t = cf::read_csv<float>(file);
        check(t.rows > 0 && t.inputs.size() == t.rows * t.columns);
    });
    read(size, [&] {
        const auto t = cf::read_csv<double>(file, {.label = -1, .targets = {0}, .header = cf::csv_header::absent, .separator = ';'});
        check(t.labels.size() == t.rows);
        for (const std::size_t label : t.labels) check(label < t.classes.size());
    });
    constexpr std::size_t limit = 1 << 16;
    try {
        check(cf::gunzip(file, limit).bytes.size() <= std::max(limit, size));
    } catch (const cf::storage_error&) {
    }
    return 0;
}
