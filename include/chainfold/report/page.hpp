// SPDX-License-Identifier: BSL-1.0
#pragma once

// The page, section by section.  What a network's type says is in texts and findings already: nothing here is a
// template.

#include <chainfold/nn/progress.hpp>
#include <chainfold/report/curves.hpp>
#include <chainfold/report/formulas.hpp>
#include <chainfold/report/repeat.hpp>
#include <chainfold/report/results.hpp>
#include <chainfold/report/style.hpp>
#include <chainfold/version.hpp>

namespace chainfold::report {

/// All that a page is made of.
struct page_parts {
    const nn::training_history& history;
    const report_options& options;
    const written_types& types;
    const findings& found;
    const renamed_graph& graph;
    std::size_t image_width = 0;
};

class page_writer {
public:
    explicit page_writer(const page_parts& parts)
        : h_(parts.history),
          how_(parts.options),
          types_(parts.types),
          found_(parts.found),
          graph_(parts.graph),
          image_width_(parts.image_width) {}

    std::string run() {
        out_.put(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
        out_.text(how_.title).put("</title>\n", style, "</head>\n<body>\n");
        put_head();
        put_warnings();
        put_curves();
        put_inside();
        put_results();
        put_network();
        put_repeat();
        out_.put("<footer class=\"note\">chainfold ", version, "</footer>\n</body>\n</html>\n");
        return out_.take();
    }

private:
    // ---- Summary
    // -----------------------------------------------------------------------------------------------------

    void put_head() {
        out_.put("<header>\n<h1>").text(how_.title).put("</h1>\n");
        if (!how_.description.empty()) out_.put("<p>").text(how_.description).put("</p>\n");
        out_.put("<p class=\"soft\">").text(types_.architecture).put("</p>\n<dl class=\"tiles\">\n");
        put_tile(found_.classes > 0 ? "accuracy" : "R²",
                 found_.classes > 0 ? percent(found_.accuracy) : number_text(found_.r_squared, 3));
        put_tile("loss", number_text(found_.loss, 3));
        if (!h_.loss.empty()) put_tile("training loss", number_text(h_.loss.back(), 3));
        put_tile("parameters", std::to_string(types_.parameters));
        double seconds = 0;
        for (const double s : h_.seconds) seconds += s;
        put_tile("epochs", std::to_string(h_.loss.size()));
        put_tile("time", seconds < 9.95 ? number_text(seconds, 2) + " s" : nn::detail::short_time(seconds));
        put_tile("seed", std::to_string(h_.seed));
        out_.put("</dl>\n<p class=\"note\" style=\"margin-top:.6rem\">").text(found_.classes > 0 ? "Accuracy" : "R²");
        out_.put(" and loss on ").text(how_.data_name).put(": ", found_.samples, " samples. ").text(ending_text());
        out_.put("</p>\n</header>\n");
    }
    void put_tile(std::string_view name, std::string_view value) {
        out_.put("<div><dt>", name, "</dt><dd>").text(value).put("</dd></div>\n");
    }
    static std::string percent(double share) {
        char text[16];
        std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
        return text;
    }
    [[nodiscard]] std::string ending_text() const {
        std::string text;
        if (h_.end == nn::ending::stopped) text = "The run was stopped by a callback.";
        if (h_.end == nn::ending::no_progress) text = "The run was stopped early: the loss did not fall any more.";
        if (h_.best_epoch > 0) text += " The best epoch was " + std::to_string(h_.best_epoch) + ".";
        return text;
    }

    void put_warnings() {
        if (!h_.failure.empty())
            out_.put("<section class=\"card alarm\"><h3>The run failed</h3><p>")
                .text(h_.failure)
                .put("</p></section>\n");
        if (h_.warnings.empty()) return;
        out_.put("<section class=\"card alarm\"><h3>Warnings</h3><ul>\n");
        for (std::size_t i = 0; i < h_.warnings.size() && i < most_warnings; ++i)
            out_.put("<li>").text(h_.warnings[i]).put("</li>\n");
        if (h_.warnings.size() > most_warnings) out_.put("<li>", h_.warnings.size() - most_warnings, " more</li>\n");
        out_.put("</ul></section>\n");
    }

    // ---- Over time
    // ---------------------------------------------------------------------------------------------------

    static std::string capitalised(std::string_view name) {
        std::string text(name);
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
        return text;
    }
    void put_figure(std::string_view title, const std::string& picture, std::string_view caption = {}) {
        out_.put("<figure class=\"card\"><h3>").text(title).put("</h3>\n", picture);
        if (!caption.empty()) out_.put("<figcaption>").text(caption).put("</figcaption>\n");
        out_.put("</figure>\n");
    }
    void put_curves() {
        if (h_.loss.empty()) return;
        out_.put("<section>\n<h2>Training</h2>\n<div class=\"grid\">\n");
        put_figure("Loss", to_svg(loss_chart(h_)));
        for (const nn::metric_history& m : h_.metrics)
            if (!m.training.empty() || !m.validation.empty())
                put_figure(capitalised(m.name), to_svg(metric_chart(h_, m)));
        put_figure("Learning rate", to_svg(rate_chart(h_)));
        if (h_.seconds.size() > 1) put_figure("Time of an epoch", to_svg(time_chart(h_)));
        out_.put("</div>\n</section>\n");
    }
    void put_map(std::string_view title, const heat_map& map, std::string caption) {
        if (map.values.size() != map.rows.size() * map.steps.size() || map.values.empty()) return;
        heat_map_writer writer(map);
        if (writer.together() > 1)
            caption += " Each cell is the largest of up to " + std::to_string(writer.together()) + " looks.";
        put_figure(title, writer.run(), caption);
    }
    void put_inside() {
        const nn::layer_history& seen = h_.layers;
        if (seen.rows() == 0) return;
        out_.put("<section>\n<h2>Inside the network</h2>\n<div class=\"grid\">\n");
        put_map("Gradient norms by layer and step", gradient_map(seen, types_.architecture),
                "Input at the top. Rows that grow darker upwards: the gradient vanishes.");
        put_map("Length of a step over that of the weight", update_map(seen), "About 10⁻³ is usual for a step.");
        put_map("Activations by layer and step", activation_map(seen, types_.architecture),
                "Root mean square of a layer's outputs over a batch.");
        put_map("Dead units by layer and step", dead_map(seen, types_.architecture),
                "Share of units that are zero for every sample of a batch.");
        out_.put("</div>\n</section>\n");
    }

    // ---- On data
    // -----------------------------------------------------------------------------------------------------

    void put_results() {
        out_.put("<section>\n<h2>On ").text(how_.data_name).put("</h2>\n");
        result_writer results(found_, how_, image_width_);
        if (found_.classes > 0) {
            out_.put("<div class=\"card\"><h3>Confusion matrix</h3>\n", results.confusion(), "</div>\n");
        } else {
            out_.put("<div class=\"grid\">\n");
            put_figure("Predictions against targets", results.scatter(),
                       "R² " + number_text(found_.r_squared) + ", mean absolute error " +
                           number_text(found_.absolute_error) + ".");
            out_.put("</div>\n");
        }
        if (!found_.worst.empty())
            out_.put(
                "<div class=\"card\" style=\"margin-top:1rem\"><h3>Worst samples</h3>\n<p class=\"note\">Those with "
                "the largest "
                "loss, counted from 0.</p>\n",
                results.worst(), "</div>\n");
        out_.put("</section>\n");
    }

    // ---- The network
    // ---------------------------------------------------------------------------------------------------

    void put_network() {
        const derivation_steps steps = graph_.derivation();
        const bool is_long = steps.size() > 60;
        out_.put(
            "<section>\n<h2>The network</h2>\n<div class=\"card picture\"><h3>Picture</h3>\n<div class=\"scroll\">",
            graph_.picture(), "</div></div>\n<div class=\"card network\"><h3>Formulas</h3>\n<ul class=\"symbols\">\n");
        for (const symbol_meaning& m : graph_.meanings()) {
            long_text name;
            writer writes(name);
            write_name(writes, script::mathml, math_name(m.name));
            out_.put("<li><math>", name.view(), "</math> <span class=\"soft\">").text(m.given);
            if (m.dims.rank > 1) out_.put(", ", m.dims.rows, " × ", m.dims.columns);
            if (m.dims.rank == 1) out_.put(", ", m.dims.rows);
            out_.put("</span></li>\n");
        }
        out_.put("</ul>\n");
        if (is_long) out_.put("<details><summary>", steps.size(), " steps</summary>\n");
        out_.put("<div class=\"scroll\">", to_html_section(steps).view(), "</div>\n", is_long ? "</details>" : "",
                 "</div>\n</section>\n");
    }

    // ---- To repeat it
    // ----------------------------------------------------------------------------------------------------

    void put_repeat() {
        out_.put("<section>\n<h2>To repeat the run</h2>\n<div class=\"card\">\n<pre><code>");
        out_.text(written_program(types_, h_, how_.weights_seed)).put("</code></pre>\n<dl class=\"settings\">\n");
        put_row("network", types_.architecture);
        put_row("computes in", types_.number);
        put_row("loss", types_.loss);
        put_row("seed of the weights",
                how_.weights_seed ? std::to_string(*how_.weights_seed) : "not told (.weights_seed)");
        put_row("optimiser", h_.optimiser.empty() ? "the program's own" : h_.optimiser);
        if (!h_.schedule.empty()) put_row("schedule of the learning rate", h_.schedule);
        for (const nn::setting& s : h_.settings)
            put_row(s.name == "learning_rate" && !h_.schedule.empty() ? "learning_rate of the first step" : s.name,
                    s.name == "seed" ? std::to_string(h_.seed) : detail::value_text(s));
        put_row("made with", "chainfold " + std::string(version) + ", " + compiler);
        out_.put("</dl>\n</div>\n</section>\n");
    }
    void put_row(std::string_view name, std::string_view value) {
        out_.put("<div><dt>").text(name).put("</dt><dd>").text(value).put("</dd></div>\n");
    }

#if defined(__clang__)
    static constexpr const char* compiler = __VERSION__;
#else
    static constexpr const char* compiler = "g++ " __VERSION__;
#endif
    static constexpr std::size_t most_warnings = 50;
    const nn::training_history& h_;
    const report_options& how_;
    const written_types& types_;
    const findings& found_;
    const renamed_graph& graph_;
    std::size_t image_width_;
    markup out_;
};

}  // namespace chainfold::report
