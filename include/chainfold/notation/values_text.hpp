// SPDX-License-Identifier: BSL-1.0
#pragma once

// Computed numbers as text, to six digits: 0.645656, (0.24, 0.57, −0.12), ((1, 2), (3, 4)).

#include <bit>
#include <cstdint>
#include <limits>

#include <chainfold/notation/dialect.hpp>
#include <chainfold/operation/operation.hpp>

namespace chainfold {

/// x with six significant digits; an infinity or a NaN is the largest number there is.
constexpr number rounded(double x) {
    double size = x < 0 ? -x : x;
    if (size == 0) return {};
    if (!(size <= std::numeric_limits<double>::max())) size = std::numeric_limits<double>::max();
    int exponent = 0;
    for (; size >= 1e6; ++exponent) size /= 10;
    for (; size < 1e5; --exponent) size *= 10;
    auto digits = static_cast<std::int64_t>(size + 0.5);
    for (; digits % 10 == 0; ++exponent) digits /= 10;
    return {x < 0 ? -digits : digits, 1, exponent};
}

namespace detail {

constexpr void put_value(writer& out, const dialect& d, double x) {
    constexpr std::uint64_t infinity = 0x7ff0000000000000u;
    const auto bits = std::bit_cast<std::uint64_t>(x), size = bits & ~(std::uint64_t{1} << 63);
    if (bits != size && size <= infinity) put_minus(out, d);
    if (size >= infinity) {
        constexpr std::string_view infinite[] = {"inf", "∞", "\\infty", "<mi>∞</mi>"};
        constexpr std::string_view none[] = {"nan", "NaN", "\\text{NaN}", "<mtext>NaN</mtext>"};
        out.put((size == infinity ? infinite : none)[static_cast<std::size_t>(d.in)]);
        return;
    }
    char digits[math::longest_number]{};
    const int length = math::print(rounded(std::bit_cast<double>(size)), digits);
    put_number(out, d, {digits, static_cast<std::size_t>(length)});
}

}  // namespace detail

/// Writes a scalar, a vector as (a, b, …), a matrix as its rows.  Of more than `most` entries in a row or column, the
/// first ones are written.
constexpr void write_values(writer& out, script in, const double* values, const dimensions& dims, int most = 6) {
    const dialect& d = dialect_of(in);
    if (dims.rank == 0) {
        detail::put_value(out, d, *values);
        return;
    }
    const bool stacked = d.stacks_fractions && dims.rank == 2;
    constexpr std::string_view cell[] = {", ", ", ", " & ", "</mtd><mtd>"};
    const auto put_run = [&](const double* first, int count) {
        for (int i = 0; i < count && i <= most; ++i) {
            if (i > 0) out.put(stacked ? cell[static_cast<std::size_t>(in)] : d.comma);
            i < most ? detail::put_value(out, d, first[i]) : out.put(d.ellipsis);
        }
    };
    if (dims.rank == 1) {
        out.put(d.parentheses.open);
        put_run(values, dims.rows);
        out.put(d.parentheses.close);
        return;
    }
    out.put(stacked ? d.column.open : d.parentheses.open);
    for (int i = 0; i < dims.rows && i <= most; ++i) {
        if (i > 0) out.put(stacked ? d.column.between : d.comma);
        if (i == most) {
            out.put(d.ellipsis);
            break;
        }
        if (!stacked) out.put(d.parentheses.open);
        put_run(values + i * dims.columns, dims.columns);
        if (!stacked) out.put(d.parentheses.close);
    }
    out.put(stacked ? d.column.close : d.parentheses.close);
}

}  // namespace chainfold
