// EXPECT: read_npy<float>(file), read_idx<float>(file), read_csv<float>(file): name a type
// OF: read_npy, read_idx, read_csv, ndarray, csv_table
// EACH: CALL=read_npy
// EACH: CALL=read_idx
// EACH: CALL=read_csv
// EACH: CALL=read_npy<std::string>
// EACH: CALL=read_idx<void*>
#include <chainfold/storage/csv.hpp>
#include <chainfold/storage/idx.hpp>
#include <chainfold/storage/npy.hpp>
namespace cf = chainfold;

#ifdef CORRECTED
const auto y = cf::read_npy<float>("file");
#else
const auto y = cf::CALL("file");
#endif
