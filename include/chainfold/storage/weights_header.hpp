// SPDX-License-Identifier: BSL-1.0
#pragma once

// The weights of a network as C++, for machines without files:
//
//     cf::save_header(net, "digits_weights.hpp", "digits", {.normaliser = &scale});
//
// writes a header that includes nothing and needs nothing of chainfold:
//
//     namespace digits {
//     inline constexpr char architecture[] = "linear(64, 32), relu, linear(32, 10)";
//     inline constexpr float values[2410] = {…};   // bit for bit, in hexadecimal
//     inline constexpr double offset[64] = {…}, scale[64] = {…};   // of the normaliser, if there is one
//     }
//
// and over there `model net{digits::values}` is the network; nn::evaluate<model>(digits::values, sample) is its output
// in a constant expression.

#include <chainfold/storage/safetensors.hpp>

namespace chainfold {

namespace detail {

/// Letters, digits and underscores, also with :: between.
inline bool is_namespace_name(std::string_view name) {
    bool at_start = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (c == ':' && !at_start && name.substr(i, 2) == "::") {
            ++i;
            at_start = true;
        } else if (letter || (!at_start && c >= '0' && c <= '9')) {
            at_start = false;
        } else {
            return false;
        }
    }
    return !at_start;
}

/// A literal of exactly this number; throws std::invalid_argument for infinity and NaN, which have none.
template <class T>
std::string literal(T value, const std::string& who) {
    const double wide = static_cast<double>(value);
    if ((std::bit_cast<std::uint64_t>(wide) >> 52 & 0x7ff) == 0x7ff)
        refuse_argument("save_header: " + who + ": a number that is not finite cannot be written");
    char text[40];
    std::snprintf(text, sizeof text, sizeof(T) == sizeof(float) ? "%af" : "%a", wide);
    return text;
}

template <class Numbers>
void add_numbers(std::string& code, const Numbers& numbers, const std::string& who) {
    std::size_t count = 0;
    for (const auto& number : numbers) {
        code += count % 6 == 0 ? "\n    " : " ";
        code += literal(number, who + ", number " + std::to_string(count)) + ",";
        ++count;
    }
}

inline void add_array(std::string& code, const char* name, const std::vector<double>& numbers) {
    code += std::string("inline constexpr double ") + name + "[" + std::to_string(numbers.size()) + "] = {";
    add_numbers(code, numbers, name);
    code += "};\n";
}

template <class T>
std::string header_code(const std::string& name, const std::vector<place<T>>& places, const std::string& architecture,
                        const save_options& options) {
    std::string code = "// Written by chainfold " + std::string(version);
    if (options.seed) code += ", seed " + std::to_string(*options.seed);
    if (options.epoch) code += ", epoch " + std::to_string(*options.epoch);
    code += ".\n#pragma once\n\nnamespace " + name + " {\n\n";
    code += "inline constexpr char architecture[] = \"" + architecture + "\";\n\n";
    std::size_t count = 0;
    for (const place<T>& p : places) count += p.values.size();
    code.append("inline constexpr ").append(sizeof(T) == sizeof(float) ? "float" : "double");
    code.append(" values[").append(std::to_string(count)).append("] = {");
    for (const place<T>& p : places) {
        code += "\n    // " + p.name + " (" + listed(p.shape) + ")";
        add_numbers(code, p.values, p.name);
    }
    code += "};\n";
    for (const auto& [prefix, n] : {std::pair("", options.normaliser), std::pair("target_", options.target_normaliser)}) {
        if (n == nullptr) continue;
        code += '\n';
        add_array(code, (std::string(prefix) + "offset").c_str(), n->offset);
        add_array(code, (std::string(prefix) + "scale").c_str(), n->scale);
    }
    return code + "\n}  // namespace " + name + "\n";
}

template <class T>
void write_header(const std::string& file, const std::string& name, const std::vector<place<T>>& places,
                  const std::string& architecture, const save_options& options) {
    if (!is_namespace_name(name)) refuse_argument("save_header: expected a name for a namespace, found " + quoted(name));
    const std::string code = header_code(name, places, architecture, options);
    replacement_file written(file);
    written.write(code);
    written.commit();
}

}  // namespace detail

/// Writes the weights of a network as a C++ header with one namespace of this name; the file takes the place of an older
/// one when it is complete.  Throws storage_error where the system refuses, std::invalid_argument where the name is none
/// or a weight is not finite.
template <StorableNetwork Model>
void save_header(const Model& model, const std::string& file, const std::string& name, const save_options& options = {}) {
    detail::write_header(file, name, detail::places_of(model), detail::architecture_text<Model>(), options);
}

template <class Model>
    requires Poisoned<Model>
constexpr poison save_header(const Model&, const std::string&, const std::string&, const save_options& = {}) {
    return {};
}
template <class Model>
    requires(!Poisoned<Model> && !Network<Model>)
CHAINFOLD_MISTAKE(storage_of_no_network<Model> save_header(const Model&, const std::string&, const std::string&,
                                                          const save_options& = {}))
template <class Model>
    requires(Network<Model> && !StorableNetwork<Model>)
CHAINFOLD_MISTAKE(storage_of_another_type<typename Model::value_type> save_header(const Model&, const std::string&,
                                                                                 const std::string&,
                                                                                 const save_options& = {}))
template <class Given>
inline constexpr bool are_network_file_and_name = false;
template <class Given>
struct header_of_other_arguments : poison {
    static_assert(are_network_file_and_name<Given>,
                  "save_header(net, \"digits.hpp\", \"digits\", options): a network, a file, and the name of a namespace");
};
template <class A = detail::anything>
CHAINFOLD_MISTAKE(header_of_other_arguments<A> save_header(detail::anything, detail::anything = 0, detail::anything = 0,
                                                           detail::anything = 0))
template <class A = detail::anything>
CHAINFOLD_MISTAKE(header_of_other_arguments<A> save_header(detail::anything, detail::anything, const save_options&))
template <class A = detail::anything>
CHAINFOLD_MISTAKE(header_of_other_arguments<A> save_header(detail::anything, detail::anything, detail::anything,
                                                           const save_options&))

}  // namespace chainfold
