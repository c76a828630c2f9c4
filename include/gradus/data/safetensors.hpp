// SPDX-License-Identifier: BSL-1.0
// The safetensors format: the length of a header, the header in JSON (name, type, sizes and place of each tensor), and
// the numbers. https://huggingface.co/docs/safetensors has the format and its rules; all of them are checked.
#pragma once
#include <gradus/data/named_tensor.hpp>
#include <jansson.h>
#include <zlib.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <tuple>

namespace gradus {

namespace detail {

struct json_closer {
    void operator()(json_t* value) const { json_decref(value); }
};
/// A JSON value of the library jansson. nlohmann's costs each file that includes it 1 s to 2 s, this one nothing.
using json = std::unique_ptr<json_t, json_closer>;

inline json checked_json(json_t* value) {
    if (value == nullptr) throw std::bad_alloc();
    return json(value);
}
inline json json_text(std::string_view text) { return checked_json(json_stringn(text.data(), text.size())); }
inline void json_set(const json& object, const std::string& key, json value) {
    if (json_object_set_new(object.get(), key.c_str(), value.release()) != 0) throw std::bad_alloc();
}
inline void json_append(const json& array, std::size_t number) {
    if (json_array_append_new(array.get(), checked_json(json_integer(static_cast<json_int_t>(number))).release()) != 0)
        throw std::bad_alloc();
}

/// Our own sum of the numbers: the format has none. The words are those that zlib's crc32 gives, in hex.
inline std::string sum_of(std::string_view bytes) {
    char text[9];
    const uLong sum = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    std::snprintf(text, sizeof text, "%08lx", static_cast<unsigned long>(sum));
    return text;
}
inline constexpr const char* sum_key = "crc32";

/// A tensor and where its bytes lie.
struct placed_tensor {
    named_tensor tensor;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// An array of numbers from 0 on.
inline bool read_sizes(const json_t* array, std::vector<std::int64_t>& sizes) {
    if (!json_is_array(array)) return false;
    for (std::size_t i = 0; i < json_array_size(array); ++i) {
        const json_t* const size = json_array_get(array, i);
        if (!json_is_integer(size) || json_integer_value(size) < 0) return false;
        sizes.push_back(json_integer_value(size));
    }
    return true;
}

/// One entry of the header.
inline placed_tensor read_entry(const char* name, const json_t* entry, const std::string& path) {
    const auto wrong = [&](const std::string& why) { return data_error(path + ": " + in_quotes(name) + " " + why); };
    if (!json_is_object(entry)) throw wrong("is not described by dtype, shape and data_offsets");
    placed_tensor found;
    found.tensor.name = name;
    const char* const type = json_string_value(json_object_get(entry, "dtype"));
    if (type == nullptr) throw wrong("has no dtype");
    for (const number_type& t : number_types)
        if (t.safetensors == type) found.tensor.type = t;
    if (found.tensor.type.name.empty()) throw wrong("has the dtype " + in_quotes(type) + ", which is not known");
    if (!read_sizes(json_object_get(entry, "shape"), found.tensor.dims)) throw wrong("has no shape of whole numbers");
    std::vector<std::int64_t> place;
    if (!read_sizes(json_object_get(entry, "data_offsets"), place) || place.size() != 2 || place[0] > place[1])
        throw wrong("has no data_offsets");
    found.begin = place[0];
    found.end = place[1];
    const std::int64_t bytes = size_in_bytes(found.tensor.type, found.tensor.dims);
    if (bytes != found.end - found.begin)
        throw wrong("has " + std::to_string(found.end - found.begin) + " bytes, its shape and type want " +
                    (bytes < 0 ? "more than there can be" : std::to_string(bytes)));
    return found;
}

}  // namespace detail

/// The tensors and the metadata of a safetensors file.
///
/// Error   "w.safetensors: is cut off: ...", "... 'fc1.weight' has 96 bytes, its shape and type want 128"
inline tensor_file read_safetensors(const std::string& path) {
    const std::string bytes = read_file(path);
    const auto wrong = [&](const std::string& why) { return data_error(path + ": " + why); };
    constexpr std::size_t start = 8;
    if (bytes.size() < start + 2)
        throw wrong("is not a safetensors file: it has " + std::to_string(bytes.size()) + " bytes");
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), start);
    constexpr std::uint64_t longest = 100'000'000;  // the format's own limit
    if (bytes[start] != '{' || length > longest) throw wrong("is not a safetensors file");
    if (length > bytes.size() - start)
        throw wrong("is cut off: a header of " + std::to_string(length) + " bytes wanted, " +
                    std::to_string(bytes.size() - start) + " there");
    json_error_t error;
    const detail::json header(
        json_loadb(bytes.data() + start, static_cast<std::size_t>(length), JSON_REJECT_DUPLICATES, &error));
    if (!header || !json_is_object(header.get()))
        throw wrong("its header is no JSON object: " + std::string(header ? "" : error.text));

    tensor_file file;
    std::vector<detail::placed_tensor> all;
    for (void* i = json_object_iter(header.get()); i != nullptr; i = json_object_iter_next(header.get(), i)) {
        const char* const name = json_object_iter_key(i);
        if (name != detail::metadata_name) {
            all.push_back(detail::read_entry(name, json_object_iter_value(i), path));
            continue;
        }
        json_t* const words = json_object_iter_value(i);
        if (!json_is_object(words)) throw wrong("its __metadata__ is no JSON object");
        for (void* k = json_object_iter(words); k != nullptr; k = json_object_iter_next(words, k)) {
            const json_t* const word = json_object_iter_value(k);
            if (!json_is_string(word)) throw wrong("its __metadata__ holds something that is no text");
            file.metadata[json_object_iter_key(k)].assign(json_string_value(word), json_string_length(word));
        }
    }
    // Every byte belongs to one tensor: so nothing is hidden in a file, and nothing is missing.
    const std::string_view numbers = std::string_view(bytes).substr(start + static_cast<std::size_t>(length));
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::tie(a.begin, a.end, a.tensor.name) < std::tie(b.begin, b.end, b.tensor.name);
    });
    std::int64_t at = 0;
    for (detail::placed_tensor& t : all) {
        if (t.begin != at)
            throw wrong(detail::in_quotes(t.tensor.name) + " begins at byte " + std::to_string(t.begin) + ", wanted " +
                        std::to_string(at));
        at = t.end;
        if (static_cast<std::uint64_t>(at) > numbers.size())
            throw wrong("is cut off: " + detail::in_quotes(t.tensor.name) + " ends at byte " + std::to_string(at) +
                        " of the numbers, " + std::to_string(numbers.size()) + " there");
        t.tensor.bytes = numbers.substr(static_cast<std::size_t>(t.begin), static_cast<std::size_t>(t.end - t.begin));
        file.tensors.push_back(std::move(t.tensor));
    }
    if (static_cast<std::uint64_t>(at) != numbers.size())
        throw wrong("is too long: " + std::to_string(at) + " bytes of numbers wanted, " +
                    std::to_string(numbers.size()) + " there");
    if (const auto sum = file.metadata.find(detail::sum_key); sum != file.metadata.end()) {
        if (sum->second != detail::sum_of(numbers))
            throw wrong("is damaged: its numbers do not have the sum that it says");
        file.metadata.erase(sum);
    }
    return file;
}

/// Writes a safetensors file, in the place of the one that may be there: see `replace_file`. Its metadata gets one word
/// more, `crc32`, because the format does not protect the numbers.
///
/// Error   "w.safetensors: two tensors are called 'fc1.weight'", and those of `replace_file`
inline void write_safetensors(const std::string& path, const tensor_file& file) {
    detail::check_names(file, path);
    // Large numbers first: each tensor then begins at a multiple of its numbers' size.
    std::vector<const named_tensor*> order;
    for (const named_tensor& t : file.tensors) order.push_back(&t);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
        return a->type.bytes != b->type.bytes ? a->type.bytes > b->type.bytes : a < b;  // else in the order given
    });
    std::string numbers;
    for (const named_tensor* t : order) numbers += t->bytes;

    const detail::json header = detail::checked_json(json_object());
    detail::json metadata = detail::checked_json(json_object());
    for (const auto& [key, word] : file.metadata) detail::json_set(metadata, key, detail::json_text(word));
    detail::json_set(metadata, detail::sum_key, detail::json_text(detail::sum_of(numbers)));
    detail::json_set(header, std::string(detail::metadata_name), std::move(metadata));
    std::size_t at = 0;
    for (const named_tensor* t : order) {
        detail::json entry = detail::checked_json(json_object());
        detail::json shape = detail::checked_json(json_array());
        for (const std::int64_t size : t->dims) detail::json_append(shape, static_cast<std::size_t>(size));
        detail::json place = detail::checked_json(json_array());
        detail::json_append(place, at);
        detail::json_append(place, at + t->bytes.size());
        detail::json_set(entry, "dtype", detail::json_text(t->type.safetensors));
        detail::json_set(entry, "shape", std::move(shape));
        detail::json_set(entry, "data_offsets", std::move(place));
        detail::json_set(header, t->name, std::move(entry));
        at += t->bytes.size();
    }
    const std::unique_ptr<char, void (*)(void*)> text(json_dumps(header.get(), JSON_COMPACT), std::free);
    if (!text) throw std::bad_alloc();
    std::string words = text.get();
    words.resize((words.size() + 7) / 8 * 8, ' ');  // the numbers begin at a multiple of 8
    const std::uint64_t length = words.size();
    std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
    bytes += words;
    bytes += numbers;
    replace_file(path, bytes);
}

}  // namespace gradus
