// SPDX-License-Identifier: BSL-1.0
// The few things that the kernels need of a vector of numbers: loads and stores of a part of it, sums over its lanes.
// The vector is `xsimd::batch<T>` of the target's width, or a plain T where the target has none.
#pragma once
#include <array>
#include <cstddef>
#include <type_traits>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // g++ 12 warns of its own AVX-512 intrinsics (GCC bug 105593)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if defined(__AVX2__) || defined(__AVX512F__)
#include <immintrin.h>
#endif
#include <xsimd/xsimd.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

namespace gradus::simd {

#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class T> using vector = T;
#else
template <class T> using vector = xsimd::batch<T>;
#endif

/// How many numbers a vector holds: 1 for a plain T.
template <class V> inline constexpr std::ptrdiff_t lanes = static_cast<std::ptrdiff_t>(V::size);
template <> inline constexpr std::ptrdiff_t lanes<float> = 1;
template <> inline constexpr std::ptrdiff_t lanes<double> = 1;

/// The number type of a vector.
template <class V> struct number_of { using type = typename V::value_type; };
template <> struct number_of<float> { using type = float; };
template <> struct number_of<double> { using type = double; };
template <class V> using number_t = typename number_of<V>::type;

template <class V> inline constexpr bool is_plain = std::is_floating_point_v<V>;

/// All lanes from memory that need not be aligned.
template <class V> [[gnu::always_inline]] inline V load(const number_t<V>* p) {
    if constexpr (is_plain<V>)
        return *p;
    else
        return V::load_unaligned(p);
}
template <class V> [[gnu::always_inline]] inline void store(number_t<V>* p, const V& v) {
    if constexpr (is_plain<V>)
        *p = v;
    else
        v.store_unaligned(p);
}

#if defined(__AVX512F__)
inline constexpr bool has_mask = true;
[[gnu::always_inline]] inline __mmask16 first_lanes(std::ptrdiff_t n) { return static_cast<__mmask16>((1u << n) - 1u); }
[[gnu::always_inline]] inline __m512 masked(const float* p, std::ptrdiff_t n) {
    return _mm512_maskz_loadu_ps(first_lanes(n), p);
}
[[gnu::always_inline]] inline __m512d masked(const double* p, std::ptrdiff_t n) {
    return _mm512_maskz_loadu_pd(static_cast<__mmask8>(first_lanes(n)), p);
}
[[gnu::always_inline]] inline void masked(float* p, std::ptrdiff_t n, __m512 v) {
    _mm512_mask_storeu_ps(p, first_lanes(n), v);
}
[[gnu::always_inline]] inline void masked(double* p, std::ptrdiff_t n, __m512d v) {
    _mm512_mask_storeu_pd(p, static_cast<__mmask8>(first_lanes(n)), v);
}
#elif defined(__AVX2__)
inline constexpr bool has_mask = true;
[[gnu::always_inline]] inline __m256i first_lanes(std::ptrdiff_t n, float) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
[[gnu::always_inline]] inline __m256i first_lanes(std::ptrdiff_t n, double) {
    return _mm256_cmpgt_epi64(_mm256_set1_epi64x(n), _mm256_setr_epi64x(0, 1, 2, 3));
}
[[gnu::always_inline]] inline __m256 masked(const float* p, std::ptrdiff_t n) {
    return _mm256_maskload_ps(p, first_lanes(n, 0.f));
}
[[gnu::always_inline]] inline __m256d masked(const double* p, std::ptrdiff_t n) {
    return _mm256_maskload_pd(p, first_lanes(n, 0.));
}
[[gnu::always_inline]] inline void masked(float* p, std::ptrdiff_t n, __m256 v) {
    _mm256_maskstore_ps(p, first_lanes(n, 0.f), v);
}
[[gnu::always_inline]] inline void masked(double* p, std::ptrdiff_t n, __m256d v) {
    _mm256_maskstore_pd(p, first_lanes(n, 0.), v);
}
#else
inline constexpr bool has_mask = false;
#endif

/// The first `n` lanes from memory, zeros in the rest; nothing behind them is read.
template <class V> [[gnu::always_inline]] inline V load(const number_t<V>* p, std::ptrdiff_t n) {
    if constexpr (is_plain<V>) {
        return *p;
    } else if constexpr (has_mask) {
        return V(masked(p, n));
    } else {
        alignas(64) number_t<V> part[static_cast<std::size_t>(lanes<V>)]{};
        for (std::ptrdiff_t i = 0; i < n; ++i) part[i] = p[i];
        return V::load_aligned(part);
    }
}
/// The first `n` lanes to memory.
template <class V> [[gnu::always_inline]] inline void store(number_t<V>* p, std::ptrdiff_t n, const V& v) {
    if constexpr (is_plain<V>) {
        *p = v;
    } else if constexpr (has_mask) {
        masked(p, n, v.data);
    } else {
        alignas(64) number_t<V> part[static_cast<std::size_t>(lanes<V>)];
        v.store_aligned(part);
        for (std::ptrdiff_t i = 0; i < n; ++i) p[i] = part[i];
    }
}
/// `n` lanes that stand `stride` apart.
template <class V> inline V gather(const number_t<V>* p, std::ptrdiff_t stride, std::ptrdiff_t n) {
    if constexpr (is_plain<V>) {
        return *p;
    } else {
        alignas(64) number_t<V> part[static_cast<std::size_t>(lanes<V>)]{};
        for (std::ptrdiff_t i = 0; i < n; ++i) part[i] = p[i * stride];
        return V::load_aligned(part);
    }
}
/// 0, 1, 2, ... in the lanes.
template <class V> [[gnu::always_inline]] inline V counting() {
    if constexpr (is_plain<V>) {
        return V(0);
    } else {
        alignas(64) static constexpr auto numbers = [] {
            std::array<number_t<V>, static_cast<std::size_t>(lanes<V>)> a{};
            for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<number_t<V>>(i);
            return a;
        }();
        return V::load_aligned(numbers.data());
    }
}

/// One of two values, lane by lane.
template <class T> [[gnu::always_inline]] inline T choose(bool c, T a, T b) { return c ? a : b; }
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> choose(const xsimd::batch_bool<T, A>& c, const xsimd::batch<T, A>& a,
                                                        const xsimd::batch<T, A>& b) {
    return xsimd::select(c, a, b);
}
#endif

/// a * b + c, rounded once where the target can.
template <class V> [[gnu::always_inline]] inline V multiply_add(const V& a, const V& b, const V& c) {
    if constexpr (is_plain<V>)
        return a * b + c;
    else
        return xsimd::fma(a, b, c);
}

/// Folds the lanes of a vector in halves: `combine` is a sum, a maximum, ...
template <class V, class Combine> inline number_t<V> fold(const V& v, Combine combine) {
    if constexpr (is_plain<V>) {
        return v;
    } else {
        alignas(64) number_t<V> part[static_cast<std::size_t>(lanes<V>)];
        v.store_aligned(part);
        for (std::ptrdiff_t half = lanes<V> / 2; half > 0; half /= 2)
            for (std::ptrdiff_t i = 0; i < half; ++i) part[i] = combine(part[i], part[i + half]);
        return part[0];
    }
}
/// The sum of the lanes.
template <class V> [[gnu::always_inline]] inline number_t<V> sum(const V& v) {
    if constexpr (is_plain<V>) {
        return v;
    } else {
#if defined(__AVX512F__)
        if constexpr (std::is_same_v<number_t<V>, float>)
            return _mm512_reduce_add_ps(v.data);
        else
            return _mm512_reduce_add_pd(v.data);
#else
        return fold(v, [](auto a, auto b) { return a + b; });
#endif
    }
}
/// The greater one; NaN if there is one. (`a == a`, not `a != a`: xsimd 8.1 finds NaN != NaN false on AVX.)
template <class V> [[gnu::always_inline]] inline V greater_of(const V& a, const V& b) {
    return choose(a == a, choose(a > b, a, b), a);
}
template <class V> [[gnu::always_inline]] inline V lesser_of(const V& a, const V& b) {
    return choose(a == a, choose(a < b, a, b), a);
}
/// The greatest lane; NaN if there is one.
template <class V> inline number_t<V> greatest(const V& v) {
    return fold(v, [](auto a, auto b) { return greater_of(a, b); });
}

}  // namespace gradus::simd
