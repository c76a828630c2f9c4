// SPDX-License-Identifier: BSL-1.0
// Whole files: read as they are, and replaced so that a crash leaves the old file or the new one, never half of one.
#pragma once
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gradus {

/// A data file that cannot be used; `what()` begins with the file's name.
struct data_error : std::runtime_error {
    using std::runtime_error::runtime_error;
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

/// A file of the system, closed when its time is over.
class descriptor {
  public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() { close(); }

    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    /// Whether all went well; a full disk may be told only now.
    bool close() {
        const int n = number_;
        number_ = -1;
        return n < 0 || ::close(n) == 0;
    }

  private:
    int number_;
};

/// Writes all bytes and waits until they are on the disk. False: errno says why not.
inline bool write_through(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

/// A new file beside `path`, whose name nobody else has.
inline int open_beside(const std::string& path, std::string& name) {
    for (int i = 0;; ++i) {
        name = path + "." + std::to_string(::getpid()) + "-" + std::to_string(i) + ".tmp";
        const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST) return file;
    }
}

/// The path of a file that is there, without links. (std::filesystem knows it, too, and costs 0.25 s with g++ 12.)
inline std::string behind_links(const std::string& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0 || !S_ISLNK(about.st_mode)) return path;
    char* const real = ::realpath(path.c_str(), nullptr);
    const std::string found = real == nullptr ? path : real;
    std::free(real);
    return found;
}

}  // namespace detail

/// All bytes of a file.
///
/// Error   "digits.npz: cannot be read: No such file or directory"
inline std::string read_file(const std::string& path) {
    const auto failed = [&] { return data_error(path + ": cannot be read: " + std::strerror(errno)); };
    detail::descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) throw failed();
    std::string bytes;
    struct stat about {};
    if (::fstat(file.number(), &about) == 0 && S_ISREG(about.st_mode))
        bytes.reserve(static_cast<std::size_t>(about.st_size));
    else if (!S_ISDIR(about.st_mode))  // a device may never end
        throw data_error(path + ": is not a regular file");
    char piece[1 << 15];
    while (true) {
        const ssize_t got = ::read(file.number(), piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw failed();
        if (got == 0) return bytes;
        bytes.append(piece, static_cast<std::size_t>(got));
    }
}

/// Writes a file in the place of the one that may be there. The bytes go to a temporary file in the same folder, to the
/// disk, and then the file is renamed: whatever happens, `path` is the old file or the new one. A process that is
/// killed meanwhile may leave the temporary file, `path.<process>-<number>.tmp`.
///
/// Error   "digits.npz: cannot be written: No space left on device; the old file is as it was"
inline void replace_file(const std::string& path, std::string_view bytes) {
    struct stat about {};
    const bool there = ::stat(path.c_str(), &about) == 0;
    // Renaming would put a plain file in the place of a device, and of a link.
    if (there && !S_ISREG(about.st_mode)) throw data_error(path + ": cannot be written: it is not a regular file");
    const std::string target = there ? detail::behind_links(path) : path;
    const auto failed = [&](int why) {
        return data_error(path + ": cannot be written: " + std::strerror(why) +
                          (there ? "; the old file is as it was" : ""));
    };
    std::string temporary;
    detail::descriptor file(detail::open_beside(target, temporary));
    if (!file.is_open()) throw failed(errno);
    bool done = detail::write_through(file.number(), bytes);
    int why = errno;
    if (!file.close() && done) {
        done = false;
        why = errno;
    }
    if (done && ::rename(temporary.c_str(), target.c_str()) != 0) {
        done = false;
        why = errno;
    }
    if (!done) {
        ::unlink(temporary.c_str());
        throw failed(why);
    }
    // The new name is on the disk when the folder is. Some file systems cannot do that; the file is whole all the same.
    const std::string folder = target.substr(0, target.rfind('/') + 1);
    const detail::descriptor place(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (place.is_open()) ::fsync(place.number());
}

}  // namespace gradus
