// SPDX-License-Identifier: BSL-1.0
#pragma once

// A formula as text, with the fewest parentheses, in any dialect.

#include <chainfold/notation/cpp_layout.hpp>
#include <chainfold/notation/math_layout.hpp>

namespace chainfold {

class printer {
public:
    /// `names`, by node, may be null; a formula that has come to `most` characters ends with dots.  If there are
    /// `values`, by node, of a graph of scalars, numbers are written in the places of names.
    constexpr printer(const graph_view& graph, const dialect& d, writer& out, const value_name* names = nullptr,
                      std::size_t most = writer::limit, const double* values = nullptr)
        : graph_(graph),
          dialect_(d),
          out_(out),
          names_(names),
          values_(values),
          most_(most),
          forms_(graph_, dialect_, names, values) {}
    printer(const printer&) = delete;
    printer& operator=(const printer&) = delete;

    /// Writes node id, by its name if it has one, in parentheses if it binds less than `around`.
    constexpr void print(int id, precedence around = precedence::comparison) {
        end_ = out_.size() + most_;
        pieces_.value(id, around);
        run();
    }
    /// Writes the formula of node id, also if it has a name.
    constexpr void print_formula(int id) {
        end_ = out_.size() + most_;
        write_formula(id);
        pieces_.turn(0);
        run();
    }

private:
    constexpr void run() {
        while (pieces_.size() > 0 && !out_.full()) {
            const piece p = pieces_.take();
            if (p.is != piece_kind::value) {
                put(p);
            } else if (out_.size() < end_) {
                const int first = pieces_.size();
                expand(p.id, p.around);
                pieces_.turn(first);
            } else {
                out_.put(dialect_.ellipsis);
            }
        }
    }
    constexpr void expand(int id, precedence around) {
        const form& f = forms_[id];
        const bool enclosed = f.binding < around;
        const around_parts& p = f.is_tall ? dialect_.tall_parentheses : dialect_.parentheses;
        if (enclosed) pieces_.text(p.open);
        if (forms_.has_name(id))
            pieces_.put(piece_kind::name, id);
        else
            write_formula(id);
        if (enclosed) pieces_.text(p.close);
    }
    constexpr void write_formula(int id) {
        if (forms_.formula(id).as == layout::leaf)
            pieces_.put(graph_[id].operation == operation_code<constant_op> ? piece_kind::number : piece_kind::name,
                        id);
        else if (dialect_.is_mathematics)
            math_layout(graph_, dialect_, forms_, pieces_).write(id);
        else
            cpp_layout(graph_, forms_, pieces_).write(id);
    }

    constexpr void put(const piece& p) {
        switch (p.is) {
            case piece_kind::text:
                out_.put(p.text);
                break;
            case piece_kind::sign:
                put_sign(out_, dialect_, p.text);
                break;
            case piece_kind::minus:
                put_minus(out_, dialect_);
                break;
            case piece_kind::function:
                put_function(out_, dialect_, p.text);
                break;
            case piece_kind::integer:
                put_integer(p.id);
                break;
            case piece_kind::number:
                put_constant(p.id);
                break;
            case piece_kind::denominator:
                put_number(out_, dialect_, printed_number(graph_, p.id).denominator());
                break;
            case piece_kind::name:
                put_name(p.id);
                break;
            case piece_kind::exponent:
                put_exponent(p.id);
                break;
            case piece_kind::ones:
                put_filled(dialect_.one, graph_[p.id].dims);
                break;
            case piece_kind::zeros:
                put_filled(dialect_.zero, graph_[p.id].dims);
                break;
            case piece_kind::value:
                break;
        }
    }
    constexpr void put_name(int id) {
        if (values_ != nullptr)
            detail::put_value(out_, dialect_, values_[id]);
        else if (names_ != nullptr && names_[id].exists())
            write_name(out_, dialect_.in, names_[id]);
        else
            write_name(out_, dialect_.in, math_name(graph_.symbols[graph_[id].parameter].name));
    }
    constexpr void put_constant(int id) {
        const printed_number n(graph_, id);
        if (n.is_negative()) put_minus(out_, dialect_);
        if (n.is_fraction()) out_.put(dialect_.fraction.open);
        put_number(out_, dialect_, n.numerator());
        if (!n.is_fraction()) return;
        out_.put(dialect_.fraction.between);
        put_number(out_, dialect_, n.denominator());
        out_.put(dialect_.fraction.close);
    }
    constexpr void put_integer(int i) {
        if (i < 0 && dialect_.is_mathematics) put_minus(out_, dialect_);
        const detail::index_text digits(i < 0 && dialect_.is_mathematics ? -i : i);
        put_number(out_, dialect_, digits.view());
    }
    constexpr void put_exponent(int id) {
        const node& n = graph_[id];
        const int power = n.operation == operation_code<square_op> ? 2 : n.parameter;
        const bool entrywise = n.dims.rank != 0;
        if (dialect_.in == script::unicode && !entrywise) {
            put_raised(out_, detail::index_text(power).view());
            return;
        }
        constexpr std::string_view each[] = {"", "⊙", "\\odot ", "<mo form=\"prefix\">⊙</mo>"};
        if (entrywise) out_.put(each[static_cast<std::size_t>(dialect_.in)]);
        put_integer(power);
    }
    /// 𝟏₃, or 𝟏 with the subscript 3 × 2.
    constexpr void put_filled(std::string_view what, const dimensions& dims) {
        const detail::index_text rows(dims.rows), columns(dims.columns);
        constexpr std::string_view open[] = {"", "", "", "<msub>"}, below[] = {"", "", "_{", "<mrow>"};
        constexpr std::string_view times[] = {"", "ₓ", " \\times ", "<mo>×</mo>"},
                                   close[] = {"", "", "}", "</mrow></msub>"};
        const auto s = static_cast<std::size_t>(dialect_.in);
        const auto put_extent = [&](std::string_view digits) {
            dialect_.in == script::unicode ? detail::put_small_digits(out_, digits)
                                           : put_number(out_, dialect_, digits);
        };
        out_.put(open[s]);
        out_.put(what);
        out_.put(below[s]);
        put_extent(rows.view());
        if (dims.rank == 2) {
            out_.put(times[s]);
            put_extent(columns.view());
        }
        out_.put(close[s]);
    }

    const graph_view graph_;
    const dialect dialect_;
    writer& out_;
    const value_name* names_;
    const double* values_;
    std::size_t most_, end_ = 0;
    forms forms_;
    piece_stack pieces_{};
};

}  // namespace chainfold
