// SPDX-License-Identifier: BSL-1.0
// A program of somebody who installed the library: a graph made by the compiler, a product by BLAS, and the data.
#include <gradus/data/datasets.hpp>
#include <gradus/graph/builder.hpp>
#ifdef GRADUS_BLAS
#include <cblas.h>
#endif
#include <iostream>

constexpr int nodes = [] {
    gradus::builder b;
    const auto x = b.leaf(gradus::op::input, "x", gradus::dims_of<gradus::shape<gradus::sized<2>>>);
    b.add(b.mul(x, x), b.mul(x, x));  // the two products are one node
    return b.size();
}();
static_assert(nodes == 3);

int main() {
    const float a[]{1, 2}, b[]{3, 4};
#ifdef GRADUS_BLAS
    const float product = cblas_sdot(2, a, 1, b, 1);
#else
    const float product = a[0] * b[0] + a[1] * b[1];
#endif
    std::cout << nodes << " nodes, " << product << ", " << gradus::load_digits().labels.size() << " digits from "
              << gradus::data_file("digits.csv.gz") << "\n";
}
