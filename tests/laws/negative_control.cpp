// The laws tried on wrong rules: each must be caught.
#include "laws/derivative_law.hpp"
#include "laws/random_expression.hpp"
#include "laws/simplifier_law.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// Do the derivative laws find anything wrong with this way of differentiating, on all samples of an
/// operation?
struct verdict {
    bool complex_step = false, differences = false, adjoint = false;
};
verdict judge(const subject& s, const differentiation& wrong) {
    findings by_complex_step, by_differences, by_adjoint;
    for (std::size_t i = 0; i < s.samples.size(); ++i) {
        experiment e(s, s.samples[i], cf::simplification::simplify, i + 1);
        complex_step_law<real>(e, wrong(e.y, e.u, e.x), 1e-16L, by_complex_step);
        difference_law(e, wrong(e.y, e.u, e.x), 1e-12L, by_differences);
        adjoint_law(e, wrong, 1e-16L, by_adjoint);
    }
    return {!by_complex_step.hold(), !by_differences.hold(), !by_adjoint.hold()};
}

handle number(handle like, cf::number value) { return make_constant(*like.graph, value); }

/// A mistake in one rule: the cotangents that it would give.
struct slip {
    const char* what;
    int operation;
    differentiation rule;
};

template <class Op>
slip in(const char* what, differentiation rule) {
    return {what, cf::operation_code<Op>, std::move(rule)};
}
/// A mistake in the partial derivative of a function of one operand.
template <class Op>
slip in_partial(const char* what, handle (*partial)(handle y, handle x)) {
    return in<Op>(what, [partial](handle y, handle c, const std::vector<handle>& x) {
        return std::vector{hadamard(c, partial(y, x[0]))};
    });
}

using operands = std::vector<handle>;

std::vector<slip> slips() {
    return {
        in_partial<cf::tanh_op>("1 + y²", [](handle y, handle) { return 1 + square(y); }),
        in_partial<cf::tanh_op>("1 − x²", [](handle, handle x) { return 1 - square(x); }),
        in_partial<cf::sigmoid_op>("1 − y", [](handle y, handle) { return 1 - y; }),
        in_partial<cf::softplus_op>("sigmoid y", [](handle y, handle) { return sigmoid(y); }),
        in_partial<cf::sqrt_op>("1 / y", [](handle y, handle) { return reciprocal(y); }),
        in_partial<cf::log_op>("1 / y", [](handle y, handle) { return reciprocal(y); }),
        in_partial<cf::log1p_op>("1 / x", [](handle, handle x) { return reciprocal(x); }),
        in_partial<cf::expm1_op>("y", [](handle y, handle) { return y; }),
        in_partial<cf::erf_op>("exp(−x²)", [](handle, handle x) { return exp(-square(x)); }),
        in_partial<cf::cos_op>("sin x", [](handle, handle x) { return sin(x); }),
        in_partial<cf::abs_op>("1",
                               [](handle, handle x) {
                                   return number(x, {1, 1, 0});
                               }),
        in_partial<cf::relu_op>("[x < 0]",
                                [](handle, handle x) {
                                    return x < number(x, {0, 1, 0});
                                }),
        in_partial<cf::sin_op>("−cos x", [](handle, handle x) { return -cos(x); }),
        in_partial<cf::power_op>(
            "xⁿ⁻¹",
            [](handle y, handle x) { return make_with<cf::power_op>(x, y.parameter() - 1, x.dims()); }),
        in<cf::divide_op>("+y / b",
                          [](handle y, handle c, const operands& x) {
                              auto right = reverse(y, c, x);
                              right[1] = -right[1];
                              return right;
                          }),
        in<cf::maximum_op>("both",
                           [](handle y, handle c, const operands& x) {
                               const auto right = reverse(y, c, x);
                               const auto sum_to = [&](int i) { return right[static_cast<std::size_t>(i)]; };
                               return x[0].dims() == x[1].dims() ? std::vector{sum_to(1), sum_to(0)} : right;
                           }),
        in<cf::product_op>("A c where A is square",
                           [](handle y, handle c, const operands& x) {
                               auto right = reverse(y, c, x);
                               if (x[0].dims().rows == x[0].dims().columns) right[1] = x[0] * c;
                               return right;
                           }),
        in<cf::outer_op>("Cᵀ b where C is square",
                         [](handle y, handle c, const operands& x) {
                             auto right = reverse(y, c, x);
                             if (c.dims().rows == c.dims().columns) right[0] = transpose(c) * x[1];
                             return right;
                         }),
        in<cf::softmax_op>("y ∘ c",
                           [](handle y, handle c, const operands&) { return std::vector{hadamard(y, c)}; }),
        in<cf::transpose_op>("c where c is square",
                             [](handle y, handle c, const operands& x) {
                                 return c.dims().rows == c.dims().columns ? std::vector{c} : reverse(y, c, x);
                             }),
        in<cf::unpack_lower_op>("the entries above the diagonal",
                                [](handle, handle c, const operands&) { return std::vector{pack_lower(transpose(c))}; }),
        in<cf::pack_lower_op>("transposed",
                              [](handle, handle c, const operands&) { return std::vector{transpose(unpack_lower(c))}; }),
        in<cf::extract_op>(
            "from the front",
            [](handle, handle c, const operands& x) { return std::vector{embed(c, 0, x[0].dims())}; }),
        in<cf::add_op>("no sum over a scalar's entries",
                       [](handle, handle c, const operands& x) { return std::vector(x.size(), c); }),
    };
}

}  // namespace

TEST_CASE("every slip in a rule is caught", "[laws]") {
    for (const slip& s : slips()) {
        CAPTURE(s.what, subject_of(s.operation).name);
        const verdict v = judge(subject_of(s.operation), s.rule);
        CHECK(v.complex_step);
        CHECK(v.differences);
    }
}

TEST_CASE("a sign, a factor, a missing derivative and one part in 10^11 are caught in every operation",
          "[laws]") {
    const auto changed = [](handle (*change)(handle)) {
        return [change](handle y, handle c, const operands& x) {
            auto cotangents = reverse(y, c, x);
            for (handle& g : cotangents) g = change(g);
            return cotangents;
        };
    };
    const differentiation wrong[] = {
        changed([](handle g) { return -g; }),
        changed([](handle g) { return 2 * g; }),
        changed([](handle g) { return 0 * g; }),
        changed([](handle g) {
            return number(g, {100000000001, 1, -11}) * g;
        }),
    };
    for (const subject& s : subjects())
        for (const differentiation& w : wrong) {
            CAPTURE(s.name, &w - wrong);
            const verdict v = judge(s, w);
            CHECK(v.complex_step == !s.flat);
            CHECK(v.differences == !s.flat);
            CHECK(v.adjoint == !s.flat);
        }
}

namespace {

constexpr int swapped(cf::builder& g, const cf::candidate& c) {  // a − b becomes b − a, now and then
    const int other_way[] = {c.count == 2 ? c.operands[1] : 0, c.count == 2 ? c.operands[0] : 0};
    cf::candidate wrong = c;
    if (c.operation == cf::operation_code<cf::subtract_op> && c.dims.rank == 2) wrong.operands = other_way;
    return cf::simplification::simplify(g, wrong);
}
constexpr int shapeless(cf::builder& g, const cf::candidate& c) {  // broadcast disappears
    return c.operation == cf::operation_code<cf::broadcast_op> ? c.operands[0] : g.intern(c);
}
constexpr int restless(cf::builder& g, const cf::candidate& c) {  // tanh x becomes −tanh(−x), each time
    if (c.operation != cf::operation_code<cf::tanh_op>) return g.intern(c);
    const handle x{&g, c.operands[0]};
    return (-cf::simplification::raw<cf::tanh_op>(c.dims, -x)).id;
}

}  // namespace

TEST_CASE("wrong simplifiers are caught by random expressions", "[laws]") {
    findings found[3], again;
    for (int i = 0; i < 300; ++i) {
        random_expression e(static_cast<std::uint64_t>(i), 8);
        e.net.graph.add_output(e.root.id);
        const cf::rewriting_rule rules[] = {swapped, shapeless, restless};
        for (int k = 0; k < 3; ++k) same_values_law<real>(e.net, rules[k], 1024, found[k], "");
        idempotence_law(e.net.graph, restless, again, "");
    }
    CHECK_FALSE(found[0].hold());
    CHECK_FALSE(found[1].hold());
    CHECK(found[2].hold());  // it is right, only not at rest
    CHECK_FALSE(again.hold());
}
