// Pictures of networks: what they show, and that they can be read.
#include "support/catch.hpp"

#include <algorithm>
#include <string>

#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/picture/inspect.hpp>
#include <chainfold/notation/to_svg.hpp>

#include "notation/networks.hpp"

namespace {

using namespace chainfold;
using namespace chainfold::literals;
using picture::kind;

constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 1>;
constexpr auto W1 = parameter<"W1", 3, 2>;
constexpr auto b1 = parameter<"b1", 3>;
constexpr auto W2 = parameter<"W2", 1, 3>;
constexpr auto b2 = parameter<"b2", 1>;
constexpr auto loss = squared_error(sigmoid(W2 * sigmoid(W1 * x + b1) + b2), t);

template <class E>
picture::drawing drawn(E) {
    return chainfold::detail::drawing_of<E>();
}
int count(std::string_view text, std::string_view what) {
    int found = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++found;
    return found;
}
bool has(std::string_view text, std::string_view what) { return count(text, what) > 0; }

const picture::drawn_node& find(const picture::drawing& d, std::string_view name) {
    const auto found = std::find_if(d.nodes.begin(), d.nodes.end(), [&](const auto& n) { return n.name == name; });
    REQUIRE(found != d.nodes.end());
    return *found;
}
/// What node `to` reads, in the order of its formula, and the cotangents that flow back: "W₁ (∂L/∂W₁) x".
std::string edges_to(const picture::drawing& d, std::string_view to) {
    std::string text;
    for (const picture::drawn_edge& edge : d.edges)
        if (d[edge.to].name == to)
            text +=
                (text.empty() ? "" : " ") + d[edge.from].name + (edge.flows_back() ? " (" + edge.cotangent + ")" : "");
    return text;
}

TEST_CASE("the chapter's network is drawn as the chapter draws it") {
    const picture::drawing d = drawn(value_and_gradient(loss, W1, b1, W2, b2));
    CHECK(d.nodes.size() == 11);
    CHECK(find(d, "z₁").text() == "z₁ = W₁x + b₁");
    CHECK(find(d, "a₁").text() == "a₁ = σ(z₁)");
    CHECK(find(d, "z₂").text() == "z₂ = W₂a₁ + b₂");
    CHECK(find(d, "ŷ").text() == "ŷ = σ(z₂)");
    CHECK(find(d, "L").text() == "L = ‖ŷ − t‖²");
    CHECK(edges_to(d, "z₁") == "W₁ (∂L/∂W₁) x b₁ (∂L/∂b₁)");
    CHECK(edges_to(d, "a₁") == "z₁ (∂L/∂z₁)");
    CHECK(edges_to(d, "z₂") == "W₂ (∂L/∂W₂) a₁ (∂L/∂a₁) b₂ (∂L/∂b₂)");
    CHECK(edges_to(d, "ŷ") == "z₂ (∂L/∂z₂)");
    CHECK(edges_to(d, "L") == "ŷ (∂L/∂ŷ) t");

    CHECK(find(d, "x").is == kind::input);
    CHECK(find(d, "W₁").is == kind::parameter);
    CHECK(find(d, "a₁").is == kind::value);
    CHECK(find(d, "L").is == kind::result);
    CHECK(find(d, "W₁").shape == "3×2");
    CHECK(find(d, "a₁").shape == "3");
    CHECK(find(d, "L").shape == "1");

    // parameters stand beside what they are for, as in the formula; the network begins with x
    CHECK(d[find(d, "W₁").beside].name == "z₁");
    CHECK(find(d, "W₁").before);
    CHECK(d[find(d, "b₂").beside].name == "z₂");
    CHECK_FALSE(find(d, "b₂").before);
    CHECK(d[find(d, "t").beside].name == "L");
    CHECK(find(d, "x").beside == -1);
}

TEST_CASE("derivatives flow back only to what they are taken by") {
    CHECK_FALSE(drawn(loss).flows_back());
    const picture::drawing d = drawn(gradient(loss, W2));
    CHECK(edges_to(d, "L") == "ŷ (∂L/∂ŷ) t");
    CHECK(edges_to(d, "z₂") == "W₂ (∂L/∂W₂) a₁ b₂");
    CHECK(edges_to(d, "a₁") == "z₁");
    CHECK(edges_to(drawn(gradient_descent(loss, b1)), "z₁") == "W₁ x b₁ (∂L/∂b₁)");
}

TEST_CASE("where a value is read twice, each edge says through what its part of the derivative comes") {
    const picture::drawing d = networks::residual(2);
    CHECK(edges_to(d, "h") == "x a₁ (∂L/∂a₁)");
    CHECK(edges_to(d, "z₂") == "W₂ (∂L/∂W₂) h (∂L/∂h via z₂) b₂ (∂L/∂b₂)");
    CHECK(edges_to(d, "ŷ") == "h (∂L/∂h via ŷ) a₂ (∂L/∂a₂)");
}

/// No line crosses another or runs through a box, nothing is covered, and at the width of a page no text is smaller
/// than ten pixels.
void check_legible(const picture::drawing& d, bool across) {
    const picture::measures sizes;
    const picture::layout where = picture::lay_out(d, sizes);
    const picture::blemishes found = picture::inspect(where);
    CHECK(found.crossings == 0);
    CHECK(found.through_boxes == 0);
    CHECK(found.covered == 0);
    CHECK(where.is_across == across);
    CHECK(sizes.label * std::min(1.0, sizes.page / where.width) >= 10);
}

TEST_CASE("no edges cross and all is legible: the chapter's network") {
    check_legible(drawn(loss), true);
    check_legible(drawn(value_and_gradient(loss, W1, b1, W2, b2)), true);
    check_legible(drawn(value_and_gradient(loss, W1, b1, W2, b2, x, t)), true);
}
TEST_CASE("no edges cross and all is legible: residual blocks") {
    check_legible(networks::residual(1), true);
    check_legible(networks::residual(3), false);
}
TEST_CASE("no edges cross and all is legible: ten layers") { check_legible(networks::chain(10), false); }
TEST_CASE("no edges cross and all is legible: a derivative, a penalty, a formula of one input") {
    check_legible(drawn(derivative(loss, W1)), false);
    check_legible(drawn(gradient(loss + 0.01_c * squared_norm(W1), W1)), false);
    constexpr auto s = input<"s">;
    check_legible(drawn(gradient(square(2_c * s + 3_c), s)), true);
    check_legible(drawn(s), true);
}

TEST_CASE("no edges cross and all is legible: weights that are used again") {
    constexpr auto U = parameter<"U", 4, 4>;
    constexpr auto V = parameter<"V", 4, 4>;
    constexpr auto h1 = tanh(U * input<"x1", 4>);
    constexpr auto h2 = tanh(U * input<"x2", 4> + V * h1);
    constexpr auto h3 = tanh(U * input<"x3", 4> + V * h2);
    check_legible(drawn(gradient(squared_norm(h3), U, V)), false);
}

TEST_CASE("a picture grows with the layers") {
    const picture::measures sizes;
    const auto length = [&](int layers) {
        const picture::drawing d = networks::chain(layers);
        return picture::svg_writer(d, picture::lay_out(d), sizes).run().size();
    };
    const std::size_t at_50 = length(50) - length(49);
    CHECK(length(100) - length(99) < at_50 + at_50 / 8);  // numbers get longer
    CHECK(picture::lay_out(networks::chain(50)).width < sizes.page);
}

// ---- SVG -----------------------------------------------------------------------------------------------------------

/// Every element is closed in order, and there are no stray signs.
bool is_well_formed(std::string_view svg) {
    std::vector<std::string> open;
    for (std::size_t at = 0; at < svg.size(); ++at) {
        if (svg[at] == '&' && svg.substr(at, 4) != "&lt;" && svg.substr(at, 4) != "&gt;" &&
            svg.substr(at, 5) != "&amp;")
            return false;
        if (svg[at] == '>') return false;
        if (svg[at] != '<') continue;
        const std::size_t end = svg.find('>', at);
        if (end == std::string_view::npos) return false;
        const std::string_view tag = svg.substr(at + 1, end - at - 1);
        if (tag.empty() || tag.find('<') != std::string_view::npos || count(tag, "\"") % 2 != 0) return false;
        if (tag[0] == '/') {
            if (open.empty() || open.back() != tag.substr(1)) return false;
            open.pop_back();
        } else if (tag.back() != '/') {
            open.emplace_back(tag.substr(0, tag.find(' ')));
        }
        at = end;
    }
    return open.empty();
}

TEST_CASE("the SVG is complete in itself") {
    const std::string svg = to_svg(value_and_gradient(loss, W1, b1, W2, b2));
    CHECK(is_well_formed(svg));
    CHECK(has(svg, "<title>How L is computed, and its derivatives</title>"));
    CHECK(has(svg, "z₂ = W₂a₁ + b₂; ŷ = σ(z₂)"));
    CHECK(has(svg, "prefers-color-scheme:dark"));
    CHECK_FALSE(has(svg, "href"));
    CHECK_FALSE(has(svg, "url("));
    CHECK(count(svg, "<path class=\"cf-forward\"") == 10 + 1);  // and one in the legend
    CHECK(count(svg, "<path class=\"cf-backward\"") == 8 + 1);
    CHECK(count(svg, "class=\"cf-parameter\"") == 4 + 1);
    CHECK(count(svg, "class=\"cf-input\"") == 2 + 1);
    CHECK(count(svg, "class=\"cf-result\"") == 1 + 1);
    for (const char* name : {"∂L/∂W₁<", "∂L/∂b₁<", "∂L/∂z₁<", "∂L/∂a₁<", "∂L/∂z₂<", "∂L/∂ŷ<", ">3×2<"})
        CHECK(count(svg, name) == 1);
    CHECK_FALSE(has(to_svg(loss), "<path class=\"cf-backward\""));
}

TEST_CASE("names and formulas are quoted where a language needs it") {
    constexpr auto odd = input<"a<b>&\"c\\">;
    const auto e = select(odd < 1_c, exp(odd), 2_c);
    CHECK(is_well_formed(to_svg(e)));
    CHECK(has(to_svg(e), "a&lt;b&gt;&amp;\"c\\"));
    CHECK(has(to_dot(e), "label=\"a<b>&\\\"c\\\\\""));
    CHECK_FALSE(is_well_formed("<svg><a></svg></a>"));
    CHECK_FALSE(is_well_formed("<svg>a & b</svg>"));
}

// ---- DOT -----------------------------------------------------------------------------------------------------------

TEST_CASE("DOT has a rank for each layer, and red edges for derivatives") {
    const std::string dot = to_dot(value_and_gradient(loss, W1, b1, W2, b2));
    CHECK(has(dot, "digraph chainfold {"));
    CHECK(count(dot, "rank=same") == 3);
    CHECK(count(dot, ", label=\" ") == 10 + 8);
    CHECK(count(dot, "[style=invis]") == 3);
    CHECK(count(dot, "dir=back, color=\"#d1242f\"") == 8);
    CHECK(has(dot, "label=\" ∂L/∂z₁ \""));
    CHECK(has(dot, "label=\"z₁ = W₁x + b₁\""));
    CHECK_FALSE(has(to_dot(loss), "dir=back"));
}

}  // namespace
