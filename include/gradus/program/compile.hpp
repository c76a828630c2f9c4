// SPDX-License-Identifier: BSL-1.0
// `compile(outputs...)`: the program of typed expressions, called with its inputs by name: `predict(x = images)`.
// That each input is given once, and none that the program does not have, is checked while compiling.
#pragma once
#include <gradus/calculus/parameters.hpp>
#include <gradus/program/program.hpp>
#include <tuple>

namespace gradus {

namespace detail {

/// The leaf of the graph that a binding names, or `no_node`.
template <class Source, class E> constexpr node_id bound_leaf() {
    constexpr record r = record_of<E>;
    if (r.operation != op::input && r.operation != op::parameter) return no_node;
    const node_id found = find_leaf(Source::graph, r.name);
    return found != no_node && Source::graph[found].shape == r.shape ? found : no_node;
}

/// Whether a call gives the program each of its inputs once.
template <class Source, class... E> struct binding_rule {
    static constexpr dims apply(fault* f) {
        constexpr graph_view g = Source::graph;
        constexpr std::array<node_id, sizeof...(E) + 1> leaves{bound_leaf<Source, E>()..., no_node};
        constexpr std::array<const record*, sizeof...(E) + 1> given{&record_of<E>..., nullptr};
        if (f) {
            f->first = 0;
            f->second = 1;
        }
        for (std::size_t i = 0; i < sizeof...(E); ++i) {
            if (leaves[i] == no_node) {
                if (f) {
                    if (given[i]->operation != op::input && given[i]->operation != op::parameter)
                        f->why << "an input wanted, an expression given: name an input, as in x = images";
                    else
                        foreign(*f, g, *given[i]);
                }
                return no_shape;
            }
            for (std::size_t k = 0; k < i; ++k) {
                if (leaves[k] != leaves[i]) continue;
                if (f) f->why << given[i]->name << " is given twice";
                return no_shape;
            }
        }
        for (node_id i = 0; i < g.size(); ++i) {
            if (!g[i].is(op::input)) continue;
            bool found = false;
            for (node_id leaf : leaves) found = found || leaf == i;
            if (found) continue;
            if (f) f->why << g[i].name << " " << g[i].shape << " is not given: write " << g[i].name << " = a tensor";
            return no_shape;
        }
        return {};
    }

  private:
    static constexpr void foreign(fault& f, graph_view g, const record& r) {
        const node_id same = find_leaf(g, r.name);
        if (same != no_node) {
            f.why << r.name << " is " << r.shape << " here and " << g[same].shape << " in the program";
            return;
        }
        f.why << "the program has no input " << r.name;
        const node_id near = nearest_leaf(g, r.operation, r.name);
        if (near != no_node) write_leaf_name(f.why << "; the nearest is ", g, g[near]);
    }
};

/// A program that is called with bindings; `Source::graph` is what it runs.
template <class Source, class T> class named_program : public basic_program<Source, T> {
  protected:
    template <class E, class Tensor> void give(const bound<E, Tensor>& b) {
        constexpr node_id leaf = bound_leaf<Source, E>();
        if constexpr (Source::graph[leaf].is(op::parameter))
            fill_parameter<leaf>(b.tensor);
        else
            this->template bind<leaf>(b.tensor);
    }

  public:
    /// What the program computes, to be printed and drawn; an optimizer's step is in it.
    static constexpr graph_view graph() { return Source::graph; }

    /// The values of the parameter called `Name`; a name that does not exist does not compile.
    template <fixed_string Name>
        requires(fits(parameter_rule<Source, Name>::apply(nullptr)))
    std::span<T> parameter() {
        return basic_program<Source, T>::template parameter<decltype(find_parameter<Source, Name>())::node>();
    }
    template <fixed_string Name, sentence name_error = why<parameter_rule<Source, Name>>>
        requires(!fits(parameter_rule<Source, Name>::apply(nullptr)))
    constexpr invalid parameter() GRADUS_REFUSED(name_error);
    using basic_program<Source, T>::parameter;

    /// Takes over the values of the parameters that both programs have by name; each of ours must be there.
    ///
    /// Error   std::out_of_range "no parameter fc3.weight; the nearest is fc2.weight", shape_error where sizes differ
    template <class Other> void take_parameters(const Other& from) {
        const std::vector<parameter_info> mine = this->parameters();
        for (const parameter_info& p : mine) check_like(p, from.parameters(), from.parameter(p.name).size());
        for (const parameter_info& p : mine) {
            const auto values = from.parameter(p.name);
            std::transform(values.begin(), values.end(), this->parameter(p.name).begin(),
                           [](auto v) { return static_cast<T>(v); });
        }
    }

  private:
    static void check_like(const parameter_info& p, const std::vector<parameter_info>& theirs, std::size_t) {
        for (const parameter_info& t : theirs)
            if (t.name == p.name && t.dims != p.dims)
                throw shape_error(p.name + " wants " + in_brackets(p.dims) + ", got " + in_brackets(t.dims));
    }
    template <node_id Leaf, class Tensor> void fill_parameter(const Tensor& from) {
        const std::span<T> to = basic_program<Source, T>::template parameter<Leaf>();
        if constexpr (std::is_arithmetic_v<Tensor>) {
            check_sizes(Source::graph, Leaf, {});
            to[0] = static_cast<T>(from);
        } else {
            const std::vector<std::int64_t> sizes(from.shape().begin(), from.shape().end());
            check_sizes(Source::graph, Leaf, sizes);
            std::transform(from.begin(), from.end(), to.begin(), [](auto v) { return static_cast<T>(v); });
        }
    }
};

}  // namespace detail

/// The compiled program of expressions, with numbers of type T. Made by `compile`.
///
///     auto predict = compile(softmax(net(x)));
///     auto p = predict(x = images);              // a view of (batch, classes), valid until the next run
///     auto [l, dw] = compile(loss, dW)(x = images, y = labels);
template <class T, class... E> class compiled_program : public detail::named_program<detail::graph_source<E...>, T> {
  public:
    using source = detail::graph_source<E...>;

    explicit compiled_program(const E&... e) {
        if constexpr ((0 + ... + detail::parts_of<E>::numbers) > 0) {
            const auto numbers = detail::numbers_of(e...);
            detail::check_numbers<E...>(numbers);
            for (const node& n : source::graph.nodes)
                if (n.attrs.literal > 0)
                    this->set_literal(n.attrs.literal - 1,
                                      numbers.values[static_cast<std::size_t>(n.attrs.literal - 1)]);
        }
    }

    /// Runs with these inputs. One output is returned as it is, several as a tuple.
    ///
    /// Error   while compiling: "y (batch, 10) is not given: write y = a tensor"; while running: see basic_program
    template <class... In, class... Tensor>
        requires(accepted<detail::binding_rule<source, In...>>)
    auto operator()(const bound<In, Tensor>&... given) {
        (this->give(given), ...);
        this->run();
        return [this]<int... I>(std::integer_sequence<int, I...>) {
            if constexpr (sizeof...(I) == 1)
                return this->template output<0>();
            else
                return std::tuple(this->template output<I>()...);
        }
        (std::make_integer_sequence<int, sizeof...(E)>{});
    }
    template <class... In, class... Tensor, clashing sizes = misfit<detail::binding_rule<source, In...>>,
              sentence binding_error = why<detail::binding_rule<source, In...>>>
    constexpr invalid operator()(const bound<In, Tensor>&...) GRADUS_REFUSED(binding_error);
};

/// Compiles expressions into a program: `compile(z)` with floats, `compile<double>(z)` with doubles.
template <class T = float, class... S, std::uint64_t... I, int... N> auto compile(expr<S, I, N>... outputs) {
    return compiled_program<T, expr<S, I, N>...>(outputs...);
}

template <class T = float, class... E>
    requires(is_invalid<E> || ...)
invalid compile(const E&...) { return {}; }

}  // namespace gradus
