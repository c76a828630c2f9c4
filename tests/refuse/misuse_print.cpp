// SPDX-License-Identifier: BSL-1.0
// typed.hpp leaves formulas out.
// refuses: <<
// error: << prints formulas, which gradus/typed.hpp leaves out; include gradus/symbolic.hpp
// error[clang]: << prints formulas, which gradus/typed.hpp leaves out; include gradus/symbolic.hpp
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
#include <iostream>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
inline std::ostream& a = std::cout << "x";
#else
auto& a = std::cout << x;  // here
#endif
