// SPDX-License-Identifier: BSL-1.0
// save and load: what was saved comes back, and what does not fit changes nothing.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <chainfold/chainfold.hpp>
#include <chainfold/storage/safetensors.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
namespace st = chainfold::safetensors;
using namespace storage_test;

namespace {

template <class T>
using model = nn::sequential<T, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;
constexpr std::size_t weights = model<float>::parameter_count;

template <class Model>
std::vector<typename Model::value_type> block(const Model& net) {
    return {net.data(), net.data() + Model::size()};
}
/// What loading says, after a check that it changed nothing.
template <class Error, class Model>
Error error_of_loading(Model& net, const std::string& name, const cf::load_options& options = {}) {
    const auto before = block(net);
    try {
        cf::load(net, name, options);
    } catch (const Error& error) {
        CHECK(block(net) == before);
        return error;
    }
    FAIL("was loaded");
    throw 0;
}

}  // namespace

TEST_CASE("weights come back to the last bit, with what the file says of itself") {
    const scratch_folder folder;
    const std::string name = folder("net.safetensors");
    model<float> net{nn::seed{7}};
    net.data()[0] = std::numeric_limits<float>::denorm_min();
    net.data()[1] = -0.0f;
    cf::save(net, name, {.seed = 7, .epoch = 40, .metadata = {{"data", "points \"2\""}}});
    model<float> other{nn::seed{8}};
    const cf::weights_info info = cf::load(other, name);
    CHECK(std::memcmp(net.data(), other.data(), weights * sizeof(float)) == 0);
    CHECK(info.version == cf::version);
    CHECK(info.architecture == "linear(2, 3), tanh, linear(3, 1)");
    CHECK(info.seed == 7u);
    CHECK(info.epoch == 40u);
    CHECK(info.metadata == st::metadata_list{{"version", std::string(cf::version)}, {"architecture", info.architecture},
                                             {"seed", "7"}, {"epoch", "40"}, {"data", "points \"2\""}});
    const st::file file = st::read_file(name);
    CHECK(file.tensors().at("0.weight").shape() == std::vector<std::size_t>{3, 2});
    CHECK(file.tensors().at("0.bias").shape() == std::vector<std::size_t>{3});
    CHECK(file.tensors().at("2.weight").type() == st::dtype::f32);

    cf::save(net, name);
    const cf::weights_info little = cf::load(other, name);
    CHECK(!little.seed);
    CHECK(!little.epoch);
    CHECK(says(said_by<std::invalid_argument>([&] { cf::save(net, name, {.seed = 1, .metadata = {{"seed", "2"}}}); }), "\"seed\" twice"));
    CHECK(cf::load(other, name).version == cf::version);
    CHECK(folder.count() == 1);
}

TEST_CASE("numbers in metadata are numbers or nothing") {
    const scratch_folder folder;
    model<float> net;
    const auto seed = [&](const std::string& text) {
        cf::save(net, folder("a"), {.metadata = {{"seed", text}}});
        return cf::load(net, folder("a")).seed;
    };
    CHECK(seed("0") == 0u);
    CHECK(seed("18446744073709551615") == ~std::uint64_t{0});
    for (const char* text : {"", "-1", "1.5", "18446744073709551616", "x", "1 "}) CHECK(!seed(text));
}

TEST_CASE("float goes into double as it is, double into float if asked") {
    const scratch_folder folder;
    model<float> single{nn::seed{1}};
    model<double> twice{nn::seed{2}};
    cf::save(single, folder("f32"));
    cf::load(twice, folder("f32"));
    CHECK(std::equal(single.data(), single.data() + weights, twice.data()));

    model<double> exact{nn::seed{3}};
    exact.data()[4] = std::numeric_limits<double>::infinity();
    cf::save(exact, folder("f64"));
    const auto error = error_of_loading<cf::weights_mismatch>(single, folder("f64"));
    CHECK(error.mis_typed().size() == 4);
    CHECK(error.mis_typed()[1] == "0.bias: expected F32, found F64 (narrow = true rounds it)");
    cf::load(single, folder("f64"), {.narrow = true});
    for (std::size_t i = 0; i < weights; ++i) CHECK(single.data()[i] == static_cast<float>(exact.data()[i]));

    exact.data()[5] = -1e300;
    cf::save(exact, folder("f64"));
    CHECK(error_of_loading<cf::weights_mismatch>(single, folder("f64"), {.narrow = true}).mis_typed() ==
          std::vector<std::string>{"0.weight: expected F32, found F64, of which number 5 is too large"});
}

TEST_CASE("everything that does not fit is listed, and nothing is loaded") {
    const scratch_folder folder;
    const std::string name = folder("a");
    const std::vector<float> six(6), three(3), one(1);
    const std::vector<std::int64_t> integers(3);
    st::write_file(name, {st::named("0.weight", six, {2, 3}), st::named("0.bias", integers), st::named("2.weight", three, {3}),
                          st::named("4.weight\n", one), st::named("running", one)});
    model<float> net{nn::seed{1}};
    const auto error = error_of_loading<cf::weights_mismatch>(net, name);
    CHECK(error.missing() == std::vector<std::string>{"2.bias"});
    CHECK(error.unexpected() == std::vector<std::string>{"4.weight\n", "running"});
    CHECK(error.mis_shaped() == std::vector<std::string>{"0.weight: expected (3, 2), found (2, 3)", "2.weight: expected (1, 3), found (3)"});
    CHECK(error.mis_typed() == std::vector<std::string>{"0.bias: expected F32, found I64"});
    CHECK(std::string(error.what()) == name + ": does not hold the weights of this network; nothing was loaded\n"
                                              "  missing: 2.bias\n"
                                              "  unexpected: 4.weight?; running\n"
                                              "  of another shape: 0.weight: expected (3, 2), found (2, 3); 2.weight: expected (1, 3), found (3)\n"
                                              "  of another type: 0.bias: expected F32, found I64");
    std::vector<st::named_tensor> many;
    for (int i = 0; i < 30; ++i) many.push_back(st::named("t" + std::to_string(i), one));
    st::write_file(name, many);
    const auto long_error = error_of_loading<cf::weights_mismatch>(net, name);
    CHECK(long_error.unexpected().size() == 30);
    CHECK(says(long_error.what(), "; and 10 more"));

    put(name, "not a file of weights");
    CHECK(error_of_loading<st::format_error>(net, name).broken() == st::rule::header_too_large);
    CHECK(says(error_of_loading<cf::storage_error>(net, folder("none")).what(), "cannot be opened"));
}

TEST_CASE("a file of other layers is refused, unless it is wanted") {
    const scratch_folder folder;
    nn::sequential<float, nn::linear<2, 3>, nn::relu, nn::linear<3, 1>> rectified{nn::seed{1}};
    cf::save(rectified, folder("a"));
    model<float> net{nn::seed{2}};
    const std::string sentence = error_of_loading<cf::storage_error>(net, folder("a")).what();
    CHECK(says(sentence, "expected: linear(2, 3), tanh, linear(3, 1)\n  found: linear(2, 3), relu, linear(3, 1)"));
    cf::load(net, folder("a"), {.any_architecture = true});
    CHECK(block(net) == block(rectified));
}

TEST_CASE("a normaliser is kept with the weights, and cannot be forgotten") {
    const scratch_folder folder;
    model<float> net{nn::seed{1}};
    const cf::normaliser scale{{0.1, 2}, {3, 4}}, of_target{{5}, {6}};
    cf::save(net, folder("a"), {.normaliser = &scale, .target_normaliser = &of_target});
    cf::normaliser read, read_target;
    cf::load(net, folder("a"), {.normaliser = &read, .target_normaliser = &read_target});
    CHECK(read == scale);
    CHECK(read_target == of_target);
    CHECK(error_of_loading<cf::weights_mismatch>(net, folder("a"), {.target_normaliser = &read}).unexpected() ==
          std::vector<std::string>{"normaliser.offset", "normaliser.scale"});
    cf::save(net, folder("b"));
    CHECK(error_of_loading<cf::weights_mismatch>(net, folder("b"), {.normaliser = &read}).missing() ==
          std::vector<std::string>{"normaliser.offset", "normaliser.scale"});
    CHECK(read == scale);  // as it was

    const std::vector<double> two{1, 2}, three{1, 2, 3};
    const std::vector<float> floats{1, 2};
    const auto wrong = [&](const st::named_tensor& offset, const st::named_tensor& scaling) {
        const std::vector<float> w(6), b(3), v(3), c(1);
        st::write_file(folder("c"), {st::named("0.weight", w, {3, 2}), st::named("0.bias", b), st::named("2.weight", v, {1, 3}),
                                     st::named("2.bias", c), offset, scaling});
        return error_of_loading<cf::weights_mismatch>(net, folder("c"), {.normaliser = &read});
    };
    CHECK(wrong(st::named("normaliser.offset", two), st::named("normaliser.scale", three)).mis_shaped()[0] ==
          "normaliser.scale: expected (2), found (3)");
    CHECK(wrong(st::named("normaliser.offset", two, {1, 2}), st::named("normaliser.scale", two)).mis_shaped()[0] ==
          "normaliser.offset: expected a number for each column, found (1, 2)");
    CHECK(wrong(st::named("normaliser.offset", floats), st::named("normaliser.scale", two)).mis_typed()[0] ==
          "normaliser.offset: expected F64, found F32");
}

TEST_CASE("a network of a hundred thousand weights") {
    const scratch_folder folder;
    using wide = nn::sequential<double, nn::linear<300, 200>, nn::relu, nn::linear<200, 200>>;
    const wide net{nn::seed{1}};
    cf::save(net, folder("a"));
    wide other;
    cf::load(other, folder("a"));
    CHECK(block(net) == block(other));
}

TEST_CASE("what layers remember is saved with their weights") {
    const scratch_folder folder;
    using normalised = nn::sequential<float, nn::linear<2, 3>, nn::batch_norm<3>, nn::relu, nn::linear<3, 1>>;
    normalised net{nn::seed{1}};
    net.get<"1.running_mean">()(2) = 0.25f;
    cf::save(net, folder("a"));
    const st::file file = st::read_file(folder("a"));
    CHECK(file.tensors().size() == 8);
    CHECK(file.tensors().at("1.running_var").values<float>() == std::vector<float>{1, 1, 1});
    normalised other;
    CHECK(cf::load(other, folder("a")).architecture == "linear(2, 3), batch_norm(3), relu, linear(3, 1)");
    CHECK(other.get<"1.running_mean">()(2) == 0.25f);
    CHECK(std::equal(net.data(), net.data() + normalised::stored::size, other.data()));
}

TEST_CASE("PyTorch's count of batches is passed over where there is a batch_norm, and nowhere else") {
    const scratch_folder folder;
    nn::sequential<float, nn::batch_norm<2>> net{nn::seed{1}};
    const std::vector<float> two{1, 2};
    const std::vector<std::int64_t> count{7};
    const auto write = [&](const char* counter) {
        st::write_file(folder("a"), {st::named("0.weight", two), st::named("0.bias", two), st::named("0.running_mean", two),
                                     st::named("0.running_var", two), st::named(counter, count, {})});
    };
    write("0.num_batches_tracked");
    cf::load(net, folder("a"));
    CHECK(net.get<"0.running_var">()(1) == 2);
    for (const char* counter : {"1.num_batches_tracked", "num_batches_tracked", "0.num_batches"}) {
        write(counter);
        CHECK(error_of_loading<cf::weights_mismatch>(net, folder("a")).unexpected() == std::vector<std::string>{counter});
    }
}
