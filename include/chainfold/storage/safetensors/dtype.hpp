// SPDX-License-Identifier: BSL-1.0
#pragma once

// The element types of safetensors.

#include <array>
#include <cstdint>
#include <string_view>

namespace chainfold::safetensors {

/// The type of a tensor's elements, in the order of the format's reference implementation, which writes larger ones first.
enum class dtype : std::uint8_t {
    boolean,
    f4,
    f6_e2m3,
    f6_e3m2,
    u8,
    i8,
    f8_e5m2,
    f8_e4m3,
    f8_e8m0,
    f8_e4m3fnuz,
    f8_e5m2fnuz,
    i16,
    u16,
    f16,
    bf16,
    i32,
    u32,
    f32,
    c64,
    f64,
    i64,
    u64
};

struct dtype_facts {
    std::string_view name;  // as it stands in a file
    unsigned bits;          // of one element
};

inline constexpr std::array dtype_table{
    dtype_facts{"BOOL", 8},    dtype_facts{"F4", 4},       dtype_facts{"F6_E2M3", 6},     dtype_facts{"F6_E3M2", 6},
    dtype_facts{"U8", 8},      dtype_facts{"I8", 8},       dtype_facts{"F8_E5M2", 8},     dtype_facts{"F8_E4M3", 8},
    dtype_facts{"F8_E8M0", 8}, dtype_facts{"F8_E4M3FNUZ", 8}, dtype_facts{"F8_E5M2FNUZ", 8}, dtype_facts{"I16", 16},
    dtype_facts{"U16", 16},    dtype_facts{"F16", 16},     dtype_facts{"BF16", 16},       dtype_facts{"I32", 32},
    dtype_facts{"U32", 32},    dtype_facts{"F32", 32},     dtype_facts{"C64", 64},        dtype_facts{"F64", 64},
    dtype_facts{"I64", 64},    dtype_facts{"U64", 64}};

constexpr const dtype_facts& facts_of(dtype type) { return dtype_table[static_cast<std::size_t>(type)]; }
/// As it stands in a file: "F32".
constexpr std::string_view name_of(dtype type) { return facts_of(type).name; }

namespace detail {
template <class T>
struct dtype_for {};
template <dtype Type>
struct is_dtype {
    static constexpr dtype value = Type;
};
template <>
struct dtype_for<float> : is_dtype<dtype::f32> {};
template <>
struct dtype_for<double> : is_dtype<dtype::f64> {};
template <>
struct dtype_for<std::uint8_t> : is_dtype<dtype::u8> {};
template <>
struct dtype_for<std::int8_t> : is_dtype<dtype::i8> {};
template <>
struct dtype_for<std::uint16_t> : is_dtype<dtype::u16> {};
template <>
struct dtype_for<std::int16_t> : is_dtype<dtype::i16> {};
template <>
struct dtype_for<std::uint32_t> : is_dtype<dtype::u32> {};
template <>
struct dtype_for<std::int32_t> : is_dtype<dtype::i32> {};
template <>
struct dtype_for<std::uint64_t> : is_dtype<dtype::u64> {};
template <>
struct dtype_for<std::int64_t> : is_dtype<dtype::i64> {};
}  // namespace detail

/// A type of C++ whose values a tensor of a file can hold: float, double, std::uint8_t … std::int64_t.
template <class T>
concept Stored = requires { detail::dtype_for<T>::value; };

/// The element type that holds numbers of type T: dtype_of<float> is dtype::f32.
template <Stored T>
inline constexpr dtype dtype_of = detail::dtype_for<T>::value;

}  // namespace chainfold::safetensors
