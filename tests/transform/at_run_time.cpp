// The transformations are constexpr, not consteval: here they run, where debuggers and coverage see them.
#include "support/catch.hpp"

#include <string>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/interpret.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

std::string written(const builder& graph, int output) {
    std::string characters(writer::limit + 100, '\0');
    writer w(characters.data());
    const graph_view view = graph.view();
    plain_printer(view, w).print(view.outputs[output], precedence::comparison);
    characters.resize(w.size());
    return characters;
}

constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto b = parameter<"b", 3>;
constexpr auto loss = squared_error(tanh(W * x + b), t);
using Loss = std::remove_const_t<decltype(loss)>;

TEST_CASE("lowering visits each part once, in the order of its operands") {
    const builder graph = lowered<Loss>::build();
    CHECK(graph.view().node_count == 10);
    CHECK(graph.view().symbol_count == 4);
    CHECK(written(graph, 0) == "sum(square(tanh(W * x + b) - t))");
}

TEST_CASE("one reverse pass gives the derivatives by all symbols") {
    const builder graph = adjoints<Loss>::build();
    REQUIRE(graph.view().output_count == 5);
    CHECK(written(graph, 0) == "sum(square(tanh(W * x + b) - t))");
    CHECK(written(graph, 1) == to_string(derivative(loss, W)));
    CHECK(written(graph, 2) == to_string(derivative(loss, x)));
    CHECK(written(graph, 3) == to_string(derivative(loss, b)));
    CHECK(written(graph, 4) == to_string(derivative(loss, t)));
}

TEST_CASE("a Jacobian by rows is the one by columns") {
    using Affine = std::remove_const_t<decltype(W * x + b)>;
    using X = std::remove_const_t<decltype(x)>;
    for (const builder& graph : {jacobian_stage<Affine, X, mode::reverse>::build(),
                                 jacobian_stage<Affine, X, mode::forward>::build()}) {
        REQUIRE(graph.view().output_count == 1);
        CHECK(written(graph, 0) == "W");
    }
}

TEST_CASE("an adjoint graph is a graph like any other: it is differentiated again") {
    using Cube = std::remove_const_t<decltype(pow<3>(input<"s">))>;
    using First = std::remove_const_t<decltype(derivative(Cube{}, input<"s">))>;
    const builder graph = adjoints<First>::build();
    CHECK(written(graph, 1) == "6 * s");
}

TEST_CASE("the interpreter gives the values of all nodes") {
    const builder graph = adjoints<Loss>::build();
    const float w[] = {1, 2, 3, 4, 5, 6}, one[] = {0, 0}, zero[] = {0, 0, 0}, target[] = {1, 2, 3};
    const float* const symbols[] = {w, one, zero, target};
    const interpretation<float> run(graph.view(), symbols);
    CHECK(*run[graph.view().outputs[0]] == 14);
    const float* by_bias = run[graph.view().outputs[3]];
    CHECK(by_bias[0] == -2);
    CHECK(by_bias[2] == -6);
}

}  // namespace
