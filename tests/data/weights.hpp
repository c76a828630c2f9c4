// SPDX-License-Identifier: BSL-1.0
// For tests of files of weights: tensors made of numbers, all damaged forms of a file, and a reader in Python.
#pragma once
#include <gradus/data/named_tensor.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include "folder.hpp"

namespace tests {

template <class T>
gradus::named_tensor tensor(const std::string& name, std::vector<std::int64_t> dims, const std::vector<T>& numbers) {
    gradus::named_tensor t{name, gradus::number_type_of<T>(), std::move(dims), {}};
    t.bytes.assign(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T));
    return t;
}
inline bool same(const gradus::tensor_file& a, const gradus::tensor_file& b) {
    bool is = a.tensors.size() == b.tensors.size() && a.metadata == b.metadata;
    for (const gradus::named_tensor& t : a.tensors) {
        bool found = false;
        for (const gradus::named_tensor& u : b.tensors)
            found = found || (t.name == u.name && t.type == u.type && t.dims == u.dims && t.bytes == u.bytes);
        is = is && found;
    }
    return is;
}

/// Calls `use` with each beginning of the bytes, and then with each byte changed in a few ways.
template <class Use> void damaged(const std::string& bytes, Use use) {
    for (std::size_t i = 0; i < bytes.size(); ++i) use(bytes.substr(0, i), true);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const int change : {0x01, 0x10, 0x80, 0xff}) {
            std::string other = bytes;
            other[i] = static_cast<char>(other[i] ^ change);
            use(other, false);
        }
}

/// What a command prints.
inline std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
    std::string text;
    char piece[4096];
    while (pipe && std::fgets(piece, sizeof piece, pipe.get()) != nullptr) text += piece;
    return text;
}
/// The file as Python's standard library (and NumPy, if it is there) reads it: a line for each tensor.
inline std::string as_python_reads(const std::string& path) {
    const char* const source = std::getenv("GRADUS_SOURCE");
    return output_of("python3 " + std::string(source ? source : ".") + "/tests/data/weights.py " + path);
}

}  // namespace tests
