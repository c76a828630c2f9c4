// SPDX-License-Identifier: BSL-1.0
// The hand-written step with plain loops for the product: what the compiler makes of known sizes alone.
#include "hand_written.hpp"

struct plain_product {
    template <bool ta, bool tb>
    [[gnu::always_inline]] static void run(int n, int m, int k, float alpha, const float* a, int lda, const float* b,
                                           int ldb, float beta, float* c, int ldc) {
        for (int i = 0; i < n; ++i) {
            float* row = c + i * ldc;
            if (tb) {
                for (int j = 0; j < m; ++j) {
                    float sum = 0;
                    for (int p = 0; p < k; ++p) sum += (ta ? a[p * lda + i] : a[i * lda + p]) * b[j * ldb + p];
                    row[j] = alpha * sum + (beta == 0.f ? 0.f : beta * row[j]);
                }
            } else {
                for (int j = 0; j < m; ++j) row[j] = beta == 0.f ? 0.f : beta * row[j];
                for (int p = 0; p < k; ++p) {
                    const float factor = alpha * (ta ? a[p * lda + i] : a[i * lda + p]);
                    for (int j = 0; j < m; ++j) row[j] += factor * b[p * ldb + j];
                }
            }
        }
    }
};

int main(int argc, char** argv) {
    return bench::serve("no library", bench::hand_written_networks<plain_product>(), argc, argv);
}
