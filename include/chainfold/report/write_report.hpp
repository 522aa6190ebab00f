// SPDX-License-Identifier: BSL-1.0
#pragma once

// A training run as one HTML file, to be kept and to be shown: how the loss fell, what happened inside, what the
// network gets wrong, its picture and its formulas, and the program that repeats it.
//
//     auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{…}, {…}, nn::accuracy, nn::inspection{.every =
//     50}); cf::write_report("run.html", net, held_out, nn::cross_entropy{}, history, {.title = "Digits", .weights_seed
//     = 20});
//
// The page needs no network, no scripts and no other file.  Its size grows with the network's layers (by 10 to
// 15 KB for each), not with epochs, steps or samples.

#include <chainfold/report/page.hpp>
#include <chainfold/storage/file.hpp>

namespace chainfold {

namespace report::detail {

/// The width of inputs as pictures: matrices, and vectors that may be squares from 6 × 6 up; 0 for others.
constexpr std::size_t natural_width(auto shape) {
    std::size_t side = 6;
    while (side * side < shape.size) ++side;
    return side * side == shape.size ? side : 0;
}
template <std::size_t Rows, std::size_t Columns>
constexpr std::size_t natural_width(extents<Rows, Columns>) {
    return Rows > 1 ? Columns : 0;
}
template <class Model>
std::size_t image_width(const report_options& how) {
    constexpr std::size_t size = decltype(Model::input_shape)::size, most = std::size_t{1} << 14;
    if (how.image_width) {
        if (*how.image_width > 0 && size % *how.image_width != 0)
            refuse(nn::detail::sentence("write_report: image_width %zu does not divide the input of %zu numbers",
                                        *how.image_width, size)
                       .c_str());
        return size <= most ? *how.image_width : 0;
    }
    return size <= most ? natural_width(Model::input_shape) : 0;
}

}  // namespace report::detail

namespace report {

/// The report of a training run as an HTML page; write_report writes it to a file.
template <class T, class... Layers, class Loss>
    requires nn::Trainable<nn::sequential<T, Layers...>, T, Loss>
std::string page_of(nn::sequential<T, Layers...>& model, const nn::dataset<T>& data, const Loss& loss,
                    const nn::training_history& history, const report_options& options = {}) {
    using network = nn::sequential<T, Layers...>;
    if (history.loss.empty() && history.failure.empty())
        refuse("write_report: the history is empty: it is what nn::train returns");
    const std::size_t image_width = detail::image_width<network>(options);
    const findings found = detail::examination<network, Loss>(options).run(model, data);
    const written_types types = detail::types_of<network>(loss);
    const renamed_graph graph(graph_of<nn::detail::error_of<network, Loss>>().view());
    return page_writer({history, options, types, found, graph, image_width}).run();
}

}  // namespace report

/// Writes the report of a training run to one HTML file, in place of an older one only when it is complete.  The
/// network is measured on `data` by `loss`: best on data that it was not trained on.  Throws std::invalid_argument
/// where history, data and options do not fit, storage_error where the file cannot be written.
template <class T, class... Layers, class Loss>
    requires nn::Trainable<nn::sequential<T, Layers...>, T, Loss>
void write_report(const std::string& file, nn::sequential<T, Layers...>& model, const nn::dataset<T>& data,
                  const Loss& loss, const nn::training_history& history, const report_options& options = {}) {
    const std::string page = report::page_of(model, data, loss, history, options);
    replacement_file out(file);
    out.write(page);
    out.commit();
}
template <class Model, class U, class Loss>
    requires(!nn::Trainable<Model, U, Loss>)
CHAINFOLD_MISTAKE(nn::verdict_on_training<Model, U, Loss> write_report(const std::string&, Model&,
                                                                       const nn::dataset<U>&, const Loss&,
                                                                       const nn::training_history&,
                                                                       const report_options& = {}))
template <class Given>
inline constexpr bool are_what_a_report_takes = false;
template <class Given>
struct report_of_other_arguments : poison {
    static_assert(are_what_a_report_takes<Given>,
                  "write_report(\"run.html\", net, data, loss, history, options): the history is what nn::train returned");
};
template <class A = detail::anything>
CHAINFOLD_MISTAKE(report_of_other_arguments<A> write_report(detail::anything, detail::anything = 0, detail::anything = 0,
                                                            detail::anything = 0, detail::anything = 0,
                                                            detail::anything = 0))
template <class A = detail::anything>
CHAINFOLD_MISTAKE(report_of_other_arguments<A> write_report(detail::anything, detail::anything, detail::anything,
                                                            detail::anything, const report_options&))
template <class A = detail::anything>
CHAINFOLD_MISTAKE(report_of_other_arguments<A> write_report(detail::anything, detail::anything, detail::anything,
                                                            detail::anything, detail::anything, const report_options&))
template <class Model, class Data>
CHAINFOLD_MISTAKE(nn::loss_of_expressions<Model> write_report(const std::string&, Model&, const Data&,
                                                              nn::detail::function_of_expressions,
                                                              const nn::training_history&, const report_options& = {}))

}  // namespace chainfold
