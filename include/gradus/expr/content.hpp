// SPDX-License-Identifier: BSL-1.0
// What the numbers of an expression stand for, where the way it is made says so: probabilities after softmax or
// sigmoid, scores after a linear layer. Losses and softmax ask, so that none is taken for the other; shapes cannot tell
// them apart. 1 * p holds "any numbers": the deliberate way around.
#pragma once
#include <gradus/expr/checked.hpp>

namespace gradus {

enum class content : std::uint8_t { any, softmax, sigmoid, scores };

/// What an expression holds, and through which operation; looks through layers, reshape, rename and transpose.
struct content_found {
    content what = content::any;
    int axes = 0;        ///< of the softmax, as bits
    bool moved = false;  ///< a view between may have moved these dimensions
};

namespace detail {
/// Is it a parameter, or one seen through views?
constexpr bool is_parameter(const record* r) {
    while (r->operation == op::permute || r->operation == op::reshape) r = r->operands[0];
    return r->operation == op::parameter;
}
constexpr bool is_product_with_parameter(const record& r) {
    return r.operation == op::matmul && (is_parameter(r.operands[0]) || is_parameter(r.operands[1]));
}
}  // namespace detail

constexpr content_found content_of(const record* r) {
    constexpr int most = 16;
    const record* layers[most]{};  // those whose bodies we are in
    int depth = 0;
    content_found found;
    for (;;) {
        switch (r->operation) {
            case op::apply:
                if (depth == most) return found;
                layers[depth++] = r;
                r = r->operands[1];
                break;
            case op::placeholder:
                if (depth == 0) return found;
                r = layers[--depth]->operands[0];
                break;
            case op::reshape:
                found.moved = found.moved || !same_sizes(r->shape, r->operands[0]->shape);
                r = r->operands[0];
                break;
            case op::permute:
                found.moved = true;
                r = r->operands[0];
                break;
            case op::softmax:
                found.what = content::softmax;
                found.axes = r->attrs.axes;
                return found;
            case op::sigmoid:
                found.what = content::sigmoid;
                return found;
            case op::matmul:
                if (detail::is_product_with_parameter(*r)) found.what = content::scores;
                return found;
            case op::add:
                for (std::size_t i : {std::size_t{0}, std::size_t{1}})
                    if (detail::is_product_with_parameter(*r->operands[i]) && detail::is_parameter(r->operands[1 - i]))
                        found.what = content::scores;
                return found;
            default:
                return found;
        }
    }
}

namespace detail {
template <std::uint64_t Id> inline constexpr content_found content_of_id = content_of(&definition<Id>::value);

/// Softmax along the dimensions `Mask` of what is a softmax along them already.
template <std::uint64_t Id, int Mask>
inline constexpr bool is_softmax_twice =
    content_of_id<Id>.what == content::softmax && !content_of_id<Id>.moved && content_of_id<Id>.axes == Mask;
/// Probabilities where scores belong.
template <std::uint64_t Id>
inline constexpr bool holds_probabilities =
    content_of_id<Id>.what == content::softmax || content_of_id<Id>.what == content::sigmoid;
/// Scores where probabilities belong.
template <std::uint64_t Id> inline constexpr bool holds_scores = content_of_id<Id>.what == content::scores;

/// Scores that hold probabilities, or a target of probabilities that holds scores.
template <std::uint64_t Scores, std::uint64_t Target, bool Soft>
inline constexpr bool is_misread = holds_probabilities<Scores> || (Soft && holds_scores<Target>);

// These stand first among the defaulted arguments of refused overloads, so that a good call ends there.
template <std::uint64_t Id, int Mask>
    requires(is_softmax_twice<Id, Mask>)
inline constexpr content found_softmax = content::softmax;
template <std::uint64_t Id>
    requires(holds_probabilities<Id>)
inline constexpr content found_probabilities = content_of_id<Id>.what;
template <std::uint64_t Scores, std::uint64_t Target, bool Soft>
    requires(Soft&& holds_scores<Target> && !holds_probabilities<Scores>)
inline constexpr bool found_scores_only = true;

constexpr sentence twice_softmax(std::string_view function, const dims& d) {
    sentence s;
    return s << "softmax twice: " << function << " of " << d << ", which holds the probabilities of a softmax; write "
             << function << "(z) of the scores z, or " << function << "(1 * p) if twice is meant";
}
constexpr sentence probabilities_for_scores(std::string_view loss, std::string_view own, content what, const dims& d) {
    sentence s;
    return s << "scores expected, probabilities given: " << loss << " takes " << own << " itself, and " << d
             << " comes from " << (what == content::softmax ? "softmax" : "sigmoid") << "; write " << loss
             << "(z, y) of the scores z, or 1 * p if this is meant";
}
constexpr sentence scores_for_probabilities(std::string_view loss, std::string_view own, const dims& d) {
    sentence s;
    return s << "probabilities expected, scores given: the target " << d << " of " << loss
             << " comes from a product with a parameter; write " << loss << "(z, " << own
             << "(t)), or 1 * t if this is meant";
}
}  // namespace detail

}  // namespace gradus
