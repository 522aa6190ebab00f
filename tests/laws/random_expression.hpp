// Random well-shaped expressions over all operations, with values that stay near 1, inside domains and off
// kinks.
#pragma once

#include "laws/network.hpp"
#include "laws/subject.hpp"

namespace laws {

class random_expression {
public:
    /// So many operations on the leaves; the root is ⟨u, the last of them⟩.
    random_expression(std::uint64_t seed, int operations);

    network net{nullptr};
    std::vector<handle> symbols{};
    handle root{};
    real value = 0;  // by the reference

private:
    struct entry {
        handle node{};
        block<real> value{};
        bool is_condition = false;
    };

    void add_leaves();
    void add_constant();
    bool add_operation();
    bool choose_shapes(const subject& s, sample& at, const std::vector<int>& chosen);
    bool is_safe(const subject& s, const std::vector<int>& chosen, const blocks<real>& x) const;
    int choose();
    const entry& known(int i) const { return entries_[static_cast<std::size_t>(i)]; }

    random_numbers random_;
    std::vector<entry> entries_{};
};

}  // namespace laws
