// SPDX-License-Identifier: BSL-1.0
// A graph that runs: it owns the parameters and one block of memory for everything in between, borrows the inputs,
// and computes all outputs without allocating.
#pragma once
#include <gradus/program/kernels.hpp>
#include <gradus/program/memory.hpp>
#include <gradus/program/plan.hpp>

namespace gradus {

/// The compiled program of the graph `Source::graph`, with numbers of type T.
///
///     basic_program<source> p;
///     p.bind<0>(images);
///     p.run();
///     float loss = p.output<0>();
///
/// Error   shape_error, binding_error, memory_error, std::out_of_range (a class that does not exist): see errors.hpp
template <class Source, class T = float> class basic_program {
    using plan = planned::of<Source>;
    static constexpr int steps = static_cast<int>(plan::value.steps.size());
    static constexpr int outputs = static_cast<int>(plan::value.results.size());

  public:
    using value_type = T;

    basic_program() : memory_(Source::graph, plan::value) {}

    // ---- parameters

    /// The values of a parameter, row by row.
    template <node_id Leaf> std::span<T> parameter() { return memory_.parameter(buffer_of<Leaf, op::parameter>()); }
    template <node_id Leaf> std::span<const T> parameter() const {
        return const_cast<basic_program*>(this)->template parameter<Leaf>();
    }
    /// The same by its full name, "fc1.weight".
    ///
    /// Error   std::out_of_range "no parameter fc1.wieght; the nearest is fc1.weight"
    std::span<T> parameter(std::string_view name) { return memory_.parameter(name); }
    std::span<const T> parameter(std::string_view name) const {
        return const_cast<basic_program*>(this)->parameter(name);
    }
    /// All parameters, in the order of the graph.
    static std::vector<parameter_info> parameters() { return detail::parameters_of(Source::graph); }

    // ---- what an optimizer keeps from step to step

    /// The values of a tensor of the optimizer, row by row, by its full name: that of its parameter and PyTorch's name
    /// of the state, "fc1.weight.exp_avg". They start at zero and may be written.
    ///
    /// Error   std::out_of_range "no state fc1.weight.exp_ag; the nearest is fc1.weight.exp_avg"
    std::span<T> state(std::string_view name) { return memory_.parameter(name, true); }
    std::span<const T> state(std::string_view name) const { return const_cast<basic_program*>(this)->state(name); }
    /// All such tensors, in the order of the graph; none where nothing is trained.
    static std::vector<parameter_info> states() { return detail::parameters_of(Source::graph, true); }

    // ---- inputs

    /// Gives an input its values. A row-major tensor of T is borrowed, so it must live until the run is over; anything
    /// else is converted into the program's own memory. A plain number serves an input of rank 0.
    ///
    /// Error   shape_error "x wants (batch, 64), got (32, 60): 60 in dimension 1 must be 64"
    template <node_id Leaf, class E> void bind(const E& e) { take<Leaf>(e, true); }
    /// The same, always copied: the tensor need not live on.
    template <node_id Leaf, class E> void bind_copy(const E& e) { take<Leaf>(e, false); }

    /// The value of the constant with `attributes::literal == which + 1`.
    void set_literal(int which, double value) { memory_.set_literal(which, value); }
    /// These values, in order; one that the graph does not use is 0.
    std::span<const double> literals() const { return memory_.literals(); }

    // ---- running

    /// Computes all outputs and then updates the parameters that outputs are assigned to.
    void run() {
        memory_.prepare();
        const kernels::environment<T> e{memory_.buffers(), memory_.sizes(), memory_.constants()};
        [&]<int... S>(std::integer_sequence<int, S...>) { (kernels::run<plan, S, T>(e), ...); }
        (std::make_integer_sequence<int, steps>{});
        memory_.done();
    }

    // ---- outputs

    /// How many outputs there are.
    static constexpr int output_count() { return outputs; }
    /// The sizes of output `i` in the last run.
    std::vector<std::int64_t> output_dims(int i) const { return memory_.output_dims(i); }
    /// The values of output `i`, row by row, until the next run.
    std::span<const T> output_data(int i) const { return memory_.output_data(i); }
    /// Output I: a number if it is a scalar, else a view of the right rank, valid until the next run.
    template <int I> auto output() const {
        static_assert(I >= 0 && I < outputs, "the program has fewer outputs");
        constexpr dims shape = Source::graph.nodes[static_cast<std::size_t>(Source::graph.outputs[I].node)].shape;
        if constexpr (shape.rank == 0) {
            if (!memory_.has_run()) memory_.throw_not_run();
            return T(*memory_.buffer(static_cast<std::size_t>(plan::value.results[I])));
        } else {
            const std::span<const T> data = output_data(I);
            std::array<std::size_t, static_cast<std::size_t>(shape.rank)> sizes{};
            for (int k = 0; k < shape.rank; ++k)
                sizes[static_cast<std::size_t>(k)] = static_cast<std::size_t>(memory_.size_of(shape[k]));
            return xt::adapt(data.data(), data.size(), xt::no_ownership(), sizes);
        }
    }

    // ---- what it does, in words and bytes

    /// Bytes of the block that holds all intermediate values and outputs, with lifetimes sharing places.
    std::size_t peak_bytes() const { return memory_.peak_bytes(); }
    /// Bytes that the same values would take side by side.
    std::size_t unshared_bytes() const { return memory_.unshared_bytes(); }
    /// The most bytes that are alive at one step: no plan can take less.
    std::size_t live_bytes() const { return memory_.live_bytes(); }
    /// Every stored value with its place and its life, for the sizes of the last run.
    std::vector<memory_entry> memory() const { return memory_.entries(); }
    /// One line for each step: its kernel, its shape, the operations that it does in one go.
    static std::string describe() { return planned::describe(Source::graph, plan::value); }

  private:
    template <node_id Leaf, op Kind> static constexpr std::size_t buffer_of() {
        static_assert(Leaf >= 0 && Leaf < static_cast<int>(Source::graph.nodes.size()), "the graph has no such node");
        static_assert(Source::graph.nodes[Leaf].operation == Kind, "another kind of leaf is wanted here");
        std::size_t b = 0;
        while (plan::value.buffers[b].node != Leaf) ++b;
        return b;
    }

    template <node_id Leaf, class E> void take(const E& e, bool may_borrow) {
        constexpr std::size_t b = buffer_of<Leaf, op::input>();
        constexpr dims want = Source::graph.nodes[static_cast<std::size_t>(Leaf)].shape;
        if constexpr (std::is_arithmetic_v<E>) {
            static_assert(want.rank == 0, "a number can be bound to an input of rank 0 only");
            *memory_.own(b, 1) = static_cast<T>(e);
        } else {
            static_assert(detail::Tensor<E>, "an xtensor expression or a number is wanted");
            constexpr std::size_t rank = xt::get_rank<E>::value;
            constexpr bool known = rank != static_cast<std::size_t>(-1);
            static_assert(!known || rank == static_cast<std::size_t>(want.rank),
                          "the tensor has another number of dimensions than the input");
            memory_.take(b, e, may_borrow);
        }
    }

    detail::program_memory<T> memory_;
};

}  // namespace gradus
