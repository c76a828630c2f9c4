// SPDX-License-Identifier: BSL-1.0
// Layers in files compiled with -DGRADUS_DRAW_ERRORS: one that does not fit is applied all the same and gives an
// expression without a shape, and a chain that does not fit together is noted with its layers. Without that macro this
// file is empty.
#pragma once
#if defined(GRADUS_DRAW_ERRORS)
#include <gradus/expr/leaf.hpp>
#include <gradus/layer/network.hpp>

namespace gradus {

struct flow;
template <class... D> struct sequence;

namespace detail {
template <class Label, class X, class Body> struct application_node;
template <class Definition, class S> struct layer_rule;
template <class Before, class Last> struct link;
template <class D> struct residual_definition;
template <fixed_string Name, class D> struct named_definition;

template <class X> struct body_input { using type = leaf_expr<op::placeholder, "", shape_of<X>>; };
template <std::uint64_t Id> struct body_input<untyped<Id>> { using type = untyped<untyped_placeholder::id>; };

/// Applies a layer to whatever there is: an expression, or one without a shape.
template <class Label, class Definition, class X> constexpr auto apply_drawn(X x) {
    using inner = typename body_input<X>::type;
    if constexpr (!requires { Definition::forward(inner{}); }) {
        return untyped_of<op::apply, void, blameless, Label, X>();
    } else {
        constexpr auto body = Definition::forward(inner{});
        using body_type = std::remove_cvref_t<decltype(body)>;
        if constexpr (is_untyped<X>) {
            if constexpr (is_untyped<body_type>)
                return untyped_of<op::apply, void, blameless, Label, X, body_type>();
            else
                return untyped_of<op::apply, void, blameless, Label, X>();
        } else {
            using rule = layer_rule<Definition, shape_of<X>>;
            if constexpr (!fits(rule::apply(nullptr))) {
                if constexpr (is_invalid<body_type> && !is_untyped<body_type>)
                    return mistaken<op::apply, void, rule, Label, X>();
                else
                    return mistaken<op::apply, void, rule, Label, X, body_type>();
            } else if constexpr (is_untyped<body_type>) {
                return untyped_of<op::apply, void, blameless, Label, X, body_type>();
            } else if constexpr (is_invalid<body_type>) {
                return untyped_of<op::apply, void, blameless, Label, X>();
            } else {
                const auto with_numbers = Definition::forward(inner{});
                using node = application_node<Label, X, body_type>;
                return with_operands<typename node::type>(x, with_numbers);
            }
        }
    }
}

/// The rows of a chain, one for each layer, those inside a layer below it and deeper.
template <class D> struct rows_of {
    static constexpr std::size_t count = 1;
    template <class Chain> static constexpr void write(chain_row*& to, Chain& c, bool& stuck, int depth) {
        chain_row& row = *to++;
        row = {D::name, D::type, depth, false, {}, false, {}, c.known && !stuck, c.features, false};
        if constexpr (requires { D::in, D::out; }) {
            row.wants_known = row.gives_known = true;
            row.wants = D::in;
            row.gives = D::out;
        }
        if (stuck) return;
        row.wrong = stuck = !D::features(c, nullptr);
        if (!row.gives_known && c.known && !stuck) {
            row.gives_known = true;
            row.gives = c.features;
        }
    }
};
template <class D> struct rows_of<residual_definition<D>> {
    using outer = residual_definition<D>;
    static constexpr std::size_t count = 1 + rows_of<D>::count;
    template <class Chain> static constexpr void write(chain_row*& to, Chain& c, bool& stuck, int depth) {
        const bool stuck_before = stuck;
        Chain inner{};
        if (c.known) inner = c;
        rows_of<D>::write(to, inner, stuck, depth + 1);
        chain_row& row = *to++;  // below its layer, because it adds to what that gives
        const bool wanted = c.known || inner.wanted;
        const axis before = c.known ? c.features : inner.input;
        row = {outer::name, outer::type,           depth,          wanted, before, wanted,
               before,      inner.known && !stuck, inner.features, false};
        if (stuck_before || stuck) return;
        row.wrong = stuck = !outer::features(c, nullptr);
    }
};
template <fixed_string N, class D> struct rows_of<named_definition<N, D>> : rows_of<D> {};
template <int Layers, std::uint64_t Id, class... F>
struct rows_of<network<Layers, Id, F...>> : rows_of<contents<network<Layers, Id, F...>>> {};
template <class Link> struct list_of_links;
template <class Rule> struct layers_of_rule;
template <class Before, class Last>
struct rows_of<link<Before, Last>> : rows_of<typename list_of_links<link<Before, Last>>::type> {};
template <class... D> struct rows_of<sequence<D...>> {
    static constexpr std::size_t count = (0 + ... + rows_of<D>::count);
    template <class Chain> static constexpr void write(chain_row*& to, Chain& c, bool& stuck, int depth) {
        (rows_of<D>::write(to, c, stuck, depth), ...);
    }
};
template <class Chain, class... D>
inline constexpr auto all_rows = [] {
    std::array<chain_row, rows_of<sequence<D...>>::count> rows{};
    chain_row* to = rows.data();
    Chain c{};
    bool stuck = false;
    rows_of<sequence<D...>>::write(to, c, stuck, 0);
    return rows;
}();

template <class Rule>
inline constexpr mistake mistake_by = [] {
    const fault f = fault_of<Rule>();
    return mistake{f.why, f.first, f.second};
}();
template <class Rule, class List> struct note_of_chain;
template <class Rule, class... D> struct note_of_chain<Rule, sequence<D...>> {
    static constexpr bool is_wrong = [] {
        for (const chain_row& row : all_rows<flow, D...>)
            if (row.wrong) return true;
        return false;
    }();
    static constexpr const mistake* what = [] {
        if constexpr (fits(Rule::apply(nullptr)))
            return static_cast<const mistake*>(nullptr);
        else
            return &mistake_by<Rule>;
    }();
    inline static const noted_chain note{what, all_rows<flow, D...>};
};
template <class Rule> struct note_of_call { inline static const noted_chain note{&mistake_by<Rule>, {}}; };

/// Notes a chain whose layers do not fit together; also where that was said already of the chain before its last layer.
template <class Rule> constexpr void note_declared() {
    using noted = note_of_chain<Rule, typename layers_of_rule<Rule>::type>;
    if constexpr (noted::is_wrong || noted::what != nullptr) (void)&noted::note;
}
/// Notes the sentence for a chain that is applied to what it does not fit.
template <class Rule> constexpr void note_call() {
    if constexpr (!fits(Rule::apply(nullptr))) (void)&note_of_call<Rule>::note;
}

}  // namespace detail
}  // namespace gradus
#endif
