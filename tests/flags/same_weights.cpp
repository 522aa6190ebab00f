// The same seed gives the same weights, bit by bit, with either compiler, at any optimisation and on registers of any
// width, with CHAINFOLD_SAME_BITS and -ffp-contract=off: no instructions of one target only, and sums and products are
// not contracted to fused multiply-adds.  Every build of this file must find the hashes below.  (Who changes what a
// program computes, or its order, changes them here.)
#include <cstdint>
#include <cstdio>
#include <span>
#include <vector>

#include <chainfold/chainfold.hpp>

namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

namespace {

/// FNV-1a of the bits of some numbers.
template <class T>
std::uint64_t hash_of(const T* values, std::size_t count, std::uint64_t hash = 0xcbf29ce484222325u) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char bytes[sizeof(T)];
        __builtin_memcpy(bytes, values + i, sizeof(T));
        for (const unsigned char b : bytes) hash = (hash ^ b) * 0x100000001b3u;
    }
    return hash;
}

bool good = true;
void expect(const char* what, std::uint64_t wanted, std::uint64_t found) {
    std::printf("%-24s %016llx%s\n", what, static_cast<unsigned long long>(found), found == wanted ? "" : " is new");
    good = good && found == wanted;
}

template <class T>
std::vector<T> random_numbers(std::size_t count, std::uint64_t seed) {
    nn::random_sequence random(nn::seed{seed});
    std::vector<T> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<T>(2 * random.uniform() - 1));
    return values;
}

/// A network that is trained, with layers that draw random numbers and that sum over a sample and over a batch.
void trains() {
    using model = nn::sequential<float, nn::linear<21, 37>, nn::layer_norm<37>, nn::relu, nn::dropout<0.25>,
                                 nn::linear<37, 13>, nn::gelu, nn::linear<13, 5>>;
    constexpr std::size_t samples = 151;
    const std::vector<float> inputs = random_numbers<float>(samples * 21, 7);
    std::vector<float> targets;
    for (std::size_t i = 0; i < samples; ++i)
        for (std::size_t k = 0; k < 5; ++k) targets.push_back(i * i % 5 == k ? 1.0f : 0.0f);
    model net{nn::seed{3}};
    expect("weights at first", 0x0e52ae28b58656b6, hash_of(net.data(), net.size()));
    const auto history = nn::train(net, nn::dataset<float>{cf::batch(inputs), cf::batch(targets), {}},
                                   nn::cross_entropy{}, nn::adam{.learning_rate = 0.01},
                                   {.epochs = 3, .batch_size = 50, .l2 = 1e-4, .clip_norm = 1.0, .seed = 4, .progress = false},
                                   nn::validation_split{});
    expect("weights after training", 0x60c96b94878f4769, hash_of(net.data(), net.size()));
    expect("losses", 0x785b14dce471be37,
           hash_of(history.validation_loss.data(), history.validation_loss.size(),
                   hash_of(history.loss.data(), history.loss.size())));
}

constexpr auto x = cf::input<"x", 37>;
constexpr auto y = cf::input<"y", 37>;
constexpr auto A = cf::parameter<"A", 21, 37>;
constexpr auto b = cf::parameter<"b", 21>;
constexpr auto C = cf::parameter<"C", 21, 43>;
constexpr auto h = transpose(C) * tanh(A * x + b);
constexpr auto loss = cf::log_sum_exp(h) + dot(cf::softmax(A * x), b) + dot(x, y) / cf::squared_norm(x + y);

/// One sample: sums and products that are computed in registers of the target's width.
template <class T>
std::uint64_t one_sample() {
    auto step = cf::compile<T>(cf::value_and_gradient(loss, A, b, C, y));
    const auto r = step(x = random_numbers<T>(37, 1), y = random_numbers<T>(37, 2), A = random_numbers<T>(21 * 37, 3),
                        b = random_numbers<T>(21, 4), C = random_numbers<T>(21 * 43, 5));
    return hash_of(r.gradient.data(), r.gradient.size(), hash_of(&r.value, 1));
}

constexpr auto u = cf::input<"u", 7>;
constexpr auto w = cf::parameter<"w", 7>;
constexpr auto B = cf::parameter<"B", 5, 7>;
constexpr auto small = cf::log_sum_exp(B * (u - w)) + sum(square(u - w)) * sum(sigmoid(u));

/// Many samples of a small program, whose means are summed up sample beside sample.
template <class T>
std::uint64_t many_samples() {
    auto step = cf::compile<T>(cf::value_and_gradient(small, w, B));
    const std::vector<T> samples = random_numbers<T>(7 * 333, 6);
    const auto r = step(u = cf::batch(samples), w = random_numbers<T>(7, 8), B = random_numbers<T>(35, 9));
    return hash_of(r.gradient.data(), r.gradient.size(), hash_of(&r.value, 1));
}

constexpr auto v = cf::input<"v", 301>;
constexpr auto L = cf::parameter<"L", 45, 301>;
constexpr auto wide = cf::squared_norm(tanh(L * v));

/// One sample and a matrix larger than the first cache, whose long rows are summed one after another: the same wherever
/// in a line of the cache the sample begins.
template <class T>
std::uint64_t long_rows() {
    constexpr std::size_t size = 301, line = 64 / sizeof(T);
    auto gradient = cf::compile<T>(cf::value_and_gradient(wide, L));
    auto descent = cf::compile<T>(cf::gradient_descent(wide, L));
    const std::vector<T> sample = random_numbers<T>(size, 10), weights = random_numbers<T>(45 * size, 11);
    std::vector<T> space(line + size);
    std::uint64_t first = 0;
    for (std::size_t offset = 0; offset < line; ++offset) {
        for (std::size_t i = 0; i < size; ++i) space[offset + i] = sample[i];
        const std::span<const T, size> moved(space.data() + offset, size);
        std::vector<T> own = weights;
        const T before = descent(v = moved, cf::learning_rate = T(0.01), L = cf::in_place(own));
        const auto r = gradient(v = moved, L = own);
        const std::uint64_t hash = hash_of(own.data(), own.size(), hash_of(&before, 1));
        const std::uint64_t found = hash_of(r.gradient.data(), r.gradient.size(), hash_of(&r.value, 1, hash));
        if (offset == 0) first = found;
        good = good && found == first;
    }
    return first;
}

constexpr auto M = cf::input<"M", 43, 11>;
constexpr auto N = cf::input<"N", 43, 32>;
constexpr auto p = cf::parameter<"p", 11>;
constexpr auto q = cf::parameter<"q", 32>;
constexpr auto fit = sum(softplus(M * p - N * q));

/// One sample and two matrices, of which each row is read once by a loop that sums up as well.
template <class T>
std::uint64_t rows_in_loop() {
    auto step = cf::compile<T>(cf::value_and_gradient(fit, p, q));
    const auto r = step(M = random_numbers<T>(43 * 11, 12), N = random_numbers<T>(43 * 32, 13),
                        p = random_numbers<T>(11, 14), q = random_numbers<T>(32, 15));
    const std::uint64_t hash = hash_of(r.gradient.data(), r.gradient.size(), hash_of(&r.value, 1));
    auto many_sums =
        cf::compile<T>(transpose(M) * tanh(M * p), sum(square(M * p)), sum(softplus(M * p)), sum(abs(M * p)),
                       sum(sin(M * p)), sum(exp(M * p)), sum(cos(M * p)), sum(sigmoid(M * p)));
    const auto all = many_sums(M = random_numbers<T>(43 * 11, 16), p = random_numbers<T>(11, 17));
    const auto& [columns, s0, s1, s2, s3, s4, s5, s6] = all;
    const T sums[] = {s0, s1, s2, s3, s4, s5, s6};
    return hash_of(columns.data(), columns.size(), hash_of(sums, 7, hash));
}

constexpr auto s = cf::input<"s", 11>;
constexpr auto m = cf::parameter<"m", 11>;
constexpr auto Q = cf::parameter<"Q", 55>;
constexpr auto R = cf::parameter<"R", 55>;
constexpr auto mixture = cf::log_sum_exp(
    stack(cf::squared_norm(unpack_lower(Q) * (s - m)), cf::squared_norm(unpack_lower(R) * s) + dot(m, s)));

/// Many samples, of which second moments with weights are summed up, and first moments beside them.
template <class T>
std::uint64_t moments() {
    auto step = cf::compile<T>(cf::value_and_gradient(mixture, m, Q, R));
    const std::vector<T> samples = random_numbers<T>(11 * 333, 18);
    const auto r = step(s = cf::batch(samples), m = random_numbers<T>(11, 19), Q = random_numbers<T>(55, 20),
                        R = random_numbers<T>(55, 21));
    return hash_of(r.gradient.data(), r.gradient.size(), hash_of(&r.value, 1));
}

}  // namespace

int main() {
#if defined(__AVX512F__)
    if (!__builtin_cpu_supports("avx512f")) return 77;
#elif defined(__AVX2__)
    if (!__builtin_cpu_supports("avx2")) return 77;
#endif
    trains();
    expect("gradient in float", 0xd8aa0d830fb12791, one_sample<float>());
    expect("gradient in double", 0x85c722ff133c930d, one_sample<double>());
    expect("means in float", 0xe0d32f13a695da9c, many_samples<float>());
    expect("means in double", 0xe06df2153a3944a2, many_samples<double>());
    expect("long rows in float", 0xdd00e413e75c1b89, long_rows<float>());
    expect("long rows in double", 0x87c0760dcf6fd532, long_rows<double>());
    expect("rows in a loop in float", 0xb22bc785d95c8474, rows_in_loop<float>());
    expect("rows in a loop in double", 0xfe771947fcd505e2, rows_in_loop<double>());
    expect("moments in float", 0x288977e6b8a1a12a, moments<float>());
    expect("moments in double", 0x10cfdc2773106e72, moments<double>());
    std::puts(good ? "ok" : "wrong");
    return good ? 0 : 1;
}
