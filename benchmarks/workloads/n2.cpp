// SPDX-License-Identifier: BSL-1.0
// N2: 64-64-64-4, tanh between the layers, squared error, one sample and batches of 32 and 256.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

using net = n2;
using model = nn::sequential<float, nn::linear<64, 64>, nn::tanh, nn::linear<64, 64>, nn::tanh, nn::linear<64, 4>>;

// For one sample, matrices stand as who writes it by hand lets them stand: in × out, but for the last, which is narrow.
// Before AVX, where a number fills a register by an instruction of its own, the usual order is faster.
#if defined(__AVX__)
constexpr bool in_by_out_is_faster = true;
#else
constexpr bool in_by_out_is_faster = false;
#endif
using layout = by_hand::one_sample<net>;
using of_one_sample = nn::sequential<float, nn::linear<64, 64, nn::in_by_out>, nn::tanh,
                                     nn::linear<64, 64, nn::in_by_out>, nn::tanh, nn::linear<64, 4>>;

template <int Batch>
int measure(const options& o) {
    network_contest<net> c("N2", Batch, o);
    using usual = chainfold_network<Batch, model, nn::squared_error>;
    using in_order = chainfold_network_in_order<net, layout, of_one_sample, nn::squared_error>;
    if constexpr (Batch == 1 && in_by_out_is_faster) {
        c.add<in_order>(kind::chainfold, "");
        c.add<usual>(kind::variant, "chainfold, all out × in");
    } else {
        c.add<usual>(kind::chainfold, "");
        if constexpr (Batch == 1) c.add<in_order>(kind::variant, "chainfold, in × out");
    }
    add_rivals<Batch>(c);
    c.run();
    return c.exit_code();
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    return measure<1>(o) | measure<32>(o) | measure<256>(o);
}
