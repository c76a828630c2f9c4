// SPDX-License-Identifier: BSL-1.0
// Starting weights. Each scheme is a distribution whose width follows from the shape of the weight; the same seed gives
// the same numbers everywhere.
#pragma once
#include <gradus/data/random.hpp>
#include <gradus/program/program.hpp>
#include <cmath>

namespace gradus {

/// How many values go into one output of a weight (out_features, in_features, ...), and how many come out of one input.
struct fans {
    double in = 1;
    double out = 1;
};
inline fans fans_of(const parameter_info& p) {
    fans f;
    if (p.dims.size() < 2) return f;
    double field = 1;
    for (std::size_t i = 2; i < p.dims.size(); ++i) field *= static_cast<double>(p.dims[i]);
    f.in = static_cast<double>(p.dims[1]) * field;
    f.out = static_cast<double>(p.dims[0]) * field;
    return f;
}

/// One number of the normal distribution with mean 0 and standard deviation 1 (Box and Muller, 1958).
inline double normal(random_bits& bits) {
    const double r = std::sqrt(-2 * std::log(1 - uniform(bits)));
    return r * std::cos(6.283185307179586476925 * uniform(bits));
}

/// Normal with standard deviation sqrt(2 / in_features), for relu.
/// Source  He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015, equation 10
struct he_normal {
    double operator()(random_bits& bits, const fans& f) const { return std::sqrt(2 / f.in) * normal(bits); }
};
/// Uniform with the same variance.
struct he_uniform {
    double operator()(random_bits& bits, const fans& f) const { return std::sqrt(6 / f.in) * (2 * uniform(bits) - 1); }
};
/// Normal with standard deviation sqrt(2 / (in_features + out_features)), for tanh and sigmoid.
/// Source  Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, equation 12
struct glorot_normal {
    double operator()(random_bits& bits, const fans& f) const { return std::sqrt(2 / (f.in + f.out)) * normal(bits); }
};
/// Uniform with the same variance, equation 16 there; Xavier is the same person's first name.
struct glorot_uniform {
    double operator()(random_bits& bits, const fans& f) const {
        return std::sqrt(6 / (f.in + f.out)) * (2 * uniform(bits) - 1);
    }
};
using xavier_normal = glorot_normal;
using xavier_uniform = glorot_uniform;
/// Zeros everywhere: a network of equal neurons that stay equal. For demonstrations.
struct zeros {
    double operator()(random_bits&, const fans&) const { return 0; }
};

/// Gives every parameter of a program its starting values: weights (two dimensions or more) by the scheme, everything
/// else (biases) zero. Each parameter has a stream of random numbers of its own, from the seed and its name, so adding
/// a layer does not change the others.
template <class Program, class Scheme = he_normal>
void initialize(Program& program, std::uint64_t seed, const Scheme& scheme = {}) {
    for (const parameter_info& p : program.parameters()) {
        std::uint64_t stream = seed;
        for (char c : p.name) stream = (stream ^ static_cast<unsigned char>(c)) * 1099511628211u + 0x9E3779B97F4A7C15u;
        random_bits bits(stream);
        const fans f = fans_of(p);
        for (auto& value : program.parameter(p.name)) {
            using T = std::remove_cvref_t<decltype(value)>;
            value = p.dims.size() < 2 ? T(0) : static_cast<T>(scheme(bits, f));
        }
    }
}

}  // namespace gradus
