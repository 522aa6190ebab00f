// What Graphviz makes of to_dot, where it is installed: its edges do not cross either.
#include "support/catch.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <chainfold/notation/picture/dot.hpp>
#include <chainfold/notation/picture/inspect.hpp>

#include "notation/networks.hpp"

namespace {

using namespace chainfold::picture;

/// A directory that is gone when the test is over.
class scratch_directory {
public:
    scratch_directory() {
        std::string name = (std::filesystem::temp_directory_path() / "chainfold-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~scratch_directory() { std::filesystem::remove_all(path_); }
    scratch_directory(const scratch_directory&) = delete;
    scratch_directory& operator=(const scratch_directory&) = delete;
    [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// dot's layout as it describes it in its plain format; empty if there is no dot.
std::string laid_out_by_dot(const drawing& d) {
    const scratch_directory directory;
    const std::string in = directory.file("graph.dot"), out = directory.file("plain.txt");
    std::ofstream(in) << dot_writer(d).run();
    if (std::system(("dot -Tplain -o '" + out + "' '" + in + "' 2>/dev/null").c_str()) != 0) return {};
    std::ostringstream text;
    text << std::ifstream(out).rdbuf();
    return text.str();
}

struct curve {
    std::string tail, head;
    std::vector<point> points{};  // in inches
};

/// Edges are Bézier splines: edge tail head n x₁ y₁ … xₙ yₙ …
std::vector<curve> edges_in(const std::string& plain) {
    std::vector<curve> curves;
    std::istringstream lines(plain);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string word;
        curve c;
        std::size_t count = 0;
        if (line.find(" invis ") != std::string::npos) continue;  // they only hold an order
        if (!(words >> word) || word != "edge" || !(words >> c.tail >> c.head >> count)) continue;
        std::vector<point> control(count);
        for (point& p : control) words >> p.x >> p.y;
        for (std::size_t i = 0; i + 3 < count; i += 3)
            for (int k = i == 0 ? 0 : 1; k <= 12; ++k) {
                const double t = k / 12.0, s = 1 - t;
                const double b[] = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
                point p;
                for (std::size_t j = 0; j < 4; ++j) p = {p.x + b[j] * control[i + j].x, p.y + b[j] * control[i + j].y};
                c.points.push_back(p);
            }
        curves.push_back(std::move(c));
    }
    return curves;
}

/// Where two edges share a node they may meet at it.
int crossings(const std::vector<curve>& curves) {
    const auto distance = [](point a, point b) { return std::hypot(a.x - b.x, a.y - b.y); };
    int count = 0;
    for (std::size_t i = 0; i < curves.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const std::vector<point>&a = curves[i].points, &b = curves[j].points;
            bool meet = false;
            for (std::size_t k = 1; k < a.size(); ++k)
                for (std::size_t l = 1; l < b.size(); ++l) {
                    if (!chainfold::picture::detail::pieces_meet(a[k - 1], a[k], b[l - 1], b[l])) continue;
                    bool at_node = false;
                    for (const point end : {a.front(), a.back()})
                        for (const point other : {b.front(), b.back()})
                            at_node = at_node || (distance(end, other) < 0.15 && distance(end, a[k]) < 0.15);
                    meet = meet || !at_node;
                }
            count += meet;
        }
    return count;
}

TEST_CASE("dot draws networks without crossings") {
    if (laid_out_by_dot(networks::chain(1)).empty()) {
        WARN("no dot here: skipped");
        return;
    }
    for (const drawing& d :
         {networks::chain(1), networks::chain(2), networks::residual(1), networks::residual(3), networks::chain(10)}) {
        const std::string plain = laid_out_by_dot(d);
        const std::vector<curve> curves = edges_in(plain);
        double scale = 0, width = 0;
        std::istringstream(plain.substr(plain.find(' '))) >> scale >> width;
        CHECK(width * 72 <= 800);  // points
        std::size_t expected = d.edges.size();
        for (const drawn_edge& edge : d.edges) expected += edge.flows_back();
        CHECK(curves.size() == expected);
        CHECK(crossings(curves) == 0);
    }
}

TEST_CASE("crossings of dot's curves are counted") {
    const auto curves = edges_in("edge a b 4 0 0 1 1 2 2 3 3 solid black\nedge c d 4 0 3 1 2 2 1 3 0 solid black\n");
    REQUIRE(curves.size() == 2);
    CHECK(crossings(curves) == 1);
}

}  // namespace
