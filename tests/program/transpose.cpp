// Transposition in squares of registers, with rows and columns left over: every number is where it belongs.
#include "support/catch.hpp"

#include <cstddef>
#include <vector>

#include <chainfold/program/kernel/transpose.hpp>

namespace {

// How many numbers are in the wrong place.
template <int Rows, int Columns, class T>
int misplaced() {
    constexpr std::size_t rows = Rows, columns = Columns;
    std::vector<T> from(rows * columns), to(rows * columns, T(-1));
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<T>(i);
    chainfold::kernel::transpose<Rows, Columns>(to.data(), from.data());
    int wrong = 0;
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j) wrong += to[j * rows + i] != from[i * columns + j];
    return wrong;
}

TEMPLATE_TEST_CASE("a square, several, and what is left over", "", float, double, long double) {
    CHECK(misplaced<1, 1, TestType>() == 0);
    CHECK(misplaced<2, 2, TestType>() == 0);
    CHECK(misplaced<4, 4, TestType>() == 0);
    CHECK(misplaced<8, 8, TestType>() == 0);
    CHECK(misplaced<16, 16, TestType>() == 0);
    CHECK(misplaced<32, 48, TestType>() == 0);
    CHECK(misplaced<5, 3, TestType>() == 0);
    CHECK(misplaced<8, 20, TestType>() == 0);
    CHECK(misplaced<17, 33, TestType>() == 0);
    CHECK(misplaced<64, 10, TestType>() == 0);
}

}  // namespace
