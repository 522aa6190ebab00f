// SPDX-License-Identifier: BSL-1.0
// Axes, charts, heat maps and small pictures: what stands where, and numbers that cannot be drawn.
#include <cmath>
#include <limits>

#include <chainfold/report/curves.hpp>
#include <chainfold/report/figure.hpp>
#include <chainfold/report/png.hpp>
#include <chainfold/report/style.hpp>

#include "notation/xml.hpp"
#include "support/catch.hpp"

namespace {

using namespace chainfold::report;
namespace nn = chainfold::nn;
constexpr double no_number = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();

range of(std::initializer_list<double> numbers) {
    range r;
    for (const double x : numbers) r.add(x);
    return r;
}
std::string texts(const axis& a) {
    std::string all;
    for (const tick& t : a.ticks) all += (all.empty() ? "" : " ") + t.text;
    return all;
}
int count(std::string_view text, std::string_view what) {
    int found = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++found;
    return found;
}
/// A picture that is well-formed and has no number in it that is none.
void check_drawn(const std::string& svg) {
    CHECK(flaw_of_xml(svg) == "");
    for (const char* wrong : {"nan", "inf", "NaN", "-0\"", "e+"}) CHECK(count(svg, wrong) == 0);
}

}  // namespace

TEST_CASE("ticks stand at round numbers") {
    CHECK(texts(linear_axis(of({0, 1}))) == "0 0.2 0.4 0.6 0.8 1.0");
    CHECK(texts(linear_axis(of({0.88, 0.99}))) == "0.85 0.90 0.95 1.00");
    CHECK(texts(linear_axis(of({1, 25}), 6, false)) == "5 10 15 20 25");
    CHECK(texts(linear_axis(of({-3, 7}))) == "−4 −2 0 2 4 6 8");
    CHECK(texts(linear_axis(of({2, 2}))) == "1.8 1.9 2.0 2.1 2.2");
    CHECK(texts(linear_axis({})) == "0 0.2 0.4 0.6 0.8 1.0");
    CHECK(texts(log_axis(of({0.03, 4}))) == "0.05 0.1 0.2 0.5 1 2");
    CHECK(texts(log_axis(of({1e-9, 1}))) == "10⁻⁸ 10⁻⁶ 10⁻⁴ 0.01 1");
    CHECK(texts(log_axis(of({0.011, 0.05}))) == "0.015 0.02 0.03 0.04 0.05");
}

TEST_CASE("an axis bears the ends of double") {
    constexpr double most = std::numeric_limits<double>::max();
    for (const axis& a : {linear_axis(of({-most, most})), linear_axis(of({0, most})), log_axis(of({5e-324, most})),
                          linear_axis(of({5e-324, 1e-323})), linear_axis(of({1, 1 + 1e-16}))}) {
        CHECK(a.ticks.size() < 20);
        CHECK(is_finite(a.place(1)));
    }
}

TEST_CASE("numbers are short to read") {
    CHECK(number_text(0.12345) == "0.1235");
    CHECK(number_text(-1.5e-7) == "−1.5 × 10⁻⁷");
    CHECK(number_text(1e20) == "10²⁰");
    CHECK(number_text(no_number) == "not a number");
    CHECK(number_text(infinity) == "∞");
    CHECK(number_text(-infinity) == "−∞");
    CHECK(escaped("<a href=\"x\">&\x01") == "&lt;a href=&quot;x&quot;&gt;&amp;?");
}

TEST_CASE("a chart draws lines, and gaps where numbers are not finite") {
    nn::training_history h;
    h.loss = {4, 2, no_number, 0.5, infinity, 0.02};
    h.validation_loss = {no_number, no_number, no_number, no_number, no_number, no_number};
    const std::string svg = to_svg(loss_chart(h));
    check_drawn(svg);
    CHECK(svg.find("loss (log)") != std::string::npos);
    CHECK(svg.find(" training (2 not finite)") != std::string::npos);
    CHECK(svg.find("validation (6 not finite)") != std::string::npos);
    // Three pieces: the first two epochs, the fourth, the sixth.
    const std::size_t line = svg.find("class=\"line c1\" d=\"");
    CHECK(count(svg.substr(line, svg.find("/>", line) - line), "M") == 3);

    h.loss.assign(1, no_number);
    check_drawn(to_svg(loss_chart(h)));
    h.loss.assign(100000, 1);
    h.loss[5000] = 7;
    const std::string large = to_svg(loss_chart(h));
    CHECK(large.size() < 20000);
    CHECK(count(large, "L82.2 60.2") == 1);  // the one that stands out is seen
    check_drawn(large);
}

TEST_CASE("a heat map has a colour for each number, and bins what is too much") {
    nn::layer_history seen;
    seen.layers = 2;
    seen.weights = {"0.weight", "0.bias", "2.weight"};
    seen.steps = {1, 11, 21};
    seen.gradient = {3, 4, 0, 3e-3, 4e-3, no_number, 30, 40, 1};
    const heat_map map = gradient_map(seen, "linear(2, 3), tanh, linear(3, 1)");
    CHECK(map.rows == std::vector<std::string>{"0 linear(2, 3)", "2 linear(3, 1)"});
    REQUIRE(map.values.size() == 6);
    CHECK(map.values[0] == 5);  // the hypotenuse of weight and bias
    CHECK(map.values[4] == 50);
    const std::string svg = to_svg(map);
    check_drawn(svg);
    CHECK(svg.find("class=\"zero\" d=") != std::string::npos);
    CHECK(svg.find("class=\"broken\" d=") != std::string::npos);
    CHECK(svg.find("fill=\"" + viridis(0) + "\" d=") != std::string::npos);   // 0.005
    CHECK(svg.find("fill=\"" + viridis(31) + "\" d=") != std::string::npos);  // 50

    heat_map large{"", "step", "norm", std::vector<std::string>(50, "layer"), {}, {}};
    for (int s = 0; s < 10000; ++s) {
        large.steps.push_back(s + 1);
        for (int r = 0; r < 50; ++r) large.values.push_back(std::exp(0.001 * (s % 977) * (r % 7)));
    }
    const std::string drawn = to_svg(large);
    check_drawn(drawn);
    CHECK(drawn.size() < 250000);
    CHECK(heat_map_writer(large).together() == 63);
    large.values.assign(large.values.size(), no_number);
    check_drawn(to_svg(large));
    large.values.assign(large.values.size(), 0);
    check_drawn(to_svg(large));
}

TEST_CASE("the colours are Matplotlib's, but for a few shades") {
    const struct {
        int level;
        int channels[3];
    } known[] = {{0, {0x44, 0x01, 0x54}}, {31, {0xfd, 0xe7, 0x25}}};
    for (const auto& k : known)
        for (std::size_t c = 0; c < 3; ++c)
            CHECK(std::abs(std::stoi(viridis(k.level).substr(1 + 2 * c, 2), nullptr, 16) - k.channels[c]) <= 4);
}

TEST_CASE("a small picture is a file that others read") {
    CHECK(base64("Man") == "TWFu");
    CHECK(base64("Ma") == "TWE=");
    CHECK(base64("M") == "TQ==");
    const std::string file = png({0, 255, 128, 7, 8, 9}, 3);
    CHECK(file.substr(0, 8) == "\x89PNG\r\n\x1a\n");
    // The chunk that ends every PNG, with its known sum.
    CHECK(file.substr(file.size() - 12) == std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12));
    // Adler-32 of "\0\0\xff\x80\0\7\10\11", before the sum of the chunk.
    std::uint32_t a = 1, b = 0;
    for (const std::uint32_t c : {0u, 0u, 255u, 128u, 0u, 7u, 8u, 9u}) a = (a + c) % 65521, b = (b + a) % 65521;
    const auto* tail = reinterpret_cast<const unsigned char*>(file.data()) + file.size() - 20;
    CHECK((std::uint32_t{tail[0]} << 24 | std::uint32_t{tail[1]} << 16 | std::uint32_t{tail[2]} << 8 | tail[3]) ==
          (b << 16 | a));
}

TEST_CASE("a chart as a file of its own brings the colours of the page") {
    const chart c{"A & B", "x", "y", {{"a", {0, 1}, {1, 2}}, {"b", {0, 1}, {2, 1}, 0}}};
    const std::string svg = standalone_svg(c, 500);
    check_drawn(svg);
    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"500\""));
    CHECK(count(svg, "<title>A &amp; B</title>") == 1);
    CHECK(count(svg, "prefers-color-scheme:dark") == 1);
    CHECK(count(svg, "var(") == 0);
    const auto on_the_page = [](const char* name, std::string_view colour) {
        return style.find(std::string(name) + ": " + std::string(colour)) != std::string_view::npos;
    };
    for (const theme& t : {light, dark}) {
        CHECK(on_the_page("--card", t.card));
        CHECK(on_the_page("--soft", t.soft));
        CHECK(on_the_page("--line", t.line));
        CHECK(on_the_page("--c1", t.c1));
        CHECK(on_the_page("--c2", t.c2));
        CHECK(on_the_page("--c3", t.c3));
        CHECK(on_the_page("--c4", t.c4));
        CHECK(count(svg, t.c1) == 2);  // lines and legend
    }
}
