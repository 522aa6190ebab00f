// Sums over samples that lie side by side, of tiles that are few registers and of tiles that are more than all of them.
#include <array>
#include <cstdlib>
#include <vector>

#include <chainfold/program/kernel/moments.hpp>

#include "support/catch.hpp"

namespace kernel = chainfold::kernel;

namespace {

// Small integers, whose products and sums are exact.
template <class T>
std::vector<T> integers(int count, int seed) {
    std::vector<T> values;
    for (int i = 0; i < count; ++i) values.push_back(static_cast<T>((i * 7 + seed * 5 + i / 3 * 11) % 9 - 4));
    return values;
}
template <class T>
T sum_of_products(const std::vector<T>& a, int i, const std::vector<T>& b, int j, int tile, int count) {
    T sum = 0;
    for (int s = 0; s < count; ++s)
        sum += a[static_cast<std::size_t>(i * tile + s)] * b[static_cast<std::size_t>(j * tile + s)];
    return sum;
}

// Two tiles, of which the second is not full, halved: bᵀ may have other rows than a.
template <class T, int Rows, int Columns, int Tile>
bool adds_outer_products() {
    const auto a = integers<T>(Rows * Tile, 1), b = integers<T>(Columns * Tile, 2);
    std::vector<T> mean(Rows * Columns), sums(Rows * Columns * 64);
    kernel::tile_state<T> state;
    state.factor = T(0.5);
    for (const int count : {Tile, Tile - 3}) {
        state.count = count;
        state.first = count == Tile;
        state.last = !state.first;
        kernel::add_outer_to_lanes<false, Rows, Columns, Tile>(mean.data(), sums.data(),
                                                               kernel::tile_entries<Tile, T>{a.data()},
                                                               kernel::tile_entries<Tile, T>{b.data()}, state);
    }
    bool all = true;
    for (int i = 0; i < Rows; ++i)
        for (int j = 0; j < Columns; ++j) {
            const T twice = sum_of_products(a, i, b, j, Tile, Tile) + sum_of_products(a, i, b, j, Tile, Tile - 3);
            all = all && mean[static_cast<std::size_t>(i * Columns + j)] * 2 == twice;
        }
    return all;
}
template <class T, int Rows, int Tile>
bool adds_triangles() {
    const auto a = integers<T>(Rows * Tile, 1), b = integers<T>(Rows * Tile, 2);
    std::vector<T> mean(Rows * (Rows - 1) / 2), sums(Rows * (Rows - 1) / 2 * 64);
    kernel::tile_state<T> state;
    state.count = Tile;
    kernel::add_outer_to_lanes<true, Rows, Rows, Tile>(mean.data(), sums.data(),
                                                       kernel::tile_entries<Tile, T>{a.data()},
                                                       kernel::tile_entries<Tile, T>{b.data()}, state);
    bool all = true;
    std::size_t next = 0;
    for (int j = 0; j < Rows; ++j)
        for (int i = j + 1; i < Rows; ++i) all = all && mean[next++] == sum_of_products(a, i, b, j, Tile, Tile);
    return all;
}
// mean(w z zᵀ) and mean(w z), of two tiles.
template <class T, int Rows, int Tile>
bool adds_moments() {
    const auto w = integers<T>(Tile, 1), z = integers<T>(Rows * Tile, 2);
    auto weighted = z;
    for (std::size_t i = 0; i < z.size(); ++i) weighted[i] = w[i % static_cast<std::size_t>(Tile)] * z[i];
    std::vector<T> second(Rows * Rows), first(Rows), sums(Rows * (Rows + 1) * 32 + Rows * 64);
    T* const addresses[] = {first.data(), sums.data() + Rows * 64, sums.data()};
    kernel::tile_state<T> state;
    for (const int count : {Tile, Tile - 3}) {
        state.count = count;
        state.first = count == Tile;
        state.last = !state.first;
        kernel::add_moments_to_lanes<true, true, Rows, Tile>(second.data(), addresses + 2, w.data(),
                                                             kernel::tile_entries<Tile, T>{z.data()}, state);
    }
    const std::vector<T> ones(Tile, T(1));
    const auto twice = [](const auto& a, int i, const auto& b, int j) {
        return sum_of_products(a, i, b, j, Tile, Tile) + sum_of_products(a, i, b, j, Tile, Tile - 3);
    };
    bool all = true;
    for (int i = 0; i < Rows; ++i) {
        all = all && first[static_cast<std::size_t>(i)] == twice(weighted, i, ones, 0);
        for (int j = 0; j < Rows; ++j)
            all = all && second[static_cast<std::size_t>(i * Rows + j)] == twice(weighted, i, z, j);
    }
    return all;
}

template <class T, int Tile>
void check_sums() {
    CHECK(adds_outer_products<T, 1, 1, Tile>());
    CHECK(adds_outer_products<T, 4, 5, Tile>());
    CHECK(adds_outer_products<T, 8, 3, Tile>());
    CHECK(adds_triangles<T, 2, Tile>());
    CHECK(adds_triangles<T, 5, Tile>());
    CHECK(adds_triangles<T, 9, Tile>());
    CHECK(adds_moments<T, 1, Tile>());
    CHECK(adds_moments<T, 4, Tile>());
    CHECK(adds_moments<T, 6, Tile>());
    CHECK(adds_moments<T, 10, Tile>());
}

// L b, where only what is below L's diagonal counts.
template <class T, int Rows, int Columns>
bool multiplies_triangle() {
    const auto l = integers<T>(Rows * Rows, 1), b = integers<T>(Rows * Columns, 2);
    std::vector<T> c(Rows * Columns, T(-1));
    kernel::triangular_product<Rows, Columns>(c.data(), l.data(), kernel::tile_entries<Columns, T>{b.data()});
    bool all = true;
    for (int i = 0; i < Rows; ++i)
        for (int s = 0; s < Columns; ++s) {
            T sum = 0;
            for (int j = 0; j < i; ++j)
                sum += l[static_cast<std::size_t>(i * Rows + j)] * b[static_cast<std::size_t>(j * Columns + s)];
            all = all && c[static_cast<std::size_t>(i * Columns + s)] == sum;
        }
    return all;
}

}  // namespace

TEST_CASE("sums over the samples of a tile") {
    check_sums<double, 16>();
    check_sums<double, 64>();
    check_sums<float, 32>();
    check_sums<float, 128>();
    check_sums<long double, 16>();
}
TEST_CASE("a triangle times a tile, of few rows and of many") {
    CHECK(multiplies_triangle<double, 2, 16>());
    CHECK(multiplies_triangle<double, 6, 16>());
    CHECK(multiplies_triangle<double, 7, 64>());
    CHECK(multiplies_triangle<float, 10, 32>());
    CHECK(multiplies_triangle<double, 16, 16>());
    CHECK(multiplies_triangle<long double, 16, 4>());
}
