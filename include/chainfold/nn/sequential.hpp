// SPDX-License-Identifier: BSL-1.0
#pragma once

// sequential<T, layers…>: a network with its weights in one block.

#include <chainfold/nn/chain.hpp>
#include <chainfold/nn/initialise.hpp>
#include <chainfold/program/compile.hpp>

namespace chainfold::nn {

/// What stands for a weight that is none: it can be read and written.
struct mistaken_weight : poison {
    double none = 0;
    constexpr double& operator()(const auto&...) { return none; }
    constexpr double* data() { return &none; }
    constexpr double* begin() { return &none; }
    constexpr double* end() { return &none + 1; }
};
template <fixed_string Name>
inline constexpr bool is_a_weight = false;
template <fixed_string Name>
struct no_such_weight : mistaken_weight {
    static_assert(is_a_weight<Name>, "sequential: there is no weight of this name; names are such as 0.weight, 0.bias");
};

/// An array's type and size where those of the network are expected.
template <class T, std::size_t Count, class Given, std::size_t GivenCount>
inline constexpr bool weights_as = false;
template <class T, std::size_t Count, class Given, std::size_t GivenCount>
struct no_such_weights : poison {
    static_assert(weights_as<T, Count, Given, GivenCount>,
                  "an array of weights must have as many numbers as the network, of its type");
};

/// One sample of a network's input.
template <class T, class Input, class Sample>
concept SampleFor = !is_batch<Sample> && requires { typename binding_of<Input, Sample>::type; } &&
                    computes_in<T, typename binding_of<Input, Sample>::type>;

namespace detail {
/// What is wrong with a sample: what is wrong with its binding, its type, or that it is a batch.
template <class T, class Output, class Input, class Sample>
struct sample_verdict {
    using type = typename binding_of<Input, Sample>::mistake;
};
template <class T, class Output, class Input, class Sample>
    requires requires { typename binding_of<Input, Sample>::type::value_type; }
struct sample_verdict<T, Output, Input, Sample> {
    using given = typename binding_of<Input, Sample>::type::value_type;
    using type = binding_of_another_type<chainfold::name_of<Input>, given, T>;
};
template <class T, class Output, class Input, class U>
struct sample_verdict<T, Output, Input, batch_of_samples<U>> {
    using type = batch_without_output<typename Output::shape_type>;
};
template <class T, class Output, class Input, class Sample>
    requires Poisoned<Sample>
struct sample_verdict<T, Output, Input, Sample> {
    using type = poison;
};
}  // namespace detail
template <class T, class Output, class Input, class Sample>
using verdict_on_sample = typename detail::sample_verdict<T, Output, Input, Sample>::type;

/// Layers one after another, computing in T.  Weights stand in one aligned block, layer by layer, and are named as
/// PyTorch names those of its Sequential: "0.weight", "0.bias", "2.weight", …
template <class T, class... Layers>
class sequential {
    using layers = chain<Layers...>;

    template <std::size_t... I>
    static constexpr auto trained(std::index_sequence<I...>) {
        return weight_list<expression<symbols()[positions[I]].key,
                                      extents_of<symbols()[positions[I]].dims>>...>{};
    }
    static constexpr const auto& symbols() { return graph_of<typename layers::output>().symbols; }
    static constexpr std::size_t count_trained() {
        std::size_t count = 0;
        for (const symbol& s : symbols()) count += s.trained;
        return count;
    }
    // Layer by layer, and in a layer as its expression names them.  (The expression begins with the last layer.)
    static constexpr auto positions_of_trained() {
        std::array<std::size_t, count_trained()> found{};
        for (std::size_t s = 0, count = 0; s < symbols().size(); ++s) {
            if (!symbols()[s].trained) continue;
            std::size_t at = count++;
            for (; at > 0 && detail::layer_of(symbols()[found[at - 1]].name) > detail::layer_of(symbols()[s].name); --at)
                found[at] = found[at - 1];
            found[at] = s;
        }
        return found;
    }
    static constexpr auto positions = positions_of_trained();

public:
    using value_type = T;
    using input_type = typename layers::input;
    using output_type = typename layers::output;
    /// The weights as symbols, in the order in which they stand in the block.
    using weights = decltype(trained(std::make_index_sequence<positions.size()>{}));

    static constexpr std::size_t parameter_count = weights::size;
    static constexpr auto input_shape = typename input_type::shape_type{};
    static constexpr auto output_shape = typename output_type::shape_type{};
    using target_type = std::remove_cvref_t<decltype(detail::symbol_of_shape<"target">(output_shape))>;
    /// The network as an expression of input<"input", …> and its weights.
    static constexpr output_type expression_of_output{};

    /// Weights drawn by the seed: Glorot's or He's uniform distribution, as the next layer wants; biases zero.
    explicit sequential(seed s) { initialise<T, weights, Layers...>(weights_.data(), s); }
    /// All weights zero, to be filled.
    sequential() = default;
    /// The weights that stand in an array, one after another: those in a header that save_header wrote.
    explicit sequential(const T (&weights)[parameter_count]) {
        for (std::size_t i = 0; i < parameter_count; ++i) weights_.data()[i] = weights[i];
    }
    template <class U, std::size_t N>
        requires(N != parameter_count || !std::is_same_v<U, T>)
    explicit sequential(const U (&)[N]) {
        static_assert(weights_as<T, parameter_count, U, N>,
                      "an array of weights must have as many numbers as the network, of its type");
    }

    /// The output for one sample: a view, valid until the next call.
    template <class Sample>
        requires SampleFor<T, input_type, Sample>
    auto operator()(const Sample& sample) {
        return weights::with(weights_.data(),
                             [&](const auto&... bound) { return forward_(input_type{} = sample, bound...); });
    }
    /// The outputs for many samples, one after another: net(batch(in), into(out)).
    template <class Out>
    void operator()(const batch_of_samples<T>& samples, const output_span<Out>& out) {
        weights::with(weights_.data(), [&](const auto&... bound) { forward_(out, input_type{} = samples, bound...); });
    }

    template <class Sample>
        requires(!SampleFor<T, input_type, Sample>)
    CHAINFOLD_MISTAKE(verdict_on_sample<T, output_type, input_type, Sample> operator()(const Sample&))

    /// All weights, one after another.
    T* data() { return weights_.data(); }
    [[nodiscard]] const T* data() const { return weights_.data(); }
    static constexpr std::size_t size() { return parameter_count; }

    /// The weight of this name, to read and to write: get<"0.weight">() has the shape out × in.
    template <fixed_string Name>
        requires(weights::find(Name.view()) < weights::count)
    auto get() {
        constexpr std::size_t position = weights::find(Name.view());
        using shape = typename weights::template at<position>::shape_type;
        return view_of<T, shape>(weights_.data() + weights::offsets[position]);
    }
    template <fixed_string Name>
        requires(weights::find(Name.view()) == weights::count)
    CHAINFOLD_MISTAKE(no_such_weight<Name> get())

private:
    chainfold::detail::storage<T, parameter_count> weights_;
    program<T, expression_request<output_type>> forward_;
};

/// Layers that do not fit: the error, and what swallows whatever is done with the network.
template <class T, class... Layers>
    requires(!chain<Layers...>::fits)
class sequential<T, Layers...> : public poison {
    using broken = detail::broken_chain<Layers...>;
    using first = typename broken::first;
    using at = typename broken::at;
    using given = typename broken::given;
    using expected = typename broken::expected;
    using uncalled = typename broken::uncalled;

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

    // Last, because Clang takes no further members after an error.
    static_assert(says_its_input_shape<first>,
                  "sequential: the first layer must have a known input, such as linear<in, out>");
    static_assert(is_a_layer<uncalled>,
                  "sequential: this layer is no function of an expression: it needs an operator()(auto x) const");
    static_assert(accepts<at, given, expected>,
                  "sequential: this layer's input must have the shape of the previous layer's output");
};

}  // namespace chainfold::nn
