// SPDX-License-Identifier: BSL-1.0
// libtorch's C++ interface: tensors, its tape, its SGD.
#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#include <vector>

#include "libraries/networks/libraries.hpp"

namespace benchmark {

namespace {

template <class Net>
class torch_contestant : public foreign_network<typename Net::value_type> {
    using T = typename Net::value_type;
    static constexpr auto type = sizeof(T) == 4 ? torch::kFloat32 : torch::kFloat64;

public:
    torch_contestant() {
        torch::set_num_threads(1);
        for (int l = 0; l < Net::layers; ++l) {
            parameters_.push_back(torch::zeros({Net::out(l), Net::in(l)}, type).set_requires_grad(true));
            parameters_.push_back(torch::zeros({Net::out(l)}, type).set_requires_grad(true));
        }
        optimiser_ = std::make_unique<torch::optim::SGD>(parameters_, torch::optim::SGDOptions(0.1));
    }
    void set(const T* weights) override {
        torch::NoGradGuard guard;
        for (auto& p : parameters_) {
            std::copy_n(weights, p.numel(), p.template data_ptr<T>());
            weights += p.numel();
        }
    }
    void get(T* weights) const override {
        for (const auto& p : parameters_) weights = std::copy_n(p.template data_ptr<T>(), p.numel(), weights);
    }
    void get_gradient(T* gradient) const override {
        for (const auto& p : parameters_)
            gradient = std::copy_n(p.grad().contiguous().template data_ptr<T>(), p.numel(), gradient);
    }

    T gradient(const T* x, const T* t, int batch) override {
        prepare(x, t, batch);
        optimiser_->zero_grad();
        torch::Tensor y = x_;
        for (int l = 0; l < Net::layers; ++l) {
            const auto at = static_cast<std::size_t>(2 * l);
            y = torch::linear(y, parameters_[at], parameters_[at + 1]);
            switch (Net::after(l)) {
                case activation::sigmoid:
                    y = torch::sigmoid(y);
                    break;
                case activation::tanh:
                    y = torch::tanh(y);
                    break;
                case activation::relu:
                    y = torch::relu(y);
                    break;
                case activation::none:
                    break;
            }
        }
        const torch::Tensor loss = Net::loss == error::squared
                                       ? torch::mse_loss(y, t_, torch::Reduction::Mean) * Net::outputs
                                       : torch::cross_entropy_loss(y, t_);
        loss.backward();
        return loss.template item<T>();
    }
    T step(const T* x, const T* t, int batch, T rate) override {
        const T loss = gradient(x, t, batch);
        static_cast<torch::optim::SGDOptions&>(optimiser_->param_groups()[0].options()).lr(static_cast<double>(rate));
        optimiser_->step();
        return loss;
    }

private:
    void prepare(const T* x, const T* t, int batch) {
        if (x == known_) return;
        known_ = x;
        x_ = torch::from_blob(const_cast<T*>(x), {batch, Net::inputs}, type).clone();
        t_ = torch::from_blob(const_cast<T*>(t), {batch, Net::outputs}, type).clone();
        if (Net::loss == error::cross_entropy) t_ = t_.argmax(1);
    }

    std::vector<torch::Tensor> parameters_;
    std::unique_ptr<torch::optim::SGD> optimiser_;
    torch::Tensor x_, t_;
    const T* known_ = nullptr;
};

}  // namespace

template <class Net>
foreign<Net> torch_network() {
    return std::make_shared<torch_contestant<Net>>();
}
std::string torch_version() { return std::to_string(TORCH_VERSION_MAJOR) + "." + std::to_string(TORCH_VERSION_MINOR); }

template foreign<n1<float>> torch_network<n1<float>>();
template foreign<n1<double>> torch_network<n1<double>>();
template foreign<n2> torch_network<n2>();
template foreign<n3> torch_network<n3>();
template foreign<n4> torch_network<n4>();
template foreign<n5> torch_network<n5>();

}  // namespace benchmark
