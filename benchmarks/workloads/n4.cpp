// SPDX-License-Identifier: BSL-1.0
// N4: 784-1024-1024-10, ReLU, cross-entropy from logits, batches of 256.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

using net = n4;
using model =
    nn::sequential<float, nn::linear<784, 1024>, nn::relu, nn::linear<1024, 1024>, nn::relu, nn::linear<1024, 10>>;

template <int Batch>
int measure(const options& o) {
    network_contest<net> c("N4", Batch, o);
    c.add<chainfold_network<Batch, model, nn::cross_entropy<>>>(kind::chainfold, "");
    add_rivals<Batch>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<256>(o);
}
