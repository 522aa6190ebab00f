// SPDX-License-Identifier: BSL-1.0
#pragma once

// tanh for float with AVX-512, whose registers hold tables of thirty-two floats.  |x| lies in one of the intervals
//
//     [0, 5/64), then quarters of the powers of two: [5/64, 6/64), … [7/64, 8/64), [4/32, 5/32), … [14, 16),
//
// and there tanh |x| = c0 + c1 y + y² (c2 + c3 y + y² (c4 + c5 y)) with y = |x| - centre, to a third of a unit in the
// last place or, where tanh x is 1 but for four units, half of one.  Centres were chosen so that tanh of them is nearly
// a float.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/instructions.hpp>

namespace chainfold::math::detail {

inline constexpr register_table<float> tanh_centres{
    {0x1.1ffe8p1f, 0x1.5ffe74p1f, 0x1.a0006ep1f, 0x1.e0010ap1f, 0x1.2000dcp2f, 0x1.60019p2f, 0x1.9ffe72p2f,
     0x1.e0019p2f, 0x1.1ffe72p3f, 0, 0, 0, 0, 0x1.5ffff6p-4f, 0x1.a0003p-4f, 0x1.e000c2p-4f},
    {0x1.2000dep-3f, 0x1.5fff58p-3f, 0x1.9fff9ap-3f, 0x1.dfff3p-3f, 0x1.1fffe4p-2f, 0x1.600068p-2f, 0x1.9ffe82p-2f,
     0x1.e000eap-2f, 0x1.2000dcp-1f, 0x1.600038p-1f, 0x1.a00154p-1f, 0x1.dfffbp-1f, 0x1.1ffeb6p0f, 0x1.5fffdap0f,
     0x1.9fff1p0f, 0x1.e00076p0f}};
inline constexpr register_table<float> tanh_c0{
    {0x1.f4bf94p-1f, 0x1.fbd4fp-1f, 0x1.fe767cp-1f, 0x1.ff6f1ap-1f, 0x1.ffdfa8p-1f, 0x1.fffbap-1f, 0x1.ffff68p-1f,
     0x1.ffffecp-1f, 0x1.fffffep-1f, 1, 1, 1, 0, 0x1.5f22c8p-4f, 0x1.9e9386p-4f, 0x1.ddd152p-4f},
    {0x1.1e1eaap-3f, 0x1.5c9264p-3f, 0x1.9a5ebap-3f, 0x1.d76598p-3f, 0x1.18a38p-2f, 0x1.52c322p-2f, 0x1.8a869cp-2f,
     0x1.bfaf28p-2f, 0x1.050912p-1f, 0x1.315804p-1f, 0x1.5789bap-1f, 0x1.77d814p-1f, 0x1.9e5bd2p-1f, 0x1.c27894p-1f,
     0x1.d9c6b6p-1f, 0x1.e878b4p-1f}};
inline constexpr register_table<float> tanh_c1{
    {0x1.6418b2p-5f, 0x1.09ae08p-6f, 0x1.88eccep-8f, 0x1.21a302p-9f, 0x1.02b94ep-11f, 0x1.1826d8p-14f,
     0x1.2f7096p-17f, 0x1.486a1p-20f, 0x1.064abep-24f, 0, 0, 0, 1, 0x1.fc3ccp-1f, 0x1.fac13ep-1f, 0x1.f90854p-1f},
    {0x1.f601bcp-1f, 0x1.f12b0ep-1f, 0x1.eb7164p-1f, 0x1.e4dfc8p-1f, 0x1.d98b3ep-1f, 0x1.c7f704p-1f, 0x1.b3ffacp-1f,
     0x1.9e235cp-1f, 0x1.7aea4p-1f, 0x1.49e694p-1f, 0x1.197ed2p-1f, 0x1.d8354p-2f, 0x1.6152e4p-2f, 0x1.cea7bep-3f,
     0x1.266032p-3f, 0x1.6fce64p-4f}};
inline constexpr register_table<float> tanh_c2{
    {-0x1.5c42cap-5f, -0x1.07806ep-6f, -0x1.87b7bcp-8f, -0x1.214b3ap-9f, -0x1.025596p-11f, -0x1.18fc68p-14f,
     -0x1.2a848ep-17f, -0x1.8b2a88p-20f, 0x1.e8d678p-25f, 0, 0, 0, 0x1.21387ep-24f, -0x1.5c8dcp-4f, -0x1.9a5502p-4f,
     -0x1.d74ff4p-4f},
    {-0x1.1888e4p-3f, -0x1.527952p-3f, -0x1.89e4c4p-3f, -0x1.be6c5cp-3f, -0x1.038f4ap-2f, -0x1.2dafd6p-2f,
     -0x1.4ff664p-2f, -0x1.6a1d9p-2f, -0x1.825e2ep-2f, -0x1.897d24p-2f, -0x1.79c066p-2f, -0x1.5aa258p-2f,
     -0x1.1df1e6p-2f, -0x1.970f04p-3f, -0x1.10665ap-3f, -0x1.5ee78p-4f}};
inline constexpr register_table<float> tanh_c3{
    {0x1.bbd81ep-6f, 0x1.599c4cp-7f, 0x1.03945p-8f, 0x1.80e0ccp-10f, 0x1.58567cp-12f, 0x1.7514acp-15f, 0x1.941dep-18f,
     0x1.b4fafcp-21f, 0x1.551dfp-25f, 0, 0, 0, -0x1.5556d8p-2f, -0x1.4c9e8ep-2f, -0x1.48fbdcp-2f, -0x1.4206fep-2f},
    {-0x1.3b2b38p-2f, -0x1.2ee2dp-2f, -0x1.2059cp-2f, -0x1.0fd796p-2f, -0x1.e921ccp-3f, -0x1.9834e2p-3f,
     -0x1.426d58p-3f, -0x1.d763aep-4f, -0x1.bce9cep-5f, 0x1.d7889ap-7f, 0x1.074354p-4f, 0x1.8427dcp-4f,
     0x1.c68c7cp-4f, 0x1.97d788p-4f, 0x1.33e10cp-4f, 0x1.a859a4p-5f}};
inline constexpr register_table<float> tanh_c4{
    {-0x1.95e302p-7f, -0x1.51628ap-8f, -0x1.03421ep-9f, -0x1.83a2p-11f, -0x1.68a644p-13f, -0x1.77da96p-16f,
     -0x1.e1de2ep-19f, 0x1.912e7ep-22f, -0x1.f94f46p-24f, 0, 0, 0, 0x1.51be3ep-13f, 0x1.a05ef8p-5f, 0x1.336fb6p-4f,
     0x1.0be472p-4f},
    {0x1.675f5p-4f, 0x1.ad436p-4f, 0x1.ee8ebep-4f, 0x1.1594c2p-3f, 0x1.326de8p-3f, 0x1.4ffc16p-3f, 0x1.5c297p-3f,
     0x1.586482p-3f, 0x1.39de8p-3f, 0x1.e95342p-4f, 0x1.474cfp-4f, 0x1.63620ap-5f, 0x1.e173b2p-9f, -0x1.59e09p-6f,
     -0x1.9bafc2p-6f, -0x1.55991ep-6f}};
inline constexpr register_table<float> tanh_c5{
    {0x1.04956ep-8f, 0x1.f6113ep-10f, 0x1.9407c6p-11f, 0x1.32df94p-12f, 0x1.1e7f66p-14f, 0x1.37804ep-17f,
     0x1.51bb64p-20f, 0x1.73c86cp-23f, 0x1.4f21a6p-27f, 0, 0, 0, 0x1.0dd164p-3f, 0x1.d27d1ep3f, 0x1.19bf1ap4f,
     -0x1.4b21e4p3f},
    {0x1.85a2fcp-2f, 0x1.9a87ep-1f, 0x1.3dbb9cp-1f, -0x1.b11548p-8f, 0x1.01b762p-4f, -0x1.164918p-6f, -0x1.b4c862p-9f,
     0x1.0790dp-5f, -0x1.7639a6p-5f, -0x1.fc8588p-5f, -0x1.0e5db2p-4f, -0x1.a111d2p-5f, -0x1.0632b2p-5f,
     -0x1.36bab6p-7f, 0x1.68ff08p-10f, 0x1.2f4b0cp-8f}};

/// tanh x, for a register of floats.
template <class V>
CHAINFOLD_INLINE inline V tanh_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    const V t = abs(x);
    const uint_of<V> i = between<0x3d800000u, 0x417fffffu>(to_bits(t)) >> 21;  // from 1/16 to below 16
    const V y = protect(at_most<16.0f>(t) - entry<V>(tanh_centres, i)), z = y * y;
    const V far = entry<V>(tanh_c4, i) + y * entry<V>(tanh_c5, i);
    const V middle = entry<V>(tanh_c2, i) + y * entry<V>(tanh_c3, i);
    const V near = protect(entry<V>(tanh_c0, i) + y * entry<V>(tanh_c1, i));
    return with_sign_of(near + z * (middle + z * far), x);
}

}  // namespace chainfold::math::detail
