// SPDX-License-Identifier: BSL-1.0
// Whole files: what is read, and that a file is replaced as a whole or not at all, whatever happens in between.
#include <boost/test/unit_test.hpp>
#include <gradus/data/file.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <algorithm>
#include <csignal>
#include "folder.hpp"

using namespace gradus;

namespace {

/// Runs `f` in a process of its own and gives its wait status.
template <class F> int in_a_child(F f) {
    const pid_t child = ::fork();
    if (child == 0) {
        f();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}
void limit_file_size(rlim_t bytes) {
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}
std::size_t files_in(const tests::folder& in) {
    std::size_t n = 0;
    for (const auto& entry : std::filesystem::directory_iterator(in.path)) n += entry.exists();
    return n;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
    const tests::folder in;
    const std::string path = (in.path / "a").string();
    std::string bytes(100000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
    replace_file(path, bytes);
    BOOST_TEST((read_file(path) == bytes));
    replace_file(path, "");
    BOOST_TEST(read_file(path).empty());
    BOOST_TEST(files_in(in) == 1u);
}
BOOST_AUTO_TEST_CASE(a_file_without_a_folder_in_its_name_lies_in_the_working_directory) {
    const tests::folder in;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(in.path);
    replace_file("a", "here");
    std::filesystem::current_path(before);
    BOOST_TEST(read_file((in.path / "a").string()) == "here");
}
BOOST_AUTO_TEST_CASE(a_new_file_has_the_rights_that_new_files_have) {
    const tests::folder in;
    const std::string path = (in.path / "a").string();
    replace_file(path, "new");
    in.file("b", "new");
    BOOST_TEST((std::filesystem::status(path).permissions() == std::filesystem::status(in.path / "b").permissions()));
}
BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_error) {
    const tests::folder in;
    const auto read = [&](const std::string& path) {
        return tests::words_of<data_error>([&] { read_file(path); }, in);
    };
    BOOST_TEST(read((in.path / "no").string()) == "no: cannot be read: No such file or directory");
    std::filesystem::create_directory(in.path / "d");
    BOOST_TEST(read((in.path / "d").string()) == "d: cannot be read: Is a directory");
    BOOST_TEST(read("/dev/zero") == "/dev/zero: is not a regular file");
}
BOOST_AUTO_TEST_CASE(what_cannot_be_written_is_an_error) {
    const tests::folder in;
    const auto write = [&](const std::string& path) {
        return tests::words_of<data_error>([&] { replace_file(path, "new"); }, in);
    };
    BOOST_TEST(write((in.path / "no" / "a").string()) == "no/a: cannot be written: No such file or directory");
    std::filesystem::create_directory(in.path / "d");
    BOOST_TEST(write((in.path / "d").string()) == "d: cannot be written: it is not a regular file");
    BOOST_TEST(files_in(in) == 1u);
}
BOOST_AUTO_TEST_CASE(a_device_stays_a_device) {
    if (!std::filesystem::exists("/dev/full")) return;
    const tests::folder in;
    // Through a link, so that a mistake costs this link and not the device.
    const auto link = in.path / "full";
    std::filesystem::create_symlink("/dev/full", link);
    BOOST_TEST(tests::words_of<data_error>([&] { replace_file(link.string(), "new"); }, in) ==
               "full: cannot be written: it is not a regular file");
    BOOST_TEST(std::filesystem::is_symlink(link));
}
BOOST_AUTO_TEST_CASE(a_link_stays_and_what_it_leads_to_is_replaced) {
    const tests::folder in;
    std::filesystem::create_directory(in.path / "d");
    const std::string target = in.file("d/a", "old");
    const auto link = in.path / "link";
    std::filesystem::create_symlink(target, link);
    replace_file(link.string(), "new");
    BOOST_TEST(std::filesystem::is_symlink(link));
    BOOST_TEST(read_file(target) == "new");
    BOOST_TEST(files_in(in) == 2u);
}
BOOST_AUTO_TEST_CASE(a_full_disk_is_told) {
    if (!std::filesystem::exists("/dev/full")) return;
    const detail::descriptor full(::open("/dev/full", O_WRONLY));
    BOOST_TEST(!detail::write_through(full.number(), "some bytes"));
    BOOST_TEST(errno == ENOSPC);
}
BOOST_AUTO_TEST_CASE(a_write_that_fails_in_the_middle_leaves_the_old_file_and_no_other) {
    const tests::folder in;
    const std::string path = in.file("a", "old");
    const int status = in_a_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        limit_file_size(1000);
        const std::string words = tests::words_of<data_error>([&] { replace_file(path, std::string(5000, 'n')); }, in);
        ::_exit(words == "a: cannot be written: File too large; the old file is as it was" ? 7 : 1);
    });
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 7);
    BOOST_TEST(read_file(path) == "old");
    BOOST_TEST(files_in(in) == 1u);
}
BOOST_AUTO_TEST_CASE(a_process_that_dies_in_the_middle_of_a_write_leaves_the_old_file) {
    const tests::folder in;
    const std::string path = in.file("a", "old");
    const int status = in_a_child([&] {
        ::signal(SIGXFSZ, SIG_DFL);
        limit_file_size(1000);  // the write that goes beyond kills the process
        replace_file(path, std::string(5000, 'n'));
    });
    BOOST_TEST(WIFSIGNALED(status));
    BOOST_TEST(read_file(path) == "old");
    BOOST_TEST(files_in(in) == 2u);  // nobody was left to remove the temporary file
    replace_file(path, "new");
    BOOST_TEST(read_file(path) == "new");
}
BOOST_AUTO_TEST_CASE(a_process_killed_at_any_time_leaves_a_whole_file) {
    const tests::folder in;
    const std::string path = (in.path / "a").string();
    const std::string one(3000000, '1');
    const std::string two(2000000, '2');
    replace_file(path, one);
    for (int i = 0; i < 20; ++i) {
        const pid_t child = ::fork();
        if (child == 0)
            while (true) {
                replace_file(path, two);
                replace_file(path, one);
            }
        ::usleep(static_cast<useconds_t>(1000 + 1700 * i));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        const std::string found = read_file(path);
        BOOST_TEST((found == one || found == two));
    }
}

BOOST_AUTO_TEST_SUITE_END()
