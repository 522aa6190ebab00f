// The canonical form's rules on graphs that are made while the test runs, where coverage sees them.
#include "support/catch.hpp"

#include <string>

#include <chainfold/expression/activation.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/transform/canonical.hpp>

namespace {

using namespace chainfold;

handle symbol_in(builder& graph, std::string_view name, dimensions dims) {
    const auto key = static_cast<hash_value>(graph.view().symbol_count + 1);
    return {&graph, graph.make({operation_code<symbol_op>, dims, graph.symbol_index({name, dims, false, key, key}), nullptr, 0})};
}

/// Symbols to write formulas with, and what becomes of the formulas.
struct paper {
    builder graph;
    handle a = symbol_in(graph, "a", scalar_dimensions), b = symbol_in(graph, "b", scalar_dimensions);
    handle s = symbol_in(graph, "s", scalar_dimensions);
    handle x = symbol_in(graph, "x", vector_dimensions(2)), z = symbol_in(graph, "z", vector_dimensions(3));
    handle A = symbol_in(graph, "A", matrix_dimensions(2, 2)), B = symbol_in(graph, "B", matrix_dimensions(2, 2));

    handle number_of(std::int64_t numerator, int exponent = 0) {
        return make_constant(graph, math::number{numerator, 1, exponent});
    }
    std::string canonical(handle formula) {
        graph.add_output(formula.id);
        graph_view last = graph.view();
        last.outputs += last.output_count - 1;
        last.output_count = 1;
        const builder form = canonical::form_of_graph(last);
        const graph_view view = form.view();
        std::string characters(writer::limit + 100, '\0');
        writer w(characters.data());
        plain_printer(view, w).print(view.outputs[0], precedence::comparison);
        characters.resize(w.size());
        return characters;
    }
};

TEST_CASE("the canonical form turns transposes inside out") {
    paper p;
    const handle at = transpose(p.A), bt = transpose(p.B);
    CHECK(p.canonical(at * bt) == "transpose(B * A)");
    CHECK(p.canonical(at + 2 * bt) == "transpose(A + 2 * B)");
    CHECK(p.canonical(3 * at + 6 * bt) == "3 * transpose(A + 2 * B)");
    CHECK(p.canonical(tanh(hadamard(at, bt))) == "transpose(tanh(hadamard(A, B)))");
    CHECK(p.canonical(square(at)) == "transpose(square(A))");
    CHECK(p.canonical(transpose(outer(p.x, 2 * p.x))) == "2 * outer(x, x)");
    CHECK(p.canonical(sum(p.s * at)) == "s * sum(A)");
    CHECK(p.canonical(transpose(at)) == "A");
    CHECK(p.canonical(at + p.a * at) == "(a + 1) * transpose(A)");
    CHECK(p.canonical(hadamard(at, at + bt)) == "transpose(hadamard(A, A + B))");
}

TEST_CASE("the canonical form knows exponentials and logarithms") {
    paper p;
    CHECK(p.canonical(exp(p.a) * exp(p.b)) == "exp(a + b)");
    CHECK(p.canonical(exp(p.z) / sum(exp(p.z))) == "softmax(z)");
    CHECK(p.canonical(p.s * (exp(p.z) / sum(exp(p.z)))) == "s * softmax(z)");
    CHECK(p.canonical(exp(p.z - log_sum_exp(p.z))) == "softmax(z)");
    CHECK(p.canonical(softmax(p.z + p.s)) == "softmax(z)");
    CHECK(p.canonical(softmax(broadcast(p.s, vector_dimensions(3)))) == "broadcast<3>(1 / 3)");
    CHECK(p.canonical(log_sum_exp(p.z + p.s)) == "log_sum_exp(z) + s");
    CHECK(p.canonical(log_sum_exp(broadcast(p.s, vector_dimensions(3)))) == "log_sum_exp(broadcast<3>(s))");
    CHECK(p.canonical(log(sum(exp(p.z)))) == "log_sum_exp(z)");
    CHECK(p.canonical(log(exp(p.a) * p.b)) == "log(b) + a");
    CHECK(p.canonical(log(3 * exp(p.a))) == "log(3) + a");
    CHECK(p.canonical(log(reciprocal(p.a))) == "-log(a)");
    CHECK(p.canonical(log(square(p.a))) == "2 * log(abs(a))");
    CHECK(p.canonical(log(sqrt(p.a))) == "0.5 * log(a)");
    CHECK(p.canonical(log(softmax(p.z))) == "z - log_sum_exp(z)");
    CHECK(p.canonical(sqrt(exp(p.a))) == "exp(0.5 * a)");
    CHECK(p.canonical(sqrt(square(p.a))) == "abs(a)");
    CHECK(p.canonical(log1p(expm1(p.a))) == "a");
    CHECK(p.canonical(reciprocal(1 + exp(-p.a))) == "sigmoid(a)");
}

TEST_CASE("the canonical form leaves numbers alone that it cannot fold") {
    paper p;
    const handle large = p.number_of(4611686018427387903), odd = p.number_of(4611686018427387901);
    CHECK(p.canonical(large * p.a + odd * p.a) == "9223372036854775804 * a");
    CHECK(p.canonical(large * p.a * (odd * p.b)) == "4611686018427387903 * 4611686018427387901 * a * b");
    CHECK(p.canonical(large * (odd * p.a + p.b)) == "4611686018427387903 * (4611686018427387901 * a + b)");
    CHECK(p.canonical(p.a + p.number_of(1, 300) + p.number_of(1)) == "1 + a + 1e300");
    CHECK(p.canonical(p.a + p.number_of(1, 300) + p.number_of(1) - p.number_of(1, 300)) == "1 + a");
    CHECK(p.canonical(square(large) * p.a) == "square(4611686018427387903) * a");
    CHECK(p.canonical(square(large * p.a)) == "square(4611686018427387903 * a)");
    CHECK(p.canonical(0 * p.x + p.s) == "broadcast<2>(s)");
}

TEST_CASE("the canonical form takes parts out of parts") {
    paper p;
    const dimensions two = vector_dimensions(2);
    CHECK(p.canonical(extract(extract(p.z, 1, two), 1, scalar_dimensions)) == "element<2>(z)");
    CHECK(p.canonical(sum(embed(p.x, 1, vector_dimensions(3)))) == "sum(x)");
    CHECK(p.canonical(extract(2 * p.z, 1, two)) == "2 * slice<1, 2>(z)");
}

}  // namespace
