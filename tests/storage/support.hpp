// SPDX-License-Identifier: BSL-1.0
// What the tests of storage/ share: files in a folder of their own, and sentences of errors.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <chainfold/storage/bytes.hpp>
#include <chainfold/storage/error.hpp>

namespace storage_test {

/// A folder that is removed with what is in it.
class scratch_folder {
public:
    scratch_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "chainfold-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string operator()(std::string_view name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
    }

private:
    std::filesystem::path path_;
};

inline void put(const std::string& name, std::string_view text) {
    std::ofstream(name, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}
inline std::string content(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline chainfold::byte_span bytes_in(std::string_view text) { return std::as_bytes(std::span(text)); }
inline std::vector<std::byte> copy_of(std::string_view text) {
    const auto bytes = bytes_in(text);
    return {bytes.begin(), bytes.end()};
}

/// What an error of this class says; "nothing" if there is none.
template <class Error = chainfold::storage_error, class F>
std::string said_by(F f) {
    try {
        f();
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing";
}
inline bool says(std::string_view sentence, std::string_view part) { return sentence.find(part) != std::string_view::npos; }

}  // namespace storage_test
