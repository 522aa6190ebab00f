// SPDX-License-Identifier: BSL-1.0
#pragma once

// How good a network is on data: the confusion matrix, or predictions against targets; and the worst samples.

#include <chainfold/report/chart.hpp>
#include <chainfold/report/findings.hpp>
#include <chainfold/report/png.hpp>

namespace chainfold::report {

class result_writer {
public:
    result_writer(const findings& found, const report_options& how, std::size_t image_width)
        : found_(found), how_(how), image_width_(image_width) {}

    /// Up to ten classes as a table of numbers, more as colours.
    std::string confusion() {
        found_.classes <= most_in_table ? put_table() : put_colours();
        return out_.take();
    }
    /// Predictions against targets.
    std::string scatter() {
        chart c{"Predictions against targets", "target", "prediction", {}, scale::linear};
        c.is_square = true;
        range r;
        for (std::size_t i = 0; i < found_.targets.size(); ++i) {
            const std::string name = found_.outputs > 1 ? "output " + std::to_string(i) : "sample";
            c.lines.push_back({name, found_.targets[i], found_.predictions[i], static_cast<int>(i % 4) + 1, true});
            r.add(found_.targets[i]), r.add(found_.predictions[i]);
        }
        if (!r.empty()) c.lines.push_back({"equal", {r.least, r.most}, {r.least, r.most}, 0});
        return to_svg(c);
    }
    std::string worst() {
        out_.put("<div class=\"worst\">\n");
        for (const hard_sample& s : found_.worst) put_sample(s);
        out_.put("</div>\n");
        return out_.take();
    }

private:
    static constexpr std::size_t most_in_table = 10, most_numbers = 8;

    [[nodiscard]] std::string class_name(std::size_t c) const {
        return c < how_.classes.size() ? how_.classes[c] : std::to_string(c);
    }
    static std::string beginning_of(const std::string& name, std::size_t letters) {
        if (letters_in(name) <= letters) return name;
        std::size_t end = name.size();
        while (letters_in(std::string_view(name).substr(0, end)) >= letters) --end;
        return name.substr(0, end) + "…";
    }
    [[nodiscard]] std::size_t count(std::size_t truth, std::size_t taken) const {
        return found_.counts[truth * found_.classes + taken];
    }
    [[nodiscard]] std::size_t of_class(std::size_t c, bool taken) const {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < found_.classes; ++i) sum += taken ? count(i, c) : count(c, i);
        return sum;
    }
    static double share(std::size_t part, std::size_t all) {
        return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
    }
    static std::string percent(double share_of) {
        char text[16];
        std::snprintf(text, sizeof text, "%.1f %%", 100 * share_of);
        return text;
    }
    /// Errors are rare and should be seen: their colour goes with the root of their share.
    static std::string strength(double share_of, bool right) {
        char text[16];
        std::snprintf(text, sizeof text, "%.2f",
                      right ? 0.12 + 0.5 * share_of : std::fmin(0.85, 0.12 + 0.9 * std::sqrt(share_of)));
        return text;
    }

    void put_table() {
        out_.put(
            "<div class=\"scroll\"><table class=\"confusion\">\n<thead><tr><th scope=\"col\" class=\"corner\">truth \\ "
            "taken for</th>");
        for (std::size_t c = 0; c < found_.classes; ++c)
            out_.put("<th scope=\"col\" style=\"text-align:center\">").text(class_name(c)).put("</th>");
        out_.put(
            "<th scope=\"col\">precision</th><th scope=\"col\">recall</th><th "
            "scope=\"col\">F1</th></tr></thead>\n<tbody>\n");
        for (std::size_t t = 0; t < found_.classes; ++t) {
            const std::size_t all = of_class(t, false), taken = of_class(t, true);
            out_.put("<tr><th scope=\"row\">").text(class_name(t)).put("</th>");
            for (std::size_t p = 0; p < found_.classes; ++p) {
                const std::size_t n = count(t, p);
                if (n == 0)
                    out_.put("<td class=\"count none\">·</td>");
                else
                    out_.put("<td class=\"count\" style=\"background:rgba(var(--", t == p ? "right" : "wrong", "),",
                             strength(share(n, all), t == p), ")\">", n, "</td>");
            }
            for (const double s :
                 {share(count(t, t), taken), share(count(t, t), all), share(2 * count(t, t), all + taken)})
                out_.put("<td class=\"share\">", percent(s), "</td>");
            out_.put("</tr>\n");
        }
        out_.put("</tbody></table></div>\n");
    }

    void put_colours() {
        const auto n = static_cast<double>(found_.classes);
        constexpr double side = 400, left = 66, top = 24;
        const double cell = side / n;
        out_.put(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart matrix\" role=\"img\" viewBox=\"0 0 480 450\">\n"
            "<title>Confusion matrix</title>\n<rect class=\"frame\" x=\"",
            left, "\" y=\"", top, "\" width=\"", side, "\" height=\"", side,
            "\"/>\n<g shape-rendering=\"crispEdges\">\n");
        for (std::size_t t = 0; t < found_.classes; ++t)
            for (std::size_t p = 0; p < found_.classes; ++p) {
                if (count(t, p) == 0) continue;
                out_.put("<rect class=\"", t == p ? "right" : "wrong", "\" fill-opacity=\"",
                         strength(share(count(t, p), of_class(t, false)), t == p), "\" x=\"",
                         left + cell * static_cast<double>(p), "\" y=\"", top + cell * static_cast<double>(t),
                         "\" width=\"", cell, "\" height=\"", cell, "\"><title>");
                out_.text(class_name(t))
                    .put(" taken for ")
                    .text(class_name(p))
                    .put(": ", count(t, p), "</title></rect>\n");
            }
        out_.put("</g>\n");
        const auto every = static_cast<std::size_t>(std::ceil(16 / cell));
        for (std::size_t c = 0; c < found_.classes; c += every) {
            const double middle = cell * (static_cast<double>(c) + 0.5);
            out_.put("<text x=\"", left - 6, "\" y=\"", top + middle + 4.5, "\" text-anchor=\"end\">");
            out_.text(beginning_of(class_name(c), 8)).put("</text>\n");
            if (c % (2 * every) == 0)
                out_.put("<text x=\"", left + middle, "\" y=\"", top + side + 17, "\" text-anchor=\"middle\">", c,
                         "</text>\n");
        }
        out_.put("<text x=\"4\" y=\"14\">truth \\ taken for</text>\n</svg>\n");
    }

    void put_sample(const hard_sample& s) {
        out_.put("<figure>");
        if (image_width_ > 0 && s.input.size() % image_width_ == 0)
            put_image(s);
        else
            out_.put("<p class=\"numbers\">").text(numbers(s.input)).put("</p>");
        out_.put("<figcaption>sample <b>", s.index, "</b><br/>");
        if (found_.classes > 0) {
            out_.put("truth <b>")
                .text(class_name(s.truth))
                .put("</b>, ", s.truth == s.taken_for ? "rightly" : "", " taken for <b>");
            out_.text(class_name(s.taken_for)).put("</b>");
            if (s.probability >= 0 && is_finite(s.probability)) out_.put(" (", percent(s.probability), ")");
        } else {
            out_.put("target <b>")
                .text(numbers(s.target))
                .put("</b><br/>prediction <b>")
                .text(numbers(s.output))
                .put("</b>");
        }
        out_.put("<br/>loss ", number_text(s.loss, 3), "</figcaption></figure>\n");
    }
    static std::string numbers(const std::vector<double>& all) {
        std::string text;
        for (std::size_t i = 0; i < all.size() && i < most_numbers; ++i)
            text += (i > 0 ? ", " : "") + number_text(all[i], 3);
        return all.size() > most_numbers ? text + ", … (" + std::to_string(all.size()) + ")" : text;
    }
    void put_image(const hard_sample& s) {
        range r;
        r.add(s.input);
        std::vector<unsigned char> pixels;
        for (const double v : s.input) {
            const double light = r.most > r.least && is_finite(v) ? (v - r.least) / (r.most - r.least) : 0;
            pixels.push_back(static_cast<unsigned char>(255 * light));
        }
        out_.put("<img alt=\"sample ", s.index, "\" width=\"", image_width_, "\" height=\"",
                 s.input.size() / image_width_, "\" src=\"", png_address(pixels, image_width_), "\"/>");
    }

    const findings& found_;
    const report_options& how_;
    std::size_t image_width_;
    markup out_;
};

}  // namespace chainfold::report
