// Names of values: which ones have one, and that no name is given twice.
#include "support/catch.hpp"

#include <string>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/expression/lower.hpp>
#include <chainfold/notation/naming.hpp>

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
constexpr auto a1 = sigmoid(W1 * x + b1);
constexpr auto z2 = W2 * a1 + b2;

/// All names, in the order of the nodes.
template <class E>
constexpr long_text names(E, naming_of policy, script in = script::unicode) {
    const graph_view graph = graph_of<E>().view();
    const naming found(graph, policy);
    long_text text;
    writer out(text);
    for (int id = 0; id < graph.node_count; ++id) {
        if (!found[id].exists()) continue;
        if (out.size() > 0) out.put(" ");
        write_name(out, in, found[id]);
    }
    return text;
}
template <class E>
constexpr long_text steps(E e) {
    return names(e, naming_of::steps);
}

static_assert(steps(squared_error(sigmoid(z2), t)) == "W₂ W₁ x b₁ z₁ a₁ b₂ z₂ ŷ t L");
static_assert(names(squared_error(sigmoid(z2), t), naming_of::steps, script::cpp) ==
              "W2 W1 x b1 z1 a1 b2 z2 y_hat t L");
static_assert(steps(squared_error(z2, t)) == "W₂ W₁ x b₁ z a b₂ ŷ t L");
static_assert(steps(binary_cross_entropy(z2, t)) == "W₂ W₁ x b₁ z₁ a₁ b₂ z₂ t L");
static_assert(steps(square(2_c * s + 3_c)) == "s z y");
static_assert(steps(sigmoid(z2)) == "W₂ W₁ x b₁ z₁ a₁ b₂ z₂ ŷ");
static_assert(steps(squared_error(z2, t) + 0.01_c * squared_norm(W1)) == "W₂ W₁ x b₁ z a b₂ ŷ t L");
static_assert(steps(squared_error(sigmoid(W2 * a1), t)) == "W₂ W₁ x b₁ z₁ a₁ z₂ ŷ t L");

// what is used again is named, unless it is short
static_assert(steps(squared_norm(a1 + tanh(a1))) == "W₁ x b₁ z₁ a₁ a₂ L");
static_assert(names(hadamard(a1, 1_c - a1), naming_of::shared) == "W₁ x b₁ a");
static_assert(names(hadamard(b1, 1_c - b1), naming_of::shared) == "b₁");
static_assert(names(dot(W1 * x + b1, W1* x + b1), naming_of::shared) == "W₁ x b₁ h");

// conditions have no names, nor has what an operation does not repeat
static_assert(steps(sum(select(x < row<0>(transpose(W1) * W1), x, 0_c))) == "x W₁ L");

// letters that are taken
constexpr auto a = input<"a2">;
constexpr auto L = parameter<"L">;
constexpr auto y = input<"y">;
static_assert(steps(squared_error(tanh(L * a), y)) == "L a₂ z ŷ y J");
static_assert(steps(square(sigmoid(tanh(y + a) + a))) == "y a₂ z₁ g₁ z₂ g₂ f");

// how a name is written
constexpr long_text written(std::string_view name, script in) {
    long_text text;
    writer out(text);
    write_name(out, in, math_name(name));
    return text;
}
static_assert(written("W1", script::unicode) == "W₁");
static_assert(written("W_12", script::unicode) == "W₁₂");
static_assert(written("W_12", script::cpp) == "W_12");
static_assert(written("W1", script::latex) == "W_{1}");
static_assert(written("W1", script::mathml) == "<msub><mi>W</mi><mn>1</mn></msub>");
static_assert(written("x_in", script::unicode) == "x_in");
static_assert(written("x_in", script::latex) == "x_{\\text{in}}");
static_assert(written("x_in", script::mathml) == "<msub><mi>x</mi><mi>in</mi></msub>");
static_assert(written("alpha", script::unicode) == "α");
static_assert(written("alpha2", script::latex) == "\\alpha_{2}");
static_assert(written("α₂", script::unicode) == "α₂");
static_assert(written("λ", script::latex) == "\\lambda");
static_assert(written("0.weight", script::unicode) == "0.weight");
static_assert(written("0.weight", script::latex) == "\\text{0.weight}");
static_assert(written("learning_rate", script::latex) == "\\text{learning\\_rate}");
static_assert(written("50% & {x}^~\\#$", script::latex) ==
              "\\text{50\\% \\& \\{x\\}\\textasciicircum{}\\textasciitilde{}\\textbackslash{}\\#\\$}");
static_assert(written("a<b>&\"c\"", script::mathml) == "<mi>a&lt;b&gt;&amp;&quot;c&quot;</mi>");

constexpr long_text derivative_written(script in) {
    long_text text;
    writer out(text);
    write_derivative_name(out, in, {"L"}, {"y", {}, 0, true});
    return text;
}
static_assert(derivative_written(script::cpp) == "dL_dy_hat");
static_assert(derivative_written(script::unicode) == "∂L/∂ŷ");
static_assert(derivative_written(script::latex) == "\\frac{\\partial L}{\\partial \\hat{y}}");

TEST_CASE("names are found at run time as in constants") {
    CHECK(std::string(steps(squared_error(sigmoid(z2), t)).c_str()) == "W₂ W₁ x b₁ z₁ a₁ b₂ z₂ ŷ t L");
}

}  // namespace
