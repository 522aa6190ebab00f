// An operation's value is one template for scalars and for SIMD vectors: lane by lane they must agree, to the last bit
// where nothing is contracted to a fused multiply-add.
#include <chainfold/operation/table.hpp>

#include <limits>

#include "laws/finding.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

template <class T>
struct lane_law {
    static constexpr int lanes = cf::math::lanes_of<cf::math::native_simd<T>>;
    using vector = cf::math::native_simd<T>;

    template <class Op>
    void try_operation() {
        for (int round = 0; round < 40; ++round) {
            vector x[3]{}, y{};
            for (vector& operand : x)
                for (int i = 0; i < lanes; ++i)
                    operand[i] = static_cast<T>(random.between(Op::domain.low, Op::domain.high));
            const int n = round % 9 - 3;
            if (std::is_same_v<Op, cf::select_op>)
                for (int i = 0; i < lanes; ++i) x[0][i] = static_cast<T>(random.below(2));
            y = value<Op>(x[0], x[1], x[2], n);
            for (int i = 0; i < lanes; ++i) {
                const T wanted = value<Op>(T{x[0][i]}, T{x[1][i]}, T{x[2][i]}, n);
                found.compare(static_cast<real>(T{y[i]}), static_cast<real>(wanted), epsilon,
                              std::abs(static_cast<real>(wanted)), std::string(Op::written.text));
            }
        }
    }
    template <class Op, class V>
    static V value(V a, [[maybe_unused]] V b, [[maybe_unused]] V c, [[maybe_unused]] int n) {
        if constexpr (Op::arity == 1) {
            if constexpr (requires { Op::value(a, n); })
                return Op::value(a, n);
            else
                return Op::value(a);
        }
        if constexpr (Op::arity == 2) return Op::value(a, b);
        if constexpr (Op::arity == 3) return Op::value(a, b, c);
    }
    template <class... Op>
    findings run(cf::operation_list<Op...>) {
        const auto one = [&]<class O>(O*) {
            if constexpr (cf::Elementwise<O>) this->template try_operation<O>();
        };
        (one(static_cast<Op*>(nullptr)), ...);
        return found;
    }

#if defined(__FMA__) || defined(__ARM_FEATURE_FMA) || defined(__FAST_MATH__)
    static constexpr real epsilon = 2 * static_cast<real>(std::numeric_limits<T>::epsilon());
#else
    static constexpr real epsilon = 0;
#endif
    random_numbers random{7};
    findings found{};
};

}  // namespace

TEST_CASE("SIMD values are the scalar values, lane by lane", "[laws]") {
    const findings floats = lane_law<float>{}.run(cf::registry{}),
                   doubles = lane_law<double>{}.run(cf::registry{});
    CAPTURE(floats, doubles);
    CHECK(floats.hold());
    CHECK(doubles.hold());
}
