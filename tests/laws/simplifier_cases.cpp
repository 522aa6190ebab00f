// Small expressions that a simplifier got wrong once, and the branches that must stay silent.
#include <cmath>
#include <initializer_list>

#include "laws/simplifier_law.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

constexpr cf::rewriting_rule simplify = cf::simplification::simplify;

struct leaves {
    explicit leaves(network& net) : graph(net.graph) {
        const auto filled = [&](cf::dimensions d, std::initializer_list<real> entries) {
            block<real> b(d);
            b.entries = entries;
            return net.symbol(b);
        };
        s = filled(cf::scalar_dimensions, {0.75L});
        v = filled(cf::vector_dimensions(3), {1.5L, -0.5L, 2});
        w = filled(cf::vector_dimensions(3), {0.25L, 1.25L, -1});
    }
    [[nodiscard]] handle number(int n) const { return make_constant(graph, n); }
    [[nodiscard]] handle threes(int n) const { return broadcast(number(n), cf::vector_dimensions(3)); }
    [[nodiscard]] handle first_of(handle x) const { return extract(x, 0, cf::vector_dimensions(1)); }
    /// 0, which no rule can know.
    [[nodiscard]] handle nothing() const { return relu(-square(s)); }
    [[nodiscard]] static handle turned(handle x) {
        const auto at = [&](int i) { return extract(x, i, cf::scalar_dimensions); };
        return stack(at(1), at(2) * at(0), -at(1));
    }
    cf::builder& graph;
    handle s{}, v{}, w{};
};

using expression = handle (*)(const leaves&);

findings check(expression make) {
    findings found;
    network raw(nullptr), simplified(simplify);
    const leaves a(raw), b(simplified);
    const handle from = make(a), to = make(b);
    const auto wanted = raw.evaluate<real>()[from];
    found.compare(simplified.evaluate<real>()[to], wanted, 1e-17L, 16, "value");
    const auto ones = [](handle y) { return broadcast(make_constant(*y.graph, 1), y.dims()); };
    const cf::reverse_pass before(from, ones(from)), after(to, ones(to));
    const std::pair<handle, handle> symbols[] = {{a.s, b.s}, {a.v, b.v}, {a.w, b.w}};
    for (const auto& [x, y] : symbols) {
        const handle slow = before[x], fast = after[y];
        found.compare(simplified.evaluate<real>()[fast], raw.evaluate<real>()[slow], 1e-17L, 16, "gradient");
        simplified.graph.add_output(fast.id);
    }
    simplified.graph.add_output(to.id);
    rest_law(simplified.graph, simplify, found, "at rest");
    return found;
}

}  // namespace

TEST_CASE("a constant spread over a shape keeps the shape", "[laws]") {
    const expression made[] = {
        [](const leaves& x) { return hadamard(x.threes(2), x.s); },
        [](const leaves& x) { return hadamard(x.s, x.threes(1)); },
        [](const leaves& x) { return x.s / x.threes(2); },
        [](const leaves& x) { return (x.s + x.threes(1)) - x.number(1); },
        [](const leaves& x) { return (x.s - x.threes(1)) + x.number(1); },
        [](const leaves& x) { return (x.s + x.number(1)) + x.threes(2); },
        [](const leaves& x) { return sum(x.v / x.s); },
        [](const leaves& x) { return hadamard(x.threes(2) / x.s, x.s); },
        [](const leaves& x) { return hadamard(x.s, x.threes(2) / (x.s + x.number(1))); },
        [](const leaves& x) { return sum(x.s / x.v); },
    };
    for (const expression& e : made) {
        const findings found = check(e);
        CAPTURE(&e - made, found);
        CHECK(found.hold());
    }
}

TEST_CASE("what is put into zeros keeps its place", "[laws]") {
    const expression made[] = {
        [](const leaves& x) { return x.first_of(stack(sum(abs(x.v)), x.s, sum(abs(x.v)))); },
        [](const leaves& x) { return embed(x.first_of(x.v), 0, cf::scalar_dimensions) * x.w; },
        [](const leaves& x) { return embed(x.first_of(x.v), 0, x.w.dims()) + embed(x.first_of(x.w), 0, {}); },
        [](const leaves& x) { return hadamard(select(x.s < x.w, x.v, x.w), embed(x.s, 1, x.v.dims())); },
        [](const leaves& x) { return hadamard(embed(x.s, 1, x.v.dims()), select(x.s < x.w, x.v, x.w)); },
        [](const leaves& x) { return hadamard(embed(x.s, 1, x.v.dims()), embed(x.s, 2, x.v.dims())); },
        [](const leaves& x) { return hadamard(x.v, 2 * reciprocal(x.number(1))); },
    };
    for (const expression& e : made) {
        const findings found = check(e);
        CAPTURE(&e - made, found);
        CHECK(found.hold());
    }
}

// select(k, f(x), g(x)): where f is not taken its derivative may be infinite or NaN, and must not be seen.
TEST_CASE("nothing comes through a branch that is not taken", "[laws]") {
    const expression made[] = {
        [](const leaves& x) { return select(x.number(0) < x.v, log(x.v), square(x.v)); },
        [](const leaves& x) { return select(x.number(0) < x.v, sqrt(x.v), -x.v); },
        [](const leaves& x) { return select(x.v <= x.number(0), exp(x.v), reciprocal(sqrt(x.v))); },
        [](const leaves& x) { return hadamard(x.w, select(x.number(0) < x.v, log(x.v) * x.s, x.number(0))); },
        [](const leaves& x) { return sum(select(x.number(0) < x.v, x.s / sqrt(x.v), tanh(x.v))) * x.s; },
        // one condition for a whole: what is linear in it passes behind it
        [](const leaves& x) { return select(x.nothing() < x.number(0), x.v / sqrt(x.nothing()), x.v); },
        [](const leaves& x) { return select(x.nothing() < x.number(0), dot(x.v / x.nothing(), x.w), x.s) * x.w; },
        [](const leaves& x) { return x.turned(select(x.nothing() < x.number(0), x.v / x.nothing(), x.v)); },
        [](const leaves& x) { return select(x.nothing() < x.number(0), x.turned(x.v / x.nothing()), x.w); },
        [](const leaves& x) { return outer(select(x.nothing() <= x.number(0), x.v, x.w / x.nothing()), x.w) * x.v; },
        [](const leaves& x) {
            return transpose(select(x.nothing() <= x.number(0), outer(x.v, x.w), outer(x.v, x.w / x.nothing())));
        },
    };
    for (const expression& e : made) {
        network net(simplify);
        const leaves x(net);
        const handle y = e(x), ones = broadcast(x.number(1), y.dims());
        const cf::reverse_pass pass(y, ones);
        const handle gradient[] = {pass[x.s], pass[x.v], pass[x.w]};
        const auto values = net.evaluate<double>();
        for (const handle& g : gradient)
            for (const real& entry : values[g].entries) {
                CAPTURE(&e - made);
                CHECK(std::isfinite(entry));
            }
    }
}
