// SPDX-License-Identifier: BSL-1.0
// N1: 2-4-1, sigmoid, squared error, one sample; float and double.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

// As in N2, matrices stand as who writes it by hand lets them stand, in vectors or in Eigen's matrices.
template <class T>
int measure(const options& o) {
    using net = n1<T>;
    using layout = by_hand::one_sample<net>;
    using model = nn::sequential<T, nn::linear<2, 4>, nn::sigmoid, nn::linear<4, 1>, nn::sigmoid>;
    using of_one_sample =
        nn::sequential<T, nn::linear<2, 4, nn::in_by_out>, nn::sigmoid, nn::linear<4, 1>, nn::sigmoid>;
    network_contest<net> c("N1", 1, o);
    c.template add<chainfold_network_in_order<net, layout, of_one_sample, nn::squared_error>>(kind::chainfold, "");
    c.template add<chainfold_network<1, model, nn::squared_error>>(kind::variant, "chainfold, all out × in");
    add_rivals<1>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<float>(o) | measure<double>(o);
}
