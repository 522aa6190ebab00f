// stages FOLDER: the pictures of docs/inside.md. stages.svg shows what one expression is in each of the three stages, with
// the types, nodes and steps that the library has for it; graph.svg is its graph.
#include <chainfold/show.hpp>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);
constexpr auto loss = squared_error(y, t);

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    return out;
}
std::string shape_text(const cf::dimensions& d) {
    if (d.rank == 0) return "scalar";
    return std::to_string(d.rows) + (d.rank == 2 ? " × " + std::to_string(d.columns) : "");
}
std::string key_text(cf::hash_value key) {
    char text[20];
    std::snprintf(text, sizeof text, "%08x…", static_cast<unsigned>(key >> 32));
    return text;
}

class picture {
public:
    void text(double left, double base, std::string_view words, const char* style = "code") {
        body_ += "<text class=\"" + std::string(style) + "\" x=\"" + number(left) + "\" y=\"" + number(base) + "\">" +
                 escaped(words) + "</text>\n";
    }
    void frame(double at_y, double height, std::string_view title, std::string_view what) {
        body_ += "<rect class=\"frame\" x=\"8\" y=\"" + number(at_y) + "\" width=\"624\" height=\"" + number(height) +
                 "\" rx=\"8\"/>\n";
        text(20, at_y + 20, title, "title");
        text(20 + 8.4 * static_cast<double>(title.size()) + 10, at_y + 20, what, "note");
    }
    void arrow(double from_x, double from_y, double to_x, double to_y, std::string_view words) {
        const bool down = from_x == to_x;
        body_ += "<path class=\"arrow\" d=\"M" + number(from_x) + " " + number(from_y) + "L" + number(to_x) + " " +
                 number(to_y) + (down ? "m-5 -7l5 7l5 -7" : "m-7 -5l7 5l-7 5") + "\"/>\n";
        if (down)
            text(from_x + 12, (from_y + to_y) / 2 + 4, words, "word");
        else
            text(from_x - 4, from_y - 8, words, "word");
    }
    void write(const std::string& file, double height) const {
        std::ofstream(file) << "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 640 " + number(height) +
                                   "\" style=\"max-width:100%;height:auto\">\n"
                                   "<title>An expression, its graph, and the program made of it</title>\n<style>\n"
                                   "text{font:13px 'DejaVu Sans','Segoe UI',system-ui,sans-serif;fill:#1a202c}\n"
                                   ".code{font:12px 'DejaVu Sans Mono',Menlo,Consolas,monospace}\n"
                                   ".new{font:12px 'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#c01c28}\n"
                                   ".title{font-weight:bold}.note{fill:#5b6776}.word{fill:#2f7fc1;font-style:italic}\n"
                                   ".page{fill:#fff}.frame{fill:#f4f6f8;stroke:#5b6776}.arrow{stroke:#2f7fc1;stroke-width:1.5;fill:none}\n"
                                   "@media (prefers-color-scheme:dark){text{fill:#e6eaf0}.new{fill:#ff7b7b}.note{fill:#a9b4c2}\n"
                                   ".word{fill:#5aa7e6}.page{fill:#15191e}.frame{fill:#232a32;stroke:#8b98a9}.arrow{stroke:#5aa7e6}}\n"
                                   "</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n"
                            << body_ << "</svg>\n";
    }

private:
    static std::string number(double value) {
        char text[24];
        std::snprintf(text, sizeof text, "%.4g", value);
        return text;
    }
    std::string body_{};
};

/// A node: its index, its operation, its operands, its shape.
void row(picture& p, double x_of, double y_of, const cf::graph_view& g, int id, const char* style) {
    const cf::node& n = g[id];
    std::string what(cf::rules_of(n.operation).written.text), operands;
    if (n.operation == cf::operation_code<cf::symbol_op>) what = std::string(g.symbols[n.parameter].name);
    if (n.operation == cf::operation_code<cf::constant_op>) what = std::to_string(g.numbers[n.parameter].numerator);
    for (int i = 0; i < n.count; ++i) operands += (i == 0 ? "" : ", ") + std::to_string(g.operand(id, i));
    p.text(x_of + (id < 10 ? 7 : 0), y_of, std::to_string(id), style);
    p.text(x_of + 28, y_of, what, style);
    p.text(x_of + 96, y_of, operands, style);
    p.text(x_of + 156, y_of, shape_text(n.dims), style);
}

/// The output that holds the derivative by a symbol: after the value they come in the order of the graph's symbols.
int derivative_by(const cf::graph_view& g, std::string_view name) {
    int s = 0;
    while (g.symbols[s].name != name) ++s;
    return g.outputs[1 + s];
}

/// The nodes that are needed for these.
std::vector<bool> needed(const cf::graph_view& g, std::initializer_list<int> roots) {
    std::vector<bool> is(static_cast<std::size_t>(g.node_count));
    for (const int root : roots) is[static_cast<std::size_t>(root)] = true;
    for (int id = g.node_count - 1; id >= 0; --id)
        for (int i = 0; is[static_cast<std::size_t>(id)] && i < g[id].count; ++i) is[static_cast<std::size_t>(g.operand(id, i))] = true;
    return is;
}

}  // namespace

int main(int, char** arguments) {
    const std::string folder = std::string(arguments[1]) + "/";
    using request = std::remove_const_t<decltype(value_and_gradient(loss, W, b))>;
    static constexpr auto written = cf::graph_of<std::remove_const_t<decltype(loss)>>();
    const cf::graph_view graph = written.view();
    const cf::graph_view all = cf::request_of<request>::source().view();
    auto step = cf::compile<float>(value_and_gradient(loss, W, b));
    const cf::explanation plan = explain(step);

    picture p;
    p.frame(8, 108, "1  Expression", "types: an empty object, a key and a shape");
    p.text(24, 52, "constexpr auto y = tanh(W * x + b);");
    p.text(24, 70, "constexpr auto loss = squared_error(y, t);");
    p.text(352, 52, "expression<" + key_text(y.key) + ", extents<3>>");
    p.text(352, 70, "expression<" + key_text(loss.key) + ", extents<>>");
    p.text(24, 98, "sizeof(loss) == " + std::to_string(sizeof loss) + ", whatever it holds", "note");
    p.arrow(110, 116, 110, 150, "lower");

    const double top = 150;
    p.frame(top, 250, "2  Graph", "a constexpr value: nodes by index, equal ones only once");
    for (int id = 0; id < graph.node_count; ++id) row(p, 24, top + 50 + 18 * id, graph, id, "code");
    p.text(24, top + 238, "loss is node " + std::to_string(graph.outputs[0]), "note");
    p.arrow(258, top + 130, 352, top + 130, "differentiate,");
    p.text(258, top + 148, "simplify", "word");
    const int by_W = derivative_by(all, "W"), by_b = derivative_by(all, "b");
    const std::vector<bool> live = needed(all, {all.outputs[0], by_W, by_b});
    double at = top + 50;
    for (int id = graph.node_count; id < all.node_count; ++id)
        if (live[static_cast<std::size_t>(id)]) row(p, 376, at, all, id, "new"), at += 18;
    p.text(376, top + 238, "∂L/∂W is node " + std::to_string(by_W) + ", ∂L/∂b is node " + std::to_string(by_b), "note");
    p.arrow(450, top + 250, 450, top + 284, "plan, compile");

    const double below = top + 284;
    std::size_t lines = 0;
    for (const cf::explained_step& s : plan.steps) lines += s.computes.size();
    p.frame(below, 60 + 18 * static_cast<double>(lines), "3  Program", "templates: one function, every size and address a constant");
    double line = below + 48;
    for (const cf::explained_step& s : plan.steps)
        for (std::size_t i = 0; i < s.computes.size(); ++i, line += 18) {
            if (i == 0) p.text(24, line, s.kind);
            p.text(260, line, s.computes[i]);
        }
    p.text(24, line + 4, std::to_string(plan.workspace_bytes) + " bytes of workspace, no heap", "note");
    p.write(folder + "stages.svg", line + 26);

    std::ofstream(folder + "graph.svg") << to_svg(value_and_gradient(loss, W, b));
}
