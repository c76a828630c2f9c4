// SPDX-License-Identifier: BSL-1.0
// What a call gives a program, `predict(x = images)`, and whether it fits: each input once, none that the program does
// not have, tensors of the right rank, and no number changed on the way. All of it is known while compiling.
#pragma once
#include <gradus/calculus/parameters.hpp>
#include <gradus/program/memory.hpp>

namespace gradus {

namespace detail {

constexpr bool is_named_leaf(const record& r) { return r.operation == op::input || r.operation == op::parameter; }
/// The name of a leaf, as text also where there is none.
constexpr std::string_view leaf_name(const record& r) { return r.name != nullptr ? r.name : ""; }

/// The leaf of the graph that a binding names, or `no_node`.
template <class Source, class E> constexpr node_id bound_leaf() {
    constexpr record r = record_of<E>;
    if (!is_named_leaf(r)) return no_node;
    const node_id found = find_leaf(Source::graph, leaf_name(r));
    return found != no_node && Source::graph[found].shape == r.shape ? found : no_node;
}

/// Whether an input holds class indices: it is the target of a cross entropy, or compared with an argmax.
constexpr bool holds_classes(graph_view g, node_id leaf) {
    for (const node& n : g.nodes) {
        const node_id a = n.operands[0];
        const node_id b = n.operands[1];
        if (n.is(op::cross_entropy) && b == leaf) return true;
        if (n.is(op::one_hot) && a == leaf) return true;
        if ((n.is(op::equal) || n.is(op::not_equal)) &&
            ((a == leaf && g[b].is(op::argmax)) || (b == leaf && g[a].is(op::argmax))))
            return true;
    }
    return false;
}

/// The names of the kinds of numbers, as sentences say them.
template <class V> constexpr std::string_view number_name() {
    if (std::is_same_v<V, float>) return "float";
    if (std::is_same_v<V, double>) return "double";
    if (std::is_same_v<V, long double>) return "long double";
    if (std::is_same_v<V, bool>) return "bool";
    if (!std::is_integral_v<V>) return "other numbers";
    if (sizeof(V) == 1) return std::is_signed_v<V> ? "int8_t" : "uint8_t";
    if (sizeof(V) == 2) return std::is_signed_v<V> ? "int16_t" : "uint16_t";
    if (sizeof(V) == 4) return std::is_signed_v<V> ? "int" : "unsigned int";
    return std::is_signed_v<V> ? "int64_t" : "uint64_t";
}
/// Whether each number of V is one of T: a float holds 24 bits, a double 53.
template <class V, class T>
inline constexpr bool is_kept =
    std::is_arithmetic_v<V>&& std::numeric_limits<V>::digits <= std::numeric_limits<T>::digits;

/// What is wrong with a tensor for a leaf.
enum class tensor_fault { none, number, kind, rank, loss };

template <class X> constexpr int known_rank() {
    if constexpr (Tensor<X>) {
        constexpr std::size_t rank = xt::get_rank<X>::value;
        if (rank != static_cast<std::size_t>(-1)) return static_cast<int>(rank);
    }
    return -1;
}
template <class T, class X> constexpr tensor_fault fault_of_tensor(graph_view g, node_id leaf) {
    const int rank = g[leaf].shape.rank;
    if constexpr (std::is_arithmetic_v<X>) {
        return rank == 0 ? tensor_fault::none : tensor_fault::number;
    } else if constexpr (!Tensor<X>) {
        return tensor_fault::kind;
    } else {
        using value =
            std::remove_cvref_t<decltype(*std::declval<const X&>().template cbegin<xt::layout_type::row_major>())>;
        if (known_rank<X>() >= 0 && known_rank<X>() != rank) return tensor_fault::rank;
        if (is_kept<value, T> || (std::is_integral_v<value> && holds_classes(g, leaf))) return tensor_fault::none;
        return tensor_fault::loss;
    }
}
template <class T, class X> constexpr void blame_tensor(fault& f, graph_view g, node_id leaf) {
    const int rank = g[leaf].shape.rank;
    f.first = known_rank<X>();
    f.second = rank;
    switch (fault_of_tensor<T, X>(g, leaf)) {
        case tensor_fault::number:
            f.first = 0;
            f.why << "0 dimensions given, " << rank << " wanted: ";
            write_leaf(f.why, g, leaf) << " is given a number; write a tensor, such as xt::xtensor<" << number_name<T>()
                                       << ", " << rank << ">";
            break;
        case tensor_fault::kind:
            f.first = 0;
            write_leaf(f.why << "an xtensor is wanted for ", g, leaf)
                << "; of a std::vector write xt::adapt(values, {rows, columns})";
            break;
        case tensor_fault::rank:
            f.why << known_rank<X>() << " dimensions given, " << rank << " wanted: ";
            write_leaf(f.why, g, leaf) << " takes a tensor such as xt::xtensor<" << number_name<T>() << ", " << rank
                                       << ">; write that, or reshape the data";
            break;
        default:
            if constexpr (Tensor<X>) {
                using value = std::remove_cvref_t<
                    decltype(*std::declval<const X&>().template cbegin<xt::layout_type::row_major>())>;
                f.first = std::numeric_limits<value>::digits;
                f.second = std::numeric_limits<T>::digits;
                write_leaf_name(f.why << number_name<value>() << " given, " << number_name<T>() << " wanted: not each "
                                      << number_name<value>() << " is a " << number_name<T>() << "; for ",
                                g, g[leaf])
                    << " write xt::cast<" << number_name<T>() << ">(the tensor)";
                if (std::is_same_v<value, double>) f.why << ", or make the program of compile<double>";
            }
    }
}

/// Something in the brackets of a call.
template <class Source, class T, class Given> struct given {
    static constexpr bool named = false;
    static constexpr node_id leaf = no_node;
    static constexpr bool fitting = false;
    static constexpr void blame(fault& f) {
        graph_view g = Source::graph;
        const char* name = nullptr;
        bool scalar = false;
        if constexpr (Expression<Given>) {
            constexpr record r = record_of<Given>;
            if (is_named_leaf(r)) {
                f.why << leaf_name(r) << " " << r.shape << " is given no tensor; write " << leaf_name(r)
                      << " = a tensor";
                return;
            }
        }
        for (const node& n : g.nodes)
            if (n.is(op::input) && (name == nullptr || (scalar && n.shape.rank > 0))) {
                name = n.name;
                scalar = n.shape.rank == 0;
            }
        f.why << (std::is_arithmetic_v<Given> ? "a number"
                  : Expression<Given>         ? "an expression"
                  : std::is_array_v<Given>    ? "a text"
                                              : "a tensor")
              << " is given without a name";
        if (name == nullptr)
            f.why << ", and the program has no inputs; call it with nothing";
        else
            f.why << "; write " << name << " = the tensor for the input " << name;
    }
};
template <class Source, class T, class E, class X> struct given<Source, T, bound<E, X>> {
    static constexpr bool named = true;
    static constexpr node_id leaf = bound_leaf<Source, E>();
    static constexpr bool fitting = [] {
        if constexpr (leaf == no_node)
            return false;
        else
            return fault_of_tensor<T, X>(Source::graph, leaf) == tensor_fault::none;
    }();
    static constexpr void blame(fault& f) {
        constexpr graph_view g = Source::graph;
        constexpr record r = record_of<E>;
        if constexpr (leaf != no_node) {
            blame_tensor<T, X>(f, g, leaf);
        } else if (!is_named_leaf(r)) {
            f.why << "an input wanted, an expression given: name an input, as in x = images";
        } else {
            const node_id same = find_leaf(g, leaf_name(r));
            if (same != no_node) {
                f.why << leaf_name(r) << " is " << r.shape << " here and " << g[same].shape << " in the program";
                return;
            }
            f.why << "the program has no input " << leaf_name(r);
            if constexpr (requires { Source::mentions(""); }) {
                if (Source::mentions(leaf_name(r))) {
                    f.why << ": it was simplified away, the outputs do not depend on it; leave it out";
                    return;
                }
            }
            write_nearest(f.why, g, r.operation, leaf_name(r));
        }
    }
};

/// Whether a call gives the program of `Source::graph`, with numbers of type T, each of its inputs once.
template <class Source, class T, class... Given> struct call_rule {
    static constexpr dims apply(fault* f) {
        constexpr graph_view g = Source::graph;
        constexpr std::array<node_id, sizeof...(Given) + 1> leaves{given<Source, T, Given>::leaf..., no_node};
        if constexpr ((given<Source, T, Given>::named && ...)) {
            for (std::size_t i = 0; i < sizeof...(Given); ++i)
                for (std::size_t k = 0; k < i; ++k) {
                    if (leaves[k] != leaves[i] || leaves[i] == no_node) continue;
                    if (f) {
                        f->second = 1;
                        write_leaf_name(f->why, g, g[leaves[i]]) << " is given twice; leave one of them out";
                    }
                    return no_shape;
                }
        }
        if constexpr (!(given<Source, T, Given>::fitting && ...)) {
            if (f) {
                f->second = 1;
                bool told = false;
                const auto tell = [&]<class G>(const G*) {
                    if (!told && !G::fitting) G::blame(*f);
                    told = told || !G::fitting;
                };
                (tell(static_cast<const given<Source, T, Given>*>(nullptr)), ...);
            }
            return no_shape;
        }
        for (node_id i = 0; i < g.size(); ++i) {
            if (!g[i].is(op::input)) continue;
            bool found = false;
            for (node_id leaf : leaves) found = found || leaf == i;
            if (found) continue;
            if (f) {
                f->second = 1;
                write_leaf(f->why, g, i) << " is not given: write " << g[i].name << " = a tensor";
            }
            return no_shape;
        }
        return {};
    }
};

}  // namespace detail

}  // namespace gradus
