// EXPECT: read_npy<float>(file), read_idx<float>(file), read_csv<float>(file): name a type
// OF: read_npy, read_idx, read_csv, ndarray, csv_table
// EACH: CALL=read_npy
// EACH: CALL=read_idx
// EACH: CALL=read_csv
// EACH: CALL=read_npy<std::string>
// EACH: CALL=read_idx<void*>
// EACH: TABLE=1
// EACH: TABLE=2
// EACH: ARRAY=1
#include <chainfold/storage/csv.hpp>
#include <chainfold/storage/idx.hpp>
#include <chainfold/storage/normaliser.hpp>
#include <chainfold/storage/npy.hpp>
#include <chainfold/storage/samples.hpp>
namespace cf = chainfold;

#ifdef CORRECTED
const auto y = cf::read_npy<float>("file");
#elif defined(TABLE)
std::size_t f() {
    auto t = cf::read_csv("iris.csv", {.label = "species"});
    const auto targets = cf::one_hot<float>(t.labels, t.classes.size());
    cf::standardise(t.inputs, t.columns).apply(t.inputs);
    const auto parts = cf::split(t.inputs, targets, t.rows);
    if (TABLE == 2) t = cf::read_csv<float>("iris.csv");
    return parts.training.inputs.size() + t.names[0].size();
}
#elif defined(ARRAY)
std::size_t f() {
    const auto a = cf::read_npy("images.npy");
    const cf::normaliser scale = cf::min_max(a.values, a.shape[1]);
    return scale(a.values).size() + a.size();
}
#else
const auto y = cf::CALL("file");
#endif
