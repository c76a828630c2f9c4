// SPDX-License-Identifier: BSL-1.0
// Products and changes of shape: matmul, transpose, permute, reshape, rename, flatten, broadcast_to.
#pragma once
#include <gradus/expr/elementwise.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 7 "gradus/expr/contract.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {
template <class A, class B> struct matmul_rule {
    static constexpr dims apply(fault* f) { return rules::matmul(dims_of<A>, dims_of<B>, f); }
};
template <class S> struct transpose_rule {
    static constexpr dims apply(fault* f) { return rules::transpose(dims_of<S>, f); }
};
template <class S, int... Order> struct permute_rule {
    static constexpr std::array<int, sizeof...(Order)> order{Order...};
    static constexpr dims apply(fault* f) { return rules::permute(dims_of<S>, order.data(), sizeof...(Order), f); }
};
// The attributes of an order are one type, however it is written (permute<1, 0>, permute<-1, 0>, transpose): one id
// must not have two nodes.
template <int... Order> struct ordered {
    static constexpr attributes value = [] {
        attributes a;
        int i = 0;
        for (int from : std::array<int, sizeof...(Order)>{Order...}) a.order[i++] = static_cast<std::int8_t>(from);
        return a;
    }();
};
template <class S, int... Order> using reordered = ordered<(Order < 0 ? Order + S::rank : Order)...>;
template <int... I> constexpr auto last_two_swapped(std::integer_sequence<int, I...>) {
    constexpr int rank = sizeof...(I);
    return ordered<(I == rank - 1 ? rank - 2 : I == rank - 2 ? rank - 1 : I)...>{};
}
template <int Rank> using transposed = decltype(last_two_swapped(std::make_integer_sequence<int, Rank>{}));
/// A size of `reshape<batch, -1>`.
template <auto D> constexpr axis reshape_axis() {
    if constexpr (Dimension<std::remove_cvref_t<decltype(D)>>)
        return axis_of<std::remove_cvref_t<decltype(D)>>;
    else
        return {D == -1 ? rules::inferred : static_cast<std::int64_t>(D), nullptr};
}
template <class S, auto... D> struct reshape_rule {
    static_assert(sizeof...(D) <= max_rank, "a tensor has at most 6 dimensions");
    static constexpr dims apply(fault* f) { return rules::reshape(dims_of<S>, dims{reshape_axis<D>()...}, f); }
};
template <class S, fixed_string... Names> struct rename_rule {
    static constexpr std::array<const char*, sizeof...(Names)> names{name_of<Names>()...};
    static constexpr dims apply(fault* f) { return rules::rename(dims_of<S>, names.data(), sizeof...(Names), f); }
};
template <class S, int Keep> struct flatten_rule {
    static constexpr dims apply(fault* f) { return rules::flatten(dims_of<S>, Keep, f); }
};
template <class S, auto... D> struct broadcast_rule {
    static constexpr dims apply(fault* f) {
        const dims to{reshape_axis<D>()...};
        const dims both = rules::broadcast("broadcast_to", dims_of<S>, to, f);
        if (fits(both) && same_sizes(both, to)) return to;
        if (f && fits(both)) {
            int i = 0;  // from the end, the size that would have to shrink
            while (i < to.rank && same_sizes({both.back(i)}, {to.back(i)})) ++i;
            f->first = i < to.rank ? both.back(i).size : dims_of<S>.rank;
            f->second = i < to.rank ? to.back(i).size : to.rank;
            if (i < to.rank)
                f->why << both.back(i) << " and " << to.back(i) << " differ: ";
            else
                f->why << f->first << " and " << f->second << " dimensions differ: ";
            f->why << "broadcast_to cannot stretch " << dims_of<S> << " to the smaller " << to;
        }
        return no_shape;
    }
};
}  // namespace detail

/// The matrix product, batched over leading dimensions: (..., n, k) times (..., k, m) gives (..., n, m).
///
/// Error   "inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by (100, 10)"
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(accepted<detail::matmul_rule<A, B>>)
constexpr auto matmul(expr<A, I, N> a, expr<B, J, M> b) {
    return detail::applied<op::matmul, detail::plain, result_shape<detail::matmul_rule<A, B>>>(a, b);
}
template <class A, class B, clashing sizes = misfit<detail::matmul_rule<A, B>>,
          sentence shape_error = why<detail::matmul_rule<A, B>>>
constexpr invalid matmul(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);

/// The last two dimensions swapped: (out_features, in_features) gives (in_features, out_features).
template <class S, std::uint64_t I, int N>
    requires(accepted<detail::transpose_rule<S>>)
constexpr auto transpose(expr<S, I, N> a) {
    return detail::applied<op::permute, detail::transposed<S::rank>, result_shape<detail::transpose_rule<S>>>(a);
}
template <class S, clashing sizes = misfit<detail::transpose_rule<S>>,
          sentence shape_error = why<detail::transpose_rule<S>>>
constexpr invalid transpose(shaped<S>) GRADUS_REFUSED(shape_error);

/// The dimensions in another order: `permute<0, 2, 1>(x)` of (batch, 8, 4) gives (batch, 4, 8).
template <int... Order, class S, std::uint64_t I, int N>
    requires(accepted<detail::permute_rule<S, Order...>>)
constexpr auto permute(expr<S, I, N> a) {
    return detail::applied<op::permute, detail::reordered<S, Order...>,
                           result_shape<detail::permute_rule<S, Order...>>>(a);
}
template <int... Order, class S, clashing sizes = misfit<detail::permute_rule<S, Order...>>,
          sentence shape_error = why<detail::permute_rule<S, Order...>>>
constexpr invalid permute(shaped<S>) GRADUS_REFUSED(shape_error);

/// The same elements in another shape; one size may be -1: `reshape<batch, 64>(x)`, `reshape<batch, -1>(x)`.
///
/// Error   "60 and 64 elements differ: reshape cannot turn (batch, 64) into (batch, 6, 10)"
template <auto... D, class S, std::uint64_t I, int N>
    requires(accepted<detail::reshape_rule<S, D...>>)
constexpr auto reshape(expr<S, I, N> a) {
    return detail::applied<op::reshape, detail::plain, result_shape<detail::reshape_rule<S, D...>>>(a);
}
template <auto... D, class S, clashing sizes = misfit<detail::reshape_rule<S, D...>>,
          sentence shape_error = why<detail::reshape_rule<S, D...>>>
constexpr invalid reshape(shaped<S>) GRADUS_REFUSED(shape_error);

/// The same tensor with its dimensions called otherwise: `rename<"classes">(x)` names the last, `rename<"",
/// "classes">(x)` each, an empty name changes nothing. The deliberate way where two operands have equal sizes under
/// different names.
///
/// Error   "2 names for 3 dimensions: rename<"a", "b"> of (batch, 8, 8); write one for each, or one for the last"
template <fixed_string... Names, class S, std::uint64_t I, int N>
    requires(accepted<detail::rename_rule<S, Names...>>)
constexpr auto rename(expr<S, I, N> a) {
    using named = result_shape<detail::rename_rule<S, Names...>>;
    if constexpr (std::is_same_v<named, S>)
        return a;
    else
        return detail::applied<op::reshape, detail::plain, named>(a);
}
template <fixed_string... Names, class S, clashing sizes = misfit<detail::rename_rule<S, Names...>>,
          sentence shape_error = why<detail::rename_rule<S, Names...>>>
constexpr invalid rename(shaped<S>) GRADUS_REFUSED(shape_error);

/// Stretched as NumPy does: `broadcast_to<batch, 10>(b)` of (10,) gives (batch, 10).
template <auto... D, class S, std::uint64_t I, int N>
    requires(accepted<detail::broadcast_rule<S, D...>>)
constexpr auto broadcast_to(expr<S, I, N> a) {
    return detail::applied<op::broadcast, detail::plain, result_shape<detail::broadcast_rule<S, D...>>>(a);
}
template <auto... D, class S, clashing sizes = misfit<detail::broadcast_rule<S, D...>>,
          sentence shape_error = why<detail::broadcast_rule<S, D...>>>
constexpr invalid broadcast_to(shaped<S>) GRADUS_REFUSED(shape_error);

}  // namespace gradus
