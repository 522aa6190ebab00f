// SPDX-License-Identifier: BSL-1.0
#pragma once

// A chart as a file of its own, for documents that are no report: it brings its colours, light or dark as the reader
// likes it.  (Written out, not as variables of CSS, which not every program that shows SVG knows.)

#include <chainfold/report/chart.hpp>

namespace chainfold::report {

/// The colours of the charts on a page (style.hpp), as they stand there.
struct theme {
    std::string_view card, soft, line, c1, c2, c3, c4;
};
inline constexpr theme light{"#ffffff", "#5d6876", "#dfe3e8", "#2563a8", "#c2570c", "#2f7d4f", "#8e44ad"};
inline constexpr theme dark{"#171b21", "#9aa5b4", "#2b323b", "#6cb0f5", "#f0965a", "#6fc893", "#c79be0"};

namespace detail {

inline void put_theme(markup& out, const theme& t) {
    out.put(".back{fill:", t.card, "}text{fill:", t.soft, "}.grid{stroke:", t.line, "}");
    out.put(".axis,.mark,.c0{stroke:", t.soft, "}");
    const std::string_view colours[] = {t.c1, t.c2, t.c3, t.c4};
    for (int i = 0; i < 4; ++i) out.put(".c", i + 1, "{stroke:", colours[i], "}.f", i + 1, "{fill:", colours[i], "}");
    out.put("\n");
}

}  // namespace detail

/// The chart as the text of an SVG file, 600 pixels wide unless told.
inline std::string standalone_svg(const chart& what, int pixels = 600) {
    constexpr std::string_view opening = "<svg xmlns=\"http://www.w3.org/2000/svg\"", title_end = "</title>\n";
    const std::string drawn = to_svg(what);
    const std::size_t body = drawn.find(title_end) + title_end.size();
    markup out;
    out.put(opening, " width=\"", pixels, "\"", std::string_view(drawn).substr(opening.size(), body - opening.size()));
    out.put("<style>\ntext{font:13px system-ui,'Segoe UI','DejaVu Sans',sans-serif}\n"
            ".grid,.axis,.mark,.line,.dots{fill:none}\n"
            ".line{stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}.c0{stroke-width:1.2;stroke-dasharray:5 4}\n"
            ".dots{stroke-width:5;stroke-linecap:round}.mark{stroke-dasharray:4 4}\n");
    detail::put_theme(out, light);
    out.put("@media (prefers-color-scheme:dark){\n");
    detail::put_theme(out, dark);
    out.put("}\n</style>\n<rect class=\"back\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
    out.put(std::string_view(drawn).substr(body));
    return out.take();
}

}  // namespace chainfold::report
