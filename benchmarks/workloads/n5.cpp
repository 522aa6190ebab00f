// SPDX-License-Identifier: BSL-1.0
// N5: 20 layers of 16 → 16, tanh after each, squared error, one sample.
#include "chainfold_network.hpp"
#include "network_contest.hpp"
#include "network_rivals.hpp"

using namespace benchmark;

using net = n5;

template <std::size_t Layers, class... L>
struct deep : deep<Layers - 1, L..., nn::linear<16, 16>, nn::tanh> {};
template <class... L>
struct deep<0, L...> {
    using model = nn::sequential<float, L...>;
};

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    network_contest<net> c("N5", 1, o);
    c.add<chainfold_network<1, deep<20>::model, nn::squared_error>>(kind::chainfold, "");
    add_rivals<1>(c);
    c.run();
    return c.exit_code();
}
