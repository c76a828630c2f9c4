// SPDX-License-Identifier: BSL-1.0
// The fully connected layer: z = x W^T + b.
#pragma once
#include <gradus/expr/contract.hpp>
#include <gradus/layer/layer.hpp>

namespace gradus {

namespace detail {
template <fixed_string Name, class In, class Out, bool Bias> struct linear_definition {
    static constexpr const char* name = name_of<Name>();
    static constexpr const char* type = "linear";
    static constexpr axis in = axis_of<In>;
    static constexpr axis out = axis_of<Out>;

    static constexpr sentence& write_call(sentence& s, const axis& in_features) {
        return s << "linear<\"" << std::string_view(name) << "\", " << in_features.size << ", " << out.size << ">";
    }
    static constexpr bool features(chain& c, fault* f) {
        if (c.known && !agree(c.features, in)) {
            if (f) {
                f->first = in.size;
                f->second = c.features.size;
                f->why << in << " features expected, " << c.features << " given: " << std::string_view(name)
                       << " follows " << std::string_view(c.from) << "; write ";
                write_call(f->why, c.features) << ", or make " << std::string_view(c.from) << " give " << in;
            }
            return false;
        }
        c = {true, out, name};
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
            f->why << " given: " << std::string_view(name) << " gets " << x;
            if (x.rank >= 1 && !x.back().is_symbolic()) write_call(f->why << "; write ", x.back());
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
}  // namespace detail

/// A number of features: from 1 on, with or without a name, and not one that is known only when the program runs.
template <auto D>
concept KnownWhileCompiling = DimensionOrSizeFromOneOn<D> && !axis_of<decltype(as_dimension<D>())>.is_symbolic();

/// z = x W^T + b, the fully connected layer, with parameters "NAME.weight" (out_features, in_features) and "NAME.bias"
/// (out_features,).
///
/// Shapes  x (..., in_features) gives (..., out_features)
/// Error   "64 features expected, 60 given: fc1 gets (batch, 60); write linear<"fc1", 60, 32>"
template <fixed_string Name, auto InFeatures, auto OutFeatures, bool Bias = true>
    requires(NotEmpty<Name>&& KnownWhileCompiling<InFeatures>&& KnownWhileCompiling<OutFeatures>)
inline constexpr layer<
    detail::linear_definition<Name, decltype(as_dimension<InFeatures>()), decltype(as_dimension<OutFeatures>()), Bias>>
    linear{};

}  // namespace gradus
