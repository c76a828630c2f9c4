// SPDX-License-Identifier: BSL-1.0
// Operations on each element: + - * /, functions, comparisons. Operands broadcast as in NumPy, but not to
// all pairs of a column and a vector; plain numbers mix in.
// Operators are free templates that deduce `expr<S, Id, N>`: friends cost 27 s at 2000 types (architecture.md, 3).
#pragma once
#include <gradus/expr/leaf.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 9 "gradus/expr/elementwise.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {
template <op O, class A, class B> struct elementwise_rule {
    static constexpr dims apply(fault* f) { return rules::elementwise(info(O).name, dims_of<A>, dims_of<B>, f); }
};
template <class C, class A, class B> struct where_rule {
    static constexpr dims apply(fault* f) {
        const dims ab = rules::elementwise("where", dims_of<A>, dims_of<B>, f);
        return fits(ab) ? rules::elementwise("where", dims_of<C>, ab, f) : no_shape;
    }
};

// Most operands have equal shapes or one is a scalar: no rule needs to be evaluated for them.
template <op O, class A, class B> struct elementwise_shape { using type = result_shape<elementwise_rule<O, A, B>>; };
template <op O, class A> struct elementwise_shape<O, A, A> { using type = A; };
template <op O, class A> struct elementwise_shape<O, A, shape<>> { using type = A; };
template <op O, class B> struct elementwise_shape<O, shape<>, B> { using type = B; };
template <op O> struct elementwise_shape<O, shape<>, shape<>> { using type = shape<>; };
template <op O, class A, class B> inline constexpr bool broadcasts = accepted<elementwise_rule<O, A, B>>;
template <op O, class A> inline constexpr bool broadcasts<O, A, A> = true;
template <op O, class A> inline constexpr bool broadcasts<O, A, shape<>> = true;
template <op O, class B> inline constexpr bool broadcasts<O, shape<>, B> = true;
template <op O> inline constexpr bool broadcasts<O, shape<>, shape<>> = true;

template <op O, class A, class B>
    requires(!broadcasts<O, A, B>)
inline constexpr clashing misfits = misfit<elementwise_rule<O, A, B>>;

template <op O, class S, std::uint64_t I, int N> constexpr auto unary(expr<S, I, N> a) {
    return applied<O, plain, S>(a);
}
template <op O, class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
constexpr auto binary(expr<A, I, N> a, expr<B, J, M> b) {
    return applied<O, plain, typename elementwise_shape<O, A, B>::type>(a, b);
}
}  // namespace detail

/// a + b.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::add, A, B>)
constexpr auto operator+(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::add>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::add, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::add, A, B>>>
constexpr invalid operator+(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator+(expr<A, I, N> a, T b) {
    return detail::binary<op::add>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator+(T a, expr<A, I, N> b) {
    return detail::binary<op::add>(detail::literal(static_cast<double>(a)), b);
}

/// a - b.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::sub, A, B>)
constexpr auto operator-(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::sub>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::sub, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::sub, A, B>>>
constexpr invalid operator-(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator-(expr<A, I, N> a, T b) {
    return detail::binary<op::sub>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator-(T a, expr<A, I, N> b) {
    return detail::binary<op::sub>(detail::literal(static_cast<double>(a)), b);
}

/// a * b, element by element; the matrix product is matmul.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::mul, A, B>)
constexpr auto operator*(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::mul>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::mul, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::mul, A, B>>>
constexpr invalid operator*(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator*(expr<A, I, N> a, T b) {
    return detail::binary<op::mul>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator*(T a, expr<A, I, N> b) {
    return detail::binary<op::mul>(detail::literal(static_cast<double>(a)), b);
}

/// a / b.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::div, A, B>)
constexpr auto operator/(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::div>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::div, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::div, A, B>>>
constexpr invalid operator/(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator/(expr<A, I, N> a, T b) {
    return detail::binary<op::div>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator/(T a, expr<A, I, N> b) {
    return detail::binary<op::div>(detail::literal(static_cast<double>(a)), b);
}

/// a to the power of b.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::pow, A, B>)
constexpr auto pow(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::pow>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::pow, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::pow, A, B>>>
constexpr invalid pow(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto pow(expr<A, I, N> a, T b) {
    return detail::binary<op::pow>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto pow(T a, expr<A, I, N> b) {
    return detail::binary<op::pow>(detail::literal(static_cast<double>(a)), b);
}

/// The larger of a and b; a tie gives half of the gradient to each.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::maximum, A, B>)
constexpr auto maximum(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::maximum>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::maximum, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::maximum, A, B>>>
constexpr invalid maximum(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto maximum(expr<A, I, N> a, T b) {
    return detail::binary<op::maximum>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto maximum(T a, expr<A, I, N> b) {
    return detail::binary<op::maximum>(detail::literal(static_cast<double>(a)), b);
}

/// The smaller of a and b; a tie gives half of the gradient to each.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::minimum, A, B>)
constexpr auto minimum(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::minimum>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::minimum, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::minimum, A, B>>>
constexpr invalid minimum(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto minimum(expr<A, I, N> a, T b) {
    return detail::binary<op::minimum>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto minimum(T a, expr<A, I, N> b) {
    return detail::binary<op::minimum>(detail::literal(static_cast<double>(a)), b);
}

namespace detail {
constexpr bool is_comparison(op o) {
    return o == op::less || o == op::less_equal || o == op::greater || o == op::greater_equal;
}
/// Is it `a < b < c`, where `a < b` has the id I? With brackets on the right, a < (b < c), it is meant.
template <std::uint64_t I, class C> constexpr bool is_chain_of_comparisons() {
    if constexpr (!is_comparison(definition<I>::value.operation))
        return false;
    else if constexpr (is_expression<C>)
        return !is_comparison(record_of<C>.operation);
    else
        return std::is_arithmetic_v<C>;
}
template <std::uint64_t I, class C> inline constexpr bool is_chained = is_chain_of_comparisons<I, C>();
}  // namespace detail

/// 1 where a < b, else 0.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::less, A, B> && !detail::is_chained<I, expr<B, J, M>>)
constexpr auto operator<(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::less>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::less, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::less, A, B>>>
constexpr invalid operator<(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T>
    requires(!detail::is_chained<I, T>)
constexpr auto operator<(expr<A, I, N> a, T b) {
    return detail::binary<op::less>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator<(T a, expr<A, I, N> b) {
    return detail::binary<op::less>(detail::literal(static_cast<double>(a)), b);
}

/// 1 where a <= b, else 0.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::less_equal, A, B> && !detail::is_chained<I, expr<B, J, M>>)
constexpr auto operator<=(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::less_equal>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::less_equal, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::less_equal, A, B>>>
constexpr invalid operator<=(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T>
    requires(!detail::is_chained<I, T>)
constexpr auto operator<=(expr<A, I, N> a, T b) {
    return detail::binary<op::less_equal>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator<=(T a, expr<A, I, N> b) {
    return detail::binary<op::less_equal>(detail::literal(static_cast<double>(a)), b);
}

/// 1 where a > b, else 0.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::greater, A, B> && !detail::is_chained<I, expr<B, J, M>>)
constexpr auto operator>(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::greater>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::greater, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::greater, A, B>>>
constexpr invalid operator>(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T>
    requires(!detail::is_chained<I, T>)
constexpr auto operator>(expr<A, I, N> a, T b) {
    return detail::binary<op::greater>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator>(T a, expr<A, I, N> b) {
    return detail::binary<op::greater>(detail::literal(static_cast<double>(a)), b);
}

/// 1 where a >= b, else 0.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::greater_equal, A, B> && !detail::is_chained<I, expr<B, J, M>>)
constexpr auto operator>=(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::greater_equal>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::greater_equal, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::greater_equal, A, B>>>
constexpr invalid operator>=(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T>
    requires(!detail::is_chained<I, T>)
constexpr auto operator>=(expr<A, I, N> a, T b) {
    return detail::binary<op::greater_equal>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator>=(T a, expr<A, I, N> b) {
    return detail::binary<op::greater_equal>(detail::literal(static_cast<double>(a)), b);
}

/// 1 where a == b, else 0.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::equal, A, B>)
constexpr auto operator==(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::equal>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::equal, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::equal, A, B>>>
constexpr invalid operator==(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator==(expr<A, I, N> a, T b) {
    return detail::binary<op::equal>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator==(T a, expr<A, I, N> b) {
    return detail::binary<op::equal>(detail::literal(static_cast<double>(a)), b);
}

/// 1 where a != b, else 0.
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(detail::broadcasts<op::not_equal, A, B>)
constexpr auto operator!=(expr<A, I, N> a, expr<B, J, M> b) { return detail::binary<op::not_equal>(a, b); }
template <class A, class B, clashing sizes = detail::misfits<op::not_equal, A, B>,
          sentence shape_error = why<detail::elementwise_rule<op::not_equal, A, B>>>
constexpr invalid operator!=(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator!=(expr<A, I, N> a, T b) {
    return detail::binary<op::not_equal>(a, detail::literal(static_cast<double>(b)));
}
template <class A, std::uint64_t I, int N, Scalar T> constexpr auto operator!=(T a, expr<A, I, N> b) {
    return detail::binary<op::not_equal>(detail::literal(static_cast<double>(a)), b);
}

/// -a.
template <class S, std::uint64_t I, int N> constexpr auto operator-(expr<S, I, N> a) {
    return detail::unary<op::neg>(a);
}
/// e to the power of a.
template <class S, std::uint64_t I, int N> constexpr auto exp(expr<S, I, N> a) { return detail::unary<op::exp>(a); }
/// The natural logarithm of a.
template <class S, std::uint64_t I, int N> constexpr auto log(expr<S, I, N> a) { return detail::unary<op::log>(a); }
/// The square root of a.
template <class S, std::uint64_t I, int N> constexpr auto sqrt(expr<S, I, N> a) { return detail::unary<op::sqrt>(a); }
/// The absolute value of a; its derivative at 0 is 0.
template <class S, std::uint64_t I, int N> constexpr auto abs(expr<S, I, N> a) { return detail::unary<op::abs>(a); }
/// -1, 0 or 1.
template <class S, std::uint64_t I, int N> constexpr auto sign(expr<S, I, N> a) { return detail::unary<op::sign>(a); }
/// The hyperbolic tangent of a, an activation.
template <class S, std::uint64_t I, int N> constexpr auto tanh(expr<S, I, N> a) { return detail::unary<op::tanh>(a); }
/// +a.
template <class S, std::uint64_t I, int N> constexpr auto operator+(expr<S, I, N> a) { return a; }
/// a * a.
template <class S, std::uint64_t I, int N> constexpr auto square(expr<S, I, N> a) {
    return detail::binary<op::pow>(a, constant<2.0>);
}
/// a to a power that is known while compiling: `pow<3>(x)`, `pow<-0.5>(x)`.
template <number Exponent, class S, std::uint64_t I, int N> constexpr auto pow(expr<S, I, N> a) {
    return detail::binary<op::pow>(a, constant<Exponent>);
}

/// a where the condition is not 0, else b; all three broadcast together.
template <class C, std::uint64_t H, int L, class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(accepted<detail::where_rule<C, A, B>>)
constexpr auto where(expr<C, H, L> condition, expr<A, I, N> a, expr<B, J, M> b) {
    return detail::applied<op::where, detail::plain, result_shape<detail::where_rule<C, A, B>>>(condition, a, b);
}
template <class C, class A, class B, clashing sizes = misfit<detail::where_rule<C, A, B>>,
          sentence shape_error = why<detail::where_rule<C, A, B>>>
constexpr invalid where(shaped<C>, shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
template <class C, std::uint64_t H, int L, class A, std::uint64_t I, int N, Scalar T>
    requires(accepted<detail::where_rule<C, A, shape<>>>)
constexpr auto where(expr<C, H, L> condition, expr<A, I, N> a, T b) {
    return where(condition, a, detail::literal(static_cast<double>(b)));
}
template <class C, class A, Scalar T, clashing sizes = misfit<detail::where_rule<C, A, shape<>>>,
          sentence shape_error = why<detail::where_rule<C, A, shape<>>>>
constexpr invalid where(shaped<C>, shaped<A>, T) GRADUS_REFUSED(shape_error);
template <class C, std::uint64_t H, int L, class B, std::uint64_t I, int N, Scalar T>
    requires(accepted<detail::where_rule<C, shape<>, B>>)
constexpr auto where(expr<C, H, L> condition, T a, expr<B, I, N> b) {
    return where(condition, detail::literal(static_cast<double>(a)), b);
}
template <class C, class B, Scalar T, clashing sizes = misfit<detail::where_rule<C, shape<>, B>>,
          sentence shape_error = why<detail::where_rule<C, shape<>, B>>>
constexpr invalid where(shaped<C>, T, shaped<B>) GRADUS_REFUSED(shape_error);
template <class C, std::uint64_t H, int L, Scalar T, Scalar U> constexpr auto where(expr<C, H, L> condition, T a, U b) {
    return where(condition, detail::literal(static_cast<double>(a)), detail::literal(static_cast<double>(b)));
}

}  // namespace gradus
