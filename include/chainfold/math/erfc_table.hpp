// SPDX-License-Identifier: BSL-1.0
#pragma once

// erfc for double with AVX-512, whose registers hold tables of sixteen doubles.  With t = |x| in one of the intervals
// in which 1 + 35 t / 64 has a power of two and a quarter of it in common,
//
//     erfc t = e^(-t²) f(t),   f(t) = f(centre) (1 + c1 y + … + c14 y^14),   y = t - centre,
//
// to a twentieth of a unit in the last place.  Centres were chosen so that f(centre) is nearly a double.

#include <chainfold/math/exponential_table.hpp>

namespace chainfold::math::detail {

inline constexpr register_table<double> erfc_centres{
    {0x1.24922ca8p1, 0x1.99990718p1, 0x1.07512d08p2, 0x1.41d409p2, 0x1.99999398p2, 0x1.07503c08p3, 0x1.41d4f34p3,
     0x1.7c56c7p3},
    {0x1.d41cddd8p3, 0x1.249233e8p4, 0x1.5f15ef2p4, 0x1.99991518p4, 0x1.d41e01d8p-3, 0x1.5f15eb6p-1, 0x1.2492d728p0,
     0x1.999b1f98p0}};
inline constexpr register_table<double> erfc_at_centres{
    {0x1.d2e0b17a96708p-3, 0x1.598e8f89e2466p-3, 0x1.112fed95123d2p-3, 0x1.c2f6a863af8e8p-4, 0x1.64d37505563b5p-4,
     0x1.16cff9aee25c3p-4, 0x1.c9508975bfc7p-5, 0x1.837fb2da81289p-5},
    {0x1.3b36cef643ecep-5, 0x1.f8c3098c107a4p-6, 0x1.a4d353aac2777p-6, 0x1.68cee9e9f8b2bp-6, 0x1.92b5da1a20325p-1,
     0x1.102badfcbeb28p-1, 0x1.90e191fda5e44p-2, 0x1.394ad4ccfaf1bp-2}};
/// c1 to c14.
inline constexpr register_table<double> erfc_c[14] = {
    {{-0x1.8364513125c81p-2, -0x1.267651b9af58dp-2, -0x1.d7f63809aef2fp-3, -0x1.888fe76d1893ap-3,
      -0x1.38a030543846fp-3, -0x1.eaaf6c48d7b66p-4, -0x1.93569303626cbp-4, -0x1.5638b4332b5d5p-4},
     {-0x1.16b51dd0444b3p-4, -0x1.beaba997429dap-5, -0x1.748fdeba19015p-5, -0x1.3f83e06faccedp-5,
      -0x1.f4757d8de9ca2p-1, -0x1.80a396fa672e5p-1, -0x1.3171a6d8f7e3fp-1, -0x1.f3ca129d5f779p-2}},
    {{0x1.15118268ac5b2p-3, 0x1.46e794753c6cbp-4, 0x1.a8c64814aa89bp-5, 0x1.27e69d77eb3bp-5, 0x1.7990d9de9c84cp-6,
      0x1.d2ff77b830f2cp-7, 0x1.3c3badbfe5cf2p-7, 0x1.c7e9b8b72e8e4p-8},
     {0x1.2ebc153e6899fp-8, 0x1.851a17c1656dap-9, 0x1.0ed1d0af87895p-9, 0x1.8e7c9158ca4bdp-10, 0x1.8d9bd1a3242b4p-1,
      0x1.f07ec4ece10c7p-2, 0x1.45d654526140cp-2, 0x1.c0a69e7629ea3p-3}},
    {{-0x1.794b6b583cdbep-5, -0x1.5f5bf4474191fp-6, -0x1.75d370502e3b4p-7, -0x1.b6e33759fb77cp-8,
      -0x1.c31ef199f0995p-9, -0x1.b96f2874a2f65p-10, -0x1.ed9014b92b2d2p-11, -0x1.2ea7e1f2ead09p-11},
     {-0x1.4815f5707fbebp-12, -0x1.52747add7f89bp-13, -0x1.8951e4c4f5349p-14, -0x1.f099d56654916p-15,
      -0x1.110d09d6c89edp-1, -0x1.1de203015f78bp-2, -0x1.3dffe9e7f49efp-3, -0x1.77a2c7bf45b27p-4}},
    {{0x1.ebc63e33a629cp-7, 0x1.6e8cdfccb8232p-8, 0x1.421c304f42de3p-9, 0x1.4076778176eaep-10, 0x1.0ab5114a0aa32p-11,
      0x1.9e7d5cfbfe5a7p-13, 0x1.7f6426e96ffefp-14, 0x1.907b6a0c8984dp-15},
     {0x1.62c1c521c1effp-16, 0x1.25f8475fae3fbp-17, 0x1.1d52cc5022d14p-18, 0x1.3533f2afaeb71p-19,
      0x1.4f3256b3bc4eap-2, 0x1.2c7616ab79faep-3, 0x1.203e5aa12b902p-4, 0x1.28468de10da3ep-5}},
    {{-0x1.341977d6bffbp-8, -0x1.73f8bbaeafb95p-10, -0x1.100efa430a033p-11, -0x1.cd0fe812725fcp-13,
      -0x1.382ed98eadeb3p-14, -0x1.82a55b09ae44bp-16, -0x1.28754507f5e83p-17, -0x1.0814f8900b6bcp-18},
     {-0x1.7ebc603ae42b3p-20, -0x1.fdeb67085a0aep-22, -0x1.9d89dd1686325p-23, -0x1.80c0eab14c69p-24,
      -0x1.779687a949373p-3, -0x1.2496906632847p-4, -0x1.ea856432156bbp-6, -0x1.bb8ee5a92c1b1p-7}},
    {{0x1.746e0e00c9fbcp-10, 0x1.6fdd5a183f38fp-12, 0x1.c2f05bd55ed7fp-14, 0x1.46f5e8b2173e8p-15,
      0x1.69d56046a811dp-17, 0x1.665bd7dab46c1p-19, 0x1.c86ac1f700591p-21, 0x1.5b20cae6e4cc3p-22},
     {0x1.9c0058d1fba1bp-24, 0x1.b99c875d1923bp-26, 0x1.2b614cd069042p-27, 0x1.de679e9cce788p-29,
      0x1.85b22f130f73fp-4, 0x1.0adc49c667a09p-5, 0x1.8aea9a99bf1d4p-7, 0x1.3ceec2e4b8b91p-8}},
    {{-0x1.b393fdd78daebp-12, -0x1.631d8ac743c42p-14, -0x1.6f094c70769dcp-16, -0x1.c9624c3f7e983p-18,
      -0x1.9f6219def3093p-20, -0x1.4a0c89653a568p-22, -0x1.5dc957731fa91p-24, -0x1.c6ccbd72e356ap-26},
     {-0x1.ba85d9c52a2d6p-28, -0x1.7de6cd2fa7793p-30, -0x1.b10813eea28e2p-32, -0x1.2933e1e8c160ep-33,
      -0x1.7a58132dcecbdp-5, -0x1.cba436387f0abp-7, -0x1.2eb060dfce0d7p-8, -0x1.b24e0b6e0698ep-10}},
    {{0x1.ee1d28b8cb2fp-14, 0x1.4f18742c58289p-16, 0x1.25a5af8fc679fp-18, 0x1.3bb2ed854d69fp-20,
      0x1.d86e7430009f8p-23, 0x1.2e184c0664cfp-25, 0x1.0ae5440c49785p-27, 0x1.28f879d3965e7p-29},
     {0x1.da429950a5b7fp-32, 0x1.49ca4b5d87999p-34, 0x1.38dba72aef53fp-36, 0x1.70fd8e7a880cep-38,
      0x1.5a74d911d4e4cp-6, 0x1.7821338a69d4bp-8, 0x1.bbe666d89cca6p-10, 0x1.1e6a9758ab71dp-11}},
    {{-0x1.10686548a3a0dp-15, -0x1.357a808fcb9e2p-18, -0x1.ce31ff2f694dp-21, -0x1.ae41bcdb9b6f2p-23,
      -0x1.0a3b27af72f08p-25, -0x1.12d43a2dff7cdp-28, -0x1.95897ba4ff0dfp-31, -0x1.82922407d4562p-33},
     {-0x1.fb2b91e33838dp-36, -0x1.1c624a7fa150fp-38, -0x1.c39ba6992e69fp-41, -0x1.c9ceb2fc230c7p-43,
      -0x1.2d1c4afa06a58p-7, -0x1.25f0c17864babp-9, -0x1.38a408706831cp-11, -0x1.6cbeb9c02f31bp-13}},
    {{0x1.247987260acfep-17, 0x1.180c9bced4d54p-20, 0x1.660afa9aed016p-23, 0x1.219a419a13113p-25,
      0x1.29687a8b271a9p-28, 0x1.f10e922305af2p-32, 0x1.32cb369bca814p-34, 0x1.f59ef8935ca69p-37},
     {0x1.0e970ec94ad32p-39, 0x1.e9c0d3a81dc67p-43, 0x1.459c31a4cd425p-45, 0x1.1bc7a5ef209d5p-47,
      0x1.f345592366bb9p-9, 0x1.b88f3355a7f98p-11, 0x1.a865ce68fae41p-13, 0x1.c1a8588a50552p-15}},
    {{-0x1.31f887548ad42p-19, -0x1.f0d66c727614ap-23, -0x1.111480240b239p-25, -0x1.81c11c40136a1p-28,
      -0x1.48ea296ae0d44p-31, -0x1.be8d510f47f22p-35, -0x1.ce2f453959cc4p-38, -0x1.45c872c226505p-40},
     {-0x1.1fbfac4cb49d9p-43, -0x1.a4c8ca723016ap-47, -0x1.d5b3988ded8b2p-50, -0x1.5c0369ad2beb1p-52,
      -0x1.8c60b58799264p-10, -0x1.3da45c8e7b084p-12, -0x1.162a887ff6db6p-14, -0x1.0cc6a6fbfd098p-16}},
    {{0x1.38ecd593956aep-21, 0x1.b0ee0fcc29183p-25, 0x1.9b54bfd9795a8p-28, 0x1.f84f53b4bbe23p-31,
      0x1.6925e47b24e0ep-34, 0x1.8f21a30197307p-38, 0x1.59d1ccf2b1e2fp-41, 0x1.a429827aa5693p-44},
     {0x1.31af815e26253p-47, 0x1.69729bf22ff97p-51, 0x1.534769d9419ddp-54, 0x1.ad5c21ff7d527p-57,
      0x1.2e8c8d1884f93p-11, 0x1.ba3e7c4e3bc56p-14, 0x1.619e0d476e96bp-16, 0x1.383d69e599a69p-18}},
    {{-0x1.4820685733993p-23, -0x1.7fe4e76068e6p-27, -0x1.3a6f77ea46916p-30, -0x1.33ba50edd0098p-33,
      -0x1.a0e82f7c010a9p-37, -0x1.7139dca581f6fp-41, -0x1.0784a50778c4ep-44, -0x1.a9975686a172ap-48},
     {-0x1.56c58472575eep-51, -0x1.43d43dc094fb2p-55, -0x1.d1eea5c5db08bp-59, -0x1.aa6cea3d45e67p-61,
      -0x1.c80db5a376837p-13, -0x1.2f864f64e899cp-15, -0x1.cb12f2e50c177p-18, -0x1.7168bd4ca3856p-20}},
    {{0x1.4175023d4296fp-25, 0x1.420f6a9780146p-29, 0x1.b2580ba2f2816p-33, 0x1.00c7507cb1d3dp-35,
      0x1.c38b6c622a4b2p-40, 0x1.462759eea9d1ep-44, 0x1.ad373c845bdb3p-48, 0x1.1287cb3798658p-51},
     {0x1.6b847d3d23333p-55, 0x1.122fc24e67432p-59, 0x1.1b9eb61bdad5p-63, 0x1.1de86482fa7d7p-65, 0x1.44cb2cea6ae2p-14,
      0x1.86a46a12bae76p-17, 0x1.0e993fdae31b4p-19, 0x1.aff80f712f476p-22}}};

/// The same by interval, for two numbers whose coefficients come from memory: centre, f(centre), these again, c1 to
/// c14. A row has room for 32 numbers, so that the interval's bits, moved, are its distance.  (A template, so that it
/// costs nothing where it is not used.)
template <class Four>
inline constexpr auto erfc_rows = [] {
    struct {
        Four of[16][8];
    } rows{};
    std::array<std::array<double, 20>, 16> numbers{};
    const auto put = [&](const register_table<double>& table, std::size_t k) {
        const auto column = std::bit_cast<std::array<double, 16>>(table);
        for (std::size_t i = 0; i < 16; ++i) numbers[i][k] = column[i];
    };
    for (std::size_t k = 0; k < 4; ++k) put(k % 2 == 0 ? erfc_centres : erfc_at_centres, k);
    for (std::size_t k = 0; k < 14; ++k) put(erfc_c[k], 4 + k);
    for (std::size_t i = 0; i < 16; ++i)
        for (std::size_t k = 0; k < 5; ++k)
            rows.of[i][k] = Four{numbers[i][4 * k], numbers[i][4 * k + 1], numbers[i][4 * k + 2], numbers[i][4 * k + 3]};
    return rows;
}();

/// f(centre) and f(t) - f(centre) for two numbers t, in intervals that are the lowest bits of interval >> 50.  Of four
/// coefficients of each number, a register has the first two in its lower half, the others in its upper half.
template <class Two, class Four = simd<double, 4>>
CHAINFOLD_INLINE inline two_values<Two> erfc_of_two(Two t, uint_of<Two> interval) {
    CHAINFOLD_KEEP_ORDER
    const auto distance = (interval >> 42) & std::uint64_t{0xf00};
    const char* const rows = reinterpret_cast<const char*>(erfc_rows<Four>.of);
    const Four* const row[] = {reinterpret_cast<const Four*>(rows + distance[0]),
                               reinterpret_cast<const Four*>(rows + distance[1])};
    const auto four_of_each = [&](int k) CHAINFOLD_INLINE {
        const Four a = row[0][k], b = row[1][k];
        return two_values<Four>{__builtin_shufflevector(a, b, 0, 4, 2, 6), __builtin_shufflevector(a, b, 1, 5, 3, 7)};
    };
    const auto head = four_of_each(0);
    const Four y = protect(__builtin_shufflevector(t, t, 0, 1, 0, 1) - head.first), z = y * y, z2 = z * z;
    const auto c = [&](int k) CHAINFOLD_INLINE {
        const auto pairs = four_of_each((k + 3) / 4);
        return pairs.first + y * pairs.second;
    };
    const Four q = (c(1) + z2 * c(5)) + (z2 * z2) * (c(9) + z2 * c(13));
    const Two f = half_of<0>(head.second);
    return {f, protect(f * half_of<0>(y)) * protect(half_of<0>(q) + half_of<0>(z) * half_of<2>(q))};
}

/// The same for one number.
template <class Four = simd<double, 4>>
CHAINFOLD_INLINE inline two_values<double> erfc_of_one(double t, std::uint64_t interval) {
    CHAINFOLD_KEEP_ORDER
    const double* const row = reinterpret_cast<const double*>(
        reinterpret_cast<const char*>(erfc_rows<Four>.of) + ((interval >> 42) & std::uint64_t{0xf00}));
    const double y = protect(t - row[0]), z = y * y, z2 = z * z;
    const auto c = [&](int k) CHAINFOLD_INLINE { return row[3 + k] + y * row[4 + k]; };
    const double lower = (c(1) + z2 * c(5)) + (z2 * z2) * (c(9) + z2 * c(13));
    const double upper = (c(3) + z2 * c(7)) + (z2 * z2) * c(11);
    return {row[1], protect(row[1] * y) * protect(lower + z * upper)};
}

/// The same for any register.
template <class V>
CHAINFOLD_INLINE inline two_values<V> erfc_in_interval(V t, uint_of<V> interval) {
    CHAINFOLD_KEEP_ORDER
    if constexpr (!is_simd<V>) {
        return erfc_of_one(t, interval);
    } else if constexpr (sizeof(V) == 16) {
        return erfc_of_two(t, interval);
    } else {
        const uint_of<V> i = interval >> 50;
        const V y = protect(t - entry_of_registers<V>(erfc_centres, i)), z = y * y, z2 = z * z;
        const auto c = [&](int k) CHAINFOLD_INLINE {
            return entry_of_registers<V>(erfc_c[k - 1], i) + y * entry_of_registers<V>(erfc_c[k], i);
        };
        const V lower = (c(1) + z2 * c(5)) + (z2 * z2) * (c(9) + z2 * c(13));
        const V upper = (c(3) + z2 * c(7)) + (z2 * z2) * c(11);
        const V f = entry_of_registers<V>(erfc_at_centres, i);
        return {f, protect(f * y) * protect(lower + z * upper)};
    }
}

/// erfc x and e^(-x²).  With t² = s + lost, e^(-t²) is e^r 2^(n/16) for r = (-s - n ln(2)/16) - lost.  (Beyond the last
/// interval any will do.)
template <lanes L, class V>
CHAINFOLD_INLINE inline two_values<V> erfc_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = sixteenths;
    const V t = at_most<27.4>(abs(x));
    const auto [f, rest] = erfc_in_interval(t, to_bits(abs(x) * 0x1.18p-1 + 1));
    const V s = protect(t * t), minus_lost = minus_product(s, t, t);
    const V shifted = protect(c::shifter - s * c::in_one), n = protect(shifted - c::shifter);
    const V r = protect(-s - n * c::high) + protect(minus_lost - n * c::low);
    const V gaussian = assemble_exp(exponential_by_table<true, L>(sixteenth_remainder<V>{r, n, to_bits(shifted)}));
    const V tail = plus_product(protect(gaussian * protect(rest)), gaussian, f);
    return {select(x < 0, 2 - tail, tail), gaussian};
}

}  // namespace chainfold::math::detail
