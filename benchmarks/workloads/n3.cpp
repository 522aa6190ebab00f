// SPDX-License-Identifier: BSL-1.0
// N3: 784-128-10, ReLU, cross-entropy from logits, one sample and batches of 32 and 256.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

using net = n3;
using model = nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>;

template <int Batch>
int measure(const options& o) {
    network_contest<net> c("N3", Batch, o);
    c.add<chainfold_network<model, nn::cross_entropy<>>>(kind::chainfold, "");
    add_rivals<Batch>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<1>(o) | measure<32>(o) | measure<256>(o);
}
