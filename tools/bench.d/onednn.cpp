// SPDX-License-Identifier: BSL-1.0
// The hand-written step on oneDNN's matrix product.
#include "hand_written.hpp"
#include <dnnl.h>

struct onednn_product {
    template <bool ta, bool tb>
    static void run(int n, int m, int k, float alpha, const float* a, int lda, const float* b, int ldb, float beta,
                    float* c, int ldc) {
        dnnl_sgemm(ta ? 'T' : 'N', tb ? 'T' : 'N', n, m, k, alpha, a, lda, b, ldb, beta, c, ldc);
    }
};

int main(int argc, char** argv) {
    const dnnl_version_t* v = dnnl_version();
    const std::string version =
        "oneDNN " + std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch);
    return bench::serve(version, bench::hand_written_networks<onednn_product>(), argc, argv);
}
