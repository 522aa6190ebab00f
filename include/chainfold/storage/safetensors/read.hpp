// SPDX-License-Identifier: BSL-1.0
#pragma once

// Any tensors with names, from a safetensors file.
//
//     const auto file = chainfold::safetensors::read_file("model.safetensors");
//     for (const auto tensor : file.tensors()) std::puts(tensor.name().c_str());
//     const std::vector<float> bias = file.tensors().at("0.bias").values<float>();
//
// Nothing in a file is believed before it is checked: a view exists only of bytes that keep every rule of the format
// (rule.hpp).  Reading takes no more memory than the header is long, and time in proportion to it (n log n for n names).

#include <memory>
#include <optional>
#include <utility>

#include <chainfold/storage/file.hpp>
#include <chainfold/storage/safetensors/header.hpp>

namespace chainfold::safetensors {

/// A tensor in the bytes of a file; valid as long as they are.
class tensor {
public:
    tensor(const header_entry& entry, const std::byte* buffer, std::string_view file)
        : entry_(entry), bytes_(buffer + entry.begin, static_cast<std::size_t>(entry.end - entry.begin)), file_(file) {}

    [[nodiscard]] std::string name() const { return entry_.name.str(); }
    [[nodiscard]] dtype type() const { return entry_.type; }
    [[nodiscard]] std::vector<std::size_t> shape() const {
        std::vector<std::size_t> extents;
        entry_.each_extent([&](std::uint64_t n) { extents.push_back(static_cast<std::size_t>(n)); });
        return extents;
    }
    /// The number of elements.
    [[nodiscard]] std::size_t size() const { return bytes_.size() * 8 / facts_of(type()).bits; }
    /// As they stand in the file: little-endian, row-major, not aligned.
    [[nodiscard]] byte_span bytes() const { return bytes_; }

    /// Copies the elements, which must be of type T and as many as there is room for; throws storage_error.
    template <Stored T>
    void copy_to(std::span<T> to) const {
        if (type() != dtype_of<T>)
            chainfold::detail::fail(who() + "expected dtype " + std::string(name_of(dtype_of<T>)) + ", found " +
                                    std::string(name_of(type())));
        if (size() != to.size())
            chainfold::detail::fail(who() + "expected " + std::to_string(to.size()) + " numbers, found " +
                                    std::to_string(size()));
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i] = number_at<std::endian::little, T>(bytes_.data() + i * sizeof(T));
    }
    template <Stored T>
    [[nodiscard]] std::vector<T> values() const {
        std::vector<T> copy(type() == dtype_of<T> ? size() : 0);
        copy_to(std::span<T>(copy));
        return copy;
    }

private:
    [[nodiscard]] std::string who() const {
        return std::string(file_) + ": " + detail::name_in_sentence(entry_.name) + ": ";
    }

    header_entry entry_;
    byte_span bytes_;
    std::string_view file_;
};

/// The tensors and metadata in the bytes of a file, which must outlive it.  Tensors are ordered by name.
class view {
public:
    /// Throws format_error unless the bytes keep every rule of the format.  `name` is what complaints begin with.
    explicit view(byte_span bytes, std::string_view name = "safetensors") : name_(name) {
        const complaint complain{name_};
        if (bytes.size() < 8)
            complain(rule::header_too_small, "expected 8 bytes with the header's length, found " +
                                                 std::to_string(bytes.size()) + " bytes in all");
        const auto length = number_at<std::endian::little, std::uint64_t>(bytes.data());
        if (length > longest_header)
            complain(rule::header_too_large, "a header of at most " + std::to_string(longest_header) +
                                                 " bytes is allowed, found " + std::to_string(length));
        if (length > bytes.size() - 8)
            complain(rule::header_outside, "a header of " + std::to_string(length) + " bytes is announced, but " +
                                               std::to_string(bytes.size() - 8) + " follow");
        header_ = {reinterpret_cast<const char*>(bytes.data()) + 8, static_cast<std::size_t>(length)};
        const byte_span buffer = bytes.subspan(8 + header_.size());
        buffer_ = buffer.data();
        if (header_.empty() || header_.front() != '{')
            complain(rule::header_start, "expected a header that begins with {");
        if (const std::size_t end = end_of_utf8(header_); end != header_.size())
            complain(rule::utf8, "header, byte " + std::to_string(end) + ": is not UTF-8");
        entries_ = detail::entries_of(header_, complain);
        detail::check_layout(entries_, buffer.size(), complain);
        detail::order_by_name(entries_);
    }

    /// A header of more bytes is refused, as by the reference implementation.
    static constexpr std::uint64_t longest_header = 100'000'000;

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] tensor operator[](std::size_t i) const { return {entries_[i], buffer_, name_}; }
    [[nodiscard]] std::optional<tensor> find(std::string_view name) const {
        const auto at = std::lower_bound(entries_.begin(), entries_.end(), name,
                                         [](const header_entry& e, std::string_view n) { return e.name.compare(n) < 0; });
        if (at == entries_.end() || !(at->name == name)) return std::nullopt;
        return tensor(*at, buffer_, name_);
    }
    /// The tensor of this name; throws storage_error where there is none.
    [[nodiscard]] tensor at(std::string_view name) const {
        const auto found = find(name);
        if (!found) chainfold::detail::fail(std::string(name_) + ": has no tensor " + chainfold::detail::quoted(name));
        return *found;
    }

    /// Calls f(key, text) for all metadata.
    template <class F>
    void each_metadata(F f) const {
        detail::header_reader(header_, complaint{name_})
            .read([&](json_text key, json_text value) { f(key.str(), value.str()); }, [](const header_entry&) {});
    }
    [[nodiscard]] std::optional<std::string> metadata(std::string_view key) const {
        std::optional<std::string> found;
        detail::header_reader(header_, complaint{name_})
            .read([&](json_text k, json_text value) { if (k == key) found = value.str(); }, [](const header_entry&) {});
        return found;
    }

    class iterator {
    public:
        iterator(const view& of, std::size_t at) : of_(&of), at_(at) {}
        tensor operator*() const { return (*of_)[at_]; }
        iterator& operator++() {
            ++at_;
            return *this;
        }
        friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        const view* of_;
        std::size_t at_;
    };
    [[nodiscard]] iterator begin() const { return {*this, 0}; }
    [[nodiscard]] iterator end() const { return {*this, size()}; }

private:
    std::string_view name_;
    std::string_view header_;
    const std::byte* buffer_ = nullptr;
    std::vector<header_entry> entries_;
};

/// The tensors in these bytes, which must outlive the view.
inline view read(byte_span bytes, std::string_view name = "safetensors") { return view(bytes, name); }

/// A file that was read and its tensors.
class file {
public:
    explicit file(file_contents contents)
        : contents_(std::make_unique<file_contents>(std::move(contents))),
          tensors_(contents_->bytes, contents_->name) {}
    [[nodiscard]] const view& tensors() const { return tensors_; }

private:
    std::unique_ptr<file_contents> contents_;  // which stays where it is when the owner moves
    view tensors_;
};

/// Reads a file; throws format_error where it breaks a rule, storage_error where it cannot be read.
inline file read_file(const std::string& name) { return file(chainfold::read_file(name)); }

}  // namespace chainfold::safetensors
