// SPDX-License-Identifier: BSL-1.0
// Any bytes at all, read as a safetensors file: either refused or kept in every rule, written again to the same tensors,
// and never with more memory than the file has bytes.
#include <cstdint>
#include <cstring>

#include <chainfold/storage/safetensors/read.hpp>
#include <chainfold/storage/safetensors/write.hpp>

#include "fuzz/memory.hpp"

namespace st = chainfold::safetensors;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

void check(bool right) {
    if (!right) __builtin_trap();
}

/// Everything that a view can be asked.
void look_at(const st::view& view, chainfold::byte_span file) {
    std::size_t covered = 8 + static_cast<std::size_t>(chainfold::number_at<std::endian::little, std::uint64_t>(file.data()));
    std::string before;
    bool first = true;
    for (const st::tensor tensor : view) {
        const std::string name = tensor.name();
        check(chainfold::safetensors::end_of_utf8(name) == name.size());
        check(first || before < name);
        first = false;
        const auto found = view.find(name);
        check(found && found->bytes().data() == tensor.bytes().data());
        covered += tensor.bytes().size();
        before = name;
        if (tensor.type() == st::dtype::f32) check(tensor.values<float>().size() == tensor.size());
        if (tensor.type() == st::dtype::i64) check(tensor.values<std::int64_t>().size() == tensor.size());
        std::size_t elements = 1;
        for (const std::size_t n : tensor.shape()) elements *= n;
        check(elements == tensor.size());
    }
    check(covered == file.size());
    st::metadata_list metadata;
    view.each_metadata([&](const std::string& key, const std::string& value) { metadata.emplace_back(key, value); });
    for (const auto& [key, value] : metadata) check(view.metadata(key) == value);

    std::vector<st::named_tensor> tensors;
    for (const st::tensor tensor : view) {
        if (st::facts_of(tensor.type()).bits < 8) return;
        tensors.push_back({tensor.name(), tensor.type(), tensor.shape(), tensor.bytes()});
    }
    const std::vector<std::byte> written = st::write(tensors, metadata);
    const st::view again(written);
    check(again.size() == view.size());
    for (std::size_t i = 0; i < view.size(); ++i) {
        const st::tensor a = view[i], b = again[i];
        check(a.name() == b.name() && a.type() == b.type() && a.shape() == b.shape());
        check(a.bytes().size() == b.bytes().size() &&
              (a.bytes().empty() || std::memcmp(a.bytes().data(), b.bytes().data(), a.bytes().size()) == 0));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const chainfold::byte_span file = std::as_bytes(std::span(data, size));
    std::optional<st::view> view;
    {
        const fuzz::memory_limit limit(size);
        try {
            view.emplace(file);
        } catch (const st::format_error&) {
            return 0;
        }
        check(limit.peak() <= size);
    }
    look_at(*view, file);
    return 0;
}

// Most mutations of a file make its header's length wrong and go no further: three of four times it is put right, so
// that the header ends with the last brace.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    size = LLVMFuzzerMutate(data, size, most);
    if (size < 10 || seed % 4 == 0) return size;
    std::size_t end = size;
    while (end > 9 && data[end - 1] != '}') --end;
    if (end == 9) return size;
    const auto length = chainfold::bytes_of<std::endian::little>(static_cast<std::uint64_t>(end - 8));
    std::memcpy(data, length.data(), 8);
    return size;
}
