// SPDX-License-Identifier: BSL-1.0
#include "by_hand/a6.hpp"

#if __has_include(<eigen3/Eigen/Core>)
#include <eigen3/Eigen/Core>

namespace by_hand::a6 {

bool eigen(const input& in, result& to) {
    const Eigen::Map<const Eigen::Matrix<double, rows, columns, Eigen::RowMajor>> a(in.a);
    const Eigen::Map<const Eigen::Matrix<double, columns, 1>> w(in.w);
    const Eigen::Map<const Eigen::Matrix<double, rows, 1>> y(in.y);
    const Eigen::Matrix<double, rows, 1> r = a * w - y;
    to.value = r.squaredNorm();
    Eigen::Map<Eigen::Matrix<double, columns, 1>>(to.gradient).noalias() = 2 * a.transpose() * r;
    return true;
}

}  // namespace by_hand::a6
#else
bool by_hand::a6::eigen(const input&, result&) { return false; }
#endif
