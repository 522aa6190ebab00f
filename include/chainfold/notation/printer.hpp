// SPDX-License-Identifier: BSL-1.0
#pragma once

// A formula as text, with the fewest parentheses, in any dialect.  (What prints is a template of the graph, which is a
// graph_view: who prints nothing need not wait until it is compiled.)

#include <chainfold/notation/cpp_layout.hpp>
#include <chainfold/notation/math_layout.hpp>

namespace chainfold {

template <class Graph>
class basic_printer {
public:
    /// `names`, by node, may be null; a formula that has come to `most` characters ends with dots.  If there are
    /// `values`, by node, of a graph of scalars, numbers are written in the places of names.
    constexpr basic_printer(const Graph& graph, const dialect& d, writer& out, const value_name* names = nullptr,
                            std::size_t most = writer::limit, const double* values = nullptr)
        : graph_(graph),
          dialect_(d),
          out_(out),
          names_(names),
          most_(most),
          forms_(graph_, d, names, values),
          looks_(forms_.looks()),
          formulas_(forms_.formulas()),
          pieces_(graph_, d, out, names, values),
          in_cpp_(graph_, forms_, pieces_),
          in_mathematics_(graph_, d, forms_, pieces_) {}
    basic_printer(const basic_printer&) = delete;
    basic_printer& operator=(const basic_printer&) = delete;

    /// Writes node id, by its name if it has one, in parentheses if it binds less than `around`.
    constexpr void print(int id, precedence around = precedence::comparison) {
        end_ = out_.size() + most_;
        pieces_.begin();
        write_value(id, around);
        run();
    }
    /// Writes the formula of node id, also if it has a name.
    constexpr void print_formula(int id) {
        end_ = out_.size() + most_;
        pieces_.begin();
        write_formula(id);
        run();
    }

private:
    constexpr void run() {
        for (piece p; !out_.full() && pieces_.next(p);) {
            pieces_.begin();
            if (out_.size() < end_)
                write_value(p.id, p.around);
            else
                pieces_.text(dialect_.ellipsis);
        }
    }
    constexpr void write_value(int id, precedence around) {
        const form& f = looks_[id];
        if (f.binding < around) {
            const around_parts& p = f.is_tall ? dialect_.tall_parentheses : dialect_.parentheses;
            pieces_.text(p.open);
            write_name_or_formula(id);
            pieces_.text(p.close);
        } else {
            write_name_or_formula(id);
        }
    }
    constexpr void write_name_or_formula(int id) {
        if (names_ != nullptr && names_[id].exists())
            pieces_.leaf(id);
        else
            write_formula(id);
    }
    constexpr void write_formula(int id) {
        if (formulas_[id].as == layout::leaf)
            pieces_.leaf(id);
        else if (dialect_.is_mathematics)
            in_mathematics_.write(id);
        else
            in_cpp_.write(id);
    }

    const Graph graph_;
    const dialect& dialect_;
    writer& out_;
    const value_name* names_;
    std::size_t most_, end_ = 0;
    forms<Graph> forms_;
    const form* const looks_;
    const form* const formulas_;
    pieces<Graph> pieces_;
    cpp_layout<Graph> in_cpp_;
    math_layout<Graph> in_mathematics_;
};
using printer = basic_printer<graph_view>;

}  // namespace chainfold
