// What the registry and the table of rules say about every operation.
#include "support/catch.hpp"

#include <chainfold/operation/table.hpp>

namespace {

using namespace chainfold;

static_assert(operation_code<symbol_op> == 0 && operation_code<batch_mean_op> == registry::size - 1);
static_assert(rules_of(operation_code<tanh_op>).written.text == "tanh" && rules_of(operation_code<tanh_op>).is_elementwise);
static_assert(!rules_of(operation_code<product_op>).is_elementwise && rules_of(operation_code<stack_op>).arity == any_number);

// shape rules on values
constexpr dimensions scalar{}, two = vector_dimensions(2), three = vector_dimensions(3), m = matrix_dimensions(3, 2);
template <class Op>
constexpr dimensions shape(std::initializer_list<dimensions> x) {
    return Op::shape(x.begin(), static_cast<int>(x.size()));
}
static_assert(shape<add_op>({two, two}) == two && shape<add_op>({two, scalar}) == two && shape<add_op>({scalar, m}) == m);
static_assert(shape<add_op>({two, three}) == no_dimensions && shape<add_op>({two, m}) == no_dimensions);
static_assert(shape<select_op>({scalar, two, scalar}) == two && shape<select_op>({two, scalar, three}) == no_dimensions);
static_assert(shape<product_op>({m, two}) == three && shape<product_op>({m, three}) == no_dimensions);
static_assert(shape<product_op>({m, matrix_dimensions(2, 5)}) == matrix_dimensions(3, 5));
static_assert(shape<product_op>({two, m}) == no_dimensions && shape<product_op>({m, scalar}) == no_dimensions);
static_assert(shape<outer_op>({three, two}) == m && shape<outer_op>({m, two}) == no_dimensions);
static_assert(shape<transpose_op>({m}) == matrix_dimensions(2, 3) && shape<transpose_op>({two}) == no_dimensions);
static_assert(shape<unpack_lower_op>({three}) == matrix_dimensions(3, 3) && shape<unpack_lower_op>({two}) == no_dimensions);
static_assert(shape<pack_lower_op>({matrix_dimensions(2, 2)}) == vector_dimensions(1) && shape<pack_lower_op>({m}) == no_dimensions);
static_assert(shape<symmetric_op>({matrix_dimensions(2, 2)}) == matrix_dimensions(2, 2) && shape<symmetric_op>({m}) == no_dimensions);
static_assert(shape<dot_op>({m, m}) == scalar && shape<dot_op>({scalar, scalar}) == no_dimensions);
static_assert(shape<softmax_op>({two}) == two && shape<softmax_op>({m}) == no_dimensions);
static_assert(shape<log_sum_exp_op>({two}) == scalar && shape<sum_op>({m}) == scalar);
static_assert(shape<stack_op>({scalar, scalar}) == two && shape<stack_op>({two, two, two}) == m);
static_assert(shape<stack_op>({two, three}) == no_dimensions && shape<stack_op>({m, m}) == no_dimensions);

TEST_CASE("on handles, functions make nodes; equal ones are one node") {
    builder graph;
    const handle x{&graph, graph.make({operation_code<symbol_op>, two, graph.symbol_index({"x", two, false, 1}), nullptr, 0})};
    const handle y = tanh(x) + 2 * x;
    CHECK(y.dims() == two);
    CHECK(y.operation() == operation_code<add_op>);
    CHECK(y.operand(0).is(tanh(x)));
    const int count = graph.view().node_count;
    CHECK((tanh(x) + 2 * x).is(y));
    CHECK(graph.view().node_count == count);
}

TEST_CASE("every operation but the leaves has one kind of rule") {
    for (int code = 0; code < registry::size; ++code) {
        const operation_rules& rules = rules_of(code);
        CAPTURE(code, std::string(rules.written.text));
        CHECK_FALSE(rules.written.text.empty());
        if (code > operation_code<constant_op>) CHECK((rules.partials != nullptr) != (rules.pullback != nullptr));
        CHECK(rules.is_elementwise == (rules.partials != nullptr));
    }
}

TEST_CASE("partial derivatives are nodes in the graph of their operation") {
    builder graph;
    const handle x{&graph, graph.make({operation_code<symbol_op>, two, graph.symbol_index({"x", two, false, 1}), nullptr, 0})};
    handle partials[3];
    const handle y = x / tanh(x);
    rules_of(y.operation()).partials(y, partials);
    CHECK(partials[0].is(reciprocal(tanh(x))));
    CHECK(partials[1].is(-(y / tanh(x))));
}

}  // namespace
