// SPDX-License-Identifier: BSL-1.0
// The page: what it says of a network that is known, of texts that are markup, of numbers that are none.
#include <algorithm>
#include <cmath>
#include <limits>

#include <chainfold/expression/literal.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/report/write_report.hpp>

#include "notation/xml.hpp"
#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
namespace report = chainfold::report;
using storage_test::said_by;
using storage_test::says;
using namespace chainfold::literals;

namespace {

// One network for all: of classes, and of numbers.
using model = nn::sequential<double, nn::linear<2, 3>, nn::tanh, nn::linear<3, 2>>;
constexpr nn::class_targets classes{nn::cross_entropy{}};
constexpr std::size_t samples = 40;

struct points {
    std::vector<double> in, of_class, numbers;
    points() {
        for (std::size_t i = 0; i < samples; ++i) {
            const double x = std::sin(1.7 * static_cast<double>(i)), y = std::cos(2.9 * static_cast<double>(i));
            in.insert(in.end(), {x, y});
            of_class.push_back(x * y > 0);
            numbers.insert(numbers.end(), {x + y, 2 * x - y});
        }
    }
    [[nodiscard]] nn::dataset<double> by_class() const { return {cf::batch(in), cf::batch(of_class), {}}; }
    [[nodiscard]] nn::dataset<double> by_number() const { return {cf::batch(in), cf::batch(numbers), {}}; }
};

nn::training_history some_history() {
    nn::training_history h;
    h.loss = {1, 0.5, 0.25};
    h.validation_loss = {1.1, 0.6, 0.4};
    h.learning_rate = {0.1, 0.1, 0.1};
    h.seconds = {0.5, 0.5, 0.5};
    h.metrics.push_back({"accuracy", {0.5, 0.75, 1}, {0.5, 0.7, 0.9}});
    h.optimiser = "sgd";
    h.seed = (std::uint64_t{1} << 60) + 1;
    h.settings = {{"epochs", 3},
                  {"batch_size", 8},
                  {"l2", 1e-4},
                  {"l1", 0},
                  {"shuffle", 1},
                  {"seed", 7},
                  {"samples", 40},
                  {"parameters", 17},
                  {"learning_rate", 0.1},
                  {"momentum", 0.9},
                  {"nesterov", 0},
                  {"validation_samples", 10},
                  {"validation_split.fraction", 0.25},
                  {"early_stopping.patience", 5},
                  {"early_stopping.min_delta", 0},
                  {"early_stopping.restore_best", 1}};
    return h;
}
std::size_t count(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++found;
    return found;
}
/// A page that is complete, well-formed, and asks nobody for anything.
void check_page(const std::string& page) {
    CHECK(flaw_of_xml(page) == "");
    CHECK(page.ends_with("</html>\n"));
    const std::size_t names = count(page, "xmlns=\"http://www.w3.org/2000/svg\"") +
                              count(page, "xmlns=\"http://www.w3.org/1998/Math/MathML\"");
    CHECK(count(page, "://") == names);
    CHECK(count(page, "src=") == count(page, "src=\"data:image/png;base64,"));
    for (const char* fetched : {"<script", "<link", "<iframe", "<object", "@import", "url(", "href="})
        CHECK(count(page, fetched) == 0);
}

}  // namespace

TEST_CASE("findings: counts, the worst samples and their probabilities") {
    const points data;
    model net{nn::seed{5}};
    const report::findings found =
        report::detail::examination<model, nn::class_targets<nn::cross_entropy<>>>({.worst = 4})
            .run(net, data.by_class());
    REQUIRE(found.classes == 2);
    REQUIRE(found.samples == samples);
    std::size_t counts[4] = {};
    std::vector<std::pair<double, std::size_t>> losses;
    std::vector<double> probabilities;
    for (std::size_t i = 0; i < samples; ++i) {
        const auto z = net(std::array{data.in[2 * i], data.in[2 * i + 1]});
        const auto truth = static_cast<std::size_t>(data.of_class[i]);
        ++counts[truth * 2 + (z(1) > z(0))];
        losses.emplace_back(std::log(std::exp(z(0)) + std::exp(z(1))) - z(truth), i);
        probabilities.push_back(1 / (1 + std::exp(-std::abs(z(0) - z(1)))));
    }
    CHECK(found.counts == std::vector<std::size_t>(counts, counts + 4));
    CHECK(found.accuracy == Approx(static_cast<double>(counts[0] + counts[3]) / samples));
    std::sort(losses.rbegin(), losses.rend());
    REQUIRE(found.worst.size() == 4);
    for (std::size_t w = 0; w < 4; ++w) {
        CHECK(found.worst[w].index == losses[w].second);
        CHECK(found.worst[w].loss == Approx(losses[w].first));
        CHECK(found.worst[w].probability == Approx(probabilities[losses[w].second]));
    }
}

TEST_CASE("findings: what is not finite is worse than anything") {
    points data;
    data.in[2 * 17] = std::numeric_limits<double>::quiet_NaN();
    model net{nn::seed{5}};
    const report::findings found =
        report::detail::examination<model, nn::squared_error>({.worst = 2}).run(net, data.by_number());
    CHECK(found.classes == 0);
    CHECK(found.worst[0].index == 17);
    check_page(report::page_of(net, data.by_number(), nn::squared_error{}, some_history()));
}

TEST_CASE("a page of classes") {
    const points data;
    model net{nn::seed{5}};
    nn::training_history history = some_history();
    history.warnings = {"step 101: the gradient <vanishes> & more"};
    const std::string page = report::page_of(net, data.by_class(), classes, history,
                                             {.title = "<script>alert(1)</script>",
                                              .description = "a & b \"c\"",
                                              .weights_seed = 5,
                                              .classes = {"in <1>", "out & about"}});
    check_page(page);
    for (const char* said :
         {"&lt;script&gt;alert(1)", "a &amp; b", "in &lt;1&gt;", "out &amp; about", "&lt;vanishes&gt;",
          "linear(2, 3), tanh, linear(3, 2)", "Confusion matrix", "Worst samples", "<math", ">1152921504606846977<"})
        CHECK(says(page, said));
    CHECK(says(page,
               "using model = nn::sequential&lt;double, nn::linear&lt;2, 3&gt;, nn::tanh, nn::linear&lt;3, 2&gt;&gt;;\n"
               "model net{nn::seed{5}};\n"
               "auto history = nn::train(net, data, nn::class_targets{nn::cross_entropy{}},\n"
               "    nn::sgd{.learning_rate = 0.1, .momentum = 0.9},\n"
               "    {.epochs = 3, .batch_size = 8, .l2 = 0.0001, .seed = 1152921504606846977},\n"
               "    nn::validation_split{.fraction = 0.25},\n"
               "    nn::early_stopping{.patience = 5},\n"
               "    nn::accuracy);"));
}

TEST_CASE("a page of numbers") {
    const points data;
    model net{nn::seed{5}};
    const std::string page = report::page_of(net, data.by_number(), nn::squared_error{}, some_history(), {.worst = 3});
    check_page(page);
    CHECK(says(page, "Predictions against targets"));
    CHECK(!says(page, "Confusion matrix"));
    CHECK(count(page, "<figcaption>sample <b>") == 3);
    CHECK(says(page, "R²"));
    CHECK(page.size() < 100000);
}

TEST_CASE("a run that failed at once is reported too, an empty one is refused") {
    const points data;
    model net{nn::seed{5}};
    nn::training_history history;
    CHECK(says(said_by<std::invalid_argument>([&] { report::page_of(net, data.by_class(), classes, history); }),
               "the history is empty"));
    history.failure = "epoch 1, batch 1: the loss is not finite";
    history.end = nn::ending::not_finite;
    const std::string page = report::page_of(net, data.by_class(), classes, history);
    check_page(page);
    CHECK(says(page, history.failure));
    CHECK(says(said_by<std::invalid_argument>(
                   [&] { report::page_of(net, data.by_class(), classes, history, {.image_width = 3}); }),
               "image_width 3 does not divide the input of 2 numbers"));
}

TEST_CASE("the file is complete or not there") {
    const storage_test::scratch_folder folder;
    const points data;
    model net{nn::seed{5}};
    cf::write_report(folder("run.html"), net, data.by_class(), classes, some_history());
    CHECK(folder.count() == 1);
    CHECK(storage_test::content(folder("run.html")) == report::page_of(net, data.by_class(), classes, some_history()));
    CHECK(
        says(said_by([&] { cf::write_report(folder("none/run.html"), net, data.by_class(), classes, some_history()); }),
             "none/run.html: cannot be written"));
    CHECK(said_by<std::invalid_argument>(
              [&] { cf::write_report(folder("b.html"), net, data.by_class(), classes, {}); }) != "nothing");
    CHECK(folder.count() == 1);
}

TEST_CASE("many classes are colours") {
    report::findings found;
    found.classes = 30;
    found.counts.assign(900, 0);
    for (std::size_t c = 0; c < 30; ++c) found.counts[c * 31] = 5;
    found.counts[1] = 2;
    const cf::report_options options{};
    const std::string svg = report::result_writer(found, options, 0).confusion();
    CHECK(flaw_of_xml(svg) == "");
    CHECK(says(svg, "<title>0 taken for 1: 2</title>"));
    CHECK(count(svg, "class=\"right\"") == 30);
    CHECK(count(svg, "class=\"wrong\"") == 1);
}

TEST_CASE("samples are drawn, with any numbers in them") {
    report::findings found;
    found.classes = 2;
    found.counts = {1, 0, 0, 1};
    report::hard_sample s;
    s.input.assign(64, 0.5);
    s.input[3] = std::numeric_limits<double>::quiet_NaN();
    found.worst.push_back(s);
    const cf::report_options options{};
    const std::string html = report::result_writer(found, options, 8).worst();
    CHECK(says(html, "width=\"8\" height=\"8\" src=\"data:image/png;base64,iVBORw0KGgo"));
    CHECK(flaw_of_xml(html) == "");
}

TEST_CASE("symbols are called as in a book") {
    using nested = nn::sequential<double, nn::linear<4, 3, nn::no_bias>, nn::batch_norm<3>, nn::relu,
                                  nn::residual<nn::linear<3, 3>, nn::tanh>, nn::linear<3, 2, nn::in_by_out>>;
    const report::renamed_graph graph(
        cf::graph_of<nn::detail::error_of<nested, nn::weighted<nn::squared_error>>>().view());
    std::string names;
    for (const report::symbol_meaning& m : graph.meanings())
        if (m.trained) names += m.name + "=" + m.given + " ";
    CHECK(names == "W_1=0.weight gamma_2=1.weight b_2=1.bias W_3=3.0.weight b_3=3.0.bias K_4=4.kernel b_4=4.bias ");
    const std::string picture = graph.picture(), formulas(cf::to_html_section(graph.derivation()).view());
    CHECK(flaw_of_xml(picture) == "");
    CHECK(flaw_of_xml(formulas) == "");
    CHECK(says(picture, "μ₂"));
    CHECK(says(picture, "∂L/∂K₄"));
}

TEST_CASE("losses and layers as they are written") {
    using report::detail::written_layers, report::detail::written_loss;
    CHECK(written_loss(nn::squared_error{}) == "nn::squared_error{}");
    CHECK(written_loss(nn::weighted{nn::class_targets{nn::cross_entropy{.label_smoothing = 0.1_c}}}) ==
          "nn::weighted{nn::class_targets{nn::cross_entropy{.label_smoothing = 0.1_c}}}");
    CHECK(written_loss(nn::huber{.delta = 0.5_c}) == "nn::huber{.delta = 0.5_c}");
    CHECK(written_layers("linear(2, 3, in_by_out)", "chainfold::nn::linear<2, 3>") == "nn::linear<2, 3, nn::in_by_out>");
    CHECK(written_layers("linear(2, 3, no_bias), mine(4)", "chainfold::nn::linear<2, 3>\nuser::mine<4>") ==
          "nn::linear<2, 3, nn::no_bias>, mine<4>");
    CHECK(nn::detail::written_rate(nn::warm_up{.steps = 10, .then = nn::cosine{.from = 0.1}}) ==
          "nn::warm_up{.steps = 10, .then = nn::cosine{.from = 0.1, .to = 0, .epochs = 0}}");
    CHECK(nn::detail::written_rate([](const nn::moment&) { return 0.1; }).empty());
}
