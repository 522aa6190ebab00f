// Where the simplifier and the canonical form are told from others that are nearly the same.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/transform/differentiate.hpp>
#include <chainfold/transform/jacobian.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr bool becomes(auto e, std::string_view text) { return to_string(simplify(e)) == text; }

/// The formula of a graph's last output after the simplifier's rules alone.
struct formula {
    char characters[512]{};
    constexpr explicit formula(const builder& graph) {
        writer w(characters);
        const graph_view view = graph.view();
        plain_printer(view, w).print(view.outputs[0], precedence::comparison);
    }
    [[nodiscard]] constexpr std::string_view view() const { return characters; }
};
template <class E>
constexpr bool rules_give(E, std::string_view text) {
    builder to(simplification::simplify);
    to.add_output(import_graph(to, graph_of<E>().view())[0].id);
    return formula(to).view() == text;
}

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto c = input<"c">;
constexpr auto s = input<"s">;
constexpr auto x = input<"x", 3>;
constexpr auto y = input<"y", 2>;
constexpr auto z = input<"z", 2>;
constexpr auto A = parameter<"A", 2, 2>;
constexpr auto B = parameter<"B", 2, 2>;
constexpr auto C = parameter<"C", 3, 2>;

// a condition on either side of a sum
constexpr auto kept = select(s < 1_c, x, 0_c);
constexpr auto part_kept = embed<1, 3>(select(s < 1_c, y, 0_c));
static_assert(rules_give(kept + part_kept, "select(s < 1, x + embed<1, 3>(y), broadcast<3>(0))"));
static_assert(rules_give(part_kept + kept, "select(s < 1, x + embed<1, 3>(y), broadcast<3>(0))"));

// the sum of a number is the number
static_assert(rules_give(sum(a * b), "a * b"));
// conditions come together only where they are one
static_assert(rules_give(select(s < 1_c, a, b) + select(s < 1_c, b, c), "select(s < 1, a + b, b + c)"));
static_assert(rules_give(select(s < 1_c, a, b) + select(s < 2_c, b, c), "select(s < 1, a, b) + select(s < 2, b, c)"));

// a part of a part, in front of which there is a number
static_assert(becomes(element<1>(s * slice<1, 2>(x)), "s * element<2>(x)"));

static_assert(rules_give(row<1>(stack(y, z)), "z"));
static_assert(rules_give(element<1, 1>(stack(y, z)), "element<1>(z)"));

// the sign of a divisor that is written the other way round
static_assert(becomes(c / (b - a) / s, "-c / s / (a - b)"));
static_assert(becomes(s / a / b / c, "s / c / b / a"));

// |x|³ = x² |x|
static_assert(becomes(pow<3>(abs(a)), "square(a) * abs(a)"));
static_assert(rules_give(square(1_c), "1"));

// what is equally heavy has an order all the same
static_assert(to_string(simplify(tanh(a * b) + tanh(a * c))).view() == to_string(simplify(tanh(a * c) + tanh(a * b))).view());
static_assert(becomes(erfc(a), "erfc(a)") && becomes(erfc(a + b - (b + a)), "1"));

// a list is as deep as what is in it: a sum of four is lighter than a function of a function
static_assert(becomes(tanh(tanh(a)) * (a + b + c + s), "(a + b + c + s) * tanh(tanh(a))"));

// the largest number that divides all terms, whichever has more places
static_assert(becomes(30_c * a + 1.5_c * b, "1.5 * (20 * a + b)"));
static_assert(becomes(1.5_c * a + 30_c * b, "1.5 * (a + 20 * b)"));

// what cancels, in a product
static_assert(becomes(A * ((y + z) - (z + y)), "broadcast<2>(0)"));
static_assert(becomes(((A + B) - (B + A)) * y, "broadcast<2>(0)"));

static_assert(rules_give(outer(x, 0_c * y), "broadcast<3, 2>(0)"));

// the matrix of a linear map, of sums as of inner products
static_assert(to_string(derivative(sum(y) * y, y)) ==
              "stack(embed<0, 2>(sum(y)), embed<1, 2>(sum(y))) + outer(y, broadcast<2>(1))");
static_assert(to_string(derivative(log_sum_exp(y) + tanh(A * y), y)) ==
              "hadamard(A, outer(1 - square(tanh(A * y)), broadcast<2>(1))) + outer(broadcast<2>(1), softmax(y))");
static_assert(to_string(derivative(s * y, s)) == "y");
static_assert(to_string(jacobian(A * y, A)) == "stack(embed<0, 4>(y), embed<2, 4>(y))");
static_assert(to_string(derivative(C * y * dot(C * y, x), y)) == "dot(x, C * y) * C + outer(C * y, transpose(C) * x)");

// a softmax is recognised in as many terms as are looked at
constexpr auto many = y + z + sin(y) + sin(z) + cos(y) + cos(z) + exp(y) + exp(z) + tanh(y) + tanh(z) + sigmoid(y) +
                      sigmoid(z) + erf(y) + erf(z) + softplus(y);
static_assert(becomes(log_sum_exp(many) - log_sum_exp(many) + a, "a"));
static_assert(becomes(tanh(y) / sum(tanh(y)), "tanh(y) / sum(tanh(y))"));
static_assert(becomes(hadamard(exp(z), tanh(y)) / sum(tanh(y)), "hadamard(tanh(y), exp(z)) / sum(tanh(y))"));
static_assert(becomes(exp(y - log_sum_exp(z)), "exp(y - log_sum_exp(z))"));
static_assert(same(exp(many - log_sum_exp(many)), softmax(many)));

}  // namespace
