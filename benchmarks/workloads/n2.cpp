// SPDX-License-Identifier: BSL-1.0
// N2: 64-64-64-4, tanh between the layers, squared error, one sample and batches of 32 and 256.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

using net = n2;
using model = nn::sequential<float, nn::linear<64, 64>, nn::tanh, nn::linear<64, 64>, nn::tanh, nn::linear<64, 4>>;

template <int Batch>
int measure(const options& o) {
    network_contest<net> c("N2", Batch, o);
    c.add<chainfold_network<model, nn::squared_error>>(kind::chainfold, "");
    add_rivals<Batch>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<1>(o) | measure<32>(o) | measure<256>(o);
}
