// SPDX-License-Identifier: BSL-1.0
#pragma once

// sequential<T, layers…>: a network with its weights in one block.

#include <span>

#include <chainfold/nn/initialise.hpp>
#include <chainfold/nn/sample.hpp>
#include <chainfold/nn/weight_mistakes.hpp>
#include <chainfold/program/compile.hpp>

namespace chainfold::nn {

namespace detail {

/// The symbols of an expression that stand for tensors of the network: what is trained, or what a layer remembers.
template <class E, bool Trained>
struct tensors_of {
    static constexpr const auto& graph = graph_of<E>();
    static constexpr bool holds(const symbol& s) { return s.trained == Trained && s.name != "input"; }
    static constexpr std::size_t count = [] {
        std::size_t n = 0;
        for (int i = 0; i < graph.sizes.symbols; ++i) n += holds(graph.symbols[static_cast<std::size_t>(i)]);
        return n;
    }();
    // Layer by layer, and in a layer as its expression names them.  (The expression begins with the last layer.)
    static constexpr auto positions = [] {
        std::array<std::size_t, count> found{};
        for (std::size_t i = 0, n = 0; n < count; ++i)
            if (holds(graph.symbols[i])) found[n++] = i;
        sort_by_layer(found, [](std::size_t i) { return graph.symbols[i].name; });
        return found;
    }();
};

template <class Before, class Tensors, class Sequence>
struct appended;
template <class... Before, class Tensors, std::size_t... I>
struct appended<weight_list<Before...>, Tensors, std::index_sequence<I...>> {
    static constexpr const auto& symbols = Tensors::graph.symbols;
    using type = weight_list<Before..., expression<symbols[Tensors::positions[I]].key,
                                                   extents_of<symbols[Tensors::positions[I]].dims>>...>;
};
/// The list of an expression's tensors, appended to another.
template <class Before, class E, bool Trained>
using list_of_tensors = typename appended<Before, tensors_of<E, Trained>,
                                          std::make_index_sequence<tensors_of<E, Trained>::count>>::type;

}  // namespace detail

/// Layers one after another, computing in T.  Weights stand in one aligned block, layer by layer, and are named as
/// PyTorch names those of its Sequential: "0.weight", "0.bias", "2.weight", …  Behind them stand the states, which
/// layers remember without their being trained, such as "1.running_mean".  A sequential may be a layer of another.
template <class T, class... Layers>
class sequential {
    using layers = chain<Layers...>;

public:
    using value_type = T;
    using input_type = typename layers::input;
    using output_type = typename layers::output;
    /// The weights as symbols, in the order in which they stand in the block.
    using weights = detail::list_of_tensors<weight_list<>, output_type, true>;
    /// The states as symbols; and the weights and then the states, as they stand in the block.
    using states = detail::list_of_tensors<weight_list<>, output_type, false>;
    using stored = detail::list_of_tensors<weights, output_type, false>;

    static constexpr std::size_t parameter_count = weights::size, stored_count = stored::size;
    static constexpr auto input_shape = typename input_type::shape_type{};
    static constexpr auto output_shape = typename output_type::shape_type{};
    using target_type = std::remove_cvref_t<decltype(detail::symbol_of_shape<"target">(output_shape))>;
    /// The output in a scope: in training_scope<""> it depends on moments of the batch and random numbers if layers do.
    template <class Scope>
    using output_in = typename composition<input_type, Scope, Layers...>::output;
    /// The network as an expression of input<"input", …> and its weights.
    static constexpr output_type expression_of_output{};

    /// Weights drawn by the seed: Glorot's or He's uniform distribution, as the next layer wants; biases zero; what scales
    /// a normalised vector, one.
    explicit sequential(seed s) { initialise<T, stored, Layers...>(block_.data(), s); }
    /// All weights zero, to be filled.
    sequential() = default;
    /// The weights, and then the states, that stand in an array: those in a header that save_header wrote.
    explicit sequential(const T (&values)[stored::size]) {
        for (std::size_t i = 0; i < stored::size; ++i) block_.data()[i] = values[i];
    }
    template <class U, std::size_t N>
        requires(N != stored::size || !std::is_same_v<U, T>)
    explicit sequential(const U (&)[N]) {
        static_assert(weights_as<T, stored_count, U, N>,
                      "an array of weights must have as many numbers as the network, of its type");
    }

    template <class X>
        requires std::is_arithmetic_v<X>
    explicit sequential(X) {
        static_assert(is_a_seed<X>,
                      "sequential: weights are drawn by a seed, net{nn::seed{42}}, or zero, net{}");
    }

    /// The output for one sample: a view, valid until the next call.
    template <class Sample>
        requires SampleFor<T, input_type, Sample>
    auto operator()(const Sample& sample) {
        return forward_(input_type{} = sample, stored::bound(block_.data()));
    }
    /// The outputs for many samples, one after another: net(batch(in), into(out)).
    void operator()(const batch_of_samples<T>& samples, const output_span<T>& out) {
        forward_(out, input_type{} = samples, stored::bound(block_.data()));
    }

    template <std::size_t N>  // net({1.0f, 2.0f})
        requires SampleFor<T, input_type, T[N]>
    auto operator()(const T (&sample)[N]) {
        return (*this)(std::span<const T, N>(sample));
    }

    template <class U, class Out>
        requires(!std::is_same_v<Out, T> && !Poisoned<U>)
    CHAINFOLD_MISTAKE(output_of_another_type<Out, T> operator()(const U&, const output_span<Out>&))
    template <class U>
        requires(!std::is_same_v<U, T>)
    CHAINFOLD_MISTAKE(binding_of_another_type<chainfold::name_of<input_type>, U, T> operator()(const batch_of_samples<U>&,
                                                                                              const output_span<T>&))
    template <class... X>
        requires(sizeof...(X) != 1 && !Poisoned<X...> && !WithOutput<X...>)
    CHAINFOLD_MISTAKE(several_for_one_sample<sizeof...(X)> operator()(const X&...))
    template <class Sample>
        requires(!SampleFor<T, input_type, Sample>)
    CHAINFOLD_MISTAKE(verdict_on_sample<T, output_type, input_type, Sample> operator()(const Sample&))

    /// All weights, one after another.
    T* data() { return block_.data(); }
    [[nodiscard]] const T* data() const { return block_.data(); }
    static constexpr std::size_t size() { return parameter_count; }
    /// All states, one after another.
    T* state_data() { return block_.data() + parameter_count; }
    [[nodiscard]] const T* state_data() const { return block_.data() + parameter_count; }

    /// The weight or state of this name, to read and to write: get<"0.weight">() has the shape out × in,
    /// get<"0.kernel">() in × out.
    template <fixed_string Name>
        requires(stored::find(Name.view()) < stored::count)
    auto get() {
        return view<stored::find(Name.view())>();
    }
    template <fixed_string Name>
        requires(stored::find(Name.view()) == stored::count)
    CHAINFOLD_MISTAKE(no_such_weight<Name> get())
    /// The weight at this position: get<0>() is "0.weight", get<1>() "0.bias", …
    template <std::size_t Position>
        requires(Position < weights::count)
    auto get() {
        return view<Position>();
    }
    template <std::size_t Position>
        requires(Position >= weights::count)
    CHAINFOLD_MISTAKE(no_weight_there<Position, weights::count> get())

    template <class Name>
    CHAINFOLD_MISTAKE(name_as_argument<Name> get(const Name&))
    template <class Name>
    CHAINFOLD_MISTAKE(name_as_argument<Name> operator[](const Name&))

    /// All weights and states, layer by layer, with their names and shapes: what a file of the network holds.
    auto tensors() { return named(block_.data()); }
    [[nodiscard]] auto tensors() const { return named(block_.data()); }

private:
    template <std::size_t Position>
    auto view() {
        using shape = typename stored::template at<Position>::shape_type;
        return view_of<T, shape>(block_.data() + stored::offsets[Position]);
    }
    template <class U>
    static auto named(U* block) {
        std::array<std::size_t, stored::count> order{};
        for (std::size_t i = 0; i < stored::count; ++i) order[i] = i;
        detail::sort_by_layer(order, [](std::size_t i) { return stored::symbols[i].name; });
        std::array<named_tensor<U>, stored::count> all{};
        for (std::size_t i = 0; i < stored::count; ++i) {
            const symbol& s = stored::symbols[order[i]];
            all[i] = {s.name, s.dims, s.trained, block + stored::offsets[order[i]]};
        }
        return all;
    }

    chainfold::detail::storage<T, stored::size> block_;
    program<T, expression_request<output_type>> forward_;
};

/// No layers at all, or no type.
template <class T>
class sequential<T> : public poison {
public:
    constexpr explicit sequential(const auto&...) {}
    static_assert(is_a_layer<sequential>, "sequential<float, layers...>: first the type of the numbers, then the layers");
};

/// Layers that do not fit: the error, and what swallows whatever is done with the network.
template <class T, class... Layers>
    requires(sizeof...(Layers) > 0) && (!chain<Layers...>::fits || !detail::OneType<T, Layers...>)
class sequential<T, Layers...> : public poison {
    using other = typename detail::other_type<T, Layers...>::type;
    using first = typename detail::first_of<detail::layer_in<Layers>...>::type;
    using wrong = detail::broken_chain<Layers...>;
    using at = typename wrong::input_at;
    using given = typename wrong::given;
    using expected = typename wrong::expected;
    using uncalled = typename wrong::uncalled;
    using misnumbered = typename wrong::misnumbered;
    using residual_at = typename wrong::residual_at;
    using before = typename wrong::before;
    using after = typename wrong::after;
    using joined = typename wrong::joined;

public:
    static constexpr poison parameter_count{}, input_shape{}, output_shape{};
    constexpr explicit sequential(const auto&...) {}
    constexpr poison operator()(const auto&...) { return {}; }
    constexpr double* data() { return nullptr; }
    static constexpr std::size_t size() { return 0; }
    template <fixed_string>
    constexpr mistaken_weight get() {
        return {};
    }
    template <std::size_t>
    constexpr mistaken_weight get() {
        return {};
    }

    // Last, because Clang takes no further members after an error.
    static_assert(says_its_input_shape<first>,
                  "sequential: the first layer must have a known input, such as linear<in, out>");
    static_assert(computes_in_one_type<T, other>,
                  "sequential: a network among the layers of another must compute in the same type");
    static_assert(is_a_layer<uncalled>,
                  "sequential: this layer is no function of an expression: it needs an operator()(auto x) const");
    static_assert(accepts<at, given, expected>,
                  "sequential: this layer's input must have the shape of the previous layer's output");
    static_assert(has_right_numbers<misnumbered>,
                  "sequential: a layer's number has no meaning: linear<in, out> of 1 or more, dropout<p> with 0 <= p < 1, 1e-5_c in norms");
    static_assert(keeps_shape<residual_at, before, after>,
                  "sequential: only a projected_residual may change the shape");
    static_assert(are_vectors<joined>,
                  "sequential: concat and projected_residual join vectors: write flatten<> before or in them");
};

}  // namespace chainfold::nn
