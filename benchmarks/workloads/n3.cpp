// SPDX-License-Identifier: BSL-1.0
// N3: 784-128-10, ReLU, cross-entropy from logits, one sample and batches of 32 and 256.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

using net = n3;
using model = nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>;

// For one sample, as in N2: matrices stand as who writes it by hand lets them stand.
using layout = by_hand::one_sample<net>;
using of_one_sample = nn::sequential<float, nn::linear<784, 128, nn::in_by_out>, nn::relu, nn::linear<128, 10>>;

template <int Batch>
int measure(const options& o) {
    network_contest<net> c("N3", Batch, o);
    using usual = chainfold_network<Batch, model, nn::cross_entropy<>>;
    if constexpr (Batch == 1) {
        c.add<chainfold_network_in_order<net, layout, of_one_sample, nn::cross_entropy<>>>(kind::chainfold, "");
        c.add<usual>(kind::variant, "chainfold, all out × in");
    } else {
        c.add<usual>(kind::chainfold, "");
    }
    add_rivals<Batch>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<1>(o) | measure<32>(o) | measure<256>(o);
}
