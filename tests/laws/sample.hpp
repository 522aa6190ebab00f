// Where the laws try an operation.  Elementwise operations are tried on every shape, with scalars in any
// place, inside Op::domain.  Every other operation says for itself: without samples<Op> the laws do not
// compile.
#pragma once

#include <chainfold/operation/table.hpp>

#include "laws/block.hpp"

namespace laws {

/// One way to apply an operation.
struct sample {
    std::vector<cf::dimensions> operands{};
    cf::dimensions result{};
    int parameter = 0;
    int conditions = 0;  // so many operands, the first ones, are 0 or 1
};

using operand_shapes = std::vector<cf::dimensions>;

inline cf::dimensions scalar() { return cf::scalar_dimensions; }
inline cf::dimensions vec(int n) { return cf::vector_dimensions(n); }
inline cf::dimensions mat(int rows, int columns) { return cf::matrix_dimensions(rows, columns); }

inline const operand_shapes& all_shapes() {
    static const operand_shapes shapes{scalar(),  vec(1),    vec(2),    vec(5),   mat(1, 1),
                                       mat(1, 4), mat(4, 1), mat(3, 3), mat(2, 5)};
    return shapes;
}

/// Each operand is a scalar or has the shape, in every combination.
inline void add_elementwise(std::vector<sample>& to, int arity, int parameter = 0, int conditions = 0) {
    for (const cf::dimensions& d : all_shapes())
        for (int scalars = 0; scalars < 1 << arity; ++scalars) {
            if (scalars != 0 && d.rank == 0) continue;
            sample s{{}, scalars + 1 == 1 << arity ? scalar() : d, parameter, conditions};
            for (int i = 0; i < arity; ++i) s.operands.push_back((scalars >> i & 1) != 0 ? scalar() : d);
            if (d.rank == 0 || s.result.rank != 0) to.push_back(s);
        }
}

/// Operands that do not fit, for an elementwise operation of this arity: two shapes in places i and j.
inline std::vector<operand_shapes> elementwise_misfits(int arity) {
    const std::pair<cf::dimensions, cf::dimensions> pairs[] = {
        {vec(2), vec(3)},    {vec(3), mat(3, 1)},    {vec(3), mat(1, 3)},    {mat(2, 3), mat(3, 2)},
        {vec(1), mat(1, 1)}, {mat(2, 3), mat(2, 2)}, {mat(2, 3), mat(3, 3)}, {vec(6), mat(2, 3)}};
    std::vector<operand_shapes> misfits;
    for (const auto& [a, b] : pairs)
        for (int i = 0; i < arity; ++i)
            for (int j = 0; j < arity; ++j) {
                operand_shapes shapes(static_cast<std::size_t>(arity), scalar());
                shapes[static_cast<std::size_t>(i)] = a;
                shapes[static_cast<std::size_t>(j)] = b;
                if (i != j) misfits.push_back(shapes);
            }
    return misfits;
}

/// The samples of an operation, the operands that it must refuse, and whether its derivative is zero
/// everywhere.
template <class Op>
struct samples;

template <cf::Elementwise Op>
struct samples<Op> {
    static constexpr bool flat = false;
    static std::vector<sample> list() {
        std::vector<sample> all;
        add_elementwise(all, Op::arity);
        return all;
    }
    static std::vector<operand_shapes> misfits() { return elementwise_misfits(Op::arity); }
};

struct flat_samples {
    static constexpr bool flat = true;
    static std::vector<operand_shapes> misfits() { return {}; }
};
template <>
struct samples<cf::less_op> : flat_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        add_elementwise(all, 2);
        return all;
    }
    static std::vector<operand_shapes> misfits() { return elementwise_misfits(2); }
};
template <>
struct samples<cf::less_equal_op> : samples<cf::less_op> {};
template <>
struct samples<cf::sign_op> : flat_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        add_elementwise(all, 1);
        return all;
    }
};
template <>
struct samples<cf::symbol_op> : flat_samples {
    static std::vector<sample> list() { return {}; }
};
template <>
struct samples<cf::constant_op> : samples<cf::symbol_op> {};

struct steep_samples {
    static constexpr bool flat = false;
    static std::vector<operand_shapes> misfits() { return {}; }
};

template <>
struct samples<cf::select_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        add_elementwise(all, 3, 0, 1);
        return all;
    }
    static std::vector<operand_shapes> misfits() { return elementwise_misfits(3); }
};
template <>
struct samples<cf::power_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int exponent = -3; exponent <= 5; ++exponent) add_elementwise(all, 1, exponent);
        return all;
    }
};

}  // namespace laws
