// SPDX-License-Identifier: BSL-1.0
// An expression as plain data, and where its plain numbers stand. The numbers in `2.f * x + 1` are known only as
// values, so they are kept in a list, and each operation says which of its own numbers those of its operands are.
#pragma once
#include <gradus/expr/growing.hpp>
#include <gradus/expr/operation.hpp>
#include <gradus/shape/shape.hpp>

namespace gradus {

/// An expression as plain data, for all that is not a template: what it is, and the records of its operands.
struct record {
    op operation;
    const attributes& attrs;
    const dims& shape;
    std::uint64_t id;
    const char* name = nullptr;  ///< of a leaf or a layer
    const char* type = nullptr;  ///< of a layer: "linear"
    int arity = 0;
    std::array<const record*, 3> operands{};
    std::array<const int*, 3> places{};  ///< number j of operand i is its number places[i][j]; null: number j
    int numbers = 0;
    int depth = 0;  ///< the longest way down to one of its numbers

    constexpr int place(int operand, int number) const {
        const int* const list = places[static_cast<std::size_t>(operand)];
        return list ? list[number] : number;
    }
    /// What is taken for one and the same value where it stands twice, whatever the values of its numbers: products,
    /// reductions and layers, which nobody writes twice by accident. Sums and functions of single elements may well be
    /// written twice with other numbers, as in 2 * x * x + 3 * x.
    constexpr bool is_shared() const {
        const kind what = info(operation).what;
        return what == kind::product || what == kind::reduction || what == kind::rowwise || operation == op::apply ||
               operation == op::grad;
    }
};

namespace detail {

/// Lists of places, one operand after another, and how many places there are.
template <int... Count> struct number_places {
    std::array<int, static_cast<std::size_t>((0 + ... + Count))> places{};
    int count = 0;
};

/// A record inside another one: number j of it is number numbers[j] of the outer one.
struct inside {
    const record* what;
    growing<int> numbers;
};
constexpr inside operand_inside(const inside& outer, int i) {
    inside inner{outer.what->operands[static_cast<std::size_t>(i)], {}};
    for (int j = 0; j < inner.what->numbers; ++j)
        inner.numbers.push_back(outer.numbers[static_cast<std::size_t>(outer.what->place(i, j))]);
    return inner;
}
constexpr inside whole(const record& r) {
    inside i{&r, {}};
    for (int j = 0; j < r.numbers; ++j) i.numbers.push_back(j);
    return i;
}
constexpr bool same(const inside& a, const inside& b) {
    if (a.what != b.what) return false;
    for (std::size_t j = 0; j < a.numbers.size(); ++j)
        if (a.numbers[j] != b.numbers[j]) return false;
    return true;
}
/// The operands of a record that are looked into: a layer's body stands in surroundings of its own.
constexpr int searched(const record& r) { return r.operation == op::apply ? 1 : r.arity; }

/// Looks for `wanted` inside `outer`; the result's `what` is null where it is not found. Only what holds numbers and
/// lies above `wanted` is looked at, which is little: what is used twice is used by its neighbours.
constexpr inside find_inside(const record& outer, const record& wanted) {
    growing<inside> open;
    growing<const record*> seen;
    open.push_back(whole(outer));
    while (!open.empty()) {
        const inside here = open.back();
        open.pop_back();
        if (here.what == &wanted) return here;
        if (here.what->depth <= wanted.depth || seen.size() > 1000) continue;
        bool again = false;
        for (const record* s : seen) again = again || s == here.what;
        if (again) continue;
        seen.push_back(here.what);
        for (int i = 0; i < searched(*here.what); ++i)
            if (here.what->operands[static_cast<std::size_t>(i)]->numbers > 0) open.push_back(operand_inside(here, i));
    }
    return {nullptr, {}};
}

/// Beyond this many numbers everything that stands twice is taken for one value; the number of places would double
/// with each use of an expression otherwise.
inline constexpr int many_numbers = 64;

/// Gives each number of the operands its place. An operand's part that stands in an earlier operand, too, has its
/// places there.
template <int... Count> constexpr number_places<Count...> merge_numbers(std::initializer_list<const record*> operands) {
    number_places<Count...> result;
    for (bool share_all : {false, true}) {
        int count = 0;
        std::size_t first = 0;
        bool something = false;  // whether an earlier operand is more than a bare number
        for (int& p : result.places) p = -1;
        const record* const* const operand = operands.begin();
        for (std::size_t k = 0; k < operands.size(); ++k) {
            if (operand[k]->numbers == 0) continue;
            int* const places = result.places.data() + first;
            growing<inside> parts;
            if (something) parts.push_back(whole(*operand[k]));
            for (std::size_t next = 0; next < parts.size(); ++next) {
                const inside part = parts[next];
                bool found = false;
                if (part.what->arity > 0 && (share_all || part.what->is_shared())) {
                    std::size_t earlier = 0;
                    for (std::size_t e = 0; e < k && !found; ++e) {
                        if (operand[e]->depth >= part.what->depth && operand[e]->arity > 0) {
                            const inside there = find_inside(*operand[e], *part.what);
                            found = there.what != nullptr;
                            for (std::size_t j = 0; found && j < part.numbers.size(); ++j)
                                places[part.numbers[j]] =
                                    result.places[earlier + static_cast<std::size_t>(there.numbers[j])];
                        }
                        earlier += static_cast<std::size_t>(operand[e]->numbers);
                    }
                }
                if (found) continue;
                for (int i = 0; i < searched(*part.what); ++i) {
                    if (part.what->operands[static_cast<std::size_t>(i)]->numbers == 0) continue;
                    const inside inner = operand_inside(part, i);
                    bool known = inner.what->arity == 0;
                    for (std::size_t p = 0; p < parts.size() && !known; ++p) known = same(parts[p], inner);
                    if (!known) parts.push_back(inner);
                }
            }
            for (int j = 0; j < operand[k]->numbers; ++j)
                if (places[j] < 0) places[j] = count++;
            first += static_cast<std::size_t>(operand[k]->numbers);
            something = something || operand[k]->arity > 0;
        }
        result.count = count;
        if (count <= many_numbers) break;
    }
    return result;
}

}  // namespace detail
}  // namespace gradus
