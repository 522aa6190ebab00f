// SPDX-License-Identifier: BSL-1.0
#pragma once

// A run that can be killed at any moment and started again:
//
//     nn::train(net, data, nn::cross_entropy{}, nn::adam{}, {.epochs = 100}, cf::checkpoint{"run.checkpoint"});
//
// The same program, started again, goes on from the last checkpoint and ends with the same weights, bit by bit, as if it
// had never been killed.  When the run is over, the file says so, and a further start returns at once.  Callbacks are
// called again for what lies between the last checkpoint and the kill.

#include <chainfold/nn/training_state.hpp>
#include <chainfold/storage/safetensors/read.hpp>
#include <chainfold/storage/safetensors/write.hpp>

namespace chainfold {

namespace detail {

/// Notes everything in a state as tensors and texts of a file.
struct checkpoint_writer {
    std::vector<safetensors::named_tensor> tensors{};
    safetensors::metadata_list texts{};

    template <class T>
    void operator()(const std::string& name, const dimensions& dims, const T* values) {
        std::vector<std::size_t> shape{static_cast<std::size_t>(dims.rows), static_cast<std::size_t>(dims.columns)};
        shape.resize(static_cast<std::size_t>(dims.rank));
        tensors.push_back(safetensors::named(name, std::span(values, static_cast<std::size_t>(dims.size())), shape));
    }
    template <class T>
    void operator()(const std::string& name, std::size_t count, const T* values) {
        tensors.push_back(safetensors::named(name, std::span(values, count)));
    }
    void operator()(const std::string& name, const std::vector<double>& list) {
        tensors.push_back(safetensors::named(name, list));
    }
    template <class Number>
        requires std::is_arithmetic_v<Number>
    void operator()(const std::string& name, const Number& number) {
        tensors.push_back(safetensors::named(name, std::span(&number, 1), {}));
    }
    void operator()(const std::string& name, const std::vector<std::string>& lines) {
        std::string joined;
        for (const std::string& line : lines) (joined += line) += '\n';
        texts.emplace_back(name, joined);
    }
};

/// Copies everything of a file into a state; with `only_check`, throws storage_error where the file does not have it.
struct checkpoint_reader {
    const safetensors::view& file;
    bool only_check = true;
    std::size_t found = 0;

    template <class T>
    void operator()(const std::string& name, const dimensions& dims, T* values) {
        (*this)(name, static_cast<std::size_t>(dims.size()), values);
    }
    template <class T>
    void operator()(const std::string& name, std::size_t count, T* values) {
        take<T>(name, count, [&](const std::vector<T>& read) { std::copy(read.begin(), read.end(), values); });
    }
    void operator()(const std::string& name, std::vector<double>& list) {
        take<double>(name, file.at(name).size(), [&](std::vector<double>& read) { list.swap(read); });
    }
    template <class Number>
        requires std::is_arithmetic_v<Number>
    void operator()(const std::string& name, Number& number) {
        (*this)(name, std::size_t{1}, &number);
    }
    void operator()(const std::string& name, std::vector<std::string>& lines) {
        if (only_check) return;
        lines.clear();
        const std::string joined = file.metadata(name).value_or("");
        for (std::size_t begin = 0, end = 0; (end = joined.find('\n', begin)) != std::string::npos; begin = end + 1)
            lines.push_back(joined.substr(begin, end - begin));
    }

private:
    template <class T, class F>
    void take(const std::string& name, std::size_t count, F use) {
        ++found;
        std::vector<T> read(count);
        file.at(name).template copy_to<T>(read);
        if (!only_check) use(read);
    }
};

constexpr std::string_view kind_of_checkpoint = "chainfold checkpoint 1";

inline std::string text_of_setting(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

}  // namespace detail

/// Keeps a run in a file, in the format of safetensors: everything that the rest of it depends on, written to a temporary
/// file beside it, which then takes its place.  Throws storage_error where the file cannot be written or read, or is that
/// of another run: of other data, another network, or with other settings (only the number of epochs may differ).
struct checkpoint {
    std::string file{};
    int every_epochs = 1;
    int every_batches = 0;  // also within an epoch, after so many batches

    /// Goes on where the file's run was, if there is one.
    template <class T>
        requires safetensors::Stored<T>
    void restore(nn::training_state<T>& state) const {
        if (file.empty() || every_epochs < 1 || every_batches < 0)
            detail::refuse_argument("checkpoint: expected the name of a file, every_epochs from 1 and every_batches from 0");
        if (detail::open_file(file, "rb").get() == nullptr && errno == ENOENT) {
            write(state);  // now, so that what cannot be written is known before anything has changed
            return;
        }
        const safetensors::file read = safetensors::read_file(file);
        const safetensors::view& tensors = read.tensors();
        if (tensors.metadata("kind") != detail::kind_of_checkpoint) detail::fail(file + ": is no checkpoint of a training");
        check_settings(tensors, state.history);
        detail::checkpoint_reader reader{tensors};
        state.each(reader);
        if (reader.found != tensors.size())
            detail::fail(file + ": belongs to a run with other parts (metrics, validation or early_stopping)");
        reader.only_check = false;
        state.each(reader);
    }

    /// Writes the file where it is time to.
    template <class T>
        requires safetensors::Stored<T>
    void reached(nn::training_state<T>& state) const {
        const bool is_due = state.ended != 0 || state.epoch == state.epochs ||
                            (state.batch == 0 ? state.epoch % every_epochs == 0
                                              : every_batches > 0 && state.batch % every_batches == 0);
        if (is_due) write(state);
    }

private:
    template <class T>
    void write(nn::training_state<T>& state) const {
        detail::checkpoint_writer writer;
        state.each(writer);
        writer.texts.emplace_back("kind", detail::kind_of_checkpoint);
        writer.texts.emplace_back("optimiser", std::string(state.history.optimiser));
        for (const nn::setting& s : state.history.settings)
            writer.texts.emplace_back("setting." + std::string(s.name), detail::text_of_setting(s.value));
        safetensors::write_file(file, std::move(writer.tensors), writer.texts);
    }
    void check_settings(const safetensors::view& tensors, const nn::training_history& now) const {
        const auto compare = [&](const std::string& name, const std::string& here, const std::string& key) {
            const std::string there = tensors.metadata(key).value_or("absent");
            if (there != here)
                detail::fail(file + ": belongs to another run: " + name + " is " + detail::printable(there) +
                             " there and " + here + " here (to start anew, remove the file)");
        };
        compare("the optimiser", std::string(now.optimiser), "optimiser");
        for (const nn::setting& s : now.settings)
            if (s.name != "epochs") compare(std::string(s.name), detail::text_of_setting(s.value), "setting." + std::string(s.name));
    }
};

}  // namespace chainfold
