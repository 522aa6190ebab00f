// What is documented as safe for arguments of any size is: values, gradients and second derivatives stay
// finite, and are what they tend to.
#include <cmath>

#include "laws/experiment.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

/// y = op(x), ⟨1, y⟩'s gradient, and ⟨1, gradient⟩'s gradient.
struct safe_operation {
    safe_operation(int operation, const block<real>& x, cf::dimensions result)
        : net(cf::simplification::simplify) {
        const handle at = net.symbol(x), one = make_constant(net.graph, 1);
        y = make_node(net.graph, operation, &at.id, 1, result);
        first = reverse(y, broadcast(one, result), {at})[0];
        second = reverse(first, broadcast(one, first.dims()), {at})[0];
    }
    template <class T>
    bool all_finite() const {
        const auto values = net.template evaluate<T>();
        for (const handle& h : {y, first, second})
            for (const real& entry : values[h].entries)
                if (!std::isfinite(entry)) return false;
        return true;
    }
    network net;
    handle y{}, first{}, second{};
};

block<real> filled_but(int n, int place, real rest, real other) {
    block<real> b(vec(n), rest);
    b[place] = other;
    return b;
}

}  // namespace

TEST_CASE("activations of large arguments are finite, with their derivatives", "[laws]") {
    for (const int operation : {cf::operation_code<cf::tanh_op>, cf::operation_code<cf::sigmoid_op>,
                                cf::operation_code<cf::softplus_op>, cf::operation_code<cf::relu_op>})
        for (const real x : {-1e30L, -1e4L, -100.0L, -30.0L, 0.0L, 30.0L, 100.0L, 1e4L, 1e30L}) {
            const safe_operation at(operation, block<real>(scalar(), x), scalar());
            CAPTURE(subject_of(operation).name, static_cast<double>(x));
            CHECK(at.all_finite<float>());
            CHECK(at.all_finite<double>());
            const real slope = at.net.evaluate<double>()[at.first][0];
            const bool saturates = operation == cf::operation_code<cf::tanh_op> ||
                                   operation == cf::operation_code<cf::sigmoid_op>;
            if (std::abs(x) >= 100) CHECK(std::abs(slope - (!saturates && x > 0 ? 1 : 0)) < 1e-12L);
        }
}

TEST_CASE("softmax and log_sum_exp of large entries are finite, wherever the largest stands", "[laws]") {
    for (int n : {1, 2, 5})
        for (int place = 0; place < n; ++place)
            for (const real size : {1e3L, 1e4L, 1e20L}) {
                const auto x = filled_but(n, place, -size, size);
                const safe_operation s(cf::operation_code<cf::softmax_op>, x, vec(n));
                const safe_operation l(cf::operation_code<cf::log_sum_exp_op>, x, scalar());
                CAPTURE(n, place, static_cast<double>(size));
                CHECK(s.all_finite<float>());
                CHECK(s.all_finite<double>());
                CHECK(l.all_finite<float>());
                CHECK(l.all_finite<double>());
                const auto probabilities = s.net.evaluate<double>()[s.y],
                           pulled = l.net.evaluate<double>()[l.first];
                for (int k = 0; k < n; ++k) {
                    CHECK(probabilities[k] == (k == place ? 1 : 0));
                    CHECK(pulled[k] == (k == place ? 1 : 0));
                }
                CHECK(l.net.evaluate<double>()[l.y][0] == size);
            }
}
