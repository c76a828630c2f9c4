// SPDX-License-Identifier: BSL-1.0
// From DOT text to files: the text itself, or a picture made by the `dot` program of Graphviz. No shell is involved,
// and a file appears whole or not at all.
#pragma once
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace gradus {

/// A picture could not be made or written; says which file, and what to do where that is known.
struct render_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// How `render` works.
struct render_options {
    int dpi = 144;  ///< for PNG alone: in an SVG it would clip the picture
    std::string program = "dot";
};

namespace drawing {

/// A new file beside `path` that takes its name at the end; if that does not happen, it is removed.
class file_in_progress {
  public:
    explicit file_in_progress(const std::string& path) : path_(path) {
        for (int attempt = 0; fd_ < 0 && attempt < 100; ++attempt) {
            name_ = path + ".part" + std::to_string(getpid()) + "-" + std::to_string(attempt);
            fd_ = open(name_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (fd_ < 0 && errno != EEXIST) break;
        }
        if (fd_ < 0) fail(errno);
    }
    file_in_progress(const file_in_progress&) = delete;
    file_in_progress& operator=(const file_in_progress&) = delete;
    ~file_in_progress() {
        if (fd_ >= 0) close(fd_);
        if (!done_) unlink(name_.c_str());
    }
    int fd() const { return fd_; }
    void write(std::string_view text) {
        while (!text.empty()) {
            const ssize_t n = ::write(fd_, text.data(), text.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(errno);
            text.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    void finish() {
        const bool closed = close(fd_) == 0;  // a full disk may be noticed only here
        fd_ = -1;
        if (!closed || std::rename(name_.c_str(), path_.c_str()) != 0) fail(errno);
        done_ = true;
    }

  private:
    [[noreturn]] void fail(int why) const { throw render_error("cannot write " + path_ + ": " + std::strerror(why)); }

    std::string path_;
    std::string name_;
    int fd_ = -1;
    bool done_ = false;
};

/// A file without a name, gone when it is closed.
struct unnamed_file {
    std::FILE* file = std::tmpfile();

    unnamed_file() {
        if (!file) throw render_error(std::string("cannot make a temporary file: ") + std::strerror(errno));
    }
    unnamed_file(const unnamed_file&) = delete;
    unnamed_file& operator=(const unnamed_file&) = delete;
    ~unnamed_file() { std::fclose(file); }
    int fd() const { return fileno(file); }
};

}  // namespace drawing

/// Writes DOT text to a file. Error: `render_error` with the path and the reason.
inline void save_dot(const std::string& path, std::string_view dot) {
    drawing::file_in_progress out(path);
    out.write(dot);
    out.finish();
}

/// Draws DOT text into a .svg, .png or .pdf file.
///
///     render("layers.svg", draw_layers(graph_of(loss)));
///
/// Error   `render_error`: "dot not found: apt-get install graphviz", what `dot` complains of, or why the file cannot
/// be
///         written. An old file at that path is then untouched.
inline void render(const std::string& path, std::string_view dot, const render_options& options = {}) {
    const std::size_t point = path.rfind('.');
    const std::string format = point == std::string::npos ? "" : path.substr(point + 1);
    if (format != "svg" && format != "png" && format != "pdf")
        throw render_error("a path ending in .svg, .png or .pdf is wanted, '" + path + "' is given");

    const drawing::unnamed_file in;
    const drawing::unnamed_file complaints;
    if (std::fwrite(dot.data(), 1, dot.size(), in.file) != dot.size() || std::fflush(in.file) != 0)
        throw render_error(std::string("cannot write a temporary file: ") + std::strerror(errno));
    lseek(in.fd(), 0, SEEK_SET);
    drawing::file_in_progress out(path);

    std::string arguments[] = {options.program, "-T" + format, "-Gdpi=" + std::to_string(options.dpi)};
    char* argv[] = {arguments[0].data(), arguments[1].data(), format == "png" ? arguments[2].data() : nullptr, nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in.fd(), 0);
    posix_spawn_file_actions_adddup2(&files, out.fd(), 1);
    posix_spawn_file_actions_adddup2(&files, complaints.fd(), 2);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, argv[0], &files, nullptr, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed == ENOENT) throw render_error(options.program + " not found: apt-get install graphviz");
    if (failed != 0) throw render_error("cannot start " + options.program + ": " + std::strerror(failed));

    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw render_error(std::string("cannot wait for dot: ") + std::strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        throw render_error(options.program + " not found: apt-get install graphviz");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::string words(2000, '\0');
        std::rewind(complaints.file);
        words.resize(std::fread(words.data(), 1, words.size(), complaints.file));
        throw render_error("dot cannot draw " + path + ": " + words);
    }
    out.finish();
}

}  // namespace gradus
