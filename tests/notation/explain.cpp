// What explain says of programs, against what is known of them.
#include "support/catch.hpp"

#include <algorithm>
#include <sstream>
#include <string>

#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/notation/explain.hpp>

namespace {

using namespace chainfold;

constexpr auto x = input<"x", 2>;
constexpr auto t = input<"t", 1>;
constexpr auto W1 = parameter<"W1", 3, 2>;
constexpr auto b1 = parameter<"b1", 3>;
constexpr auto W2 = parameter<"W2", 1, 3>;
constexpr auto b2 = parameter<"b2", 1>;
constexpr auto y = sigmoid(W2 * sigmoid(W1 * x + b1) + b2);
constexpr auto loss = squared_error(y, t);

constexpr auto u = input<"u", 64>;
constexpr auto v = input<"v", 4>;
constexpr auto A1 = parameter<"A1", 64, 64>;
constexpr auto c1 = parameter<"c1", 64>;
constexpr auto A2 = parameter<"A2", 64, 64>;
constexpr auto c2 = parameter<"c2", 64>;
constexpr auto A3 = parameter<"A3", 4, 64>;
constexpr auto c3 = parameter<"c3", 4>;
constexpr auto deeper = squared_error(A3 * tanh(A2 * tanh(A1 * u + c1) + c2) + c3, v);

/// No two values that live at the same time share memory, and all of them have room.
void check_workspace(const explanation& e) {
    for (std::size_t i = 0; i < e.workspace.size(); ++i) {
        const explained_value& a = e.workspace[i];
        CHECK(a.offset + a.bytes <= e.workspace_bytes);
        CHECK(a.first <= a.last);
        CHECK(a.last <= static_cast<int>(e.steps.size()));
        for (std::size_t j = 0; j < i; ++j) {
            const explained_value& b = e.workspace[j];
            const bool share = a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
            CAPTURE(a.name, b.name, a.first, a.last, b.first, b.last);
            CHECK_FALSE((share && a.first <= b.last && b.first <= a.last));
        }
    }
}
int count_kind(const explanation& e, std::string_view kind) {
    return static_cast<int>(
        std::count_if(e.steps.begin(), e.steps.end(), [&](const auto& s) { return s.kind == kind; }));
}
const explained_step* step_of(const explanation& e, std::string_view formula) {
    for (const explained_step& s : e.steps)
        for (const std::string& f : s.computes)
            if (f == formula) return &s;
    return nullptr;
}

TEST_CASE("the chapter's network: names, fusion, arithmetic") {
    const explanation e = explain(compile<float>(value_and_gradient(loss, W1, b1, W2, b2)));
    CHECK(e.title == "value and gradient by W₁, b₁, W₂, b₂, in float, for one sample");
    CHECK(e.is_inline);
    CHECK(e.tile == 1);
    CHECK_FALSE(e.in_scalars);

    const explained_step* product = step_of(e, "z₁ = W₁x + b₁");
    REQUIRE(product != nullptr);
    CHECK(product->kind == "matrix × vector, +");
    CHECK(product->cost.multiply_adds == 6);
    CHECK(product->cost.operations == 3);
    CHECK(product->cost.bytes == 4 * (6 + 2 + 3 + 3));
    const explained_step* activation = step_of(e, "a₁ = σ(z₁)");
    REQUIRE(activation != nullptr);
    CHECK(activation->kind == "loop");
    CHECK(activation->fused == 1);
    CHECK(activation->cost.operations == 3);
    CHECK(activation->cost.bytes == 4 * (3 + 3));
    const explained_step* backward = step_of(e, "∂L/∂a₁ = W₂ᵀ · ∂L/∂b₂");
    REQUIRE(backward != nullptr);
    CHECK(backward->kind == "transposed matrix × vector, outer product");
    CHECK(backward == step_of(e, "∂L/∂W₂ = ∂L/∂b₂ · a₁ᵀ"));
    CHECK(backward->cost.multiply_adds == 3 + 3);
    CHECK(backward->cost.bytes == 4 * (3 + 1 + 3 + 3 + 3));
    REQUIRE(step_of(e, "∂L/∂W₁ = ∂L/∂b₁ · xᵀ") != nullptr);
    CHECK(step_of(e, "∂L/∂W₁ = ∂L/∂b₁ · xᵀ")->where == "results");

    CHECK(e.once.multiply_adds == (6 + 3) + (3 + 3 + 6));  // forward; W₂'s gradient, back through W₂, W₁'s gradient
    CHECK(e.output_bytes == 4 * (1 + 6 + 3 + 3 + 1));
    check_workspace(e);
}

TEST_CASE("a batch: tiles, panels, means, shared code and shared memory") {
    const auto program = compile<float>(value_and_gradient(deeper, A1, c1, A2, c2, A3, c3));
    const explanation e = explain(program, batched(u, v));
    CHECK(e.title == "value and gradient by A₁, c₁, A₂, c₂, A₃, c₃, in float, the mean over batches of u, v");
    CHECK(e.tile == 32);
    CHECK(e.panel == 8);
    CHECK_FALSE(e.is_inline);
    // 8448 forward, as many for the gradients of matrices, and back through the last two of them
    CHECK(e.sample.multiply_adds == 8448 + 8448 + 256 + 4096);
    CHECK(count_kind(e, "load") == 2);
    CHECK(count_kind(e, "mean of outer products") == 3);
    CHECK(count_kind(e, "matrix × 32 vectors") == 3);
    REQUIRE(step_of(e, "∂L/∂A₂ = mean(∂L/∂z₂ · a₁ᵀ)") != nullptr);
    REQUIRE(step_of(e, "∂L/∂z₂ = ∂L/∂a₂ ⊙ (1 − a₂^⊙2)") != nullptr);

    const explained_step *first = step_of(e, "z₁ = A₁u"), *second = step_of(e, "z₂ = A₂a₁"),
                         *third = step_of(e, "ŷ = A₃a₂");
    REQUIRE((first != nullptr && second != nullptr && third != nullptr));
    CHECK(first->code == second->code);
    CHECK(first->call != second->call);
    CHECK(third->code != first->code);
    CHECK(e.codes < e.calls);
    CHECK(e.unshared_bytes() > e.workspace_bytes);
    check_workspace(e);

    const std::string text = e.to_string();
    for (const char* says : {"\nsamples in tiles of 32, 8 tiles to a panel\n", "  for each sample:", "  a sample", " kB, shared by "}) {
        CAPTURE(says, text);
        CHECK(text.find(says) != std::string::npos);
    }

    const explanation one = explain(program);
    CHECK(one.once.multiply_adds == e.sample.multiply_adds);
    CHECK(one.sample.bytes == 0);
    CHECK(one.once.bytes > 4 * e.sample.bytes);  // matrices are read for every sample
    check_workspace(one);
}

TEST_CASE("a step of descent moves what it computes") {
    const explanation e = explain(compile<float>(gradient_descent(deeper, A1, c1, A2, c2, A3, c3)), batched(u, v));
    CHECK(count_kind(e, "descent") == 6);
    CHECK(step_of(e, "A₁ ← A₁ − η ∂L/∂A₁, where the batch fits a panel") != nullptr);
    CHECK(e.output_bytes == 4);
    check_workspace(e);
    const explanation one = explain(compile<float>(gradient_descent(loss, W1, b1, W2, b2)));
    CHECK(step_of(one, "W₁ ← W₁ − η ∂L/∂b₁ · xᵀ") != nullptr);  // the outer product is never stored
    CHECK(count_kind(one, "outer product") == 0);
    const explained_step* last = step_of(one, "W₂ ← W₂ − η ∂L/∂b₂ · a₁ᵀ");  // by the step that reads it last
    REQUIRE(last != nullptr);
    CHECK(last == step_of(one, "∂L/∂a₁ = W₂ᵀ · ∂L/∂b₂"));
    CHECK(last->where.ends_with(", W₂"));
    check_workspace(one);

    // Where a matrix stands as in × out, it is read last by a product with itself.
    constexpr auto d = input<"d", 9>;
    constexpr auto K1 = parameter<"K1", 9, 8>;
    constexpr auto K2 = parameter<"K2", 8, 8>;
    const explanation by_rows =
        explain(compile<float>(gradient_descent(sum(tanh(transpose(K2) * tanh(transpose(K1) * d))), K1, K2)));
    CHECK(count_kind(by_rows, "matrix × vector, outer product") == 1);
    check_workspace(by_rows);
}

TEST_CASE("each sample's output, and a large matrix for a whole panel") {
    constexpr auto in = input<"in", 600>;
    constexpr auto M = parameter<"M", 512, 600>;
    constexpr auto N = parameter<"N", 1, 512>;
    const auto program = compile<float>(N * tanh(M * in));
    const explanation e = explain(program, batched(in));
    CHECK(e.title == "an expression, in float, for each sample of in");
    CHECK(count_kind(e, "matrix × 256 vectors") == 1);
    CHECK(count_kind(e, "store") == 1);
    CHECK(e.sample.multiply_adds == 512 * 600 + 512);
    check_workspace(e);

    const auto scalar = compile<double>(loss);
    CHECK(explain(scalar, batched(x)).title == "an expression, in double, the mean over batches of x");
    const explanation each = explain(scalar, batched(x, t).into_outputs());
    CHECK(each.title == "an expression, in double, for each sample of x, t");
    CHECK(each.tile == 16);
    CHECK(count_kind(each, "store") == 1);
    check_workspace(each);
}

TEST_CASE("what is taken apart into scalars says so") {
    constexpr auto p = input<"p", 3>;
    constexpr auto turned = stack(element<0>(p) * cos(element<2>(p)), element<1>(p) * sin(element<2>(p)));
    const explanation e = explain(compile<double>(derivative(turned, p)));
    CHECK(e.in_scalars);
    CHECK(e.once.multiply_adds == 0);
    CHECK(e.to_string().find("taken apart into single numbers") != std::string::npos);
    check_workspace(e);
}

TEST_CASE("an explanation is a table") {
    const auto program = compile<float>(sigmoid(W1 * x + b1));
    std::ostringstream out;
    out << explain(program);
    CHECK(out.str() ==
          "an expression, in float, for one sample\n"
          "2 steps, one piece of code\n"
          "\n"
          "step                      multiply-adds  others  bytes  result in  computes\n"
          "   1  matrix × vector, +              6       3     56  byte 0     z = W₁x + b₁\n"
          "   2  loop                            0       3     24  results    ŷ = σ(z)\n"
          "      a call                          6       6     80\n"
          "\n"
          "0.15 operations for each byte that a step reads or writes\n"
          "workspace: 64 bytes; results: 12 bytes\n"
          "  from byte 0: z (12; steps 1–2)\n");
    CHECK(explain(compile<float>(tanh(x), sum(x))).title == "2 expressions, in float, for one sample");
}

}  // namespace
