// SPDX-License-Identifier: BSL-1.0
// The fully connected layer: z = x W^T + b.
#pragma once
#include <gradus/expr/contract.hpp>
#include <gradus/layer/layer.hpp>
#include <gradus/layer/misuse.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 9 "gradus/layer/linear.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {
/// `dim<"hidden", 32>` or `32`, as a student writes it.
constexpr sentence& write_size(sentence& s, const axis& a) {
    if (a.name == nullptr) return s << a.size;
    return s << "dim<\"" << std::string_view(a.name) << "\", " << a.size << ">";
}

template <fixed_string Name, class In, class Out, bool Bias> struct linear_definition {
    static constexpr const char* name = name_of<Name>();
    static constexpr const char* type = "linear";
    static constexpr const char* called = name;
    static constexpr axis in = axis_of<In>;
    static constexpr axis out = axis_of<Out>;
    static constexpr int layers = 1;
    static constexpr std::uint64_t id = mix(mix(mix(5, name_hash<Name>), shape_hash<shape<In, Out>>), Bias);
    using functions = detail::functions<>;
    struct entries {
        static constexpr std::size_t size = 1;
        static constexpr layer_name own{name_hash<Name>, name, in, out, Bias};
        static constexpr std::array<const layer_name*, 1> value{&own};
    };

    static constexpr void write_call(sentence& s, const axis& in_features, const axis& out_features) {
        s << "linear<\"" << std::string_view(name) << "\", ";
        write_size(s, in_features) << ", ";
        write_size(s, out_features) << (Bias ? ">" : ", false>");
    }
    static constexpr void change(sentence& s, const axis& given) { write_call(s, in, given); }

    static constexpr bool features(flow& c, fault* f) {
        if (c.known && !agree(c.features, in)) {
            if (f) {
                f->first = in.size;
                f->second = c.features.size;
                f->why << in << " features expected, " << c.features
                       << (in.size == c.features.size ? " given, the names differ: " : " given: ")
                       << std::string_view(name) << " follows " << std::string_view(c.from) << "; write ";
                write_call(f->why, c.features, out);
                f->why << ", or make " << std::string_view(c.from) << " give " << in;
            }
            return false;
        }
        if (!c.known && !c.changed) {
            c.wanted = true;
            c.input = in;
        }
        c.known = true;
        c.features = out;
        c.from = name;
        c.change = change;
        c.changed = true;
        return true;
    }
    static constexpr dims output(dims x, fault* f) {
        if (x.rank >= 1 && agree(x.back(), in)) {
            x[x.rank - 1] = out;
            return x;
        }
        if (f) {
            f->first = in.size;
            f->second = x.rank ? x.back().size : 0;
            f->why << in << " features expected, ";
            if (x.rank == 0)
                f->why << "a scalar";
            else
                f->why << x.back();
            f->why << (x.rank >= 1 && in.size == x.back().size ? " given, the names differ: " : " given: ")
                   << std::string_view(name) << " gets " << x;
            if (x.rank == 2 && agree(x[0], in))
                f->why << "; write " << std::string_view(name) << "(transpose(x))";
            else if (x.rank == 0 || x.back().is_symbolic())
                f->why << "; write an input whose last dimension is " << in;
            else
                write_call(f->why << "; write ", x.back(), out);
        }
        return no_shape;
    }
    template <class X> static constexpr auto forward(X x) {
        constexpr auto weight = leaf_expr<op::parameter, "weight", shape<Out, In>>{};
        if constexpr (Bias)
            return matmul(x, transpose(weight)) + leaf_expr<op::parameter, "bias", shape<Out>>{};
        else
            return matmul(x, transpose(weight));
    }
};

/// What is wrong with the template arguments of a linear layer.
enum class linear_fault { none, name, count, kind, size, symbolic, bias, reported };
template <auto D> constexpr linear_fault fault_of_features() {
    constexpr leaf_fault f = fault_of_dimension<D>();
    if constexpr (f == leaf_fault::none && Dimension<std::remove_cvref_t<decltype(D)>>)
        return axis_of<std::remove_cvref_t<decltype(D)>>.is_symbolic() ? linear_fault::symbolic : linear_fault::none;
    else
        return f == leaf_fault::none   ? linear_fault::none
               : f == leaf_fault::kind ? linear_fault::kind
               : f == leaf_fault::size ? linear_fault::size
                                       : linear_fault::reported;
}
template <auto In, auto Out, auto... Bias> constexpr linear_fault fault_of_sizes() {
    constexpr linear_fault in = fault_of_features<In>();
    constexpr linear_fault out = fault_of_features<Out>();
    if constexpr (in == linear_fault::reported || out == linear_fault::reported)
        return linear_fault::reported;
    else if constexpr (in != linear_fault::none || out != linear_fault::none)
        return in != linear_fault::none ? in : out;
    else if constexpr (sizeof...(Bias) > 1)
        return linear_fault::count;
    else
        return (std::is_same_v<bool, std::remove_cvref_t<decltype(Bias)>> && ...) ? linear_fault::none
                                                                                  : linear_fault::bias;
}
template <fixed_string Name, auto... D>
inline constexpr linear_fault fault_of_linear = [] {
    if constexpr (Name.view().empty())
        return linear_fault::name;
    else if constexpr (sizeof...(D) < 2)
        return linear_fault::count;
    else
        return fault_of_sizes<D...>();
}();

template <fixed_string Name, auto... D> struct linear_of { using type = invalid; };
template <fixed_string Name, auto In, auto Out> struct linear_of<Name, In, Out> {
    using type = layer<linear_definition<Name, decltype(as_dimension<In>()), decltype(as_dimension<Out>()), true>>;
};
template <fixed_string Name, auto In, auto Out, bool Bias> struct linear_of<Name, In, Out, Bias> {
    using type = layer<linear_definition<Name, decltype(as_dimension<In>()), decltype(as_dimension<Out>()), Bias>>;
};
}  // namespace detail

/// z = x W^T + b, the fully connected layer, with parameters "NAME.weight" (out_features, in_features) and "NAME.bias"
/// (out_features,): `linear<"fc1", 64, 32>`, or without a bias `linear<"fc1", 64, 32, false>`.
///
/// Shapes  x (..., in_features) gives (..., out_features)
/// Error   "64 features expected, 60 given: fc1 gets (batch, 60); write linear<"fc1", 60, 32>"
template <fixed_string Name = "", auto... InAndOutFeatures>
inline constexpr typename detail::linear_of<Name, InAndOutFeatures...>::type linear{};

// Wrong ones; shape/dim.hpp says why in this form.
// clang-format off
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::name)
__attribute__((unavailable("a linear layer has a name, which stands first: write linear<\"fc1\", 64, 10>")))
inline constexpr invalid linear<Name, D...>{};
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::count)
__attribute__((unavailable("a linear layer has a name and two sizes, the features that it gets and gives: write linear<\"fc1\", 64, 10>")))
inline constexpr invalid linear<Name, D...>{};
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::kind)
__attribute__((unavailable("a number of features is a whole number or a dim<\"hidden\", 64>: write linear<\"fc1\", 64, 10>")))
inline constexpr invalid linear<Name, D...>{};
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::size)
__attribute__((unavailable("a linear layer gets and gives at least 1 feature: write linear<\"fc1\", 64, 10>")))
inline constexpr invalid linear<Name, D...>{};
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::symbolic)
__attribute__((unavailable("features are counted while compiling, this size is known only when the program runs: write linear<\"fc1\", 64, 10>")))
inline constexpr invalid linear<Name, D...>{};
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::bias)
__attribute__((unavailable("behind the two sizes stands whether there is a bias, true or false: write linear<\"fc1\", 64, 10, false>")))
inline constexpr invalid linear<Name, D...>{};
template <fixed_string Name, auto... D> requires(detail::fault_of_linear<Name, D...> == detail::linear_fault::reported)
inline constexpr invalid linear<Name, D...>{};
// clang-format on

}  // namespace gradus
