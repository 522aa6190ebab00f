// No call of a program takes memory from the heap, the first neither, and no step of a training.
#include <chainfold/chainfold.hpp>
#include <chainfold/program/threads.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <span>
#include <vector>

namespace cf = chainfold;

namespace {
std::atomic<long> taken{0};  // how often memory was asked for
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

// Whoever asks for memory, by new or by C's functions, asks here.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) noexcept {
    ++taken;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    ++taken;
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept {
    ++taken;
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    ++taken;
    return __libc_memalign(alignment, size);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
    ++taken;
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    ++taken;
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}
}
constexpr bool counts_all = true;

#else

// Elsewhere, and where a sanitizer has these functions: what new asks for.
namespace {
void* take(std::size_t size, std::size_t alignment) {
    ++taken;
    void* const memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
    if (memory == nullptr) std::abort();
    return memory;
}
}  // namespace

void* operator new(std::size_t size) { return take(size, alignof(std::max_align_t)); }
void* operator new[](std::size_t size) { return take(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) { return take(size, static_cast<std::size_t>(alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return take(size, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
constexpr bool counts_all = false;

#endif

namespace {
bool good = true;

void silent(const char* name, auto call) {
    const long before = taken;
    call();
    if (taken == before) return;
    std::printf("%s: took memory %ld times\n", name, taken.load() - before);
    good = false;
}

template <std::size_t Width>
void networks(const char* name) {
    constexpr auto x = cf::input<"x", Width>;
    constexpr auto t = cf::input<"t", 10>;
    constexpr auto V = cf::parameter<"V", Width, Width>;
    constexpr auto b = cf::parameter<"b", Width>;
    constexpr auto W = cf::parameter<"W", 10, Width>;
    constexpr auto y = W * relu(V * x + b);
    const std::vector<float> samples(Width * 300, 0.5f), targets(10 * 300, 0.25f), v(Width * Width, 0.01f), bias(Width),
        w(10 * Width, 0.1f);
    std::vector<float> out(10 * 300), by_sample(Width * 300), moved(v);
    const auto batch_of = [](const std::vector<float>& all, std::size_t size, std::size_t n) {
        return cf::batch(std::span<const float>(all).first(size * n));
    };
    for (std::size_t n : {1u, 33u, 300u}) {
        auto step = cf::compile<float>(cf::value_and_gradient(cf::cross_entropy(y, t), V, b, W));
        auto forward = cf::compile<float>(y);
        for (int call = 0; call < 2; ++call) {
            silent(name, [&] {
                step(x = batch_of(samples, Width, n), t = batch_of(targets, 10, n), V = v, b = bias, W = w);
            });
            silent(name, [&] { forward(x = batch_of(samples, Width, n), V = v, b = bias, W = w, cf::into(std::span(out).first(10 * n))); });
        }
    }
    auto step = cf::compile<float>(cf::value_and_gradient(cf::cross_entropy(y, t), V, b, W));
    auto forward = cf::compile<float>(y);
    auto saliency = cf::compile<float>(cf::gradient(cf::cross_entropy(y, t), x));
    auto descent = cf::compile<float>(cf::gradient_descent(cf::cross_entropy(y, t), V));
    const auto face = [&](auto&& program, auto&&... more) {
        silent(name, [&] { program(t = batch_of(targets, 10, 300), b = bias, W = w, more...); });
    };
    const auto samples_into = batch_of(samples, Width, 300).gradient_into(by_sample);
    for (int call = 0; call < 2; ++call) {
        face(saliency, x = samples_into, V = v);
        face(descent, x = batch_of(samples, Width, 300), V = cf::in_place(moved), cf::learning_rate = 0.01f);
    }
    for (const cf::sharing how : {cf::sharing::fast, cf::sharing::reproducible}) {
        static cf::threads team{2};
        auto shared = step.on(team, how);
        silent(name, [&] { shared(x = batch_of(samples, Width, 300), t = batch_of(targets, 10, 300), V = v, b = bias, W = w); });
        auto predicted = forward.on(team, how);
        silent(name, [&] { predicted(x = batch_of(samples, Width, 300), V = v, b = bias, W = w, cf::into(out)); });
        face(saliency.on(team, how), x = samples_into, V = v);
        face(descent.on(team, how), x = batch_of(samples, Width, 300), V = cf::in_place(moved), cf::learning_rate = 0.01f);
    }
    const auto first_sample = std::span<const float>(samples).first(Width);
    silent(name, [&] { step(x = first_sample, t = std::span(targets).first(10), V = v, b = bias, W = w); });
    silent(name, [&] { forward(x = first_sample, V = v, b = bias, W = w); });
}
/// What a training takes does not depend on the number of its steps.
template <class... Layer>
void training(const char* name, const auto& optimiser) {
    const std::vector<float> samples(4 * 64, 0.5f), targets(2 * 64, 0.25f);
    const cf::nn::dataset data{cf::batch(samples), cf::batch(targets)};
    const auto taken_by = [&](std::size_t batch_size) {
        cf::nn::sequential<float, Layer...> net{cf::nn::seed{1}};
        const long before = taken;
        cf::nn::train(net, data, cf::nn::squared_error{}, optimiser,
                      {.epochs = 2, .batch_size = batch_size, .l2 = 0.01, .clip_norm = 1, .progress = false});
        return taken - before;
    };
    const long few = taken_by(64), many = taken_by(1);
    if (many == few) return;
    std::printf("%s: 64 steps took memory %ld times, one %ld times\n", name, many, few);
    good = false;
}
}  // namespace

int main() {
    if (counts_all) {
        const long before = taken;
        void* volatile memory = std::malloc(1);
        memory = std::realloc(memory, 2);
        std::free(memory);
        memory = std::calloc(1, 1);
        std::free(memory);
        memory = std::aligned_alloc(64, 64);
        std::free(memory);
        delete new int(0);
        good = taken - before >= 4;
    }

    networks<8>("small");
    networks<100>("medium");
    networks<600>("large");

    constexpr auto s = cf::input<"s">;
    auto slope = cf::compile<double>(derivative(sin(s) * s, s));
    silent("scalar", [&] { slope(s = 2.0); });

    constexpr auto p = cf::parameter<"p", 20>;
    auto objective = cf::objective(squared_norm(tanh(p)) * s, p, s = 2);
    std::vector<double> at(20, 0.5), gradient(20);
    silent("objective", [&] { objective.value_and_gradient(at, gradient); });
    silent("objective's value", [&] { objective.value(at); });
    const auto residuals = cf::residuals(sin(p) * s, p, s = 2);
    std::vector<double> jacobian(400);
    const double* const parameters[] = {at.data()};
    double* const jacobians[] = {jacobian.data()};
    residuals.evaluate(parameters, gradient.data(), jacobians);  // makes the thread's program
    silent("residuals", [&] { residuals.evaluate(parameters, gradient.data(), jacobians); });

    using model = cf::nn::sequential<float, cf::nn::linear<20, 300>, cf::nn::tanh, cf::nn::linear<300, 3>>;
    model net{cf::nn::seed{1}};
    const std::array<float, 20> sample{};
    silent("sequential", [&] { net(sample); });

    namespace nn = cf::nn;
    training<nn::linear<4, 8>, nn::tanh, nn::linear<8, 2>>("sgd", nn::sgd{.learning_rate = 0.1});
    training<nn::linear<4, 8>, nn::batch_norm<8>, nn::tanh, nn::dropout<0.1>, nn::linear<8, 2>>("adam", nn::adam{});
    std::printf("%s\n", good && taken > 0 ? "ok" : "wrong");
    return good && taken > 0 ? 0 : 1;
}
