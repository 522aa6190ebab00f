// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chainfold {

/// What a report says besides what history, network and data say.  All texts are shown as they are, whatever they hold.
struct report_options {
    std::string title = "Training run";  // of the page
    std::string description{};                    // a sentence or two under the title
    std::string data_name = "data";               // those that the network is measured on: "360 held-out digits"
    std::optional<std::uint64_t> weights_seed{};  // of model{nn::seed{…}}: the network does not know any more
    std::vector<std::string> classes{};           // names; numbers where there are none
    std::size_t worst = 12;                       // samples to be shown
    std::optional<std::size_t>
        image_width{};                  // of a sample drawn as a picture: a square, if its size allows; 0: numbers
    std::optional<double> threshold{};  // between the two classes of one output; ½, or 0 for logits
};

}  // namespace chainfold
