// EXPECT: train, accuracy: the data must hold numbers of the type in which the network computes
// OF: write_report
#include <chainfold/chainfold.hpp>
#include <chainfold/report/write_report.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

void report(const nn::training_history& history) {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    const std::vector<float> inputs(40), targets(20);
#else
    const std::vector<double> inputs(40), targets(20);
#endif
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
    cf::write_report("run.html", net, data, nn::mean_squared_error{}, history);
}
