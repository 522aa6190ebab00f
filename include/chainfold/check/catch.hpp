// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matcher for Catch2, 2 or 3, which the includer has: where a check fails, the message is its whole report.
//
//     CHECK_THAT(check_gradient(loss, x = sample, W = weights), chainfold::passes());
//
// needs: catch2/catch.hpp

#if __has_include(<catch2/matchers/catch_matchers.hpp>)
#include <catch2/matchers/catch_matchers.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <chainfold/check/report.hpp>

namespace chainfold {

namespace detail {
#if __has_include(<catch2/matchers/catch_matchers.hpp>)
template <class T>
using catch_matcher = Catch::Matchers::MatcherBase<T>;
#else
template <class T>
using catch_matcher = Catch::MatcherBase<T>;
#endif
}  // namespace detail

/// Matches the report of a check that passed.
class passes final : public detail::catch_matcher<gradient_report> {
public:
    [[nodiscard]] bool match(const gradient_report& report) const override { return report.passed(); }
    [[nodiscard]] std::string describe() const override { return "passes"; }
};

}  // namespace chainfold
