// SPDX-License-Identifier: BSL-1.0
// The short type of what is made of layers. A chain of fifty layers is a `network<50, 1234>`, whatever stands in it, so
// that an error about it is as short as about two; what stands in it is found through a friend function, as the node of
// an expression is (expr/definition.hpp).
//
// A function has no hash, so the types of functions inside stand in the type, too.
#pragma once
#include <cstdint>
#include <type_traits>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"  // one function for each network is what we want
#elif defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-inline"
#endif

namespace gradus {

namespace detail {

/// The types of the functions inside a layer.
template <class... F> struct functions {};
template <class... F, class... G> functions<F..., G...> operator+(functions<F...>, functions<G...>);

}  // namespace detail

/// Layers, by their number and a hash of what they are.
template <int Layers, std::uint64_t Id, class... Functions> struct network;

namespace detail {

template <class Network> struct contents_key { friend constexpr auto contents_of(contents_key*); };
template <class Network, class Contents> struct define_contents {
    friend constexpr auto contents_of(contents_key<Network>*) { return Contents{}; }
};

/// What a definition is, behind its short type.
template <class D> struct opened { using type = D; };
template <int Layers, std::uint64_t Id, class... F> struct opened<network<Layers, Id, F...>> {
    using type = decltype(contents_of(static_cast<contents_key<network<Layers, Id, F...>>*>(nullptr)));
};
template <class D> using contents = typename opened<D>::type;

}  // namespace detail

template <int Layers, std::uint64_t Id, class... Functions> struct network {
    static constexpr std::uint64_t id = Id;
    using functions = detail::functions<Functions...>;
    static constexpr const char* name = detail::contents<network>::name;
    static constexpr const char* type = detail::contents<network>::called;
};

namespace detail {

template <class Contents, int Layers, std::uint64_t Id, class Functions> struct make_network;
template <class Contents, int Layers, std::uint64_t Id, class... F>
struct make_network<Contents, Layers, Id, functions<F...>> {
    using type = network<Layers, Id, F...>;
    static_assert(sizeof(define_contents<type, Contents>) > 0);
};

/// The short type of `Contents`.
template <class Contents>
using network_of = typename make_network<Contents, Contents::layers, Contents::id, typename Contents::functions>::type;

}  // namespace detail
}  // namespace gradus

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#elif defined(__clang__)
#pragma clang diagnostic pop
#endif
