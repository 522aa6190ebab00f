// SPDX-License-Identifier: BSL-1.0
#pragma once

// Files as a whole: read at once; written beside their place and then moved there, so that under its name a file is
// always complete, the old one or the new one.

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <chainfold/storage/bytes.hpp>
#include <chainfold/storage/error.hpp>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <filesystem>
#endif

namespace chainfold {

/// The bytes of a file, and its name for what is said about it.
struct file_contents {
    std::string name{};
    std::vector<std::byte> bytes{};

    [[nodiscard]] std::string_view text() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
};

namespace detail {

[[noreturn]] inline void fail_by_system(const std::string& name, const char* doing, int error) {
    fail(name + ": " + doing + ": " + std::strerror(error));
}

/// A FILE that is closed.
class open_file {
public:
    open_file(const std::string& name, const char* mode) : file_(std::fopen(name.c_str(), mode)) {}
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;
    ~open_file() {
        if (file_ != nullptr) std::fclose(file_);
    }
    [[nodiscard]] std::FILE* get() const { return file_; }
    /// Closes now; whether all went well.
    bool close() {
        std::FILE* const file = std::exchange(file_, nullptr);
        return std::fclose(file) == 0;
    }

private:
    std::FILE* file_;
};

}  // namespace detail

/// Reads a file; throws storage_error with the system's reason where that fails.
inline file_contents read_file(const std::string& name) {
    const detail::open_file file(name, "rb");
    if (file.get() == nullptr) detail::fail_by_system(name, "cannot be opened", errno);
    if (std::fseek(file.get(), 0, SEEK_END) != 0) detail::fail_by_system(name, "cannot be read", errno);
    const long size = std::ftell(file.get());
    if (size < 0) detail::fail_by_system(name, "cannot be read", errno);
#if defined(__unix__) || defined(__APPLE__)
    struct stat status {};
    if (fstat(fileno(file.get()), &status) == 0 && !S_ISREG(status.st_mode))
        detail::fail(name + ": is not a file but a folder or a device");
#endif
    std::rewind(file.get());
    file_contents contents{name, std::vector<std::byte>(static_cast<std::size_t>(size))};
    if (std::fread(contents.bytes.data(), 1, contents.bytes.size(), file.get()) != contents.bytes.size())
        detail::fail(name + ": cannot be read to its end: expected " + std::to_string(size) + " bytes");
    return contents;
}

/// A file that takes the place of another when it is complete: it is written to a temporary file in the same folder,
/// brought to the disk, and renamed by commit().  Without a commit the place is left as it was.  A symbolic link is
/// itself replaced.  Throws storage_error.
class replacement_file {
public:
    explicit replacement_file(std::string name)
        : name_(std::move(name)), temporary_(free_name(name_)), file_(temporary_, "wbx") {
        if (file_.get() == nullptr) detail::fail_by_system(name_, "cannot be written", errno);
    }
    replacement_file(const replacement_file&) = delete;
    replacement_file& operator=(const replacement_file&) = delete;
    ~replacement_file() {
        if (!committed_ && file_.get() != nullptr) std::remove(temporary_.c_str());
    }

    void write(byte_span bytes) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) give_up(errno);
    }
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }

    void commit() {
        if (std::fflush(file_.get()) != 0 || !reaches_disk()) give_up(errno);
        if (!file_.close() || !replaces()) give_up(errno);
        committed_ = true;
        folder_reaches_disk();
    }

private:
    [[noreturn]] void give_up(int error) {
        std::remove(temporary_.c_str());
        committed_ = true;  // there is nothing left to remove
        detail::fail_by_system(name_, "cannot be written", error);
    }
    // Unlike those of other threads and processes, and of those that were killed.
    static std::string free_name(const std::string& name) {
        static std::atomic<unsigned> counter = 0;
        std::string found;
        do {
            found = name + ".new-";
#if defined(__unix__) || defined(__APPLE__)
            found += std::to_string(getpid()) + "-";
#endif
            found += std::to_string(counter++);
        } while (detail::open_file(found, "rb").get() != nullptr);
        return found;
    }
    [[nodiscard]] bool reaches_disk() const {
#if defined(__unix__) || defined(__APPLE__)
        return fsync(fileno(file_.get())) == 0;
#else
        return true;
#endif
    }
    [[nodiscard]] bool replaces() const {
#if defined(__unix__) || defined(__APPLE__)
        return std::rename(temporary_.c_str(), name_.c_str()) == 0;
#else
        std::error_code error;
        std::filesystem::rename(temporary_, name_, error);
        errno = error.value();
        return !error;
#endif
    }
    // So that the new name, too, outlives a power cut.  Some file systems cannot do it; the file is complete anyway.
    void folder_reaches_disk() const {
#if defined(__unix__) || defined(__APPLE__)
        const std::size_t slash = name_.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : name_.substr(0, slash + 1);
        const int handle = open(folder.c_str(), O_RDONLY);
        if (handle < 0) return;
        (void)fsync(handle);
        close(handle);
#endif
    }

    std::string name_;
    std::string temporary_;
    detail::open_file file_;
    bool committed_ = false;
};

}  // namespace chainfold
