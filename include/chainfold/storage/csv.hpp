// SPDX-License-Identifier: BSL-1.0
#pragma once

// Samples from text separated by commas:
//
//     const auto iris = cf::read_csv<float>("iris.csv", {.label = "species"});
//     const auto t = cf::one_hot<float>(iris.labels, iris.classes.size());
//     nn::train(net, nn::dataset{cf::batch(iris.inputs), cf::batch(t)}, …);
//
// A value that is missing or no number is refused by its line and column: what to do about it is for a person to decide.

#include <optional>

#include <chainfold/storage/csv/fields.hpp>
#include <chainfold/storage/csv/number.hpp>
#include <chainfold/storage/file.hpp>

namespace chainfold {

/// A column by its name in the header, or by its position: 0 is the first, −1 the last.
struct csv_column {
    csv_column(const char* n) : name(n) {}                // NOLINT: implicit, so that .label = "species" can be written
    csv_column(std::string n) : name(std::move(n)) {}     // NOLINT
    csv_column(int p) : position(p) {}                    // NOLINT
    std::string name{};
    int position = 0;
};

/// Whether the first line names the columns.
enum class csv_header {
    found,    // the first line is one if a field in it is neither a number nor missing, those of labels aside
    present,  // the first line is one
    absent    // it is not
};

/// What the columns of a text are; all that are not named are inputs.
struct csv_options {
    std::optional<csv_column> label{};       // holds classes, as texts
    std::vector<csv_column> targets{};       // hold numbers to be predicted
    std::vector<csv_column> ignored{};       // hold nothing of interest
    std::vector<std::string> classes{};      // the labels' order; without it they are sorted, as numbers if they all are
    csv_header header = csv_header::found;  // whether the first line names the columns
    char separator = ',';  // between fields
    std::size_t skip_lines = 0;              // at the beginning, such as comments
};

/// Samples, one after another.
template <class T>
struct csv_table {
    std::size_t rows = 0;  // samples
    std::size_t columns = 0;            // of inputs
    std::vector<T> inputs{};            // rows × columns
    std::vector<T> targets{};           // rows × options.targets.size()
    std::vector<std::size_t> labels{};  // for each row the position of its class
    std::vector<std::string> classes{};  // their names, in the order of labels
    std::vector<std::string> names{};   // of the input columns; empty without a header
};

namespace csv {

/// What becomes of each column.
enum class role : std::uint8_t { input, target, label, ignored };

template <class T>
class table_reader {
public:
    table_reader(const file_contents& file, const csv_options& options)
        : file_(file.name), options_(options), fields_(file.text(), options.separator, file_) {}

    csv_table<T> read() {
        fields_.skip_lines(options_.skip_lines);
        std::vector<field> record;
        if (!fields_.next(record)) chainfold::detail::fail(file_ + ": holds no records");
        width_ = record.size();
        const bool header = has_header(record);
        if (header) take_header(record);
        assign_roles();
        if (header && !fields_.next(record)) chainfold::detail::fail(file_ + ": holds a header and no records");
        do take(record);
        while (fields_.next(record));
        number_classes();
        return std::move(table_);
    }

private:
    [[nodiscard]] bool by_name() const {
        const auto named = [](const csv_column& c) { return !c.name.empty(); };
        return (options_.label && named(*options_.label)) ||
               std::any_of(options_.targets.begin(), options_.targets.end(), named) ||
               std::any_of(options_.ignored.begin(), options_.ignored.end(), named);
    }
    [[nodiscard]] bool has_header(const std::vector<field>& record) {
        if (options_.header != csv_header::found) return options_.header == csv_header::present;
        if (by_name()) return true;
        assign_roles();
        return std::any_of(record.begin(), record.end(), [&](const field& f) {
            T value{};
            const role r = roles_[f.column - 1];
            return (r == role::input || r == role::target) && read_number(f.text, value) == reading::no_number;
        });
    }
    void take_header(const std::vector<field>& record) {
        for (const field& f : record) header_.push_back(f.text);
    }
    [[nodiscard]] std::size_t position_of(const csv_column& column) const {
        const auto refuse = [&](const std::string& sentence) { chainfold::detail::fail(file_ + ": " + sentence); };
        if (column.name.empty()) {
            const long count = static_cast<long>(width_), at = column.position < 0 ? count + column.position : column.position;
            if (at < 0 || at >= count)
                refuse("expected a column " + std::to_string(column.position) + ", found " + std::to_string(count) + " columns");
            return static_cast<std::size_t>(at);
        }
        const auto found = std::find(header_.begin(), header_.end(), column.name);
        if (found == header_.end()) refuse("expected a column " + chainfold::detail::quoted(column.name) + " in the header");
        if (std::find(found + 1, header_.end(), column.name) != header_.end())
            refuse("two columns are named " + chainfold::detail::quoted(column.name));
        return static_cast<std::size_t>(found - header_.begin());
    }
    void assign_roles() {
        roles_.assign(width_, role::input);
        targets_.clear();
        for (const csv_column& c : options_.ignored) roles_[position_of(c)] = role::ignored;
        for (const csv_column& c : options_.targets) {
            targets_.push_back(position_of(c));
            roles_[targets_.back()] = role::target;
        }
        if (options_.label) {
            label_ = position_of(*options_.label);
            roles_[label_] = role::label;
        }
        table_.names.clear();
        for (std::size_t i = 0; i < header_.size(); ++i)
            if (roles_[i] == role::input) table_.names.push_back(header_[i]);
        table_.columns = static_cast<std::size_t>(std::count(roles_.begin(), roles_.end(), role::input));
    }
    void take(const std::vector<field>& record) {
        if (record.size() != width_)
            fields_.fail(std::min(record.size(), width_), "expected " + std::to_string(width_) + " fields, found " +
                                                              std::to_string(record.size()));
        ++table_.rows;
        for (const field& f : record)
            if (roles_[f.column - 1] == role::input) table_.inputs.push_back(number_in(f));
        for (const std::size_t t : targets_) table_.targets.push_back(number_in(record[t]));
        if (!options_.label) return;
        if (is_missing(record[label_].text)) missing(record[label_]);
        texts_.push_back({record[label_].text, fields_.line()});
    }
    [[nodiscard]] std::string column_name(const field& f) const {
        return header_.empty() ? "" : " (" + chainfold::detail::quoted(header_[f.column - 1]) + ")";
    }
    [[noreturn]] void missing(const field& f) const {
        fields_.fail(f.column, "a missing value" + (f.text.empty() ? "" : ", " + chainfold::detail::quoted(f.text)) + column_name(f));
    }
    [[nodiscard]] T number_in(const field& f) const {
        T value{};
        const auto wrong = [&](const char* expected) {
            fields_.fail(f.column, std::string("expected ") + expected + ", found " + chainfold::detail::quoted(f.text) + column_name(f));
        };
        switch (read_number(f.text, value)) {
            case reading::missing: missing(f);
            case reading::no_number: wrong("a number"); break;
            case reading::out_of_range: wrong(sizeof(T) == sizeof(float) ? "a number that float can hold" : "a number that double can hold"); break;
            case reading::a_number: break;
        }
        return value;
    }
    void number_classes() {
        std::vector<std::string>& classes = table_.classes;
        classes = options_.classes;
        if (classes.empty()) {
            for (const auto& [text, line] : texts_) classes.push_back(text);
            std::sort(classes.begin(), classes.end(), before);
            classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
        }
        std::vector<std::pair<std::string, std::size_t>> order;
        for (std::size_t i = 0; i < classes.size(); ++i) order.emplace_back(classes[i], i);
        std::sort(order.begin(), order.end());
        for (const auto& [text, line] : texts_) {
            const auto at = std::lower_bound(order.begin(), order.end(), std::pair(text, std::size_t{0}));
            if (at == order.end() || at->first != text)
                chainfold::detail::fail(file_ + ": line " + std::to_string(line) + ", column " + std::to_string(label_ + 1) +
                                        ": expected one of the " + std::to_string(classes.size()) + " classes, found " +
                                        chainfold::detail::quoted(text));
            table_.labels.push_back(at->second);
        }
    }
    // Numbers by their value and before texts: 2 comes before 10.
    static bool before(const std::string& a, const std::string& b) {
        double x = 0, y = 0;
        const bool number = read_number(a, x) == reading::a_number, other = read_number(b, y) == reading::a_number;
        if (number != other) return number;
        return number && x != y ? x < y : a < b;
    }

    std::string file_;
    const csv_options& options_;
    field_reader fields_;
    std::size_t width_ = 0, label_ = 0;
    std::vector<std::string> header_{};
    std::vector<role> roles_{};
    std::vector<std::size_t> targets_{};
    std::vector<std::pair<std::string, std::size_t>> texts_{};
    csv_table<T> table_{};
};

}  // namespace csv

/// Samples from a text that was read.  Throws storage_error with the line and the column where a value is missing or no
/// number, where a line has another number of fields than the first, or where a label is none of the classes.
template <class T>
csv_table<T> read_csv(const file_contents& file, const csv_options& options = {}) {
    static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>, "read_csv<T>: T is float or double");
    return csv::table_reader<T>(file, options).read();
}
template <class T>
csv_table<T> read_csv(const std::string& name, const csv_options& options = {}) {
    return read_csv<T>(read_file(name), options);
}

template <class File>
    requires(std::is_convertible_v<File, std::string> || std::is_same_v<File, file_contents>)
CHAINFOLD_MISTAKE(numbers_of_no_type<File, csv_table<float>> read_csv(const File&, const csv_options& = {}))

}  // namespace chainfold
