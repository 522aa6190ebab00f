// SPDX-License-Identifier: BSL-1.0
#pragma once

// save and load: the weights of a network in safetensors.
//
//     cf::save(net, "digits.safetensors", {.seed = 42, .epoch = 40, .normaliser = &scale});
//     cf::load(net, "digits.safetensors", {.normaliser = &scale});
//
// Not part of chainfold.hpp: a program that uses no files does not pay for them.
//
// Names and shapes are those of PyTorch's Sequential ("0.weight" is out × in), so that a file goes either way; what a
// linear in × out has is "0.kernel".  Numbers are F32 or F64, as the network computes.  A network of double takes a
// file of F32 as it is, every number being one of its own; a network of float takes a file of F64 only if told to round
// it (narrow = true).

#include <chainfold/nn/sequential.hpp>  // first, as in chainfold.hpp, where it is about messages

#include <chainfold/nn/architecture.hpp>
#include <chainfold/storage/safetensors/network.hpp>
#include <chainfold/version.hpp>

namespace chainfold {

/// What is written beside the weights.
struct save_options {
    std::optional<std::uint64_t> seed{};   // of the weights or of the training, to repeat it
    std::optional<std::uint64_t> epoch{};  // how long it was trained
    safetensors::metadata_list metadata{};  // of the user: any other keys and texts
    const chainfold::normaliser* normaliser = nullptr;         // of the inputs, kept with the weights
    const chainfold::normaliser* target_normaliser = nullptr;  // of the targets
};

/// What a file may be, and where its normalisers go.
struct load_options {
    bool narrow = false;            // F64 may be rounded into a network of float
    bool any_architecture = false;  // the layers need not be those that the file was saved from
    chainfold::normaliser* normaliser = nullptr;  // where the file's goes; a file that has one must be asked for it
    chainfold::normaliser* target_normaliser = nullptr;  // the same for targets
};

/// What a file says of itself beside its tensors.
struct weights_info {
    std::string version{};  // of chainfold; empty, as the others, for a file of another origin
    std::string architecture{};  // the layers, as nn::architecture_of writes them
    std::optional<std::uint64_t> seed{};  // as it was given to save
    std::optional<std::uint64_t> epoch{};  // as it was given to save
    safetensors::metadata_list metadata{};  // all of it
};

template <class Model>
inline constexpr bool is_a_network = false;
template <class Model>
struct storage_of_no_network : weights_info {
    static_assert(is_a_network<Model>,
                  "save, load: the first argument must be a network such as nn::sequential<float, ...>");
};
template <class T>
inline constexpr bool is_float_or_double = false;
template <class T>
struct storage_of_another_type : weights_info {
    static_assert(is_float_or_double<T>, "save, load: files hold float and double; this network computes in another type");
};
template <class Model>
inline constexpr bool can_be_loaded = false;
template <class Model>
struct load_into_constant : weights_info {
    static_assert(can_be_loaded<Model>, "load: the network is constant; what is loaded must be writable");
};

/// What has weights and states with names, in one block.
template <class Model>
concept Network = !Poisoned<Model> && requires(const Model& model) {
    *model.data();
    Model::stored::symbols;
    Model::stored::offsets;
};
template <class Model>
concept StorableNetwork = Network<Model> && (std::is_same_v<typename Model::value_type, float> ||
                                             std::is_same_v<typename Model::value_type, double>);

namespace detail {

template <class Model>
std::string architecture_text() {
    if constexpr (requires { nn::architecture_of<Model>; })
        return std::string(nn::architecture_of<Model>);
    else
        return {};
}

inline void add_normaliser(std::vector<safetensors::named_tensor>& tensors, const std::string& name, const normaliser* n) {
    if (n == nullptr) return;
    tensors.push_back(safetensors::named(name + ".offset", n->offset));
    tensors.push_back(safetensors::named(name + ".scale", n->scale));
}

template <class T>
void save_places(const std::string& name, const std::vector<place<T>>& places, std::string architecture,
                 const save_options& options) {
    std::vector<safetensors::named_tensor> tensors;
    for (const place<T>& p : places) tensors.push_back(safetensors::named(p.name, p.values, p.shape));
    add_normaliser(tensors, "normaliser", options.normaliser);
    add_normaliser(tensors, "target_normaliser", options.target_normaliser);
    safetensors::metadata_list metadata{{"version", std::string(version)}};
    if (!architecture.empty()) metadata.emplace_back("architecture", std::move(architecture));
    if (options.seed) metadata.emplace_back("seed", std::to_string(*options.seed));
    if (options.epoch) metadata.emplace_back("epoch", std::to_string(*options.epoch));
    metadata.insert(metadata.end(), options.metadata.begin(), options.metadata.end());
    safetensors::write_file(name, std::move(tensors), metadata);
}

inline std::optional<std::uint64_t> count_in(const std::string& text) {
    std::uint64_t value = 0;
    for (char c : text) {
        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10u, &value) ||
            __builtin_add_overflow(value, static_cast<unsigned>(c - '0'), &value))
            return std::nullopt;
    }
    return text.empty() ? std::nullopt : std::optional(value);
}

inline weights_info info_of(const safetensors::view& file) {
    weights_info info;
    file.each_metadata([&](const std::string& key, const std::string& value) {
        info.metadata.emplace_back(key, value);
        if (key == "version") info.version = value;
        if (key == "architecture") info.architecture = value;
        if (key == "seed") info.seed = count_in(value);
        if (key == "epoch") info.epoch = count_in(value);
    });
    return info;
}

template <class T>
weights_info load_places(const std::string& name, const std::vector<place<T>>& places, const std::string& architecture,
                         const load_options& options) {
    const safetensors::file file = safetensors::read_file(name);
    weights_info info = info_of(file.tensors());
    loading<T> load(file.tensors(), options.narrow);
    for (const place<T>& p : places) load.expect(p);
    if (options.normaliser != nullptr) load.expect("normaliser", *options.normaliser);
    if (options.target_normaliser != nullptr) load.expect("target_normaliser", *options.target_normaliser);
    load.check(name);
    if (!options.any_architecture && !architecture.empty() && !info.architecture.empty() &&
        info.architecture != architecture)
        fail(name + ": was saved from other layers; nothing was loaded (any_architecture = true loads it)\n  expected: " +
             architecture + "\n  found: " + printable(info.architecture));
    load.copy();
    return info;
}

}  // namespace detail

/// Writes the weights of a network; the file takes the place of an older one when it is complete.  Throws storage_error
/// where the system refuses, and the older file is then as it was.
template <StorableNetwork Model>
void save(const Model& model, const std::string& name, const save_options& options = {}) {
    detail::save_places(name, detail::places_of(model), detail::architecture_text<Model>(), options);
}

/// Reads the weights of a network.  Throws where the file is none (safetensors::format_error), where its tensors are not
/// exactly those of the network (weights_mismatch, which lists them) or where it was saved from other layers
/// (storage_error); the network is then as it was.
template <StorableNetwork Model>
weights_info load(Model& model, const std::string& name, const load_options& options = {}) {
    return detail::load_places(name, detail::places_of(model), detail::architecture_text<Model>(), options);
}

// ---- Mistakes ----------------------------------------------------------------------------------------------------

template <class Model>
    requires Poisoned<Model>
constexpr poison save(const Model&, const std::string&, const save_options& = {}) {
    return {};
}
template <class Model>
    requires Poisoned<Model>
constexpr weights_info load(Model&&, const std::string&, const load_options& = {}) {
    return {};
}
template <class Model>
    requires(!Poisoned<Model> && !Network<Model>)
CHAINFOLD_MISTAKE(storage_of_no_network<Model> save(const Model&, const std::string&, const save_options& = {}))
template <class Model>
    requires(!Poisoned<Model> && !Network<std::remove_cvref_t<Model>>)
CHAINFOLD_MISTAKE(storage_of_no_network<std::remove_cvref_t<Model>> load(Model&&, const std::string&,
                                                                        const load_options& = {}))
template <class Model>
    requires(Network<Model> && !StorableNetwork<Model>)
CHAINFOLD_MISTAKE(storage_of_another_type<typename Model::value_type> save(const Model&, const std::string&,
                                                                          const save_options& = {}))
template <class Model>
    requires(Network<Model> && !StorableNetwork<Model>)
CHAINFOLD_MISTAKE(storage_of_another_type<typename Model::value_type> load(Model&, const std::string&,
                                                                          const load_options& = {}))
template <class... Given>
inline constexpr bool are_a_network_and_a_file = false;
template <class... Given>
struct storage_without_file : weights_info {
    static_assert(are_a_network_and_a_file<Given...>,
                  "save(net, \"net.safetensors\"), load(net, \"net.safetensors\"): first the network, then the file");
};
template <Network Model>
CHAINFOLD_MISTAKE(storage_without_file<Model> save(const Model&))
template <Network Model>
CHAINFOLD_MISTAKE(storage_without_file<Model> load(const Model&))
template <std::convertible_to<std::string> Name, Network Model, class... More>
CHAINFOLD_MISTAKE(storage_without_file<Name, Model> save(const Name&, const Model&, const More&...))
template <std::convertible_to<std::string> Name, Network Model, class... More>
CHAINFOLD_MISTAKE(storage_without_file<Name, Model> load(const Name&, const Model&, const More&...))
template <StorableNetwork Model>
CHAINFOLD_MISTAKE(load_into_constant<Model> load(const Model&, const std::string&, const load_options& = {}))

}  // namespace chainfold
