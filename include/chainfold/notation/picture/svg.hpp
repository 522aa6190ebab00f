// SPDX-License-Identifier: BSL-1.0
#pragma once

// A layout as SVG: complete in itself, light or dark as the reader's page is, and readable aloud.

#include <cstdio>

#include <chainfold/notation/picture/layout.hpp>

namespace chainfold::picture {

template <class = void>
class svg_writer {
public:
    svg_writer(const drawing& what, const layout& where, const measures& m) : drawing_(what), layout_(where), m_(m) {}

    std::string run() {
        plan_legend();
        const double width = std::max(layout_.width, legend_width_), height = layout_.height + legend_height();
        shift_ = (width - layout_.width) / 2;
        put("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chainfold\" role=\"img\" viewBox=\"0 0 ", width, " ",
            height, "\" width=\"", width, "\" height=\"", height, "\" style=\"max-width:100%;height:auto\">\n<title>");
        put_text(drawing_.title);
        put("</title>\n<desc>");
        put_text(drawing_.description);
        put("</desc>\n", look, "<rect class=\"cf-page\" width=\"100%\" height=\"100%\"/>\n<g transform=\"translate(",
            shift_, " 0)\">\n");
        for (const placed_edge& edge : layout_.edges) put_line(edge.forward, "cf-forward");
        for (const placed_edge& edge : layout_.edges) put_line(edge.backward, "cf-backward");
        for (std::size_t i = 0; i < layout_.nodes.size(); ++i) put_node(drawing_.nodes[i], layout_.nodes[i]);
        for (const placed_edge& edge : layout_.edges) {
            put_label(edge.shape, "cf-shape");
            put_label(edge.cotangent, "cf-cotangent");
        }
        put("</g>\n");
        put_legend((width - legend_width_) / 2, layout_.height);
        put("</svg>\n");
        return std::move(out_);
    }

private:
    static constexpr const char* look =
        "<style>\n"
        ".chainfold{font-family:'DejaVu Sans','Segoe UI',system-ui,sans-serif}\n"
        ".cf-page{fill:#fff}.cf-text{fill:#1a202c;text-anchor:middle}.cf-name{font-weight:bold}\n"
        ".cf-value{fill:#f4f6f8;stroke:#5b6776}.cf-input{fill:#e3f0fb;stroke:#2f7fc1}\n"
        ".cf-parameter{fill:#f1e8f9;stroke:#8e5bb5}.cf-result{fill:#fdf0d3;stroke:#c98a00}\n"
        ".cf-forward{stroke:#5b6776;fill:none}.cf-backward{stroke:#d1242f;fill:none}\n"
        ".cf-forward-end{fill:#5b6776}.cf-backward-end{fill:#d1242f}\n"
        ".cf-shape{fill:#5b6776}.cf-cotangent{fill:#d1242f}\n"
        "@media (prefers-color-scheme:dark){\n"
        ".cf-page{fill:#15191e}.cf-text{fill:#e6eaf0}\n"
        ".cf-value{fill:#232a32;stroke:#8b98a9}.cf-input{fill:#17324a;stroke:#5aa7e6}\n"
        ".cf-parameter{fill:#32234a;stroke:#b98be0}.cf-result{fill:#3d3014;stroke:#e0aa3e}\n"
        ".cf-forward{stroke:#9aa7b6}.cf-backward{stroke:#ff7b7b}\n"
        ".cf-forward-end{fill:#9aa7b6}.cf-backward-end{fill:#ff7b7b}\n"
        ".cf-shape{fill:#a9b4c2}.cf-cotangent{fill:#ff7b7b}}\n"
        "</style>\n";

    static const char* name_of(kind k) {
        return k == kind::input ? "input" : k == kind::parameter ? "parameter" : k == kind::result ? "result" : "value";
    }

    void put_one(const char* s) { out_ += s; }
    void put_one(const std::string& s) { out_ += s; }
    void put_one(double x) {
        char digits[32];
        const int length = std::snprintf(digits, sizeof digits, "%.1f", x);
        out_.append(digits, static_cast<std::size_t>(length));
        if (out_.ends_with(".0")) out_.resize(out_.size() - 2);
    }
    void put(const auto&... parts) { (put_one(parts), ...); }
    void put_text(std::string_view text) {
        for (const char c : text)
            c == '<' ? put("&lt;") : c == '>' ? put("&gt;") : c == '&' ? put("&amp;") : void(out_ += c);
    }

    // Ends along the layers, in an arrow.
    void put_line(const line& l, const char* style) {
        if (l.points.empty()) return;
        constexpr double length = 7, half = 3.2;
        std::vector<point> p = l.points;
        const point tip = p.back(), before = p[p.size() - 2];
        const bool level = magnitude(tip.x - before.x) > magnitude(tip.y - before.y);
        const double sign = level ? (tip.x > before.x ? 1 : -1) : (tip.y > before.y ? 1 : -1);
        (level ? p.back().x : p.back().y) -= sign * length;
        put("<path class=\"", style, "\" d=\"M", p[0].x, " ", p[0].y);
        for (std::size_t i = 1; i < p.size(); ++i) {
            if (l.is_straight(i)) {
                put("L");
            } else {
                const auto [first, second] = l.control(i);
                put("C", first.x, " ", first.y, " ", second.x, " ", second.y, " ");
            }
            put(p[i].x, " ", p[i].y);
        }
        put("\"/>\n<path class=\"", style, "-end\" d=\"M", tip.x, " ", tip.y);
        if (level)
            put("l", -sign * length, " ", -half, "v", 2 * half, "z\"/>\n");
        else
            put("l", -half, " ", -sign * length, "h", 2 * half, "z\"/>\n");
    }

    void put_box(kind is, double left, double top, double width, double height) {
        put("<rect class=\"cf-", name_of(is), "\" x=\"", left, "\" y=\"", top, "\" width=\"", width, "\" height=\"",
            height, "\" rx=\"",
            is == kind::input    ? height / 2
            : is == kind::result ? 9.0
                                 : 4.0,
            "\"", is == kind::result ? " stroke-width=\"2\"" : "", "/>\n");
    }
    void put_node(const drawn_node& n, const box& b) {
        put_box(n.is, b.middle.x - b.width / 2, b.middle.y - b.height / 2, b.width, b.height);
        const bool two_lines = layout_.is_across && !n.name.empty() && !n.formula.empty();
        const double size = m_.text, base = b.middle.y + 0.36 * size;
        put("<text class=\"cf-text\" font-size=\"", size, "\" x=\"", b.middle.x, "\" y=\"",
            two_lines ? base - 0.66 * size : base, "\">");
        if (!n.name.empty()) {
            put("<tspan class=\"cf-name\">");
            put_text(n.name);
            put("</tspan>");
        }
        if (two_lines) {
            put("</text>\n<text class=\"cf-text\" font-size=\"", size - 1, "\" x=\"", b.middle.x, "\" y=\"",
                base + 0.66 * size, "\">");
            put_text(n.formula);
        } else {
            put_text(std::string_view(n.text()).substr(n.name.size()));
        }
        put("</text>\n");
    }

    void put_label(const placed_label& l, const char* style) {
        if (l.text.empty()) return;
        const double x = l.at.middle.x + (l.align == 0 ? 0 : -l.align * l.at.width / 2);
        put("<text class=\"", style, "\" font-size=\"", m_.label, "\" text-anchor=\"",
            l.align < 0   ? "end"
            : l.align > 0 ? "start"
                          : "middle",
            "\" x=\"", x, "\" y=\"", l.at.middle.y + 0.36 * m_.label, "\">");
        put_text(l.text);
        put("</text>\n");
    }

    // What the boxes and arrows mean.
    struct entry {
        const char* text;
        kind is;
        int arrow;  // 0: a box, 1: forward, −1: backward
    };
    void plan_legend() {
        for (const kind k : {kind::input, kind::parameter, kind::value, kind::result})
            for (const drawn_node& n : drawing_.nodes)
                if (n.is == k) {
                    legend_.push_back({name_of(k), k, 0});
                    break;
                }
        if (!drawing_.edges.empty()) legend_.push_back({"value and its shape", {}, 1});
        if (drawing_.flows_back()) legend_.push_back({"derivative of the result", {}, -1});
        legend_width_ = 2 * m_.margin - spacing;
        for (const entry& e : legend_) legend_width_ += sample + 5 + width_of(e.text, m_.label) + spacing;
    }
    static constexpr double sample = 20, spacing = 16;
    [[nodiscard]] double legend_height() const { return 2.4 * m_.label; }

    void put_legend(double x, double y) {
        x += m_.margin;
        const double middle = y + m_.label / 2;
        for (const entry& e : legend_) {
            if (e.arrow == 0)
                put_box(e.is, x, middle - 6, sample, 12);
            else
                put_line({{{x + (e.arrow < 0 ? sample : 0), middle}, {x + (e.arrow > 0 ? sample : 0), middle}}},
                         e.arrow > 0 ? "cf-forward" : "cf-backward");
            x += sample + 5;
            put_label({e.text, {{x, middle}, 0, 0}, 1}, "cf-shape");
            x += width_of(e.text, m_.label) + spacing;
        }
    }

    const drawing& drawing_;
    const layout& layout_;
    const measures& m_;
    std::string out_;
    std::vector<entry> legend_;
    double legend_width_ = 0, shift_ = 0;
};

}  // namespace chainfold::picture
