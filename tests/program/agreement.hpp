// A compiled program against the interpreter in long double: one sample, the mean over batches of many lengths, and
// one output for each sample.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

#include <chainfold/program/compile.hpp>
#include <chainfold/program/evaluate.hpp>

namespace agreement {

namespace cf = chainfold;
using real = long double;
using numbers = std::vector<real>;

/// The symbols of an expression: bound to one value in a call, or to one for each sample.
template <class... S>
struct shared {
    constexpr explicit shared(S...) {}
};
template <class... S>
struct sampled {
    constexpr explicit sampled(S...) {}
};

/// In (−1, 1), the same for the same symbol and position everywhere.
template <class T>
T number_at(std::uint64_t key, std::size_t position) {
    std::uint64_t z = key + 0x9e3779b97f4a7c15u * (position + 1);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return static_cast<T>(static_cast<double>(z >> 40) * 0x1p-23 - 1 + 0x1p-24);
}

/// Values of symbol S for so many samples.
template <class S, class T>
struct column {
    static constexpr std::size_t size = S::shape_type::size;
    std::vector<T> values;

    explicit column(std::size_t samples) {
        for (std::size_t i = 0; i < samples * size; ++i) values.push_back(static_cast<T>(number_at<float>(S::key, i)));
    }
    [[nodiscard]] auto one(std::size_t sample = 0) const {
        if constexpr (S::shape_type::rank == 0)
            return S{} = values[sample];
        else
            return S{} = std::span<const T, size>(values.data() + sample * size, size);
    }
    [[nodiscard]] auto first(std::size_t samples) const {
        return S{} = cf::batch(std::span<const T>(values.data(), samples * size));
    }
};

// All numbers of a result, one after another.
template <class X>
    requires std::is_arithmetic_v<X>
void append(numbers& all, const X& x) {
    all.push_back(static_cast<real>(x));
}
template <cf::has_data_and_size X>
void append(numbers& all, const X& x) {
    for (std::size_t i = 0; i < x.size(); ++i) all.push_back(static_cast<real>(x.data()[i]));
}
template <class... Entry>
void append(numbers& all, const cf::gradient_entries<Entry...>& g) {
    (append(all, static_cast<const Entry&>(g).values), ...);
}
template <class T, class G>
void append(numbers& all, const cf::value_and_gradient_result<T, G>& r) {
    append(all, r.value);
    append(all, r.gradient);
}
template <class G>
void append(numbers& all, const cf::gradient_result<G>& r) {
    append(all, r.gradient);
}
template <class... X>
void append(numbers& all, const std::tuple<X...>& t) {
    std::apply([&](const auto&... x) { (append(all, x), ...); }, t);
}
template <class X>
numbers flat(const X& x) {
    numbers all;
    append(all, x);
    return all;
}

inline constexpr real immense = std::numeric_limits<real>::max();

/// The largest difference, relative to the larger of 1 and the largest number; immense where sizes differ or a NaN is.
inline real difference(const numbers& found, const numbers& expected) {
    if (found.size() != expected.size()) return immense;
    real scale = 1, worst = 0;
    for (real e : expected) scale = std::max(scale, std::abs(e));
    for (std::size_t i = 0; i < found.size(); ++i) {
        const real d = std::abs(found[i] - expected[i]);
        if (!(d <= worst)) worst = d < immense ? d : immense;
    }
    return worst < immense ? worst / scale : immense;
}

inline constexpr std::size_t batch_lengths[] = {1, 7, 31, 32, 33, 64, 100};
inline constexpr std::size_t most_samples = 100;

template <class E>
inline constexpr bool has_mean = true;
template <cf::Expression E>
inline constexpr bool has_mean<E> = E::shape_type::rank == 0;

/// The worst difference of a program in T from the interpreter, in units of T's epsilon.
template <class T, class E, class... S, class... B>
real worst(E e, shared<S...>, sampled<B...>) {
    const std::tuple<column<S, T>...> fixed{column<S, T>(1)...};
    const std::tuple<column<B, T>...> moving{column<B, T>(most_samples)...};
    const std::tuple<column<S, real>...> fixed_real{column<S, real>(1)...};
    const std::tuple<column<B, real>...> moving_real{column<B, real>(most_samples)...};

    std::vector<numbers> expected;  // by sample
    for (std::size_t s = 0; s < most_samples; ++s)
        expected.push_back(flat(cf::evaluate(e, std::get<column<S, real>>(fixed_real).one()...,
                                             std::get<column<B, real>>(moving_real).one(s)...)));
    auto program = cf::compile<T>(e);
    real found = 0;
    const auto look = [&](const numbers& a, const numbers& b) { found = std::max(found, difference(a, b)); };
    for (std::size_t s = 0; s < 3; ++s)
        look(flat(program(std::get<column<S, T>>(fixed).one()..., std::get<column<B, T>>(moving).one(s)...)), expected[s]);

    if constexpr (sizeof...(B) > 0) {
        for (std::size_t n : batch_lengths) {
            if constexpr (has_mean<E>) {
                numbers mean(expected[0].size());
                for (std::size_t s = 0; s < n; ++s)
                    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += expected[s][i] / static_cast<real>(n);
                look(flat(program(std::get<column<S, T>>(fixed).one()..., std::get<column<B, T>>(moving).first(n)...)), mean);
            }
            if constexpr (cf::Expression<E>) {
                std::vector<T> out(n * E::shape_type::size);
                program(std::get<column<S, T>>(fixed).one()..., std::get<column<B, T>>(moving).first(n)..., cf::into(out));
                for (std::size_t s = 0; s < n; ++s) {
                    const auto first = out.begin() + static_cast<std::ptrdiff_t>(s * E::shape_type::size);
                    look(numbers(first, first + static_cast<std::ptrdiff_t>(E::shape_type::size)), expected[s]);
                }
            }
        }
    }
    return found < immense ? found / static_cast<real>(std::numeric_limits<T>::epsilon()) : immense;
}

}  // namespace agreement
