// Formulas as mathematics: parentheses, what stands between factors, every layout, in Unicode and in LaTeX.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto r = input<"r">;
constexpr auto x = input<"x", 2>;
constexpr auto v = input<"v", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W1", 3, 2>;
constexpr auto b = parameter<"b1", 3>;
constexpr auto A = parameter<"A", 2, 2>;

constexpr bool looks(auto e, std::string_view unicode) { return to_unicode(e) == unicode; }
constexpr bool looks(auto e, std::string_view unicode, std::string_view latex) {
    return to_unicode(e) == unicode && to_latex(e) == latex;
}

// sums, minus, products
static_assert(looks(s + (r - s), "s + r − s"));
static_assert(looks(s - (r - s), "s − (r − s)", "s - (r - s)"));
static_assert(looks(s - -r, "s − (−r)", "s - (-r)"));
static_assert(looks(s + -r * s, "s + (−rs)"));
static_assert(looks(-(-s), "−(−s)"));
static_assert(looks(-s * r, "−sr", "-s r"));
static_assert(looks(s * (r + 1_c), "s(r + 1)", "s (r + 1)"));
static_assert(looks((s + 1_c) * (r + 1_c), "(s + 1) · (r + 1)", "(s + 1) \\, (r + 1)"));
static_assert(looks(s * -r, "s · (−r)", "s \\cdot (-r)"));
static_assert(looks(2_c * 3_c * s, "2 · 3s", "2 \\cdot 3 s"));
static_assert(looks(s * 2_c, "s · 2", "s \\cdot 2"));
static_assert(looks(2_c * sigmoid(s), "2 σ(s)", "2 \\, \\sigma(s)"));
static_assert(looks(parameter<"gain"> * s, "gain · s", "\\text{gain} \\, s"));

// quotients, numbers
static_assert(looks(s / r / s, "s / r / s", "\\frac{\\frac{s}{r}}{s}"));
static_assert(looks(s / (r / s), "s / (r / s)", "\\frac{s}{\\frac{r}{s}}"));
static_assert(looks(square(s / r), "(s / r)²", "\\left(\\frac{s}{r}\\right)^{2}"));
static_assert(looks(reciprocal(s + r), "1 / (s + r)", "\\frac{1}{s + r}"));
static_assert(looks(1_c / 3_c * s, "1 / 3 · s", "\\frac{1}{3} \\, s"));
static_assert(looks(constant<number{1, 3, 0}>{} * (s + r), "(s + r) / 3", "\\frac{s + r}{3}"));
static_assert(looks(constant<number{-1, 3, 0}>{} * s, "−s / 3", "-\\frac{s}{3}"));
static_assert(looks(constant<number{2, 3, 0}>{} * s, "2 / 3 · s", "\\frac{2}{3} \\, s"));
static_assert(looks(2.5e-30_c * s, "2.5 · 10⁻³⁰ · s", "2.5 \\cdot 10^{-30} \\, s"));
static_assert(looks(1e-30_c * s, "10⁻³⁰ · s", "10^{-30} \\, s"));
static_assert(looks(x / v, "x ⊘ v", "x \\oslash v"));
static_assert(looks(x / s, "x / s", "\\frac{x}{s}"));
static_assert(looks(1_c / x, "1 ⊘ x", "1 \\oslash x"));

// powers and functions
static_assert(looks(square(s + r), "(s + r)²", "(s + r)^{2}"));
static_assert(looks(square(-s), "(−s)²", "(-s)^{2}"));
static_assert(looks(-square(s), "−s²", "-s^{2}"));
static_assert(looks(square(square(s)), "(s²)²", "(s^{2})^{2}"));
static_assert(looks(pow<-12>(s), "s⁻¹²", "s^{-12}"));
static_assert(looks(square(x), "x^⊙2", "x^{\\odot 2}"));
static_assert(looks(square(tanh(s)), "tanh(s)²", "\\tanh(s)^{2}"));
static_assert(looks(exp(-square(s)), "exp(−s²)", "e^{-s^{2}}"));
static_assert(looks(square(exp(s)), "exp(s)²", "(e^{s})^{2}"));
static_assert(looks(exp(x), "exp(x)", "\\exp(x)"));
static_assert(looks(sqrt(s + r) * s, "√(s + r) · s", "\\sqrt{s + r} \\, s"));
static_assert(looks(abs(s - r), "|s − r|", "\\left\\lvert s - r\\right\\rvert"));
static_assert(looks(log(1_c + s), "ln(1 + s)", "\\ln(1 + s)"));
static_assert(looks(maximum(s, r), "max(s, r)", "\\max(s, r)"));
static_assert(looks(relu(x), "ReLU(x)", "\\operatorname{ReLU}(x)"));
static_assert(looks(unpack_lower(t), "unpack_lower(t)", "\\operatorname{unpack\\_lower}(t)"));

// vectors and matrices
static_assert(looks(sigmoid(W * x + b), "σ(W₁x + b₁)", "\\sigma(W_{1} x + b_{1})"));
static_assert(looks(W * (A * x), "W₁Ax", "W_{1} A x"));
static_assert(looks(transpose(W) * hadamard(t, 1_c - t), "W₁ᵀ(t ⊙ (1 − t))", "W_{1}^{\\top} (t \\odot (1 - t))"));
static_assert(looks(hadamard(W * x, t), "W₁x ⊙ t", "W_{1} x \\odot t"));
static_assert(looks(s * hadamard(x, v), "sx ⊙ v"));
static_assert(looks(hadamard(x + v, v) / v, "(x + v) ⊙ v ⊘ v"));
static_assert(looks(transpose(A * A) * x, "(AA)ᵀ · x", "(A A)^{\\top} \\, x"));
static_assert(looks(outer(hadamard(x, v), x), "(x ⊙ v) · xᵀ", "(x \\odot v) \\, x^{\\top}"));
static_assert(looks(outer(x, v) * x, "xvᵀx", "x v^{\\top} x"));
static_assert(looks(dot(x, v) * s, "(xᵀv) · s", "(x^{\\top} v) \\, s"));
static_assert(looks(dot(A, A), "⟨A, A⟩", "\\left\\langle A, A\\right\\rangle"));
static_assert(looks(squared_norm(W * x - t), "‖W₁x − t‖²", "\\left\\lVert W_{1} x - t\\right\\rVert^{2}"));
static_assert(looks(mean(t), "∑(t) / 3", "\\frac{\\sum(t)}{3}"));
static_assert(looks(cross_entropy(W * x, t), "logsumexp(W₁x) − tᵀW₁x"));

// conditions
static_assert(looks((s < r) + 1_c, "𝟏[s < r] + 1", "\\mathbf{1}[s < r] + 1"));
static_assert(looks(select(0_c < s, 1_c, 0_c), "𝟏[s > 0]"));
static_assert(looks(select(0_c < x, v, 0_c), "v ⊙ 𝟏[x > 0]", "v \\odot \\mathbf{1}[x > 0]"));
static_assert(looks(select(s <= r, 0_c, r), "r 𝟏[s > r]", "r \\, \\mathbf{1}[s > r]"));
static_assert(looks(select(0_c <= s, 0_c, r), "r 𝟏[s < 0]"));
static_assert(looks(leaky_relu(s), "(s if s > 0, else 0.01s)",
                    "\\begin{cases} s & \\text{if } s > 0 \\\\ 0.01 s & \\text{otherwise} \\end{cases}"));
static_assert(looks(select(s, s, r), "(s if s ≠ 0, else r)"));

// parts and what they are put together to
static_assert(looks(element<1>(x), "x[1]", "x[1]"));
static_assert(looks(element<2, 1>(W), "W₁[2, 1]", "W_{1}[2, 1]"));
static_assert(looks(row<2>(W), "W₁[2, :]"));
static_assert(looks(slice<1, 2>(t + b), "(t + b₁)[1:3]"));
static_assert(looks(stack(s, r* s), "(s; rs)", "\\begin{pmatrix} s \\\\ r s \\end{pmatrix}"));
static_assert(looks(stack(x, v), "(xᵀ; vᵀ)"));
static_assert(looks(broadcast<3>(s), "s𝟏₃", "s \\mathbf{1}_{3}"));
static_assert(looks(broadcast<3, 12>(1_c), "𝟏₃ₓ₁₂", "\\mathbf{1}_{3 \\times 12}"));
static_assert(looks(broadcast<3>(0_c), "𝟎₃", "\\mathbf{0}_{3}"));
static_assert(looks(embed<1, 3>(s), "embed[1](s)"));

// names are text
static_assert(looks(parameter<"0.weight", 3, 2> * x, "0.weight · x", "\\text{0.weight} \\, x"));
static_assert(looks(parameter<"alpha"> * x, "αx", "\\alpha x"));

// MathML
constexpr std::string_view math = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">";
constexpr bool is_mathml(auto e, std::string_view inside) {
    const auto text = to_mathml(e);
    const std::string_view all = text;
    return all.substr(0, math.size()) == math && all.substr(all.size() - 7) == "</math>" &&
           all.substr(math.size(), all.size() - math.size() - 7) == inside;
}
static_assert(is_mathml(W * x, "<msub><mi>W</mi><mn>1</mn></msub><mo>&#x2062;</mo><mi>x</mi>"));
static_assert(is_mathml(s / 2_c, "<mfrac><mrow><mi>s</mi></mrow><mrow><mn>2</mn></mrow></mfrac>"));
static_assert(is_mathml(s < r,
                        "<mn style=\"font-weight:bold\">1</mn><mrow><mo>[</mo><mi>s</mi><mo>&lt;</mo>"
                        "<mi>r</mi><mo>]</mo></mrow>"));
static_assert(is_mathml(sigmoid(s),
                        "<mi>σ</mi><mo>&#x2061;</mo><mrow><mo stretchy=\"false\">(</mo><mi>s</mi>"
                        "<mo stretchy=\"false\">)</mo></mrow>"));

}  // namespace
