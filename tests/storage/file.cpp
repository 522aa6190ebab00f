// SPDX-License-Identifier: BSL-1.0
// Files: read at once, and replaced as a whole or not at all.
#if defined(__unix__)

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

#include <chainfold/storage/file.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace storage_test;

namespace {

/// While it lives, no file of this process grows beyond so many bytes: a disk that is full.
class full_disk {
public:
    explicit full_disk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &kept_);
        const rlimit least{bytes, kept_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &least);
    }
    full_disk(const full_disk&) = delete;
    full_disk& operator=(const full_disk&) = delete;
    ~full_disk() {
        setrlimit(RLIMIT_FSIZE, &kept_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    void (*handler_)(int);
    rlimit kept_{};
};

void replace(const std::string& name, std::string_view text) {
    cf::replacement_file file(name);
    file.write(text);
    file.commit();
}

}  // namespace

TEST_CASE("a file is replaced when it is complete") {
    const scratch_folder folder;
    replace(folder("a"), "first");
    CHECK(content(folder("a")) == "first");
    {
        cf::replacement_file file(folder("a"));
        file.write("sec");
        file.write("ond");
        CHECK(content(folder("a")) == "first");
        CHECK(folder.count() == 2);  // the old one, and the new one beside it
        file.commit();
        CHECK(content(folder("a")) == "second");
    }
    CHECK(folder.count() == 1);
    replace(folder("empty"), "");
    CHECK(cf::read_file(folder("empty")).bytes.empty());
    struct stat status {};
    REQUIRE(stat(folder("a").c_str(), &status) == 0);
    const mode_t mask = umask(0);
    umask(mask);
    CHECK((status.st_mode & 0777u) == (0666u & ~mask));  // as any file that a program makes
}
TEST_CASE("without a commit the old file stays and the new one goes") {
    const scratch_folder folder;
    replace(folder("a"), "first");
    {
        cf::replacement_file file(folder("a"));
        file.write("second");
    }
    CHECK(content(folder("a")) == "first");
    CHECK(folder.count() == 1);
}
TEST_CASE("on a full disk the old file stays and the new one goes") {
    const scratch_folder folder;
    replace(folder("a"), "first");
    for (const std::size_t size : {std::size_t{100}, std::size_t{1'000'000}}) {  // found when flushed, and when written
        const full_disk limit(50);
        const std::string text(size, 'x');
        const std::string sentence = said_by([&] { replace(folder("a"), text); });
        CHECK(says(sentence, folder("a") + ": cannot be written: File too large"));
        CHECK(content(folder("a")) == "first");
        CHECK(folder.count() == 1);
    }
    replace(folder("a"), std::string(100, 'y'));
    CHECK(content(folder("a")).size() == 100);
}
TEST_CASE("folders that cannot be written or do not exist") {
    const scratch_folder folder;
    CHECK(says(said_by([&] { replace(folder("none/a"), "x"); }), folder("none/a") + ": cannot be written: No such file"));
    CHECK(says(said_by([&] { replace("/proc/a", "x"); }), "/proc/a: cannot be written: "));
    if (geteuid() != 0) {
        replace(folder("a"), "first");
        REQUIRE(chmod(folder("").c_str(), 0500) == 0);
        CHECK(says(said_by([&] { replace(folder("a"), "x"); }), "Permission denied"));
        CHECK(content(folder("a")) == "first");
    }
}
TEST_CASE("a name that is a folder stays one") {
    const scratch_folder folder;
    std::filesystem::create_directory(folder("a"));
    CHECK(says(said_by([&] { replace(folder("a"), "x"); }), "cannot be written: Is a directory"));
    CHECK(folder.count() == 1);
}
TEST_CASE("two at once, and what a killed program left, do not meet") {
    const scratch_folder folder;
    std::string temporary;
    {
        const cf::replacement_file file(folder("a"));
        temporary = std::filesystem::directory_iterator(folder(""))->path().string();
    }
    const std::size_t dash = temporary.rfind('-') + 1;
    const std::string next = temporary.substr(0, dash) + std::to_string(std::stoi(temporary.substr(dash)) + 1);
    put(next, "left");
    cf::replacement_file one(folder("a")), two(folder("a"));
    one.write("one");
    two.write("two");
    one.commit();
    CHECK(content(folder("a")) == "one");
    two.commit();
    CHECK(content(folder("a")) == "two");
    CHECK(content(next) == "left");

    std::vector<std::thread> writers;
    for (char c = 'a'; c < 'e'; ++c)
        writers.emplace_back([&folder, c] {
            for (int i = 0; i < 20; ++i) replace(folder("shared"), std::string(10'000, c));
        });
    for (std::thread& writer : writers) writer.join();
    const std::string last = content(folder("shared"));
    CHECK(last == std::string(10'000, last[0]));
}
TEST_CASE("files that cannot be read") {
    const scratch_folder folder;
    CHECK(said_by([&] { cf::read_file(folder("none")); }) == folder("none") + ": cannot be opened: No such file or directory");
    CHECK(says(said_by([&] { cf::read_file(folder("")); }), "is not a file but a folder or a device"));
    CHECK(says(said_by([] { cf::read_file("/dev/zero"); }), "is not a file but a folder or a device"));
    put(folder("a"), std::string("x\0y", 3));
    CHECK(cf::read_file(folder("a")).text() == std::string_view("x\0y", 3));
}

#endif
