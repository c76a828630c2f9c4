// SPDX-License-Identifier: BSL-1.0
// Matrix products of numbers in memory: C = beta C + alpha A B. Small ones run in tiles of registers, where a call
// would cost more than the work; large ones go to the BLAS, where GRADUS_BLAS says that one is linked (the Meson
// dependency and the pkg-config file do). Without it the tiles do all.
#pragma once
#include <gradus/program/vector.hpp>
#include <algorithm>
#include <utility>

#if !defined(GRADUS_BLAS)
#define GRADUS_BLAS 0
#endif
#if GRADUS_BLAS
#include <cblas.h>
#endif

namespace gradus::kernels {

using index = std::ptrdiff_t;

/// A matrix in memory: element (i, j) is `at[i * row + j * column]`.
template <class T> struct matrix {
    T* at;
    index row;
    index column;
};

namespace detail {

/// Up to how many multiplications the tiles beat the BLAS, which always uses the widest vectors that the machine has:
/// measured with OpenBLAS 0.3.21 on AVX-512 (64x784x128: 0.7 of its time).
template <class V>
inline constexpr index tiled_at_most = sizeof(V) >= 64   ? 1 << 23
                                       : sizeof(V) >= 32 ? 1 << 20
                                                         : 1 << 9;

/// Columns of B that a tile takes at a time, in vectors, and its rows: as many as the registers hold.
inline constexpr index tile_vectors = 2;
template <class V> inline constexpr index tile_rows = sizeof(V) >= 64 ? 8 : sizeof(V) >= 32 ? 6 : 4;
/// How much of the inner size is packed at a time.
inline constexpr index packed_depth = 256;

template <class F, std::size_t... I> [[gnu::always_inline]] inline void each(F f, std::index_sequence<I...>) {
    (f(std::integral_constant<std::size_t, I>{}), ...);
}
template <std::size_t N, class F> [[gnu::always_inline]] inline void each(F f) {
    each(f, std::make_index_sequence<N>{});
}

/// One tile of C, `Rows` times `Vectors` vectors; of the last vector only the first `last` lanes.
template <class V, std::size_t Rows, std::size_t Vectors, bool Part, class T>
inline void tile(index depth, const T* a, index a_row, index a_column, const T* b, index b_row, T* c, index c_row,
                 index last, T alpha, T beta) {
    constexpr auto width = simd::lanes<V>;
    V sum[Rows][Vectors];
    each<Rows>([&](auto r) __attribute__((always_inline)) {
        each<Vectors>([&](auto v) __attribute__((always_inline)) { sum[r][v] = V(T(0)); });
    });
    for (index k = 0; k < depth; ++k) {
        V x[Vectors];
        each<Vectors>([&](auto v) __attribute__((always_inline)) {
            if constexpr (Part && v + 1 == Vectors)
                x[v] = simd::load<V>(b + static_cast<index>(v) * width, last);
            else
                x[v] = simd::load<V>(b + static_cast<index>(v) * width);
        });
        each<Rows>([&](auto r) __attribute__((always_inline)) {
            const V y(a[static_cast<index>(r) * a_row]);
            each<Vectors>([&](auto v)
                              __attribute__((always_inline)) { sum[r][v] = simd::multiply_add(y, x[v], sum[r][v]); });
        });
        a += a_column;
        b += b_row;
    }
    each<Rows>([&](auto r) __attribute__((always_inline)) {
        each<Vectors>([&](auto v) __attribute__((always_inline)) {
            T* const to = c + static_cast<index>(r) * c_row + static_cast<index>(v) * width;
            constexpr bool part = Part && v + 1 == Vectors;
            V result = V(alpha) * sum[r][v];
            if constexpr (part) {
                if (beta != T(0)) result = simd::multiply_add(V(beta), simd::load<V>(to, last), result);
                simd::store(to, last, result);
            } else {
                if (beta != T(0)) result = simd::multiply_add(V(beta), simd::load<V>(to), result);
                simd::store(to, result);
            }
        });
    });
}

/// All rows of a panel of columns.
template <class V, std::size_t Vectors, bool Part, class T>
inline void panel(index rows, index depth, matrix<const T> a, const T* b, index b_row, T* c, index c_row, index last,
                  T alpha, T beta) {
    constexpr auto most = static_cast<std::size_t>(tile_rows<V>);
    const auto strip = [&](auto count) {
        tile<V, count, Vectors, Part>(depth, a.at, a.row, a.column, b, b_row, c, c_row, last, alpha, beta);
        a.at += static_cast<index>(count) * a.row;
        c += static_cast<index>(count) * c_row;
        rows -= static_cast<index>(count);
    };
    while (rows >= tile_rows<V>) strip(std::integral_constant<std::size_t, most>{});
    if constexpr (most > 4)
        if (rows >= 4) strip(std::integral_constant<std::size_t, 4>{});
    if (rows >= 2) strip(std::integral_constant<std::size_t, 2>{});
    if (rows >= 1) strip(std::integral_constant<std::size_t, 1>{});
}

/// Copies `depth` rows and `columns` columns of B next to each other.
template <class T> inline void pack(matrix<const T> b, index depth, index columns, T* to, index to_row) {
    if (b.row == 1) {  // a transposed B: read along its rows, four at a time
        index j = 0;
        for (; j + 4 <= columns; j += 4) {
            const T* const p0 = b.at + j * b.column;
            const T* const p1 = p0 + b.column;
            const T* const p2 = p1 + b.column;
            const T* const p3 = p2 + b.column;
            for (index k = 0; k < depth; ++k) {
                T* const q = to + k * to_row + j;
                q[0] = p0[k];
                q[1] = p1[k];
                q[2] = p2[k];
                q[3] = p3[k];
            }
        }
        for (; j < columns; ++j)
            for (index k = 0; k < depth; ++k) to[k * to_row + j] = b.at[k + j * b.column];
    } else {
        for (index k = 0; k < depth; ++k)
            for (index j = 0; j < columns; ++j) to[k * to_row + j] = b.at[k * b.row + j * b.column];
    }
}

template <class T>
inline void tiled_product(index m, index n, index k, matrix<const T> a, matrix<const T> b, T* c, T alpha, T beta) {
    using V = simd::vector<T>;
    constexpr index width = simd::lanes<V>;
    constexpr index columns = tile_vectors * width;
    alignas(64) T packed[static_cast<std::size_t>(packed_depth * columns)];
    const bool packs = b.column != 1 || (m > 4 * tile_rows<V> && k > 64);
    const index block = packs ? packed_depth : k;
    for (index from = 0; from < k || from == 0; from += block) {
        const index depth = std::min(block, k - from);
        const T b_beta = from == 0 ? beta : T(1);
        const matrix<const T> left{a.at + from * a.column, a.row, a.column};
        for (index j = 0; j < n; j += columns) {
            const index count = std::min(columns, n - j);
            const T* right = b.at + from * b.row + j * b.column;
            index right_row = b.row;
            if (packs) {
                right_row = count <= width ? width : columns;
                pack<T>({right, b.row, b.column}, depth, count, packed, right_row);
                right = packed;
            }
            const index last = count % width;
            if (count == columns)
                panel<V, 2, false>(m, depth, left, right, right_row, c + j, n, width, alpha, b_beta);
            else if (count == width)
                panel<V, 1, false>(m, depth, left, right, right_row, c + j, n, width, alpha, b_beta);
            else if (count > width)
                panel<V, 2, true>(m, depth, left, right, right_row, c + j, n, last, alpha, b_beta);
            else
                panel<V, 1, true>(m, depth, left, right, right_row, c + j, n, last, alpha, b_beta);
        }
        if (k == 0) break;
    }
}

#if GRADUS_BLAS
inline void blas(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, float alpha, const float* a, int lda,
                 const float* b, int ldb, float beta, float* c, int ldc) {
    cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
inline void blas(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, double alpha, const double* a, int lda,
                 const double* b, int ldb, double beta, double* c, int ldc) {
    cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
#endif

}  // namespace detail

/// C = beta C + alpha A B with A (m, k), B (k, n) and C (m, n), row-major without gaps.
template <class T>
inline void product(index m, index n, index k, matrix<const T> a, matrix<const T> b, T* c, T alpha, T beta) {
    if (n == 1) b.column = 1;  // a stride that is never taken
    if (k == 1) a.column = 1;
#if GRADUS_BLAS
    constexpr index most = 2147483647;
    if (m * n * k > detail::tiled_at_most<simd::vector<T>> && m <= most && n <= most && k <= most && a.row <= most &&
        b.row <= most && a.column <= most && b.column <= most) {
        const bool ta = a.column != 1;
        const bool tb = b.column != 1;
        const index lda = std::max(ta ? a.column : a.row, ta ? m : k);
        const index ldb = std::max(tb ? b.column : b.row, tb ? k : n);
        detail::blas(ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, static_cast<int>(m),
                     static_cast<int>(n), static_cast<int>(k), alpha, a.at, static_cast<int>(lda), b.at,
                     static_cast<int>(ldb), beta, c, static_cast<int>(n));
        return;
    }
#endif
    detail::tiled_product(m, n, k, a, b, c, alpha, beta);
}

}  // namespace gradus::kernels
