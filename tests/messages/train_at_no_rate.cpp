// EXPECT: train: an optimiser has a learning_rate
// OF: nn::sgd, nn::adam, nn::adamw, nn::rmsprop, nn::adagrad, nn::cosine, nn::step_decay, nn::warm_up, nn::on_plateau, nn::Optimiser, nn::LearningRate
// EACH: CALL=net,data,loss,nn::sgd{.learning_rate=0.1_c}
// EACH: CALL=net,data,loss,nn::adam{.learning_rate="1"}
// EACH: CALL=net,data,loss,nn::adamw{.learning_rate="1"}
// EACH: CALL=net,data,loss,nn::rmsprop{.learning_rate="1"}
// EACH: CALL=net,data,loss,nn::adagrad{.learning_rate="1"}
// EACH: CALL=net,data,loss,nn::sgd{.learning_rate=nn::cosine{.from="1"}}
// EACH: CALL=net,data,loss,nn::sgd{.learning_rate=nn::step_decay{.from="1"}}
// EACH: CALL=net,data,loss,nn::sgd{.learning_rate=nn::warm_up{.then="1"}}
// EACH: CALL=net,data,loss,nn::sgd{.learning_rate=nn::on_plateau{.from="1"}}
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

void f(network& net, const network& constant, const std::vector<float>& v) {
    const nn::dataset data{cf::batch(v), cf::batch(v)};
    const nn::squared_error loss;
    const nn::sgd sgd;
    const nn::training_options options;
    (void)constant, (void)data, (void)loss, (void)sgd, (void)options;
#ifdef CORRECTED
    nn::train(net, data, loss, sgd, options);
#else
    nn::train(CALL);
#endif
}
