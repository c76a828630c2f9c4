// SPDX-License-Identifier: BSL-1.0
// The row that the others are compared with: a hand-written step on OpenBLAS.
#include "hand_written.hpp"
#include <cblas.h>

struct openblas_product {
    template <bool ta, bool tb>
    static void run(int n, int m, int k, float alpha, const float* a, int lda, const float* b, int ldb, float beta,
                    float* c, int ldc) {
        cblas_sgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, n, m, k, alpha, a,
                    lda, b, ldb, beta, c, ldc);
    }
};

int main(int argc, char** argv) {
    std::istringstream words(openblas_get_config());
    std::string name, number;
    words >> name >> number;
    const std::string version = name + " " + number + " with its kernels for " + openblas_get_corename();
    return bench::serve(version, bench::hand_written_networks<openblas_product>(), argc, argv);
}
