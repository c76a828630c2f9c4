// SPDX-License-Identifier: BSL-1.0
// A folder for one test, removed when the test ends, and the words of an exception.
#pragma once
#include <zlib.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace tests {

struct folder {
    std::filesystem::path path;

    folder() {
        std::string name = (std::filesystem::temp_directory_path() / "gradus-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    folder(const folder&) = delete;
    ~folder() { std::filesystem::remove_all(path); }

    /// Writes a file and gives its path.
    std::string file(const std::string& name, std::string_view bytes) const {
        std::ofstream(path / name, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return (path / name).string();
    }
    /// The same with a new file. ext4 waits for the disk where an old one is cut to nothing and closed, as a guard
    /// against crashes: thousands of such files take a minute.
    std::string fresh_file(const std::string& name, std::string_view bytes) const {
        std::filesystem::remove(path / name);
        return file(name, bytes);
    }
    std::string gzip(const std::string& name, std::string_view bytes) const {
        const std::string place = (path / name).string();
        gzFile out = gzopen(place.c_str(), "wb");
        gzwrite(out, bytes.data(), static_cast<unsigned>(bytes.size()));
        gzclose(out);
        return place;
    }
};

/// What a call throws, as words; without the folder's name, which is another one each time. Nothing, if it throws not.
template <class Error, class Call> std::string words_of(Call call, const folder& in) {
    try {
        call();
    } catch (const Error& e) {
        std::string words = e.what();
        const std::string start = in.path.string() + "/";
        for (std::size_t at; (at = words.find(start)) != std::string::npos;) words.erase(at, start.size());
        return words;
    }
    return "";
}

inline std::string bytes_of_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace tests
