#include "laws/random_expression.hpp"

#include <algorithm>
#include <cmath>

namespace laws {

namespace {

const operand_shapes& shapes() {
    static const operand_shapes some{scalar(),  vec(1),    vec(2),    vec(3),   mat(1, 1),
                                     mat(2, 3), mat(3, 2), mat(3, 3), mat(1, 3)};
    return some;
}

template <class Op>
bool is(const subject& s) {
    return s.operation == cf::operation_code<Op>;
}

constexpr real margin = 0.0625L;  // from kinks
constexpr real bound = 12;        // of all values

template <class F>
bool all_of(const block<real>& b, F f) {
    return std::all_of(b.entries.begin(), b.entries.end(), f);
}

}  // namespace

random_expression::random_expression(std::uint64_t seed, int operations) : random_(seed) {
    add_leaves();
    for (int made = 0, tried = 0; made < operations && tried < 400 * operations; ++tried)
        made += add_operation();
    const entry& last = entries_.back();
    const block<real> weights = random_.fill(last.value.dims, 0.5, 1.5);
    symbols.push_back(net.symbol(weights));
    root = inner(symbols.back(), last.node);
    value = inner(weights, last.value);
}

void random_expression::add_leaves() {
    for (const cf::dimensions& d :
         {scalar(), scalar(), vec(3), vec(3), vec(2), mat(2, 3), mat(3, 3), mat(3, 2)}) {
        block<real> drawn = random_.fill(d, 0.25, 1.75);
        const bool positive = random_.chance(50);
        for (real& x : drawn.entries) x = !positive && random_.chance(50) ? -x : x;
        symbols.push_back(net.symbol(drawn));
        entries_.push_back({symbols.back(), drawn});
    }
    for (int i = 0; i < 3; ++i) add_constant();
}

void random_expression::add_constant() {
    constexpr cf::number numbers[] = {{0, 1, 0},  {1, 1, 0},  {-1, 1, 0}, {2, 1, 0},
                                      {-3, 1, 0}, {5, 1, -1}, {1, 3, 0}};
    const cf::number& chosen = numbers[random_.below(7)];
    const handle c = make_constant(net.graph, chosen);
    entries_.push_back({c, block<real>(scalar(), cf::math::to<real>(chosen)), true});
    const cf::dimensions d =
        shapes()[static_cast<std::size_t>(random_.below(static_cast<int>(shapes().size())))];
    if (d.rank != 0) entries_.push_back({broadcast(c, d), block<real>(d, entries_.back().value[0]), true});
}

/// What came last is chosen more often, so that expressions become deep.
int random_expression::choose() {
    const int count = static_cast<int>(entries_.size());
    return random_.chance(50) ? std::max(0, count - 1 - random_.below(4)) : random_.below(count);
}

bool random_expression::add_operation() {
    if (random_.chance(3)) add_constant();
    const subject& s =
        subjects()[static_cast<std::size_t>(random_.below(static_cast<int>(subjects().size())))];
    const int arity =
        is<cf::stack_op>(s) ? 1 + random_.below(3) : static_cast<int>(s.samples[0].operands.size());
    std::vector<int> chosen;
    for (int i = 0; i < arity; ++i)
        chosen.push_back(i > 0 && random_.chance(i == 1 && arity == 2 ? 8 : 25) ? chosen.back() : choose());
    sample at;
    if (!choose_shapes(s, at, chosen)) return false;
    blocks<real> x;
    std::vector<int> ids;
    for (const int i : chosen) {
        x.push_back(known(i).value);
        ids.push_back(known(i).node.id);
    }
    if (!is_safe(s, chosen, x)) return false;
    const block<real> y = refer(s, at, x);
    if (!all_of(y, [](real v) { return std::abs(v) <= bound; })) return false;
    const handle made = make_node(net.graph, s.operation, ids.data(), arity, at.result, at.parameter);
    entries_.push_back({made, y, is<cf::less_op>(s) || is<cf::less_equal_op>(s) || is<cf::sign_op>(s)});
    return true;
}

bool random_expression::choose_shapes(const subject& s, sample& at, const std::vector<int>& chosen) {
    for (const int i : chosen) at.operands.push_back(known(i).value.dims);
    const cf::dimensions first = at.operands[0];
    const cf::dimensions other =
        shapes()[static_cast<std::size_t>(random_.below(static_cast<int>(shapes().size())))];
    if (s.shape != nullptr) {
        at.result = s.shape(at.operands.data(), static_cast<int>(at.operands.size()));
        if (is<cf::power_op>(s)) at.parameter = random_.below(9) - 3;
        return at.result.rank >= 0 && at.result.size() <= 9;
    }
    at.result = other;
    if (is<cf::broadcast_op>(s)) return first.rank == 0 && other.rank != 0;
    if (is<cf::one_hot_op>(s)) return first.rank == 0 && other.rank == 1 && random_.chance(25);  // it is flat
    const bool extracts = is<cf::extract_op>(s);
    const cf::dimensions whole = extracts ? first : other, part = extracts ? other : first;
    if (part.size() > whole.size() || whole.rank == 0 || (whole == part) != (whole.size() == part.size()))
        return false;
    at.parameter = random_.below(whole.size() - part.size() + 1);
    return true;
}

bool random_expression::is_safe(const subject& s, const std::vector<int>& chosen,
                                const blocks<real>& x) const {
    const auto away_from_zero = [](real v) { return std::abs(v) >= 0.2L; };
    if (is<cf::log_op>(s) || is<cf::sqrt_op>(s)) return all_of(x[0], [](real v) { return v >= 0.2L; });
    if (is<cf::log1p_op>(s)) return all_of(x[0], [](real v) { return v >= -0.8L; });
    if (is<cf::divide_op>(s)) return all_of(x[1], away_from_zero);
    if (is<cf::reciprocal_op>(s) || is<cf::power_op>(s)) return all_of(x[0], away_from_zero);
    if (is<cf::one_hot_op>(s))
        return all_of(x[0], [](real v) { return std::abs(v - std::round(v)) >= margin; });
    if (is<cf::abs_op>(s) || is<cf::sign_op>(s) || is<cf::relu_op>(s))
        return all_of(x[0], [](real v) { return std::abs(v) >= margin; });
    if (is<cf::select_op>(s))
        return known(chosen[0]).is_condition || all_of(x[0], [](real v) { return std::abs(v) >= margin; });
    if (is<cf::maximum_op>(s) || is<cf::minimum_op>(s) || is<cf::less_op>(s) || is<cf::less_equal_op>(s)) {
        if (chosen[0] == chosen[1]) return true;
        const int n = std::max(x[0].size(), x[1].size());
        for (int k = 0; k < n; ++k)
            if (std::abs(x[0][x[0].dims.rank != 0 ? k : 0] - x[1][x[1].dims.rank != 0 ? k : 0]) < margin)
                return false;
    }
    return true;
}

}  // namespace laws
