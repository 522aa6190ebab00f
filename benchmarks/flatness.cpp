// SPDX-License-Identifier: BSL-1.0
// How time per sample and memory depend on the number of samples: they should not.
#include <sys/resource.h>

#include "chainfold_network.hpp"
#include "contest.hpp"

using namespace benchmark;

/// The most memory that this process has had, in MB.
double peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

template <class Net, class Model, class Loss>
void measure(const char* name, const options& o) {
    using T = typename Net::value_type;
    const int most = o.check ? 4096 : 262144;
    const material<Net> data(most);
    chainfold_network<0, Model, Loss> net;
    net.set(data.weights.data());
    const double before = peak_memory();
    for (int batch = 256; batch <= most; batch *= 4) {
        std::vector<double> times;
        for (int round = 0; round < (o.check ? 1 : std::max(3, 65536 / batch)); ++round) {
            const double begin = processor_time();
            keep(net.gradient(data.inputs.data(), data.targets.data(), batch));
            times.push_back(processor_time() - begin);
        }
        std::printf(
            R"({"flatness": "%s", "batch": %d, "ns_per_sample": %.5g, "input_megabytes": %.4g, "more_memory": %.4g})"
            "\n",
            name, batch, median(times) / batch, static_cast<double>(batch) * Net::inputs * sizeof(T) / 1e6,
            peak_memory() - before);
        std::fflush(stdout);
    }
}

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    measure<n2, nn::sequential<float, nn::linear<64, 64>, nn::tanh, nn::linear<64, 64>, nn::tanh, nn::linear<64, 4>>,
            nn::squared_error>("N2", o);
    measure<n3, nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>, nn::cross_entropy<>>("N3", o);
    return 0;
}
