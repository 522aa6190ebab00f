// EXPECT: net,
// EXPECT: anything>
// OF: nn::objective, nn::check_gradient, write_report, save_header
// EACH: CALL=nn::objective(data,net,loss)
// EACH: CALL=nn::objective(net,loss,data,{.l2=0.1}).size()
// EACH: CALL=nn::objective(net,inputs,loss)
// EACH: CALL=nn::objective(net,data)
// EACH: CALL=nn::check_gradient(net,data,loss,{.samples=3}).passed()
// EACH: CALL=nn::check_gradient(net,loss)
// EACH: CALL=cf::write_report(net,data,loss,history,"run.html")
// EACH: CALL=cf::write_report("run.html",net,data,history,loss,{.title="run"})
// EACH: CALL=cf::write_report("run.html",net,data,loss,{.title="run"})
// EACH: CALL=cf::write_report("run.html",net,inputs,loss,history)
// EACH: CALL=cf::write_report("run.html",history)
// EACH: CALL=cf::save_header("run.hpp",net,"run")
// EACH: CALL=cf::save_header("run.hpp","run",net,{.seed=1})
// EACH: CALL=cf::save_header(net,"run.hpp",{.seed=1})
// EACH: CALL=cf::save_header(net,1,2)
#include <chainfold/chainfold.hpp>
#include <chainfold/nn/check_gradient.hpp>
#include <chainfold/report/write_report.hpp>
#include <chainfold/storage/weights_header.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

void run(const nn::training_history& history) {
    nn::sequential<double, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<double> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
    const nn::squared_error loss{};
#ifdef CORRECTED
    (void)nn::objective(net, data, loss, {.l2 = 0.1});
    (void)nn::objective(net, data, loss, {});
    (void)nn::check_gradient(net, loss, data, {.samples = 3});
    cf::write_report("run.html", net, data, loss, history, {.title = "run"});
    cf::save_header(net, "run.hpp", "run", {.seed = 1});
    cf::save_header(net, std::string("run.hpp"), "run", {});
#else
    (void)history, (void)loss;
    (void)(CALL);
#endif
}
