// SPDX-License-Identifier: BSL-1.0
// The memory of a program: its parameters, its borrowed inputs, and one block in which values that never live at the
// same time share places. All that does not depend on the graph's type is done here, so it is compiled once.
#pragma once
#include <gradus/data/tensor.hpp>
#include <gradus/program/describe.hpp>
#include <cmath>
#include <limits>
#include <new>

namespace gradus {

/// Where a stored value lies during which steps, for reports. Bytes.
struct memory_entry {
    node_id node = no_node;
    std::size_t offset = 0;
    std::size_t bytes = 0;
    int first = 0;  ///< the step that fills it
    int last = 0;   ///< the last step that needs it; outputs: the number of steps
};

namespace detail {

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

/// The parameters, inputs and intermediate values of one program with numbers of type T.
template <class T> class program_memory {
    static constexpr std::size_t line = 64 / sizeof(T);  ///< buffers start on lines of the cache
    using sizes_type = std::array<std::int64_t, max_symbols>;

  public:
    using storage = std::vector<T, line_allocator<T>>;

    program_memory(graph_view g, planned::plan_view plan)
        : graph_(g), plan_(plan), bound_(plan.leaves), offset_(plan.buffers.size()), at_(plan.buffers.size()) {
        std::size_t n = 0;
        for (std::size_t b = 0; b < plan_.leaves; ++b) {
            if (!is_parameter(b)) continue;
            offset_[b] = n;
            n += round_up(static_cast<std::size_t>(plan_.buffers[b].size.fixed));
        }
        parameters_.assign(n, T(0));
        std::size_t literals = 0;
        for (const node& x : g.nodes) literals = std::max(literals, static_cast<std::size_t>(x.attrs.literal));
        literal_.resize(literals);
        for (const node& x : g.nodes)
            if (x.attrs.literal > 0) literal_[static_cast<std::size_t>(x.attrs.literal - 1)] = x.attrs.value;
        late_.resize(plan_.constants.size());
        for (std::vector<std::size_t>& v : next_) v.resize(plan_.buffers.size());
        point();
    }
    program_memory(const program_memory& other)
        : graph_(other.graph_),
          plan_(other.plan_),
          parameters_(other.parameters_),
          arena_(other.arena_),
          bound_(other.bound_),
          offset_(other.offset_),
          next_(other.next_),
          at_(other.at_),
          sizes_(other.sizes_),
          literal_(other.literal_),
          late_(other.late_),
          peak_(other.peak_),
          changed_(other.changed_),
          renumbered_(other.renumbered_),
          placed_(other.placed_),
          has_run_(other.has_run_) {
        point();
    }
    program_memory& operator=(const program_memory& other) { return *this = program_memory(other); }
    /// Moving keeps every address. Memory that was moved from can only be assigned to.
    program_memory(program_memory&&) noexcept = default;
    program_memory& operator=(program_memory&&) noexcept = default;
    ~program_memory() = default;

    // ---- what the kernels see

    T* const* buffers() const { return at_.data(); }
    const std::int64_t* sizes() const { return sizes_.data(); }
    const T* constants() const { return late_.data(); }
    const T* buffer(std::size_t b) const { return at_[b]; }
    bool has_run() const { return has_run_; }

    // ---- parameters and constants

    std::span<T> parameter(std::size_t b) {
        return {parameters_.data() + offset_[b], static_cast<std::size_t>(plan_.buffers[b].size.fixed)};
    }
    /// A parameter or, with `state`, a tensor that the optimizer keeps, by its full name.
    std::span<T> parameter(std::string_view name, bool state = false) {
        std::string nearest;
        for (std::size_t b = 0; b < plan_.leaves; ++b) {
            if (!is_parameter(b) || is_state(graph_, graph_[plan_.buffers[b].node]) != state) continue;
            if (has_name(graph_, graph_[plan_.buffers[b].node], name)) return parameter(b);
            const std::string other = detail::full_name(graph_, plan_.buffers[b].node);
            if (nearest.empty() || distance(other, name) < distance(nearest, name)) nearest = other;
        }
        throw std::out_of_range((state ? "no state " : "no parameter ") + std::string(name) +
                                (nearest.empty() ? "; the program has none" : "; the nearest is " + nearest));
    }
    /// The values of the run-time numbers of the graph.
    std::span<const double> literals() const { return literal_; }
    void set_literal(int which, double value) {
        if (which < 0 || static_cast<std::size_t>(which) >= literal_.size())
            throw std::out_of_range("no literal " + std::to_string(which) + "; the program has " +
                                    std::to_string(literal_.size()));
        literal_[static_cast<std::size_t>(which)] = value;
        renumbered_ = true;
    }

    // ---- inputs

    /// Binds the tensor to an input: a row-major one of T is borrowed if it may be, anything else copied.
    template <class E> void take(std::size_t b, const E& e, bool may_borrow) {
        constexpr std::size_t rank = xt::get_rank<E>::value;
        std::array<std::int64_t, rank == static_cast<std::size_t>(-1) ? 32 : rank> sizes{};
        const std::size_t given = std::min<std::size_t>(e.dimension(), sizes.size());
        std::int64_t n = 1;
        for (std::size_t i = 0; i < given; ++i) n *= sizes[i] = static_cast<std::int64_t>(e.shape()[i]);
        binding& x = bound_[b];
        const bool same = given == x.rank && std::equal(sizes.begin(), sizes.begin() + given, x.sizes.begin());
        if (!same) check_sizes(graph_, plan_.buffers[b].node, {sizes.data(), given});
        bool borrowed = false;
        if constexpr (TensorInMemory<E> && std::is_same_v<typename E::value_type, T>) {
            if (may_borrow && is_contiguous(e)) {
                x.data = e.data() + e.data_offset();
                x.owned = false;
                at_[b] = const_cast<T*>(x.data);  // no step writes to an input
                borrowed = true;
            }
        }
        if (!borrowed) {
            auto from = e.template cbegin<xt::layout_type::row_major>();
            for (T *to = own(b, static_cast<std::size_t>(n)), *end = to + n; to != end; ++to, ++from)
                *to = static_cast<T>(*from);
        }
        if (same) return;
        std::copy_n(sizes.begin(), given, x.sizes.begin());
        x.rank = given;
        changed_ = true;
    }
    /// Memory for `n` numbers of an input, to be filled.
    T* own(std::size_t b, std::size_t n) {
        bound_[b].own.resize(n);
        bound_[b].data = at_[b] = bound_[b].own.data();
        bound_[b].owned = true;
        return at_[b];
    }

    // ---- running

    /// All that must be right before the first step runs.
    void prepare() {
        if (changed_)
            adapt();
        else if (renumbered_)
            set_constants();
        for (const planned::class_check& c : plan_.checks) check_classes(c);
    }
    void done() { has_run_ = true; }

    // ---- outputs

    std::int64_t size_of(const axis& a) const {
        if (!a.is_symbolic()) return a.size;
        for (std::size_t s = 0; s < graph_.symbols.size(); ++s)
            if (graph_.symbols[s] == a.name) return sizes_[s];
        return 0;
    }
    const dims& output_shape(int i) const {
        if (i < 0 || static_cast<std::size_t>(i) >= plan_.results.size())
            throw std::out_of_range("no output " + std::to_string(i) + "; the program has " +
                                    std::to_string(plan_.results.size()));
        return graph_[graph_.outputs[static_cast<std::size_t>(i)].node].shape;
    }
    std::vector<std::int64_t> output_dims(int i) const {
        std::vector<std::int64_t> d;
        const dims& shape = output_shape(i);
        for (int k = 0; k < shape.rank; ++k) d.push_back(size_of(shape[k]));
        return d;
    }
    std::span<const T> output_data(int i) const {
        const dims& shape = output_shape(i);
        if (!has_run_) throw_not_run();
        std::int64_t n = 1;
        for (int k = 0; k < shape.rank; ++k) n *= size_of(shape[k]);
        return {at_[static_cast<std::size_t>(plan_.results[static_cast<std::size_t>(i)])], static_cast<std::size_t>(n)};
    }
    [[noreturn]] static void throw_not_run() { throw std::logic_error("the program has not run yet"); }

    // ---- reports

    std::size_t peak_bytes() const { return peak_ * sizeof(T); }
    std::vector<memory_entry> entries() const {
        std::vector<memory_entry> all;
        for (std::size_t b = plan_.leaves; b < plan_.buffers.size(); ++b) {
            const planned::buffer& x = plan_.buffers[b];
            if (x.first < 0) continue;
            all.push_back({x.node, offset_[b] * sizeof(T),
                           round_up(static_cast<std::size_t>(x.size.at(sizes_.data()))) * sizeof(T), x.first, x.last});
        }
        return all;
    }
    std::size_t unshared_bytes() const {
        std::size_t n = 0;
        for (const memory_entry& m : entries()) n += m.bytes;
        return n;
    }
    std::size_t live_bytes() const {
        std::size_t most = 0;
        const std::vector<memory_entry> all = entries();
        for (int s = 0; s <= static_cast<int>(plan_.steps.size()); ++s) {
            std::size_t n = 0;
            for (const memory_entry& m : all) n += m.first <= s && s <= m.last ? m.bytes : 0;
            most = std::max(most, n);
        }
        return most;
    }

  private:
    struct binding {
        const T* data = nullptr;
        bool owned = false;
        std::size_t rank = max_rank + 1;  ///< none yet
        std::array<std::int64_t, max_rank> sizes{};
        storage own;
    };

    static constexpr std::size_t round_up(std::size_t n) { return (n + line - 1) / line * line; }
    bool is_parameter(std::size_t b) const { return plan_.buffers[b].where == planned::place::parameter; }
    std::string name(std::size_t b) const { return planned::place_name(graph_, plan_, static_cast<int>(b)); }

    /// Lets the table of buffers point into this object's memory.
    void point() {
        for (std::size_t b = 0; b < at_.size(); ++b) {
            if (b >= plan_.leaves) {
                at_[b] = arena_.data() + offset_[b];
            } else if (is_parameter(b)) {
                at_[b] = parameters_.data() + offset_[b];
            } else {
                if (bound_[b].owned) bound_[b].data = bound_[b].own.data();
                at_[b] = const_cast<T*>(bound_[b].data);
            }
        }
    }

    [[noreturn]] void throw_unbound() const {
        std::string names;
        for (std::size_t b = 0; b < plan_.leaves; ++b)
            if (!is_parameter(b) && bound_[b].data == nullptr) names += (names.empty() ? "" : ", ") + name(b);
        throw binding_error("not bound: " + names);
    }
    void check_classes(const planned::class_check& c) const {
        const auto b = static_cast<std::size_t>(c.buffer);
        const std::int64_t n = plan_.buffers[b].size.at(sizes_.data());
        const auto classes = static_cast<T>(c.classes.at(sizes_.data()));
        const T* const x = at_[b];
        for (std::int64_t i = 0; i < n; ++i)
            if (!(x[i] >= T(0) && x[i] < classes && x[i] == std::floor(x[i]))) throw_class(c, i);
    }
    [[noreturn]] void throw_class(const planned::class_check& c, std::int64_t place) const {
        const auto b = static_cast<std::size_t>(c.buffer);
        const dims& shape = graph_[plan_.buffers[b].node].shape;
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
        throw std::out_of_range(name(b) + (where.empty() ? "" : "[" + where + "]") + " is " + value +
                                ", but there are " + std::to_string(classes) + " classes: 0 to " +
                                std::to_string(classes - 1));
    }

    /// New sizes or constants: checks them, places the buffers, and takes memory if there is not enough.
    [[gnu::noinline]] void adapt() {
        for (std::size_t b = 0; b < plan_.leaves; ++b)
            if (!is_parameter(b) && bound_[b].data == nullptr) throw_unbound();
        const sizes_type sizes = symbol_sizes();
        if (!(sizes == sizes_) || !placed_) {
            place_buffers(sizes);
            sizes_ = sizes;
            placed_ = true;
        }
        set_constants();
        point();
        changed_ = false;
    }
    void set_constants() {
        for (std::size_t i = 0; i < late_.size(); ++i) late_[i] = static_cast<T>(number(plan_.constants[i]));
        renumbered_ = false;
    }
    /// A late constant, in double whatever T is.
    double number(node_id i) const {
        const node& n = graph_[i];
        if (!n.is(op::constant)) {
            const double a = number(n.operands[0]);
            if (n.arity == 1) return n.is(op::sqrt) ? std::sqrt(a) : -a;
            const double b = number(n.operands[1]);
            switch (n.operation) {
                case op::add:
                    return a + b;
                case op::sub:
                    return a - b;
                case op::mul:
                    return a * b;
                case op::div:
                    return a / b;
                default:
                    return std::pow(a, b);  // the last of planned::is_arithmetic
            }
        }
        const attributes& a = n.attrs;
        double x = a.literal > 0 ? literal_[static_cast<std::size_t>(a.literal - 1)] : a.value;
        for (std::size_t s = 0; s < max_symbols; ++s) {
            for (int p = a.powers[s]; p > 0; --p) x *= static_cast<double>(sizes_[s]);
            for (int p = a.powers[s]; p < 0; ++p) x /= static_cast<double>(sizes_[s]);
        }
        return x;
    }
    sizes_type symbol_sizes() const {
        sizes_type sizes{};
        std::array<std::size_t, max_symbols> from{};
        for (std::size_t b = 0; b < plan_.leaves; ++b) {
            if (is_parameter(b)) continue;
            const dims& shape = graph_[plan_.buffers[b].node].shape;
            for (int k = 0; k < shape.rank; ++k) {
                if (!shape[k].is_symbolic()) continue;
                std::size_t s = 0;
                while (graph_.symbols[s] != shape[k].name) ++s;
                const std::int64_t size = bound_[b].sizes[static_cast<std::size_t>(k)];
                if (sizes[s] != 0 && sizes[s] != size)
                    throw shape_error(std::string(shape[k].name) + " is " + std::to_string(sizes[s]) + " in " +
                                      name(from[s]) + " and " + std::to_string(size) + " in " + name(b));
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
                    throw binding_error("the size of " + std::string(graph_.symbols[s]) +
                                        " is not known: no input has it");
                over = over || __builtin_mul_overflow(n, sizes[s], &n);
            }
        if (over || n > std::numeric_limits<std::int64_t>::max() / 64)
            throw memory_error("no memory can hold the values that " + sizes_in_words(sizes) + " asks for");
        return static_cast<std::size_t>(n);
    }
    std::string sizes_in_words(const sizes_type& sizes) const {
        std::string text;
        for (std::size_t s = 0; s < graph_.symbols.size(); ++s)
            text += (s ? ", " : "") + std::string(graph_.symbols[s]) + " = " + std::to_string(sizes[s]);
        return text.empty() ? "the program" : text;
    }
    /// The largest buffers first, each at the lowest place where nothing lives at the same time.
    void place_buffers(const sizes_type& sizes) {
        std::vector<std::size_t>& size = next_[0];  // no structured binding: clang 14 lets no lambda see one
        std::vector<std::size_t>& order = next_[1];
        std::vector<std::size_t>& offset = next_[2];
        offset = offset_;
        std::size_t count = 0;
        for (std::size_t b = plan_.leaves; b < plan_.buffers.size(); ++b) {
            if (plan_.buffers[b].first < 0) continue;
            size[b] = round_up(checked_size(plan_.buffers[b].size, sizes));
            order[count++] = b;
        }
        std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                  [&](std::size_t a, std::size_t b) { return size[a] != size[b] ? size[a] > size[b] : a < b; });
        std::size_t peak = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const planned::buffer& x = plan_.buffers[order[i]];
            std::size_t at = 0;
            for (std::size_t k = 0; k < i;) {
                const planned::buffer& y = plan_.buffers[order[k]];
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
                std::fill(offset_.begin() + static_cast<std::ptrdiff_t>(plan_.leaves), offset_.end(), std::size_t{0});
                throw memory_error("no memory for the " + std::to_string(peak * sizeof(T)) + " bytes that " +
                                   sizes_in_words(sizes) + " needs");
            }
        }
        offset_.swap(offset);
        peak_ = peak;
    }

    graph_view graph_;
    planned::plan_view plan_;
    storage parameters_;
    storage arena_;
    std::vector<binding> bound_;
    std::vector<std::size_t> offset_;
    std::array<std::vector<std::size_t>, 3> next_;  ///< room to place the buffers without allocating
    std::vector<T*> at_;
    sizes_type sizes_{};
    std::vector<double> literal_;
    std::vector<T> late_;
    std::size_t peak_ = 0;
    bool changed_ = true;     ///< sizes or inputs
    bool renumbered_ = true;  ///< literals
    bool placed_ = false;
    bool has_run_ = false;
};

}  // namespace detail

}  // namespace gradus
