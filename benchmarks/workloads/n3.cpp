// SPDX-License-Identifier: BSL-1.0
// N3: 784-128-10, ReLU, cross-entropy from logits, one sample and batches of 32 and 256.
#include "by_hand/networks/batched.hpp"
#include "by_hand/networks/one_sample.hpp"
#include "chainfold_network.hpp"
#include "network_contest.hpp"

using namespace benchmark;

using net = n3;
using model = nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>;

template <int Batch>
int measure(const options& o) {
    network_contest<net> c("N3", Batch, o);
    c.add<chainfold_network<model, nn::cross_entropy>>(kind::chainfold, "");
    if constexpr (Batch == 1)
        c.add<by_hand::one_sample<net>>(kind::by_hand, "vectors");
    else
        c.add<by_hand::batched<net, Batch>>(kind::by_hand, "vectors");
    c.add<by_hand::loops<net, by_hand::style::fast_math>>(kind::by_hand, "loops, -ffast-math");
    c.add<by_hand::loops<net, by_hand::style::standard>>(kind::standard_library, "loops");
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<1>(o) | measure<32>(o) | measure<256>(o);
}
