// Large formulas: what is repeated is named, stands once, and the text grows with the layers and no faster.
#include "notation/xml.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/where.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 1>;
constexpr auto W1 = parameter<"W1", 3, 2>;
constexpr auto b1 = parameter<"b1", 3>;
constexpr auto W2 = parameter<"W2", 1, 3>;
constexpr auto b2 = parameter<"b2", 1>;
constexpr auto loss = squared_error(sigmoid(W2 * sigmoid(W1 * x + b1) + b2), t);

static_assert(to_string(derivative(loss, b2), where) ==
              "2 * hadamard(a - t, hadamard(a, 1 - a))\n"
              "where a = sigmoid(W2 * sigmoid(W1 * x + b1) + b2)");
static_assert(to_unicode(gradient(loss, W1, b1, W2, b2)) ==
              "∂L/∂W₁ = δ₁xᵀ\n"
              "∂L/∂b₁ = δ₁\n"
              "∂L/∂W₂ = δ₂a₁ᵀ\n"
              "∂L/∂b₂ = δ₂\n"
              "where a₁ = σ(W₁x + b₁)\n"
              "      a₂ = σ(W₂a₁ + b₂)\n"
              "      δ₂ = 2 · (a₂ − t) ⊙ a₂ ⊙ (1 − a₂)\n"
              "      δ₁ = W₂ᵀδ₂ ⊙ a₁ ⊙ (1 − a₁)");
static_assert(to_string(value_and_gradient(loss, b2), where) ==
              "L = sum(square(a - t))\n"
              "dL_db2 = 2 * hadamard(a - t, hadamard(a, 1 - a))\n"
              "where a = sigmoid(W2 * sigmoid(W1 * x + b1) + b2)");
static_assert(to_latex(derivative(loss, b2), where) ==
              "\\begin{aligned}\n"
              "& 2 \\, (a - t) \\odot a \\odot (1 - a) \\\\\n"
              "& \\text{where } a = \\sigma(W_{2} \\, \\sigma(W_{1} x + b_{1}) + b_{2})\n"
              "\\end{aligned}");

// nothing is named that is not repeated, and nothing is lost that is
static_assert(to_string(sigmoid(s) * (1_c - sigmoid(s)), where) == to_string(sigmoid(s) * (1_c - sigmoid(s))).view());
static_assert(to_string(s, where) == "s");
static_assert(to_string(gradient(square(s), s)) == "dy_ds = 2 * s");

// what has a name keeps the parentheses of its own formula
constexpr auto sum2 = (s + 1_c) * (s + 2_c);
static_assert(to_string(tanh(sum2) + sum2, where) == "tanh(h) + h\nwhere h = (s + 1) * (s + 2)");

/// A network of so many layers, its loss and its derivatives, made without types.
builder network(int layers) {
    static const char names[] = "abcdefghijklmnopqrstuvwxyz";
    builder g(simplification::simplify);
    const auto leaf = [&](int letter, int index, dimensions dims, bool trained) {
        static std::vector<std::string> kept;
        kept.reserve(1000);
        kept.push_back(std::string(1, names[letter]) + "_" + std::to_string(index));
        const hash_value key = combine(0, std::string_view(kept.back()));
        const symbol symbol_{kept.back(), dims, trained, key, key};
        return handle{&g, g.make({operation_code<symbol_op>, dims, g.symbol_index(symbol_), nullptr, 0})};
    };
    std::vector<handle> parameters;
    handle h = leaf(23, 0, vector_dimensions(4), false);
    for (int i = 1; i <= layers; ++i) {
        parameters.push_back(leaf(22, i, matrix_dimensions(4, 4), true));
        parameters.push_back(leaf(1, i, vector_dimensions(4), true));
        h = sigmoid(parameters.end()[-2] * h + parameters.back());
    }
    const handle root = sum(square(h - leaf(19, 0, vector_dimensions(4), false)));
    g.add_output(root.id);
    const reverse_pass pass(root, make_constant(g, 1));
    for (const handle& p : parameters) g.add_output(pass[p].id);
    return g;
}

std::string listed(int layers, script in) {
    const builder g = network(layers);
    const graph_view graph = g.view();
    const naming names(graph, naming_of::shared, graph.outputs[0]);
    std::vector<detail::listed_result> results;
    for (int i = 0; i < graph.output_count; ++i) results.push_back({graph.outputs[i], {}});
    return std::string(detail::list_formulas(graph, in, names, results.data(), graph.output_count).view());
}

TEST_CASE("a gradient takes as much text for each layer, however many there are") {
    for (const script in : {script::cpp, script::unicode, script::latex, script::mathml}) {
        const std::size_t ten = listed(10, in).size(), fifty = listed(50, in).size(), ninety = listed(90, in).size();
        CHECK(fifty < 7 * ten);
        CHECK(ninety - fifty < (fifty - ten) * 11 / 10);
        CHECK(fifty < (in == script::mathml ? 80000u : 16000u));
    }
    const std::string text = listed(10, script::cpp);
    CHECK(std::count(text.begin(), text.end(), '\n') == 20 + 20);  // 20 derivatives, 10 activations, 10 deltas
}

TEST_CASE("MathML is closed in order, whatever the formula, and where it is cut off") {
    CHECK(flaw_of_xml(listed(20, script::mathml)).empty());
    CHECK(flaw_of_xml(to_mathml(value_and_gradient(loss, W1, b1, W2, b2)).view()).empty());
    CHECK(flaw_of_xml(to_mathml(select(s < 1_c, exp(s), pow<3>(sqrt(s)))).view()).empty());
    CHECK(
        flaw_of_xml(to_mathml(stack(x, x) * slice<0, 2>(b1) + element<0, 1>(W1) * embed<0, 2>(abs(s))).view()).empty());
    CHECK(flaw_of_xml(to_mathml(parameter<"a<b>&\"c\"">).view()).empty());
    CHECK(flaw_of_xml("<a><b></a>") != "");
}

}  // namespace
