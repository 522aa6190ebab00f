// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network as tensors with names: where each stands, and what a file has to hold to be one.

#include <chainfold/graph/node.hpp>
#include <chainfold/storage/normaliser.hpp>
#include <chainfold/storage/safetensors/read.hpp>
#include <chainfold/storage/safetensors/write.hpp>

namespace chainfold {

/// A file whose tensors are not those of the network that was to be loaded.  Each list has a line for each tensor.
class weights_mismatch : public storage_error {
public:
    struct lists {
        std::vector<std::string> missing{};     // "2.bias"
        std::vector<std::string> unexpected{};  // "4.weight"
        std::vector<std::string> mis_shaped{};  // "0.weight: expected (3, 2), found (2, 3)"
        std::vector<std::string> mis_typed{};   // "0.weight: expected F32, found F64"
    };

    weights_mismatch(const std::string& sentence, lists found)
        : storage_error(sentence), found_(std::make_shared<const lists>(std::move(found))) {}
    [[nodiscard]] const std::vector<std::string>& missing() const { return found_->missing; }
    [[nodiscard]] const std::vector<std::string>& unexpected() const { return found_->unexpected; }
    [[nodiscard]] const std::vector<std::string>& mis_shaped() const { return found_->mis_shaped; }
    [[nodiscard]] const std::vector<std::string>& mis_typed() const { return found_->mis_typed; }

private:
    std::shared_ptr<const lists> found_;  // shared, because an exception is copied without throwing
};

namespace detail {

/// A tensor of a network and where it stands.
template <class T>
struct place {
    std::string name{};
    std::vector<std::size_t> shape{};
    std::span<T> values{};
};

inline std::vector<std::size_t> shape_vector(const dimensions& dims) {
    std::vector<std::size_t> shape{static_cast<std::size_t>(dims.rows), static_cast<std::size_t>(dims.columns)};
    shape.resize(static_cast<std::size_t>(dims.rank));
    return shape;
}

/// All tensors of a model, weights and then states, in the order in which they stand.
template <class Model>
auto places_of(Model& model) {
    using T = std::remove_reference_t<decltype(*model.data())>;
    using stored = typename Model::stored;
    std::vector<place<T>> places;
    for (std::size_t i = 0; i < stored::count; ++i)
        places.push_back({std::string(stored::symbols[i].name), shape_vector(stored::symbols[i].dims),
                          std::span<T>(model.data() + stored::offsets[i], stored::offsets[i + 1] - stored::offsets[i])});
    return places;
}

/// Compares what a file holds with what is expected, and copies only if nothing is wrong.
template <class T>
class loading {
public:
    loading(const safetensors::view& file, bool narrow) : file_(file), narrow_(narrow) {}

    void expect(const place<T>& place) {
        known_.push_back(place.name);
        const auto found = file_.find(place.name);
        if (!found) {
            wrong_.missing.push_back(place.name);
        } else if (found->shape() != place.shape) {
            wrong_.mis_shaped.push_back(place.name + ": expected (" + listed(place.shape) + "), found (" +
                                        listed(found->shape()) + ")");
        } else if (const std::string reason = type_mistake(*found); !reason.empty()) {
            wrong_.mis_typed.push_back(place.name + ": " + reason);
        } else {
            copies_.push_back({*found, place.values});
        }
    }

    /// A normaliser under this name; its columns are as many as the file says.
    void expect(const std::string& name, normaliser& to) {
        normaliser read;
        for (const auto& [part, numbers] : {std::pair(name + ".offset", &read.offset), std::pair(name + ".scale", &read.scale)}) {
            known_.push_back(part);
            const auto found = file_.find(part);
            if (!found)
                wrong_.missing.push_back(part);
            else if (found->type() != safetensors::dtype::f64)
                wrong_.mis_typed.push_back(part + ": expected F64, found " + std::string(safetensors::name_of(found->type())));
            else if (found->shape().size() != 1 || found->size() == 0)
                wrong_.mis_shaped.push_back(part + ": expected a number for each column, found (" + listed(found->shape()) + ")");
            else
                *numbers = found->template values<double>();
        }
        if (read.offset.size() != read.scale.size() && !read.offset.empty() && !read.scale.empty())
            wrong_.mis_shaped.push_back(name + ".scale: expected (" + std::to_string(read.offset.size()) + "), found (" +
                                        std::to_string(read.scale.size()) + ")");
        normalisers_.push_back({&to, std::move(read)});
    }

    /// Throws weights_mismatch if anything is missing, left over or different.
    void check(const std::string& name) {
        for (const safetensors::tensor tensor : file_) {
            const std::string called = tensor.name();
            if (!is_known(called) && !counts_batches(called)) wrong_.unexpected.push_back(called);
        }
        std::string sentence;
        tell(sentence, "missing", wrong_.missing);
        tell(sentence, "unexpected", wrong_.unexpected);
        tell(sentence, "of another shape", wrong_.mis_shaped);
        tell(sentence, "of another type", wrong_.mis_typed);
        if (!sentence.empty())
            raise(weights_mismatch(name + ": does not hold the weights of this network; nothing was loaded" + sentence,
                                   std::move(wrong_)));
    }
    void copy() {
        for (auto& [to, read] : normalisers_) *to = std::move(read);
        for (const auto& [from, to] : copies_) {
            if (from.type() == safetensors::dtype_of<T>)
                from.copy_to(to);
            else
                convert(from, to);
        }
    }

private:
    [[nodiscard]] bool is_known(const std::string& name) const {
        return std::find(known_.begin(), known_.end(), name) != known_.end();
    }
    /// What PyTorch keeps beside the moments of a batch_norm, and nothing here depends on.
    [[nodiscard]] bool counts_batches(const std::string& name) const {
        constexpr std::string_view counter = "num_batches_tracked";
        const std::size_t prefix = name.size() < counter.size() ? 0 : name.size() - counter.size();
        return name.compare(prefix, name.npos, counter) == 0 && is_known(name.substr(0, prefix) + "running_mean");
    }

    static constexpr bool is_narrow = sizeof(T) < sizeof(double);
    using other = std::conditional_t<is_narrow, double, float>;

    static other number(const safetensors::tensor& from, std::size_t i) {
        return number_at<std::endian::little, other>(from.bytes().data() + i * sizeof(other));
    }
    static void convert(const safetensors::tensor& from, std::span<T> to) {
        for (std::size_t i = 0; i < to.size(); ++i) to[i] = static_cast<T>(number(from, i));
    }
    [[nodiscard]] std::string type_mistake(const safetensors::tensor& found) const {
        using safetensors::dtype_of;
        if (found.type() == dtype_of<T>) return {};
        const std::string types = "expected " + std::string(safetensors::name_of(dtype_of<T>)) + ", found " + std::string(safetensors::name_of(found.type()));
        if (found.type() != dtype_of<other>) return types;
        if (is_narrow && !narrow_) return types + " (narrow = true rounds it)";
        for (std::size_t i = 0; is_narrow && i < found.size(); ++i)
            if (!fits_in<T>(static_cast<double>(number(found, i))))
                return types + ", of which number " + std::to_string(i) + " is too large";
        return {};
    }
    static void tell(std::string& sentence, const char* what, const std::vector<std::string>& list) {
        constexpr std::size_t most = 20;
        if (list.empty()) return;
        sentence += std::string("\n  ") + what + ": ";
        for (std::size_t i = 0; i < list.size() && i < most; ++i) sentence += (i > 0 ? "; " : "") + printable(list[i]);
        if (list.size() > most) sentence += "; and " + std::to_string(list.size() - most) + " more";
    }

    const safetensors::view& file_;
    bool narrow_;
    std::vector<std::string> known_{};
    std::vector<std::pair<safetensors::tensor, std::span<T>>> copies_{};
    std::vector<std::pair<normaliser*, normaliser>> normalisers_{};
    weights_mismatch::lists wrong_{};
};

}  // namespace detail
}  // namespace chainfold
