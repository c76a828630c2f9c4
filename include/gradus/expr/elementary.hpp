// SPDX-License-Identifier: BSL-1.0
// exp, log, tanh and their like for doubles, also while the compiler runs (std:: has them there only from C++26).
// In a running program they are the functions of the standard library.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

/// Inside the compiler each is within about two units in the last place (tests/expr/elementary.cpp compares them with
/// the standard library). clang counts statements, so each has as few as it can.
namespace gradus::elementary {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

namespace detail {
inline constexpr double ln2_high = 6.93147180369123816490e-01;  // the last 32 bits are zero: k * ln2_high is exact
inline constexpr double ln2_low = 1.90821492927058770002e-10;

/// 2 to the power of k, for a normal result.
constexpr double power_of_two(int k) { return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52); }

/// e^r with k = round(x / ln 2), high - low = x - k ln 2, the approximation of fdlibm's e_exp.c; without the scaling.
constexpr double exp_near_zero(double high, double low) {
    const double r = high - low;
    const double t = r * r;
    const double c = r - t * (1.66666666666666019037e-01 +
                              t * (-2.77777777770155933842e-03 +
                                   t * (6.61375632143793436117e-05 +
                                        t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    return 1 - ((low - (r * c) / (2 - c)) - high);
}
constexpr double exp(double x) {
    if (!(x > -745.2)) return x != x ? x : 0;
    if (x > 709.7827128933840) return infinity;
    const int k = static_cast<int>(x * 1.44269504088896338700 + (x < 0 ? -0.5 : 0.5));
    const double y = exp_near_zero(x - k * ln2_high, k * ln2_low);
    if (k < -1021) return y * power_of_two(k + 200) * power_of_two(-200);  // towards the subnormal numbers
    return k == 1024 ? y * 2 * power_of_two(1023) : y * power_of_two(k);
}
/// The approximation of fdlibm's e_log.c: x = 2^k (1 + f), s = f / (2 + f).
constexpr double log(double x) {
    if (!(x > 0)) return x == 0 ? -infinity : nan;
    if (x == infinity) return x;
    const bool subnormal = x < std::numeric_limits<double>::min();
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(subnormal ? x * power_of_two(54) : x);
    const bool upper = (bits & 0xFFFFFFFFFFFFFu) > 0x6A09E667F3BCDu;  // above sqrt(2): halve
    const int k = static_cast<int>(bits >> 52) - 1023 + (upper ? 1 : 0) - (subnormal ? 54 : 0);
    const double f =
        std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFu) | (upper ? 0x3FE0000000000000u : 0x3FF0000000000000u)) - 1;
    const double s = f / (2 + f);
    const double z = s * s;
    const double r = z * (6.666666666666735130e-01 +
                          z * (3.999999999940941908e-01 +
                               z * (2.857142874366239149e-01 +
                                    z * (2.222219843214978396e-01 +
                                         z * (1.818357216161805012e-01 +
                                              z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01))))));
    return k * ln2_high - ((0.5 * f * f - (s * (0.5 * f * f + r) + k * ln2_low)) - f);
}
/// tanh: a rational approximation near 0 (Cephes), 1 - 2 / (e^2x + 1) elsewhere.
constexpr double tanh(double x) {
    const double z = x * x;
    if (z < 0.390625)
        return x + x * z *
                       ((-9.64399179425052238628e-1 * z - 9.92877231001918586564e1) * z - 1.61468768441708447952e3) /
                       (((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z + 4.84406305325125486048e3);
    return x != x ? x : x < -20 ? -1 : x > 20 ? 1 : x < 0 ? 2 / (exp(-2 * x) + 1) - 1 : 1 - 2 / (exp(2 * x) + 1);
}
/// Heron's method from a guess that halves the exponent; the last step divides once more to round well.
constexpr double sqrt(double x) {
    if (!(x > 0) || x == infinity) return x < 0 ? nan : x;
    if (x < 1e-290) return sqrt(x * power_of_two(200)) * power_of_two(-100);
    double y = std::bit_cast<double>((std::bit_cast<std::uint64_t>(x) >> 1) + (std::uint64_t{1023} << 51));
    for (int i = 0; i < 5; ++i) y = 0.5 * (y + x / y);
    return y;
}
/// Whole exponents up to 16 and their halves multiply; others are e^(c log x), whose relative error is |c log x| times
/// that of one operation.
constexpr double pow(double x, double c) {
    if (c == 0 || x == 1) return 1;
    if (x != x || c != c) return nan;
    const double size = x < 0 ? -x : x;
    if (c == infinity || c == -infinity) return size == 1 ? 1 : (size > 1) == (c > 0) ? infinity : 0;
    const bool huge = c >= 9007199254740992.0 || c <= -9007199254740992.0;  // then it is even
    const std::int64_t n = huge ? 2 : static_cast<std::int64_t>(c);
    const bool whole = huge || static_cast<double>(n) == c;
    const bool negative = whole && (n & 1) != 0 && (std::bit_cast<std::uint64_t>(x) >> 63) != 0;
    if (x == 0 || size == infinity)
        return (size == 0) == (c > 0) ? (negative ? -0.0 : 0.0) : negative ? -infinity : infinity;
    if (x < 0 && !whole) return nan;
    const double twice = 2 * c;
    if (twice == static_cast<double>(static_cast<int>(c < -16 || c > 16 ? 0 : twice)) && c >= -16 && c <= 16) {
        std::int64_t left = n < 0 ? -n : n;
        double result = whole ? 1 : sqrt(size);
        for (double square = size; left > 0; left >>= 1) {
            if (left & 1) result *= square;
            if (left > 1) square *= square;
        }
        return negative ? (c < 0 ? -1 / result : -result) : c < 0 ? 1 / result : result;
    }
    return negative ? -exp(c * log(size)) : exp(c * log(size));
}
}  // namespace detail

constexpr double exp(double x) { return std::is_constant_evaluated() ? detail::exp(x) : std::exp(x); }
constexpr double log(double x) { return std::is_constant_evaluated() ? detail::log(x) : std::log(x); }
constexpr double tanh(double x) { return std::is_constant_evaluated() ? detail::tanh(x) : std::tanh(x); }
constexpr double sqrt(double x) { return std::is_constant_evaluated() ? detail::sqrt(x) : std::sqrt(x); }
constexpr double pow(double x, double c) { return std::is_constant_evaluated() ? detail::pow(x, c) : std::pow(x, c); }

constexpr double abs(double x) { return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & 0x7FFFFFFFFFFFFFFFu); }
/// log(1 + x), also where 1 + x rounds x away, for x >= 0.
constexpr double log_of_one_plus(double x) {
    if (!std::is_constant_evaluated()) return std::log1p(x);
    const double w = 1 + x;
    return w == 1 || w == infinity ? x : detail::log(w) * (x / (w - 1));
}
/// 1 / (1 + e^-x), whatever the size of x.
constexpr double sigmoid(double x) {
    if (x >= 0) return 1 / (1 + exp(-x));
    const double e = exp(x);
    return e / (1 + e);
}
/// -1, 0 or 1, and 0 of NaN, as in PyTorch.
constexpr double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
/// The larger; NaN if one is NaN.
constexpr double maximum(double a, double b) { return a != a ? a : b != b ? b : a < b ? b : a; }
/// The smaller; NaN if one is NaN.
constexpr double minimum(double a, double b) { return a != a ? a : b != b ? b : b < a ? b : a; }
/// -(y log sigmoid(z) + (1 - y) log(1 - sigmoid(z))) without overflow.
constexpr double binary_cross_entropy_with_logits(double z, double y) {
    return maximum(z, 0) - z * y + log_of_one_plus(exp(-abs(z)));
}

}  // namespace gradus::elementary
