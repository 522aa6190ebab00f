// SPDX-License-Identifier: BSL-1.0
#pragma once

// A table of numbers as colours, in SVG: rows with names, columns in time.  As many columns as can be told apart; where
// there are more numbers, a cell is the largest of several.

#include <algorithm>
#include <array>

#include <chainfold/report/axis.hpp>

namespace chainfold::report {

struct heat_map {
    std::string title{}, x_name{}, unit{};
    std::vector<std::string> rows{};
    std::vector<double> steps{};   // ascending
    std::vector<double> values{};  // steps × rows
    bool logarithmic = true;       // zeros are then grey
    bool is_share = false;         // from 0 to 1
};

/// One of 32 colours from dark blue over green to yellow, "#21918c": Matplotlib's viridis, by a polynomial of degree 6.
inline std::string viridis(int level) {
    static constexpr double coefficients[7][3] = {
        {0.2777273, 0.0054073, 0.3340998},   {0.1050930, 1.4046135, 1.3845902},
        {-0.3308618, 0.2148476, 0.0950952},  {-4.6342305, -5.7991010, -19.3324410},
        {6.2282699, 14.1799334, 56.6905526}, {4.7763850, -13.7451454, -65.3530326},
        {-5.4354559, 4.6458526, 26.3124352}};
    const double t = level / 31.0;
    char text[8];
    int channel[3];
    for (int c = 0; c < 3; ++c) {
        double sum = 0;
        for (int i = 6; i >= 0; --i) sum = sum * t + coefficients[i][c];
        channel[c] = static_cast<int>(255 * std::fmin(1, std::fmax(0, sum)) + 0.5);
    }
    std::snprintf(text, sizeof text, "#%02x%02x%02x", static_cast<unsigned>(channel[0]) & 255u,
                  static_cast<unsigned>(channel[1]) & 255u, static_cast<unsigned>(channel[2]) & 255u);
    return text;
}

class heat_map_writer {
public:
    explicit heat_map_writer(const heat_map& what)
        : map_(what), rows_(what.rows.size()), columns_(std::min(what.steps.size(), most_columns)) {
        for (const double v : what.values) seen_.add(v);
        if (what.is_share) seen_.least = 0, seen_.most = 1;
        const bool positive = seen_.least_positive <= seen_.most;
        colours_ = what.logarithmic && positive ? log_axis(seen_, 5, 0, 12) : linear_axis(seen_, 4, false);
        row_height_ = std::clamp(340.0 / static_cast<double>(rows_), 3.0, rows_ > 4 ? 24.0 : 32.0);
        for (const std::string& name : what.rows) longest_ = std::max(longest_, static_cast<double>(letters_in(name)));
        left_ = std::min(7.2 * longest_ + 12, 190.0);
        height_ = top + row_height_ * static_cast<double>(rows_) + 88;
    }

    std::string run() {
        out_.put("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 ", width, " ",
                 height_, "\">\n<title>")
            .text(map_.title)
            .put("</title>\n");
        put_cells();
        put_axes();
        put_legend();
        out_.put("</svg>\n");
        return out_.take();
    }
    /// How many numbers a cell stands for.
    [[nodiscard]] std::size_t together() const { return (map_.steps.size() + columns_ - 1) / columns_; }

private:
    static constexpr std::size_t most_columns = 160;
    static constexpr double width = 480, right = 14, top = 8;
    static constexpr int levels = 32, is_zero = 32, is_broken = 33;

    [[nodiscard]] double bottom() const { return top + row_height_ * static_cast<double>(rows_); }
    [[nodiscard]] double x_at(std::size_t column) const {
        return left_ + (width - right - left_) * static_cast<double>(column) / static_cast<double>(columns_);
    }
    [[nodiscard]] std::size_t first_step(std::size_t column) const { return column * map_.steps.size() / columns_; }

    [[nodiscard]] int level_of(std::size_t row, std::size_t column) const {
        double most = std::numeric_limits<double>::lowest();
        for (std::size_t s = first_step(column); s < first_step(column + 1); ++s) {
            const double v = map_.values[s * rows_ + row];
            if (!is_finite(v)) return is_broken;
            most = std::fmax(most, v);
        }
        if (colours_.logarithmic && !(most > 0)) return is_zero;
        return std::min(static_cast<int>(colours_.place(most) * levels), levels - 1);
    }

    // A path for each colour, of pieces of rows.
    void put_cells() {
        std::array<markup, levels + 2> paths;
        for (std::size_t r = 0; r < rows_; ++r) {
            const double y = top + row_height_ * static_cast<double>(r);
            for (std::size_t c = 0, end = 0; c < columns_; c = end) {
                const int level = level_of(r, c);
                for (end = c + 1; end < columns_ && level_of(r, end) == level;) ++end;
                paths[static_cast<std::size_t>(level)].put("M", x_at(c), " ", y, "H", x_at(end), "v", row_height_, "H",
                                                           x_at(c), "z");
                used_[static_cast<std::size_t>(level)] = true;
            }
        }
        out_.put("<g shape-rendering=\"crispEdges\">\n");
        for (int l = 0; l < levels + 2; ++l)
            if (used_[static_cast<std::size_t>(l)])
                out_.put("<path ", colour_of(l), " d=\"", paths[static_cast<std::size_t>(l)].str(), "\"/>\n");
        out_.put("</g>\n");
    }
    static std::string colour_of(int level) {
        if (level == is_zero) return "class=\"zero\"";
        if (level == is_broken) return "class=\"broken\"";
        return "fill=\"" + viridis(level) + "\"";
    }

    void put_axes() {
        const auto every = static_cast<std::size_t>(std::ceil(13.5 / row_height_));
        for (std::size_t r = 0; r < rows_; r += every)
            put_text(left_ - 6, top + row_height_ * (static_cast<double>(r) + 0.5) + 4.5, "end", map_.rows[r],
                     longest_ * 7.2 + 12 > left_ ? left_ - 8 : 0);
        range steps;
        steps.add(map_.steps);
        if (map_.steps.size() == 1) steps.add(steps.least + 1);
        out_.put("<path class=\"axis\" d=\"");
        markup texts;
        for (const tick& t : linear_axis(steps, 5, false).ticks) {
            std::size_t column = 0;
            while (column + 1 < columns_ && map_.steps[first_step(column + 1)] <= t.at) ++column;
            if (t.at != std::floor(t.at)) continue;
            const double x = (x_at(column) + x_at(column + 1)) / 2;
            out_.put("M", x, " ", bottom(), "v5");
            texts.put("<text x=\"", x, "\" y=\"", bottom() + 19, "\" text-anchor=\"middle\">", t.text, "</text>\n");
        }
        out_.put("\"/>\n", texts.str());
        put_text((left_ + width - right) / 2, bottom() + 37, "middle", map_.x_name);
    }
    void put_text(double x, double y, const char* anchor, std::string_view text, double length = 0) {
        out_.put("<text x=\"", x, "\" y=\"", y, "\" text-anchor=\"", anchor, "\"");
        if (length > 0 && 7.2 * static_cast<double>(text.size()) > length)
            out_.put(" textLength=\"", length, "\" lengthAdjust=\"spacingAndGlyphs\"");
        out_.put(">").text(text).put("</text>\n");
    }

    // The colours and what they mean.
    void put_legend() {
        const double y = bottom() + 50, from = 110, to = width - 150;
        put_text(4, y + 10, "start", map_.unit);
        out_.put("<g shape-rendering=\"crispEdges\">\n");
        for (int l = 0; l < levels; ++l)
            out_.put("<rect ", colour_of(l), " x=\"", from + (to - from) * l / levels, "\" y=\"", y, "\" width=\"",
                     (to - from) / levels + 0.4, "\" height=\"11\"/>\n");
        out_.put("</g>\n");
        double last = -100;
        for (const tick& t : colours_.ticks) {
            const double x = from + (to - from) * colours_.place(t.at);
            if (x - last < 44) continue;
            put_text(last = x, y + 26, "middle", map_.is_share ? number_text(100 * t.at) + " %" : t.text);
        }
        double x = to + 26;
        for (const int special : {is_zero, is_broken}) {
            if (!used_[static_cast<std::size_t>(special)]) continue;
            out_.put("<rect ", colour_of(special), " x=\"", x, "\" y=\"", y, "\" width=\"14\" height=\"11\"/>\n");
            put_text(x + 19, y + 10, "start", special == is_zero ? "zero" : "not finite");
            x += special == is_zero ? 54 : 0;
        }
    }

    const heat_map& map_;
    std::size_t rows_, columns_;
    range seen_;
    axis colours_;
    double row_height_ = 0, left_ = 0, height_ = 0, longest_ = 0;
    std::array<bool, levels + 2> used_{};
    markup out_;
};

/// The table as an SVG picture.
inline std::string to_svg(const heat_map& what) { return heat_map_writer(what).run(); }

}  // namespace chainfold::report
