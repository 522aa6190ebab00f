// SPDX-License-Identifier: BSL-1.0
#pragma once

// One network and one batch size, contested twice: value and gradient; and the step, which updates the weights as well.
// A contestant is a type with
//
//     void set(const T* weights);  void get(T* weights) const;  void get_gradient(T* gradient) const;
//     T gradient(const T* x, const T* t, int batch);  T step(const T* x, const T* t, int batch, T rate);
//
// where weights and gradient come and go in the common order (network.hpp), and both calls give the mean loss.

#include <memory>

#include "by_hand/networks/loops.hpp"
#include "contest.hpp"
#include "network.hpp"

namespace benchmark {

template <class Net>
class network_contest {
    using T = typename Net::value_type;

public:
    network_contest(const char* name, int batch, const options& o)
        : batch_(batch),
          size_("batch " + std::to_string(batch)),
          data_(batch),
          gradients_(about(name, "gradient"), o),
          steps_(about(name, "step"), o),
          selected_(o.selects(size_)) {
        if (selected_) find_expected();
    }

    /// Makes a contestant, compares its results with the simplest code's in double precision, and enters it.
    template <class R>
    void add(kind k, const std::string& style) {
        if (selected_) add(k, style, std::make_shared<R>());
    }
    template <class R>
    void add(kind k, const std::string& style, std::shared_ptr<R> r) {
        if (!selected_ || r == nullptr) return;
        check(style, *r);
        // A rate at which nothing moves far in a million steps.
        gradients_.add(k, style, [this, r] { keep(r->gradient(data_.inputs.data(), data_.targets.data(), batch_)); });
        steps_.add(k, style, [this, r] {
            keep(r->step(data_.inputs.data(), data_.targets.data(), batch_, static_cast<T>(1e-7)));
        });
    }

    void run() {
        if (!selected_) return;
        gradients_.run();
        steps_.run();
    }
    [[nodiscard]] int exit_code() const { return results_.exit_code(); }

private:
    static constexpr std::size_t size = Net::size;
    static constexpr double tolerance = sizeof(T) == 4 ? 3e-5 : 1e-12;
    static constexpr T checked_rate = static_cast<T>(0.05);

    workload about(const char* name, const char* what) const {
        return {name, what, size_.c_str(), sizeof(T) == 4 ? "float" : "double", Net::flops(batch_)};
    }

    void find_expected() {
        using wide = typename Net::template in_type<double>;
        by_hand::loops<wide, by_hand::style::standard> simple;
        const auto widened = [](const std::vector<T>& v) { return std::vector<double>(v.begin(), v.end()); };
        const std::vector<double> w = widened(data_.weights), x = widened(data_.inputs), t = widened(data_.targets);
        simple.set(w.data());
        loss_ = simple.gradient(x.data(), t.data(), batch_);
        gradient_.resize(size);
        simple.get_gradient(gradient_.data());
        simple.step(x.data(), t.data(), batch_, checked_rate);
        simple.step(x.data(), t.data(), batch_, checked_rate);
        weights_.resize(size);
        simple.get(weights_.data());
    }

    template <class R>
    void check(const std::string& style, R& r) {
        const std::string who = style + ", " + gradients_.about().name + ", " + size_ + ": ";
        std::vector<T> found(size);
        r.set(data_.weights.data());
        const double loss = static_cast<double>(r.gradient(data_.inputs.data(), data_.targets.data(), batch_));
        results_.require((who + "loss").c_str(), &loss, &loss_, 1, tolerance);
        r.get_gradient(found.data());
        results_.require((who + "gradient").c_str(), found.data(), gradient_.data(), size, tolerance);
        for (int i = 0; i < 2; ++i) r.step(data_.inputs.data(), data_.targets.data(), batch_, checked_rate);
        r.get(found.data());
        results_.require((who + "weights after two steps").c_str(), found.data(), weights_.data(), size, tolerance);
    }

    int batch_;
    std::string size_;
    material<Net> data_;
    contest gradients_, steps_;
    bool selected_;
    equality results_;
    double loss_ = 0;
    std::vector<double> gradient_, weights_;
};

}  // namespace benchmark
