// SPDX-License-Identifier: BSL-1.0
#pragma once

// A plan: which loops run in which order on which memory.  It is a constant; the program executes it.
//
// Elementwise nodes over the same entries are fused into one loop (a group); every other node is a kernel of its own.
// Values that depend on a batched input are computed for a tile of samples at a time, laid out entry × sample.  Several
// tiles are a panel: means and products with large matrices are computed for a whole panel at a time, so that a matrix
// passes through the processor once for all of its samples.  The steps before the tiles compute what depends on no
// sample, the steps after them what depends on the means.

#include <cstdint>

#include <chainfold/graph/graph.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold {

enum class phase : std::int8_t { before, tile, after };

/// What becomes of a node.
enum class role : std::int8_t {
    immediate,    // a constant, for every entry of its shape: stands in the code
    external,     // a symbol that is bound to one value: read where it is
    loaded,       // a batched symbol: a tile of samples is turned into entry × sample
    alias,        // a part of another node: read there
    fused,        // elementwise
    reduced,      // a sum over the entries of a loop, which the loop adds up
    inlined,      // one operation on what is read anyway: computed by each of its readers
    folded,       // computed by the step that moves a symbol by it: an outer product
    kernel,       // everything else
    accumulated,  // the mean over the samples
};

/// Where values stand: 0 is the workspace, 1 the outputs, 2 what a thread has for itself, 3 + s symbol s.  Behind the
/// symbols is where outputs go sample by sample, each to a place of its own.
struct location {
    std::int32_t base = -1;
    std::int32_t offset = 0;
    std::int32_t tile_step = 0;  // from one tile of a panel to the next
    [[nodiscard]] constexpr bool exists() const { return base >= 0; }
    friend constexpr bool operator==(const location&, const location&) = default;
};
inline constexpr std::int32_t workspace_base = 0;
inline constexpr std::int32_t output_base = 1;
inline constexpr std::int32_t local_base = 2;
inline constexpr std::int32_t first_symbol_base = 3;

struct planned_node {
    role is = role::kernel;
    phase when = phase::before;
    bool batched = false;
    bool needed = false;
    bool stored = false;
    bool local = false;                  // stands in memory for one tile at a time
    std::int32_t moves = moves_nothing;  // the symbol that this derivative moves in gradient descent
    static constexpr std::int32_t moves_nothing = -1,
                                  moves_no_symbol = -2;  // no derivative; by a symbol that is absent
    std::int32_t beside = -1;  // mean(w z zᵀ) and mean(w z) that one step sums up: the other one
    std::int32_t unloaded_to = unloaded_nowhere;  // of the places where outputs go sample by sample
    static constexpr std::int32_t unloaded_nowhere = -1;
    std::int32_t level = 0;
    std::int32_t step = -1;      // that computes it
    std::int32_t last_use = -1;  // the last step that reads it
    location at{};
};

enum class step_kind : std::int8_t { load, group, kernel, accumulate, accumulate_outer, unload, descend };

struct planned_step {
    step_kind kind = step_kind::kernel;
    phase when = phase::before;
    bool whole_panel = false;       // runs once for all tiles of a panel
    std::int32_t node = -1;         // the node, or the group's first
    std::int32_t second = -1;       // the node that the same kernel computes (reading::is_beside)
    std::int32_t first_member = 0;  // of a group, in members
    std::int32_t member_count = 0;
    std::int32_t first_input = 0;  // of a group, in inputs: nodes that are read
    std::int32_t input_count = 0;
    std::int32_t first_address = 0;  // in addresses: results first, then what is read
    std::int32_t address_count = 0;
    std::int32_t twin = -1;  // the first step with the same code
    std::int64_t work = 0;   // multiply-adds and elementwise operations, for one sample
};

/// Is a core's own cache rather half a megabyte than one or two?  A guess: those mostly come with registers of 64
/// bytes.
inline constexpr bool has_small_cache = math::native_bytes < 64;
/// The same, for what decides in which order products are summed up.
#if defined(CHAINFOLD_SAME_BITS)
inline constexpr bool sums_for_small_cache = false;
#else
inline constexpr bool sums_for_small_cache = has_small_cache;
#endif

/// So many numbers of the inner extent at a time meet all tiles of a panel, whose numbers for them stay in the core's
/// own cache.
inline constexpr std::int32_t most_inner_of_panel = sums_for_small_cache ? 256 : 1024;
/// The left factor of a mean of outer products, of so many rows over a panel, stays in the core's own cache while the
/// right factor's columns pass; of more rows, so many columns stay there while the left factor's rows pass.
inline constexpr std::int32_t most_rows_of_mean = has_small_cache ? 258 : 512;
inline constexpr std::int32_t most_columns_of_mean = has_small_cache ? 256 : 512;
/// The numbers of every sample that are laid out at a time.
constexpr std::int32_t numbers_laid_out(const dimensions& mean, std::int32_t tile) {
    if (mean.rows <= most_rows_of_mean || mean.columns < tile) return tile;
    return mean.columns < most_columns_of_mean ? mean.columns : most_columns_of_mean;
}

/// How many rows of a large matrix of this many columns are laid out anew at a time, for a product with its transpose.
/// The results pass through the core's own cache once for each part; what is laid out, once for each tile.
constexpr std::int32_t transposed_part(std::int32_t columns) {
    constexpr std::int32_t numbers = 131072;
    return columns >= numbers / 16 ? 16 : columns >= numbers / 128 ? numbers / columns : 128;
}
/// The numbers that it takes, with room between the blocks of columns.
constexpr std::int32_t transposed_part_size(std::int32_t columns) {
    return transposed_part(columns) * (columns + 32) + 4 * columns + 256;
}

/// Of one sample, a product with rows of so many numbers takes what is added to it into its sums, and an outer product
/// is beside longer ones only.
inline constexpr int longest_short_row = 7;
/// A product with a matrix of at least so many rows, of at most so many numbers each, is part of a loop over them in
/// which the transposed product is too.
inline constexpr int least_rows_of_loop = 8, most_columns_of_loop = 32;
/// Outer products of so many rows whose lower triangle is all that is needed are written out.
inline constexpr int most_triangle_rows = 16;
/// Means of so many numbers together are summed up in lanes.
inline constexpr int most_lane_sums = 4096;

/// A batched input of which no tile is read.
constexpr bool is_idle(const planned_step& step) { return step.kind == step_kind::load && step.address_count < 2; }

/// The arrays' sizes follow from the graph's.
template <int Nodes, int Pool, int Outputs>
struct plan {
    elements<planned_node, Nodes> nodes{};
    elements<planned_step, Nodes + 2 * Outputs> steps{};
    elements<std::int32_t, Nodes + Pool> members{};
    elements<std::int32_t, Pool + 1> inputs{};
    elements<location, 4 * Nodes + 2 * Pool + 5 * Outputs + 1> addresses{};
    elements<std::int32_t, Outputs> output_offsets{};
    std::int32_t step_count = 0;
    std::int32_t input_total = 0;
    std::int32_t address_total = 0;
    std::int32_t workspace = 0;  // numbers of T
    std::int32_t local = 0;      // numbers of T, for each thread
    std::int32_t outputs = 0;    // numbers of T
    std::int32_t margin = 0;     // numbers of T before the outputs
    std::int32_t tile = 1;       // samples computed together
    std::int32_t panel = 1;      // tiles of a panel
    std::int32_t lanes = 1;      // numbers of T that are summed side by side, of samples
    bool means_in_lanes = false;  // every lane sums up its own samples: the means of short vectors and small matrices
    std::int64_t work = 0;       // of all steps
};

}  // namespace chainfold
