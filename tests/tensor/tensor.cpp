#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <chainfold/tensor/contiguous.hpp>
#include <chainfold/tensor/tensor.hpp>

namespace {

using namespace chainfold;

constexpr double trace() {
    tensor<double, 2, 2> m;
    m(0, 0) = 1;
    m(1, 1) = 2;
    return m(0, 0) + m(1, 1) + m(0, 1);
}
static_assert(trace() == 3);
static_assert(tensor<float>::size() == 1 && tensor<float, 3>::size() == 3 && tensor<float, 3, 2>::size() == 6);
static_assert(tensor<float, 2>{} == tensor<float, 2>{});

TEST_CASE("tensors are row-major, contiguous and zero") {
    tensor<float, 3, 2> m;
    for (float v : m) CHECK(v == 0);
    m(2, 1) = 7;
    CHECK(m.data()[5] == 7);
    CHECK(m.end() - m.begin() == 6);
    tensor<float, 3, 2> copy = m;
    copy(2, 1) = 8;
    CHECK(m(2, 1) == 7);
    CHECK_FALSE(copy == m);
}

TEST_CASE("large tensors stand in one aligned block") {
    using large = tensor<float, 256, 128>;
    STATIC_REQUIRE(sizeof(large) == sizeof(float*));
    large a;
    CHECK(reinterpret_cast<std::uintptr_t>(a.data()) % block_alignment == 0);
    for (float v : a) REQUIRE(v == 0);
    a(255, 127) = 3;
    large b = a;
    CHECK(b.data() != a.data());
    CHECK(b(255, 127) == 3);
    const float* const data = a.data();
    large c = std::move(a);
    CHECK(c.data() == data);
    b(0, 0) = 1;
    c = b;
    CHECK(c(0, 0) == 1);
    CHECK(c == b);
    c = large{};
    CHECK(c(0, 0) == 0);
}

TEST_CASE("a view refers") {
    std::array<double, 6> values{};
    const tensor_view<double, 2, 3> view(values.data());
    view(1, 2) = 4;
    CHECK(values[5] == 4);
    CHECK(view.end() - view.begin() == 6);
    const tensor_view<const double, 6> flat(values.data());
    CHECK(flat(5) == 4);
}

// a tensor copies what a view of its shape shows
static_assert([] {
    tensor<float, 2, 3> a, b;
    a(1, 2) = 5;
    b = tensor_view<float, 2, 3>(a.data());
    const tensor<float, 2, 3> c = tensor_view<const float, 2, 3>(b.data());
    a(1, 2) = 0;
    return b(1, 2) == 5 && c(1, 2) == 5 && c == tensor_view<float, 2, 3>(b.data());
}());
static_assert(std::is_trivially_copyable_v<tensor<float, 2>> && !std::is_convertible_v<tensor_view<double, 2>, tensor<float, 2>>);

// how many numbers a type holds, where it says so
static_assert(contiguous_traits<std::array<float, 3>>::size == 3);
static_assert(contiguous_traits<float[3]>::size == 3 && contiguous_traits<float[3][2]>::size == 6);
static_assert(contiguous_traits<std::span<const float, 3>>::size == 3);
static_assert(contiguous_traits<std::span<float>>::size == dynamic_size);
static_assert(contiguous_traits<std::vector<float>>::size == dynamic_size);
static_assert(contiguous_traits<tensor<float, 3, 2>>::size == 6);
static_assert(contiguous_traits<tensor_view<const float, 3, 2>>::size == 6);
static_assert(Contiguous<std::vector<int>> && Contiguous<const double[4]> && Contiguous<std::array<float, 2>>);
static_assert(!Contiguous<float> && !Contiguous<std::vector<std::vector<float>>> && !Contiguous<float*>);

TEST_CASE("a batch refers to its samples") {
    const float rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
    const auto samples = batch(rows);
    CHECK(samples.count == 6);
    CHECK(samples.data[4] == 5);
    STATIC_REQUIRE(is_batch<std::remove_const_t<decltype(samples)>>);
    STATIC_REQUIRE_FALSE(is_batch<std::vector<float>>);
}

}  // namespace
