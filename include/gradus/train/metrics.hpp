// SPDX-License-Identifier: BSL-1.0
// How good a classifier is: accuracy and the confusion matrix.
#pragma once
#include <gradus/data/tensor.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradus {

namespace detail {
/// The class of row i: its largest score (the first of ties), or the index itself.
template <class Scores> std::size_t class_of(const Scores& scores, std::size_t i) {
    if (scores.dimension() == 1) return static_cast<std::size_t>(scores(i));
    std::size_t best = 0;
    for (std::size_t c = 1; c < scores.shape(1); ++c)
        if (scores(i, c) > scores(i, best)) best = c;
    return best;
}
template <class Scores, class Labels> void check_rows(const char* what, const Scores& scores, const Labels& labels) {
    if (scores.dimension() != 1 && scores.dimension() != 2)
        throw std::invalid_argument(std::string(what) + ": (rows, classes) scores or (rows,) classes wanted, " +
                                    std::to_string(scores.dimension()) + " dimensions given");
    if (scores.shape(0) != labels.shape(0))
        throw std::invalid_argument(std::string(what) + ": " + std::to_string(scores.shape(0)) + " predictions and " +
                                    std::to_string(labels.shape(0)) + " labels");
    if (labels.shape(0) == 0) throw std::invalid_argument(std::string(what) + ": no rows");
}
}  // namespace detail

/// The share of rows whose class is right, 0 to 1. Scores are (rows, classes) or class indices (rows,).
template <class Scores, class Labels> double accuracy(const Scores& scores, const Labels& labels) {
    detail::check_rows("accuracy", scores, labels);
    std::size_t right = 0;
    for (std::size_t i = 0; i < labels.shape(0); ++i)
        right += detail::class_of(scores, i) == static_cast<std::size_t>(labels(i));
    return static_cast<double>(right) / static_cast<double>(labels.shape(0));
}

/// How often class r (row) was taken for class c (column): (classes, classes).
///
/// Error   std::out_of_range "label 12 in row 3: there are 10 classes"
template <class Scores, class Labels>
xt::xtensor<int, 2> confusion_matrix(const Scores& scores, const Labels& labels, std::size_t classes) {
    detail::check_rows("confusion_matrix", scores, labels);
    xt::xtensor<int, 2> m = xt::zeros<int>({classes, classes});
    const auto checked = [&](const char* what, long long c, std::size_t row) {
        if (c < 0 || static_cast<std::size_t>(c) >= classes)
            throw std::out_of_range(std::string(what) + " " + std::to_string(c) + " in row " + std::to_string(row) +
                                    ": there are " + std::to_string(classes) + " classes");
        return static_cast<std::size_t>(c);
    };
    for (std::size_t i = 0; i < labels.shape(0); ++i)
        ++m(checked("label", static_cast<long long>(labels(i)), i),
            checked("prediction", static_cast<long long>(detail::class_of(scores, i)), i));
    return m;
}

/// The confusion matrix as text: true classes down, predicted ones across, a dot for 0.
inline std::string confusion_text(const xt::xtensor<int, 2>& m, const std::vector<std::string>& classes) {
    std::size_t width = 4;
    for (const std::string& c : classes) width = std::max(width, c.size() + 1);
    const auto cell = [&](const std::string& s) { return std::string(width - std::min(width, s.size()), ' ') + s; };
    std::string out = cell("") + "  predicted\n" + cell("true") + " ";
    for (const std::string& c : classes) out += cell(c);
    out += "\n";
    for (std::size_t r = 0; r < m.shape(0); ++r) {
        out += cell(classes[r]) + " ";
        for (std::size_t c = 0; c < m.shape(1); ++c) out += cell(m(r, c) == 0 ? "." : std::to_string(m(r, c)));
        out += "\n";
    }
    return out;
}

}  // namespace gradus
