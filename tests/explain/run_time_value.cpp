// SPDX-License-Identifier: BSL-1.0
// A number that is known too late.
#include <gradus/layer/linear.hpp>
using namespace gradus;

int main() {
    int width = 64;
    constexpr auto fc = linear<"fc", width, 10>;
}
