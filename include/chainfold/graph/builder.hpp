// SPDX-License-Identifier: BSL-1.0
#pragma once

// A graph under construction.  Nodes are interned: asking twice for the same operation on the same operands gives
// the same node, so that equal subexpressions are computed once.  A builder may carry a rewriting rule, which sees
// every node before it is interned; the simplifier is such a rule.

#include <chainfold/graph/buffer.hpp>
#include <chainfold/graph/node.hpp>

namespace chainfold {

class builder;

/// A node that has been asked for and does not exist yet.
struct candidate {
    std::int32_t operation = 0;
    dimensions dims{};
    std::int32_t parameter = 0;
    const int* operands = nullptr;
    int count = 0;
};

using rewriting_rule = int (*)(builder&, const candidate&);

class builder {
public:
    constexpr builder() = default;
    constexpr explicit builder(rewriting_rule rule) : rule_(rule) {}

    /// The node for the candidate, rewritten by the rule if there is one.
    constexpr int make(const candidate& c) { return rule_ != nullptr ? rule_(*this, c) : intern(c); }

    /// The node for exactly this candidate.
    constexpr int intern(const candidate& c) {
        if (2 * nodes_.size() >= slots_.size()) rehash();
        int slot = static_cast<int>(hash(c) & mask());
        for (; slots_[slot] >= 0; slot = (slot + 1) & static_cast<int>(mask()))
            if (same(slots_[slot], c)) return slots_[slot];
        const int first = pool_.size();
        for (int i = 0; i < c.count; ++i) pool_.push(c.operands[i]);
        slots_[slot] = nodes_.push({c.operation, c.dims, c.parameter, first, c.count});
        return nodes_.size() - 1;
    }

    /// The index of a number in the pool of constants; equal numbers have one index.
    constexpr int number_index(const number& value) {
        for (int i = 0; i < numbers_.size(); ++i)
            if (numbers_[i] == value) return i;
        return numbers_.push(value);
    }

    /// The index of a symbol; the first conflict with an earlier symbol of the same name is recorded.
    constexpr int symbol_index(const symbol& s) {
        int namesake = -1;
        for (int i = 0; i < symbols_.size(); ++i) {
            const symbol& known = symbols_[i];
            if (known.key == s.key) return i;
            if (known.name_hash == s.name_hash && known.name == s.name) namesake = i;
        }
        if (namesake >= 0 && !conflict_.found()) conflict_ = {namesake, s.dims};
        return symbols_.push(s);
    }

    /// Nodes by the key of the expression type they came from: each type is visited once.
    [[nodiscard]] constexpr int known(hash_value key) const {
        if (key_count_ == 0) return -1;
        for (int slot = first_key_slot(key);; slot = (slot + 1) & (keys_.size() - 1)) {
            if (keys_[slot].id < 0) return -1;
            if (keys_[slot].key == key) return keys_[slot].id;
        }
    }
    constexpr int remember(hash_value key, int id) {
        if (2 * ++key_count_ > keys_.size()) {
            const buffer<keyed> old(static_cast<buffer<keyed>&&>(keys_));
            keys_ = buffer<keyed>(old.size() > 0 ? 2 * old.size() : first_size);
            for (const keyed& k : old)
                if (k.id >= 0) place(k);
        }
        place({key, id});
        return id;
    }

    constexpr void add_output(int id) { outputs_.push(id); }
    [[nodiscard]] constexpr const node& operator[](int id) const { return nodes_[id]; }
    [[nodiscard]] constexpr int operand(int id, int i) const { return pool_[nodes_[id].first + i]; }
    [[nodiscard]] constexpr number constant(int index) const { return numbers_[index]; }
    [[nodiscard]] constexpr const symbol_conflict& conflict() const { return conflict_; }
    constexpr void set_conflict(const symbol_conflict& c) { conflict_ = c; }
    [[nodiscard]] constexpr int pool_size() const { return pool_.size(); }
    [[nodiscard]] constexpr int number_count() const { return numbers_.size(); }
    [[nodiscard]] constexpr graph_view view() const {
        return {nodes_.data(),   pool_.data(),  numbers_.data(), symbols_.data(),
                outputs_.data(), nodes_.size(), symbols_.size(), outputs_.size()};
    }

private:
    struct keyed {
        hash_value key = 0;
        int id = -1;
    };

    [[nodiscard]] constexpr hash_value mask() const { return static_cast<hash_value>(slots_.size()) - 1; }
    [[nodiscard]] constexpr int first_key_slot(hash_value key) const {
        return static_cast<int>(key & static_cast<hash_value>(keys_.size() - 1));
    }
    constexpr void place(const keyed& k) {
        int slot = first_key_slot(k.key);
        while (keys_[slot].id >= 0) slot = (slot + 1) & (keys_.size() - 1);
        keys_[slot] = k;
    }
    static constexpr hash_value hash(const candidate& c) {
        hash_value h =
            (static_cast<hash_value>(c.operation) * 0x9e3779b97f4a7c15u + static_cast<hash_value>(c.parameter)) *
                0xbf58476d1ce4e5b9u +
            static_cast<hash_value>(c.dims.rows * 31 + c.dims.columns);
        for (int i = 0; i < c.count; ++i) h = (h ^ static_cast<hash_value>(c.operands[i])) * 0x94d049bb133111ebu;
        return h ^ (h >> 29);
    }
    [[nodiscard]] constexpr bool same(int id, const candidate& c) const {
        const node& n = nodes_[id];
        if (n.operation != c.operation || n.parameter != c.parameter || n.count != c.count || !(n.dims == c.dims))
            return false;
        for (int i = 0; i < c.count; ++i)
            if (pool_[n.first + i] != c.operands[i]) return false;
        return true;
    }
    constexpr void rehash() {
        slots_ = buffer<int>(slots_.size() > 0 ? 2 * slots_.size() : first_size, -1);
        for (int id = 0; id < nodes_.size(); ++id) {
            const node& n = nodes_[id];
            int slot =
                static_cast<int>(hash({n.operation, n.dims, n.parameter, pool_.data() + n.first, n.count}) & mask());
            while (slots_[slot] >= 0) slot = (slot + 1) & static_cast<int>(mask());
            slots_[slot] = id;
        }
    }

    buffer<node> nodes_;
    buffer<int> pool_;
    buffer<number> numbers_;
    buffer<symbol> symbols_;
    buffer<int> outputs_;
    // Open addressing, node ids.  Both tables are made when they are needed: a compiler tries to evaluate every
    // builder's beginning once more, where a function declares it, and few builders know keys.
    static constexpr int first_size = 64;
    buffer<int> slots_;
    buffer<keyed> keys_;
    int key_count_ = 0;
    symbol_conflict conflict_{};
    rewriting_rule rule_ = nullptr;
};

}  // namespace chainfold
