// SPDX-License-Identifier: BSL-1.0
// Tensors by name, as files of weights hold them: bytes, sizes, and a word for the type of their numbers.
#pragma once
#include <gradus/data/file.hpp>
#include <bit>
#include <cstdint>
#include <limits>
#include <map>
#include <type_traits>
#include <vector>

namespace gradus {

static_assert(std::endian::native == std::endian::little, "files of weights are little-endian, and used as they are");

/// A type of numbers, by the words of three communities.
struct number_type {
    std::string_view name;         ///< as NumPy and PyTorch call it; empty if not known
    std::string_view npy;          ///< in the header of an .npy file; empty where NumPy has no such type
    std::string_view safetensors;  ///< in the header of a safetensors file
    std::size_t bytes = 0;         ///< that one number takes

    friend bool operator==(const number_type& a, const number_type& b) { return a.name == b.name; }
};

// clang-format off
inline constexpr number_type number_types[] = {
    {"float32",  "<f4", "F32",  4},
    {"float64",  "<f8", "F64",  8},
    {"float16",  "<f2", "F16",  2},
    {"bfloat16", "",    "BF16", 2},
    {"int8",     "|i1", "I8",   1},
    {"int16",    "<i2", "I16",  2},
    {"int32",    "<i4", "I32",  4},
    {"int64",    "<i8", "I64",  8},
    {"uint8",    "|u1", "U8",   1},
    {"uint16",   "<u2", "U16",  2},
    {"uint32",   "<u4", "U32",  4},
    {"uint64",   "<u8", "U64",  8},
    {"bool",     "|b1", "BOOL", 1},
};
// clang-format on

/// The word for a C++ type of numbers.
template <class T> constexpr number_type number_type_of() {
    if constexpr (std::is_same_v<T, float>) return number_types[0];
    if constexpr (std::is_same_v<T, double>) return number_types[1];
    static_assert(std::is_floating_point_v<T> || std::is_same_v<T, std::int64_t>);
    return number_types[7];
}

/// A tensor of a file, in C order.
struct named_tensor {
    std::string name;
    number_type type;
    std::vector<std::int64_t> dims;
    std::string bytes;
};

/// What a file of weights holds: tensors in its order, and words about them.
struct tensor_file {
    std::vector<named_tensor> tensors;
    std::map<std::string, std::string> metadata;
};

namespace detail {

/// What safetensors keeps for its metadata; no tensor is called so in any format.
inline constexpr std::string_view metadata_name = "__metadata__";

/// The bytes that a tensor of these sizes takes, or a negative number if no memory holds them.
inline std::int64_t size_in_bytes(const number_type& type, const std::vector<std::int64_t>& dims) {
    std::int64_t n = static_cast<std::int64_t>(type.bytes);
    bool over = false;
    bool none = false;
    for (const std::int64_t size : dims) {
        over = over || size < 0 || (size != 0 && n > std::numeric_limits<std::int64_t>::max() / size);
        none = none || size == 0;
        if (!over && size != 0) n *= size;
    }
    return over ? -1 : none ? 0 : n;
}

/// Whether these bytes are text in UTF-8, which both formats want names to be.
inline bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned>(static_cast<unsigned char>(text[k])); };
        const unsigned first = byte(i);
        const std::size_t length = first < 0x80       ? 1
                                   : first >> 5 == 6  ? 2
                                   : first >> 4 == 14 ? 3
                                   : first >> 3 == 30 ? 4
                                                      : 0;
        if (length == 0 || i + length > text.size()) return false;
        unsigned code = length == 1 ? first : first & (0xffu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            if (byte(i + k) >> 6 != 2) return false;
            code = code << 6 | (byte(i + k) & 63);
        }
        constexpr unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
        i += length;
    }
    return true;
}

/// Refuses what no file can hold.
inline void check_names(const tensor_file& file, const std::string& path) {
    std::map<std::string_view, int> seen;
    for (const named_tensor& t : file.tensors) {
        if (++seen[t.name] > 1) throw data_error(path + ": two tensors are called " + in_quotes(t.name));
        if (!is_utf8(t.name) || t.name.find('\0') != std::string::npos)
            throw data_error(path + ": the name " + in_quotes(t.name) + " is no text in UTF-8");
        if (t.name.starts_with(metadata_name))
            throw data_error(path + ": a tensor cannot be called " + in_quotes(t.name) +
                             ", the file keeps that name for itself");
    }
}

}  // namespace detail
}  // namespace gradus
