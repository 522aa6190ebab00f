// SPDX-License-Identifier: BSL-1.0
#pragma once

// A growing array for constant evaluation.  It does what std::vector would, in a fraction of the evaluation steps
// (Clang counts every statement of std::vector's machinery against its limit for one constant).

#include <cstddef>

namespace chainfold {

template <class T>
class buffer {
public:
    constexpr buffer() = default;
    constexpr explicit buffer(int count, const T& value = T{})
        : data_(made(capacity_for(count))), capacity_(capacity_for(count)) {
        for (; size_ < count; ++size_) data_[size_] = value;
    }
    constexpr buffer(const buffer& other)
        : data_(made(capacity_for(other.size_))), capacity_(capacity_for(other.size_)) {
        for (; size_ < other.size_; ++size_) data_[size_] = other.data_[size_];
    }
    constexpr buffer(buffer&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
        other.data_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    constexpr buffer& operator=(buffer other) noexcept {
        T* const data = data_;
        data_ = other.data_;
        other.data_ = data;
        const int capacity = capacity_;
        capacity_ = other.capacity_;
        other.capacity_ = capacity;
        size_ = other.size_;
        return *this;
    }
    constexpr ~buffer() { delete[] data_; }

    constexpr int push(T value) {
        if (size_ == capacity_) grow();
        data_[size_] = value;
        return size_++;
    }
    constexpr void pop() { --size_; }
    /// Makes room for so many in all.
    constexpr void reserve(int wanted) {
        if (wanted > capacity_) move_to(wanted);
    }
    constexpr void append(const T* values, int count) {
        if (size_ + count > capacity_) move_to(2 * (size_ + count));
        for (int i = 0; i < count; ++i) data_[size_ + i] = values[i];
        size_ += count;
    }
    [[nodiscard]] constexpr int size() const { return size_; }
    constexpr T& operator[](int i) { return data_[i]; }
    constexpr const T& operator[](int i) const { return data_[i]; }
    constexpr T* data() { return data_; }
    [[nodiscard]] constexpr const T* data() const { return data_; }
    constexpr T* begin() { return data_; }
    constexpr T* end() { return data_ + size_; }
    [[nodiscard]] constexpr const T* begin() const { return data_; }
    [[nodiscard]] constexpr const T* end() const { return data_ + size_; }

private:
    static constexpr T* made(int count) { return new T[static_cast<std::size_t>(count)]{}; }
    static constexpr int capacity_for(int count) { return count > 0 ? count : 1; }
    constexpr void grow() { move_to(capacity_ > 0 ? 2 * capacity_ : 16); }
    constexpr void move_to(int wanted) {
        T* const wider = made(wanted);
        for (int i = 0; i < size_; ++i) wider[i] = data_[i];
        delete[] data_;
        data_ = wider;
        capacity_ = wanted;
    }

    T* data_ = nullptr;
    int size_ = 0;
    int capacity_ = 0;
};

}  // namespace chainfold
