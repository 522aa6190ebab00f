// SPDX-License-Identifier: BSL-1.0
// N1: 2-4-1, sigmoid, squared error, one sample; float and double.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

template <class T>
int measure(const options& o) {
    using net = n1<T>;
    using model = nn::sequential<T, nn::linear<2, 4>, nn::sigmoid, nn::linear<4, 1>, nn::sigmoid>;
    network_contest<net> c("N1", 1, o);
    c.template add<chainfold_network<model, nn::squared_error>>(kind::chainfold, "");
    add_rivals<1>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<float>(o) | measure<double>(o);
}
