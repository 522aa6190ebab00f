// The samples of the operations that are not elementwise.
#pragma once

#include "laws/sample.hpp"

namespace laws {

template <>
struct samples<cf::product_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const auto& [rows, inner, columns] : {std::array{1, 1, 1},
                                                   {1, 3, 1},
                                                   {3, 1, 1},
                                                   {2, 2, 2},
                                                   {3, 1, 4},
                                                   {1, 4, 3},
                                                   {2, 3, 4},
                                                   {5, 2, 3}}) {
            all.push_back({{mat(rows, inner), mat(inner, columns)}, mat(rows, columns)});
            if (columns == 1 || columns == 4) all.push_back({{mat(rows, inner), vec(inner)}, vec(rows)});
        }
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        return {{vec(2), vec(2)},       {vec(2), mat(2, 2)},   {mat(2, 3), vec(2)},   {mat(2, 3), mat(2, 3)},
                {scalar(), mat(2, 3)},  {mat(2, 3), scalar()}, {mat(1, 1), scalar()}, {vec(3), mat(1, 3)},
                {mat(2, 3), mat(4, 3)}, {scalar(), scalar()}};
    }
};
template <>
struct samples<cf::outer_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const auto& [m, n] : {std::array{1, 1}, {1, 3}, {4, 1}, {3, 3}, {2, 5}})
            all.push_back({{vec(m), vec(n)}, mat(m, n)});
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        return {{scalar(), vec(2)},
                {vec(2), scalar()},
                {mat(2, 1), vec(2)},
                {vec(2), mat(1, 2)},
                {scalar(), scalar()}};
    }
};
template <>
struct samples<cf::transpose_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const cf::dimensions& d : all_shapes())
            if (d.rank == 2) all.push_back({{d}, mat(d.columns, d.rows)});
        return all;
    }
    static std::vector<operand_shapes> misfits() { return {{scalar()}, {vec(3)}}; }
};
template <>
struct samples<cf::dot_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const cf::dimensions& d : all_shapes())
            if (d.rank > 0) all.push_back({{d, d}, scalar()});
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        auto all = elementwise_misfits(2);
        all.insert(all.end(), {{scalar(), scalar()}, {scalar(), vec(2)}, {mat(2, 2), scalar()}});
        return all;
    }
};
template <>
struct samples<cf::unpack_lower_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int n : {2, 3, 4, 5}) all.push_back({{vec(n * (n - 1) / 2)}, mat(n, n)});
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        return {{scalar()}, {vec(2)}, {vec(4)}, {vec(5)}, {vec(7)}, {mat(1, 1)}, {mat(3, 1)}};
    }
};
template <>
struct samples<cf::pack_lower_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int n : {2, 3, 4, 5}) all.push_back({{mat(n, n)}, vec(n * (n - 1) / 2)});
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        return {{scalar()}, {vec(1)}, {vec(4)}, {mat(1, 1)}, {mat(2, 3)}, {mat(3, 2)}};
    }
};

template <>
struct samples<cf::symmetric_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int n : {1, 2, 3, 5}) all.push_back({{mat(n, n)}, mat(n, n)});
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        return {{scalar()}, {vec(1)}, {vec(4)}, {mat(2, 3)}, {mat(1, 4)}};
    }
};

template <>
struct samples<cf::sum_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const cf::dimensions& d : all_shapes()) all.push_back({{d}, scalar()});
        return all;
    }
};
template <>
struct samples<cf::broadcast_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const cf::dimensions& d : all_shapes()) all.push_back({{scalar()}, d});
        return all;
    }
};
template <>
struct samples<cf::one_hot_op> : flat_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int n : {1, 2, 7}) all.push_back({{scalar()}, vec(n)});
        for (int n : {1, 2, 3}) all.push_back({{scalar()}, vec(n), 0, 1});  // class 0 or 1
        return all;
    }
};
template <>
struct samples<cf::softmax_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int n : {1, 2, 3, 7}) all.push_back({{vec(n)}, vec(n)});
        return all;
    }
    static std::vector<operand_shapes> misfits() { return {{scalar()}, {mat(1, 3)}, {mat(3, 1)}}; }
};
template <>
struct samples<cf::log_sum_exp_op> : samples<cf::softmax_op> {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int n : {1, 2, 3, 7}) all.push_back({{vec(n)}, scalar()});
        return all;
    }
};
template <>
struct samples<cf::batch_mean_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (const cf::dimensions& d : all_shapes()) all.push_back({{d}, d});
        return all;
    }
};

/// A whole, and the runs of its entries: an entry, a row, a slice, all of it, also in another shape; first, inside,
/// last.
inline std::vector<sample> runs() {
    std::vector<sample> all;
    for (const auto& [whole, part] : {std::pair{vec(1), scalar()},
                                      {vec(5), scalar()},
                                      {vec(5), vec(1)},
                                      {vec(5), vec(3)},
                                      {vec(5), vec(5)},
                                      {mat(3, 4), scalar()},
                                      {mat(3, 4), vec(4)},
                                      {mat(3, 4), mat(2, 4)},
                                      {mat(3, 4), vec(12)},
                                      {mat(3, 4), mat(2, 6)},
                                      {vec(12), mat(3, 4)},
                                      {mat(1, 4), vec(4)},
                                      {mat(4, 1), vec(2)}})
        for (int offset = 0; offset + part.size() <= whole.size(); offset += part.rank == 0 ? 2 : 1)
            if (whole.rank == 1 || part.rank == 0 || offset % whole.columns == 0)
                all.push_back({{whole}, part, offset});
    return all;
}
template <>
struct samples<cf::extract_op> : steep_samples {
    static std::vector<sample> list() { return runs(); }
};
template <>
struct samples<cf::embed_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all = runs();
        for (sample& s : all) std::swap(s.operands[0], s.result);
        return all;
    }
};
template <>
struct samples<cf::stack_op> : steep_samples {
    static std::vector<sample> list() {
        std::vector<sample> all;
        for (int count : {1, 2, 3, 9}) {
            const auto times = static_cast<std::size_t>(count);
            all.push_back({operand_shapes(times, scalar()), vec(count)});
            for (int n : {1, 2, 4}) all.push_back({operand_shapes(times, vec(n)), mat(count, n)});
        }
        return all;
    }
    static std::vector<operand_shapes> misfits() {
        return {{scalar(), vec(1)},
                {vec(2), vec(2), vec(3)},
                {mat(2, 2)},
                {mat(1, 2), mat(1, 2)},
                {vec(1), scalar()}};
    }
};

}  // namespace laws
