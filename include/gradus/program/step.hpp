// SPDX-License-Identifier: BSL-1.0
// The words of a plan: steps, the instructions in them, and the buffers that they fill.
//
// A step fills one buffer. It is a short list of instructions (loads, constants, elementwise operations) inside a nest
// of at most six loops; broadcasting and permuting are only strides of a load. The kernels are made from the steps.
#pragma once
#include <gradus/graph/graph.hpp>
#include <span>
#include <vector>

namespace gradus::planned {

/// A size or a stride: a number times symbolic sizes. Known to the compiler when no symbol takes part.
struct extent {
    std::int64_t fixed = 1;
    std::uint32_t powers = 0;  ///< one byte for each symbol of the graph: how often it is a factor

    constexpr bool known() const { return powers == 0; }
    constexpr bool is(std::int64_t n) const { return powers == 0 && fixed == n; }
    constexpr std::int64_t at(const std::int64_t* sizes) const {
        std::int64_t n = fixed;
        for (int s = 0; s < max_symbols; ++s)
            for (std::uint32_t p = powers >> (8 * s) & 255u; p > 0; --p) n *= sizes[s];
        return n;
    }
    friend constexpr extent operator*(const extent& a, const extent& b) {
        if (a.fixed == 0 || b.fixed == 0) return {0, 0};
        return {a.fixed * b.fixed, a.powers + b.powers};
    }
    friend constexpr bool operator==(const extent& a, const extent& b) {
        return a.fixed == b.fixed && a.powers == b.powers;
    }
};
inline constexpr extent nothing{0, 0};

/// One value for each dimension.
struct strides {
    extent along[max_rank]{nothing, nothing, nothing, nothing, nothing, nothing};

    constexpr const extent& operator[](int i) const { return along[i]; }
    constexpr extent& operator[](int i) { return along[i]; }
    friend constexpr bool operator==(const strides& a, const strides& b) {
        for (int i = 0; i < max_rank; ++i)
            if (!(a.along[i] == b.along[i])) return false;
        return true;
    }
};

/// One value inside a step's loops.
struct instruction {
    enum class does : std::uint8_t {
        load,      ///< an element of a buffer
        position,  ///< the index along a dimension, as one_hot compares it
        constant,
        compute,
    };
    does what = does::constant;
    op operation = op::constant;
    node_id node = no_node;
    int buffer = -1;             ///< load: which
    int operand[3]{-1, -1, -1};  ///< compute: instructions of the same step
    strides stride;              ///< load, position: how it moves with each loop
    double value = 0;            ///< constant: if it is known while compiling
    int slot = -1;               ///< constant: its place among those that are known when the program runs
};

/// Which loop a step runs.
enum class kernel : std::uint8_t {
    map,      ///< one value per element
    reduce,   ///< sum, mean, max, argmax over the marked loops
    softmax,  ///< softmax and log_softmax along the last loop
    loss,     ///< cross_entropy along the last loop
    product,  ///< matrix products inside the loops
};

/// One loop nest that fills one buffer.
struct step {
    kernel what = kernel::map;
    op operation = op::constant;
    node_id node = no_node;
    int out = -1;
    int first = 0;  ///< its instructions: first, first + 1, ...; the last one is the value
    int count = 0;
    int loops = 0;
    strides size;  ///< how often each loop runs
    strides out_stride;
    int marked = 0;           ///< the reduced loops, as bits
    int result[2]{-1, -1};    ///< loss: scores and target, product: the two operands, as instructions
    bool accumulate = false;  ///< product: adds alpha times the product to what the buffer holds
    extent m{}, n{}, k{};     ///< product: (m, k) times (k, n)
    extent a_m{}, a_k{}, b_k{}, b_n{};
};

/// Who owns the memory of a buffer.
enum class place : std::uint8_t { input, parameter, arena };

/// A stored value and the steps during which it is needed.
struct buffer {
    place where = place::arena;
    node_id node = no_node;
    extent size{};
    int first = -1;  ///< the step that fills it
    int last = -1;   ///< the last step that reads it; outputs live until the next run
    bool renewed = false;  ///< of a parameter: one step makes its new value of the old one, all others read the new
};

/// An input whose elements must be classes.
struct class_check {
    int buffer = -1;
    extent classes{};
};

/// A constant that is known when the program runs: a node with a literal or with symbolic sizes, or a number that
/// arithmetic makes of constants, as 1 - beta^t.
using late_constant = node_id;

/// Operations on constants alone that are computed in double once, before the first step of a run: in float 1 - 0.999
/// has four digits.
constexpr bool is_arithmetic(op o) {
    return o == op::neg || o == op::sqrt || o == op::add || o == op::sub || o == op::mul || o == op::div ||
           o == op::pow;
}

/// A value that waits in the arena until its parameter can take it.
struct detour {
    int from = -1;
    int to = -1;
};

/// A finished plan, wherever it is kept.
struct plan_view {
    std::span<const step> steps;
    std::span<const instruction> instructions;
    std::span<const buffer> buffers;
    std::span<const int> results;
    std::span<const class_check> checks;
    std::span<const late_constant> constants;
    std::size_t leaves = 0;  ///< the first buffers are those of inputs and parameters
};

/// The plan while it grows.
struct draft {
    std::vector<step> steps;
    std::vector<instruction> instructions;
    std::vector<buffer> buffers;
    std::vector<int> results;  ///< the buffer of each output
    std::vector<class_check> checks;
    std::vector<late_constant> constants;
    std::vector<detour> detours;
};

namespace detail {

/// Whether a step reads a buffer only where it writes.
constexpr bool in_place(const step& s, const instruction* all, int buffer) {
    const instruction* const x = all + s.first;
    for (int i = 0; i < s.count; ++i)
        if (x[i].buffer == buffer && !(x[i].stride == s.out_stride)) return false;
    return true;
}
constexpr bool reads(const step& s, const instruction* all, int buffer) {
    const instruction* const x = all + s.first;
    for (int i = 0; i < s.count; ++i)
        if (x[i].buffer == buffer) return true;
    return s.accumulate && s.out == buffer;
}
/// A buffer of the arena in place of a parameter's, which takes the value at the very end.
constexpr int make_detour(draft& d, int parameter) {
    const int through = static_cast<int>(d.buffers.size());
    d.buffers.push_back(d.buffers[static_cast<std::size_t>(parameter)]);
    d.buffers.back().where = place::arena;
    d.detours.push_back({through, parameter});
    return through;
}

}  // namespace detail

}  // namespace gradus::planned
