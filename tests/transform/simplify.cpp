// What the simplifier writes.  A graph is simplified by bringing it into a builder that carries the rule; doing it
// again changes nothing, and no rule changes a shape.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/notation/plain.hpp>
#include <chainfold/notation/text.hpp>
#include <chainfold/transform/differentiate.hpp>
#include <chainfold/expression/lower.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

/// The formula that a builder's one output stands for.
struct formula {
    char characters[512]{};
    std::size_t size = 0;
    dimensions dims{};
    constexpr explicit formula(const builder& graph) {
        writer w(characters);
        const graph_view view = graph.view();
        plain_printer(view, w).print(view.outputs[0], precedence::comparison);
        size = w.size();
        dims = view[view.outputs[0]].dims;
    }
    [[nodiscard]] constexpr std::string_view view() const { return {characters, size}; }
};

constexpr builder simplified(const graph_view& from) {
    builder to(simplification::simplify);
    to.add_output(import_graph(to, from)[0].id);
    return to;
}

template <class E>
constexpr bool becomes(E, std::string_view text) {
    const builder once = simplified(graph_of<E>().view());
    const builder twice = simplified(once.view());
    const formula first(once), second(twice);
    return first.view() == text && second.view() == text && first.dims == dimensions_of(typename E::shape_type{});
}

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto x = input<"x", 2>;
constexpr auto y = input<"y", 2>;
constexpr auto x3 = input<"x3", 3>;
constexpr auto A = parameter<"A", 2, 2>;
constexpr auto W = parameter<"W", 3, 2>;

// zero and one
static_assert(becomes(a + 0_c, "a"));
static_assert(becomes(0_c + x, "x"));
static_assert(becomes(a + (x - x), "broadcast<2>(a)"));
static_assert(becomes(x - 0_c, "x"));
static_assert(becomes(0_c - x, "-x"));
static_assert(becomes(1_c * x, "x"));
static_assert(becomes(x / 1_c, "x"));
static_assert(becomes(0_c * x, "broadcast<2>(0)"));
static_assert(becomes(x - x, "broadcast<2>(0)"));
static_assert(becomes(pow<1>(a), "a"));
static_assert(becomes(pow<2>(a), "square(a)"));
static_assert(becomes(pow<0>(x), "broadcast<2>(1)"));
static_assert(becomes(pow<-1>(a), "1 / a"));
static_assert(becomes(A * (x - x), "broadcast<2>(0)"));

// constants are exact
static_assert(becomes(0.1_c + 0.2_c, "0.3"));
static_assert(becomes(1_c / 3_c + 1_c / 6_c, "0.5"));
static_assert(becomes(2_c * (3_c * a), "6 * a"));
static_assert(becomes(a * 2_c, "2 * a"));
static_assert(becomes(a / 4_c, "0.25 * a"));
static_assert(becomes(a / 3_c, "a / 3"));
static_assert(becomes(a / -6_c, "-a / 6"));
static_assert(becomes(2_c * a / 3_c, "2 / 3 * a"));
static_assert(becomes(a + 1_c + 2_c, "a + 3"));
static_assert(becomes(1_c + a - 4_c, "a - 3"));
static_assert(becomes(square(3_c * a), "9 * square(a)"));
static_assert(becomes(pow<3>(2_c), "8"));
static_assert(becomes(1_c / (2_c * a), "0.5 / a"));

// signs
static_assert(becomes(-(-a), "a"));
static_assert(becomes(a - -b, "a + b"));
static_assert(becomes(a + -b, "a - b"));
static_assert(becomes(-a + b, "b - a"));
static_assert(becomes(-(a - b), "b - a"));
static_assert(becomes(-a * -b, "a * b"));
static_assert(becomes(square(-a), "square(a)"));

// like terms
static_assert(becomes(a + a, "2 * a"));
static_assert(becomes(3_c * a - a, "2 * a"));
static_assert(becomes(a * a, "square(a)"));
static_assert(becomes(a - b - b, "a - 2 * b"));
static_assert(becomes(a - 2_c * b - b, "a - 3 * b"));
static_assert(becomes(a + b - b, "a"));
static_assert(becomes(a + b - a, "b"));
static_assert(becomes(a - (a - b), "b"));
static_assert(becomes(b + (a - b), "a"));
static_assert(becomes(a + b + b, "a + 2 * b"));
static_assert(becomes(a - b + 2_c * b, "a + b"));
static_assert(becomes(1_c - a - a, "1 - 2 * a"));
static_assert(becomes(x - a - a, "x - 2 * a"));
static_assert(becomes(a + x - x, "broadcast<2>(a)"));
static_assert(becomes(a + x - a, "x"));
static_assert(becomes(hadamard(x, y) + hadamard(y, x), "2 * hadamard(x, y)"));

// no quotient is shortened by what may be zero
static_assert(becomes(a / a, "a / a"));
static_assert(becomes(a * b / b, "a * b / b"));
static_assert(becomes(a / (1_c / b), "a * b"));
static_assert(becomes(a * (1_c / b), "a / b"));

// conditions keep what they silence
static_assert(becomes(select(a < b, a, 0_c) * b, "select(a < b, a * b, 0)"));
static_assert(becomes(select(a < b, a, a), "a"));

// sums and products over entries
static_assert(becomes(sum(2_c * x), "2 * sum(x)"));
static_assert(becomes(sum(hadamard(x, y)), "dot(x, y)"));
static_assert(becomes(sum(broadcast<4>(a)), "4 * a"));
static_assert(becomes(sum(a), "a"));
static_assert(becomes(dot(2_c * x, -y), "-2 * dot(x, y)"));
static_assert(becomes(dot(embed<1, 2>(a), x), "a * element<1>(x)"));
static_assert(becomes(transpose(transpose(W)), "W"));
static_assert(becomes(transpose(outer(x, y)), "outer(y, x)"));

// triangles
static_assert(becomes(pack_lower(unpack_lower(3_c * x3)), "3 * x3"));
static_assert(becomes(2_c * unpack_lower(3_c * x3), "unpack_lower(6 * x3)"));
static_assert(becomes(unpack_lower(x3 - x3), "broadcast<3, 3>(0)"));
static_assert(becomes(pack_lower(broadcast<3, 3>(a)), "broadcast<3>(a)"));

// parts
static_assert(becomes(element<1>(slice<1, 2>(W * x)), "element<2>(W * x)"));
static_assert(becomes(element<1>(row<2>(W)), "element<2, 1>(W)"));
static_assert(becomes(element<1>(stack(a, b)), "b"));
static_assert(becomes(row<0>(stack(x, y)), "x"));
static_assert(becomes(element<0>(embed<0, 2>(a)), "a"));
static_assert(becomes(element<1>(embed<0, 2>(a)), "0"));
static_assert(becomes(stack(element<0>(x), element<1>(x)), "x"));
static_assert(becomes(stack(element<1>(x), element<0>(x)), "stack(element<1>(x), element<0>(x))"));
static_assert(becomes(stack(row<0>(W), row<1>(W), row<2>(W)), "W"));
static_assert(becomes(stack(row<0>(W), row<1>(W)), "stack(row<0>(W), row<1>(W))"));
static_assert(becomes(stack(a, a), "broadcast<2>(a)"));
static_assert(becomes(stack(a - a, b - b), "broadcast<2>(0)"));
static_assert(becomes(embed<0, 2>(a) + embed<1, 2>(b), "stack(a, b)"));
static_assert(becomes(embed<0, 3>(a) + embed<2, 3>(b), "stack(a, 0, b)"));
static_assert(becomes(embed<0, 3>(a) + embed<2, 3>(b) + embed<1, 3>(2_c), "stack(a, 2, b)"));
static_assert(becomes(embed<0, 2>(a) - embed<1, 2>(b), "stack(a, -b)"));
static_assert(becomes(embed<0, 2>(a) + embed<0, 2>(b), "embed<0, 2>(a + b)"));
static_assert(becomes(embed<0, 2, 2>(x) + embed<2, 2, 2>(y), "stack(x, y)"));
static_assert(becomes(transpose(W) * embed<1, 3>(a), "a * row<1>(W)"));
static_assert(becomes(A * embed<1, 2>(a), "a * row<1>(transpose(A))"));
static_assert(becomes(outer(embed<1, 3>(a), x), "embed<2, 3, 2>(a * x)"));

// the same entries in another shape, and symmetric matrices
static_assert(becomes(flatten(reshape<2, 3>(W)), "flatten(W)"));
static_assert(becomes(reshape<3, 2>(flatten(W)), "W"));
static_assert(becomes(flatten(W - W), "broadcast<6>(0)"));
static_assert(becomes(flatten(embed<2, 3, 2>(x)), "embed<2, 6>(x)"));
static_assert(becomes(slice<2, 2>(flatten(W)), "row<1>(W)"));
static_assert(becomes(flatten(a), "broadcast<1>(a)"));
static_assert(becomes(symmetric(A), "symmetric(A)"));
static_assert(becomes(symmetric(symmetric(A)), "symmetric(A)"));
static_assert(becomes(symmetric(A + transpose(A)), "A + transpose(A)"));
static_assert(becomes(symmetric(2_c * outer(x, x)), "2 * outer(x, x)"));
static_assert(becomes(symmetric(outer(x, y)), "symmetric(outer(x, y))"));

}  // namespace
