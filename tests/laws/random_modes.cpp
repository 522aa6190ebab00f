// Random expressions differentiated in every way: forward and reverse, along a line, by rows and by columns.
#include <chainfold/transform/jacobian_matrix.hpp>
#include <chainfold/transform/taylor_series.hpp>

#include "laws/experiment.hpp"
#include "laws/random_expression.hpp"
#include "laws/simplifier_law.hpp"
#include "support/catch.hpp"

using namespace laws;

namespace {

struct mode_laws {
    findings slopes{}, curvatures{}, hessians{}, series{};

    void operator()(random_expression& e, std::uint64_t seed) {
        const std::string name = "expression " + std::to_string(seed);
        network net(cf::simplification::simplify);
        random_numbers random(seed);
        std::vector<handle> x, v;
        blocks<real> along;
        for (const block<real>& b : e.net.given) x.push_back(net.symbol(b));
        for (const handle& s : x) along.push_back(random.fill(s.dims(), -1, 1));
        for (const block<real>& b : along) v.push_back(net.symbol(b));
        const handle root = import_graph(net.graph, e.net.graph.view())[0], one = make_constant(net.graph, 1);
        const auto push = [&](handle y) { return cf::forward_pass(y)(x.data(), v.data(), static_cast<int>(x.size())); };

        const handle t = net.symbol(block<real>(scalar()));
        cf::builder& graph = net.graph;
        const std::vector<handle> gradient = reverse(root, one, x);
        const handle slope = push(root), bend = push(slope);
        std::vector<handle> by_rows, by_columns, pushed;
        std::vector<std::size_t> vectors;
        for (std::size_t i = 0; i < x.size(); ++i) {
            pushed.push_back(push(gradient[i]));
            if (x[i].dims().rank != 1) continue;
            vectors.push_back(i);
            by_rows.push_back(jacobian_matrix(gradient[i], x[i], cf::mode::reverse));
            by_columns.push_back(jacobian_matrix(gradient[i], x[i], cf::mode::forward));
        }
        std::vector<int> on_line;
        for (std::size_t i = 0; i < x.size(); ++i) on_line.push_back((x[i] + t * v[i]).id);
        const handle moved = substituted(graph, root, x, on_line);
        const auto coefficients = cf::taylor_series(t, one, 2)(moved);

        const auto values = net.evaluate<real>();
        const real scale = largest_node(graph.view(), values);
        const real tolerance = 1e-15L;
        real by_gradient = 0, by_curvature = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            by_gradient += inner(values[gradient[i]], along[i]);
            by_curvature += inner(values[pushed[i]], along[i]);
        }
        slopes.compare(values[slope][0], by_gradient, tolerance, scale, name + ", slope");
        curvatures.compare(values[bend][0], by_curvature, tolerance, scale, name + ", bend");
        for (std::size_t k = 0; k < vectors.size(); ++k) {
            const block<real> rows = values[by_rows[k]], columns = values[by_columns[k]];
            hessians.compare(rows, columns, tolerance, scale, name + ", rows and columns");
            const int n = rows.dims.rows;
            for (int i = 0; i < n; ++i)
                for (int j = 0; j < i; ++j)
                    hessians.compare(rows[i * n + j], rows[j * n + i], tolerance, scale, name + ", symmetry");
        }
        series.compare(values[coefficients[1]][0], by_gradient, tolerance, scale, name + ", coefficient 1");
        series.compare(2 * values[coefficients[2]][0], by_curvature, tolerance, scale, name + ", coefficient 2");
    }

    /// The root with other nodes in place of the symbols.
    static handle substituted(cf::builder& graph, handle root, const std::vector<handle>& x,
                              const std::vector<int>& by) {
        std::vector<int> now(static_cast<std::size_t>(root.id) + 1);
        for (int id = 0; id <= root.id; ++id) {
            const cf::node n = graph[id];
            std::vector<int> operands;
            for (int i = 0; i < n.count; ++i) operands.push_back(now[static_cast<std::size_t>(graph.operand(id, i))]);
            now[static_cast<std::size_t>(id)] =
                n.count == 0 ? id : graph.make({n.operation, n.dims, n.parameter, operands.data(), n.count});
            for (std::size_t i = 0; i < x.size(); ++i)
                if (x[i].id == id) now[static_cast<std::size_t>(id)] = by[i];
        }
        return {&graph, now[static_cast<std::size_t>(root.id)]};
    }
};

}  // namespace

TEST_CASE("random expressions: forward is reverse, rows are columns, and both are the Taylor series'", "[laws]") {
    constexpr int count = 2000;
    mode_laws law;
    for (int i = 0; i < count; ++i) {
        random_expression e(static_cast<std::uint64_t>(i), 8 + i % 24);
        e.net.graph.add_output(e.root.id);
        law(e, static_cast<std::uint64_t>(i));
    }
    for (const findings* found : {&law.slopes, &law.curvatures, &law.hessians, &law.series}) {
        CAPTURE(*found);
        CHECK(found->hold());
        CHECK(found->telling > 500);
    }
}
