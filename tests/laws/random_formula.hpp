// Random formulas as trees of sums and products of any length, which are written down in different ways: in another
// order, with other parentheses, x − y or x + (−y), x² or x · x, x / y or x · (1 / y).
#pragma once

#include <vector>

#include "laws/network.hpp"

namespace laws {

class random_formula {
public:
    /// With functions, or of + − · ∕ and powers alone.
    random_formula(std::uint64_t seed, bool with_functions) : random_(seed), with_functions_(with_functions) {
        root_ = grow(1 + static_cast<int>(seed % 3));
    }

    /// Scalars, then vectors of two; `values` for all of them.
    static constexpr int scalars = 3, vectors = 2, count = scalars + 2 * vectors;
    static std::vector<handle> symbols(network& net, const std::vector<real>& values) {
        std::vector<handle> made;
        for (int i = 0; i < scalars; ++i) made.push_back(net.symbol(block<real>(cf::scalar_dimensions, values[at(i)])));
        for (int i = 0; i < vectors; ++i) {
            block<real> b(cf::vector_dimensions(2));
            for (int k = 0; k < 2; ++k) b[k] = values[at(scalars + 2 * i + k)];
            made.push_back(net.symbol(b));
        }
        return made;
    }

    /// One way to write it.
    handle write(const std::vector<handle>& symbols, std::uint64_t seed) {
        random_ = random_numbers(seed);
        return write(root_, symbols);
    }

private:
    enum class kind { symbol, number, sum, product, function };
    struct part {
        int node = 0;
        int times = 1;  // in a sum: + or −; in a product: the exponent
    };
    struct node {
        kind is = kind::symbol;
        int which = 0;  // symbol, function
        cf::number value{};
        std::vector<part> parts{};
    };

    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    int grow(int depth) {
        node made;
        const int choice = random_.below(10);
        if (depth == 0 || choice == 0) {
            made.is = random_.chance(75) ? kind::symbol : kind::number;
            made.which = random_.below(scalars + vectors);
            constexpr cf::number numbers[] = {{1, 1, 0}, {2, 1, 0}, {3, 1, 0}, {5, 1, -1}, {1, 3, 0}, {15, 1, -1}};
            made.value = numbers[random_.below(6)];
        } else if (with_functions_ && choice <= 2) {
            made.is = kind::function;
            made.which = random_.below(9);
            made.parts.push_back({grow(depth - 1), 1});
        } else {
            made.is = choice % 2 == 0 ? kind::sum : kind::product;
            const int length = 2 + random_.below(3);
            for (int i = 0; i < length; ++i) {
                const bool again = i > 0 && random_.chance(20);
                const int child = again ? made.parts[at(random_.below(i))].node : grow(depth - 1);
                made.parts.push_back({child, made.is == kind::sum ? (random_.chance(30) ? -1 : 1) : exponent()});
            }
        }
        nodes_.push_back(made);
        return static_cast<int>(nodes_.size()) - 1;
    }
    int exponent() {
        constexpr int exponents[] = {1, 1, 1, 1, 1, 2, 2, -1, -1, -2};
        return exponents[random_.below(10)];
    }

    handle write(int id, const std::vector<handle>& symbols) {
        const node& n = nodes_[at(id)];
        cf::builder& graph = *symbols[0].graph;
        if (n.is == kind::symbol) return symbols[at(n.which)];
        if (n.is == kind::number) return make_constant(graph, n.value);
        if (n.is == kind::function) return apply(n.which, write(n.parts[0].node, symbols));
        std::vector<std::pair<handle, bool>> items;  // true: subtracted, or divided by
        for (const part& p : n.parts) {
            const handle x = write(p.node, symbols);
            const int size = p.times < 0 ? -p.times : p.times;
            if (size > 1 && random_.chance(50)) {
                items.emplace_back(size == 2 && random_.chance(50) ? square(x) : raise(x, size), p.times < 0);
            } else if (p.times < 0 && random_.chance(25)) {
                items.emplace_back(n.is == kind::sum ? -x : size == 1 ? reciprocal(x) : raise(x, -size), false);
            } else {
                for (int i = 0; i < size; ++i) items.emplace_back(x, p.times < 0);
            }
        }
        while (items.size() > 1) {
            const std::size_t i = at(random_.below(static_cast<int>(items.size())));
            const auto a = items[i];
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
            auto& b = items[at(random_.below(static_cast<int>(items.size())))];
            b = n.is == kind::sum ? joined(a, b) : multiplied(a, b);
        }
        if (!items[0].second) return items[0].first;
        return n.is == kind::sum ? -items[0].first : reciprocal(items[0].first);
    }
    static handle raise(handle x, int n) { return cf::make_with<cf::power_op>(x, n, x.dims()); }
    static std::pair<handle, bool> joined(const std::pair<handle, bool>& a, const std::pair<handle, bool>& b) {
        if (a.second == b.second) return {a.first + b.first, a.second};
        return {a.first - b.first, a.second};
    }
    static std::pair<handle, bool> multiplied(const std::pair<handle, bool>& a, const std::pair<handle, bool>& b) {
        if (a.second == b.second) return {hadamard(a.first, b.first), a.second};
        return {a.first / b.first, a.second};
    }
    static handle apply(int which, handle x) {
        switch (which) {
            case 0:
                return exp(x);
            case 1:
                return log(x);
            case 2:
                return sqrt(x);
            case 3:
                return abs(x);
            case 4:
                return tanh(x);
            case 5:
                return sigmoid(x);
            case 6:
                return relu(x);
            case 7:
                return sin(x);
            default:
                return x.dims().rank == 0 ? cos(x) : softmax(x);
        }
    }

    random_numbers random_;
    bool with_functions_;
    std::vector<node> nodes_{};
    int root_ = 0;
};

}  // namespace laws
