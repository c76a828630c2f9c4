// SPDX-License-Identifier: BSL-1.0
// tanh has several forms, C++ cannot choose one here.
// refuses: sequential
// error: a function with several forms, as tanh: write a >> tanh >> b, or tanh_layer{} in sequential
// error[clang]: write a >> tanh >> b, or tanh_layer{}
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
constexpr auto z = sequential(fc, tanh_layer{});
#else
constexpr auto z = sequential(fc, tanh);  // here
#endif
