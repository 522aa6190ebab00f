// SPDX-License-Identifier: BSL-1.0
#pragma once

// A derivation as a web page: a table with formulas in MathML, light or dark as the reader likes it.  Nothing is loaded
// from anywhere.

#include <chainfold/notation/derivation_text.hpp>

namespace chainfold {

namespace detail {

inline constexpr std::string_view derivation_style = R"(<style>
.derivation { color-scheme: light dark; --ink: #1b1f24; --soft: #667080; --line: #e3e7ec; --paper: #ffffff;
  --forward: #2563a8; --backward: #c0392b; --tint: #fdf6f5; color: var(--ink); background: var(--paper);
  font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1.25rem; }
@media (prefers-color-scheme: dark) { .derivation { --ink: #e6e9ee; --soft: #98a2b0; --line: #2c333d; --paper: #14181d;
  --forward: #6cb0f5; --backward: #f08a7c; --tint: #211a1b; } html:has(> body > .derivation) { background: #14181d; } }
.derivation table { border-collapse: collapse; width: 100%; }
.derivation th { text-align: left; font-size: 0.8rem; font-weight: 600; letter-spacing: 0.04em; color: var(--soft);
  padding: 0.3rem 0.75rem; border-bottom: 1px solid var(--line); }
.derivation tbody th { font-size: 1rem; letter-spacing: 0; color: var(--forward); padding-top: 1.1rem; }
.derivation tbody.backward th { color: var(--backward); }
.derivation td { padding: 0.4rem 0.75rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
.derivation td.name { text-align: right; padding-right: 0; border-left: 3px solid var(--forward); white-space: nowrap; }
.derivation .backward td { background: var(--tint); }
.derivation .backward td.name { border-left-color: var(--backward); }
.derivation td.formula { padding-left: 0; }
.derivation td.values { overflow-x: auto; max-width: 24rem; }
.derivation td.shape, .derivation td.rule { color: var(--soft); }
.derivation td.shape { white-space: nowrap; }
.derivation p { color: var(--soft); font-size: 0.875rem; }
.derivation math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", math; font-size: 1.05em; }
.derivation mtext { font-family: system-ui, sans-serif; }
</style>
)";

constexpr void write_html_row(writer& out, const derivation_steps& steps, const derivation_step& s) {
    out.put("<tr><td class=\"name\"><math displaystyle=\"true\"><mrow>");
    steps.write_name(out, script::mathml, s);
    out.put("</mrow></math></td>\n<td class=\"formula\"><math displaystyle=\"true\"><mrow><mo form=\"infix\">=</mo>");
    steps.write_formula(out, script::mathml, s);
    out.put("</mrow></math></td>\n");
    if (steps.has_values()) {
        out.put("<td class=\"values\"><math><mrow>");
        if (steps.has_calculation(s)) {
            steps.write_calculation(out, script::mathml, s);
            out.put("<mo form=\"infix\">=</mo>");
        }
        write_values(out, script::mathml, s.values.data(), s.dims);
        out.put("</mrow></math></td>\n");
    }
    out.put("<td class=\"shape\"><math><mrow>");
    write_shape(out, script::mathml, s.dims);
    out.put("</mrow></math></td>\n<td class=\"rule\"><math><mrow>");
    steps.write_rule(out, script::mathml, s);
    out.put("</mrow></math></td></tr>\n");
}

}  // namespace detail

/// The derivation as a part of a page, a <section> with its own style.
constexpr long_text to_html_section(const derivation_steps& steps) {
    constexpr std::string_view classes[] = {"forward", "backward"};
    long_text text;
    writer out(text);
    out.put("<section class=\"derivation\">\n");
    out.put(detail::derivation_style);
    out.put("<table>\n<thead><tr><th></th><th>formula</th>");
    out.put(steps.has_values() ? "<th>value</th>" : "");
    out.put("<th>shape</th><th>rule</th></tr></thead>\n");
    for (int i = 0; i < steps.size(); ++i) {
        const auto phase = static_cast<std::size_t>(steps[i].phase);
        if (i == 0 || steps[i].phase != steps[i - 1].phase) {
            out.put(i == 0 ? "" : "</tbody>\n");
            out.put("<tbody class=\"");
            out.put(classes[phase]);
            out.put(steps.has_values() ? "\"><tr><th colspan=\"5\">" : "\"><tr><th colspan=\"4\">");
            out.put(detail::phase_titles[phase]);
            out.put("</th></tr>\n");
        }
        detail::write_html_row(out, steps, steps[i]);
    }
    out.put(steps.size() > 0 ? "</tbody>\n</table>\n<p>" : "</table>\n<p>");
    out.put(detail::rule_legend);
    out.put("</p>\n</section>\n");
    return text;
}

/// The derivation as a page of its own.
constexpr long_text to_html(const derivation_steps& steps) {
    long_text text;
    writer out(text);
    out.put(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>Derivation</title></head>\n<body>\n");
    out.put(to_html_section(steps).view());
    out.put("</body>\n</html>\n");
    return text;
}

}  // namespace chainfold
