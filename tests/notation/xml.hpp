// A text of tags, as a browser wants it: every element is closed in order, and every & begins an entity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What is wrong with the text; empty if nothing is.
inline std::string flaw_of_xml(std::string_view text) {
    std::vector<std::string> open;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '&') {
            const std::size_t end = text.find(';', i);
            if (end == std::string_view::npos || end - i > 8)
                return "an & that begins nothing: " + std::string(text.substr(i, 20));
        }
        if (text[i] != '<') continue;
        const std::size_t end = text.find('>', i);
        if (end == std::string_view::npos) return "a tag without an end";
        const std::string_view tag = text.substr(i + 1, end - i - 1);
        i = end;
        if (tag.empty() || tag[0] == ' ') return "a < that begins nothing";
        if (tag[0] == '!' || tag.substr(0, 4) == "meta" || tag.back() == '/') continue;
        if (tag[0] != '/') {
            open.emplace_back(tag.substr(0, tag.find(' ')));
            if (open.back() == "style") i = text.find("</style>", i) - 1;
        } else {
            if (open.empty() || open.back() != tag.substr(1))
                return "</" + std::string(tag.substr(1)) + "> closes nothing";
            open.pop_back();
        }
    }
    return open.empty() ? "" : "<" + open.back() + "> is never closed";
}
