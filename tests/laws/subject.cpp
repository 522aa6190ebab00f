#include "laws/subject.hpp"

#include <tuple>

#include "laws/structural_reference.hpp"
#include "laws/structural_samples.hpp"

namespace laws {

namespace {

template <class Op>
constexpr int partial_count() {
    using cf::handle;
    if constexpr (!cf::Elementwise<Op>)
        return Op::arity;
    else if constexpr (Op::arity == 1)
        return std::tuple_size_v<decltype(Op::partials(handle{}, handle{}))>;
    else if constexpr (Op::arity == 2)
        return std::tuple_size_v<decltype(Op::partials(handle{}, handle{}, handle{}))>;
    else
        return std::tuple_size_v<decltype(Op::partials(handle{}, handle{}, handle{}, handle{}))>;
}

template <class Op>
subject make_subject() {
    static_assert(partial_count<Op>() == Op::arity, "a partial derivative for each operand");
    subject s{Op::written.text,
              cf::operation_code<Op>,
              cf::Elementwise<Op>,
              samples<Op>::flat,
              Op::domain,
              samples<Op>::list(),
              samples<Op>::misfits(),
              nullptr,
              nullptr,
              nullptr};
    if constexpr (requires { &Op::shape; }) s.shape = &Op::shape;
    if constexpr (Op::arity != 0) {
        s.compute = &compute<Op, real>;
        s.compute_complex = &compute<Op, std::complex<real>>;
    }
    return s;
}

template <class... Op>
std::vector<subject> make_subjects(cf::operation_list<Op...>) {
    std::vector<subject> all;
    (all.push_back(make_subject<Op>()), ...);
    std::erase_if(all, [](const subject& s) { return s.compute == nullptr; });
    return all;
}

void write(std::string& to, const cf::dimensions& d) {
    to += d.rank == 0 ? "()" : "(" + std::to_string(d.rows);
    if (d.rank == 1) to += ")";
    if (d.rank == 2) to += "x" + std::to_string(d.columns) + ")";
}

}  // namespace

const std::vector<subject>& subjects() {
    static const std::vector<subject> all = make_subjects(cf::registry{});
    return all;
}

const subject& subject_of(int operation) {
    for (const subject& s : subjects())
        if (s.operation == operation) return s;
    throw "a leaf is no subject";
}

blocks<real> draw_operands(const subject& s, const sample& at, random_numbers& random) {
    int count = 0;
    for (const cf::dimensions& d : at.operands) count += d.size();
    std::vector<int> stratum(static_cast<std::size_t>(count));
    std::iota(stratum.begin(), stratum.end(), 0);
    for (int i = count - 1; i > 0; --i)
        std::swap(stratum[static_cast<std::size_t>(i)],
                  stratum[static_cast<std::size_t>(random.below(i + 1))]);
    const double width = (s.domain.high - s.domain.low) / count;
    blocks<real> x;
    std::size_t next = 0;
    for (const cf::dimensions& d : at.operands) {
        x.emplace_back(d);
        for (real& entry : x.back().entries) {
            const double low = s.domain.low + width * stratum[next++];
            entry = random.between(low + 0.3 * width, low + 0.7 * width);
            if (std::abs(entry) < 0.0625L) entry = entry < 0 ? -0.0625L : 0.0625L;
            if (x.size() <= static_cast<std::size_t>(at.conditions)) entry = random.below(2);
        }
    }
    return x;
}

block<real> refer(const subject& s, const sample& at, const blocks<real>& x) {
    block<real> y(at.result);
    s.compute(y, x, at.parameter);
    return y;
}

block<real> tangent(const subject& s, const sample& at, const blocks<real>& x, const blocks<real>& v) {
    constexpr real step = 1e-40L;
    blocks<std::complex<real>> moved;
    for (std::size_t i = 0; i < x.size(); ++i) {
        moved.emplace_back(x[i].dims);
        for (int k = 0; k < x[i].size(); ++k) moved[i][k] = {x[i][k], step * v[i][k]};
    }
    block<std::complex<real>> y(at.result);
    s.compute_complex(y, moved, at.parameter);
    block<real> result(at.result);
    for (int k = 0; k < y.size(); ++k) result[k] = y[k].imag() / step;
    return result;
}

std::string describe(const subject& s, const sample& at) {
    std::string text(s.name);
    for (const cf::dimensions& d : at.operands) write(text += ' ', d);
    write(text += " -> ", at.result);
    return text + " parameter " + std::to_string(at.parameter);
}

}  // namespace laws
