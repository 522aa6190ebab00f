// Simplifying takes linear time.  What is counted is the nodes that the normal form makes on its way, most of which
// nothing needs in the end, and those that are left.
#include "support/catch.hpp"

#include <string>
#include <vector>

#include <chainfold/transform/canonical.hpp>

namespace {

using namespace chainfold;

enum class layer { plain, residual, subtracted, scalar };

struct sizes {
    int made = 0, left = 0;
};

/// The derivative of a network's loss by the weights of its first layer, in canonical form.
sizes simplified_gradient(layer kind, int layers) {
    const bool scalar = kind == layer::scalar;
    const dimensions vector = scalar ? scalar_dimensions : vector_dimensions(4);
    std::vector<std::string> names(static_cast<std::size_t>(2 * layers + 2));
    builder graph(simplification::simplify);
    const auto symbol_node = [&](int i, const dimensions& dims) {
        std::string& name = names[static_cast<std::size_t>(i)];
        name = "p" + std::to_string(i);
        const int s = graph.symbol_index({name, dims, true, combine(1, name), combine(0, name)});
        return handle{&graph, graph.make({operation_code<symbol_op>, dims, s, nullptr, 0})};
    };
    handle h = symbol_node(0, vector), first{};
    for (int i = 0; i < layers; ++i) {
        const handle w = symbol_node(2 * i + 1, scalar ? scalar_dimensions : matrix_dimensions(4, 4));
        const handle z = tanh(w * h + symbol_node(2 * i + 2, vector));
        if (i == 0) first = w;
        h = kind == layer::residual ? h + z : kind == layer::subtracted ? h - z : z;
    }
    const handle loss = sum(square(h - symbol_node(2 * layers + 1, vector)));
    graph.add_output(reverse_pass(loss, make_constant(graph, 1))[first].id);
    const builder normal = canonical::normal_graph(graph.view());
    return {normal.view().node_count, canonical::written_graph(normal.view()).view().node_count};
}

/// Twice as many more layers are twice as many more nodes, but for the first few.
void check_linear(layer kind) {
    const sizes a = simplified_gradient(kind, 25), b = simplified_gradient(kind, 50),
                c = simplified_gradient(kind, 100);
    CAPTURE(static_cast<int>(kind), a.made, b.made, c.made, a.left, b.left, c.left);
    CHECK(c.made - b.made == 2 * (b.made - a.made));
    CHECK(c.left - b.left == 2 * (b.left - a.left));
    CHECK(c.made < 40 * 100);
    CHECK(c.left < 20 * 100);
}

TEST_CASE("the canonical form of a deep gradient is linear in the layers") { check_linear(layer::plain); }
TEST_CASE("also where each layer adds a term to a sum that all others use") {
    check_linear(layer::residual);
    check_linear(layer::subtracted);
}
// The factors of one product come from both ends of the order, weights and slopes: making it takes a small square.
TEST_CASE("where each layer adds two factors to one product, what is left is linear") {
    const sizes a = simplified_gradient(layer::scalar, 25), b = simplified_gradient(layer::scalar, 50),
                c = simplified_gradient(layer::scalar, 100);
    CHECK(c.left - b.left == 2 * (b.left - a.left));
    CHECK(c.made < 100 * 100);
}

}  // namespace
