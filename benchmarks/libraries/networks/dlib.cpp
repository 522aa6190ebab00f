// SPDX-License-Identifier: BSL-1.0
// dlib's networks, whose type is the network; its squared error has half the usual derivative.
#include <dlib/dnn.h>
#include <dlib/revision.h>

#include <algorithm>
#include <vector>

#include "libraries/networks/libraries.hpp"

namespace benchmark {

namespace {

template <activation A, class Below>
struct activated {
    using type = Below;
};
template <class Below>
struct activated<activation::sigmoid, Below> {
    using type = dlib::sig<Below>;
};
template <class Below>
struct activated<activation::tanh, Below> {
    using type = dlib::htan<Below>;
};
template <class Below>
struct activated<activation::relu, Below> {
    using type = dlib::relu<Below>;
};
template <class Net, int Layers>
struct layers_of {
    using type = typename activated<Net::after(Layers - 1),
                                    dlib::fc<Net::out(Layers - 1), typename layers_of<Net, Layers - 1>::type>>::type;
};
template <class Net>
struct layers_of<Net, 0> {
    using type = dlib::input<dlib::matrix<float>>;
};

template <class Net>
class dlib_contestant : public foreign_network<float> {
    static constexpr bool squared = Net::loss == error::squared;
    static constexpr float scale = squared ? 2 : 1;
    using layers = typename layers_of<Net, Net::layers>::type;
    using net =
        std::conditional_t<squared, dlib::loss_mean_squared_multioutput<layers>, dlib::loss_multiclass_log<layers>>;
    using label = std::conditional_t<squared, dlib::matrix<float>, unsigned long>;

public:
    dlib_contestant() : solvers_(net::num_computational_layers, dlib::sgd(0, 0)) {
        // Parameters exist once data have been seen.
        const std::vector<float> x(Net::inputs), t(Net::outputs);
        run(x.data(), t.data(), 1);
        known_ = nullptr;
    }
    void set(const float* weights) override {
        const auto to = tensors<true>();
        for_each_weight<Net, layout>(
            [&](int from, int at) { to[layer_of(at)][at - Net::begin(layer_of(at))] = weights[from]; });
    }
    void get(float* weights) const override {
        const auto from = const_cast<dlib_contestant*>(this)->tensors<true>();
        for_each_weight<Net, layout>(
            [&](int to, int at) { weights[to] = from[layer_of(at)][at - Net::begin(layer_of(at))]; });
    }
    void get_gradient(float* gradient) const override {
        const auto from = const_cast<dlib_contestant*>(this)->tensors<false>();
        for_each_weight<Net, layout>(
            [&](int to, int at) { gradient[to] = scale * from[layer_of(at)][at - Net::begin(layer_of(at))]; });
    }
    float gradient(const float* x, const float* t, int batch) override { return run(x, t, batch); }
    float step(const float* x, const float* t, int batch, float rate) override {
        const float loss = run(x, t, batch);
        net_.update_parameters(solvers_, scale * rate);
        return loss;
    }

private:
    struct layout {  // in × out, then biases
        static constexpr int weight_at(int l, int o, int i) { return Net::begin(l) + i * Net::out(l) + o; }
        static constexpr int bias_at(int l, int o) { return weight_at(l, o, Net::in(l)); }
    };
    static constexpr int layer_of(int at) {
        int l = 0;
        while (l + 1 < Net::layers && at >= Net::begin(l + 1)) ++l;
        return l;
    }

    float run(const float* x, const float* t, int batch) {
        if (x != known_) {
            known_ = x;
            std::vector<dlib::matrix<float>> samples;
            for (int s = 0; s < batch; ++s) samples.push_back(dlib::mat(x + s * Net::inputs, Net::inputs, 1));
            net_.to_tensor(samples.begin(), samples.end(), x_);
            labels_.clear();
            for (int s = 0; s < batch; ++s, t += Net::outputs)
                if constexpr (squared)
                    labels_.push_back(dlib::mat(t, Net::outputs, 1));
                else
                    labels_.push_back(static_cast<unsigned long>(std::max_element(t, t + Net::outputs) - t));
        }
        return static_cast<float>(net_.compute_parameter_gradients(x_, labels_.begin()));
    }

    /// The memory of each layer's parameters, or of their gradient, from the first layer on.
    template <bool Parameters>
    std::vector<float*> tensors() {
        std::vector<float*> found;
        const auto collect = [&](std::size_t, dlib::tensor& t) {
            if (t.size() > 0) found.push_back(t.host());
        };
        if constexpr (Parameters)
            dlib::visit_layer_parameters(net_, collect);
        else
            dlib::visit_layer_parameter_gradients(net_, collect);
        std::reverse(found.begin(), found.end());
        return found;
    }

    net net_;
    std::vector<dlib::sgd> solvers_;
    dlib::resizable_tensor x_;
    std::vector<label> labels_;
    const float* known_ = nullptr;
};

}  // namespace

template <class Net>
foreign<Net> dlib_network() {
    return std::make_shared<dlib_contestant<Net>>();
}
std::string dlib_version() { return std::to_string(DLIB_MAJOR_VERSION) + "." + std::to_string(DLIB_MINOR_VERSION); }

template foreign<n1<float>> dlib_network<n1<float>>();
template foreign<n2> dlib_network<n2>();
template foreign<n3> dlib_network<n3>();
template foreign<n4> dlib_network<n4>();
template foreign<n5> dlib_network<n5>();

}  // namespace benchmark
