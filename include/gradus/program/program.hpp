// SPDX-License-Identifier: BSL-1.0
// A graph that runs: it owns the parameters and one block of memory for everything in between, borrows the inputs,
// and computes all outputs without allocating.
#pragma once
#include <gradus/data/tensor.hpp>
#include <gradus/program/errors.hpp>
#include <gradus/program/kernels.hpp>
#include <algorithm>
#include <new>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace gradus {

/// A parameter of a program: its full name, its sizes, its place in the graph.
struct parameter_info {
    std::string name;
    std::vector<std::int64_t> dims;
    node_id node = no_node;
};

/// Where a stored value lies during which steps, for reports. Bytes.
struct memory_entry {
    node_id node = no_node;
    std::size_t offset = 0;
    std::size_t bytes = 0;
    int first = 0;  ///< the step that fills it
    int last = 0;   ///< the last step that needs it; outputs: the number of steps
};

namespace detail {

/// A leaf's full name: "fc1.weight".
inline std::string full_name(graph_view g, node_id leaf) {
    std::string name;
    visit_path(g, g[leaf].layer, g[leaf].name, [&](std::string_view part) {
        if (!name.empty()) name += '.';
        name += part;
    });
    return name;
}
/// How many letters must change to make one word the other.
inline std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t before = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = before + (a[i] != b[j]);
            before = row[j + 1];
            row[j + 1] = std::min({change, before + 1, row[j] + 1});
        }
    }
    return row.back();
}
inline std::string in_brackets(std::span<const std::int64_t> sizes) {
    std::string text = "(";
    for (std::size_t i = 0; i < sizes.size(); ++i) text += (i ? ", " : "") + std::to_string(sizes[i]);
    return text + (sizes.size() == 1 ? ",)" : ")");
}
inline std::string in_brackets(const dims& d) {
    sentence s;
    s << d;
    return std::string(s.view());
}
/// Throws unless the sizes are those of the leaf; symbolic ones may be any from 1 on.
inline void check_sizes(graph_view g, node_id leaf, std::span<const std::int64_t> sizes) {
    const dims& want = g[leaf].shape;
    std::string why;
    if (static_cast<int>(sizes.size()) != want.rank) {
        why = std::to_string(sizes.size()) + " dimensions given, " + std::to_string(want.rank) + " wanted";
    } else {
        for (int i = 0; i < want.rank && why.empty(); ++i) {
            const std::int64_t got = sizes[static_cast<std::size_t>(i)];
            if (!want[i].is_symbolic() && got != want[i].size)
                why = std::to_string(got) + " in dimension " + std::to_string(i) + " must be " +
                      std::to_string(want[i].size);
            else if (got < 1)
                why = std::string(want[i].name) + " must be at least 1";
        }
    }
    if (!why.empty())
        throw shape_error(detail::full_name(g, leaf) + " wants " + in_brackets(want) + ", got " + in_brackets(sizes) +
                          ": " + why);
}

template <class E> concept Tensor = requires(const E& e) {
    e.shape();
    e.dimension();
    e.template cbegin<xt::layout_type::row_major>();
};
template <class E> concept TensorInMemory = Tensor<E> && requires(const E& e) {
    e.data();
    e.data_offset();
    e.strides();
};
/// Whether elements follow each other row by row.
template <class E> bool is_contiguous(const E& e) {
    std::ptrdiff_t expected = 1;
    for (std::size_t i = e.dimension(); i-- > 0;) {
        const auto size = static_cast<std::ptrdiff_t>(e.shape()[i]);
        if (size != 1 && static_cast<std::ptrdiff_t>(e.strides()[i]) != expected) return false;
        expected *= size;
    }
    return true;
}

}  // namespace detail

namespace detail {
/// Memory that starts on a line of the cache.
template <class T> struct line_allocator {
    using value_type = T;
    static constexpr std::align_val_t line{64};

    line_allocator() = default;
    template <class U> line_allocator(const line_allocator<U>&) {}
    T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), line)); }
    void deallocate(T* p, std::size_t) { ::operator delete(p, line); }
    friend bool operator==(line_allocator, line_allocator) { return true; }
};
}  // namespace detail

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
    template <class A> static constexpr std::size_t length(const A& a) { return a.size(); }
    static constexpr std::size_t buffers = length(plan::value.buffers);
    static constexpr std::size_t leaves = [] {
        std::size_t n = 0;
        while (n < buffers && plan::value.buffers[n].where != planned::place::arena) ++n;
        return n;
    }();
    static constexpr int steps = static_cast<int>(length(plan::value.steps));
    static constexpr std::size_t outputs = length(plan::value.results);
    static constexpr std::size_t late = length(plan::value.constants);
    static constexpr std::size_t literals = [] {
        int n = 0;
        for (const node& x : Source::graph.nodes) n = std::max(n, x.attrs.literal);
        return static_cast<std::size_t>(n);
    }();
    static constexpr std::size_t line = 64 / sizeof(T);  ///< buffers start on lines of the cache
    using storage = std::vector<T, detail::line_allocator<T>>;
    using sizes_type = std::array<std::int64_t, max_symbols>;

  public:
    using value_type = T;

    basic_program() {
        std::size_t n = 0;
        for (std::size_t b = 0; b < leaves; ++b) {
            if (!is_parameter(b)) continue;
            offset_[b] = n;
            n += round_up(static_cast<std::size_t>(plan::value.buffers[b].size.fixed));
        }
        parameters_.assign(n, T(0));
        for (std::size_t i = 0; i < Source::graph.nodes.size(); ++i) {
            const attributes& a = Source::graph.nodes[i].attrs;
            if (a.literal > 0) literal_[static_cast<std::size_t>(a.literal - 1)] = a.value;
        }
        point();
    }
    basic_program(const basic_program& other)
        : parameters_(other.parameters_),
          arena_(other.arena_),
          bound_(other.bound_),
          own_(other.own_),
          offset_(other.offset_),
          sizes_(other.sizes_),
          literal_(other.literal_),
          late_(other.late_),
          peak_(other.peak_),
          changed_(other.changed_),
          placed_(other.placed_),
          has_run_(other.has_run_) {
        point();
    }
    basic_program& operator=(const basic_program& other) { return *this = basic_program(other); }
    /// Moving keeps every address. A program that was moved from can only be assigned to.
    basic_program(basic_program&&) noexcept = default;
    basic_program& operator=(basic_program&&) noexcept = default;
    ~basic_program() = default;

    // ---- parameters

    /// The values of a parameter, row by row.
    template <node_id Leaf> std::span<T> parameter() { return parameter_at(buffer_of<Leaf, op::parameter>()); }
    template <node_id Leaf> std::span<const T> parameter() const {
        return const_cast<basic_program*>(this)->template parameter<Leaf>();
    }
    /// The same by its full name, "fc1.weight".
    ///
    /// Error   std::out_of_range "no parameter fc1.wieght; the nearest is fc1.weight"
    std::span<T> parameter(std::string_view name) {
        const graph_view g = Source::graph;
        std::string nearest;
        for (std::size_t b = 0; b < leaves; ++b) {
            if (!is_parameter(b)) continue;
            if (has_name(g, g[plan::value.buffers[b].node], name)) return parameter_at(b);
            const std::string other = detail::full_name(g, plan::value.buffers[b].node);
            if (nearest.empty() || detail::distance(other, name) < detail::distance(nearest, name)) nearest = other;
        }
        throw std::out_of_range("no parameter " + std::string(name) +
                                (nearest.empty() ? "; the program has none" : "; the nearest is " + nearest));
    }
    std::span<const T> parameter(std::string_view name) const {
        return const_cast<basic_program*>(this)->parameter(name);
    }
    /// All parameters, in the order of the graph.
    static std::vector<parameter_info> parameters() {
        const graph_view g = Source::graph;
        std::vector<parameter_info> all;
        for (std::size_t b = 0; b < leaves; ++b) {
            if (!is_parameter(b)) continue;
            parameter_info p;
            p.node = plan::value.buffers[b].node;
            p.name = detail::full_name(g, p.node);
            for (int i = 0; i < g[p.node].shape.rank; ++i) p.dims.push_back(g[p.node].shape[i].size);
            all.push_back(p);
        }
        return all;
    }

    // ---- inputs

    /// Gives an input its values. A row-major tensor of T is borrowed, so it must live until the run is over; anything
    /// else is converted into the program's own memory. A plain number serves an input of rank 0.
    ///
    /// Error   shape_error "x wants (batch, 64), got (32, 60): 60 in dimension 1 must be 64"
    template <node_id Leaf, class E> void bind(const E& e) { take<Leaf>(e, true); }
    /// The same, always copied: the tensor need not live on.
    template <node_id Leaf, class E> void bind_copy(const E& e) { take<Leaf>(e, false); }

    /// The value of the constant with `attributes::literal == which + 1`.
    void set_literal(int which, double value) {
        if (which < 0 || static_cast<std::size_t>(which) >= literals)
            throw std::out_of_range("no literal " + std::to_string(which) + "; the program has " +
                                    std::to_string(literals));
        literal_[static_cast<std::size_t>(which)] = value;
        changed_ = true;
    }

    // ---- running

    /// Computes all outputs and then updates the parameters that outputs are assigned to.
    void run() {
        prepare();
        const kernels::environment<T> e{at_.data(), sizes_.data(), late_.data()};
        [&]<int... S>(std::integer_sequence<int, S...>) { (kernels::run<plan, S, T>(e), ...); }
        (std::make_integer_sequence<int, steps>{});
        has_run_ = true;
    }

    // ---- outputs

    /// How many outputs there are.
    static constexpr int output_count() { return static_cast<int>(outputs); }
    /// The sizes of output `i` in the last run.
    std::vector<std::int64_t> output_dims(int i) const {
        std::vector<std::int64_t> d;
        const dims& shape = output_shape(i);
        for (int k = 0; k < shape.rank; ++k) d.push_back(size_of(shape[k]));
        return d;
    }
    /// The values of output `i`, row by row, until the next run.
    std::span<const T> output_data(int i) const {
        const dims& shape = output_shape(i);
        if (!has_run_) throw std::logic_error("the program has not run yet");
        std::int64_t n = 1;
        for (int k = 0; k < shape.rank; ++k) n *= size_of(shape[k]);
        return {at_[static_cast<std::size_t>(plan::value.results[static_cast<std::size_t>(i)])],
                static_cast<std::size_t>(n)};
    }
    /// Output I: a number if it is a scalar, else a view of the right rank, valid until the next run.
    template <int I> auto output() const {
        static_assert(I >= 0 && I < static_cast<int>(outputs), "the program has fewer outputs");
        constexpr dims shape = Source::graph.nodes[static_cast<std::size_t>(Source::graph.outputs[I].node)].shape;
        const std::span<const T> data = output_data(I);
        if constexpr (shape.rank == 0) {
            return T(data[0]);
        } else {
            std::array<std::size_t, static_cast<std::size_t>(shape.rank)> sizes{};
            for (int k = 0; k < shape.rank; ++k)
                sizes[static_cast<std::size_t>(k)] = static_cast<std::size_t>(size_of(shape[k]));
            return xt::adapt(data.data(), data.size(), xt::no_ownership(), sizes);
        }
    }

    // ---- what it does, in words and bytes

    /// Bytes of the block that holds all intermediate values and outputs, with lifetimes sharing places.
    std::size_t peak_bytes() const { return peak_ * sizeof(T); }
    /// Bytes that the same values would take side by side.
    std::size_t unshared_bytes() const {
        std::size_t n = 0;
        for (const memory_entry& m : memory()) n += m.bytes;
        return n;
    }
    /// The most bytes that are alive at one step: no plan can take less.
    std::size_t live_bytes() const {
        std::size_t most = 0;
        const std::vector<memory_entry> all = memory();
        for (int s = 0; s <= steps; ++s) {
            std::size_t n = 0;
            for (const memory_entry& m : all) n += m.first <= s && s <= m.last ? m.bytes : 0;
            most = std::max(most, n);
        }
        return most;
    }
    /// Every stored value with its place and its life, for the sizes of the last run.
    std::vector<memory_entry> memory() const {
        std::vector<memory_entry> all;
        for (std::size_t b = leaves; b < buffers; ++b) {
            const planned::buffer& x = plan::value.buffers[b];
            if (x.first < 0) continue;
            all.push_back({x.node, offset_[b] * sizeof(T),
                           round_up(static_cast<std::size_t>(x.size.at(sizes_.data()))) * sizeof(T), x.first, x.last});
        }
        return all;
    }
    /// One line for each step: its kernel, its shape, the operations that it does in one go.
    static std::string describe() {
        static constexpr std::string_view names[] = {"map", "reduce", "softmax", "loss", "product"};
        const graph_view g = Source::graph;
        std::string text;
        for (std::size_t i = 0; i < plan::value.steps.size(); ++i) {
            const planned::step& s = plan::value.steps[i];
            const planned::buffer& out = plan::value.buffers[static_cast<std::size_t>(s.out)];
            text += std::to_string(i) + "  " + std::string(names[static_cast<std::size_t>(s.what)]) + "  " +
                    detail::in_brackets(g[s.node].shape) + "  ";
            std::string fused;
            std::string read;
            for (int k = s.first; k < s.first + s.count; ++k) {
                const planned::instruction& x = plan::value.instructions[static_cast<std::size_t>(k)];
                if (x.what == planned::instruction::does::compute) {
                    const bool hot = g[x.node].is(op::one_hot);
                    fused += (fused.empty() ? "" : ", ") + std::string(info(hot ? op::one_hot : x.operation).name);
                }
                if (x.what == planned::instruction::does::load)
                    read += (read.empty() ? "" : ", ") + place_name(x.buffer);
            }
            if (s.what != planned::kernel::map)
                fused += (fused.empty() ? "" : ", ") + std::string(info(s.operation).name);
            if (fused.empty()) fused = "copy";
            text += fused + "  of " + (read.empty() ? "constants" : read) + "  into " + place_name(s.out);
            if (out.where == planned::place::parameter) text += s.accumulate ? " (added in place)" : " (update)";
            text += '\n';
        }
        return text;
    }

  private:
    struct binding {
        const T* data = nullptr;
        bool own = false;
        std::array<std::int64_t, max_rank> sizes{};
    };

    static constexpr std::size_t round_up(std::size_t n) { return (n + line - 1) / line * line; }
    static constexpr bool is_parameter(std::size_t b) {
        return plan::value.buffers[b].where == planned::place::parameter;
    }
    template <node_id Leaf, op Kind> static constexpr std::size_t buffer_of() {
        static_assert(Leaf >= 0 && Leaf < static_cast<int>(Source::graph.nodes.size()), "the graph has no such node");
        static_assert(Source::graph.nodes[Leaf].operation == Kind, "another kind of leaf is wanted here");
        std::size_t b = 0;
        while (plan::value.buffers[b].node != Leaf) ++b;
        return b;
    }
    static std::string place_name(int buffer) {
        const planned::buffer& b = plan::value.buffers[static_cast<std::size_t>(buffer)];
        if (b.where == planned::place::arena) return "#" + std::to_string(buffer);
        return detail::full_name(Source::graph, b.node);
    }
    static const dims& output_shape(int i) {
        if (i < 0 || static_cast<std::size_t>(i) >= outputs)
            throw std::out_of_range("no output " + std::to_string(i) + "; the program has " + std::to_string(outputs));
        return Source::graph.nodes[static_cast<std::size_t>(Source::graph.outputs[static_cast<std::size_t>(i)].node)]
            .shape;
    }
    std::int64_t size_of(const axis& a) const {
        if (!a.is_symbolic()) return a.size;
        for (std::size_t s = 0; s < Source::graph.symbols.size(); ++s)
            if (Source::graph.symbols[s] == a.name) return sizes_[s];
        return 0;
    }
    std::span<T> parameter_at(std::size_t b) {
        return {parameters_.data() + offset_[b], static_cast<std::size_t>(plan::value.buffers[b].size.fixed)};
    }
    /// Lets the table of buffers point into this object's memory.
    void point() {
        for (std::size_t b = 0; b < buffers; ++b) {
            if (b >= leaves) {
                at_[b] = arena_.data() + offset_[b];
            } else if (is_parameter(b)) {
                at_[b] = parameters_.data() + offset_[b];
            } else {
                if (bound_[b].own) bound_[b].data = own_[b].data();
                at_[b] = const_cast<T*>(bound_[b].data);  // no step writes to an input
            }
        }
    }

    template <node_id Leaf, class E> void take(const E& e, bool may_borrow) {
        constexpr std::size_t b = buffer_of<Leaf, op::input>();
        constexpr dims want = Source::graph.nodes[static_cast<std::size_t>(Leaf)].shape;
        if constexpr (std::is_arithmetic_v<E>) {
            static_assert(want.rank == 0, "a number can be bound to an input of rank 0 only");
            own_[b].resize(1);
            own_[b][0] = static_cast<T>(e);
            hold(b);
        } else {
            static_assert(detail::Tensor<E>, "an xtensor expression or a number is wanted");
            constexpr std::size_t rank = xt::get_rank<E>::value;
            static_assert(rank == static_cast<std::size_t>(-1) || rank == static_cast<std::size_t>(want.rank),
                          "the tensor has another number of dimensions than the input");
            std::array<std::int64_t, 32> sizes{};
            const std::size_t given = std::min<std::size_t>(e.dimension(), sizes.size());
            for (std::size_t i = 0; i < given; ++i) sizes[i] = static_cast<std::int64_t>(e.shape()[i]);
            detail::check_sizes(Source::graph, Leaf, {sizes.data(), given});
            const bool same = std::equal(sizes.begin(), sizes.begin() + want.rank, bound_[b].sizes.begin());
            bool borrowed = false;
            if constexpr (detail::TensorInMemory<E> && std::is_same_v<typename E::value_type, T>) {
                if (may_borrow && detail::is_contiguous(e)) {
                    bound_[b].data = e.data() + e.data_offset();
                    bound_[b].own = false;
                    at_[b] = const_cast<T*>(bound_[b].data);
                    borrowed = true;
                }
            }
            if (!borrowed) {
                std::int64_t n = 1;
                for (int i = 0; i < want.rank; ++i) n *= sizes[static_cast<std::size_t>(i)];
                own_[b].resize(static_cast<std::size_t>(n));
                auto from = e.template cbegin<xt::layout_type::row_major>();
                for (T& x : own_[b]) {
                    x = static_cast<T>(*from);
                    ++from;
                }
                hold(b);
            }
            if (!same) {
                std::copy_n(sizes.begin(), want.rank, bound_[b].sizes.begin());
                changed_ = true;
            }
        }
    }
    void hold(std::size_t b) {
        bound_[b].data = own_[b].data();
        bound_[b].own = true;
        at_[b] = own_[b].data();
    }

    /// All that must be right before the first step runs.
    void prepare() {
        for (std::size_t b = 0; b < leaves; ++b)
            if (!is_parameter(b) && bound_[b].data == nullptr) throw_unbound();
        if (changed_) adapt();
        for (const planned::class_check& c : plan::value.checks) check_classes(c);
    }
    [[noreturn]] void throw_unbound() const {
        std::string names;
        for (std::size_t b = 0; b < leaves; ++b)
            if (!is_parameter(b) && bound_[b].data == nullptr)
                names += (names.empty() ? "" : ", ") + place_name(static_cast<int>(b));
        throw binding_error("not bound: " + names);
    }
    void check_classes(const planned::class_check& c) const {
        const auto b = static_cast<std::size_t>(c.buffer);
        const std::int64_t n = plan::value.buffers[b].size.at(sizes_.data());
        const auto classes = static_cast<T>(c.classes.at(sizes_.data()));
        const T* const x = at_[b];
        for (std::int64_t i = 0; i < n; ++i)
            if (!(x[i] >= T(0) && x[i] < classes && x[i] == std::floor(x[i]))) throw_class(c, i);
    }
    [[noreturn]] void throw_class(const planned::class_check& c, std::int64_t place) const {
        const auto b = static_cast<std::size_t>(c.buffer);
        const dims& shape = Source::graph.nodes[static_cast<std::size_t>(plan::value.buffers[b].node)].shape;
        std::string where;
        std::int64_t rest = place;
        for (int k = shape.rank; k-- > 0;) {
            where = std::to_string(rest % size_of(shape[k])) + (where.empty() ? "" : ", ") + where;
            rest /= size_of(shape[k]);
        }
        const T x = at_[b][place];
        std::string value = std::to_string(x);
        if (x == std::floor(x) && std::abs(x) < T(1e9)) value = std::to_string(static_cast<std::int64_t>(x));
        const std::int64_t classes = c.classes.at(sizes_.data());
        throw std::out_of_range(place_name(c.buffer) + (where.empty() ? "" : "[" + where + "]") + " is " + value +
                                ", but there are " + std::to_string(classes) + " classes: 0 to " +
                                std::to_string(classes - 1));
    }

    /// New sizes or constants: checks them, places the buffers, and takes memory if there is not enough.
    void adapt() {
        const sizes_type sizes = symbol_sizes();
        if (!(sizes == sizes_) || !placed_) {
            place_buffers(sizes);
            sizes_ = sizes;
            placed_ = true;
        }
        for (std::size_t i = 0; i < late; ++i) {
            const attributes& a = Source::graph.nodes[static_cast<std::size_t>(plan::value.constants[i])].attrs;
            double x = a.literal > 0 ? literal_[static_cast<std::size_t>(a.literal - 1)] : a.value;
            for (std::size_t s = 0; s < max_symbols; ++s) {
                for (int p = a.powers[s]; p > 0; --p) x *= static_cast<double>(sizes_[s]);
                for (int p = a.powers[s]; p < 0; ++p) x /= static_cast<double>(sizes_[s]);
            }
            late_[i] = static_cast<T>(x);
        }
        point();
        changed_ = false;
    }
    sizes_type symbol_sizes() const {
        sizes_type sizes{};
        std::array<std::size_t, max_symbols> from{};
        for (std::size_t b = 0; b < leaves; ++b) {
            if (is_parameter(b)) continue;
            const dims& shape = Source::graph.nodes[static_cast<std::size_t>(plan::value.buffers[b].node)].shape;
            for (int k = 0; k < shape.rank; ++k) {
                if (!shape[k].is_symbolic()) continue;
                std::size_t s = 0;
                while (Source::graph.symbols[s] != shape[k].name) ++s;
                const std::int64_t size = bound_[b].sizes[static_cast<std::size_t>(k)];
                if (sizes[s] != 0 && sizes[s] != size)
                    throw shape_error(std::string(shape[k].name) + " is " + std::to_string(sizes[s]) + " in " +
                                      place_name(static_cast<int>(from[s])) + " and " + std::to_string(size) + " in " +
                                      place_name(static_cast<int>(b)));
                sizes[s] = size;
                from[s] = b;
            }
        }
        return sizes;
    }
    std::size_t checked_size(const planned::extent& e, const sizes_type& sizes) const {
        std::int64_t n = e.fixed;
        bool over = false;
        for (std::size_t s = 0; s < max_symbols; ++s)
            for (std::uint32_t p = e.powers >> (8 * s) & 255u; p > 0; --p) {
                if (sizes[s] == 0)
                    throw binding_error("the size of " + std::string(Source::graph.symbols[s]) +
                                        " is not known: no input has it");
                over = over || __builtin_mul_overflow(n, sizes[s], &n);
            }
        if (over || n > std::numeric_limits<std::int64_t>::max() / 64)
            throw memory_error("no memory can hold the values that " + sizes_in_words(sizes) + " asks for");
        return static_cast<std::size_t>(n);
    }
    static std::string sizes_in_words(const sizes_type& sizes) {
        std::string text;
        for (std::size_t s = 0; s < Source::graph.symbols.size(); ++s)
            text += (s ? ", " : "") + std::string(Source::graph.symbols[s]) + " = " + std::to_string(sizes[s]);
        return text.empty() ? "the program" : text;
    }
    /// The largest buffers first, each at the lowest place where nothing lives at the same time.
    void place_buffers(const sizes_type& sizes) {
        std::array<std::size_t, buffers> size{};
        std::array<std::size_t, buffers> order{};
        std::array<std::size_t, buffers> offset = offset_;
        std::size_t count = 0;
        for (std::size_t b = leaves; b < buffers; ++b) {
            if (plan::value.buffers[b].first < 0) continue;
            size[b] = round_up(checked_size(plan::value.buffers[b].size, sizes));
            order[count++] = b;
        }
        std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                  [&](std::size_t a, std::size_t b) { return size[a] != size[b] ? size[a] > size[b] : a < b; });
        std::size_t peak = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const planned::buffer& x = plan::value.buffers[order[i]];
            std::size_t at = 0;
            for (std::size_t k = 0; k < i;) {
                const planned::buffer& y = plan::value.buffers[order[k]];
                const bool meet = x.first <= y.last && y.first <= x.last;
                if (meet && at < offset[order[k]] + size[order[k]] && offset[order[k]] < at + size[order[i]]) {
                    at = offset[order[k]] + size[order[k]];
                    k = 0;
                } else {
                    ++k;
                }
            }
            offset[order[i]] = at;
            if (at > std::numeric_limits<std::size_t>::max() / sizeof(T) / 2 - size[order[i]])
                throw memory_error("no memory can hold the values that " + sizes_in_words(sizes) + " asks for");
            peak = std::max(peak, at + size[order[i]]);
        }
        if (peak > arena_.size()) {
            storage().swap(arena_);  // the old block goes first, so that both need not fit
            try {
                arena_.resize(peak);
            } catch (const std::exception&) {
                has_run_ = placed_ = false;
                std::fill(offset_.begin() + static_cast<std::ptrdiff_t>(leaves), offset_.end(), std::size_t{0});
                throw memory_error("no memory for the " + std::to_string(peak * sizeof(T)) + " bytes that " +
                                   sizes_in_words(sizes) + " needs");
            }
        }
        offset_ = offset;
        peak_ = peak;
    }

    storage parameters_;
    storage arena_;
    std::array<binding, buffers> bound_{};
    std::array<storage, leaves> own_{};
    std::array<std::size_t, buffers> offset_{};
    std::array<T*, buffers> at_{};
    sizes_type sizes_{};
    std::array<double, literals> literal_{};
    std::array<T, late> late_{};
    std::size_t peak_ = 0;
    bool changed_ = true;
    bool placed_ = false;
    bool has_run_ = false;
};

}  // namespace gradus
