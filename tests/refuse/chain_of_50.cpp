// SPDX-License-Identifier: BSL-1.0
// 50 layers: the error is as long as that of 2 layers.
// refuses: >>
// error: 9 features expected, 8 given: last follows l48; write linear<\"last\", 8, 8>, or make l48 give 9 (layer 50)
// error[clang]: {9, 8}
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto net = linear<"l0", 8, 8>
    >> linear<"l1", 8, 8>
    >> linear<"l2", 8, 8>
    >> linear<"l3", 8, 8>
    >> linear<"l4", 8, 8>
    >> linear<"l5", 8, 8>
    >> linear<"l6", 8, 8>
    >> linear<"l7", 8, 8>
    >> linear<"l8", 8, 8>
    >> linear<"l9", 8, 8>
    >> linear<"l10", 8, 8>
    >> linear<"l11", 8, 8>
    >> linear<"l12", 8, 8>
    >> linear<"l13", 8, 8>
    >> linear<"l14", 8, 8>
    >> linear<"l15", 8, 8>
    >> linear<"l16", 8, 8>
    >> linear<"l17", 8, 8>
    >> linear<"l18", 8, 8>
    >> linear<"l19", 8, 8>
    >> linear<"l20", 8, 8>
    >> linear<"l21", 8, 8>
    >> linear<"l22", 8, 8>
    >> linear<"l23", 8, 8>
    >> linear<"l24", 8, 8>
    >> linear<"l25", 8, 8>
    >> linear<"l26", 8, 8>
    >> linear<"l27", 8, 8>
    >> linear<"l28", 8, 8>
    >> linear<"l29", 8, 8>
    >> linear<"l30", 8, 8>
    >> linear<"l31", 8, 8>
    >> linear<"l32", 8, 8>
    >> linear<"l33", 8, 8>
    >> linear<"l34", 8, 8>
    >> linear<"l35", 8, 8>
    >> linear<"l36", 8, 8>
    >> linear<"l37", 8, 8>
    >> linear<"l38", 8, 8>
    >> linear<"l39", 8, 8>
    >> linear<"l40", 8, 8>
    >> linear<"l41", 8, 8>
    >> linear<"l42", 8, 8>
    >> linear<"l43", 8, 8>
    >> linear<"l44", 8, 8>
    >> linear<"l45", 8, 8>
    >> linear<"l46", 8, 8>
    >> linear<"l47", 8, 8>
    >> linear<"l48", 8, 8>
    >> linear<"last", 8, 8>;
#else
constexpr auto net = linear<"l0", 8, 8>
    >> linear<"l1", 8, 8>
    >> linear<"l2", 8, 8>
    >> linear<"l3", 8, 8>
    >> linear<"l4", 8, 8>
    >> linear<"l5", 8, 8>
    >> linear<"l6", 8, 8>
    >> linear<"l7", 8, 8>
    >> linear<"l8", 8, 8>
    >> linear<"l9", 8, 8>
    >> linear<"l10", 8, 8>
    >> linear<"l11", 8, 8>
    >> linear<"l12", 8, 8>
    >> linear<"l13", 8, 8>
    >> linear<"l14", 8, 8>
    >> linear<"l15", 8, 8>
    >> linear<"l16", 8, 8>
    >> linear<"l17", 8, 8>
    >> linear<"l18", 8, 8>
    >> linear<"l19", 8, 8>
    >> linear<"l20", 8, 8>
    >> linear<"l21", 8, 8>
    >> linear<"l22", 8, 8>
    >> linear<"l23", 8, 8>
    >> linear<"l24", 8, 8>
    >> linear<"l25", 8, 8>
    >> linear<"l26", 8, 8>
    >> linear<"l27", 8, 8>
    >> linear<"l28", 8, 8>
    >> linear<"l29", 8, 8>
    >> linear<"l30", 8, 8>
    >> linear<"l31", 8, 8>
    >> linear<"l32", 8, 8>
    >> linear<"l33", 8, 8>
    >> linear<"l34", 8, 8>
    >> linear<"l35", 8, 8>
    >> linear<"l36", 8, 8>
    >> linear<"l37", 8, 8>
    >> linear<"l38", 8, 8>
    >> linear<"l39", 8, 8>
    >> linear<"l40", 8, 8>
    >> linear<"l41", 8, 8>
    >> linear<"l42", 8, 8>
    >> linear<"l43", 8, 8>
    >> linear<"l44", 8, 8>
    >> linear<"l45", 8, 8>
    >> linear<"l46", 8, 8>
    >> linear<"l47", 8, 8>
    >> linear<"l48", 8, 8>
    >> linear<"last", 9, 8>;  // here
#endif
