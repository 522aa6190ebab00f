// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is given to batch, into and in_place and holds no numbers that stand one after another.

#include <chainfold/expression/mistake.hpp>

namespace chainfold {

template <class Given>
inline constexpr bool holds_numbers_one_after_another = false;
template <class Given>
struct samples_of_no_numbers : poison {
    static_assert(holds_numbers_one_after_another<Given>,
                  "batch(in): the samples are numbers one after another: an array, span or vector of float or double");
};
template <class Given>
struct output_of_no_numbers : poison {
    static_assert(holds_numbers_one_after_another<Given>,
                  "into(out): the output must be an array, span or vector of float or double, as long as all samples' outputs");
};
template <class Given>
struct change_of_no_numbers : poison {
    static_assert(holds_numbers_one_after_another<Given>,
                  "in_place(w): w must be a float, a double, or an array, span, vector or tensor of them, to be changed");
};

namespace detail {
template <class X>
concept NoNumbers = !Poisoned<X> && !Contiguous<std::remove_cvref_t<X>>;
}  // namespace detail

template <detail::NoNumbers X>
CHAINFOLD_MISTAKE(samples_of_no_numbers<X> batch(const X&))
template <detail::NoNumbers X>
    requires(!has_data_and_size<X>)
CHAINFOLD_MISTAKE(output_of_no_numbers<X> into(const X&))
template <detail::NoNumbers X>
    requires(!has_data_and_size<X> && !std::is_floating_point_v<X>)
CHAINFOLD_MISTAKE(change_of_no_numbers<X> in_place(const X&))

template <class X>
    requires std::is_floating_point_v<X>  // no lvalue, nothing that lasts
CHAINFOLD_MISTAKE(change_of_no_numbers<X> in_place(X&&))

constexpr poison batch(const poison&) { return {}; }
constexpr poison into(const poison&) { return {}; }
constexpr poison in_place(const poison&) { return {}; }

}  // namespace chainfold
