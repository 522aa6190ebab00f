// The operations that are not elementwise, a second time.
#pragma once

#include "laws/reference.hpp"

namespace laws {

template <>
struct reference<cf::product_op> {
    static void compute(auto& out, const auto& x, int) {
        for (int i = 0; i < out.dims.rows; ++i)
            for (int j = 0; j < out.dims.columns; ++j)
                for (int k = 0; k < x[0].dims.columns; ++k)
                    out[i * out.dims.columns + j] +=
                        x[0][i * x[0].dims.columns + k] * x[1][k * out.dims.columns + j];
    }
};
template <>
struct reference<cf::outer_op> {
    static void compute(auto& out, const auto& x, int) {
        for (int i = 0; i < x[0].size(); ++i)
            for (int j = 0; j < x[1].size(); ++j) out[i * x[1].size() + j] = x[0][i] * x[1][j];
    }
};
template <>
struct reference<cf::transpose_op> {
    static void compute(auto& out, const auto& x, int) {
        const int rows = x[0].dims.rows, columns = x[0].dims.columns;
        for (int i = 0; i < rows; ++i)
            for (int j = 0; j < columns; ++j) out[j * rows + i] = x[0][i * columns + j];
    }
};
template <>
struct reference<cf::dot_op> {
    static void compute(auto& out, const auto& x, int) {
        for (int k = 0; k < x[0].size(); ++k) out[0] += x[0][k] * x[1][k];
    }
};
template <>
struct reference<cf::unpack_lower_op> {
    static void compute(auto& out, const auto& x, int) {
        int k = 0;
        for (int j = 0; j < out.dims.columns; ++j)
            for (int i = j + 1; i < out.dims.rows; ++i) out[i * out.dims.columns + j] = x[0][k++];
    }
};
template <>
struct reference<cf::pack_lower_op> {
    static void compute(auto& out, const auto& x, int) {
        int k = 0;
        for (int j = 0; j < x[0].dims.columns; ++j)
            for (int i = j + 1; i < x[0].dims.rows; ++i) out[k++] = x[0][i * x[0].dims.columns + j];
    }
};
template <>
struct reference<cf::symmetric_op> {
    static void compute(auto& out, const auto& x, int) {
        const int n = out.dims.rows;
        for (int i = 0; i < n; ++i)
            for (int j = i; j < n; ++j) out[i * n + j] = out[j * n + i] = x[0][i * n + j];
    }
};

template <>
struct reference<cf::sum_op> {
    static void compute(auto& out, const auto& x, int) {
        for (const auto& entry : x[0].entries) out[0] += entry;
    }
};
template <>
struct reference<cf::broadcast_op> {
    static void compute(auto& out, const auto& x, int) {
        for (auto& entry : out.entries) entry = x[0][0];
    }
};
template <>
struct reference<cf::one_hot_op> {
    static void compute(auto& out, const auto& x, int) {
        for (int k = 0; k < out.size(); ++k)
            if (x[0][0] == static_cast<std::remove_cvref_t<decltype(x[0][0])>>(k)) out[k] = 1;
    }
};
template <>
struct reference<cf::log_sum_exp_op> {
    static void compute(auto& out, const auto& x, int) {
        for (const auto& entry : x[0].entries) out[0] += std::exp(entry);
        out[0] = std::log(out[0]);
    }
};
template <>
struct reference<cf::softmax_op> {
    static void compute(auto& out, const auto& x, int) {
        auto total = out[0];
        for (const auto& entry : x[0].entries) total += std::exp(entry);
        for (int k = 0; k < out.size(); ++k) out[k] = std::exp(x[0][k]) / total;
    }
};
template <>
struct reference<cf::batch_mean_op> {
    static void compute(auto& out, const auto& x, int) { out.entries = x[0].entries; }
};
template <>
struct reference<cf::extract_op> {
    static void compute(auto& out, const auto& x, int offset) {
        for (int k = 0; k < out.size(); ++k) out[k] = x[0][offset + k];
    }
};
template <>
struct reference<cf::embed_op> {
    static void compute(auto& out, const auto& x, int offset) {
        for (int k = 0; k < x[0].size(); ++k) out[offset + k] = x[0][k];
    }
};
template <>
struct reference<cf::stack_op> {
    static void compute(auto& out, const auto& x, int) {
        int k = 0;
        for (const auto& part : x)
            for (const auto& entry : part.entries) out[k++] = entry;
    }
};

template <class Op, class R>
requires(!cf::Elementwise<Op>) void compute(block<R>& out, const blocks<R>& x, int parameter) {
    reference<Op>::compute(out, x, parameter);
}

}  // namespace laws
