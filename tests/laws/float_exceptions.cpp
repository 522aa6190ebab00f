// No spurious exceptions: for finite arguments inside an operation's mathematical domain no value and no derivative is a
// NaN or sets the processor's flag for an invalid operation, nor, away from poles, the one for a division by zero.
#include <cfenv>
#include <limits>

#include <chainfold/operation/table.hpp>

#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// Where a function of one number is real and finite, or is so in its limit: `from` < x or from ≤ x; and its pole.
struct real_domain {
    real from = -std::numeric_limits<real>::max();
    bool closed = true;
};
template <class Op>
real_domain domain_of() {
    if (std::is_same_v<Op, cf::log_op>) return {0, false};
    if (std::is_same_v<Op, cf::sqrt_op>) return {0, false};  // its derivative has a pole at 0
    if (std::is_same_v<Op, cf::log1p_op>) return {-1, false};
    return {};
}
template <class Op>
constexpr bool has_pole_at_zero = std::is_same_v<Op, cf::reciprocal_op> || std::is_same_v<Op, cf::divide_op> ||
                                  std::is_same_v<Op, cf::power_op>;

/// Finite numbers of every size, of both signs: 0, the smallest, …, the largest.
template <class T>
std::vector<T> numbers_of_every_size() {
    using limits = std::numeric_limits<T>;
    std::vector<T> all{0, -T(0), limits::denorm_min(), limits::min(), limits::epsilon(), limits::max()};
    for (int e = limits::min_exponent; e < limits::max_exponent; e += limits::max_exponent / 32)
        for (const T m : {T(1), T(1.1), T(1.9)}) all.push_back(std::ldexp(m, e - 1));
    for (int i = 1; i < 400; ++i) all.push_back(T(i) / 4 - T(0.01));
    const std::size_t positive = all.size();
    for (std::size_t i = 2; i < positive; ++i) all.push_back(-all[i]);
    return all;
}

/// The flags that are set and should not be.
int flags(bool may_divide) { return std::fetestexcept(FE_INVALID | (may_divide ? 0 : FE_DIVBYZERO)); }
std::string names_of(int set) {
    return std::string(set & FE_INVALID ? " invalid" : "") + (set & FE_DIVBYZERO ? " division by zero" : "");
}

template <class T>
struct exception_law {
    template <class Op, class V>
    static V value(V a, [[maybe_unused]] V b, [[maybe_unused]] V c, [[maybe_unused]] int n) {
        if constexpr (std::is_same_v<Op, cf::power_op>)
            return Op::value(a, n);
        else if constexpr (Op::arity == 1)
            return Op::value(a);
        else if constexpr (Op::arity == 2)
            return Op::value(a, b);
        else
            return Op::value(a, b, c);
    }
    /// As one number, and in every lane of a register.
    template <class Op>
    void try_at(T a, T b, T c, int n) {
        using vector = cf::math::native_simd<T>;
        volatile T kept_a = a, kept_b = b, kept_c = c;  // so that nothing is computed before
        const bool pole = has_pole_at_zero<Op> && ((Op::arity == 1 ? a : b) == 0 || (std::is_same_v<Op, cf::power_op> && n < 0));
        const std::string name = std::string(Op::written.text) + " of " + text(a) + (Op::arity > 1 ? ", " + text(b) : "");
        std::feclearexcept(FE_ALL_EXCEPT);
        const volatile T y = value<Op>(T{kept_a}, T{kept_b}, T{kept_c}, n);
        look(name, y, flags(pole), pole);
        const auto all_lanes = [](T x) {
            vector v = cf::math::splat<vector>(x);
            asm volatile("" : "+m"(v));  // the compiler knows of no lane what it holds, or that it is not used
            return v;
        };
        const vector va = all_lanes(a), vb = all_lanes(b), vc = all_lanes(c);
        std::feclearexcept(FE_ALL_EXCEPT);
        vector lanes = value<Op>(va, vb, vc, n);
        asm volatile("" : "+m"(lanes));
        look(name + ", in a register", lanes[0], flags(pole), pole);
    }
    void look(const std::string& name, T y, int set, bool pole) {
        ++found.compared, ++found.telling;
        if (std::isnan(y) && !pole) found.mistake(name + " is not a number");
        if (set != 0) found.mistake(name + " sets:" + names_of(set));
    }
    static std::string text(T x) {
        std::ostringstream out;
        out << x;
        return out.str();
    }
    template <class Op>
    void try_operation() {
        const std::vector<T> all = numbers_of_every_size<T>();
        const real_domain d = domain_of<Op>();
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (static_cast<real>(all[i]) < d.from || (!d.closed && static_cast<real>(all[i]) == d.from)) continue;
            const T other = all[(i * 7919 + 3) % all.size()], third = all[(i * 104729 + 11) % all.size()];
            try_at<Op>(all[i], other, third, static_cast<int>(i % 9) - 3);
        }
    }
    template <class... Op>
    findings run(cf::operation_list<Op...>) {
        const auto one = [&]<class O>(O*) {
            if constexpr (cf::Elementwise<O>) this->template try_operation<O>();
        };
        (one(static_cast<Op*>(nullptr)), ...);
        return found;
    }
    findings found{};
};

}  // namespace

TEST_CASE("no value of a finite number is an invalid operation", "[laws]") {
    const findings floats = exception_law<float>{}.run(cf::registry{}), doubles = exception_law<double>{}.run(cf::registry{});
    CAPTURE(floats, doubles);
    CHECK(floats.hold());
    CHECK(doubles.hold());
}

namespace {

/// The derivative of every operation of one number, as the interpreter computes it.
template <class T, class Op>
void try_derivative(findings& all) {
    if constexpr (cf::Elementwise<Op> && Op::arity == 1) {
        network net(cf::simplification::simplify);
        block<real> at(scalar());
        const handle x = net.symbol(at), y = cf::make_with<Op>(x, std::is_same_v<Op, cf::power_op> ? 3 : 0, x.dims());
        net.graph.add_output(y.id);
        const handle slope = reverse(y, make_constant(net.graph, 1), {x})[0];
        const real_domain d = domain_of<Op>();
        for (const T point : numbers_of_every_size<T>()) {
            if (static_cast<real>(point) < d.from || (!d.closed && static_cast<real>(point) == d.from)) continue;
            const bool pole = std::is_same_v<Op, cf::reciprocal_op>;
            at[0] = static_cast<real>(point);
            net.given[0] = at;
            std::feclearexcept(FE_ALL_EXCEPT);
            const real found = net.evaluate<T>()[slope][0];
            const int set = flags(pole);
            ++all.compared, ++all.telling;
            std::ostringstream name;
            name << "the derivative of " << Op::written.text << " at " << point;
            if (std::isnan(found)) all.mistake(name.str() + " is not a number");
            if (set != 0) all.mistake(name.str() + " sets:" + names_of(set));
        }
    }
}
template <class T, class... Op>
findings try_derivatives(cf::operation_list<Op...>) {
    findings all;
    (try_derivative<T, Op>(all), ...);
    return all;
}

}  // namespace

TEST_CASE("no derivative by a finite number is an invalid operation", "[laws]") {
    const findings floats = try_derivatives<float>(cf::registry{}), doubles = try_derivatives<double>(cf::registry{});
    CAPTURE(floats, doubles);
    CHECK(floats.hold());
    CHECK(doubles.hold());
}
