// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is still to be written of a formula: a stack of pieces, text and nodes.  A node that comes up is replaced by the
// pieces of its formula, so that no formula is too deep for the compiler's own stack.  What stands before a formula's
// first operand is written at once.

#include <chainfold/notation/printed_number.hpp>

namespace chainfold {

enum class piece_kind : char {
    text,
    sign,      // of an infix operator
    minus,     // before its operand
    function,  // a function's name
    integer,
    denominator,  // of the constant factor of a node
    exponent,     // of a power
    ones,         // 𝟏 in the shape of a node
    zeros,
    value  // a node that is to be replaced by the pieces of its formula
};

struct piece {
    piece_kind is = piece_kind::text;
    precedence around = precedence::comparison;
    int id = 0;  // of the node, or an integer
    std::string_view text{};
};

template <class Graph>
class pieces {
public:
    constexpr pieces(const Graph& graph, const dialect& d, writer& out, const value_name* names, const double* values)
        : graph_(graph), dialect_(d), out_(out), names_(names), values_(values) {}

    // Of the formula that began last, in order:
    constexpr void text(std::string_view s) {
        if (leading_)
            out_.put(s);
        else if (!s.empty())
            waiting_.push({piece_kind::text, {}, 0, s});
    }
    constexpr void sign(std::string_view s) { add({piece_kind::sign, {}, 0, s}); }
    constexpr void minus() { add({piece_kind::minus}); }
    constexpr void function(std::string_view s) { add({piece_kind::function, {}, 0, s}); }
    constexpr void integer(int i) { add({piece_kind::integer, {}, i}); }
    constexpr void of_node(piece_kind kind, int id) { add({kind, {}, id}); }
    constexpr void value(int id, precedence around) {
        if (leading_)
            next_ = {piece_kind::value, around, id};
        else
            waiting_.push({piece_kind::value, around, id});
        leading_ = false;
    }
    /// A leaf or a name, which is a formula of its own.
    constexpr void leaf(int id) {
        graph_[id].operation == operation_code<constant_op> ? put_constant(id) : put_name(id);
    }

    /// Begins a formula, which comes before what is waiting.
    constexpr void begin() {
        first_ = waiting_.size();
        leading_ = true;
    }
    /// Ends it, and goes on to the next node whose formula is wanted; false if there is none.
    constexpr bool next(piece& found) {
        int size = waiting_.size();
        for (int low = first_, high = size - 1; low < high; ++low, --high) {
            const piece p = waiting_[low];
            waiting_[low] = waiting_[high];
            waiting_[high] = p;
        }
        if (!leading_) {
            found = next_;
            return true;
        }
        while (size > 0) {
            const piece& last = waiting_[--size];
            waiting_.pop();
            if (last.is == piece_kind::value) {
                found = last;
                return true;
            }
            put(last);
        }
        return false;
    }

private:
    constexpr void add(const piece& p) {
        if (leading_)
            put(p);
        else
            waiting_.push(p);
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
            case piece_kind::denominator:
                put_number(out_, dialect_, printed_number(graph_, p.id).denominator());
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
        else if (const symbol& s = graph_.symbols[graph_[id].parameter]; dialect_.is_mathematics)
            write_name(out_, dialect_.in, symbol_name(graph_[id].parameter));
        else
            out_.put(s.name);
    }
    /// The name of a symbol in mathematics, which is looked at only once.
    constexpr const value_name& symbol_name(int index) {
        if (symbol_names_.size() == 0) symbol_names_ = buffer<value_name>(graph_.symbol_count);
        value_name& name = symbol_names_[index];
        if (!name.exists()) name = math_name(graph_.symbols[index].name);
        return name;
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

    const Graph& graph_;
    const dialect& dialect_;
    writer& out_;
    const value_name* names_;
    const double* values_;
    buffer<value_name> symbol_names_{};
    buffer<piece> waiting_{};
    int first_ = 0;
    piece next_{};
    bool leading_ = true;  // nothing of the formula has to wait yet
};

constexpr precedence tighter(precedence p) { return static_cast<precedence>(static_cast<int>(p) + 1); }
/// Around what always stands in parentheses.
inline constexpr precedence beyond_primary = tighter(precedence::primary);

}  // namespace chainfold
