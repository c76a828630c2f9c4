// SPDX-License-Identifier: BSL-1.0
// Operations along dimensions: sum, mean, max, argmax, softmax, log_softmax. Dimensions are template arguments,
// counted from 0 or, if negative, from the end; none means all: `sum(x)`, `sum<0>(x)`, `mean<-1>(x, keepdims)`.
#pragma once
#include <gradus/expr/content.hpp>
#include <gradus/expr/elementwise.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 9 "gradus/expr/reduce.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

/// `sum<1>(x, keepdims)` keeps the reduced dimension with size 1.
struct keepdims_type {};
inline constexpr keepdims_type keepdims{};

namespace detail {
template <int... Axes> struct axis_list {
    static constexpr int size = sizeof...(Axes);
    static constexpr std::array<int, static_cast<std::size_t>(size)> values{Axes...};
};
template <op O, class S, bool Keep, int... Axes> struct reduce_rule {
    static constexpr dims apply(fault* f) {
        return rules::reduce(info(O).name, dims_of<S>, axis_list<Axes...>::values.data(), sizeof...(Axes), Keep, f);
    }
};
// One type for one mask, however it is written (sum<1>, sum<-1>): one id must not have two nodes.
template <int Mask, bool Keep> struct over_mask {
    static constexpr attributes value = [] {
        attributes a;
        a.axes = Mask;
        a.keep = Keep;
        return a;
    }();
};
template <class S, bool Keep, int... Axes>
using over_axes = over_mask<rules::axes_mask(dims_of<S>, axis_list<Axes...>::values.data(), sizeof...(Axes)), Keep>;
template <op O, bool Keep, int... Axes, class S, std::uint64_t I, int N> constexpr auto reduced(expr<S, I, N> a) {
    return applied<O, over_axes<S, Keep, Axes...>, result_shape<reduce_rule<O, S, Keep, Axes...>>>(a);
}
/// One dimension as a bit.
template <class S, int Axis>
inline constexpr int mask_of = rules::axes_mask(dims_of<S>, axis_list<Axis>::values.data(), 1);
/// softmax, log_softmax along one dimension: the shape stays.
template <op O, class S, int Axis> struct along_rule {
    static constexpr dims apply(fault* f) {
        return fits(rules::reduce(info(O).name, dims_of<S>, axis_list<Axis>::values.data(), 1, false, f)) ? dims_of<S>
                                                                                                          : no_shape;
    }
};
}  // namespace detail

/// The sum over the dimensions `Axes`, or over all: a scalar.
///
/// Error   "dimension 2 of 2 does not exist: sum<2> of (batch, 64)"
template <int... Axes, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::sum, S, false, Axes...>>)
constexpr auto sum(expr<S, I, N> a) { return detail::reduced<op::sum, false, Axes...>(a); }
template <int... Axes, class S, clashing sizes = misfit<detail::reduce_rule<op::sum, S, false, Axes...>>,
          sentence shape_error = why<detail::reduce_rule<op::sum, S, false, Axes...>>>
constexpr invalid sum(shaped<S>) GRADUS_REFUSED(shape_error);
template <int... Axes, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::sum, S, true, Axes...>>)
constexpr auto sum(expr<S, I, N> a, keepdims_type) { return detail::reduced<op::sum, true, Axes...>(a); }
template <int... Axes, class S, clashing sizes = misfit<detail::reduce_rule<op::sum, S, true, Axes...>>,
          sentence shape_error = why<detail::reduce_rule<op::sum, S, true, Axes...>>>
constexpr invalid sum(shaped<S>, keepdims_type) GRADUS_REFUSED(shape_error);

/// The mean over the dimensions `Axes`, or over all: a scalar.
///
/// Error   "dimension 2 of 2 does not exist: mean<2> of (batch, 64)"
template <int... Axes, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::mean, S, false, Axes...>>)
constexpr auto mean(expr<S, I, N> a) { return detail::reduced<op::mean, false, Axes...>(a); }
template <int... Axes, class S, clashing sizes = misfit<detail::reduce_rule<op::mean, S, false, Axes...>>,
          sentence shape_error = why<detail::reduce_rule<op::mean, S, false, Axes...>>>
constexpr invalid mean(shaped<S>) GRADUS_REFUSED(shape_error);
template <int... Axes, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::mean, S, true, Axes...>>)
constexpr auto mean(expr<S, I, N> a, keepdims_type) { return detail::reduced<op::mean, true, Axes...>(a); }
template <int... Axes, class S, clashing sizes = misfit<detail::reduce_rule<op::mean, S, true, Axes...>>,
          sentence shape_error = why<detail::reduce_rule<op::mean, S, true, Axes...>>>
constexpr invalid mean(shaped<S>, keepdims_type) GRADUS_REFUSED(shape_error);

/// The largest element over the dimensions `Axes`, or over all; ties share the gradient.
///
/// Error   "dimension 2 of 2 does not exist: max<2> of (batch, 64)"
template <int... Axes, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::max, S, false, Axes...>>)
constexpr auto max(expr<S, I, N> a) { return detail::reduced<op::max, false, Axes...>(a); }
template <int... Axes, class S, clashing sizes = misfit<detail::reduce_rule<op::max, S, false, Axes...>>,
          sentence shape_error = why<detail::reduce_rule<op::max, S, false, Axes...>>>
constexpr invalid max(shaped<S>) GRADUS_REFUSED(shape_error);
template <int... Axes, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::max, S, true, Axes...>>)
constexpr auto max(expr<S, I, N> a, keepdims_type) { return detail::reduced<op::max, true, Axes...>(a); }
template <int... Axes, class S, clashing sizes = misfit<detail::reduce_rule<op::max, S, true, Axes...>>,
          sentence shape_error = why<detail::reduce_rule<op::max, S, true, Axes...>>>
constexpr invalid max(shaped<S>, keepdims_type) GRADUS_REFUSED(shape_error);

/// Where the largest element along one dimension is (the last unless said otherwise): class indices, the first of ties.
///
///     argmax(scores)   // (batch, classes) gives (batch,)
template <int Axis = -1, class S, std::uint64_t I, int N>
    requires(accepted<detail::reduce_rule<op::argmax, S, false, Axis>>)
constexpr auto argmax(expr<S, I, N> a) { return detail::reduced<op::argmax, false, Axis>(a); }
template <int Axis = -1, class S, clashing sizes = misfit<detail::reduce_rule<op::argmax, S, false, Axis>>,
          sentence shape_error = why<detail::reduce_rule<op::argmax, S, false, Axis>>>
constexpr invalid argmax(shaped<S>) GRADUS_REFUSED(shape_error);

/// Scores as probabilities: exp(a) / sum(exp(a)) along one dimension (the last unless said otherwise).
template <int Axis = -1, class S, std::uint64_t I, int N>
    requires(accepted<detail::along_rule<op::softmax, S, Axis>> &&
             !detail::is_softmax_twice<I, detail::mask_of<S, Axis>>)
constexpr auto softmax(expr<S, I, N> a) {
    return detail::applied<op::softmax, detail::over_axes<S, false, Axis>, S>(a);
}
template <int Axis = -1, class S, clashing sizes = misfit<detail::along_rule<op::softmax, S, Axis>>,
          sentence shape_error = why<detail::along_rule<op::softmax, S, Axis>>>
constexpr invalid softmax(shaped<S>) GRADUS_REFUSED(shape_error);
template <int Axis = -1, class S, std::uint64_t I, int N,
          content given = detail::found_softmax<I, detail::mask_of<S, Axis>>,
          sentence error = detail::twice_softmax("softmax", dims_of<S>)>
constexpr invalid softmax(expr<S, I, N>)
    GRADUS_REFUSED_AS(error,
                      "softmax twice: the argument holds probabilities already; write softmax(z) of the scores z");

/// log(softmax(a)), computed without overflow.
template <int Axis = -1, class S, std::uint64_t I, int N>
    requires(accepted<detail::along_rule<op::log_softmax, S, Axis>> &&
             !detail::is_softmax_twice<I, detail::mask_of<S, Axis>>)
constexpr auto log_softmax(expr<S, I, N> a) {
    return detail::applied<op::log_softmax, detail::over_axes<S, false, Axis>, S>(a);
}
template <int Axis = -1, class S, clashing sizes = misfit<detail::along_rule<op::log_softmax, S, Axis>>,
          sentence shape_error = why<detail::along_rule<op::log_softmax, S, Axis>>>
constexpr invalid log_softmax(shaped<S>) GRADUS_REFUSED(shape_error);
template <int Axis = -1, class S, std::uint64_t I, int N,
          content given = detail::found_softmax<I, detail::mask_of<S, Axis>>,
          sentence error = detail::twice_softmax("log_softmax", dims_of<S>)>
constexpr invalid log_softmax(expr<S, I, N>)
    GRADUS_REFUSED_AS(error,
                      "softmax twice: the argument holds probabilities already; write log_softmax(z) of the scores z");

}  // namespace gradus
