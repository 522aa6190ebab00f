// SPDX-License-Identifier: BSL-1.0
// write FOLDER: a network as network.safetensors, its numbers as text in network.txt, and as weights.hpp.
#include <cstdio>

#include <chainfold/storage/weights_header.hpp>

#include "network.hpp"

int main(int, char** arguments) {
    const std::string folder = std::string(arguments[1]) + "/";
    const model net = original();
    const chainfold::normaliser scale{{0.1, 2, 3, 4}, {1, 0.5, 0.25, 3}};
    chainfold::save(net, folder + "network.safetensors",
                    {.seed = 7, .epoch = 3, .metadata = {{"note", "caf\xc3\xa9 \"\\\n"}}, .normaliser = &scale});
    chainfold::save_header(net, folder + "weights.hpp", "test::weights", {.seed = 7, .normaliser = &scale});
    std::FILE* const text = std::fopen((folder + "network.txt").c_str(), "w");
    for (std::size_t i = 0; i < net.size(); ++i) std::fprintf(text, "%a\n", static_cast<double>(net.data()[i]));
    return std::fclose(text);
}
