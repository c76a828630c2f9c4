// SPDX-License-Identifier: BSL-1.0
// NumPy's .npz files: a zip archive with an .npy file for each tensor. `numpy.load` reads what is written here, and
// what `numpy.savez` and `numpy.savez_compressed` write is read. libzip knows zip; it checks the sum of each part.
#pragma once
#include <gradus/data/named_tensor.hpp>
#include <gradus/data/npy.hpp>
#include <zip.h>

namespace gradus {

namespace detail {

inline constexpr std::string_view npy_ending = ".npy";
inline constexpr std::string_view empty_archive{"PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22};

/// An archive that is given up unless it was closed.
struct zip_closer {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* part) const { zip_fclose(part); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using zip_archive = std::unique_ptr<zip_t, zip_closer>;
using zip_part = std::unique_ptr<zip_file_t, zip_closer>;
using zip_bytes = std::unique_ptr<zip_source_t, zip_closer>;

struct zip_trouble {
    zip_error_t error;
    zip_trouble() { zip_error_init(&error); }
    zip_trouble(const zip_trouble&) = delete;
    ~zip_trouble() { zip_error_fini(&error); }
    std::string words() { return zip_error_strerror(&error); }
};

/// An archive over bytes, which must live on. Null: the trouble says why.
inline zip_archive open_zip(zip_bytes source, int how, zip_trouble& trouble) {
    if (!source) return nullptr;
    zip_archive archive(zip_open_from_source(source.get(), how, &trouble.error));
    if (archive) source.release();  // the archive has it now
    return archive;
}

/// All bytes of a part.
inline std::string read_part(zip_t* archive, zip_uint64_t which, const std::string& what) {
    const zip_part part(zip_fopen_index(archive, which, 0));
    if (!part) throw data_error(what + ": cannot be unpacked: " + zip_strerror(archive));
    std::string bytes;
    std::vector<char> piece(1 << 16);  // the size that the archive tells may be damaged
    while (true) {
        const zip_int64_t got = zip_fread(part.get(), piece.data(), piece.size());
        if (got < 0) throw data_error(what + ": is damaged: " + zip_file_strerror(part.get()));
        if (got == 0) return bytes;
        bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
}

/// The text in an array of rank 0 with NumPy's type '<U16' (four bytes for a character); only ASCII is wanted.
inline std::string npy_text(std::string_view bytes, const std::string& what) {
    const npy_header header = npy_header_of(bytes, what);
    bytes.remove_prefix(header.start);
    const std::size_t length = bytes.size() / 4;
    if (!header.shape.empty() || header.type != "<U" + std::to_string(std::max<std::size_t>(length, 1)) ||
        bytes.size() != 4 * length)
        throw data_error(what + ": is not a text");
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        std::uint32_t c = 0;
        std::memcpy(&c, bytes.data() + i, 4);
        if (c > 126) throw data_error(what + ": is not a text of ASCII");
        if (c != 0) text += static_cast<char>(c);  // NumPy pads with zeros
    }
    return text;
}
inline std::string npy_of_text(const std::string& text) {
    const std::size_t length = std::max<std::size_t>(text.size(), 1);
    std::string bytes = npy_start("<U" + std::to_string(length), std::vector<std::int64_t>{});
    for (std::size_t i = 0; i < length; ++i) {
        const std::uint32_t c = i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
        bytes.append(reinterpret_cast<const char*>(&c), 4);
    }
    return bytes;
}

/// The tensor in the bytes of an .npy file.
inline named_tensor npy_tensor(std::string name, std::string_view bytes, const std::string& what) {
    const npy_header header = npy_header_of(bytes, what);
    named_tensor found{std::move(name), {}, {header.shape.begin(), header.shape.end()}, {}};
    if (header.type.starts_with('>'))
        throw data_error(what + ": is big-endian, " + in_quotes(header.type) + "; save a.astype('<" +
                         header.type.substr(1) + "') in its place");
    for (const number_type& t : number_types)
        if (t.npy == header.type) found.type = t;
    if (found.type.name.empty())
        throw data_error(what + ": holds " + in_quotes(header.type) + ", which is no type of numbers that is known");
    const std::int64_t wanted = size_in_bytes(found.type, found.dims);
    bytes.remove_prefix(header.start);
    if (wanted < 0 || static_cast<std::uint64_t>(wanted) != bytes.size())
        throw data_error(what + ": has " + std::to_string(bytes.size()) +
                         " bytes of numbers, its shape and type want " + std::to_string(wanted));
    found.bytes = bytes;
    return found;
}

}  // namespace detail

/// The tensors of an .npz file, in its order, without their ending ".npy". Arrays called "__metadata__/..." are words.
///
/// Error   "w.npz: is not a zip archive, or is cut off: ...", "w.npz: 'fc1.weight': is big-endian, '>f4'; ..."
inline tensor_file read_npz(const std::string& path) {
    const std::string bytes = read_file(path);
    if (bytes.size() < detail::empty_archive.size())  // libzip takes no bytes for an archive
        throw data_error(path + ": is not a zip archive, or is cut off: it has " + std::to_string(bytes.size()) +
                         " bytes");
    detail::zip_trouble trouble;
    const detail::zip_archive archive =
        detail::open_zip(detail::zip_bytes(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &trouble.error)),
                         ZIP_RDONLY | ZIP_CHECKCONS, trouble);
    if (!archive) throw data_error(path + ": is not a zip archive, or is cut off or damaged: " + trouble.words());
    tensor_file file;
    const auto parts = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
    const std::string own = std::string(detail::metadata_name) + "/";
    for (zip_uint64_t i = 0; i < parts; ++i) {
        const char* const full = zip_get_name(archive.get(), i, ZIP_FL_ENC_RAW);
        if (full == nullptr) throw data_error(path + ": a part has no name: " + zip_strerror(archive.get()));
        std::string name = full;
        const std::string what = path + ": " + detail::in_quotes(name);
        if (!name.ends_with(detail::npy_ending)) throw data_error(what + ": is no .npy file");
        name.resize(name.size() - detail::npy_ending.size());
        const std::string part = detail::read_part(archive.get(), i, what);
        if (name.starts_with(own))
            file.metadata[name.substr(own.size())] = detail::npy_text(part, what);
        else
            file.tensors.push_back(detail::npy_tensor(std::move(name), part, what));
    }
    detail::check_names(file, path);
    return file;
}

/// Writes an .npz file, in the place of the one that may be there: see `replace_file`. The same content gives the same
/// bytes. Metadata become arrays of rank 0 with text: `str(f["__metadata__/fingerprint"])` in Python.
///
/// Error   "w.npz: two tensors are called 'fc1.weight'", and those of `replace_file`
inline void write_npz(const std::string& path, const tensor_file& file) {
    detail::check_names(file, path);
    std::vector<std::pair<std::string, std::string>> parts;
    for (const named_tensor& t : file.tensors) {
        if (t.type.npy.empty())
            throw data_error(path + ": " + detail::in_quotes(t.name) + " is " + std::string(t.type.name) +
                             ", which NumPy does not know");
        parts.emplace_back(t.name, detail::npy_start(std::string(t.type.npy), t.dims) + t.bytes);
    }
    for (const auto& [key, words] : file.metadata) {
        if (!std::all_of(words.begin(), words.end(), [](char c) { return c >= ' ' && c <= '~'; }))
            throw data_error(path + ": the metadata " + detail::in_quotes(key) + " is no text of ASCII");
        parts.emplace_back(std::string(detail::metadata_name) + "/" + key, detail::npy_of_text(words));
    }

    if (parts.empty()) {  // libzip makes no archive of nothing; this is what numpy.savez writes then
        replace_file(path, std::string(detail::empty_archive));
        return;
    }
    detail::zip_trouble trouble;
    const auto failed = [&](const std::string& why) { return data_error(path + ": cannot be packed: " + why); };
    const detail::zip_bytes whole(zip_source_buffer_create(nullptr, 0, 0, &trouble.error));
    if (!whole) throw failed(trouble.words());
    zip_source_keep(whole.get());  // the archive and we both have it
    detail::zip_archive archive = detail::open_zip(detail::zip_bytes(whole.get()), ZIP_TRUNCATE, trouble);
    if (!archive) throw failed(trouble.words());
    for (const auto& [name, bytes] : parts) {
        detail::zip_bytes source(zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0));
        if (!source) throw failed(zip_strerror(archive.get()));
        const zip_int64_t at = zip_file_add(archive.get(), (name + std::string(detail::npy_ending)).c_str(),
                                            source.get(), ZIP_FL_ENC_GUESS);
        if (at < 0) throw failed(zip_strerror(archive.get()));
        source.release();
        const auto which = static_cast<zip_uint64_t>(at);
        constexpr zip_uint16_t first_of_january_1980 = 1 << 5 | 1;
        if (zip_set_file_compression(archive.get(), which, ZIP_CM_STORE, 0) != 0 ||
            zip_file_set_dostime(archive.get(), which, 0, first_of_january_1980, 0) != 0)
            throw failed(zip_strerror(archive.get()));
    }
    if (zip_close(archive.get()) != 0) throw failed(zip_strerror(archive.get()));
    archive.release();
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_source_stat(whole.get(), &about) != 0 || zip_source_open(whole.get()) != 0)
        throw failed(zip_error_strerror(zip_source_error(whole.get())));
    std::string bytes(static_cast<std::size_t>(about.size), '\0');
    const zip_int64_t got = zip_source_read(whole.get(), bytes.data(), bytes.size());
    zip_source_close(whole.get());
    if (got != static_cast<zip_int64_t>(bytes.size())) throw failed("it could not be read back");
    replace_file(path, bytes);
}

}  // namespace gradus
