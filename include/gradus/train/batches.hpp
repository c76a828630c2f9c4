// SPDX-License-Identifier: BSL-1.0
// Mini-batches: rows of the data in a shuffled order, a few at a time, the last batch as large as what is left.
#pragma once
#include <gradus/data/datasets.hpp>

namespace gradus {

/// The batches of two tensors whose rows belong together. Made by `batches`.
template <class X, class Y> class batch_range {
  public:
    /// One batch: refers to rows that were copied together, valid until the next batch.
    struct batch {
        const X& inputs;
        const Y& targets;
    };

    batch_range(const X& inputs, const Y& targets, std::size_t size, std::uint64_t seed)
        : inputs_(inputs), targets_(targets), size_(size), order_(shuffled_order(inputs.shape(0), seed)) {}

    class iterator {
      public:
        iterator(const batch_range* range, std::size_t first) : range_(range), first_(first) { load(); }
        batch operator*() const { return {inputs_, targets_}; }
        iterator& operator++() {
            first_ = std::min(first_ + range_->size_, range_->order_.size());
            load();
            return *this;
        }
        bool operator!=(const iterator& other) const { return first_ != other.first_; }

      private:
        void load() {
            const std::size_t n = std::min(range_->size_, range_->order_.size() - first_);
            if (n == 0) return;
            const std::span rows(range_->order_.data() + first_, n);
            copy(range_->inputs_, inputs_, rows);
            copy(range_->targets_, targets_, rows);
        }
        template <class Tensor> static void copy(const Tensor& from, Tensor& to, std::span<const std::size_t> rows) {
            auto shape = from.shape();
            shape[0] = rows.size();
            to.resize(shape);
            const std::size_t width = from.size() / from.shape(0);
            for (std::size_t i = 0; i < rows.size(); ++i)
                std::copy_n(from.data() + rows[i] * width, width, to.data() + i * width);
        }
        const batch_range* range_;
        std::size_t first_;
        X inputs_;
        Y targets_;
    };
    iterator begin() const { return {this, 0}; }
    iterator end() const { return {this, order_.size()}; }
    /// How many batches there are.
    std::size_t size() const { return (order_.size() + size_ - 1) / size_; }

  private:
    const X& inputs_;
    const Y& targets_;
    std::size_t size_;
    std::vector<std::size_t> order_;
};

/// Batches of `size` rows in an order that the seed decides; give another seed in each epoch.
///
///     for (auto [images, labels] : batches(digits.train, 32, epoch)) trainer.step(x = images, y = labels);
///
/// Error   std::invalid_argument where the row counts differ, there is no row, or the size is 0
template <class X, class Y>
    requires requires(const X& x, const Y& y) { x.shape(0) + y.shape(0); }
batch_range<X, Y> batches(const X& inputs, const Y& targets, std::size_t size, std::uint64_t seed = 0) {
    if (inputs.shape(0) != targets.shape(0))
        throw std::invalid_argument("batches: " + std::to_string(inputs.shape(0)) + " inputs and " +
                                    std::to_string(targets.shape(0)) + " targets do not belong together");
    if (inputs.shape(0) == 0) throw std::invalid_argument("batches: the data has no rows");
    if (size == 0) throw std::invalid_argument("batches: a batch has at least one row, 0 given");
    return {inputs, targets, size, seed};
}
inline auto batches(const classification& data, std::size_t size, std::uint64_t seed = 0) {
    return batches(data.features, data.labels, size, seed);
}
inline auto batches(const regression& data, std::size_t size, std::uint64_t seed = 0) {
    return batches(data.features, data.targets, size, seed);
}
/// Batches refer to the data, so data without a name, as batches(load_digits(), 32), would be gone before the first.
void batches(const classification&& data, std::size_t size, std::uint64_t seed = 0) = delete;
void batches(const regression&& data, std::size_t size, std::uint64_t seed = 0) = delete;
template <class X, class Y>
    requires(!std::is_lvalue_reference_v<X> || !std::is_lvalue_reference_v<Y>)
&&requires(const X& x, const Y& y) { x.shape(0) + y.shape(0); }
void batches(X&& inputs, Y&& targets, std::size_t size, std::uint64_t seed = 0) = delete;

}  // namespace gradus
