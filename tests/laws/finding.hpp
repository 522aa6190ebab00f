// What a law found: how many numbers it compared, how many of them were not zero on both sides, and every
// mistake.
#pragma once

#include <algorithm>
#include <cmath>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "laws/block.hpp"

namespace laws {

struct findings {
    int compared = 0;
    int telling = 0;  // of those, not 0 = 0
    real worst = 0;   // the largest error in units of the tolerance
    std::vector<std::string> mistakes{};

    [[nodiscard]] bool hold() const { return mistakes.empty() && compared > 0; }
    void mistake(const std::string& text) { mistakes.push_back(text); }

    /// |found − wanted| ≤ tolerance · scale
    bool compare(real found, real wanted, real tolerance, real scale, const std::string& what) {
        ++compared;
        if (found != 0 || wanted != 0) ++telling;
        const real error = std::abs(found - wanted);
        if (error <= tolerance * scale) {
            if (scale > 0) worst = std::max(worst, error / (tolerance * scale));
            return true;
        }
        std::ostringstream text;
        text.precision(21);
        text << what << ": " << found << " instead of " << wanted << ", off by " << static_cast<double>(error)
             << ", allowed " << static_cast<double>(tolerance * scale);
        mistake(text.str());
        return false;
    }
    void compare(const block<real>& found, const block<real>& wanted, real tolerance, real scale,
                 const std::string& what) {
        if (!(found.dims == wanted.dims)) return mistake(what + ": the shape is wrong");
        for (int k = 0; k < found.size(); ++k)
            if (!compare(found[k], wanted[k], tolerance, scale, what + " [" + std::to_string(k) + "]"))
                return;
    }
};

inline std::ostream& operator<<(std::ostream& out, const findings& f) {
    out << f.compared << " compared, " << f.telling << " not zero, worst error "
        << static_cast<double>(f.worst) << " of what is allowed, " << f.mistakes.size() << " mistakes";
    for (std::size_t i = 0; i < f.mistakes.size() && i < 8; ++i) out << "\n  " << f.mistakes[i];
    return out;
}

}  // namespace laws
