// SPDX-License-Identifier: BSL-1.0
// Parameters are called by the name of their layer.
// refuses: linear
// error: use of invalid variable template 'linear<"", 64, 10>'
// error: Name.view().size() > 0
// error[clang]: does not satisfy 'NotEmpty'
// lines: 14
// lines[clang]: 12
#include <gradus/layer/linear.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto fc = linear<"fc1", 64, 10>;
#else
constexpr auto fc = linear<"", 64, 10>;  // here
#endif
