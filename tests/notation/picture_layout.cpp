// The layout of pictures: no label and no box is ever covered, whatever the graph; the counts of crossings are right.
#include "support/catch.hpp"

#include <cstdint>

#include <chainfold/notation/picture/inspect.hpp>
#include <chainfold/notation/picture/layout.hpp>

namespace {

using namespace chainfold::picture;

/// Numbers from 0 up to below n, the same in every run.
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) : state_(seed) {}
    int below(int n) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(n));
    }

private:
    std::uint64_t state_;
};

/// Symbols of which some stand beside their reader, and values that read a few of what came before.
drawing random_drawing(std::uint64_t seed) {
    random_numbers random(seed);
    drawing d;
    const auto add = [&](kind is, std::string name, std::string formula) {
        d.nodes.push_back({is, std::move(name), std::move(formula), random.below(2) != 0 ? "3" : "128×1024"});
        return static_cast<int>(d.nodes.size()) - 1;
    };
    const int values = 1 + random.below(14);
    std::vector<int> known{add(kind::input, "x", "")};
    for (int v = 0; v < values; ++v) {
        std::vector<int> beside;
        for (int i = random.below(4); i > 0; --i) beside.push_back(add(kind::parameter, "W" + std::to_string(i), ""));
        if (random.below(4) == 0) known.push_back(add(kind::input, "u", ""));
        const int to =
            add(kind::value, "z" + std::to_string(v), std::string(static_cast<std::size_t>(1 + random.below(40)), 'm'));
        for (const int from : beside) {
            d.nodes[static_cast<std::size_t>(from)].beside = to;
            d.nodes[static_cast<std::size_t>(from)].before = random.below(2) != 0;
            d.edges.push_back({from, to, random.below(2) != 0 ? "dL/dW" : ""});
        }
        std::vector<int> read{known.back()};
        for (int i = random.below(3); i > 0; --i)
            read.push_back(known[static_cast<std::size_t>(random.below(static_cast<int>(known.size())))]);
        std::sort(read.begin(), read.end());
        read.erase(std::unique(read.begin(), read.end()), read.end());
        for (const int from : read) d.edges.push_back({from, to, random.below(2) != 0 ? "dL/dz" : ""});
        known.push_back(to);
    }
    return d;
}

TEST_CASE("nothing is covered and no line runs through a box, in either direction") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed)
        for (const bool across : {false, true}) {
            const drawing d = random_drawing(seed);
            const layout where = layout_maker(d, {}, across).run();
            const blemishes found = inspect(where);
            CAPTURE(seed, across, found.crossings);
            CHECK(found.through_boxes == 0);
            CHECK(found.covered == 0);
            for (const box& b : where.nodes) {
                CHECK(b.middle.x - b.width / 2 >= 0);
                CHECK(b.middle.x + b.width / 2 <= where.width);
                CHECK(b.middle.y - b.height / 2 >= 0);
                CHECK(b.middle.y + b.height / 2 <= where.height);
            }
        }
}

TEST_CASE("crossings between layers are counted as by trying all pairs") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        random_numbers random(seed);
        layered_graph g;
        g.layers.resize(2);
        for (int i = 0; i < 14; ++i) {
            g.layers[static_cast<std::size_t>(i / 7)].push_back(i);
            g.vertices.push_back({i / 7, i % 7, 0, 0, 0, 0});
        }
        g.above.resize(14);
        g.below.resize(14);
        std::vector<std::pair<int, int>> edges;
        for (int e = 0; e < 15; ++e) {
            edges.emplace_back(random.below(7), 7 + random.below(7));
            g.below[static_cast<std::size_t>(edges.back().first)].push_back(edges.back().second);
            g.above[static_cast<std::size_t>(edges.back().second)].push_back(edges.back().first);
        }
        long expected = 0;
        for (const auto& [a, b] : edges)
            for (const auto& [c, d] : edges) expected += a < c && b > d;
        CHECK(crossings(g) == expected);
    }
}

/// Two values, each read by both of two others: one pair of edges must cross, unless one goes around.
TEST_CASE("edges go around where that saves a crossing") {
    drawing d;
    d.nodes = {{kind::input, "a", "", "1"},
               {kind::input, "b", "", "1"},
               {kind::value, "c", "a + b", "1"},
               {kind::value, "d", "exp(c)", "1"},
               {kind::result, "e", "a + b + d", "1"}};
    d.edges = {{0, 2, ""}, {1, 2, ""}, {2, 3, ""}, {0, 4, ""}, {1, 4, ""}, {3, 4, ""}};
    CHECK(inspect(lay_out(d)).count() == 0);
}

TEST_CASE("the inspection finds what is wrong") {
    layout l;
    l.nodes = {{{50, 50}, 20, 20}, {{150, 50}, 20, 20}};
    l.edges.resize(2);
    l.edges[0].forward = {{{0, 0}, {100, 200}}};
    l.edges[1].forward = {{{0, 200}, {100, 0}}};
    CHECK(inspect(l).crossings == 1);
    CHECK(inspect(l).through_boxes == 0);
    l.edges[0].forward = {{{0, 50}, {100, 50}}};
    CHECK(inspect(l).through_boxes == 1);
    l.edges[0].forward = {};
    l.edges[1].forward = {};
    CHECK(inspect(l).count() == 0);
    l.edges[0].shape = {"3", {{145, 45}, 10, 10}};
    CHECK(inspect(l).covered == 1);
    l.edges[0].shape.at.middle = {300, 300};
    l.edges[0].forward = {{{300, 250}, {300, 350}}};
    CHECK(inspect(l).covered == 1);
    // a curve is looked at as it is drawn: its ends alone would not meet the other line
    l.edges[0] = {};
    l.edges[0].forward = {{{0, 300}, {100, 400}}, {}, false};
    l.edges[1].forward = {{{30, 300}, {0, 330}}, {}, true};
    CHECK(inspect(l).crossings == 1);
}

}  // namespace
