// The canonical form has the value that the formula has: exactly in exact arithmetic, and in floating point within a
// multiple of epsilon times the magnitudes of its terms.  It has one wherever the formula has one.
#include "laws/canonical_law.hpp"
#include "laws/exact_number.hpp"
#include "laws/magnitude.hpp"
#include "laws/random_formula.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// A formula and its canonical form.
struct simplified {
    simplified(std::uint64_t seed, bool with_functions) {
        random_formula formula(seed, with_functions);
        const auto symbols = random_formula::symbols(net, std::vector<real>(random_formula::count, 1));
        net.graph.add_output(formula.write(symbols, seed + 1).id);
        form = cf::canonical::form_of_graph(net.graph.view());
    }
    [[nodiscard]] int output() const { return net.graph.view().outputs[0]; }
    [[nodiscard]] int form_output() const { return form.view().outputs[0]; }
    [[nodiscard]] std::string text() const {
        return "\nas it was\n" + written(net.graph.view()) + "in canonical form\n" + written(form.view());
    }
    network net{nullptr};
    cf::builder form{};
};

/// Values among which sums cancel, products vanish, and small and large numbers meet.
blocks<real> draw(const blocks<real>& shapes, random_numbers& random, int range) {
    constexpr real small[] = {0, 0, 1, -1, 2, 3, 0.5L, -1.5L};
    constexpr real any[] = {0, 1, -1, 1e-8L, -1e8L, 1e-100L, 1e100L, 3e-308L, 5e-324L, 1.5e308L, -700, 800};
    blocks<real> values = shapes;
    for (block<real>& b : values)
        for (real& x : b.entries)
            x = range == 0   ? small[random.below(8)]
                : range == 1 ? random.between(-3, 3)
                             : static_cast<real>(static_cast<double>(any[random.below(12)]));
    return values;
}

bool are_finite(const block<real>& b) {
    return std::all_of(b.entries.begin(), b.entries.end(), [](real x) { return std::isfinite(x); });
}

/// Is every entry of every node 0 or between 1 / largest and largest?
bool in_range(const cf::graph_view& graph, const evaluation<real>& values, real largest) {
    for (int id = 0; id < graph.node_count; ++id)
        for (const real& x : values[id].entries)
            if (x != 0 && !(std::abs(x) < largest && std::abs(x) > 1 / largest)) return false;
    return true;
}

}  // namespace

TEST_CASE("in exact arithmetic the canonical form has the same value, wherever there is one", "[laws]") {
    constexpr int count = 1500, points = 4;
    findings found;
    for (int i = 0; i < count && found.mistakes.size() < 3; ++i) {
        const simplified s(static_cast<std::uint64_t>(i), false);
        random_numbers random(static_cast<std::uint64_t>(i));
        for (int point = 0; point < points && found.mistakes.size() < 3; ++point) {
            blocks<exact_number> symbols;
            for (const block<real>& b : draw(s.net.given, random, 0)) {
                symbols.emplace_back(b.dims);
                for (int k = 0; k < b.size(); ++k)
                    symbols.back()[k] = exact_number(static_cast<int>(2 * b[k])) / exact_number(2);
            }
            const auto before = exact_values(s.net.graph.view(), symbols), after = exact_values(s.form.view(), symbols);
            const auto& wanted = before[static_cast<std::size_t>(s.output())];
            const auto& got = after[static_cast<std::size_t>(s.form_output())];
            for (int k = 0; k < wanted.size(); ++k) {
                ++found.compared;
                if (!wanted[k].exists) continue;
                ++found.telling;
                if (!got[k].exists || got[k].value != wanted[k].value) found.mistake(s.text());
            }
        }
    }
    CAPTURE(found);
    CHECK(found.hold());
    CHECK(found.telling > found.compared / 3);
}

TEST_CASE("in double the canonical form is as near as any order of calculating, and finite", "[laws]") {
    constexpr int count = 6000, points = 6;
    constexpr real multiple = 16, epsilon = std::numeric_limits<double>::epsilon();
    findings found;
    int undetermined = 0, out_of_range = 0, lost = 0, won = 0;
    for (int i = 0; i < count && found.mistakes.size() < 3; ++i) {
        simplified s(static_cast<std::uint64_t>(i), i % 2 == 0);
        random_numbers random(static_cast<std::uint64_t>(i));
        const blocks<real> shapes = s.net.given;
        for (int point = 0; point < points && found.mistakes.size() < 3; ++point) {
            s.net.given = draw(shapes, random, point % 3);
            const cf::graph_view from = s.net.graph.view(), to = s.form.view();
            const block<real> wanted = s.net.evaluate<double>()[s.output()];
            const block<real> got = evaluation<double>(to, s.net.given)[s.form_output()];
            const evaluation<real> wide(from, s.net.given), wide_form(to, s.net.given);
            const auto terms = magnitudes(from, wide, multiple * epsilon),
                       of_form = magnitudes(to, wide_form, multiple * epsilon);
            const bool fits = in_range(from, wide, 1e307L) && in_range(to, wide_form, 1e307L);
            const bool fits_wide = in_range(from, wide, 1e1200L);
            out_of_range += !fits;
            lost += are_finite(wanted) && !are_finite(got);
            won += are_finite(got) && !are_finite(wanted);
            for (int k = 0; k < wanted.size(); ++k) {
                const real scale = std::max(terms[static_cast<std::size_t>(s.output())][k],
                                            of_form[static_cast<std::size_t>(s.form_output())][k]);
                if (!std::isfinite(scale)) {
                    ++undetermined;
                    continue;
                }
                if (fits_wide && std::isfinite(wide[s.output()][k]) && !std::isfinite(wide_form[s.form_output()][k]))
                    found.mistake("not finite" + s.text());
                if (!fits || !std::isfinite(wanted[k])) continue;
                if (!std::isfinite(got[k]))
                    found.mistake("not finite in double" + s.text());
                else if (!found.compare(got[k], wanted[k], multiple * epsilon, scale, "formula " + std::to_string(i)))
                    found.mistakes.back() += s.text();
            }
        }
    }
    CAPTURE(found, undetermined, out_of_range, lost, won);
    CHECK(found.hold());
    CHECK(found.telling > 10000);
    CHECK(undetermined < found.compared / 2);
}
