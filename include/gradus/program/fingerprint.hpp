// SPDX-License-Identifier: BSL-1.0
// Fingerprints: a number for what a graph computes, the same in every program, build and version, so that a file of
// weights can tell whether it was made for this network.
#pragma once
#include <gradus/graph/graph.hpp>
#include <gradus/program/words.hpp>
#include <bit>
#include <string>
#include <vector>

namespace gradus {

namespace detail {

/// The hash FNV-1a with 64 bits.
/// Source  Fowler, Noll, Vo, Eastlake: The FNV Non-Cryptographic Hash Algorithm, IETF draft-eastlake-fnv
class stable_hash {
  public:
    std::uint64_t value() const { return state_; }
    stable_hash& number(std::uint64_t n) {
        for (int i = 0; i < 8; ++i) byte(n >> (8 * i) & 255);
        return *this;
    }
    stable_hash& text(std::string_view t) {
        for (const char c : t) byte(static_cast<unsigned char>(c));
        return number(t.size());  // so that "ab", "c" is not "a", "bc"
    }

  private:
    void byte(std::uint64_t b) { state_ = (state_ ^ b) * 1099511628211u; }
    std::uint64_t state_ = 14695981039346656037u;
};

/// The numbers of an operation. Those that are zero are left out, so that a new kind of number changes no fingerprint.
inline void hash_attributes(stable_hash& h, const node& n) {
    // Names all members: a new one does not compile before it has its line here.
    const auto& [axes, keep, order, value, powers, literal] = n.attrs;
    if (axes != 0) h.text("axes").number(static_cast<std::uint64_t>(axes));
    if (keep) h.text("keep");
    if (n.is(op::permute))
        for (const int o : order) h.number(static_cast<std::uint64_t>(o));
    if (n.is(op::constant)) h.text("value").number(std::bit_cast<std::uint64_t>(value));
    for (const int p : powers)
        if (p != 0) h.text("powers").number(static_cast<std::uint64_t>(p));
    if (literal != 0) h.text("literal").number(static_cast<std::uint64_t>(literal));
}

/// A hash for each node: of what it computes, with all that it is computed from.
///
/// Not part of it: names of dimensions, sizes of inputs, and first sizes of views, so that a network may be called with
/// one fixed batch where it was trained with any; layers, which only group nodes; the order of a + b.
inline std::vector<std::uint64_t> node_hashes(graph_view g) {
    std::vector<std::uint64_t> all;
    for (node_id i = 0; i < g.size(); ++i) {
        const node& n = g[i];
        stable_hash h;
        h.text(info(n.operation).name).number(static_cast<std::uint64_t>(n.shape.rank));
        hash_attributes(h, n);
        if (n.is(op::parameter) || n.is(op::input)) h.text(gradus::detail::full_name(g, i));
        const bool sized = info(n.operation).what == kind::view || n.is(op::one_hot);
        const int first = n.is(op::parameter) ? 0 : sized ? 1 : n.shape.rank;
        for (int k = first; k < n.shape.rank; ++k)
            h.number(n.shape[k].is_symbolic() ? 0 : static_cast<std::uint64_t>(n.shape[k].size));
        std::vector<std::uint64_t> operands;
        for (const node_id operand : n.uses()) operands.push_back(all[static_cast<std::size_t>(operand)]);
        if (info(n.operation).commutative) std::sort(operands.begin(), operands.end());
        for (const std::uint64_t operand : operands) h.number(operand);
        all.push_back(h.value());
    }
    return all;
}

}  // namespace detail

/// The fingerprint of all that a graph computes.
inline std::uint64_t computation_fingerprint(graph_view g) {
    const std::vector<std::uint64_t> nodes = detail::node_hashes(g);
    detail::stable_hash h;
    for (const output& o : g.outputs) h.number(nodes[static_cast<std::size_t>(o.node)]);
    return h.value();
}

/// The fingerprint of the network in a graph: of each place where parameters meet data, with all that stands before it.
/// What follows the last parameter is no part of it, so a loss, the scores and their softmax have the same network; nor
/// is what parameters do to a scalar, such as a penalty for large weights.
inline std::uint64_t network_fingerprint(graph_view g) {
    const std::vector<std::uint64_t> nodes = detail::node_hashes(g);
    std::vector<std::uint64_t> parts;
    enum : char { nothing, weights, data };
    std::vector<char> kinds;
    for (node_id i = 0; i < g.size(); ++i) {
        const node& n = g[i];
        char kind = n.is(op::input) ? data : n.is(op::parameter) ? weights : nothing;
        bool meet = false;
        for (const node_id operand : n.uses()) {
            const char other = kinds[static_cast<std::size_t>(operand)];
            meet = meet || (kind != nothing && other != nothing && kind != other);
            kind = std::max(kind, other);
        }
        kinds.push_back(kind);
        if (n.is(op::parameter) || (meet && n.shape.rank > 0)) parts.push_back(nodes[static_cast<std::size_t>(i)]);
    }
    std::sort(parts.begin(), parts.end());
    detail::stable_hash h;
    for (const std::uint64_t part : parts) h.number(part);
    return h.value();
}

/// A fingerprint in 16 hexadecimal digits.
inline std::string in_hex(std::uint64_t fingerprint) {
    std::string text;
    for (int i = 60; i >= 0; i -= 4) text += "0123456789abcdef"[fingerprint >> i & 15];
    return text;
}

}  // namespace gradus
