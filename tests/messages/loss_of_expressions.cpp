// EXPECT: a network's loss is an object: nn::squared_error{}, nn::cross_entropy{}, not a function
// OF: nn::train, nn::check_gradient, nn::mean_loss, nn::objective, write_report
// EACH: CALL=nn::train(net,data,cf::squared_error,nn::sgd{},{.epochs=3}).loss.empty()
// EACH: CALL=nn::train(net,data,cf::huber,nn::adam{})
// EACH: CALL=nn::check_gradient(net,cf::mean_absolute_error,data,{.samples=3}).passed()
// EACH: CALL=nn::mean_loss(net,data,cf::cross_entropy)>0
// EACH: CALL=cf::evaluate(nn::loss_expression<model>(cf::hinge))
// EACH: CALL=nn::objective(net,data,cf::binary_cross_entropy,{.l2=0.1}).size()
// EACH: CALL=cf::write_report("run.html",net,data,cf::kl_divergence,history,{.title="run"})
#include <chainfold/chainfold.hpp>
#include <chainfold/nn/check_gradient.hpp>
#include <chainfold/report/write_report.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<double, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>>;

void run(const nn::training_history& history) {
    model net{nn::seed{1}};
    const std::vector<double> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    nn::mean_loss(net, data, nn::squared_error{});
    cf::write_report("run.html", net, data, [](auto y, auto t) { return cf::huber(y, t); }, history);
#else
    (void)history;
    (void)(CALL);
#endif
}
