// Graphs written out in scalars, entry by entry.
#include "support/catch.hpp"

#include <chainfold/operation/linear_algebra.hpp>
#include <chainfold/operation/triangular.hpp>
#include <chainfold/transform/quotients.hpp>
#include <chainfold/transform/simplifier.hpp>

namespace {

using namespace chainfold;

handle symbol_in(builder& graph, std::string_view name, dimensions dims) {
    const auto key = static_cast<hash_value>(graph.view().symbol_count + 1);
    return {&graph, graph.make({operation_code<symbol_op>, dims, graph.symbol_index({name, dims, false, key, key}), nullptr, 0})};
}

TEST_CASE("the entries of a symmetric matrix are those above its diagonal") {
    builder from, to;
    const handle A = symbol_in(from, "A", matrix_dimensions(3, 3));
    from.add_output(symmetric(A).id);
    const buffer<handle> outputs = scalar_expansion(to, from.view()).run();
    REQUIRE(outputs.size() == 1);
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            const handle entry = outputs[0].operand(3 * i + j);
            CHECK(entry.operation() == operation_code<extract_op>);
            CHECK(entry.parameter() == (i < j ? 3 * i + j : 3 * j + i));
        }
}

TEST_CASE("what several are divided by is inverted once") {
    builder from, to;
    const handle a = symbol_in(from, "a", scalar_dimensions), b = symbol_in(from, "b", scalar_dimensions),
                 c = symbol_in(from, "c", scalar_dimensions), d = symbol_in(from, "d", scalar_dimensions);
    for (const handle x : {a / b, c / b, a / d}) from.add_output(x.id);
    const buffer<handle> outputs = with_shared_reciprocals(to, from.view());
    REQUIRE(outputs.size() == 3);
    CHECK(outputs[0].operation() == operation_code<multiply_op>);
    CHECK(outputs[1].operation() == operation_code<multiply_op>);
    CHECK(outputs[0].operand(1).operation() == operation_code<reciprocal_op>);
    CHECK(outputs[0].operand(1).is(outputs[1].operand(1)));
    CHECK(outputs[2].operation() == operation_code<divide_op>);
}

TEST_CASE("what quotients are multiplied and divided by cancels") {
    builder from, to;
    const handle u = symbol_in(from, "u", scalar_dimensions), v = symbol_in(from, "v", scalar_dimensions),
                 b = symbol_in(from, "b", scalar_dimensions), c = symbol_in(from, "c", scalar_dimensions);
    const handle plain = u / v;
    CHECK_FALSE(quotient_canceller::suits(from.view()));
    const handle ratio = v / b, sum = (c * (u / ratio)) / b - (u / ratio) / b;
    for (const handle x : {(u / ratio) / b, (u / b) / ratio, (c * (u / ratio)) / b, ((u / ratio) / c) / b, c * (b * (u / b)),
                           b * (reciprocal(b) / c), (c * (u / ratio) - u / ratio) / b, plain, reciprocal(b) / ratio, sum})
        from.add_output(x.id);
    CHECK(quotient_canceller::suits(from.view()));
    const buffer<handle> outputs = quotient_canceller(to, from.view()).run();
    REQUIRE(outputs.size() == 10);
    const handle quotient = outputs[7];  // u / v
    const handle symbol_u = quotient.operand(0), symbol_v = quotient.operand(1);
    CHECK(outputs[0].is(quotient));
    CHECK(outputs[1].is(quotient));
    CHECK((outputs[2].operation() == operation_code<multiply_op> &&
           (outputs[2].operand(0).is(quotient) || outputs[2].operand(1).is(quotient))));
    CHECK((outputs[3].operation() == operation_code<divide_op> && outputs[3].operand(0).is(quotient)));
    CHECK((outputs[4].operation() == operation_code<multiply_op> &&
           (outputs[4].operand(0).is(symbol_u) || outputs[4].operand(1).is(symbol_u))));
    CHECK((outputs[5].operation() == operation_code<reciprocal_op> && outputs[5].operand(0).is(outputs[3].operand(1))));
    CHECK((outputs[6].operation() == operation_code<subtract_op> && outputs[6].operand(0).is(outputs[2]) &&
           outputs[6].operand(1).is(quotient)));
    CHECK((outputs[8].operation() == operation_code<reciprocal_op> && outputs[8].operand(0).is(symbol_v)));
    CHECK(outputs[9].is(outputs[6]));
}

TEST_CASE("what is the same everywhere is so in a triangle") {
    builder graph(simplification::simplify);
    const handle s = symbol_in(graph, "s", scalar_dimensions);
    const handle packed = pack_lower(broadcast(s, matrix_dimensions(3, 3)));
    CHECK(packed.operation() == operation_code<broadcast_op>);
    CHECK(packed.operand(0).is(s));
    CHECK(packed.dims() == vector_dimensions(3));
}

}  // namespace
