// SPDX-License-Identifier: BSL-1.0
// Two parameters of one name and different sizes, in a graph that is made while the program runs.
// refuses: run_time_graph_of
// error: W is (10, 64) and (10, 32) in one network; give one of them another name
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", 5, 64>;
constexpr auto y = input<"y", 5, 32>;
constexpr auto z = matmul(x, transpose(parameter<"W", 10, 64>));
#ifdef FIXED
constexpr auto V = parameter<"V", 10, 32>;
#else
constexpr auto V = parameter<"W", 10, 32>;
#endif
constexpr auto both = z + matmul(y, transpose(V));
const auto g = run_time_graph_of(both);  // here
