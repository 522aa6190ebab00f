// The shape rules, and the values against a reference in long double.
#include <limits>

#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

TEST_CASE("a shape rule gives the shape of the result, and refuses operands that do not fit", "[laws]") {
    findings found;
    for (const subject& s : subjects()) {
        for (const sample& at : s.samples) {
            ++found.compared;
            if (s.shape != nullptr &&
                !(s.shape(at.operands.data(), static_cast<int>(at.operands.size())) == at.result))
                found.mistake(describe(s, at));
        }
        for (const operand_shapes& misfit : s.misfits) {
            ++found.compared;
            if (!(s.shape(misfit.data(), static_cast<int>(misfit.size())) == cf::no_dimensions))
                found.mistake(describe(s, {misfit, cf::no_dimensions}) + " is accepted");
        }
    }
    CAPTURE(found);
    CHECK(found.hold());
}

namespace {

/// The reference's result, and how large its terms are: the same with all operands positive, if that is more.
template <class T>
void value_law(const subject& s, const sample& at, cf::rewriting_rule rule, std::uint64_t seed,
               findings& found) {
    const experiment e(s, at, rule, seed);
    const block<real> wanted = refer(s, at, e.point);
    real scale = std::max<real>(largest(wanted), 0x1p-20L);
    if (!s.elementwise) {
        blocks<real> positive = e.point;
        for (auto& b : positive)
            for (real& entry : b.entries) entry = std::abs(entry);
        scale = std::max(scale, largest(refer(s, at, positive)));
    }
    found.compare(e.net.evaluate<T>()[e.y], wanted, 8 * static_cast<real>(std::numeric_limits<T>::epsilon()),
                  scale, e.name());
}

}  // namespace

TEST_CASE("float values are the reference's within 8 epsilon of the terms", "[laws]") {
    const findings found = on_every_operation(value_law<float>);
    CAPTURE(found);
    CHECK(found.hold());
}
TEST_CASE("double values are the reference's within 8 epsilon of the terms", "[laws]") {
    const findings found = on_every_operation(value_law<double>);
    CAPTURE(found);
    CHECK(found.hold());
}
TEST_CASE("long double values are the reference's within 8 epsilon of the terms", "[laws]") {
    const findings found = on_every_operation(value_law<real>);
    CAPTURE(found);
    CHECK(found.hold());
}
