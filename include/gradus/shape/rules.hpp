// SPDX-License-Identifier: BSL-1.0
// The shape of each operation's result, or the sentence why there is none. Plain functions over values: the typed
// expressions, the graph and the layers all ask here, so there is one answer.
//
// A rule takes the operands' shapes and a pointer to a `fault`. When the shapes do not fit it returns `no_shape` and,
// if the pointer is not null, writes what clashes. The clashing sizes stand first: clang shows only the beginning.
#pragma once
#include <gradus/shape/shape.hpp>

namespace gradus {

/// Why shapes do not fit: the two sizes that clash (0 where it is not about sizes), and the sentence.
struct fault {
    std::int64_t first = 0;
    std::int64_t second = 0;
    sentence why;
};

/// The result of a rule whose operands do not fit.
inline constexpr dims no_shape = [] {
    dims d;
    d.rank = -1;
    return d;
}();
constexpr bool fits(const dims& d) { return d.rank >= 0; }

namespace rules {

namespace detail {
/// Writes "128 and 100" or, where the sizes are equal, the names: "hidden and classes".
constexpr sentence& write_clash(sentence& s, const axis& a, const axis& b) { return s << a << " and " << b; }
constexpr void blame(fault* f, const axis& a, const axis& b) {
    f->first = a.size;
    f->second = b.size;
}
}  // namespace detail

/// Writes dimensions as they stand between <>: "batch, 1".
constexpr sentence& write_list(sentence& s, const dims& d) {
    for (int i = 0; i < d.rank; ++i) {
        s << (i ? ", " : "");
        d[i].name ? s << std::string_view(d[i].name) : s << d[i].size;
    }
    return s;
}

namespace detail {
/// Writes "1 dimension" or "2 dimensions".
constexpr sentence& write_count(sentence& s, int n, std::string_view what) {
    return s << n << " " << what << (n == 1 ? "" : "s");
}
/// Writes `rename<"classes">(b)`, which gives dimension i of `d` this name.
constexpr sentence& write_rename(sentence& s, const dims& d, int i, const char* name, std::string_view operand) {
    s << "rename<";
    for (int k = i + 1 == d.rank ? i : 0; k < d.rank; ++k) {
        s << "\"" << std::string_view(k == i ? name : "") << "\"" << (k + 1 < d.rank ? ", " : "");
    }
    return s << ">(" << operand << ")";
}
/// The way out where two dimensions of the operands a and b have one size and two names.
constexpr sentence& write_one_name(sentence& s, const dims& a, int i, const dims& b, int j) {
    if (a[i].is_symbolic()) return s << "; write one dim for both, if it is one size";
    return write_rename(s << "; write ", b, j, a[i].name, "b") << " if the same is meant";
}
}  // namespace detail

/// NumPy broadcasting: aligned at the last dimension, a size of 1 (or a missing dimension) stretches.
///
///     broadcast("add", (batch, 10), (10,))   // (batch, 10)
///
/// Error   "64 and 10 differ in the last dimension: add cannot combine (batch, 64) and (10,)"
constexpr dims broadcast(std::string_view operation, const dims& a, const dims& b, fault* f = nullptr) {
    if (a == b || b.rank == 0) return a;
    dims result;
    result.rank = a.rank > b.rank ? a.rank : b.rank;
    for (int i = 0; i < result.rank; ++i) {
        axis& r = result[result.rank - 1 - i];
        if (i >= a.rank) {
            r = b.back(i);
        } else if (i >= b.rank) {
            r = a.back(i);
        } else if (agree(a.back(i), b.back(i))) {
            r = merge(a.back(i), b.back(i));
        } else if (a.back(i).size == 1 && b.back(i).size != 1) {
            r = b.back(i);
        } else if (b.back(i).size == 1 && a.back(i).size != 1) {
            r = a.back(i);
        } else {
            if (f) {
                detail::blame(f, a.back(i), b.back(i));
                const bool names = a.back(i).size == b.back(i).size;
                detail::write_clash(f->why, a.back(i), b.back(i))
                    << (names ? " are different names" : " differ") << " in ";
                if (i == 0)
                    f->why << "the last dimension";
                else
                    f->why << "dimension " << (result.rank - 1 - i);
                f->why << ": " << operation << " cannot combine " << a << " and " << b;
                if (names)
                    detail::write_one_name(f->why, a, a.rank - 1 - i, b, b.rank - 1 - i);
                else if (a.rank == 2 && b.rank == 2 && agree(a[0], b[1]) && agree(a[1], b[0]))
                    f->why << "; write transpose(b)";
                else if (i == 0 && a.rank == 2 && b.rank == 1 && agree(a[0], b[0]))
                    write_list(f->why << "; write reshape<", {b[0], axis{}}) << ">(b), a column";
                else if (i == 0 && a.rank == 1 && b.rank == 2 && agree(a[0], b[0]))
                    write_list(f->why << "; write reshape<", {a[0], axis{}}) << ">(a), a column";
            }
            return no_shape;
        }
    }
    return result;
}

/// What a person may write: a broadcast where a missing dimension is not stretched against a 1 of the other operand. Of
/// a column and a vector NumPy makes all pairs, in silence, and a loss of those is another one.
///
///     elementwise("sub", (442, 1), (442,))   // refused
///
/// Error   "1 and 442 in the last dimension would pair all with all: sub of (442, 1) and (442,)"
constexpr dims elementwise(std::string_view operation, const dims& a, const dims& b, fault* f = nullptr) {
    const dims result = broadcast(operation, a, b, f);
    if (!fits(result) || a.rank == b.rank) return result;
    const dims& longer = a.rank > b.rank ? a : b;
    const dims& shorter = a.rank > b.rank ? b : a;
    for (int i = 0; i < shorter.rank; ++i) {
        if (longer.back(i).size != 1 || shorter.back(i).size == 1) continue;
        if (f) {
            detail::blame(f, longer.back(i), shorter.back(i));
            detail::write_clash(f->why, longer.back(i), shorter.back(i)) << " in ";
            if (i == 0)
                f->why << "the last dimension";
            else
                f->why << "dimension " << (longer.rank - 1 - i);
            f->why << " would pair all with all: " << operation << " of " << a << " and " << b << "; write reshape<";
            // The missing dimension as a last 1, where that is the other operand; else the pairs may be meant.
            dims column = shorter;
            column.rank = longer.rank;
            column[longer.rank - 1] = axis{};
            bool same = longer.rank == shorter.rank + 1;
            for (int k = 0; same && k < shorter.rank; ++k) same = agree(longer[k], shorter[k]);
            if (same) {
                write_list(f->why, column) << "> of the " << shorter;
            } else {
                dims row;
                row.rank = longer.rank;
                for (int k = 0; k < shorter.rank; ++k) row[longer.rank - 1 - k] = shorter.back(k);
                write_list(f->why, row) << "> of the " << shorter << " if pairs are meant";
            }
        }
        return no_shape;
    }
    return result;
}

/// The shape of `where(condition, a, b)`: all three broadcast together.
constexpr dims where(const dims& c, const dims& a, const dims& b, fault* f = nullptr) {
    const dims ab = broadcast("where", a, b, f);
    return fits(ab) ? broadcast("where", c, ab, f) : no_shape;
}

/// The shape of a (batched) matrix product: (..., n, k) times (..., k, m) gives (..., n, m); a vector on the left is a
/// row, on the right a column, and its dimension disappears, as in NumPy.
///
/// Error   "inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by (100, 10)"
/// Source  Goodfellow, Bengio, Courville: Deep Learning, section 2.2
constexpr dims matmul(const dims& a, const dims& b, fault* f = nullptr) {
    if (a.rank == 0 || b.rank == 0) {
        if (f) {
            f->first = a.rank;
            f->second = b.rank;
            f->why << "a scalar has no inner size: matmul cannot multiply " << a << " by " << b << "; write a * b";
        }
        return no_shape;
    }
    const axis& inner_a = a.back();
    const axis& inner_b = b.rank == 1 ? b[0] : b.back(1);
    if (!agree(inner_a, inner_b)) {
        if (f) {
            detail::blame(f, inner_a, inner_b);
            f->why << (inner_a.size == inner_b.size ? "inner names " : "inner sizes ");
            detail::write_clash(f->why, inner_a, inner_b) << " differ: matmul cannot multiply " << a << " by " << b;
            if (a.rank >= 2 && b.rank >= 2 && agree(inner_a, b.back()))
                f->why << "; write matmul(a, transpose(b))";
            else if (a.rank >= 2 && agree(a.back(1), inner_b))
                f->why << "; write matmul(transpose(a), b)";
            else if (agree(b.back(), a.rank == 1 ? a[0] : a.back(1)))
                f->why << "; write matmul(b, a)";
            else if (inner_a.size == inner_b.size)
                detail::write_one_name(f->why, a, a.rank - 1, b, b.rank == 1 ? 0 : b.rank - 2);
        }
        return no_shape;
    }
    dims lead_a, lead_b;
    for (int i = 0; i + 2 < a.rank; ++i) lead_a.push_back(a[i]);
    for (int i = 0; i + 2 < b.rank; ++i) lead_b.push_back(b[i]);
    dims result = broadcast("matmul", lead_a, lead_b);
    if (!fits(result)) {
        if (f) {
            fault batches;
            broadcast("matmul", lead_a, lead_b, &batches);
            f->first = batches.first;
            f->second = batches.second;
            int i = 0;
            while (agree(lead_a.back(i), lead_b.back(i)) || lead_a.back(i).size == 1 || lead_b.back(i).size == 1) ++i;
            f->why << (batches.first == batches.second ? "batch names " : "batch sizes ");
            detail::write_clash(f->why, lead_a.back(i), lead_b.back(i))
                << " differ: matmul cannot multiply " << a << " by " << b;
            if (batches.first == batches.second) detail::write_one_name(f->why, a, a.rank - 3 - i, b, b.rank - 3 - i);
        }
        return no_shape;
    }
    if (a.rank > 1) result.push_back(a.back(1));
    if (b.rank > 1) result.push_back(b.back());
    return result;
}

/// The shape with its dimensions in another order: dimension `i` of the result is dimension `order[i]` of `a`.
///
/// Error   "3 dimensions ordered, 2 given: permute<0, 2, 1> cannot reorder (batch, 64)"
constexpr dims permute(const dims& a, const int* order, int count, fault* f = nullptr) {
    dims result;
    bool used[max_rank]{};
    bool good = count == a.rank;
    for (int i = 0; good && i < count; ++i) {
        const int from = order[i] < 0 ? order[i] + a.rank : order[i];
        good = from >= 0 && from < a.rank && !used[from];
        if (good) {
            used[from] = true;
            result.push_back(a[from]);
        }
    }
    if (good) return result;
    if (f) {
        f->first = count;
        f->second = a.rank;
        int wrong = -1;  // the first that does not exist, or stands a second time
        bool twice = false;
        bool seen[max_rank]{};
        int order_fixed[max_rank]{};
        for (int i = 0; i < count && i < a.rank; ++i) {
            const int from = order[i] < 0 ? order[i] + a.rank : order[i];
            const bool exists = from >= 0 && from < a.rank;
            if (wrong < 0 && (!exists || seen[from])) {
                wrong = order[i];
                twice = exists;
            }
            order_fixed[i] = exists && !seen[from] ? from : -1;
            if (exists) seen[from] = true;
        }
        if (count != a.rank)
            f->why << count << (count == 1 ? " dimension" : " dimensions") << " ordered, " << a.rank << " given: ";
        else if (twice)
            f->why << "dimension " << wrong << " stands twice in the order: ";
        else
            f->why << "dimension " << wrong << " of " << a.rank << " does not exist: ";
        f->why << "permute<";
        for (int i = 0; i < count; ++i) f->why << (i ? ", " : "") << order[i];
        f->why << "> cannot reorder " << a;
        if (a.rank < 2) return no_shape;
        f->why << "; write permute<";
        int absent = 0;
        for (int i = 0; i < a.rank; ++i) {
            int from = i < count ? order_fixed[i] : -1;
            if (from < 0) {
                while (absent < a.rank && seen[absent]) ++absent;
                from = absent++;
            }
            f->why << (i ? ", " : "") << from;
        }
        f->why << ">";
    }
    return no_shape;
}

/// The transpose swaps the last two dimensions.
///
/// Error   "2 dimensions wanted, 1 given: transpose cannot swap the last two of (10,)"
constexpr dims transpose(const dims& a, fault* f = nullptr) {
    if (a.rank < 2) {
        if (f) {
            f->first = 2;
            f->second = a.rank;
            f->why << "2 dimensions wanted, " << a.rank << " given: transpose cannot swap the last two of " << a;
            if (a.rank == 1) write_list(f->why << "; write reshape<", {a[0], axis{}}) << "> for a column";
        }
        return no_shape;
    }
    dims result = a;
    std::swap(result[a.rank - 1], result[a.rank - 2]);
    return result;
}

/// The size that `reshape` works out itself, written -1. No size that a student writes is this number.
inline constexpr std::int64_t inferred = INT64_MIN;

/// The same elements in another shape. The symbolic dimensions must be the same ones; one size may be -1.
///
/// Error   "60 and 64 elements differ: reshape cannot turn (batch, 64) into (batch, 6, 10)"
constexpr dims reshape(const dims& a, dims to, fault* f = nullptr) {
    bool symbols_match = true;
    const auto count = [](const dims& d, const char* name) {
        int n = 0;
        for (int i = 0; i < d.rank; ++i) n += d[i].is_symbolic() && d[i].name == name;
        return n;
    };
    int unknown = -1;
    int unknowns = 0;
    int too_small = -1;
    std::int64_t fixed = 1;
    for (int i = 0; i < to.rank; ++i) {
        if (to[i].size == inferred) {
            unknown = i;
            ++unknowns;
        } else if (!to[i].is_symbolic() && to[i].size < 1) {
            too_small = i;
        } else if (to[i].is_symbolic()) {
            symbols_match = symbols_match && count(to, to[i].name) <= count(a, to[i].name);
        } else {
            fixed *= to[i].size;
        }
    }
    const std::int64_t given = a.fixed_elements();
    const char* missing = nullptr;  // a symbolic dimension of a that `to` lacks
    int missing_count = 0;
    for (int i = 0; i < a.rank; ++i) {
        if (a[i].is_symbolic() && count(a, a[i].name) > count(to, a[i].name)) {
            missing = a[i].name;
            ++missing_count;
        }
    }
    bool good = symbols_match && unknowns <= 1 && too_small < 0;
    if (good && unknowns == 1) {
        if (missing_count == 0 && given % fixed == 0)
            to[unknown] = {given / fixed, nullptr};
        else if (missing_count == 1 && given == fixed)
            to[unknown] = {symbolic, missing};
        else
            good = false;
    } else if (good) {
        good = missing_count == 0 && given == fixed;
    }
    if (good) return to;
    if (f) {
        f->first = fixed;
        f->second = given;
        if (too_small >= 0)
            f->why << "a size is at least 1, not " << to[too_small].size << ": ";
        else if (unknowns > 1)
            f->why << unknowns << " sizes are left open, 1 can be: ";
        else if (!symbols_match || missing_count > unknowns)
            f->why << "the symbolic dimensions differ: ";
        else if (unknowns == 1 && missing_count == 0)
            f->why << given << " elements do not divide by " << fixed << ": ";
        else
            f->why << fixed << " and " << given << " elements differ: ";
        f->why << "reshape cannot turn " << a << " into (";
        for (int i = 0; i < to.rank; ++i) {
            f->why << (i ? ", " : "");
            if (to[i].size == inferred)
                f->why << "-1";
            else
                f->why << to[i];
        }
        f->why << (to.rank == 1 ? ",)" : ")");
        // The size that would fit in its place, or all that is fixed in one.
        dims way = to;
        bool open = false;
        for (int i = 0; i < to.rank && symbols_match && missing_count == 0 && unknowns == 0; ++i) {
            if (to[i].is_symbolic() || open) continue;
            std::int64_t others = 1;
            for (int k = 0; k < to.rank; ++k)
                if (k != i && !to[k].is_symbolic()) others *= to[k].size;
            if (others < 1 || given % others != 0) continue;
            way[i] = {given / others, nullptr};
            open = true;
        }
        if (!open) {
            way.rank = 0;
            for (int i = 0; i < a.rank; ++i)
                if (a[i].is_symbolic()) way.push_back(a[i]);
            if (way.rank < max_rank) way.push_back({given, nullptr});
        }
        write_list(f->why << "; write reshape<", way) << ">";
    }
    return no_shape;
}

/// The same dimensions under other names: one name is for the last dimension, else one for each; an empty name changes
/// nothing.
///
///     rename((batch, hidden=10), {"classes"})   // (batch, classes=10)
///
/// Error   "2 names for 3 dimensions: rename<"a", "b"> of (batch, 8, 8); write one for each, or one for the last"
constexpr dims rename(const dims& a, const char* const* names, int count, fault* f = nullptr) {
    dims result = a;
    int fixed = -1;  // a dimension whose name is its size
    const int first = count == 1 ? a.rank - 1 : 0;
    const bool counts = a.rank > 0 && (count == 1 || count == a.rank);
    for (int i = 0; counts && i < count; ++i) {
        axis& d = result[first + i];
        const std::string_view name = names[i];
        if (name.empty() || (d.name && name == d.name)) continue;
        if (d.is_symbolic())
            fixed = first + i;
        else
            d.name = names[i];
    }
    if (counts && fixed < 0) return result;
    if (f) {
        f->first = count;
        f->second = a.rank;
        if (a.rank == 0)
            f->why << "a scalar has no dimension to rename: ";
        else if (!counts)
            detail::write_count(detail::write_count(f->why, count, "name") << " for ", a.rank, "dimension") << ": ";
        else
            f->why << "names of sizes that are known only when the program runs stand for the sizes: ";
        f->why << "rename<";
        for (int i = 0; i < count; ++i) f->why << (i ? ", " : "") << "\"" << std::string_view(names[i]) << "\"";
        f->why << "> of " << a;
        if (a.rank > 0 && !counts) f->why << "; write one for each, or one for the last";
        if (counts)
            f->why << "; write dim<\"" << std::string_view(names[fixed - first]) << "\"> where " << a[fixed]
                   << " is declared";
    }
    return no_shape;
}

/// All dimensions but the first `keep` as one: (batch, 8, 8) gives (batch, 64).
///
/// Error   "2 dimensions wanted, 1 given: flatten keeps the first of (10,) and has nothing to flatten"
constexpr dims flatten(const dims& a, int keep = 1, fault* f = nullptr) {
    bool good = a.rank > keep;
    for (int i = keep; i < a.rank; ++i) good = good && !a[i].is_symbolic();
    if (!good) {
        if (f) {
            f->first = keep + 1;
            f->second = a.rank;
            if (a.rank <= keep)
                f->why << keep + 1 << " dimensions wanted, " << a.rank << " given: flatten keeps the first "
                       << "of " << a << " and has nothing to flatten; write it without flatten";
            else
                f->why << "a dimension that is known only when the program runs cannot be flattened: flatten of " << a;
        }
        return no_shape;
    }
    dims result;
    for (int i = 0; i < keep; ++i) result.push_back(a[i]);
    std::int64_t n = 1;
    for (int i = keep; i < a.rank; ++i) n *= a[i].size;
    result.push_back({n, a.rank == keep + 1 ? a[keep].name : nullptr});
    return result;
}

/// The dimensions named by `list` as bits, negative ones counted from the end; none means all. -1 where one is wrong.
constexpr int axes_mask(const dims& a, const int* list, int count) {
    if (count == 0) return (1 << a.rank) - 1;
    int mask = 0;
    for (int i = 0; i < count; ++i) {
        const int from = list[i] < 0 ? list[i] + a.rank : list[i];
        if (from < 0 || from >= a.rank || (mask & (1 << from))) return -1;
        mask |= 1 << from;
    }
    return mask;
}

/// The shape after a reduction over the dimensions in `mask`; kept dimensions have size 1.
constexpr dims reduce(const dims& a, int mask, bool keep) {
    dims result;
    for (int i = 0; i < a.rank; ++i) {
        if (!(mask & (1 << i)))
            result.push_back(a[i]);
        else if (keep)
            result.push_back({1, nullptr});
    }
    return result;
}

/// A reduction over listed dimensions.
///
/// Error   "dimension 2 of 2 does not exist: sum<2> of (batch, 64)"
constexpr dims reduce(std::string_view operation, const dims& a, const int* list, int count, bool keep,
                      fault* f = nullptr) {
    const int mask = axes_mask(a, list, count);
    if (mask >= 0) return reduce(a, mask, keep);
    if (f) {
        for (int i = 0; i < count; ++i) {
            const int from = list[i] < 0 ? list[i] + a.rank : list[i];
            bool twice = false;
            for (int j = 0; j < i; ++j) twice = twice || (list[j] < 0 ? list[j] + a.rank : list[j]) == from;
            if (from >= 0 && from < a.rank && !twice) continue;
            f->first = list[i];
            f->second = a.rank;
            if (a.rank == 0)
                f->why << "a scalar has no dimension " << list[i] << ": ";
            else if (twice)
                f->why << "dimension " << list[i] << " is named twice: ";
            else
                f->why << "dimension " << list[i] << " of " << a.rank << " does not exist: ";
            break;
        }
        f->why << operation << "<";
        for (int i = 0; i < count; ++i) f->why << (i ? ", " : "") << list[i];
        f->why << "> of " << a;
        if (a.rank == 0) return no_shape;
        f->why << "; write " << operation << "<";
        if (count == 1) {
            f->why << a.rank - 1 << "> for the last";
            return no_shape;
        }
        int written = 0;  // those that exist, each once; the last one where none does
        for (int i = 0; i < count; ++i) {
            const int from = list[i] < 0 ? list[i] + a.rank : list[i];
            if (from < 0 || from >= a.rank || (written & (1 << from))) continue;
            f->why << (written ? ", " : "") << from;
            written |= 1 << from;
        }
        f->why << (written ? ">" : "-1>");
    }
    return no_shape;
}

namespace detail {
constexpr dims without_last(dims d) {
    --d.rank;
    return d;
}
}  // namespace detail

/// One loss for each row of scores: (batch, classes) scores with (batch,) class indices, or with (batch, classes)
/// probabilities, give (batch,).
///
/// Error   "9 probabilities for 10 classes: cross_entropy of (batch, 10) scores and a (batch, 9) target"
constexpr dims cross_entropy(const dims& scores, const dims& target, fault* f = nullptr) {
    bool good = scores.rank >= 1 && (target.rank == scores.rank || target.rank + 1 == scores.rank);
    int clash = -1;
    for (int i = 0; good && i < target.rank; ++i) {
        if (!agree(scores[i], target[i])) {
            good = false;
            clash = i;
        }
    }
    if (!good) {
        if (f) {
            if (clash >= 0) {
                detail::blame(f, scores[clash], target[clash]);
                if (scores[clash].size == target[clash].size)
                    detail::write_clash(f->why, scores[clash], target[clash])
                        << " are different names in dimension " << clash << ": ";
                else if (clash + 1 == scores.rank)
                    f->why << target[clash] << (target[clash].size == 1 ? " probability for " : " probabilities for ")
                           << scores[clash] << (scores[clash].size == 1 ? " class: " : " classes: ");
                else
                    detail::write_clash(f->why, scores[clash], target[clash])
                        << " differ in dimension " << clash << ": ";
            } else {
                f->first = scores.rank;
                f->second = target.rank;
                if (scores.rank == 0)
                    f->why << "a scalar has no classes: ";
                else
                    detail::write_count(f->why, scores.rank, "dimension")
                        << " or one fewer wanted, " << target.rank << " given: ";
            }
            f->why << "cross_entropy of " << scores << " scores and a " << target << " target";
            const bool classes = clash >= 0 && clash + 1 == scores.rank;
            if (clash >= 0 && scores[clash].size == target[clash].size)
                detail::write_one_name(f->why, scores, clash, target, clash);
            else if (classes && target[clash].size == 1)
                write_list(f->why << "; for class indices write reshape<", detail::without_last(target)) << ">(target)";
            else if (target.rank >= 1 && (fits(cross_entropy(target, scores))))
                f->why << "; write the scores first: cross_entropy(target, scores)";
        }
        return no_shape;
    }
    dims result;
    for (int i = 0; i + 1 < scores.rank; ++i)
        result.push_back(i < target.rank ? merge(scores[i], target[i]) : scores[i]);
    return result;
}

/// Losses that compare a prediction with a target of the same shape; nothing stretches here, because a (n, 1)
/// prediction against a (n,) target would silently give n x n differences.
///
/// Error   "1 and 442 differ in dimension 1: mse_loss compares (442, 1) with (442,)"
constexpr dims same_shape(std::string_view operation, const dims& a, const dims& b, fault* f = nullptr) {
    bool good = a.rank == b.rank;
    int clash = -1;
    dims result = a;
    for (int i = 0; good && i < a.rank; ++i) {
        if (!agree(a[i], b[i])) {
            good = false;
            clash = i;
        } else {
            result[i] = merge(a[i], b[i]);
        }
    }
    if (good) return result;
    if (f) {
        if (clash >= 0) {
            detail::blame(f, a[clash], b[clash]);
            detail::write_clash(f->why, a[clash], b[clash])
                << (a[clash].size == b[clash].size ? " are different names" : " differ") << " in dimension " << clash
                << ": ";
        } else {
            f->first = a.rank;
            f->second = b.rank;
            f->why << a.rank << " and " << b.rank << " dimensions differ: ";
        }
        f->why << operation << " compares " << a << " with " << b << " and stretches nothing";
        if (clash >= 0 && a[clash].size == b[clash].size)
            detail::write_one_name(f->why, a, clash, b, clash);
        else if (clash < 0 && a.rank > 0 && fits(reshape(b, a)))
            write_list(f->why << "; write reshape<", a) << ">(b)";
        else if (a.rank == 2 && b.rank == 2 && agree(a[0], b[1]) && agree(a[1], b[0]))
            f->why << "; write transpose(b)";
    }
    return no_shape;
}

}  // namespace rules
}  // namespace gradus
