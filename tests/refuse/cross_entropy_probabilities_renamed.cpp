// SPDX-License-Identifier: BSL-1.0
// Looked through rename and reshape.
// refuses: cross_entropy
// error: scores expected, probabilities given: cross_entropy takes softmax itself, and (batch, classes=10) comes from softmax
// error[clang]: cross_entropy takes softmax itself
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto p = input<"p", batch, 10>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto a = cross_entropy(rename<"classes">(p), y);
#else
constexpr auto a = cross_entropy(rename<"classes">(softmax(p)), y);  // here
#endif
constexpr auto more = mean(a);
