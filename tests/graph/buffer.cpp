#include "support/catch.hpp"

#include <chainfold/graph/buffer.hpp>

namespace {

using chainfold::buffer;

constexpr int sum_to(int n) {
    buffer<int> numbers;
    for (int i = 1; i <= n; ++i) numbers.push(i);
    int sum = 0;
    for (int i : numbers) sum += i;
    return sum;
}
static_assert(sum_to(100) == 5050);

TEST_CASE("a buffer grows, and push gives the place") {
    buffer<int> b;
    CHECK(b.size() == 0);
    CHECK(b.begin() == b.end());
    for (int i = 0; i < 1000; ++i) CHECK(b.push(3 * i) == i);
    CHECK(b.size() == 1000);
    CHECK(b[999] == 2997);
    CHECK(sum_to(1000) == 500500);
}

TEST_CASE("a buffer is made full of one value") {
    const buffer<int> b(5, -1);
    CHECK(b.size() == 5);
    for (int i : b) CHECK(i == -1);
    CHECK(buffer<int>(0).size() == 0);
    CHECK(buffer<double>(3)[2] == 0.0);
}

TEST_CASE("copies are apart, moves take over") {
    buffer<int> a(3, 7);
    buffer<int> b(a);
    b[0] = 1;
    b.push(2);
    CHECK(a[0] == 7);
    CHECK(a.size() == 3);
    const int* const data = a.data();
    buffer<int> c(static_cast<buffer<int>&&>(a));
    CHECK(c.data() == data);
    CHECK(a.size() == 0);  // NOLINT: what is left is an empty buffer
    a.push(4);
    CHECK(a[0] == 4);
    a = b;
    CHECK(a.size() == 4);
    CHECK(a[3] == 2);
    a = buffer<int>(2, 9);
    CHECK(a.size() == 2);
    CHECK(a[1] == 9);
}

}  // namespace
