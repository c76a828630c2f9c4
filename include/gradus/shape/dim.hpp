// SPDX-License-Identifier: BSL-1.0
// One dimension of a tensor: a size, a name, or both; and when two of them agree.
#pragma once
#include <gradus/shape/sentence.hpp>
#include <type_traits>

namespace gradus {

/// The size of a dimension that is known only when the program runs, as `dim<"batch">`.
inline constexpr std::int64_t symbolic = -1;

/// A dimension with a name; its size is symbolic, or fixed: `dimension<"classes", 10>`.
template <fixed_string Name, std::int64_t Size = symbolic> struct dimension {
    static_assert(Size == symbolic || Size >= 1, "a dimension has at least one element");
    static_assert(!Name.view().empty(), "the name of a dimension has at least one letter");
};
/// A dimension that has only a size.
template <std::int64_t Size> struct sized { static_assert(Size >= 1, "a dimension has at least one element"); };

/// What a student writes: `dim<"batch">` (known when the program runs) or `dim<"classes", 10>`.
template <fixed_string Name, std::int64_t Size = symbolic>
    requires(Size != 0)  // here, not only in dimension: the error is on the line that names it
inline constexpr dimension<Name, Size> dim{};

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
