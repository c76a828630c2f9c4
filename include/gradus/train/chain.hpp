// SPDX-License-Identifier: BSL-1.0
// What stands before an optimizer, chained like layers: `clip_grad_norm{1.0} >> weight_decay<"*.bias">{0} >> sgd{}`.
// It changes the gradients, or what the optimizer does to some of the parameters.
#pragma once
#include <gradus/train/optimizer.hpp>

namespace gradus {

namespace detail {
/// Whether a parameter is meant: by its full name, by "*.bias", the end of it, or by "*", all.
constexpr bool is_meant(graph_view g, node_id parameter, std::string_view pattern) {
    sentence full;
    write_leaf_name(full, g, g[parameter]);
    std::string_view name = full.view();
    if (pattern.empty() || pattern.front() != '*') return name == pattern;
    pattern.remove_prefix(1);
    return name.size() >= pattern.size() && name.substr(name.size() - pattern.size()) == pattern;
}
}  // namespace detail

/// All gradients times max_norm / norm where their common norm, the root of the sum of all squares, is larger than
/// max_norm. What PyTorch's clip_grad_norm_ does, and with its 1e-6 below the line.
///
///     train(loss, clip_grad_norm{1.0} >> adam{.lr = 1e-3});
struct clip_grad_norm {
    double max_norm;

    static constexpr bool stands_before = true;
    static constexpr std::array<const char*, 1> setting_names{"max_norm"};
    constexpr std::array<double, 1> settings(std::int64_t = 1) const { return {max_norm}; }
    static constexpr clip_grad_norm usual() { return {1}; }
    constexpr const char* missing(const clip_grad_norm&) const { return nullptr; }
    constexpr void check() const { detail::check_positive("clip_grad_norm", "max_norm", max_norm); }

    static constexpr void prepare(builder& b, growing<node_id>& gradients, const node_id* settings) {
        node_id total = no_node;
        for (node_id g : gradients) {
            node_id squares = b.mul(g, g);
            const int all = (1 << b.shape(squares).rank) - 1;
            if (all != 0) squares = b.reduce(op::sum, squares, all, false);
            total = total == no_node ? squares : b.add(total, squares);
        }
        const node_id norm = b.unary(op::sqrt, total);
        const node_id share = b.div(settings[0], b.add(norm, b.constant(1e-6)));
        const node_id factor = b.binary(op::minimum, share, b.constant(1));
        for (node_id& g : gradients) g = b.mul(factor, g);
    }
};

/// Every element of every gradient kept between -clip_value and clip_value. What PyTorch's clip_grad_value_ does.
struct clip_grad_value {
    double clip_value;

    static constexpr bool stands_before = true;
    static constexpr std::array<const char*, 1> setting_names{"clip_value"};
    constexpr std::array<double, 1> settings(std::int64_t = 1) const { return {clip_value}; }
    static constexpr clip_grad_value usual() { return {1}; }
    constexpr const char* missing(const clip_grad_value&) const { return nullptr; }
    constexpr void check() const { detail::check_positive("clip_grad_value", "clip_value", clip_value); }

    static constexpr void prepare(builder& b, growing<node_id>& gradients, const node_id* settings) {
        const node_id least = b.neg(settings[0]);
        for (node_id& g : gradients) g = b.binary(op::minimum, b.binary(op::maximum, g, least), settings[0]);
    }
};

/// The weight decay of a group of parameters in place of the optimizer's: by full names, or by "*.bias", the end of a
/// name.
///
///     train(loss, weight_decay<"*.bias">{0} >> adamw{.weight_decay = 0.01});
///     train(loss, weight_decay<"fc1.weight", "fc2.weight">{1e-4} >> sgd{.lr = 0.1});
///
/// Error   while compiling: no parameter is called "fc1.wieght"; the nearest is "fc1.weight"
/// Error   while compiling: fc1.bias is in two groups of weight_decay
template <fixed_string... Names> struct weight_decay {
    double value;

    static constexpr bool stands_before = true;
    static constexpr std::array<const char*, 1> setting_names{"weight_decay"};
    constexpr std::array<double, 1> settings(std::int64_t = 1) const { return {value}; }
    static constexpr weight_decay usual() { return {1}; }
    constexpr const char* missing(const weight_decay& given) const {
        return given.value != 0 && value == 0 ? "weight_decay" : nullptr;
    }
    constexpr void check() const { detail::check_positive("weight_decay", "the value", value); }

    constexpr void adjust(update_context& c) const {
        if (groups_of(c.b.view(), c.parameter) == 0) return;
        c.grouped = true;
        c.group_decay = value != 0 ? c.settings[0] : no_node;
    }
    static constexpr int groups_of(graph_view g, node_id parameter) {
        return (detail::is_meant(g, parameter, Names.view()) || ...) ? 1 : 0;
    }
    template <class Source> static constexpr bool names_fit(fault* f) {
        constexpr graph_view g = Source::graph;
        const auto fits = [&](std::string_view name) {
            for (node_id i = 0; i < g.size(); ++i)
                if (g[i].is(op::parameter) && detail::is_meant(g, i, name)) return true;
            if (f) {
                f->first = 0;
                f->second = 1;
                f->why << "no parameter is called \"" << name << "\"";
                const node_id near = detail::nearest_leaf(g, op::parameter, name);
                if (near != no_node) detail::write_leaf_name(f->why << "; the nearest is \"", g, g[near]) << "\"";
            }
            return false;
        };
        return (fits(Names.view()) && ...);
    }
};

template <class F> concept StandsBefore = F::stands_before;

/// Two of them in turn; an optimizer, if the second is one. Made by `>>`.
template <class First, class Second> struct optimizer_chain {
    First first;
    Second second;

    static constexpr std::size_t own = First::setting_names.size();
    static constexpr bool stands_before = StandsBefore<Second>;
    static constexpr auto setting_names = [] {
        std::array<const char*, own + Second::setting_names.size()> all{};
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i < own ? First::setting_names[i] : Second::setting_names[i - own];
        return all;
    }();
    constexpr auto settings(std::int64_t step = 1) const {
        std::array<double, setting_names.size()> all{};
        const auto a = first.settings(step);
        const auto b = second.settings(step);
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i < own ? a[i] : b[i - own];
        return all;
    }
    static constexpr optimizer_chain usual() { return {First::usual(), Second::usual()}; }
    constexpr const char* missing(const optimizer_chain& given) const {
        const char* const term = first.missing(given.first);
        return term ? term : second.missing(given.second);
    }
    constexpr void check() const {
        first.check();
        second.check();
    }
    constexpr bool counts_steps() const { return second.counts_steps(); }
    constexpr double initial_state() const { return second.initial_state(); }
    constexpr double rate() const { return second.rate(); }
    constexpr optimizer_chain with_rate(double rate) const { return {first, second.with_rate(rate)}; }

    constexpr void prepare(builder& b, growing<node_id>& gradients, const node_id* settings) const {
        if constexpr (requires { first.prepare(b, gradients, settings); }) first.prepare(b, gradients, settings);
        if constexpr (requires { second.prepare(b, gradients, settings); })
            second.prepare(b, gradients, settings + own);
    }
    constexpr void adjust(update_context& c) const {
        const node_id* const all = c.settings;
        if constexpr (requires { first.adjust(c); }) first.adjust(c);
        c.settings += own;
        if constexpr (requires { second.adjust(c); }) second.adjust(c);
        c.settings = all;
    }
    constexpr node_id update(update_context& c) const requires(!StandsBefore<Second>) {
        adjust(c);
        c.settings += own;
        return second.update(c);
    }
    static constexpr int groups_of(graph_view g, node_id parameter) {
        int n = 0;
        if constexpr (requires { First::groups_of(g, parameter); }) n += First::groups_of(g, parameter);
        if constexpr (requires { Second::groups_of(g, parameter); }) n += Second::groups_of(g, parameter);
        return n;
    }
    template <class Source> static constexpr bool names_fit(fault* f) {
        if constexpr (requires { First::template names_fit<Source>(f); }) {
            if (!First::template names_fit<Source>(f)) return false;
        }
        if constexpr (requires { Second::template names_fit<Source>(f); }) {
            if (!Second::template names_fit<Source>(f)) return false;
        }
        constexpr graph_view g = Source::graph;
        for (node_id i = 0; i < g.size(); ++i) {
            if (!g[i].is(op::parameter) || groups_of(g, i) < 2) continue;
            if (f) {
                f->first = groups_of(g, i);
                f->second = 1;
                detail::write_leaf_name(f->why, g, g[i]) << " is in " << groups_of(g, i) << " groups of weight_decay";
            }
            return false;
        }
        return true;
    }
};

template <StandsBefore First, class Second>
    requires(StandsBefore<Second> || UpdateRule<Second>)
constexpr optimizer_chain<First, Second> operator>>(First first, Second second) { return {first, second}; }

}  // namespace gradus
