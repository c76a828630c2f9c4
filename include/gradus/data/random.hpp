// SPDX-License-Identifier: BSL-1.0
// Random numbers that are the same for a seed on every compiler and standard library; the distributions of <random>
// are not. Shuffles and starting weights come from here, so that a lesson's numbers can be printed in its text.
#pragma once
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace gradus {

/// A stream of 64-bit random numbers (splitmix64), usable wherever <random> wants a generator.
///
/// Source  G. L. Steele, D. Lea, C. H. Flood: Fast splittable pseudorandom number generators, OOPSLA 2014
class random_bits {
  public:
    using result_type = std::uint64_t;

    constexpr explicit random_bits(std::uint64_t seed) : state(seed) {}
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~result_type{0}; }

    constexpr result_type operator()() {
        std::uint64_t x = (state += 0x9e3779b97f4a7c15u);
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        return x ^ (x >> 31);
    }

  private:
    std::uint64_t state;
};

/// A number from 0 to below `count`, each equally likely.
constexpr std::uint64_t below(random_bits& bits, std::uint64_t count) {
    // The numbers beyond the last whole multiple of `count` would make the small ones likelier, so they are drawn
    // again.
    const std::uint64_t usable = random_bits::max() - random_bits::max() % count;
    std::uint64_t x = bits();
    while (x >= usable) x = bits();
    return x % count;
}

/// A number from 0 to below 1, each multiple of 2^-53 equally likely.
constexpr double uniform(random_bits& bits) { return static_cast<double>(bits() >> 11) * 0x1p-53; }

/// The numbers 0 to count - 1 in an order that the seed decides (Fisher and Yates).
///
///     shuffled_order(4, 1)   // always the same for seed 1
constexpr std::vector<std::size_t> shuffled_order(std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    random_bits bits(seed);
    for (std::size_t left = count; left > 1; --left) {
        const std::size_t chosen = static_cast<std::size_t>(below(bits, left));
        const std::size_t moved = order[left - 1];
        order[left - 1] = order[chosen];
        order[chosen] = moved;
    }
    return order;
}

}  // namespace gradus
