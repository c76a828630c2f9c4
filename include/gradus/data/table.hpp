// SPDX-License-Identifier: BSL-1.0
// Reads tables of numbers (comma or space separated, plain or gzip) and NumPy's .npy files, and writes .npy. What
// cannot be used is an error that names the file, the place and the text.
#pragma once
#include <gradus/data/tensor.hpp>
#include <zlib.h>
#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// A data file that cannot be used; `what()` begins with the file's name.
struct data_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What a table looks like before its numbers begin.
struct table_format {
    std::size_t header_lines = 0;  ///< lines before the numbers; they are kept as words
    std::size_t columns = 0;       ///< 0: as many as the first row has
};

/// A table of numbers: (rows, columns), and the words of the lines before them.
template <class T> struct table {
    xt::xtensor<T, 2> values;
    std::vector<std::vector<std::string>> header;
};

namespace detail {

inline std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string written = "'";
    for (const char c : text.substr(0, longest)) {
        // Bytes that a terminal cannot show come from files that are no text at all.
        const bool shown = c >= ' ' && c <= '~';
        written += shown ? c : '?';
    }
    return written + (text.size() > longest ? "...'" : "'");
}

/// All bytes of a file, unpacked if it is a gzip file.
inline std::string bytes_of(const std::string& path) {
    struct closer {
        void operator()(gzFile file) const { gzclose_r(file); }
    };
    errno = 0;
    std::unique_ptr<gzFile_s, closer> file(gzopen(path.c_str(), "rb"));
    if (!file) throw data_error(path + ": cannot be opened: " + (errno != 0 ? std::strerror(errno) : "out of memory"));
    std::string bytes;
    std::vector<char> piece(1 << 16);
    int got = 0;
    while ((got = gzread(file.get(), piece.data(), static_cast<unsigned>(piece.size()))) > 0) {
        bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
    int code = Z_OK;
    const std::string words = gzerror(file.get(), &code);
    if (code == Z_ERRNO) throw data_error(path + ": cannot be read: " + std::strerror(errno));
    // zlib calls the end of a file in the middle of a gzip stream a buffer error.
    if (code == Z_BUF_ERROR) {
        throw data_error(path + ": the gzip file is cut off, after " + std::to_string(bytes.size()) +
                         " unpacked bytes");
    }
    if (got < 0) throw data_error(path + ": the gzip file is damaged: " + words);
    const bool is_packed = gzdirect(file.get()) == 0;
    if (path.ends_with(".gz") && !is_packed && !bytes.empty()) {
        throw data_error(path + ": is named .gz but is not a gzip file");
    }
    if (bytes.empty()) throw data_error(path + ": is empty");
    return bytes;
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

/// The fields of a line: between commas if it has any, else between spaces.
inline void split_line(std::string_view line, std::vector<std::string_view>& fields) {
    fields.clear();
    const bool commas = line.find(',') != std::string_view::npos;
    while (true) {
        const std::size_t end = commas ? line.find(',') : line.find_first_of(" \t");
        fields.push_back(trimmed(line.substr(0, end)));
        if (end == std::string_view::npos) return;
        line.remove_prefix(end + 1);
        if (!commas) line = trimmed(line);
    }
}

/// A number as a person writes it: 7, not 7.000000.
inline std::string written(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

inline std::string at_line(const std::string& path, std::size_t line) {
    return path + ":" + std::to_string(line) + ": ";
}

/// A finite number, or an error that says where it should have been.
template <class T> T number(std::string_view field, const std::string& path, std::size_t line, std::size_t column) {
    const auto wrong = [&](const std::string& why) {
        return data_error(at_line(path, line) + "column " + std::to_string(column) + ": " + why);
    };
    if (field.empty()) throw wrong("there is no number");
    const char* first = field.data();
    const char* const last = first + field.size();
    if (*first == '+') ++first;
    T value{};
    const auto [end, code] = std::from_chars(first, last, value);
    if (code == std::errc::result_out_of_range) {
        throw wrong(in_quotes(field) + " does not fit into the type of the table");
    }
    if (code != std::errc{} || end != last) {
        throw wrong(in_quotes(field) + (std::is_integral_v<T> ? " is not a whole number" : " is not a number"));
    }
    if constexpr (std::is_floating_point_v<T>) {
        if (!std::isfinite(value)) throw wrong(in_quotes(field) + " is not finite");
    }
    return value;
}

}  // namespace detail

/// The numbers of a text file, plain or gzip, whose fields are separated by commas or by spaces; blank lines are
/// skipped.
///
///     read_table<float>("iris.csv", {.header_lines = 1}).values   // (150, 5)
///
/// Error  "iris.csv:7: column 3: 'abc' is not a number", "... 'nan' is not finite", "... 4 columns, wanted 5"
template <class T = float> table<T> read_table(const std::string& path, table_format format = {}) {
    const std::string bytes = detail::bytes_of(path);
    std::string_view left = bytes;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (left.starts_with(byte_order_mark)) left.remove_prefix(byte_order_mark.size());

    table<T> result;
    std::vector<T> values;
    std::vector<std::string_view> fields;
    std::size_t rows = 0;
    for (std::size_t line_number = 1; !left.empty(); ++line_number) {
        const std::size_t end = left.find('\n');
        const std::string_view line = detail::trimmed(left.substr(0, end));
        left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
        if (line.empty()) continue;
        detail::split_line(line, fields);
        if (result.header.size() < format.header_lines) {
            result.header.emplace_back(fields.begin(), fields.end());
            continue;
        }
        if (format.columns == 0) format.columns = fields.size();
        if (fields.size() != format.columns) {
            throw data_error(detail::at_line(path, line_number) + std::to_string(fields.size()) + " columns, wanted " +
                             std::to_string(format.columns));
        }
        for (std::size_t column = 0; column < fields.size(); ++column) {
            values.push_back(detail::number<T>(fields[column], path, line_number, column + 1));
        }
        ++rows;
    }
    if (rows == 0) throw data_error(path + ": has no rows of numbers");
    result.values.resize({rows, format.columns});
    std::copy(values.begin(), values.end(), result.values.data());
    return result;
}

namespace detail {

/// NumPy's word for a type of numbers: '<f4' is a little-endian float of 4 bytes.
template <class T> std::string npy_type() {
    static_assert(std::is_arithmetic_v<T> && sizeof(T) <= 8 && !std::is_same_v<T, bool>);
    const char kind = std::is_floating_point_v<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
    return std::string(1, sizeof(T) == 1 ? '|' : '<') + kind + std::to_string(sizeof(T));
}

/// The text after `'key':` in the header of an .npy file.
inline std::string_view npy_entry(std::string_view header, std::string_view key, const std::string& path) {
    const std::size_t at = header.find("'" + std::string(key) + "':");
    if (at == std::string_view::npos) throw data_error(path + ": the .npy header has no " + in_quotes(key));
    return trimmed(header.substr(at + key.size() + 3));
}

/// Copies numbers stored as S into T; one that T cannot hold, NaN or infinity is an error that names its index.
template <class S, class T, class Shape>
void npy_copy(const char* from, T* to, const Shape& shape, std::size_t count, const std::string& path) {
    for (std::size_t i = 0; i < count; ++i) {
        S stored;
        std::memcpy(&stored, from + i * sizeof(S), sizeof(S));
        const T value = static_cast<T>(stored);
        bool kept = true;
        if constexpr (std::is_floating_point_v<T>) kept = std::isfinite(value);
        if constexpr (std::is_integral_v<S> && std::is_integral_v<T>) kept = std::in_range<T>(stored);
        if (!kept) {
            std::string index;
            std::size_t rest = i;
            for (std::size_t axis = shape.size(); axis-- > 0;) {
                index = std::to_string(rest % shape[axis]) + (index.empty() ? "" : ", ") + index;
                rest /= shape[axis];
            }
            throw data_error(path + ": element [" + index + "] is " + written(static_cast<double>(stored)) +
                             ", which is not finite or does not fit into " + in_quotes(npy_type<T>()));
        }
        to[i] = value;
    }
}

}  // namespace detail

/// The tensor in a NumPy file (little endian, C order), also gzip. Floats of either size are read as T, integers as
/// an integer type or as floats.
///
///     read_npy<float, 2>("weights.npy")
///
/// Error  "weights.npy: has 3 dimensions, wanted 2", "... is cut off: ...", "... element [0, 2] is nan, ..."
template <class T, std::size_t N> xt::xtensor<T, N> read_npy(const std::string& path) {
    static_assert(N <= 6, "read_npy reads up to six dimensions");
    static_assert(std::endian::native == std::endian::little, "the bytes of .npy files are used as they are");
    const std::string bytes = detail::bytes_of(path);
    constexpr std::string_view magic = "\x93NUMPY";
    if (!bytes.starts_with(magic) || bytes.size() < 12) throw data_error(path + ": is not an .npy file");
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    // Version 1 gives the header's length in two bytes, later ones in four.
    const bool is_long = bytes[6] != 1;
    const std::size_t start = is_long ? 12 : 10;
    const std::size_t length = byte(8) + (byte(9) << 8) + (is_long ? (byte(10) << 16) + (byte(11) << 24) : 0);
    if (bytes.size() < start + length) throw data_error(path + ": is cut off in its header");
    const std::string_view header = std::string_view(bytes).substr(start, length);

    std::string_view type = detail::npy_entry(header, "descr", path);
    type = type.starts_with("'") ? type.substr(1, type.find('\'', 1) - 1) : type.substr(0, type.find('}'));
    if (detail::npy_entry(header, "fortran_order", path).starts_with("True")) {
        throw data_error(path + ": is in Fortran order; save numpy.ascontiguousarray(a) in its place");
    }
    std::string_view sizes = detail::npy_entry(header, "shape", path);
    const std::size_t end = sizes.find(')');
    if (!sizes.starts_with("(") || end == std::string_view::npos) {
        throw data_error(path + ": the .npy header has no shape, but " + detail::in_quotes(sizes));
    }
    sizes = sizes.substr(1, end - 1);
    std::vector<std::size_t> shape;
    while (!(sizes = detail::trimmed(sizes)).empty()) {
        const std::size_t comma = sizes.find(',');
        const std::string_view size = detail::trimmed(sizes.substr(0, comma));
        std::size_t value = 0;
        const auto [last, code] = std::from_chars(size.data(), size.data() + size.size(), value);
        if (code != std::errc{} || last != size.data() + size.size()) {
            throw data_error(path + ": the .npy header has a shape with " + detail::in_quotes(size));
        }
        shape.push_back(value);
        sizes.remove_prefix(comma == std::string_view::npos ? sizes.size() : comma + 1);
    }
    if (shape.size() != N) {
        throw data_error(path + ": has " + std::to_string(shape.size()) + " dimensions, wanted " + std::to_string(N));
    }
    const char* const numbers = bytes.data() + start + length;
    const std::size_t there = bytes.size() - start - length;
    // A count that overflows would pass the test of the length below.
    std::size_t count = 1;
    for (const std::size_t size : shape) {
        if (size != 0 && count > std::numeric_limits<std::size_t>::max() / 8 / size) {
            throw data_error(path + ": the .npy header has a shape that no memory holds");
        }
        count *= size;
    }

    xt::xtensor<T, N> result;
    const auto read_as = [&]<class S>(S) {
        if (type != detail::npy_type<S>()) return false;
        if constexpr (std::is_floating_point_v<S> && std::is_integral_v<T>) {
            throw data_error(path + ": holds " + detail::in_quotes(type) + ", wanted whole numbers as " +
                             detail::in_quotes(detail::npy_type<T>()));
        } else {
            if (there != count * sizeof(S)) {
                throw data_error(path + (there < count * sizeof(S) ? ": is cut off: " : ": is too long: ") +
                                 std::to_string(count * sizeof(S)) + " bytes of numbers wanted, " +
                                 std::to_string(there) + " there");
            }
            typename xt::xtensor<T, N>::shape_type own{};
            std::copy(shape.begin(), shape.end(), own.begin());
            result.resize(own);
            detail::npy_copy<S>(numbers, result.data(), shape, count, path);
            return true;
        }
    };
    const bool known = read_as(float{}) || read_as(double{}) || read_as(std::int32_t{}) || read_as(std::int64_t{}) ||
                       read_as(std::uint8_t{}) || read_as(std::int8_t{}) || read_as(std::int16_t{}) ||
                       read_as(std::uint16_t{}) || read_as(std::uint32_t{}) || read_as(std::uint64_t{});
    if (!known) {
        throw data_error(path + ": holds " + detail::in_quotes(type) +
                         "; little-endian floats of 4 or 8 bytes and integers can be read");
    }
    return result;
}

/// Writes a tensor as a NumPy file that `numpy.load` reads.
///
/// Error  "weights.npy: cannot be written: No space left on device"
template <class T, std::size_t N> void write_npy(const std::string& path, const xt::xtensor<T, N>& tensor) {
    static_assert(N <= 6, "write_npy writes up to six dimensions");
    static_assert(std::endian::native == std::endian::little, "the bytes of .npy files are used as they are");
    std::string header = "{'descr': '" + detail::npy_type<T>() + "', 'fortran_order': False, 'shape': (";
    for (const auto size : tensor.shape()) header += std::to_string(size) + (N == 1 ? "," : ", ");
    if (N > 1) header.resize(header.size() - 2);
    header += "), }";
    // The numbers begin at a multiple of 64 bytes, and the header ends in a newline: the format wants it so.
    header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 10 - 1, ' ');
    header += '\n';
    std::string start = "\x93NUMPY\x01";
    start += '\0';
    start += static_cast<char>(header.size() & 255);
    start += static_cast<char>(header.size() >> 8);

    std::FILE* const file = std::fopen(path.c_str(), "wb");
    bool written = file != nullptr;
    const auto write = [&](const void* bytes, std::size_t count) {
        written = written && std::fwrite(bytes, 1, count, file) == count;
    };
    write(start.data(), start.size());
    write(header.data(), header.size());
    write(tensor.data(), tensor.size() * sizeof(T));
    const int trouble = errno;
    if (file != nullptr && std::fclose(file) != 0) written = false;
    if (!written) throw data_error(path + ": cannot be written: " + std::strerror(errno != 0 ? errno : trouble));
}

}  // namespace gradus
