// Products with Jacobians and Hessians against the matrices formed, and that nothing is formed for them.
#include "support/catch.hpp"

#include <array>
#include <cmath>

#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/evaluate.hpp>
#include <chainfold/transform/products.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 2>;
constexpr auto u = input<"u", 2>;
constexpr auto t = input<"t", 3>;
constexpr auto W = parameter<"W", 3, 2>;
constexpr auto V = input<"V", 3, 2>;
constexpr auto h = tanh(W * x + t);
constexpr auto loss = log_sum_exp(h) * square(sum(x));

static_assert(shape_of(jacobian_vector_product(h, x, u)) == shape<3>);
static_assert(shape_of(jacobian_vector_product(h, W, V, x, u)) == shape<3>);
static_assert(shape_of(jacobian_vector_product(outer(h, h), x, u)) == shape<3, 3>);
static_assert(shape_of(jacobian_vector_product(loss, x, u)) == shape<>);
static_assert(shape_of(vector_jacobian_product(h, x, t)) == shape<2>);
static_assert(shape_of(vector_jacobian_product(h, W, t)) == shape<3, 2>);
static_assert(shape_of(vector_jacobian_product(W * transpose(W), W, outer(t, t))) == shape<3, 2>);
static_assert(shape_of(hessian_vector_product(loss, x, u)) == shape<2>);
static_assert(shape_of(hessian_vector_product(loss, W, V)) == shape<3, 2>);
static_assert(shape_of(hessian_vector_product(loss, x, u, W, V)) == shape<2>);

constexpr bool written(auto e, std::string_view text) { return to_string(e) == text; }
static_assert(written(jacobian_vector_product(W * x, x, u), "W * u"));
static_assert(written(jacobian_vector_product(W * x, x, u, W, V), "V * x + W * u"));
static_assert(written(jacobian_vector_product(softmax(x), x, u), "hadamard(softmax(x), u - dot(softmax(x), u))"));
static_assert(written(jacobian_vector_product(W * x, s, 1_c), "broadcast<3>(0)"));
static_assert(written(vector_jacobian_product(W * x, x, t), "transpose(W) * t"));
static_assert(written(vector_jacobian_product(W * x, W, t), "outer(t, x)"));
static_assert(written(vector_jacobian_product(s * t, W, t), "broadcast<3, 2>(0)"));
static_assert(written(hessian_vector_product(squared_norm(W * x), x, u), "transpose(W) * (2 * W * u)"));

// directions that depend on the symbol are held fixed: H g, and xᵀ J
static_assert(written(hessian_vector_product(pow<3>(s), s, s), "6 * square(s)"));
static_assert(written(vector_jacobian_product(square(x), x, x), "2 * square(x)"));
// the same symbol twice moves along the sum
static_assert(written(jacobian_vector_product(square(s), s, 1_c, s, 2_c), "6 * s"));

constexpr std::array w{0.3, -0.4, 0.9, 0.25, -0.6, 0.8}, along_w{-0.5, 0.1, 0.2, 0.7, -0.9, 0.4};
constexpr std::array at{0.7, -0.2}, along{0.4, 1.1};
constexpr std::array off{0.1, 0.2, -0.3};

TEST_CASE("products are those with the matrices") {
    const auto given = [](auto e) { return evaluate(e, x = at, u = along, W = w, V = along_w, t = off); };
    const auto mentioned = 0_c * (sum(u) + sum(V) + sum(x) + sum(W) + sum(t));  // so that all may be bound
    const auto same = [&](auto product, auto by_matrix) {
        const auto a = given(product + mentioned), b = given(by_matrix + mentioned);
        for (std::size_t i = 0; i < a.size(); ++i) CHECK(std::abs(a.data()[i] - b.data()[i]) < 1e-14);
        CHECK(std::abs(a.data()[0]) > 1e-3);
    };
    same(jacobian_vector_product(h, x, u), jacobian(h, x) * u);
    same(jacobian_vector_product(h, W, V), jacobian(h, W) * flatten(V));
    same(jacobian_vector_product(h, x, u, W, V), jacobian(h, x) * u + jacobian(h, W) * flatten(V));
    same(vector_jacobian_product(h, x, t), transpose(jacobian(h, x)) * t);
    same(flatten(vector_jacobian_product(h, W, t)), transpose(jacobian(h, W)) * t);
    same(hessian_vector_product(loss, x, u), hessian(loss, x) * u);
    same(flatten(hessian_vector_product(loss, W, V)), hessian(loss, W) * flatten(V));
    same(hessian_vector_product(loss, x, u, W, V), hessian(loss, x) * u + hessian(loss, x, W) * flatten(V));
    same(hessian_vector_product(loss, x, derivative(loss, x)), hessian(loss, x) * derivative(loss, x));
}

// A product with the Hessian of a wide layer: no node as large as the Hessian, and not many.
constexpr auto wide = input<"wide", 100>;
constexpr auto along_wide = input<"along", 100>;
constexpr auto product = hessian_vector_product(log_sum_exp(tanh(wide)) + squared_norm(wide), wide, along_wide);
constexpr int largest_node() {
    const graph_view graph = graph_of<std::remove_const_t<decltype(product)>>().view();
    int size = 0;
    for (int id = 0; id < graph.node_count; ++id) size = std::max(size, graph[id].dims.size());
    return size;
}
static_assert(largest_node() == 100);
static_assert(graph_of<std::remove_const_t<decltype(product)>>().sizes.nodes < 30);

}  // namespace
