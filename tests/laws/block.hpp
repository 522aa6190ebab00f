// A shape and its entries, and the seeded numbers that fill them.
#pragma once

#include <chainfold/shape/extents.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace laws {

namespace cf = chainfold;

using real = long double;

template <class R>
struct block {
    cf::dimensions dims{};
    std::vector<R> entries{};

    block() = default;
    explicit block(cf::dimensions d, R value = R{})
        : dims(d), entries(static_cast<std::size_t>(d.size()), value) {}
    R& operator[](int i) { return entries[static_cast<std::size_t>(i)]; }
    const R& operator[](int i) const { return entries[static_cast<std::size_t>(i)]; }
    [[nodiscard]] int size() const { return dims.size(); }
};

template <class R>
using blocks = std::vector<block<R>>;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere.
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) : state_(seed) { state_ = bits() ^ seed << 32; }
    std::uint64_t bits() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// 0 … n − 1
    int below(int n) { return static_cast<int>(bits() % static_cast<std::uint64_t>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    /// Between low and high; a float, so that it is the same number in every precision.
    real between(double low, double high) {
        const double unit = static_cast<double>(bits() >> 11) * 0x1p-53;
        return static_cast<real>(static_cast<float>(low + (high - low) * unit));
    }
    block<real> fill(cf::dimensions d, double low, double high) {
        block<real> filled(d);
        for (real& entry : filled.entries) entry = between(low, high);
        return filled;
    }

private:
    std::uint64_t state_;
};

}  // namespace laws
