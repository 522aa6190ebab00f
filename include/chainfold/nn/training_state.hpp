// SPDX-License-Identifier: BSL-1.0
#pragma once

// All that the rest of a run depends on.  What is not here is made anew from what is: the order of the samples from seed
// and epoch, the learning rate from the steps and losses so far, the patience left from the losses.

#include <chainfold/graph/node.hpp>
#include <chainfold/nn/history.hpp>

namespace chainfold::nn {

/// The state of a run between two steps, as references to where it stands.
template <class T>
struct training_state {
    const symbol* symbols = nullptr;  // of the weights and the states, in the order of their block
    std::size_t count = 0;            // of them
    T* weights = nullptr;             // the block
    T* optimiser = nullptr;           // what the optimiser keeps
    std::size_t optimiser_size = 0;
    T* good = nullptr;  // the weights after the last epoch in which everything was finite
    T* best = nullptr;  // the weights of the best epoch; none without early stopping

    std::int64_t epochs = 0;       // of the whole run
    std::int64_t epoch = 0;        // epochs done
    std::int64_t batch = 0;        // batches done of the next one
    std::int64_t step = 0;         // steps taken
    std::int64_t ended = 0;        // as an `ending`: nothing follows
    double sum = 0;                // of the losses of the samples in those batches
    double seconds = 0;            // that they took
    training_history history{};

    template <class Model>
    void connect(Model& model, T* optimiser_state, std::size_t state_size, T* good_weights, T* best_weights) {
        symbols = Model::stored::symbols.data();
        count = Model::stored::count;
        weights = model.data();
        optimiser = optimiser_state;
        optimiser_size = state_size;
        good = good_weights;
        best = best_weights;
    }

    /// Calls visit with the name and the place of everything: a weight (name, dimensions, T*), numbers
    /// (name, count, T*), a list (name, std::vector<double>&), one number (name, std::int64_t& or double&) and texts
    /// (name, std::vector<std::string>&).
    template <class F>
    void each(F&& visit) {
        each_weight(visit, "weights.", weights);
        if (best != nullptr) each_weight(visit, "best.", best);
        each_weight(visit, "good.", good);
        if (optimiser_size > 0) visit("optimiser", optimiser_size, optimiser);
        visit("epoch", epoch);
        visit("batch", batch);
        visit("step", step);
        visit("ended", ended);
        visit("sum", sum);
        visit("seconds", seconds);
        visit("history.loss", history.loss);
        visit("history.validation_loss", history.validation_loss);
        visit("history.learning_rate", history.learning_rate);
        visit("history.seconds", history.seconds);
        for (metric_history& m : history.metrics) {
            visit("history." + std::string(m.name) + ".training", m.training);
            visit("history." + std::string(m.name) + ".validation", m.validation);
        }
        visit("layers.steps", history.layers.steps);
        visit("layers.activation", history.layers.activation);
        visit("layers.dead", history.layers.dead);
        visit("layers.gradient", history.layers.gradient);
        visit("layers.weight", history.layers.weight);
        visit("layers.update", history.layers.update);
        visit("warnings", history.warnings);
    }

private:
    template <class F>
    void each_weight(F& visit, const char* prefix, T* block) {
        for (std::size_t w = 0; w < count; ++w) {
            visit(prefix + std::string(symbols[w].name), symbols[w].dims, block);
            block += symbols[w].dims.size();
        }
    }
};

}  // namespace chainfold::nn
