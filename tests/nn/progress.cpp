// The line that counts epochs: on a terminal, and nowhere else.
#if defined(__unix__)

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

/// Trains with stderr going to another file; a callback that speaks writes there, too.
void train_with_errors_to(int file, bool progress, bool speaks = false) {
    const int kept = dup(STDERR_FILENO);
    dup2(file, STDERR_FILENO);
    nn::sequential<double, nn::linear<1, 1>> net{nn::seed{1}};
    const double in[] = {1, 2}, out[] = {2, 3};
    nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::squared_error{}, nn::sgd{.learning_rate = 10}, {.epochs = 3, .progress = progress}, nn::mae,
              nn::inspection{}, [&](const nn::epoch_report& r) { if (speaks) std::fprintf(stderr, "told %d\n", r.epoch); });
    std::fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
}

std::string written_to_a_terminal(bool progress, bool speaks = false) {
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) return "no terminal";
    const int file = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    train_with_errors_to(file, progress, speaks);
    close(file);  // then reading ends where what was written ends
    std::string shown;
    char text[4096];
    for (ssize_t length = 0; (length = read(terminal, text, sizeof text)) > 0;)
        shown.append(text, static_cast<std::size_t>(length));
    close(terminal);
    return shown;
}

}  // namespace

TEST_CASE("no progress line in a file") {
    std::FILE* const file = std::tmpfile();
    REQUIRE(file != nullptr);
    train_with_errors_to(fileno(file), true);
    std::fseek(file, 0, SEEK_END);
    CHECK(std::ftell(file) == 0);
    std::fclose(file);
}
TEST_CASE("times and rates as people say them") {
    using nn::detail::short_number, nn::detail::short_time;
    CHECK((short_number(850) == "850" && short_number(48210) == "48.2 k" && short_number(3.14e6) == "3.1 M"));
    CHECK((short_time(42.4) == "42 s" && short_time(185) == "3 min 5 s" && short_time(7800) == "2 h 10 min"));
}
TEST_CASE("what was not finite is said wherever stderr goes, if anything is to be said") {
    const auto length = [](bool progress) {
        std::FILE* const file = std::tmpfile();
        const int kept = dup(STDERR_FILENO);
        dup2(fileno(file), STDERR_FILENO);
        nn::sequential<double, nn::linear<1, 1>> net;
        const double in[] = {1, HUGE_VAL}, out[] = {2, 3};
        nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::squared_error{}, nn::sgd{}, {.progress = progress});
        std::fflush(stderr);
        dup2(kept, STDERR_FILENO);
        close(kept);
        std::fseek(file, 0, SEEK_END);
        const long end = std::ftell(file);
        std::fclose(file);
        return end;
    };
    CHECK(length(true) > 60);
    CHECK(length(false) == 0);
}
TEST_CASE("a progress line on a terminal, if it is wanted") {
    const std::string shown = written_to_a_terminal(true);
    if (shown == "no terminal") return;
    CHECK(shown.find("epoch 1 of 3, loss ") != std::string::npos);
    CHECK(shown.find("epoch 3 of 3, loss ") != std::string::npos);
    CHECK(shown.find(", mean absolute error ") != std::string::npos);
    CHECK(shown.find(" samples/s, ") != std::string::npos);
    CHECK(shown.find(" left") != std::string::npos);
    CHECK(shown.find("train: step 1: the steps are too long: 0.weight moved by ") != std::string::npos);
    CHECK(written_to_a_terminal(false).empty());
}
TEST_CASE("what a callback writes has a line of its own") {
    const std::string shown = written_to_a_terminal(true, true);
    if (shown == "no terminal") return;
    CHECK(shown.find(" left\033[K\r\033[Ktold 3\r\n") != std::string::npos);
    CHECK(shown.find("\n\r\033[Ktold") == std::string::npos);  // no line, nothing to clear
}

#endif
