// SPDX-License-Identifier: BSL-1.0
// Losses: cross_entropy and binary_cross_entropy_with_logits per sample, mse_loss as a mean.
#pragma once
#include <gradus/expr/reduce.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 7 "gradus/expr/loss.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {
template <class Z, class Y> struct cross_entropy_rule {
    static constexpr dims apply(fault* f) { return rules::cross_entropy(dims_of<Z>, dims_of<Y>, f); }
};
template <fixed_string Name, class A, class B> struct same_shape_rule {
    static constexpr dims apply(fault* f) { return rules::same_shape(Name.view(), dims_of<A>, dims_of<B>, f); }
};
}  // namespace detail

/// -log of the probability that softmax(scores) gives to the right class, one loss per sample.
///
/// Shapes  scores (batch, classes) with class indices (batch,) or probabilities (batch, classes); gives (batch,)
/// Error   "9 probabilities for 10 classes: cross_entropy of (batch, 10) scores and a (batch, 9) target"
template <class Z, std::uint64_t I, int N, class Y, std::uint64_t J, int M>
    requires(accepted<detail::cross_entropy_rule<Z, Y>> && !detail::is_misread<I, J, (Y::rank == Z::rank)>)
constexpr auto cross_entropy(expr<Z, I, N> scores, expr<Y, J, M> target) {
    constexpr op which = Y::rank < Z::rank ? op::cross_entropy : op::cross_entropy_soft;
    return detail::applied<which, detail::plain, result_shape<detail::cross_entropy_rule<Z, Y>>>(scores, target);
}
template <class Z, class Y, clashing sizes = misfit<detail::cross_entropy_rule<Z, Y>>,
          sentence shape_error = why<detail::cross_entropy_rule<Z, Y>>>
constexpr invalid cross_entropy(shaped<Z>, shaped<Y>) GRADUS_REFUSED(shape_error);
template <class Z, std::uint64_t I, int N, class Y, std::uint64_t J, int M,
          content given = detail::found_probabilities<I>,
          sentence error = detail::probabilities_for_scores("cross_entropy", "softmax", given, dims_of<Z>)>
constexpr invalid cross_entropy(expr<Z, I, N>, expr<Y, J, M>)
    GRADUS_REFUSED_AS(error, "cross_entropy takes softmax itself: give it the scores, not probabilities");
template <class Z, std::uint64_t I, int N, class Y, std::uint64_t J, int M,
          bool scores_given = detail::found_scores_only<I, J, (Y::rank == Z::rank)>,
          sentence error = detail::scores_for_probabilities("cross_entropy", "softmax", dims_of<Y>)>
constexpr invalid cross_entropy(expr<Z, I, N>, expr<Y, J, M>)
    GRADUS_REFUSED_AS(error, "the target of cross_entropy holds scores: write softmax of it");

/// The cross-entropy of yes/no targets y in [0, 1] with sigmoid(z), per element, computed without overflow.
///
/// Error   "1 and 442 differ in dimension 1: ..." : the shapes must be equal, nothing is stretched
template <class Z, std::uint64_t I, int N, class Y, std::uint64_t J, int M>
    requires(accepted<detail::same_shape_rule<"binary_cross_entropy_with_logits", Z, Y>> &&
             !detail::is_misread<I, J, true>)
constexpr auto binary_cross_entropy_with_logits(expr<Z, I, N> z, expr<Y, J, M> y) {
    return detail::applied<op::binary_cross_entropy_with_logits, detail::plain,
                           result_shape<detail::same_shape_rule<"binary_cross_entropy_with_logits", Z, Y>>>(z, y);
}
template <class Z, class Y, clashing sizes = misfit<detail::same_shape_rule<"binary_cross_entropy_with_logits", Z, Y>>,
          sentence shape_error = why<detail::same_shape_rule<"binary_cross_entropy_with_logits", Z, Y>>>
constexpr invalid binary_cross_entropy_with_logits(shaped<Z>, shaped<Y>) GRADUS_REFUSED(shape_error);
template <
    class Z, std::uint64_t I, int N, class Y, std::uint64_t J, int M, content given = detail::found_probabilities<I>,
    sentence error = detail::probabilities_for_scores("binary_cross_entropy_with_logits", "sigmoid", given, dims_of<Z>)>
constexpr invalid binary_cross_entropy_with_logits(expr<Z, I, N>, expr<Y, J, M>)
    GRADUS_REFUSED_AS(error,
                      "binary_cross_entropy_with_logits takes sigmoid itself: give it the scores, not probabilities");
template <class Z, std::uint64_t I, int N, class Y, std::uint64_t J, int M,
          bool scores_given = detail::found_scores_only<I, J, true>,
          sentence error = detail::scores_for_probabilities("binary_cross_entropy_with_logits", "sigmoid", dims_of<Y>)>
constexpr invalid binary_cross_entropy_with_logits(expr<Z, I, N>, expr<Y, J, M>)
    GRADUS_REFUSED_AS(error, "the target of binary_cross_entropy_with_logits holds scores: write sigmoid of it");

/// The mean of the squared differences of two tensors of one shape: a scalar.
///
/// Error   "2 and 1 dimensions differ: mse_loss compares (442, 1) with (442,) and stretches nothing"
template <class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
    requires(accepted<detail::same_shape_rule<"mse_loss", A, B>>)
constexpr auto mse_loss(expr<A, I, N> prediction, expr<B, J, M> target) {
#if defined(GRADUS_DRAW_ERRORS)  // the shapes may fit for all that it is made of, and not for it
    using rule = detail::same_shape_rule<"mse_loss", A, B>;
    if constexpr (detail::is_unknown<result_shape<rule>>)
        return detail::mistaken<op::apply, detail::plain, rule, detail::typed_label<"mse_loss">, expr<A, I, N>,
                                expr<B, J, M>>();
    else
#endif
        return mean(square(prediction - target));
}
template <class A, class B, clashing sizes = misfit<detail::same_shape_rule<"mse_loss", A, B>>,
          sentence shape_error = why<detail::same_shape_rule<"mse_loss", A, B>>>
constexpr invalid mse_loss(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);

}  // namespace gradus
