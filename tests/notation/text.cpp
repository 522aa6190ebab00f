// The text type, and formulas of any length.
#include "support/catch.hpp"

#include <sstream>
#include <string>

#include <chainfold/expression/function.hpp>
#include <chainfold/notation/to_string.hpp>

namespace {

using namespace chainfold;

constexpr auto x = input<"x">;

/// A formula that doubles with each step, while the graph grows by one node.
template <int N>
constexpr auto doubled() {
    if constexpr (N == 0)
        return x;
    else
        return tanh(doubled<N - 1>() + doubled<N - 1>());
}

TEST_CASE("a text converts to a view, compares and is streamed") {
    const auto formula = to_string(tanh(x));
    const std::string_view view = formula;
    CHECK(view == "tanh(x)");
    CHECK(formula == "tanh(x)");
    CHECK(formula != "tanh(y)");
    CHECK(formula == std::string("tanh(x)"));
    CHECK(formula.size() == 7);
    CHECK(std::string(formula.c_str()) == "tanh(x)");
    std::ostringstream out;
    out << formula;
    CHECK(out.str() == "tanh(x)");
}

TEST_CASE("numbers are written at run time as in constants") {
    char characters[32]{};
    writer w(characters);
    w.put(0);
    w.put(" ");
    w.put(-2147483647 - 1);
    w.put(" ");
    w.put(1234567890);
    CHECK(std::string(characters) == "0 -2147483648 1234567890");
}

TEST_CASE("the printer runs at run time") {
    const graph_view graph = graph_of<decltype(tanh(x) / (x + x))>().view();
    char characters[64]{};
    writer w(characters);
    plain_printer(graph, w).print(graph.outputs[0], precedence::comparison);
    CHECK(std::string(characters) == "tanh(x) / (x + x)");
}

TEST_CASE("a formula that is too long ends with an ellipsis") {
    static constexpr auto formula = to_string(doubled<12>());
    const std::string_view view = formula;
    CHECK(view.size() < writer::limit + 64);
    CHECK(view.substr(0, 10) == "tanh(tanh(");
    CHECK(view.substr(view.size() - 4) == " ...");
    CHECK(view.find('\0') == std::string_view::npos);
}

}  // namespace
