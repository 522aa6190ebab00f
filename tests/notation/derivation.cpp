// The chain rule step by step: the steps of the worked examples, their numbers, and that every derivation ends at the
// gradient.
#include "notation/xml.hpp"
#include "support/catch.hpp"

#include <array>
#include <sstream>
#include <string>

#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/derivation.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 1>;
constexpr auto W1 = parameter<"W1", 3, 2>;
constexpr auto b1 = parameter<"b1", 3>;
constexpr auto W2 = parameter<"W2", 1, 3>;
constexpr auto b2 = parameter<"b2", 1>;
constexpr auto loss = squared_error(sigmoid(W2 * sigmoid(W1 * x + b1) + b2), t);

constexpr auto s = input<"s">;
constexpr auto target = input<"t">;
constexpr auto w1 = parameter<"w1">;
constexpr auto c1 = parameter<"b1">;
constexpr auto w2 = parameter<"w2">;
constexpr auto c2 = parameter<"b2">;
constexpr auto small_loss = square(sigmoid(w2 * sigmoid(w1 * s + c1) + c2) - target);

double at(const derivation_steps& steps, std::string_view name, int i = 0) {
    const derivation_step* const found = steps.find(name);
    REQUIRE(found != nullptr);
    return found->values[i];
}
auto near(double expected) { return Approx(expected).epsilon(0).margin(1e-12); }

// ---- The steps -----------------------------------------------------------------------------------------------------

constexpr bool has_steps(const derivation_steps& steps, std::initializer_list<std::string_view> wanted) {
    int i = 0;
    for (const std::string_view equation : wanted) {
        if (i == steps.size()) return false;
        const derivation_step& step = steps[i++];
        const std::size_t name = step.name.size();
        if (equation.substr(0, name) != step.name || equation.substr(name, 3) != " = ") return false;
        if (equation.substr(name + 3) != step.formula) return false;
    }
    return i == steps.size();
}

static_assert(has_steps(derivation(loss, W1, b1, W2, b2),
                        {"z₁ = W₁x + b₁", "a₁ = σ(z₁)", "z₂ = W₂a₁ + b₂", "ŷ = σ(z₂)", "L = ‖ŷ − t‖²",
                         "∂L/∂ŷ = 2(ŷ − t)", "∂L/∂z₂ = ∂L/∂ŷ ⊙ ŷ ⊙ (1 − ŷ)", "∂L/∂W₂ = ∂L/∂z₂ · a₁ᵀ", "∂L/∂b₂ = ∂L/∂z₂",
                         "∂L/∂a₁ = W₂ᵀ · ∂L/∂z₂", "∂L/∂z₁ = ∂L/∂a₁ ⊙ a₁ ⊙ (1 − a₁)", "∂L/∂W₁ = ∂L/∂z₁ · xᵀ",
                         "∂L/∂b₁ = ∂L/∂z₁"}));
// only what leads to the symbol asked for
static_assert(has_steps(derivation(loss, b2),
                        {"z₁ = W₁x + b₁", "a₁ = σ(z₁)", "z₂ = W₂a₁ + b₂", "ŷ = σ(z₂)", "L = ‖ŷ − t‖²",
                         "∂L/∂ŷ = 2(ŷ − t)", "∂L/∂z₂ = ∂L/∂ŷ ⊙ ŷ ⊙ (1 − ŷ)", "∂L/∂b₂ = ∂L/∂z₂"}));
static_assert(has_steps(derivation(square(2_c * s + 3_c)),
                        {"z = 2s + 3", "y = z²", "∂y/∂z = 2z", "∂y/∂s = 2 · ∂y/∂z"}));
static_assert(has_steps(derivation(mean_squared_error(W1 * x + b1, input<"t", 3>), b1),
                        {"ŷ = W₁x + b₁", "L = ‖ŷ − t‖² / 3", "∂L/∂ŷ = 2 / 3 · (ŷ − t)", "∂L/∂b₁ = ∂L/∂ŷ"}));
static_assert(has_steps(derivation(cross_entropy(W2 * relu(W1 * x), t), W1),
                        {"z₁ = W₁x", "a₁ = ReLU(z₁)", "z₂ = W₂a₁", "L = logsumexp(z₂) − tᵀz₂",
                         "∂L/∂z₂ = softmax(z₂) − t", "∂L/∂a₁ = W₂ᵀ · ∂L/∂z₂", "∂L/∂z₁ = ∂L/∂a₁ ⊙ 𝟏[a₁ > 0]",
                         "∂L/∂W₁ = ∂L/∂z₁ · xᵀ"}));
// a value that is used twice, one step, none
static_assert(has_steps(derivation(dot(w1 * b1, w1* b1), w1),
                        {"h = w₁b₁", "L = hᵀh", "∂L/∂h = 2h", "∂L/∂w₁ = (∂L/∂h)ᵀ · b₁"}));
static_assert(has_steps(derivation(w1 * s), {"L = w₁s", "∂L/∂w₁ = s"}));
static_assert(has_steps(derivation(w1), {"∂L/∂w₁ = 1"}));

// rules come from the operations
constexpr bool has_rule(const derivation_steps& steps, std::string_view name, std::string_view rule) {
    const derivation_step* const found = steps.find(name);
    return found != nullptr && found->rule == rule;
}
constexpr bool has_dims(const derivation_steps& steps, std::string_view name, const dimensions& dims) {
    return steps.find(name)->dims == dims;
}
static_assert(has_rule(derivation(loss), "∂L/∂z₁", "sigmoid: y(1 − y)"));
static_assert(has_rule(derivation(loss), "∂L/∂W₂", "product: cbᵀ"));
static_assert(has_rule(derivation(loss), "∂L/∂a₁", "product: Aᵀc"));
static_assert(has_rule(derivation(loss), "∂L/∂b₂", "addition: 1"));
static_assert(has_rule(derivation(loss), "∂L/∂ŷ", "square: 2x"));
static_assert(has_rule(derivation(loss), "L", "subtraction, square, sum of entries"));
static_assert(has_rule(derivation(squared_error(tanh(W2 * b1), t)), "∂L/∂z", "tanh: 1 − y²"));
static_assert(has_rule(derivation(squared_error(relu(W2 * b1), t)), "∂L/∂z", "relu: 𝟏[y > 0]"));
static_assert(has_dims(derivation(loss, W1), "∂L/∂W₁", matrix_dimensions(3, 2)));

// numbers in constant expressions
static_assert(derivation(square(2_c * s + 3_c))(s = 2.0).find("y")->values[0] == 49);
static_assert(derivation(square(2_c * s + 3_c))(s = 2.0).find("∂y/∂s")->values[0] == 28);

// ---- Numbers -------------------------------------------------------------------------------------------------------

TEST_CASE("the numbers of a network of two neurons") {
    const auto steps = derivation(small_loss)(s = 1.0, target = 1.0, w1 = 0.5, c1 = 0.1, w2 = 0.8, c2 = -0.2);
    CHECK(at(steps, "z₁") == near(0.6));
    CHECK(at(steps, "a₁") == near(0.6456563062257954));
    CHECK(at(steps, "ŷ") == near(0.5784771463310985));
    CHECK(at(steps, "L") == near(0.17768151616517416));
    CHECK(at(steps, "∂L/∂w₁") == near(-0.037624829924195594));
    CHECK(at(steps, "∂L/∂b₁") == near(-0.037624829924195594));
    CHECK(at(steps, "∂L/∂w₂") == near(-0.1327271748632097));
    CHECK(at(steps, "∂L/∂b₂") == near(-0.20556939285402578));
    const std::string text(to_string(steps).view());
    CHECK(text.find("z₁ = w₁s + b₁ = 0.5 · 1 + 0.1 = 0.6 ") != std::string::npos);
    CHECK(text.find("L = (ŷ − t)² = (0.578477 − 1)² = 0.177682 ") != std::string::npos);
    CHECK(text.find("∂L/∂b₂ = ∂L/∂z₂ = −0.205569 ") != std::string::npos);
}

TEST_CASE("the numbers of a network of three layers") {
    const std::array w{0.24835707650561634, -0.06913215058559233, 0.32384426905034625,
                       0.7615149282040127,  -0.11707668736166799, -0.11706847847459027};
    const std::array v{0.7896064077536957, 0.3837173645764544, -0.23473719296747605};
    const std::array<double, 3> zero{};
    const auto steps = derivation(loss, W1, b1, W2, b2)(x = std::array{1.0, 0.5}, t = std::array{1.0}, W1 = w,
                                                        b1 = zero, W2 = v, b2 = std::array{0.0});
    CHECK(at(steps, "ŷ") == near(0.6425715386556241));
    const double dw[] = {-0.03204256758235443,  -0.016021283791177215, -0.013946262027958851,
                         -0.006973131013979426, 0.009561094929887137,  0.0047805474649435685};
    for (int i = 0; i < 6; ++i) CHECK(at(steps, "∂L/∂W₁", i) == near(dw[i]));
    const double db[] = {-0.03204256758235443, -0.013946262027958851, 0.009561094929887137};
    for (int i = 0; i < 3; ++i) CHECK(at(steps, "∂L/∂b₁", i) == near(db[i]));
    const double dv[] = {-0.09083376602611128, -0.10987284707572834, -0.07490215374480615};
    for (int i = 0; i < 3; ++i) CHECK(at(steps, "∂L/∂W₂", i) == near(dv[i]));
    CHECK(at(steps, "∂L/∂b₂") == near(-0.1641835887549439));
}

/// All derivatives of a derivation against those of evaluate, at made-up numbers; gives how many were compared.
template <class E, class... S>
int compare_with_gradient(E e, S... symbols) {
    double next = 0.3;
    const auto numbers = [&](auto symbol) {
        std::array<double, decltype(symbol)::shape_type::size> values{};
        for (double& value : values) value = (next = next > 0.8 ? next - 1.37 : next + 0.29);
        return values;
    };
    return std::apply(
        [&](const auto&... values) {
            const auto steps = derivation(e, symbols...)((symbols = values)...);
            const auto expected = evaluate(gradient(e, symbols...), (symbols = values)...).gradient;
            int compared = 0;
            const auto compare = [&](auto symbol) {
                long_text name;
                writer out(name);
                write_derivative_name(out, script::unicode, {"L"}, math_name(definition_of<decltype(symbol)>::name));
                const derivation_step* const found = steps.find(name);
                REQUIRE(found != nullptr);
                const double* const wanted = expected[symbol].data();
                for (int i = 0; i < found->values.size(); ++i, ++compared)
                    CHECK(found->values[i] == Approx(wanted[i]).epsilon(1e-12).margin(1e-15));
            };
            (compare(symbols), ...);
            return compared;
        },
        std::tuple{numbers(symbols)...});
}

TEST_CASE("every derivation ends at the gradient") {
    constexpr auto z = input<"x", 3>;
    constexpr auto u = input<"t", 3>;
    constexpr auto A = parameter<"A", 3, 3>;
    constexpr auto h = z + tanh(A * z + b1);
    CHECK(compare_with_gradient(squared_error(h + tanh(A * h + b1), u), z, u, A, b1) == 18);  // residual, shared
    CHECK(compare_with_gradient(cross_entropy(A * relu(A * z), u) + 0.5_c * squared_norm(A), z, u, A) == 15);
    CHECK(compare_with_gradient(sum(exp(softmax(A * z) / (square(u) + 1_c))) / dot(b1, b1), z, u, A, b1) == 18);
    CHECK(compare_with_gradient(binary_cross_entropy(transpose(A) * hadamard(b1, sigmoid(z)), u), z, u, A, b1) == 18);
    CHECK(compare_with_gradient(dot(row<1>(A), A * stack(element<0>(z), sum(u), element<2>(b1))), z, u, A, b1) == 18);
    CHECK(compare_with_gradient(sum(select(z < b1, square(z), leaky_relu(u - z))) + sum(A), z, u, A, b1) == 18);
}

// ---- Forms ---------------------------------------------------------------------------------------------------------

TEST_CASE("a derivation in plain text") {
    std::ostringstream out;
    out << derivation(square(2_c * s + 3_c))(s = 2.0);
    CHECK(out.str() ==
          "Forward\n"
          "  z = 2s + 3 = 2 · 2 + 3 = 7       scalar  product, addition\n"
          "  y = z² = 7² = 49                 scalar  square\n"
          "\n"
          "Backward\n"
          "  ∂y/∂z = 2z = 2 · 7 = 14          scalar  square: 2x\n"
          "  ∂y/∂s = 2 · ∂y/∂z = 2 · 14 = 28  scalar  product: a\n"
          "\n"
          "In a rule, y is the operation's result, a, b and x its operands, and c the derivative by y.\n");
}

TEST_CASE("a derivation in LaTeX and as a page") {
    const auto steps = derivation(loss, W2);
    const std::string latex(to_latex(steps).view());
    CHECK(
        latex.find("\\frac{\\partial L}{\\partial W_{2}} &= \\frac{\\partial L}{\\partial z_{2}} \\, a_{1}^{\\top} && "
                   "1 \\times 3 && \\text{product}\\text{: }c b^{\\top}") != std::string::npos);
    const std::string page(to_html(steps).view());
    CHECK(flaw_of_xml(page).empty());
    CHECK(page.substr(0, 15) == "<!doctype html>");
    CHECK(page.find("http") == std::string::npos);  // nothing is loaded
    const std::array<double, 1> number{};
    const std::array<double, 3> numbers{};
    const auto bound = steps(x = std::array{1.0, 0.5}, t = number, W1 = std::array<double, 6>{}, b1 = numbers,
                             W2 = numbers, b2 = number);
    CHECK(flaw_of_xml(to_html(bound).view()).empty());
    CHECK(bound.has_values());
    CHECK(!steps.has_values());
}

TEST_CASE("numbers as text") {
    const auto written = [](double value, script in) {
        long_text text;
        writer out(text);
        write_values(out, in, &value, scalar_dimensions);
        return std::string(text.view());
    };
    CHECK(written(0, script::unicode) == "0");
    CHECK(written(-0.000123456789, script::unicode) == "−0.000123457");
    CHECK(written(123456789, script::unicode) == "1.23457 · 10⁸");
    CHECK(written(999999.7, script::unicode) == "10⁶");
    CHECK(written(1e300, script::latex) == "10^{300}");
    CHECK(written(-2.5e-30, script::unicode) == "−2.5 · 10⁻³⁰");
    CHECK(written(5e-324, script::cpp) == "4.94066e-324");
    CHECK(written(std::numeric_limits<double>::infinity(), script::unicode) == "∞");
    CHECK(written(-std::numeric_limits<double>::infinity(), script::latex) == "-\\infty");
    CHECK(written(std::numeric_limits<double>::quiet_NaN(), script::unicode) == "NaN");
    const double entries[20] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    long_text text;
    writer out(text);
    write_values(out, script::unicode, entries, vector_dimensions(9));
    out.put(" ");
    write_values(out, script::unicode, entries, matrix_dimensions(2, 2));
    CHECK(text == "(1, 2, 3, 4, 5, 6, …) ((1, 2), (3, 4))");
}

#if defined(__cpp_exceptions)
TEST_CASE("a vector of the wrong length is refused") {
    const std::vector<double> three(3);
    CHECK_THROWS_AS(derivation(squared_norm(x), x)(x = three), std::invalid_argument);
}
#endif

}  // namespace
