// This folder knows no operation by name: numbers stand for them.
#include "support/catch.hpp"

#include <chainfold/graph/graph.hpp>
#include <chainfold/graph/handle.hpp>

namespace {

using namespace chainfold;

constexpr dimensions two = vector_dimensions(2);

constexpr int node_of(builder& g, int operation, std::initializer_list<int> operands, dimensions dims = two, int parameter = 0) {
    return g.make({operation, dims, parameter, operands.begin(), static_cast<int>(operands.size())});
}

TEST_CASE("equal nodes are one node") {
    builder g;
    const int x = node_of(g, 0, {}), y = node_of(g, 0, {}, two, 1);
    CHECK(x != y);
    const int sum = node_of(g, 5, {x, y});
    CHECK(node_of(g, 5, {x, y}) == sum);
    CHECK(node_of(g, 5, {y, x}) != sum);
    CHECK(node_of(g, 6, {x, y}) != sum);
    CHECK(node_of(g, 5, {x, y}, vector_dimensions(3)) != sum);
    CHECK(node_of(g, 5, {x, y}, two, 4) != sum);
    CHECK(node_of(g, 5, {x}) != sum);
    CHECK(g.operand(sum, 1) == y);
    const handle h{&g, sum};
    CHECK(h.exists());
    CHECK(h.operand(0).is({&g, x}));
    CHECK(h.dims() == two);
    CHECK_FALSE(handle{}.exists());
}

TEST_CASE("many nodes are found again") {
    builder g;
    const int x = node_of(g, 0, {});
    int last = x;
    for (int i = 1; i < 2000; ++i) last = node_of(g, i % 30, {last, x}, two, i);
    CHECK(g.view().node_count == 2000);
    last = x;
    for (int i = 1; i < 2000; ++i) last = node_of(g, i % 30, {last, x}, two, i);
    CHECK(g.view().node_count == 2000);
}

TEST_CASE("keys of types are remembered") {
    builder g;
    CHECK(g.known(17) == -1);
    for (int i = 0; i < 500; ++i) g.remember(static_cast<hash_value>(i) * 64, i);
    for (int i = 0; i < 500; ++i) CHECK(g.known(static_cast<hash_value>(i) * 64) == i);
    CHECK(g.known(1) == -1);
}

TEST_CASE("numbers and symbols have one index each") {
    builder g;
    CHECK(g.number_index({1, 2, 0}) == 0);
    CHECK(g.number_index({1, 3, 0}) == 1);
    CHECK(g.number_index({1, 2, 0}) == 0);
    CHECK(g.constant(1) == number{1, 3, 0});
    CHECK(g.symbol_index({"x", two, false, 11}) == 0);
    CHECK(g.symbol_index({"W", two, true, 12}) == 1);
    CHECK(g.symbol_index({"x", two, false, 11}) == 0);
    CHECK_FALSE(g.conflict().found());
    g.symbol_index({"W", vector_dimensions(3), true, 13});
    CHECK(g.conflict().found());
    CHECK(g.conflict().first == 1);
    CHECK(g.conflict().other == vector_dimensions(3));
}

constexpr int add_one(builder& g, const candidate& c) {
    candidate changed = c;
    changed.parameter += 1;
    return g.intern(changed);
}
TEST_CASE("a rule sees every node before it exists") {
    builder g(&add_one);
    const int id = node_of(g, 3, {}, two, 41);
    CHECK(g[id].parameter == 42);
}

/// A chain of n nodes beside n nodes that nothing needs.
template <int N>
struct chain {
    static constexpr graph_sizes guess{8, 8, 2, 2, 2};
    static constexpr builder build() {
        builder g;
        int last = node_of(g, 0, {}, two, g.symbol_index({"x", two, false, 1}));
        for (int i = 1; i < N; ++i) {
            node_of(g, 2, {last}, two, i);
            last = node_of(g, 1, {last}, two, i);
        }
        g.add_output(last);
        return g;
    }
};

TEST_CASE("packing keeps what the outputs need, in order") {
    const builder source = chain<6>::build();
    const auto packed = pack<graph_sizes{8, 8, 2, 2, 2}>(source);
    REQUIRE(packed.fits());
    CHECK(packed.sizes.nodes == 6);
    CHECK(packed.sizes.pool == 5);
    CHECK(packed.outputs[0] == 5);
    const graph_view view = packed.view();
    for (int id = 1; id < 6; ++id) {
        CHECK(view[id].operation == 1);
        CHECK(view.operand(id, 0) == id - 1);
        CHECK(view.operand_dims(id, 0) == two);
    }
    CHECK(view.symbols[0].name == "x");
}

TEST_CASE("what does not fit says what it wants, and the stage is built again") {
    const builder source = chain<100>::build();
    const auto packed = pack<graph_sizes{8, 8, 2, 2, 2}>(source);
    CHECK_FALSE(packed.fits());
    CHECK(packed.sizes.nodes == 100);
    STATIC_REQUIRE(graph_of_stage<chain<100>>().fits());
    STATIC_REQUIRE(graph_of_stage<chain<100>>().sizes.nodes == 100);
    STATIC_REQUIRE(graph_of_stage<chain<5>>().room.nodes == 8);
}

}  // namespace
