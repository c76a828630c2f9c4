// SPDX-License-Identifier: BSL-1.0
// Text built while the compiler runs: names that are template arguments, and the sentences of shape errors.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace gradus {

/// A string literal as a template argument: `input<"x", 4>`, `dim<"batch">`.
template <std::size_t N> struct fixed_string {
    char text[N]{};
    constexpr fixed_string(const char (&literal)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    /// A number or a dimension where a name belongs, `input<64>`: no name, so that its user is told in one sentence.
    template <class T>
        requires(std::is_arithmetic_v<T> || std::is_empty_v<T>)
    constexpr fixed_string(T) {}
    constexpr std::string_view view() const { return {text, N - 1}; }
    friend constexpr bool operator==(const fixed_string&, const fixed_string&) = default;
};

template <class T> fixed_string(T) -> fixed_string<1>;
template <std::size_t N> fixed_string(const char (&)[N]) -> fixed_string<N>;

/// The one object that holds a name: two equal names have one address, so names are compared by address.
template <fixed_string Name> constexpr const char* name_of() { return Name.text; }

/// A number as a template argument, `constant<0.5>` (clang 14 takes a double only inside a class).
struct number {
    double value;
    /// A template, because clang converts no int to double on the way to a template argument: `pow<3>(x)`.
    template <class T>
        requires std::is_arithmetic_v<T>
    constexpr number(T v) : value(static_cast<double>(v)) {}
    friend constexpr bool operator==(const number&, const number&) = default;
};

/// A line of text with room for 320 characters, a template argument itself, so that a compiler prints it in an error.
///
///     sentence s; s << "inner sizes " << 128 << " and " << 100 << " differ";
struct sentence {
    static constexpr std::size_t room = 320;
    char text[room]{};

    constexpr sentence() = default;
    constexpr sentence(std::string_view words) { *this << words; }
    constexpr sentence(const char* words) { *this << std::string_view(words); }

    constexpr std::size_t size() const {
        std::size_t n = 0;
        while (n + 1 < room && text[n] != '\0') ++n;
        return n;
    }
    constexpr std::string_view view() const { return {text, size()}; }
    constexpr const char* data() const { return text; }  // size() and data() make it a text for C++26's static_assert
    /// Plain loops, because clang evaluates this in an attribute, where it gives up on string_view's functions.
    constexpr bool has(const char* words) const {
        for (const char* from = text; from == text || from[-1] != '\0'; ++from) {
            std::size_t n = 0;
            while (words[n] != '\0' && from[n] == words[n]) ++n;
            if (words[n] == '\0') return true;
        }
        return false;
    }

    /// Text that does not fit is cut and ends in "...".
    friend constexpr sentence& operator<<(sentence& s, std::string_view words) {
        std::size_t n = s.size();
        if (n + 1 == room) return s;  // cut before
        for (char c : words) {
            if (n + 4 >= room) {
                for (char dot : {'.', '.', '.'}) s.text[n++] = dot;
                return s;
            }
            s.text[n++] = c;
        }
        return s;
    }
    friend constexpr sentence& operator<<(sentence& s, std::int64_t n) {
        char digits[24]{};
        std::size_t first = sizeof digits;
        const bool negative = n < 0;
        do {
            const auto digit = static_cast<int>(n % 10);
            digits[--first] = static_cast<char>('0' + (negative ? -digit : digit));
            n /= 10;
        } while (n != 0);
        if (negative) digits[--first] = '-';
        return s << std::string_view(digits + first, sizeof digits - first);
    }
    friend constexpr sentence& operator<<(sentence& s, int n) { return s << static_cast<std::int64_t>(n); }
    friend constexpr sentence& operator<<(sentence& s, std::size_t n) { return s << static_cast<std::int64_t>(n); }
    friend constexpr bool operator==(const sentence&, const sentence&) = default;
};

}  // namespace gradus
