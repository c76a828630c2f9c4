// SPDX-License-Identifier: BSL-1.0
// Reads tables of numbers (comma or space separated, plain or gzip). What cannot be used is an error that names the
// file, the place and the text.
#pragma once
#include <gradus/data/file.hpp>
#include <gradus/data/tensor.hpp>
#include <zlib.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

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

}  // namespace gradus
