// SPDX-License-Identifier: BSL-1.0
#pragma once

// A chart of lines or points as SVG.  Its colours are those of the page that it stands in (style.hpp); numbers that are
// not finite are gaps.

#include <algorithm>

#include <chainfold/report/axis.hpp>

namespace chainfold::report {

struct series {
    std::string name{};
    std::vector<double> x{}, y{};
    int colour = 1;       // class c1 … c4 of the page; 0: quiet
    bool points = false;  // dots instead of a line
};

enum class scale { automatic, linear, logarithmic };

struct chart {
    std::string title{};  // read aloud; the page has the visible one
    std::string x_name{}, y_name{};
    std::vector<series> lines{};
    scale y_scale = scale::automatic;  // automatic: logarithmic where all numbers are positive and lie far apart
    double mark = 0;                   // a line at this x, if it is positive
    std::string mark_name{};
    bool is_square = false;  // both axes alike
    bool whole_x = false;    // ticks at whole numbers only
};

class chart_writer {
public:
    explicit chart_writer(const chart& what) : chart_(what) {
        for (const series& s : what.lines) xs_.add(s.x), ys_.add(s.y);
        if (what.is_square) xs_.add(xs_.empty() ? ys_.least : ys_.least), xs_.add(ys_.most), ys_ = xs_;
        const bool logarithmic = what.y_scale == scale::logarithmic
                                     ? ys_.is_positive()
                                     : what.y_scale == scale::automatic && ys_.asks_for_logarithms();
        const bool is_one = !xs_.empty() && xs_.least == xs_.most;
        if (is_one) xs_.add(xs_.most + 1), xs_.add(xs_.most - 2);
        x_ = linear_axis(xs_, is_one ? 2 : 6, what.is_square);
        std::erase_if(x_.ticks, [&](const tick& t) { return what.whole_x && t.at != std::floor(t.at); });
        y_ = logarithmic ? log_axis(ys_, 6, 0.04) : linear_axis(ys_);
    }

    std::string run() {
        out_.put("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 ", width, " ",
                 height, "\">\n<title>")
            .text(chart_.title)
            .put("</title>\n");
        put_grid();
        put_mark();
        for (const series& s : chart_.lines) s.points || s.x.size() == 1 ? put_points(s) : put_line(s);
        put_legend();
        out_.put("</svg>\n");
        return out_.take();
    }

private:
    static constexpr double width = 480, height = 290, left = 62, right = 14, top = 34, bottom = 46, text_size = 13;
    static constexpr std::size_t bins = 300;  // a longer line is drawn by the least and the greatest number of each

    [[nodiscard]] double x_at(double x) const { return left + x_.place(x) * (width - left - right); }
    [[nodiscard]] double y_at(double y) const { return height - bottom - y_.place(y) * (height - top - bottom); }
    [[nodiscard]] bool can_stand(double x, double y) const {
        return is_finite(x) && is_finite(y) && (!y_.logarithmic || y > 0);
    }

    void put_grid() {
        out_.put("<path class=\"grid\" d=\"");
        for (const tick& t : y_.ticks) out_.put("M", left, " ", y_at(t.at), "H", width - right);
        out_.put("\"/>\n<path class=\"axis\" d=\"M", left, " ", top, "V", height - bottom, "H", width - right);
        for (const tick& t : x_.ticks) out_.put("M", x_at(t.at), " ", height - bottom, "v5");
        out_.put("\"/>\n");
        for (const tick& t : y_.ticks) put_text(left - 7, y_at(t.at) + 4.5, "end", t.text);
        for (const tick& t : x_.ticks) {
            const double most = width - 1 - 4 * static_cast<double>(letters_in(t.text));  // the last one stays inside
            put_text(std::min(x_at(t.at), most), height - bottom + 19, "middle", t.text);
        }
        put_text((left + width - right) / 2, height - 8, "middle", chart_.x_name);
        put_text(4, 15, "start", chart_.y_name + (y_.logarithmic ? " (log)" : ""));
    }
    void put_text(double x, double y, const char* anchor, std::string_view text) {
        out_.put("<text x=\"", x, "\" y=\"", y, "\" text-anchor=\"", anchor, "\">").text(text).put("</text>\n");
    }
    void put_mark() {
        if (!(chart_.mark > 0)) return;
        const double x = x_at(chart_.mark);
        const bool is_late = x > width / 2;
        out_.put("<path class=\"mark\" d=\"M", x, " ", top, "V", height - bottom, "\"/>\n");
        put_text(is_late ? x - 5 : x + 5, top + 12, is_late ? "end" : "start", chart_.mark_name);
    }

    void put_line(const series& s) {
        const std::size_t count = std::min(s.x.size(), s.y.size());
        bool drawn = false;  // from here the line goes on
        std::size_t alone = 0;
        out_.put("<path class=\"line c", s.colour, "\" d=\"");
        const auto go_to = [&](std::size_t i) {
            if (can_stand(s.x[i], s.y[i])) {
                out_.put(drawn ? "L" : "M", x_at(s.x[i]), " ", y_at(s.y[i]));
                if (!drawn) out_.put("h0"), ++alone;  // a number between gaps is a dot
                drawn = true;
            } else {
                drawn = false;
            }
        };
        if (count <= 2 * bins) {
            for (std::size_t i = 0; i < count; ++i) go_to(i);
        } else {
            for (std::size_t b = 0; b < bins; ++b) {
                const std::size_t first = b * count / bins, end = (b + 1) * count / bins;
                std::size_t least = first, most = first;
                for (std::size_t i = first; i < end; ++i) {
                    if (!can_stand(s.x[i], s.y[i])) {
                        least = most = i;
                        break;
                    }
                    if (s.y[i] < s.y[least]) least = i;
                    if (s.y[i] > s.y[most]) most = i;
                }
                go_to(std::min(least, most));
                if (least != most) go_to(std::max(least, most));
            }
        }
        out_.put("\"/>\n");
    }
    void put_points(const series& s) {
        out_.put("<path class=\"dots c", s.colour, "\" d=\"");
        for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i)
            if (can_stand(s.x[i], s.y[i])) out_.put("M", x_at(s.x[i]), " ", y_at(s.y[i]), "h0");
        out_.put("\"/>\n");
    }

    void put_legend() {
        if (chart_.lines.size() < 2 && !(chart_.lines.size() == 1 && missing(chart_.lines[0]) > 0)) return;
        out_.put("<text x=\"", width - right, "\" y=\"15\" text-anchor=\"end\">");
        for (const series& s : chart_.lines) {
            // (A distance before the first one would move the text beyond the edge that it ends at.)
            out_.put("<tspan class=\"f", s.colour, "\" dx=\"", &s == chart_.lines.data() ? 0 : 14, "\">",
                     s.points        ? "●"
                     : s.colour == 0 ? "╌╌"
                                     : "━━",
                     "</tspan> ");
            out_.text(s.name);
            if (const std::size_t gaps = missing(s); gaps > 0) out_.put(" (", gaps, " not finite)");
        }
        out_.put("</text>\n");
    }
    static std::size_t missing(const series& s) {
        return static_cast<std::size_t>(std::count_if(s.y.begin(), s.y.end(), [](double y) { return !is_finite(y); }));
    }

    const chart& chart_;
    range xs_, ys_;
    axis x_, y_;
    markup out_;
};

/// The chart as an SVG picture.
inline std::string to_svg(const chart& what) { return chart_writer(what).run(); }

}  // namespace chainfold::report
