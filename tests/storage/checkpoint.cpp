// SPDX-License-Identifier: BSL-1.0
// A run that is killed again and again ends with the weights of one that was left alone, bit by bit.
#if defined(__unix__) && defined(__cpp_exceptions)

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/optimiser/adam.hpp>
#include <chainfold/nn/train.hpp>
#include <chainfold/storage/checkpoint.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

/// What a child process dies of, in the middle of a run.
struct death {
    int after_batch = 0;  // SIGKILL from within, after so many batches of this process
    int in_write = 0;     // a signal in the middle of this checkpoint's file
    int tell = -1;        // a byte into this pipe after each batch, for a parent that kills when it likes
};

/// A checkpoint that may not live to see its end.
struct deadly_checkpoint {
    cf::checkpoint to;
    death of;
    int batches = 0, writes = 0;

    void restore(auto& state) { to.restore(state); }
    void reached(auto& state) {
        if (++writes == of.in_write) {
            const rlimit little{700, 700};
            setrlimit(RLIMIT_FSIZE, &little);
        }
        to.reached(state);
    }
    void on_batch(const nn::batch_report&) {
        if (++batches == of.after_batch) raise(SIGKILL);
        if (of.tell >= 0 && write(of.tell, "b", 1) != 1) _exit(3);
    }
};

std::string temporary_name() {
    char name[] = "/tmp/chainfold-checkpoint-XXXXXX";
    const int file = mkstemp(name);
    close(file);
    std::remove(name);
    return name;
}

/// Thirty points of y = sin x, told apart by their order.
struct points {
    std::vector<double> x{}, y{};
    points() {
        for (int i = 0; i < 30; ++i) x.push_back(0.2 * i - 3), y.push_back(x.back() - x.back() * x.back() * x.back() / 8);
    }
    [[nodiscard]] nn::dataset<double> data() const { return {cf::batch(x), cf::batch(y)}; }
};

struct outcome {
    std::vector<double> weights{};
    nn::training_history history{};
    friend bool operator==(const outcome& a, const outcome& b) {
        return a.weights.size() == b.weights.size() &&
               std::memcmp(a.weights.data(), b.weights.data(), a.weights.size() * sizeof(double)) == 0 &&
               a.history.loss == b.history.loss && a.history.validation_loss == b.history.validation_loss &&
               a.history.learning_rate == b.history.learning_rate && a.history.end == b.history.end &&
               a.history.best_epoch == b.history.best_epoch && a.history.warnings == b.history.warnings &&
               a.history.layers.gradient == b.history.layers.gradient;
    }
};

template <class Net>
outcome of(const Net& net, const nn::training_history& history) {
    return {std::vector<double>(net.data(), net.data() + Net::stored::size), history};
}

/// Momentum, early stopping and a look at the layers.
struct with_sgd {
    template <class... Part>
    outcome operator()(Part&&... parts) const {
        static const points p;
        nn::sequential<double, nn::linear<1, 6>, nn::tanh, nn::linear<6, 1>> net{nn::seed{1}};
        return of(net, nn::train(net, p.data(), nn::squared_error{},
                                 nn::sgd{.learning_rate = nn::on_plateau{.from = 0.3, .factor = 0.5, .patience = 1}, .momentum = 0.9},
                                 {.epochs = 12, .batch_size = 4, .clip_norm = 5, .seed = 7, .progress = false},
                                 nn::validation_split{.fraction = 0.25}, nn::early_stopping{.patience = 8},
                                 nn::inspection{.every = 5, .vanishing = 0.9}, parts...));
    }
};
/// Two moments, running statistics, dropout's random numbers.
struct with_adam {
    template <class... Part>
    outcome operator()(Part&&... parts) const {
        static const points p;
        nn::sequential<double, nn::linear<1, 6>, nn::batch_norm<6>, nn::relu, nn::dropout<0.25>, nn::linear<6, 1>> net{nn::seed{1}};
        return of(net, nn::train(net, p.data(), nn::squared_error{}, nn::adam{.learning_rate = nn::cosine{.from = 0.03}},
                                 {.epochs = 6, .batch_size = 5, .l2 = 0.01, .seed = 3, .progress = false}, parts...));
    }
};

/// Runs in a child process until it ends or dies; true if it ended by itself.
template <class Run>
bool survived(const Run& run, const cf::checkpoint& to, const death& how, int kill_after_bytes = -1) {
    int pipes[2];
    REQUIRE(pipe(pipes) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        close(pipes[0]);
        death mine = how;
        if (kill_after_bytes >= 0) mine.tell = pipes[1];
        run(deadly_checkpoint{to, mine});
        _exit(0);
    }
    close(pipes[1]);
    if (kill_after_bytes >= 0) {
        char byte = 0;
        int told = 0;
        while (told < kill_after_bytes && read(pipes[0], &byte, 1) == 1) ++told;
        kill(child, SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    close(pipes[0]);
    REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
    return WIFEXITED(status);
}

/// Dies in different places until nothing is left to do; the number of deaths.
template <class Run>
int die_and_go_on(const Run& run, const cf::checkpoint& to) {
    const death deaths[] = {{.after_batch = 1}, {.after_batch = 7},  {.in_write = 1}, {.in_write = 3}, {.after_batch = 2},
                            {.in_write = 2},    {.after_batch = 11}, {.in_write = 5}, {.after_batch = 5}};
    int died = 0;
    for (const death& d : deaths) died += !survived(run, to, d);
    for (int bytes = 1; bytes < 8; ++bytes) died += !survived(run, to, {}, bytes);
    CHECK(survived(run, to, {}));
    return died;
}

template <class Run>
void check(const Run& run, const cf::checkpoint& to) {
    const outcome alone = run();
    REQUIRE(die_and_go_on(run, to) >= 9);
    CHECK(run(to) == alone);  // over: the file has all of it
    std::remove(to.file.c_str());
    CHECK(run(to) == alone);  // and it does not disturb the run that it is written in
    std::remove(to.file.c_str());
    (void)std::system(("rm -f " + to.file + ".new-*").c_str());  // NOLINT: what dying processes left
}

}  // namespace

TEST_CASE("killed in epochs and in the middle of writing: the same weights") {
    check(with_sgd{}, cf::checkpoint{temporary_name()});
    check(with_sgd{}, cf::checkpoint{.file = temporary_name(), .every_epochs = 2});
    check(with_sgd{}, cf::checkpoint{.file = temporary_name(), .every_batches = 2});
}
TEST_CASE("with Adam, running statistics and random numbers") {
    check(with_adam{}, cf::checkpoint{temporary_name()});
    check(with_adam{}, cf::checkpoint{.file = temporary_name(), .every_batches = 1});
}

namespace {
std::string refusal(const auto& run) {
    try {
        run();
    } catch (const std::exception& e) {
        return e.what();
    }
    return "accepted";
}
}  // namespace

TEST_CASE("a checkpoint of another run is refused, and changes nothing") {
    const points p;
    const cf::checkpoint to{temporary_name()};
    using line = nn::sequential<double, nn::linear<1, 1>>;
    const auto run = [&](auto net, auto optimiser, nn::training_options options, auto... parts) {
        options.progress = false;
        const std::vector<double> before(net.data(), net.data() + net.size());
        const std::string said = refusal([&] { nn::train(net, p.data(), nn::squared_error{}, optimiser, options, parts...); });
        if (said != "accepted") CHECK(std::equal(before.begin(), before.end(), net.data()));
        return said.find(to.file) == 0 ? said.substr(to.file.size()) : said;
    };
    const line net{nn::seed{2}};
    CHECK(run(net, nn::sgd{}, {.epochs = 2}, to) == "accepted");
    CHECK(run(net, nn::sgd{}, {.epochs = 2, .batch_size = 8}, to) ==
          ": belongs to another run: batch_size is 32 there and 8 here (to start anew, remove the file)");
    CHECK(run(net, nn::adam{}, {.epochs = 2}, to).find(": belongs to another run: the optimiser is sgd there and adam here") == 0);
    CHECK(run(net, nn::sgd{.learning_rate = 1}, {.epochs = 2}, to).find("another run: learning_rate is 0.01 there") != std::string::npos);
    CHECK(run(net, nn::sgd{}, {.epochs = 2, .seed = 1}, to).find("another run: seed is 0 there and 1 here") != std::string::npos);
    CHECK(run(net, nn::sgd{}, {.epochs = 2}, to, nn::early_stopping{}).find("has no tensor \"best.0.weight\"") != std::string::npos);
    CHECK(run(nn::sequential<double, nn::linear<1, 2>, nn::linear<2, 1>>{}, nn::sgd{}, {.epochs = 2}, to)
              .find("another run: parameters is 2 there and 7 here") != std::string::npos);
    CHECK(run(net, nn::sgd{}, {.epochs = 5}, to) == "accepted");  // further

    const cf::checkpoint other{temporary_name()};
    CHECK(run(net, nn::sgd{}, {.epochs = 2}, other, nn::early_stopping{}) == "accepted");
    CHECK(refusal([&] {
              line mine = net;
              nn::train(mine, p.data(), nn::squared_error{}, nn::sgd{}, {.epochs = 2, .progress = false}, other);
          }) == other.file + ": belongs to a run with other parts (metrics, validation or early_stopping)");
    std::FILE* const text = std::fopen(to.file.c_str(), "wb");
    std::fputs("no checkpoint at all", text);
    std::fclose(text);
    CHECK(run(net, nn::sgd{}, {.epochs = 2}, to) != "accepted");
    CHECK(run(net, nn::sgd{}, {.epochs = 2}, cf::checkpoint{"/no/such/folder/run"}).find("/no/such/folder/run: cannot be written") == 0);
    CHECK(run(net, nn::sgd{}, {.epochs = 2}, cf::checkpoint{}).find("checkpoint: expected the name of a file") == 0);
    std::remove(to.file.c_str());
    std::remove(other.file.c_str());
}

#endif
