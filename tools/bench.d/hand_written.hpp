// SPDX-License-Identifier: BSL-1.0
// A training step as a careful programmer writes it by hand, over some matrix product: sizes known to the compiler,
// transposes by flag, bias and activation in one pass, its gradient and the bias gradient in one pass, the update
// inside the product of the weight gradient (alpha = -rate, beta = 1), no product for the gradient of the input.
#pragma once
#include "workload.hpp"
#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace bench {

/// exp(x) for x <= 88 as a polynomial (Cephes' expf), to 2 units in the last place: unlike std::exp it can be
/// vectorised without -ffast-math, with which g++ 12 makes `backward` slower (W4 by 17 %).
inline float fast_exp(float x) {
    x = std::max(x, -87.f);
    const float n = std::floor(x * 1.44269504f + 0.5f);
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.f;
    return p * std::bit_cast<float>((static_cast<int>(n) + 127) << 23);
}
inline float fast_tanh(float x) { return 1.f - 2.f / (fast_exp(2.f * std::min(x, 44.f)) + 1.f); }

/// `Product::run<ta, tb>(n, m, k, alpha, a, lda, b, ldb, beta, c, ldc)`: c (n, m) = alpha a b + beta c, row-major.
template <const workload& w, class Product> class hand_written final : public network {
    static constexpr int batch = w.batch, layers = w.layers, out_features = w.out();

    template <int l> struct layer {
        static constexpr int in = w.widths[l], out = w.widths[l + 1];
        alignas(64) float weight[out * in];
        alignas(64) float bias[out];
        alignas(64) float value[batch * out];
        alignas(64) float gradient[batch * out];
    };
    template <std::size_t... l> static std::tuple<layer<static_cast<int>(l)>...> layers_of(std::index_sequence<l...>);

    decltype(layers_of(std::make_index_sequence<static_cast<std::size_t>(layers)>{})) layers_;
    alignas(64) float inputs_[batch * w.in()];
    alignas(64) float targets_[w.targets()];
    int classes_[batch];
    float rate_ = 0;

    template <int l> auto& at() { return std::get<static_cast<std::size_t>(l)>(layers_); }
    template <int l> const float* below() {
        if constexpr (l == 0)
            return inputs_;
        else
            return at<l - 1>().value;
    }

    template <int l> void forward() {
        auto& here = at<l>();
        constexpr int in = layer<l>::in, out = layer<l>::out;
        Product::template run<false, true>(batch, out, in, 1.f, below<l>(), in, here.weight, in, 0.f, here.value, out);
        if constexpr (l + 1 < layers) {
            for (int i = 0; i < batch; ++i)
                for (int j = 0; j < out; ++j) {
                    const float z = here.value[i * out + j] + here.bias[j];
                    here.value[i * out + j] = w.hidden == activation::tanh ? fast_tanh(z) : std::max(z, 0.f);
                }
            forward<l + 1>();
        }
    }

    /// Loss of the last layer's scores and its gradient by them.
    float judge() {
        auto& last = at<layers - 1>();
        constexpr int out = out_features;
        if constexpr (w.last == loss::mse) {
            constexpr float scale = 2.f / static_cast<float>(batch * out);
            float sum = 0;
            for (int i = 0; i < batch; ++i)
#pragma omp simd reduction(+ : sum)
                for (int j = 0; j < out; ++j) {
                    const float d = last.value[i * out + j] + last.bias[j] - targets_[i * out + j];
                    sum += d * d;
                    last.gradient[i * out + j] = scale * d;
                }
            return sum / static_cast<float>(batch * out);
        } else {
            // exp and log run over flat arrays: rows of 10 would leave vector lanes empty.
            alignas(64) float sums[batch];
            float chosen = 0;
            for (int i = 0; i < batch; ++i) {
                float* z = last.value + i * out;
                for (int j = 0; j < out; ++j) z[j] += last.bias[j];
                float top = z[0];
#pragma omp simd reduction(max : top)
                for (int j = 0; j < out; ++j) top = z[j] > top ? z[j] : top;
                for (int j = 0; j < out; ++j) z[j] -= top;
                chosen += z[classes_[i]];
            }
            for (int i = 0; i < batch * out; ++i) last.gradient[i] = fast_exp(last.value[i]);
            for (int i = 0; i < batch; ++i) {
                float* g = last.gradient + i * out;
                float sum = 0;
#pragma omp simd reduction(+ : sum)
                for (int j = 0; j < out; ++j) sum += g[j];
                sums[i] = sum;
                const float scale = 1.f / (sum * static_cast<float>(batch));
                for (int j = 0; j < out; ++j) g[j] *= scale;
                g[classes_[i]] -= 1.f / static_cast<float>(batch);
            }
            float logs = 0;
            for (int i = 0; i < batch; ++i) logs += std::log(sums[i]);
            return (logs - chosen) / static_cast<float>(batch);
        }
    }

    template <int l> void backward() {
        auto& here = at<l>();
        constexpr int in = layer<l>::in, out = layer<l>::out;
        alignas(64) float sums[out] = {};
        for (int i = 0; i < batch; ++i)
            for (int j = 0; j < out; ++j) {
                if constexpr (l + 1 < layers) {
                    const float y = here.value[i * out + j], g = here.gradient[i * out + j];
                    here.gradient[i * out + j] = w.hidden == activation::tanh ? g * (1.f - y * y) : (y > 0.f ? g : 0.f);
                }
                sums[j] += here.gradient[i * out + j];
            }
        if constexpr (l > 0)
            Product::template run<false, false>(batch, in, out, 1.f, here.gradient, out, here.weight, in, 0.f,
                                                at<l - 1>().gradient, in);
        Product::template run<true, false>(out, in, batch, -rate_, here.gradient, out, below<l>(), in, 1.f, here.weight,
                                           in);
        for (int j = 0; j < out; ++j) here.bias[j] -= rate_ * sums[j];
        if constexpr (l > 0) backward<l - 1>();
    }

    template <std::size_t size> static float* copy(const float (&from)[size], float* to) {
        return std::copy(from, from + size, to);
    }

  public:
    void restart(const start& from, float learning_rate) override {
        rate_ = learning_rate;
        std::copy(from.inputs.begin(), from.inputs.end(), inputs_);
        std::copy(from.targets.begin(), from.targets.end(), targets_);
        for (int i = 0; i < batch; ++i) classes_[i] = static_cast<int>(from.targets[static_cast<std::size_t>(i)]);
        const float* at = from.parameters.data();
        const auto take = [&](auto& part) {
            std::copy_n(at, std::size(part), part);
            at += std::size(part);
        };
        std::apply([&](auto&... here) { ((take(here.weight), take(here.bias)), ...); }, layers_);
    }
    float train(long count) override {
        float seen = 0;
        for (long i = 0; i < count; ++i) {
            forward<0>();
            seen = judge();
            backward<layers - 1>();
        }
        return seen;
    }
    void copy_parameters(float* to) const override {
        std::apply([&](const auto&... here) { ((to = copy(here.bias, copy(here.weight, to))), ...); }, layers_);
    }
};

template <class Product> networks hand_written_networks() {
    return {{"W1", [](const start&) { return std::make_unique<hand_written<W1, Product>>(); }},
            {"W2", [](const start&) { return std::make_unique<hand_written<W2, Product>>(); }},
            {"W3", [](const start&) { return std::make_unique<hand_written<W3, Product>>(); }},
            {"W4", [](const start&) { return std::make_unique<hand_written<W4, Product>>(); }},
            {"W5", [](const start&) { return std::make_unique<hand_written<W5, Product>>(); }}};
}

}  // namespace bench
