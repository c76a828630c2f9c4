// SPDX-License-Identifier: BSL-1.0
// The loops of a program. Each step of a plan becomes one function: its loop nest, strides and operations are known to
// the compiler, so a chain of elementwise operations is one vectorised loop that stores nothing in between.
#pragma once
#include <gradus/program/plan.hpp>
#include <gradus/program/product.hpp>
#include <gradus/program/semantics.hpp>
#include <limits>

namespace gradus::kernels {

/// What a step finds at run time: where each buffer lies, the symbolic sizes, the late constants.
template <class T> struct environment {
    T* const* buffers;
    const std::int64_t* sizes;
    const T* constants;
};

/// An extent that the compiler knows costs nothing.
template <std::int64_t Fixed, std::uint32_t Powers>
[[gnu::always_inline]] inline index extent_at(const std::int64_t* s) {
    if constexpr (Powers == 0)
        return static_cast<index>(Fixed);
    else
        return static_cast<index>(planned::extent{Fixed, Powers}.at(s));
}

/// The step number S of the plan P, and the expression that its instructions are.
template <class P, int S, class T> struct fused {
    static constexpr planned::step step = P::value.steps[static_cast<std::size_t>(S)];
    static constexpr int count = step.count;
    static constexpr int loops = step.loops;
    static constexpr int inner = step.loops - 1;

    template <int I> static constexpr const planned::instruction& instruction() {
        return P::value.instructions[static_cast<std::size_t>(step.first + I)];
    }
    using does = planned::instruction::does;
    using sequence = std::make_integer_sequence<int, count>;
    using environment = kernels::environment<T>;

    template <int D> [[gnu::always_inline]] static index size(const environment& e) {
        return extent_at<step.size[D].fixed, step.size[D].powers>(e.sizes);
    }
    template <int D> [[gnu::always_inline]] static index out_stride(const environment& e) {
        return extent_at<step.out_stride[D].fixed, step.out_stride[D].powers>(e.sizes);
    }
    template <int I, int D> [[gnu::always_inline]] static index stride(const environment& e) {
        constexpr planned::extent x = instruction<I>().stride[D];
        return extent_at<x.fixed, x.powers>(e.sizes);
    }
    template <int I, int D> static constexpr bool moves() {
        return D >= 0 && instruction<I>().stride[D < 0 ? 0 : D].fixed != 0;
    }

    /// Where the loads stand; the innermost loop is not part of it.
    struct cursor {
        const T* from[static_cast<std::size_t>(count > 0 ? count : 1)];
        index position[static_cast<std::size_t>(count > 0 ? count : 1)];
        T* out;
    };
    [[gnu::always_inline]] static cursor start(const environment& e) {
        cursor c;
        start(e, c, sequence{});
        return c;
    }
    /// Steps the loop D once.
    template <int D> [[gnu::always_inline]] static void advance(const environment& e, cursor& c) {
        advance<D>(e, c, sequence{});
        if constexpr (step.out_stride[D].fixed != 0) c.out += out_stride<D>(e);
    }

    /// Whether short inner rows can be run through as if they were one row, so that no lane of a vector is left empty:
    /// all operands follow each other as the results do, or are the same in each row, or are one number.
    template <class V> static constexpr bool folds() {
        if (loops < 2 || simd::lanes<V> == 1) return false;
        const planned::extent row = step.size[inner];
        if (!row.known() || row.fixed >= simd::lanes<V> || simd::lanes<V> % row.fixed != 0) return false;
        if (!step.out_stride[inner].is(1) || !(step.out_stride[inner - 1] == row)) return false;
        for (int i = 0; i < count; ++i) {
            const planned::instruction& x = P::value.instructions[static_cast<std::size_t>(step.first + i)];
            if (x.what != does::load && x.what != does::position) continue;
            const bool fixed = x.stride[inner - 1].is(0) && (x.stride[inner].is(0) || x.stride[inner].is(1));
            const bool follows = x.stride[inner - 1] == row && x.stride[inner].is(1);
            if (!fixed && !(follows && x.what == does::load)) return false;
        }
        return true;
    }
    /// Whether a value is the same in each row, and not one number.
    template <int I> static constexpr bool repeats() {
        return inner > 0 && moves<I, inner>() && !moves<I, inner - 1>();
    }
    /// Copies what repeats in each row as often as a vector has room for it, and lets the cursor point there.
    template <class V, std::size_t Lanes>
    [[gnu::always_inline]] static void repeat(cursor& c, T (&room)[static_cast<std::size_t>(count)][Lanes]) {
        repeat<V>(c, room, sequence{});
    }

    /// The vector (or number) of the value number `Result` at the inner index j; with Part only the first n lanes.
    template <class V, bool Part, int Result = count - 1, bool Folded = false>
    [[gnu::always_inline]] static V at(const environment& e, const cursor& c, index j, index n = 0) {
        V v[static_cast<std::size_t>(count)];
        at<V, Part, Folded>(e, c, j, n, v, std::make_integer_sequence<int, Result + 1>{});
        return v[Result];
    }

  private:
    template <class V, std::size_t Lanes, int... I>
    [[gnu::always_inline]] static void repeat(cursor& c, T (&room)[static_cast<std::size_t>(count)][Lanes],
                                              std::integer_sequence<int, I...>) {
        constexpr auto row = static_cast<std::size_t>(step.size[inner].fixed);
        const auto one = [&]<int K>(std::integral_constant<int, K>) {
            if constexpr (repeats<K>()) {
                for (std::size_t i = 0; i < Lanes; ++i) {
                    if constexpr (instruction<K>().what == does::load)
                        room[K][i] = c.from[K][i % row];
                    else
                        room[K][i] = static_cast<T>(c.position[K] + static_cast<index>(i % row));
                }
                c.from[K] = room[K];
            }
        };
        (one(std::integral_constant<int, I>{}), ...);
    }
    template <int... I>
    [[gnu::always_inline]] static void start(const environment& e, cursor& c, std::integer_sequence<int, I...>) {
        (start_one<I>(e, c), ...);
        c.out = e.buffers[step.out];
    }
    template <int I> [[gnu::always_inline]] static void start_one(const environment& e, cursor& c) {
        if constexpr (instruction<I>().what == does::load) c.from[I] = e.buffers[instruction<I>().buffer];
        if constexpr (instruction<I>().what == does::position) c.position[I] = 0;
    }
    template <int D, int... I>
    [[gnu::always_inline]] static void advance(const environment& e, cursor& c, std::integer_sequence<int, I...>) {
        (advance_one<D, I>(e, c), ...);
    }
    template <int D, int I> [[gnu::always_inline]] static void advance_one(const environment& e, cursor& c) {
        if constexpr (moves<I, D>()) {
            if constexpr (instruction<I>().what == does::load) c.from[I] += stride<I, D>(e);
            if constexpr (instruction<I>().what == does::position) c.position[I] += stride<I, D>(e);
        }
    }
    template <class V, bool Part, bool Folded, int... I>
    [[gnu::always_inline]] static void at(const environment& e, const cursor& c, index j, index n, V* v,
                                          std::integer_sequence<int, I...>) {
        ((v[I] = one<V, Part, I, Folded>(e, c, j, n, v)), ...);
    }
    template <class V, bool Part, int I, bool Folded>
    [[gnu::always_inline]] static V one(const environment& e, const cursor& c, index j, index n, const V* v) {
        constexpr const planned::instruction& x = instruction<I>();
        if constexpr (Folded && repeats<I>()) {
            return simd::load<V>(c.from[I]);
        } else if constexpr (x.what == does::load) {
            if constexpr (!moves<I, inner>()) {
                return V(*c.from[I]);
            } else if constexpr (x.stride[inner].is(1)) {
                if constexpr (Part)
                    return simd::load<V>(c.from[I] + j, n);
                else
                    return simd::load<V>(c.from[I] + j);
            } else {
                const index s = stride<I, inner>(e);
                return simd::gather<V>(c.from[I] + j * s, s, Part ? n : simd::lanes<V>);
            }
        } else if constexpr (x.what == does::position) {
            if constexpr (!moves<I, inner>()) {
                return V(static_cast<T>(c.position[I]));
            } else {
                const index s = stride<I, inner>(e);
                return V(static_cast<T>(c.position[I] + j * s)) + V(static_cast<T>(s)) * simd::counting<V>();
            }
        } else if constexpr (x.what == does::constant) {
            if constexpr (x.slot >= 0)
                return V(e.constants[x.slot]);
            else
                return V(static_cast<T>(x.value));
        } else {
            constexpr int a = x.operand[0];
            constexpr int b = x.operand[1];
            constexpr int d = x.operand[2];
            if constexpr (b < 0)
                return semantics::value<x.operation>(v[a]);
            else if constexpr (d >= 0)
                return semantics::value<x.operation>(v[a], v[b], v[d]);
            else if constexpr (x.operation == op::pow && instruction<b>().what == does::constant &&
                               instruction<b>().slot < 0)
                return power<b>(v[a], v[b]);
            else
                return semantics::value<x.operation>(v[a], v[b]);
        }
    }
    /// Powers by small whole numbers are products.
    template <int B, class V> [[gnu::always_inline]] static V power(const V& a, const V& b) {
        constexpr double p = instruction<B>().value;
        if constexpr (p == 1) return a;
        if constexpr (p == 2) return a * a;
        if constexpr (p == 3) return a * a * a;
        if constexpr (p == 4) return (a * a) * (a * a);
        if constexpr (p == -1) return V(T(1)) / a;
        if constexpr (p == -2) return V(T(1)) / (a * a);
        if constexpr (p == 0.5) return semantics::value<op::sqrt>(a);
        if constexpr (p == -0.5) return V(T(1)) / semantics::value<op::sqrt>(a);
        return semantics::value<op::pow>(a, b);
    }
};

/// Runs the loops From, ..., To - 1 and calls the body at each place.
template <class F, int From, int To, class Body>
[[gnu::always_inline]] inline void nest(const typename F::environment& e, typename F::cursor& at, Body&& body) {
    if constexpr (From == To) {
        body(at);
    } else {
        typename F::cursor c = at;
        const index n = F::template size<From>(e);
        for (index i = 0; i < n; ++i) {
            nest<F, From + 1, To>(e, c, body);
            F::template advance<From>(e, c);
        }
    }
}

/// Elementwise: vectors along the inner loop.
template <class F, class T> inline void map(const environment<T>& e) {
    using V = simd::vector<T>;
    auto c = F::start(e);
    if constexpr (F::loops == 0) {
        *c.out = F::template at<T, false>(e, c, 0);
    } else if constexpr (F::template folds<V>()) {
        constexpr int all = F::count - 1;
        alignas(64) T room[static_cast<std::size_t>(F::count)][static_cast<std::size_t>(simd::lanes<V>)];
        const index n = F::template size<F::inner - 1>(e) * F::template size<F::inner>(e);
        nest<F, 0, F::inner - 1>(
            e, c, [&](auto at) __attribute__((always_inline)) {
                F::template repeat<V>(at, room);
                index j = 0;
                for (; j + simd::lanes<V> <= n; j += simd::lanes<V>)
                    simd::store(at.out + j, F::template at<V, false, all, true>(e, at, j));
                if (j < n) simd::store(at.out + j, n - j, F::template at<V, true, all, true>(e, at, j, n - j));
            });
    } else {
        const index n = F::template size<F::inner>(e);
        nest<F, 0, F::inner>(
            e, c, [&](auto& at) __attribute__((always_inline)) {
                index j = 0;
                for (; j + simd::lanes<V> <= n; j += simd::lanes<V>)
                    simd::store(at.out + j, F::template at<V, false>(e, at, j));
                if (j < n) simd::store(at.out + j, n - j, F::template at<V, true>(e, at, j, n - j));
            });
    }
}

/// How values are brought together. `none` is the value that changes nothing.
template <op O, class T> struct reduction;
template <class T> struct reduction<op::sum, T> {
    static constexpr T none = 0;
    template <class V> [[gnu::always_inline]] static V join(const V& a, const V& b) { return a + b; }
    template <class V> [[gnu::always_inline]] static T lanes(const V& v) { return simd::sum(v); }
};
template <class T> struct reduction<op::mean, T> : reduction<op::sum, T> {};
template <class T> struct reduction<op::max, T> {
    static constexpr T none = -std::numeric_limits<T>::infinity();
    template <class V> [[gnu::always_inline]] static V join(const V& a, const V& b) { return simd::greater_of(a, b); }
    template <class V> [[gnu::always_inline]] static T lanes(const V& v) { return simd::greatest(v); }
};

/// The vector with `none` behind the first n lanes.
template <class V> [[gnu::always_inline]] inline V only_first(const V& v, index n, simd::number_t<V> none) {
    using T = simd::number_t<V>;
    return simd::choose(simd::counting<V>() < V(static_cast<T>(n)), v, V(none));
}

/// How many loops stand outside the marked ones.
template <class F> constexpr int kept_loops() {
    int kept = 0;
    while (kept < F::loops && !(F::step.marked >> kept & 1)) ++kept;
    return kept;
}

/// sum, mean and max. Marked loops are the inner ones, or the innermost is kept and the marked stand around it.
template <class F, class T> inline void reduce(const environment<T>& e) {
    using V = simd::vector<T>;
    using R = reduction<F::step.operation, T>;
    constexpr int kept = kept_loops<F>();
    auto c = F::start(e);
    const index n = F::template size<F::inner>(e);
    T scale = 1;
    if constexpr (F::step.operation == op::mean) {
        index turns = 1;
        const auto count = [&]<int... D>(std::integer_sequence<int, D...>) {
            ((turns *= F::step.marked >> D & 1 ? F::template size<D>(e) : 1), ...);
        };
        count(std::make_integer_sequence<int, F::loops>{});
        scale = T(1) / static_cast<T>(turns);
    }
    if constexpr ((F::step.marked >> F::inner & 1) != 0) {
        nest<F, 0, kept>(
            e, c, [&](auto& outer) __attribute__((always_inline)) {
                V sum[4]{V(R::none), V(R::none), V(R::none), V(R::none)};
                nest<F, kept, F::inner>(
                    e, outer, [&](auto& at) __attribute__((always_inline)) {
                        index j = 0;
                        for (; j + 4 * simd::lanes<V> <= n; j += 4 * simd::lanes<V>)
                            detail::each<4>([&](auto i) __attribute__((always_inline)) {
                                sum[i] = R::join(sum[i], F::template at<V, false>(
                                                             e, at, j + static_cast<index>(i) * simd::lanes<V>));
                            });
                        for (; j + simd::lanes<V> <= n; j += simd::lanes<V>)
                            sum[0] = R::join(sum[0], F::template at<V, false>(e, at, j));
                        if (j < n)
                            sum[1] =
                                R::join(sum[1], only_first(F::template at<V, true>(e, at, j, n - j), n - j, R::none));
                    });
                *outer.out = R::lanes(R::join(R::join(sum[0], sum[1]), R::join(sum[2], sum[3]))) * scale;
            });
    } else {
        nest<F, 0, kept>(
            e, c, [&](auto& outer) __attribute__((always_inline)) {
                index j = 0;
                for (; j + 4 * simd::lanes<V> <= n; j += 4 * simd::lanes<V>) {
                    V sum[4]{V(R::none), V(R::none), V(R::none), V(R::none)};
                    nest<F, kept, F::inner>(
                        e, outer, [&](auto& at) __attribute__((always_inline)) {
                            detail::each<4>([&](auto i) __attribute__((always_inline)) {
                                sum[i] = R::join(sum[i], F::template at<V, false>(
                                                             e, at, j + static_cast<index>(i) * simd::lanes<V>));
                            });
                        });
                    detail::each<4>([&](auto i) __attribute__((always_inline)) {
                        simd::store(outer.out + j + static_cast<index>(i) * simd::lanes<V>, V(sum[i] * V(scale)));
                    });
                }
                for (; j < n; j += simd::lanes<V>) {
                    const index part = std::min(n - j, simd::lanes<V>);
                    V sum(R::none);
                    if (part == simd::lanes<V>) {
                        nest<F, kept, F::inner>(
                            e, outer, [&](auto& at) __attribute__((always_inline)) {
                                sum = R::join(sum, F::template at<V, false>(e, at, j));
                            });
                        simd::store(outer.out + j, V(sum * V(scale)));
                    } else {
                        nest<F, kept, F::inner>(
                            e, outer, [&](auto& at) __attribute__((always_inline)) {
                                sum = R::join(sum, F::template at<V, true>(e, at, j, part));
                            });
                        simd::store(outer.out + j, part, V(sum * V(scale)));
                    }
                }
            });
    }
}

/// The index of the greatest value along the marked loops; the first of ties; a NaN counts as the greatest.
template <class F, class T> inline void argmax(const environment<T>& e) {
    constexpr int kept = kept_loops<F>();
    constexpr bool inside = (F::step.marked >> F::inner & 1) != 0;
    auto c = F::start(e);
    const index n = F::template size<F::inner>(e);
    const auto better = [](T a, T b) { return a > b || (a != a && b == b); };
    nest<F, 0, kept>(e, c, [&](auto& outer) {
        for (index j = 0; j < (inside ? 1 : n); ++j) {
            T best = 0;
            index place = 0;
            index turn = 0;
            nest<F, kept, F::inner>(e, outer, [&](auto& at) {
                for (index i = 0; i < (inside ? n : 1); ++i) {
                    const T x = F::template at<T, false>(e, at, inside ? i : j);
                    if (turn == 0 || better(x, best)) {
                        best = x;
                        place = turn;
                    }
                    ++turn;
                }
            });
            outer.out[j] = static_cast<T>(place);
        }
    });
}

/// Rows of at most one vector, as many at a time as a vector has lanes: a lane is a row, so no lane is left empty and
/// nothing is summed across lanes. Element k of row r stands at `column[k][r]`.
template <class F, class T, bool Wanted> struct row_block {
    using V = simd::vector<T>;
    static constexpr planned::extent length = F::step.size[F::inner];
    static constexpr bool fits = Wanted && simd::lanes<V> > 1 && length.known() && length.fixed <= simd::lanes<V>;
    static constexpr auto rows = static_cast<std::size_t>(simd::lanes<V>);
    static constexpr auto columns = static_cast<std::size_t>(fits ? length.fixed : 1);
    using block = T[columns][rows];

    /// Copies row `r` of the value number Result.
    template <int Result>
    [[gnu::always_inline]] static void read(const environment<T>& e, const typename F::cursor& at, block& to,
                                            std::size_t r) {
        if constexpr (F::template instruction<Result>().what == planned::instruction::does::load) {
            for (std::size_t k = 0; k < columns; ++k)
                to[k][r] = F::template at<T, false, Result>(e, at, static_cast<index>(k));
        } else {
            alignas(64) T row[rows];
            simd::store(row, F::template at<V, true, Result>(e, at, 0, static_cast<index>(columns)));
            for (std::size_t k = 0; k < columns; ++k) to[k][r] = row[k];
        }
    }
    /// Makes the columns of scores powers of e; gives the maxima of the rows, and the sums of the powers.
    [[gnu::always_inline]] static void powers(const block& scores, V (&x)[columns], V& top, V& sum) {
        top = simd::load<V>(scores[0]);
        for (std::size_t k = 1; k < columns; ++k) top = simd::greater_of(top, simd::load<V>(scores[k]));
        sum = V(T(0));
        for (std::size_t k = 0; k < columns; ++k) {
            x[k] = semantics::value<op::exp>(V(simd::load<V>(scores[k]) - top));
            sum = sum + x[k];
        }
    }
    /// Calls `row(cursor, r)` for each row and `flush(rows)` whenever the block is full, and at the end.
    template <class Row, class Flush>
    [[gnu::always_inline]] static void run(const environment<T>& e, Row row, Flush flush) {
        auto c = F::start(e);
        std::size_t filled = 0;
        nest<F, 0, F::inner>(
            e, c, [&](auto& at) __attribute__((always_inline)) {
                row(at, filled);
                if (++filled < rows) return;
                flush(filled);
                filled = 0;
            });
        if (filled > 0) flush(filled);
    }
};

/// softmax and log_softmax of short rows.
template <class F, class T> inline void softmax_block(const environment<T>& e) {
    using rows = row_block<F, T, true>;
    using V = typename rows::V;
    constexpr bool logarithm = F::step.operation == op::log_softmax;
    alignas(64) typename rows::block scores{};
    T* out[rows::rows];
    rows::run(
        e,
        [&](const auto& at, std::size_t r) __attribute__((always_inline)) {
            rows::template read<F::count - 1>(e, at, scores, r);
            out[r] = at.out;
        },
        [&](std::size_t filled) {
            V x[rows::columns];
            V top;
            V sum;
            rows::powers(scores, x, top, sum);
            const V last = logarithm ? V(semantics::value<op::log>(sum)) : sum;
            for (std::size_t k = 0; k < rows::columns; ++k)
                simd::store(scores[k], logarithm ? V((simd::load<V>(scores[k]) - top) - last) : V(x[k] / last));
            for (std::size_t r = 0; r < filled; ++r)
                for (std::size_t k = 0; k < rows::columns; ++k) out[r][k] = scores[k][r];
        });
}

/// cross_entropy of short rows.
template <class F, class T> inline void loss_block(const environment<T>& e) {
    using rows = row_block<F, T, true>;
    using V = typename rows::V;
    constexpr int target = F::step.result[1];
    constexpr bool classes = F::step.operation == op::cross_entropy;
    alignas(64) typename rows::block scores{};
    alignas(64) typename rows::block probabilities{};
    alignas(64) T label[rows::rows]{};
    T* out[rows::rows];
    rows::run(
        e,
        [&](const auto& at, std::size_t r) __attribute__((always_inline)) {
            rows::template read<F::step.result[0]>(e, at, scores, r);
            if constexpr (classes)
                label[r] = F::template at<T, false, target>(e, at, 0);
            else
                rows::template read<target>(e, at, probabilities, r);
            out[r] = at.out;
        },
        [&](std::size_t filled) {
            V x[rows::columns];
            V top;
            V sum;
            rows::powers(scores, x, top, sum);
            const V logarithm = semantics::value<op::log>(sum);
            V result(T(0));
            if constexpr (classes) {
                // Inputs were checked before the run; a computed class that does not exist has no loss.
                result = V(std::numeric_limits<T>::quiet_NaN());
                const V wanted = simd::load<V>(label);
                for (std::size_t k = 0; k < rows::columns; ++k)
                    result = simd::choose(wanted == V(static_cast<T>(k)),
                                          V(logarithm - (simd::load<V>(scores[k]) - top)), result);
            } else {
                for (std::size_t k = 0; k < rows::columns; ++k)
                    result = result + simd::load<V>(probabilities[k]) * (logarithm - (simd::load<V>(scores[k]) - top));
            }
            simd::store(label, result);
            for (std::size_t r = 0; r < filled; ++r) *out[r] = label[r];
        });
}

/// softmax and log_softmax along the inner loop, each row shifted by its maximum.
template <class F, class T, class V> inline void softmax_rows(const environment<T>& e) {
    constexpr bool logarithm = F::step.operation == op::log_softmax;
    auto c = F::start(e);
    const index n = F::template size<F::inner>(e);
    const index out = F::template out_stride<F::inner>(e);
    const auto e_to = [](const V& v) __attribute__((always_inline)) { return semantics::value<op::exp>(v); };
    const T low = -std::numeric_limits<T>::infinity();
    nest<F, 0, F::inner>(
        e, c, [&](auto& at) __attribute__((always_inline)) {
            const auto read = [&](index j) __attribute__((always_inline)) {
                return simd::lanes<V> == 1 ? V(at.out[j * out]) : simd::load<V>(at.out + j);
            };
            const auto write = [&](index j, const V& v) __attribute__((always_inline)) {
                simd::store(at.out + j * (simd::lanes<V> == 1 ? out : 1), v);
            };
            V top(low);
            index j = 0;
            for (; j + simd::lanes<V> <= n; j += simd::lanes<V>) {
                const V x = F::template at<V, false>(e, at, j);
                top = simd::greater_of(top, x);
                write(j, x);
            }
            const index whole = j;
            const index rest = n - j;
            if (rest > 0) {
                const V x = F::template at<V, true>(e, at, j, rest);
                top = simd::greater_of(top, only_first(x, rest, low));
                simd::store(at.out + j, rest, x);
            }
            const V shift(simd::greatest(top));
            V sum(T(0));
            for (j = 0; j < whole; j += simd::lanes<V>) {
                const V x = e_to(V(read(j) - shift));
                sum = sum + x;
                if constexpr (!logarithm) write(j, x);
            }
            if (rest > 0) {
                const V x = e_to(V(simd::load<V>(at.out + j, rest) - shift));
                sum = sum + only_first(x, rest, T(0));
                if constexpr (!logarithm) simd::store(at.out + j, rest, x);
            }
            const T total = simd::sum(sum);
            const V last(logarithm ? std::log(total) : total);
            const auto finish = [&](const V& x) __attribute__((always_inline)) {
                return logarithm ? V((x - shift) - last) : V(x / last);
            };
            for (j = 0; j < whole; j += simd::lanes<V>) write(j, finish(read(j)));
            if (rest > 0) simd::store(at.out + j, rest, finish(simd::load<V>(at.out + j, rest)));
        });
}
template <class F, class T> inline void softmax(const environment<T>& e) {
    constexpr planned::extent out = F::step.out_stride[F::inner];
    constexpr bool dense = out.is(1) || F::step.size[F::inner].is(1);
    if constexpr (row_block<F, T, dense>::fits)
        softmax_block<F, T>(e);
    else if constexpr (dense)
        softmax_rows<F, T, simd::vector<T>>(e);
    else
        softmax_rows<F, T, T>(e);
}

/// cross_entropy: log(sum(exp(z))) - z[class], or its mean under probabilities; each row shifted by its maximum.
template <class F, class T> inline void loss_rows(const environment<T>& e) {
    using V = simd::vector<T>;
    constexpr int scores = F::step.result[0];
    constexpr int target = F::step.result[1];
    auto c = F::start(e);
    const index n = F::template size<F::inner>(e);
    const index whole = n - n % simd::lanes<V>;
    const index rest = n - whole;
    const T low = -std::numeric_limits<T>::infinity();
    nest<F, 0, F::inner>(
        e, c, [&](auto& at) __attribute__((always_inline)) {
            const auto row = [&](auto visit) __attribute__((always_inline)) {
                for (index j = 0; j < whole; j += simd::lanes<V>) visit(std::false_type{}, j, simd::lanes<V>);
                if (rest > 0) visit(std::true_type{}, whole, rest);
            };
            V top(low);
            row([&](auto part, index j, index count) __attribute__((always_inline)) {
                V x = F::template at<V, part.value, scores>(e, at, j, count);
                if constexpr (part.value) x = only_first(x, count, low);
                top = simd::greater_of(top, x);
            });
            const T shift = simd::greatest(top);
            V sum(T(0));
            row([&](auto part, index j, index count) __attribute__((always_inline)) {
                V x = semantics::value<op::exp>(V(F::template at<V, part.value, scores>(e, at, j, count) - V(shift)));
                if constexpr (part.value) x = only_first(x, count, T(0));
                sum = sum + x;
            });
            const T logarithm = std::log(simd::sum(sum));
            if constexpr (F::step.operation == op::cross_entropy) {
                const T label = F::template at<T, false, target>(e, at, 0);
                // Inputs were checked before the run; a computed class that does not exist has no loss.
                const bool exists = label >= T(0) && label < static_cast<T>(n);
                *at.out = exists
                              ? logarithm - (F::template at<T, false, scores>(e, at, static_cast<index>(label)) - shift)
                              : std::numeric_limits<T>::quiet_NaN();
            } else {
                V total(T(0));
                row([&](auto part, index j, index count) __attribute__((always_inline)) {
                    const V z = F::template at<V, part.value, scores>(e, at, j, count);
                    const V p = F::template at<V, part.value, target>(e, at, j, count);
                    V x = p * (V(logarithm) - (z - V(shift)));
                    if constexpr (part.value) x = only_first(x, count, T(0));
                    total = total + x;
                });
                *at.out = simd::sum(total);
            }
        });
}

template <class F, class T> inline void loss(const environment<T>& e) {
    if constexpr (row_block<F, T, true>::fits)
        loss_block<F, T>(e);
    else
        loss_rows<F, T>(e);
}

/// Matrix products, one for each turn of the loops.
template <class F, class T> inline void products(const environment<T>& e) {
    constexpr planned::step s = F::step;
    auto c = F::start(e);
    T alpha = 1;
    if constexpr (s.accumulate) alpha = F::template at<T, false>(e, c, 0);
    const index m = extent_at<s.m.fixed, s.m.powers>(e.sizes);
    const index n = extent_at<s.n.fixed, s.n.powers>(e.sizes);
    const index k = extent_at<s.k.fixed, s.k.powers>(e.sizes);
    const index a_m = extent_at<s.a_m.fixed, s.a_m.powers>(e.sizes);
    const index a_k = extent_at<s.a_k.fixed, s.a_k.powers>(e.sizes);
    const index b_k = extent_at<s.b_k.fixed, s.b_k.powers>(e.sizes);
    const index b_n = extent_at<s.b_n.fixed, s.b_n.powers>(e.sizes);
    nest<F, 0, F::loops>(e, c, [&](auto& at) {
        product<T>(m, n, k, {at.from[0], a_m, a_k}, {at.from[1], b_k, b_n}, at.out, alpha, s.accumulate ? T(1) : T(0));
    });
}

/// Runs the step number S of the plan P.
template <class P, int S, class T> [[gnu::noinline]] inline void run(const environment<T>& e) {
    using F = fused<P, S, T>;
    using planned::kernel;
    if constexpr (F::step.what == kernel::map) map<F>(e);
    if constexpr (F::step.what == kernel::reduce && F::step.operation == op::argmax) argmax<F>(e);
    if constexpr (F::step.what == kernel::reduce && F::step.operation != op::argmax) reduce<F>(e);
    if constexpr (F::step.what == kernel::softmax) softmax<F>(e);
    if constexpr (F::step.what == kernel::loss) loss<F>(e);
    if constexpr (F::step.what == kernel::product) products<F>(e);
}

}  // namespace gradus::kernels
