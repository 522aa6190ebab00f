// Writes C++ files: every operation at its samples, and random expressions, printed as C++ and compiled again.
//
//     generate FOLDER FILES SEED      FILES files of twenty random expressions, from this seed on
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <chainfold/notation/plain.hpp>

#include "laws/experiment.hpp"
#include "laws/random_expression.hpp"

using namespace laws;

namespace {

/// The text of a node, with the suffix _c at its numbers, and another letter instead of the symbols' x.
std::string text_of(const cf::graph_view& graph, int id, char letter) {
    cf::writer size(nullptr, cf::writer::unlimited);
    cf::plain_printer(graph, size).print(id);
    std::string plain(size.size(), ' '), text;
    cf::writer out(plain.data(), cf::writer::unlimited);
    cf::plain_printer(graph, out).print(id);
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (std::size_t i = 0; i < plain.size();) {
        const bool begins = i == 0 || !is_letter(plain[i - 1]);
        if (plain[i] == '<' && i > 0 && is_letter(plain[i - 1])) {  // pow<-2>
            while (plain[i] != '>') text += plain[i++];
        } else if (begins && std::isdigit(static_cast<unsigned char>(plain[i])) != 0) {
            for (; i < plain.size() && (is_letter(plain[i]) || plain[i] == '.' ||
                                        (plain[i] == '-' && plain[i - 1] == 'e'));)
                text += plain[i++];
            text += "_c";
        } else if (begins && plain[i] == 'x') {
            text += letter, ++i;
        } else {
            text += plain[i++];
        }
    }
    return text;
}

/// Can it be written by the functions that users have?  Parts can be entries, rows, slices, or all of it.
bool can_be_written(const cf::graph_view& graph) {
    for (int id = 0; id < graph.node_count; ++id) {
        const cf::node& n = graph[id];
        if (n.operation == cf::operation_code<cf::extract_op>) {
            const cf::dimensions whole = graph.operand_dims(id, 0);
            const bool all = n.dims.size() == whole.size() && !(n.dims == whole && whole.rank == 2);
            const bool row = whole.rank == 2 && n.dims.rank == 1 && n.dims.rows == whole.columns &&
                             n.parameter % whole.columns == 0;
            if (!all && n.dims.rank != 0 && !row && !(whole.rank == 1 && n.dims.rank == 1)) return false;
        }
        if (n.operation == cf::operation_code<cf::batch_mean_op>) return false;  // has no function
        if (n.operation == cf::operation_code<cf::embed_op> && graph.operand_dims(id, 0).rank == 2) return false;
    }
    return true;
}

std::vector<bool> used_by(const cf::graph_view& graph, const std::vector<int>& roots) {
    std::vector<bool> used(static_cast<std::size_t>(graph.node_count));
    for (const int root : roots) used[static_cast<std::size_t>(root)] = true;
    for (int id = graph.node_count - 1; id >= 0; --id)
        for (int i = 0; used[static_cast<std::size_t>(id)] && i < graph[id].count; ++i)
            used[static_cast<std::size_t>(graph.operand(id, i))] = true;
    return used;
}

/// A test case: symbols with their values, expressions of them, and what is asked of these.
class test_case {
public:
    /// Roots in one graph, whose symbols begin with this letter.
    void add(const network& net, const std::vector<int>& roots, const std::vector<block<real>>& wanted, char letter) {
        const cf::graph_view graph = net.graph.view();
        const std::vector<bool> used = used_by(graph, roots);
        for (int id = 0; id < graph.node_count; ++id) {
            const cf::node& n = graph[id];
            if (n.operation != cf::operation_code<cf::symbol_op> || !used[static_cast<std::size_t>(id)]) continue;
            const std::string name = letter + std::string(graph.symbols[n.parameter].name.substr(1));
            add_symbol(name, net.given[static_cast<std::size_t>(n.parameter)]);
        }
        for (std::size_t i = 0; i < roots.size(); ++i) {
            const std::string y = "y" + std::to_string(count_++);
            body_ += "    constexpr auto " + y + " = " + text_of(graph, roots[i], letter) + ";\n";
            names_ += (names_.empty() ? "" : ", ") + y;
            for (const real& x : wanted[i].entries) wanted_ += (wanted_.empty() ? "" : ", ") + hexadecimal("%LaL", x);
        }
    }
    void write(std::ofstream& out, const std::string& name, const char* ask) const {
        if (count_ == 0) return;
        out << "\nTEST_CASE(\"" << name << "\") {\n" << body_ << "    findings all;\n    " << ask << '(' << names_
            << ").run(all, {" << wanted_ << '}' << bound_ << ");\n    CAPTURE(all);\n    CHECK(all.hold());\n}\n";
    }

private:
    static std::string hexadecimal(const char* format, auto x) {
        char text[64];
        std::snprintf(text, sizeof text, format, x);
        return text;
    }
    void add_symbol(const std::string& name, const block<real>& value) {
        body_ += "    constexpr auto " + name + " = cf::input<\"" + name + '"';
        if (value.dims.rank > 0) body_ += ", " + std::to_string(value.dims.rows);
        if (value.dims.rank > 1) body_ += ", " + std::to_string(value.dims.columns);
        body_ += ">;\n    static constexpr float v" + name + "[] = {";
        for (int k = 0; k < value.size(); ++k)
            body_ += (k > 0 ? ", " : "") + hexadecimal("%af", static_cast<double>(value[k]));
        body_ += "};\n";
        bound_ += ", bind(" + name + ", v" + name + ")";
    }
    std::string body_{}, names_{}, wanted_{}, bound_{};
    int count_ = 0;
};

void begin(std::ofstream& out) {
    out << "// Generated.\n#include \"written/program.hpp\"\n\nusing namespace chainfold;\nusing namespace "
           "chainfold::literals;\nusing namespace written;\n";
}

/// The samples that are compiled: no two with equal operands, a few of each operation.
std::vector<sample> chosen_samples(const subject& s) {
    std::vector<sample> some;
    for (const sample& at : s.samples) {
        bool is_new = true;
        for (const sample& other : some)
            is_new = is_new && !(other.operands.size() == at.operands.size() &&
                                 std::equal(at.operands.begin(), at.operands.end(), other.operands.begin()) &&
                                 other.result == at.result);
        bool alike = true;  // scalars beside tensors are few
        for (const cf::dimensions& d : at.operands) alike = alike && d == at.operands[0];
        if (s.elementwise && (alike ? at.result.size() == 2 || at.result.size() == 9 : at.result.rank != 1 || at.result.size() != 5))
            is_new = false;
        network net(nullptr);
        std::vector<int> ids;
        for (const cf::dimensions& d : at.operands) ids.push_back(net.symbol(block<real>(d)).id);
        make_node(net.graph, s.operation, ids.data(), static_cast<int>(ids.size()), at.result, at.parameter);
        if (is_new && some.size() < 7 && can_be_written(net.graph.view())) some.push_back(at);
    }
    return some;
}

void write_operation(std::ofstream& out, const subject& s) {
    network net(nullptr);
    random_numbers random(static_cast<std::uint64_t>(s.operation) + 17);
    std::vector<int> roots;
    std::vector<block<real>> wanted;
    for (const sample& at : chosen_samples(s)) {
        const blocks<real> x = draw_operands(s, at, random);
        std::vector<int> ids;
        for (const block<real>& b : x) ids.push_back(net.symbol(b).id);
        roots.push_back(
            make_node(net.graph, s.operation, ids.data(), static_cast<int>(ids.size()), at.result, at.parameter).id);
        wanted.push_back(refer(s, at, x));
    }
    test_case test;
    test.add(net, roots, wanted, 'x');
    test.write(out, "operation " + std::to_string(s.operation) + ": " + std::string(s.name), "several");
}

/// How many symbols the root depends on.
int symbols_used(const random_expression& e) {
    const cf::graph_view graph = e.net.graph.view();
    const std::vector<bool> used = used_by(graph, {e.root.id});
    int count = 0;
    for (int id = 0; id < graph.node_count; ++id)
        count += used[static_cast<std::size_t>(id)] && graph[id].operation == cf::operation_code<cf::symbol_op>;
    return count;
}

/// Random expressions from this seed on: one test case.
void write_random(std::ofstream& out, std::uint64_t seed, int count, bool batch) {
    test_case test;
    const std::string name = "random " + std::to_string(seed);
    for (char letter = 'a'; letter < 'a' + count; ++seed) {
        const random_expression e(seed, 6 + static_cast<int>(seed % 14));
        if (symbols_used(e) < 3 || !can_be_written(e.net.graph.view())) {
            seed += 1000000;  // until one says enough and can be written
            continue;
        }
        block<real> wanted(scalar());
        wanted[0] = e.value;
        test.add(e.net, {e.root.id}, {wanted}, letter++);
    }
    test.write(out, name, batch ? "sum_for_batch" : "sum_for_one");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const std::string folder = argv[1];
    const int files = std::atoi(argv[2]);
    std::uint64_t seed = std::strtoull(argv[3], nullptr, 10);
    constexpr int operation_files = 2, cases_in_a_file = 5, in_a_case = 4;
    const auto& all = subjects();
    for (int f = 0; f < operation_files; ++f) {
        std::ofstream out(folder + "/operations_" + std::to_string(f) + ".cpp");
        begin(out);
        for (std::size_t i = static_cast<std::size_t>(f); i < all.size(); i += operation_files) write_operation(out, all[i]);
    }
    for (int f = 0; f < files; ++f) {
        std::ofstream out(folder + "/random_" + std::to_string(f) + ".cpp");
        begin(out);
        for (int c = 0; c < cases_in_a_file; ++c, seed += in_a_case) write_random(out, seed, in_a_case, c % 2 != 0);
    }
    return 0;
}
