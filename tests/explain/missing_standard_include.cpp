// SPDX-License-Identifier: BSL-1.0
// A header of the standard library is not included.
#include <gradus/layer/activation.hpp>
using namespace gradus;

int main() { std::cout << "hello"; std::vector<float> v; }
