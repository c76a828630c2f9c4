// SPDX-License-Identifier: BSL-1.0
// NumPy's .npy files: a header in Python's words, and the numbers as they lie in memory. Read and written as tensors;
// the header also serves data/npz.hpp.
#pragma once
#include <gradus/data/table.hpp>
#include <bit>

namespace gradus {

namespace detail {

static_assert(std::endian::native == std::endian::little, "the bytes of .npy files are used as they are");

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

/// What stands before the numbers of an .npy file.
struct npy_header {
    std::string type;                ///< NumPy's word, '<f4'
    std::vector<std::size_t> shape;  ///< C order
    std::size_t count = 1;           ///< how many numbers the shape holds; their bytes can be counted
    std::size_t start = 0;           ///< where they begin
};

/// The header of the bytes of an .npy file; `path` is for the words of errors.
inline npy_header npy_header_of(std::string_view bytes, const std::string& path) {
    constexpr std::string_view magic = "\x93NUMPY";
    if (!bytes.starts_with(magic) || bytes.size() < 12) throw data_error(path + ": is not an .npy file");
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    // Version 1 gives the header's length in two bytes, later ones in four.
    const bool is_long = bytes[6] != 1;
    const std::size_t start = is_long ? 12 : 10;
    const std::size_t length = byte(8) + (byte(9) << 8) + (is_long ? (byte(10) << 16) + (byte(11) << 24) : 0);
    if (bytes.size() < start + length) throw data_error(path + ": is cut off in its header");
    const std::string_view header = bytes.substr(start, length);

    npy_header found;
    std::string_view type = npy_entry(header, "descr", path);
    type = type.starts_with("'") ? type.substr(1, type.find('\'', 1) - 1) : type.substr(0, type.find('}'));
    found.type = type;
    if (npy_entry(header, "fortran_order", path).starts_with("True")) {
        throw data_error(path + ": is in Fortran order; save numpy.ascontiguousarray(a) in its place");
    }
    std::string_view sizes = npy_entry(header, "shape", path);
    const std::size_t end = sizes.find(')');
    if (!sizes.starts_with("(") || end == std::string_view::npos) {
        throw data_error(path + ": the .npy header has no shape, but " + in_quotes(sizes));
    }
    sizes = sizes.substr(1, end - 1);
    while (!(sizes = trimmed(sizes)).empty()) {
        const std::size_t comma = sizes.find(',');
        const std::string_view size = trimmed(sizes.substr(0, comma));
        std::size_t value = 0;
        const auto [last, code] = std::from_chars(size.data(), size.data() + size.size(), value);
        if (code != std::errc{} || last != size.data() + size.size()) {
            throw data_error(path + ": the .npy header has a shape with " + in_quotes(size));
        }
        found.shape.push_back(value);
        sizes.remove_prefix(comma == std::string_view::npos ? sizes.size() : comma + 1);
    }
    // A count that overflows would pass the test of the length below.
    for (const std::size_t size : found.shape) {
        if (size != 0 && found.count > std::numeric_limits<std::size_t>::max() / 8 / size) {
            throw data_error(path + ": the .npy header has a shape that no memory holds");
        }
        found.count *= size;
    }
    found.start = start + length;
    return found;
}

/// The bytes before the numbers of an .npy file.
template <class Shape> std::string npy_start(const std::string& type, const Shape& shape) {
    std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
    for (const auto size : shape) header += std::to_string(size) + (shape.size() == 1 ? "," : ", ");
    if (shape.size() > 1) header.resize(header.size() - 2);
    header += "), }";
    // The numbers begin at a multiple of 64 bytes, and the header ends in a newline: the format wants it so.
    header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 10 - 1, ' ');
    header += '\n';
    std::string start = "\x93NUMPY\x01";
    start += '\0';
    start += static_cast<char>(header.size() & 255);
    start += static_cast<char>(header.size() >> 8);
    return start + header;
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
    const std::string bytes = detail::bytes_of(path);
    const detail::npy_header header = detail::npy_header_of(bytes, path);
    if (header.shape.size() != N) {
        throw data_error(path + ": has " + std::to_string(header.shape.size()) + " dimensions, wanted " +
                         std::to_string(N));
    }
    const char* const numbers = bytes.data() + header.start;
    const std::size_t there = bytes.size() - header.start;

    xt::xtensor<T, N> result;
    const auto read_as = [&]<class S>(S) {
        if (header.type != detail::npy_type<S>()) return false;
        if constexpr (std::is_floating_point_v<S> && std::is_integral_v<T>) {
            throw data_error(path + ": holds " + detail::in_quotes(header.type) + ", wanted whole numbers as " +
                             detail::in_quotes(detail::npy_type<T>()));
        } else {
            if (there != header.count * sizeof(S)) {
                throw data_error(path + (there < header.count * sizeof(S) ? ": is cut off: " : ": is too long: ") +
                                 std::to_string(header.count * sizeof(S)) + " bytes of numbers wanted, " +
                                 std::to_string(there) + " there");
            }
            typename xt::xtensor<T, N>::shape_type own{};
            std::copy(header.shape.begin(), header.shape.end(), own.begin());
            result.resize(own);
            detail::npy_copy<S>(numbers, result.data(), header.shape, header.count, path);
            return true;
        }
    };
    const bool known = read_as(float{}) || read_as(double{}) || read_as(std::int32_t{}) || read_as(std::int64_t{}) ||
                       read_as(std::uint8_t{}) || read_as(std::int8_t{}) || read_as(std::int16_t{}) ||
                       read_as(std::uint16_t{}) || read_as(std::uint32_t{}) || read_as(std::uint64_t{});
    if (!known) {
        throw data_error(path + ": holds " + detail::in_quotes(header.type) +
                         "; little-endian floats of 4 or 8 bytes and integers can be read");
    }
    return result;
}

/// Writes a tensor as a NumPy file that `numpy.load` reads.
///
/// Error  "weights.npy: cannot be written: No space left on device"
template <class T, std::size_t N> void write_npy(const std::string& path, const xt::xtensor<T, N>& tensor) {
    static_assert(N <= 6, "write_npy writes up to six dimensions");
    const std::string start = detail::npy_start(detail::npy_type<T>(), tensor.shape());
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    bool written = file != nullptr;
    const auto write = [&](const void* bytes, std::size_t count) {
        written = written && std::fwrite(bytes, 1, count, file) == count;
    };
    write(start.data(), start.size());
    write(tensor.data(), tensor.size() * sizeof(T));
    const int trouble = errno;
    if (file != nullptr && std::fclose(file) != 0) written = false;
    if (!written) throw data_error(path + ": cannot be written: " + std::strerror(errno != 0 ? errno : trouble));
}

}  // namespace gradus
