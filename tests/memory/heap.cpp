// No call of a program takes memory from the heap, the first neither.
#include <chainfold/chainfold.hpp>
#include <chainfold/program/threads.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <span>
#include <vector>

namespace cf = chainfold;

namespace {
long taken = 0;  // how often memory was asked for

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

namespace {
bool good = true;

void silent(const char* name, auto call) {
    const long before = taken;
    call();
    if (taken == before) return;
    std::printf("%s: took memory %ld times\n", name, taken - before);
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
    std::vector<float> out(10 * 300);
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
    for (const cf::sharing how : {cf::sharing::fast, cf::sharing::reproducible}) {
        static cf::threads team{2};
        auto shared = step.on(team, how);
        silent(name, [&] { shared(x = batch_of(samples, Width, 300), t = batch_of(targets, 10, 300), V = v, b = bias, W = w); });
    }
    const auto first_sample = std::span<const float>(samples).first(Width);
    silent(name, [&] { step(x = first_sample, t = std::span(targets).first(10), V = v, b = bias, W = w); });
    silent(name, [&] { forward(x = first_sample, V = v, b = bias, W = w); });
}
}  // namespace

int main() {
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
    std::printf("%s\n", good && taken > 0 ? "ok" : "wrong");
    return good && taken > 0 ? 0 : 1;
}
