// SPDX-License-Identifier: BSL-1.0
// What each elementwise operation computes, for one number or for a vector of them, without overflow on the way.
// A NaN stays a NaN (in relu and maximum too); comparisons give 0 or 1.
#pragma once
#include <gradus/expr/operation.hpp>
#include <gradus/program/vector.hpp>
#include <cmath>

namespace gradus::semantics {

namespace detail {
template <class V> inline constexpr auto constant = [](double c) { return V(static_cast<simd::number_t<V>>(c)); };

template <class V> inline V e_to(const V& a) {
    using std::exp;
    return exp(a);
}
template <class V> inline V ln(const V& a) {
    using std::log;
    return log(a);
}
template <class V> inline V ln_1p(const V& a) {
    using std::log1p;
    return log1p(a);
}
template <class V> inline V absolute(const V& a) {
    using std::abs;
    return abs(a);
}
template <class V> inline V power(const V& a, const V& b) {
    if constexpr (simd::is_plain<V>) {
        return std::pow(a, b);
    } else {
        // Lane by lane: the vector form loses digits and the rules for negative bases.
        constexpr auto n = static_cast<std::size_t>(simd::lanes<V>);
        alignas(64) simd::number_t<V> x[n];
        alignas(64) simd::number_t<V> y[n];
        a.store_aligned(x);
        b.store_aligned(y);
        for (std::size_t i = 0; i < n; ++i) x[i] = std::pow(x[i], y[i]);
        return V::load_aligned(x);
    }
}
}  // namespace detail

/// The value of an elementwise operation.
///
///     value<op::sigmoid>(-1000.f)   // 0, without overflow
template <op O, class V, class... B> [[gnu::always_inline]] inline V value(const V& a, const B&... rest) {
    using simd::choose;
    const auto number = detail::constant<V>;
    const auto truth = [&](const auto& condition) { return choose(condition, number(1), number(0)); };
    if constexpr (sizeof...(B) == 0) {
        if constexpr (O == op::neg) return -a;
        if constexpr (O == op::exp) return detail::e_to(a);
        if constexpr (O == op::log) return detail::ln(a);
        if constexpr (O == op::sqrt) {
            using std::sqrt;
            return sqrt(a);
        }
        if constexpr (O == op::tanh) {
            using std::tanh;
            return tanh(a);
        }
        if constexpr (O == op::sigmoid) {
            const V e = detail::e_to(V(-detail::absolute(a)));
            return choose(a < number(0), e, number(1)) / (number(1) + e);
        }
        if constexpr (O == op::relu) return choose(a <= number(0), number(0), a);
        if constexpr (O == op::abs) return detail::absolute(a);
        if constexpr (O == op::sign)  // of a NaN it is 0, as in PyTorch
            return choose(a > number(0), number(1), choose(a < number(0), number(-1), number(0)));
    } else if constexpr (sizeof...(B) == 1) {
        const V& b = (rest, ...);
        if constexpr (O == op::add) return a + b;
        if constexpr (O == op::sub) return a - b;
        if constexpr (O == op::mul) return a * b;
        if constexpr (O == op::div) return a / b;
        if constexpr (O == op::pow) return detail::power(a, b);
        if constexpr (O == op::maximum) return simd::greater_of(a, b);
        if constexpr (O == op::minimum) return simd::lesser_of(a, b);
        if constexpr (O == op::less) return truth(a < b);
        if constexpr (O == op::less_equal) return truth(a <= b);
        if constexpr (O == op::greater) return truth(a > b);
        if constexpr (O == op::greater_equal) return truth(a >= b);
        if constexpr (O == op::equal) return truth(a == b);
        if constexpr (O == op::not_equal) return choose(a == b, number(0), number(1));  // xsimd's != is false for NaN
        if constexpr (O == op::binary_cross_entropy_with_logits) {
            // -(b log sigmoid(a) + (1 - b) log(1 - sigmoid(a))), rearranged so that no exp overflows.
            const V tail = detail::ln_1p(detail::e_to(V(-detail::absolute(a))));
            return choose(a <= number(0), number(0), a) - a * b + tail;
        }
    } else {
        static_assert(O == op::where && sizeof...(B) == 2, "an elementwise operation has one to three operands");
        return [&](const V& yes, const V& no) { return choose(a == number(0), no, yes); }(rest...);
    }
}

}  // namespace gradus::semantics
