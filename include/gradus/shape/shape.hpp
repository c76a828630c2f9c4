// SPDX-License-Identifier: BSL-1.0
// The dimensions of a tensor, as a type (what errors print) and as a value (what the shape rules compute with).
#pragma once
#include <gradus/shape/dim.hpp>
#include <array>
#include <utility>

namespace gradus {

/// The dimensions of a tensor as a type, first dimension first: `shape<dimension<"batch">, sized<64>>`.
/// A pack of types: g++ 12 cannot print a pack of values in every error.
template <class... D> struct shape {
    static constexpr int rank = sizeof...(D);
    static_assert(rank <= max_rank, "a tensor has at most 6 dimensions");
};

/// The dimensions of a tensor as a value. Rank 0 is a scalar.
struct dims {
    std::array<axis, max_rank> axes{};
    int rank = 0;

    constexpr dims() = default;
    constexpr dims(std::initializer_list<axis> list) {
        for (const axis& a : list) axes[static_cast<std::size_t>(rank++)] = a;
    }
    constexpr const axis& operator[](int i) const { return axes[static_cast<std::size_t>(i)]; }
    constexpr axis& operator[](int i) { return axes[static_cast<std::size_t>(i)]; }
    /// Dimension `i` counted from the last one.
    constexpr const axis& back(int i = 0) const { return axes[static_cast<std::size_t>(rank - 1 - i)]; }
    constexpr void push_back(const axis& a) { axes[static_cast<std::size_t>(rank++)] = a; }
    constexpr bool is_static() const {
        for (int i = 0; i < rank; ++i)
            if ((*this)[i].is_symbolic()) return false;
        return true;
    }
    /// The product of the fixed sizes; symbolic ones count as one.
    constexpr std::int64_t fixed_elements() const {
        std::int64_t n = 1;
        for (int i = 0; i < rank; ++i)
            if (!(*this)[i].is_symbolic()) n *= (*this)[i].size;
        return n;
    }
    friend constexpr bool operator==(const dims& a, const dims& b) {
        if (a.rank != b.rank) return false;
        const axis* const x = a.axes.data();
        const axis* const y = b.axes.data();
        for (int i = 0; i < a.rank; ++i)
            if (x[i].size != y[i].size || x[i].name != y[i].name) return false;
        return true;
    }
};

/// Same sizes, whatever the names.
constexpr bool same_sizes(const dims& a, const dims& b) {
    if (a.rank != b.rank) return false;
    for (int i = 0; i < a.rank; ++i)
        if (a[i].size != b[i].size || (a[i].is_symbolic() && a[i].name != b[i].name)) return false;
    return true;
}

/// Writes a shape as people do: `(batch, 64)`, `(10,)`, `()`.
constexpr sentence& operator<<(sentence& s, const dims& d) {
    s << "(";
    for (int i = 0; i < d.rank; ++i) {
        if (i > 0) s << ", ";
        s << d[i];
    }
    return s << (d.rank == 1 ? ",)" : ")");
}

namespace detail {
template <class S> struct dims_of_type;
template <class... D> struct dims_of_type<shape<D...>> {
    static constexpr dims value = [] {
        if constexpr (shape<D...>::rank <= max_rank)  // else the shape has said it
            return dims{axis_of<D>...};
        else
            return dims{};
    }();
};

// From a value back to a type. `Source::value` is a dims; a name goes through its characters.
template <std::size_t Size> constexpr fixed_string<Size> copied(const char* name) {
    char letters[Size]{};
    for (std::size_t i = 0; i + 1 < Size; ++i) letters[i] = name[i];
    return fixed_string<Size>(letters);
}
template <class Source, int I> constexpr auto dimension_at() {
    constexpr axis a = Source::value[I];
    if constexpr (a.name == nullptr) {
        return sized<a.size>{};
    } else {
        return dimension<copied<std::string_view(a.name).size() + 1>(a.name), a.size>{};
    }
}
template <class Source, int... I> constexpr auto shape_type(std::integer_sequence<int, I...>) {
    return shape<decltype(dimension_at<Source, I>())...>{};
}
}  // namespace detail

/// A shape type as a value.
template <class S> inline constexpr dims dims_of = detail::dims_of_type<S>::value;

/// The shape type of the constexpr value `Source::value`.
template <class Source>
using shape_from = decltype(detail::shape_type<Source>(std::make_integer_sequence<int, Source::value.rank>{}));

/// The shape type of a list of template arguments: `shape_of_arguments<batch, 64>`.
template <auto... D> using shape_of_arguments = shape<decltype(as_dimension<D>())...>;

}  // namespace gradus
