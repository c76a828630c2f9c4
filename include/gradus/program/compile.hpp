// SPDX-License-Identifier: BSL-1.0
// `compile(outputs...)`: the program of typed expressions, called with its inputs by name: `predict(x = images)`.
// That each input is given once, and none that the program does not have, is checked while compiling (bindings.hpp).
#pragma once
#include <gradus/program/bindings.hpp>
#include <gradus/program/program.hpp>
#include <tuple>
#if defined(__GNUC__) && !defined(__clang__)
#line 10 "gradus/program/compile.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {

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
    constexpr invalid parameter() GRADUS_REFUSED_NETWORK(name_error);
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
        requires(accepted<detail::call_rule<source, T, bound<In, Tensor>...>>)
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
    template <class... Given, clashing sizes = misfit<detail::call_rule<source, T, Given...>>,
              sentence binding_error = why<detail::call_rule<source, T, Given...>>>
        requires(!(is_invalid<Given> || ...))
    constexpr invalid operator()(const Given&...) GRADUS_REFUSED_NETWORK(binding_error);
    template <class... Given>
        requires(is_invalid<Given> || ...)
    constexpr invalid operator()(const Given&...) { return {}; }
};

/// Compiles expressions into a program: `compile(z)` with floats, `compile<double>(z)` with doubles.
///
/// Error   while compiling: "64 and 32 differ: W is (10, 64) and (10, 32) in one network; give one of them another
/// name"
template <class T = float, class... S, std::uint64_t... I, int... N>
    requires(sizeof...(S) > 0 && std::is_floating_point_v<T> && accepted<detail::network_rule<true, expr<S, I, N>...>>)
auto compile(expr<S, I, N>... outputs) { return compiled_program<T, expr<S, I, N>...>(outputs...); }
template <class T = float, class... S, std::uint64_t... I, int... N,
          clashing sizes = misfit<detail::network_rule<true, expr<S, I, N>...>>,
          sentence network_error = why<detail::network_rule<true, expr<S, I, N>...>>>
    requires std::is_floating_point_v<T>
constexpr invalid compile(expr<S, I, N>...) GRADUS_REFUSED_NETWORK(network_error);
template <class T, class S, std::uint64_t I, int N, class... More,
          sentence error = sentence("a program computes with float or double, since gradients are fractions; write "
                                    "compile(z) or compile<double>(z), and bind integers as they are")>
    requires(!std::is_floating_point_v<T>)
constexpr invalid compile(expr<S, I, N>, const More&...)
    GRADUS_REFUSED_AS(error, "a program computes with float or double: write compile(z) or compile<double>(z)");
template <class T = float,
          sentence error = sentence("compile takes at least 1 expression, 0 are given; write compile(z)")>
constexpr invalid compile() GRADUS_REFUSED_AS(error, "compile takes at least one expression: write compile(z)");
template <class T = float, class... A, sentence error = detail::misplaced<A...>("compile", "compile(softmax(z))")>
    requires detail::are_misplaced<A...>
constexpr invalid compile(const A&...) GRADUS_REFUSED_MISPLACED(error, "compile takes expressions");

template <class T = float, class... E>
    requires(is_invalid<E> || ...)
invalid compile(const E&...) { return {}; }

}  // namespace gradus
