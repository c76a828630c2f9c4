// SPDX-License-Identifier: BSL-1.0
// One dimension of a tensor: a size, a name, or both; and when two of them agree.
#pragma once
#include <gradus/shape/sentence.hpp>
#include <type_traits>
#if defined(__GNUC__) && !defined(__clang__)
#line 8 "gradus/shape/dim.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

/// The most dimensions that a tensor can have.
inline constexpr int max_rank = 6;

/// The size of a dimension that is known only when the program runs, as `dim<"batch">`.
inline constexpr std::int64_t symbolic = -1;

/// A dimension with a name; its size is symbolic, or fixed: `dimension<"classes", 10>`.
template <fixed_string Name, std::int64_t Size = symbolic> struct dimension {
    static_assert(Size == symbolic || Size >= 1, "a dimension has at least one element");
    static_assert(!Name.view().empty(), "the name of a dimension has at least one letter");
};
/// A dimension that has only a size.
template <std::int64_t Size> struct sized { static_assert(Size >= 1, "a dimension has at least one element"); };

/// What a wrong `dim` is. A leaf that is made of it is `invalid`, so that nothing follows.
struct wrong_dimension {};

/// What a student writes: `dim<"batch">` (known when the program runs) or `dim<"classes", 10>`.
template <fixed_string Name, std::int64_t Size = symbolic> inline constexpr dimension<Name, Size> dim{};

// A wrong dim, and likewise a wrong input, parameter or linear, is a specialization that must not be used: both
// compilers say its words on the line that names it, in 7 lines. A static_assert would say them at a line of ours, a
// constraint prints all its parts.
// clang-format off
template <fixed_string Name, std::int64_t Size> requires(Name.view().empty())
__attribute__((unavailable("a dimension has a name: write dim<\"batch\">, or the bare size where it needs none")))
inline constexpr wrong_dimension dim<Name, Size>{};
template <fixed_string Name, std::int64_t Size> requires(!Name.view().empty() && Size < 1 && Size != symbolic)
__attribute__((unavailable("a dimension has at least 1 element: write dim<\"classes\", 10>, "
                           "or dim<\"batch\"> where the size is known only when the program runs")))
inline constexpr wrong_dimension dim<Name, Size>{};
// clang-format on

/// A dimension as a value: `size` elements (or `symbolic`), and a name or null.
struct axis {
    std::int64_t size = 1;
    const char* name = nullptr;

    constexpr bool is_symbolic() const { return size == symbolic; }
    friend constexpr bool operator==(const axis&, const axis&) = default;
};

/// Two dimensions agree when their sizes do and, if both have a name, the names are the same.
constexpr bool agree(const axis& a, const axis& b) {
    return a.size == b.size && (a.name == b.name || a.name == nullptr || b.name == nullptr);
}
/// Of two dimensions that agree, the one that says more.
constexpr axis merge(const axis& a, const axis& b) { return a.name ? a : b; }

/// Writes `batch`, `64` or `classes=10`.
constexpr sentence& operator<<(sentence& s, const axis& a) {
    if (a.name) s << std::string_view(a.name);
    if (a.name && !a.is_symbolic()) s << "=";
    if (!a.is_symbolic()) s << a.size;
    return s;
}

namespace detail {
template <class D> struct axis_of_type;
template <fixed_string Name, std::int64_t Size> struct axis_of_type<dimension<Name, Size>> {
    static constexpr axis value{Size, name_of<Name>()};
};
template <std::int64_t Size> struct axis_of_type<sized<Size>> { static constexpr axis value{Size, nullptr}; };
}  // namespace detail

/// A dimension type as a value.
template <class D> inline constexpr axis axis_of = detail::axis_of_type<D>::value;

/// What is wrong with the name and the dimensions of a leaf.
enum class leaf_fault { none, name, kind, size, rank, reported };

namespace detail {
template <auto D> constexpr leaf_fault fault_of_dimension() {
    using type = std::remove_cvref_t<decltype(D)>;
    if constexpr (requires { axis_of_type<type>::value; })
        return leaf_fault::none;
    else if constexpr (std::is_same_v<type, wrong_dimension>)
        return leaf_fault::reported;
    else if constexpr (!std::is_integral_v<type> || std::is_same_v<type, bool>)
        return leaf_fault::kind;
    else
        return D >= 1 ? leaf_fault::none : leaf_fault::size;
}
}  // namespace detail

/// Of the leaf `input<Name, D...>`.
template <fixed_string Name, auto... D>
inline constexpr leaf_fault fault_of_leaf = [] {
    leaf_fault found = Name.view().empty() ? leaf_fault::name : leaf_fault::none;
    for (leaf_fault f : {leaf_fault::none, detail::fault_of_dimension<D>()...})
        if (found == leaf_fault::none || f == leaf_fault::reported) found = f;
    return found == leaf_fault::none && sizeof...(D) > max_rank ? leaf_fault::rank : found;
}();

template <class D> concept Dimension = requires { detail::axis_of_type<D>::value; };

/// The dimension type of a template argument: `64` is `sized<64>`, `batch` is its own type.
template <auto D> constexpr auto as_dimension() {
    using type = std::remove_cvref_t<decltype(D)>;
    if constexpr (Dimension<type>) {
        return D;
    } else {
        static_assert(std::is_integral_v<type> && !std::is_same_v<type, bool>,
                      "a dimension is a whole number, or dim<\"name\">, or dim<\"name\", size>");
        return sized<static_cast<std::int64_t>(D)>{};
    }
}

}  // namespace gradus
