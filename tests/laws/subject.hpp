// Every operation of the registry with its samples and its reference, as a value: the laws loop over these.
#pragma once

#include <complex>
#include <string>
#include <string_view>

#include "laws/sample.hpp"

namespace laws {

struct subject {
    std::string_view name{};
    int operation = 0;
    bool elementwise = false;
    bool flat = false;
    cf::interval domain{};
    std::vector<sample> samples{};
    std::vector<operand_shapes> misfits{};
    cf::dimensions (*shape)(const cf::dimensions*, int) = nullptr;
    void (*compute)(block<real>&, const blocks<real>&, int) = nullptr;
    void (*compute_complex)(block<std::complex<real>>&, const blocks<std::complex<real>>&, int) = nullptr;
};

/// All operations but the leaves, which have nothing to sample.
const std::vector<subject>& subjects();
const subject& subject_of(int operation);

/// Operands for a sample: inside the domain, no two entries near each other and none near 0, where the pieces
/// meet.
blocks<real> draw_operands(const subject& s, const sample& at, random_numbers& random);

/// The reference's result.
block<real> refer(const subject& s, const sample& at, const blocks<real>& x);
/// J v, by the reference's complex step: exact but for rounding.
block<real> tangent(const subject& s, const sample& at, const blocks<real>& x, const blocks<real>& v);

std::string describe(const subject& s, const sample& at);

}  // namespace laws
