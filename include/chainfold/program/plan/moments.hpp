// SPDX-License-Identifier: BSL-1.0
#pragma once

// Means of products of a linear map's values with what it maps.  For a matrix Q that depends on no sample, a number w
// and a vector z that do,
//
//     mean(w (Q z) zᵀ) = Q S,   mean(w Q z ⊙ z) = (Q ⊙ S) 1,   mean(w Q z) = Q mean(w z),   S = mean(w z zᵀ).
//
// S is symmetric, so that half of it is accumulated, and Q z need not be kept for the samples.  This is what the
// gradient of a normal density needs, with Q = diag(e) + L: Q z = e ⊙ z + L z.

#include <chainfold/program/plan/plan.hpp>
#include <chainfold/transform/differentiate.hpp>

namespace chainfold {

/// Finds w Q z among a builder's nodes, for vectors of which an outer product with z is needed, and makes the means.
class second_moments {
public:
    /// `uses`: how often each node is read; nodes that nobody reads count for nothing.
    constexpr second_moments(builder& graph, const buffer<char>& batched, const buffer<int>& uses)
        : graph_(graph), batched_(batched), image_of_(batched.size(), -1) {
        for (int id = 0; id < batched.size() && id < uses.size(); ++id) {
            const handle x{&graph, id};
            if (uses[id] == 0 || batched[id] == 0 || x.operation() != operation_code<outer_op>) continue;
            const handle c = without_sign(x.operand(0));
            if (image_of_[c.id] >= 0 || x.dims().rows > most_triangle_rows || x.dims().rows != x.dims().columns)
                continue;
            image found = image_in(c);
            if (!found.z.exists() || !found.z.is(x.operand(1))) continue;
            find_means(found);
            image_of_[c.id] = images_.push(found);
        }
    }

    /// mean(x), where x is ± w (Q z) zᵀ, w Q z ⊙ z or w Q z; nothing otherwise.
    [[nodiscard]] constexpr handle mean(handle x) const {
        if (images_.size() == 0) return {};
        if (x.operation() == operation_code<outer_op>) {
            const handle c = without_sign(x.operand(0));
            if (!is_image(c, x.operand(1))) return {};
            const handle result = image_of(c).matrix * image_of(c).second;
            return c.is(x.operand(0)) ? result : -result;
        }
        if (x.id < image_of_.size() && image_of_[x.id] >= 0) return image_of(x).matrix * image_of(x).first;
        if (x.operation() == operation_code<multiply_op>)
            for (int i = 0; i < 2; ++i)
                if (const handle c = x.operand(i); is_image(c, x.operand(1 - i)))
                    return hadamard(image_of(c).matrix, image_of(c).second) * ones(x.dims());
        return {};
    }

private:
    /// w Q z, where Q is a number times the sum of matrices that `map` adds up.
    struct image {
        handle weight{}, factor{};  // nothing for 1
        handle map{}, z{};
        handle matrix{}, first{}, second{};  // Q, mean(w z), mean(w z zᵀ)
    };

    static constexpr handle without_sign(handle x) {
        while (x.operation() == operation_code<negate_op>) x = x.operand(0);
        return x;
    }
    [[nodiscard]] constexpr bool depends(handle x) const { return x.id < batched_.size() && batched_[x.id] != 0; }
    [[nodiscard]] constexpr bool is_image(handle c, handle z) const {
        return c.id < image_of_.size() && image_of_[c.id] >= 0 && image_of(c).z.is(z);
    }
    [[nodiscard]] constexpr const image& image_of(handle c) const { return images_[image_of_[c.id]]; }

    [[nodiscard]] constexpr image image_in(handle c) const {
        image found{};
        while (c.operation() == operation_code<multiply_op> &&
               (c.operand(0).dims().rank == 0 || c.operand(1).dims().rank == 0)) {
            const int i = c.operand(0).dims().rank == 0 ? 0 : 1;
            handle& factors = depends(c.operand(i)) ? found.weight : found.factor;
            factors = factors.exists() ? hadamard(factors, c.operand(i)) : c.operand(i);
            c = c.operand(1 - i);
        }
        bool has_product = false;
        found.map = c;
        found.z = mapped_by(c, has_product);
        if (!has_product) found.z = {};
        return found;
    }
    /// z, of a sum of terms A z and e ⊙ z; nothing if it is something else.
    constexpr handle mapped_by(handle y, bool& has_product) const {
        switch (y.operation()) {
            case operation_code<add_op>:
            case operation_code<subtract_op>: {
                const handle z = mapped_by(y.operand(0), has_product);
                return z.exists() && z.is(mapped_by(y.operand(1), has_product)) ? z : handle{};
            }
            case operation_code<multiply_op>:
                for (int i = 0; i < 2; ++i)
                    if (!depends(y.operand(i)) && depends(y.operand(1 - i)) && y.operand(1 - i).dims().rank == 1)
                        return y.operand(1 - i);
                return {};
            case operation_code<product_op>:
                if (depends(y.operand(0)) || y.dims().rank != 1) return {};
                has_product = true;
                return y.operand(1);
            default:
                return {};
        }
    }

    constexpr void find_means(image& c) {
        const handle q = matrix_of(c.map);
        c.matrix = c.factor.exists() ? hadamard(c.factor, q) : q;
        const dimensions dims = c.z.dims(), square = matrix_dimensions(dims.rows, dims.rows);
        const handle weighted = c.weight.exists() ? raw(operation_code<multiply_op>, dims, c.weight, c.z) : c.z;
        const handle outer_product = raw(operation_code<outer_op>, square, weighted, c.z);
        c.first = raw(operation_code<batch_mean_op>, dims, weighted);
        c.second = raw(operation_code<batch_mean_op>, square, raw(operation_code<symmetric_op>, square, outer_product));
    }
    constexpr handle matrix_of(handle y) {
        switch (y.operation()) {
            case operation_code<add_op>:
                return matrix_of(y.operand(0)) + matrix_of(y.operand(1));
            case operation_code<subtract_op>:
                return matrix_of(y.operand(0)) - matrix_of(y.operand(1));
            case operation_code<product_op>:
                return y.operand(0);
            default: {
                const handle e = y.operand(depends(y.operand(0)) ? 1 : 0);
                return hadamard(e.dims().rank == 0 ? e : outer(e, ones(y.dims())), identity(y.dims().rows));
            }
        }
    }
    [[nodiscard]] constexpr handle ones(dimensions dims) const { return broadcast(make_constant(graph_, 1), dims); }
    constexpr handle identity(int n) {
        if (!identity_.exists() || identity_.dims().rows != n) {
            const handle below = unpack_lower(ones(vector_dimensions(n * (n - 1) / 2)));
            identity_ = ones(matrix_dimensions(n, n)) - below - transpose(below);
        }
        return identity_;
    }

    // As they stand, so that the plan finds them.
    [[nodiscard]] constexpr handle raw(int operation, dimensions dims, handle a, handle b = {}) const {
        const int operands[] = {a.id, b.id};
        return {&graph_, graph_.intern({operation, dims, 0, operands, b.exists() ? 2 : 1})};
    }

    builder& graph_;
    const buffer<char>& batched_;
    buffer<int> image_of_;  // by node, in images_
    buffer<image> images_;
    handle identity_{};
};

}  // namespace chainfold
