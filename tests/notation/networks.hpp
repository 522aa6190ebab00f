// Networks of any depth as graphs, built while the test runs.
#pragma once

#include <deque>
#include <string>

#include <chainfold/notation/picture/from_graph.hpp>
#include <chainfold/operation/table.hpp>

namespace networks {

using namespace chainfold;

class network {
public:
    explicit network(int width) : width_(width), value_(symbol("x", vector_dimensions(width), false)) {}

    network& layer() {
        value_ = tanh(weighted());
        return *this;
    }
    network& residual_block() {
        value_ = value_ + tanh(weighted());
        return *this;
    }
    network& squared_error() {
        value_ = sum(square(value_ - symbol("t", vector_dimensions(width_), false)));
        graph_.add_output(value_.id);
        return *this;
    }

    [[nodiscard]] graph_view graph() const { return graph_.view(); }
    /// With the derivatives by everything trained.
    [[nodiscard]] picture::drawing drawn() const {
        std::vector<char> wanted;
        for (int s = 0; s < graph().symbol_count; ++s) wanted.push_back(graph().symbols[s].trained);
        return picture::graph_drawing(graph(), wanted).run();
    }

private:
    handle weighted() {
        const std::string number = std::to_string(++layers_);
        const handle W = symbol("W" + number, matrix_dimensions(width_, width_), true);
        return W * value_ + symbol("b" + number, vector_dimensions(width_), true);
    }
    handle symbol(std::string name, dimensions dims, bool trained) {
        const auto key = static_cast<hash_value>(names_.size()) + 1;
        names_.push_back(std::move(name));
        const int index = graph_.symbol_index({names_.back(), dims, trained, key, key});
        return {&graph_, graph_.make({operation_code<symbol_op>, dims, index, nullptr, 0})};
    }

    std::deque<std::string> names_;
    builder graph_;
    int width_, layers_ = 0;
    handle value_;
};

/// W₁ … tanh … to the squared error.
inline picture::drawing chain(int layers) {
    network n(16);
    for (int i = 0; i < layers; ++i) n.layer();
    return n.squared_error().drawn();
}
inline picture::drawing residual(int blocks) {
    network n(16);
    for (int i = 0; i < blocks; ++i) n.residual_block();
    return n.squared_error().drawn();
}

}  // namespace networks
