// SPDX-License-Identifier: BSL-1.0
// Tables and .npy files: what is read, and each way in which a file can be wrong.
#include <boost/test/unit_test.hpp>
#include <gradus/data/table.hpp>
#include "folder.hpp"

using namespace gradus;
namespace tt = boost::test_tools;
using namespace std::string_view_literals;

namespace {

std::string table_error(std::string_view text, table_format format = {}) {
    const tests::folder in;
    const std::string path = in.file("t.csv", text);
    return tests::words_of<data_error>([&] { read_table<float>(path, format); }, in);
}

constexpr std::string_view npy_start = "\x93NUMPY\x01\x00v\x00"sv;

/// The bytes that numpy.save writes for this header, and these numbers.
template <class T> std::string npy(std::string header, const std::vector<T>& numbers) {
    header.resize(117, ' ');
    std::string bytes = std::string(npy_start) + header + "\n";
    bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T));
    return bytes;
}

template <class T, std::size_t N> std::string npy_error(std::string_view bytes) {
    const tests::folder in;
    const std::string path = in.file("a.npy", bytes);
    return tests::words_of<data_error>([&] { read_npy<T, N>(path); }, in);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(commas_and_spaces_separate_numbers) {
    const tests::folder in;
    const auto commas = read_table<float>(in.file("a.csv", "1,2.5,-3e1\n4, +5 ,6\n")).values;
    const auto spaces = read_table<float>(in.file("b.txt", "1 2.5  -3e1\r\n 4\t5 6 \r\n\r\n")).values;
    BOOST_TEST(commas.shape()[0] == 2u);
    BOOST_TEST(commas.shape()[1] == 3u);
    BOOST_TEST((commas == xt::xtensor<float, 2>{{1, 2.5f, -30}, {4, 5, 6}}));
    BOOST_TEST((commas == spaces));
}
BOOST_AUTO_TEST_CASE(a_gzip_file_reads_like_the_plain_one) {
    const tests::folder in;
    BOOST_TEST((read_table<double>(in.gzip("a.csv.gz", "1,2\n3,4")).values == xt::xtensor<double, 2>{{1, 2}, {3, 4}}));
}
BOOST_AUTO_TEST_CASE(header_lines_are_kept_as_words) {
    const tests::folder in;
    const auto read = read_table<int>(in.file("a.csv", "\xEF\xBB\xBFrows,two words\n7,8\n"), {.header_lines = 1});
    BOOST_TEST(read.header.at(0).at(0) == "rows");
    BOOST_TEST(read.header.at(0).at(1) == "two words");
    BOOST_TEST(read.values(0, 1) == 8);
}
BOOST_AUTO_TEST_CASE(a_word_among_numbers_is_named_with_its_place) {
    BOOST_TEST(table_error("1,2\n3,abc\n") == "t.csv:2: column 2: 'abc' is not a number");
    BOOST_TEST(table_error("1,2\n3,4x\n") == "t.csv:2: column 2: '4x' is not a number");
    BOOST_TEST(table_error("1,2\n,4\n") == "t.csv:2: column 1: there is no number");
    BOOST_TEST(table_error("1,2,\n") == "t.csv:1: column 3: there is no number");
    const tests::folder in;
    const std::string path = in.file("t.csv", "1.5");
    BOOST_TEST(tests::words_of<data_error>([&] { read_table<int>(path); }, in) ==
               "t.csv:1: column 1: '1.5' is not a whole number");
}
BOOST_AUTO_TEST_CASE(blank_lines_count_as_lines) {
    BOOST_TEST(table_error("1,2\n\n3,x\n") == "t.csv:3: column 2: 'x' is not a number");
}
BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_refused) {
    BOOST_TEST(table_error("1,nan\n") == "t.csv:1: column 2: 'nan' is not finite");
    BOOST_TEST(table_error("-inf 2\n") == "t.csv:1: column 1: '-inf' is not finite");
    BOOST_TEST(table_error("1e39\n") == "t.csv:1: column 1: '1e39' does not fit into the type of the table");
}
BOOST_AUTO_TEST_CASE(rows_have_the_same_number_of_columns) {
    BOOST_TEST(table_error("1,2,3\n4,5\n") == "t.csv:2: 2 columns, wanted 3");
    BOOST_TEST(table_error("1,2\n", {.columns = 3}) == "t.csv:1: 2 columns, wanted 3");
}
BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_shown_as_question_marks) {
    BOOST_TEST(table_error("\x01\xff"
                           "5\n") == "t.csv:1: column 1: '??5' is not a number");
    BOOST_TEST(table_error(std::string(50, 'a')) ==
               "t.csv:1: column 1: '" + std::string(40, 'a') + "...' is not a number");
}
BOOST_AUTO_TEST_CASE(a_file_without_numbers_is_refused) {
    BOOST_TEST(table_error("") == "t.csv: is empty");
    BOOST_TEST(table_error("\n \n") == "t.csv: has no rows of numbers");
    BOOST_TEST(table_error("a,b\n", {.header_lines = 1}) == "t.csv: has no rows of numbers");
}
BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_or_is_a_folder_is_refused) {
    const tests::folder in;
    const auto read = [&](const std::string& path) {
        return tests::words_of<data_error>([&] { read_table<float>(path); }, in);
    };
    BOOST_TEST(read((in.path / "no.csv").string()) == "no.csv: cannot be opened: No such file or directory");
    std::filesystem::create_directory(in.path / "d");
    BOOST_TEST(read((in.path / "d").string()) == "d: cannot be read: Is a directory");
}
BOOST_AUTO_TEST_CASE(a_gzip_file_that_is_cut_off_or_damaged_is_refused) {
    const tests::folder in;
    std::string text;
    for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
    const std::string whole = tests::bytes_of_file(in.gzip("a.gz", text));
    const auto read = [&](std::string_view bytes) {
        const std::string path = in.file("b.gz", bytes);
        return tests::words_of<data_error>([&] { read_table<float>(path); }, in);
    };
    BOOST_TEST(read(whole) == "");
    BOOST_TEST(read(whole.substr(0, whole.size() / 2)).find("b.gz: the gzip file is cut off, after ") == 0u);
    BOOST_TEST(read(whole.substr(0, whole.size() - 3)).find("b.gz: the gzip file is cut off, after ") == 0u);
    std::string damaged = whole;
    for (std::size_t i = whole.size() / 2; i < whole.size() / 2 + 40; ++i) damaged[i] = '\xff';
    BOOST_TEST(read(damaged).find("b.gz: the gzip file is damaged: ") == 0u);
    std::string other_sum = whole;
    other_sum[whole.size() - 8] = static_cast<char>(other_sum[whole.size() - 8] ^ 1);
    BOOST_TEST(read(other_sum).find("b.gz: the gzip file is damaged: ") == 0u);
    BOOST_TEST(read("1\n2\n") == "b.gz: is named .gz but is not a gzip file");
}

BOOST_AUTO_TEST_CASE(npy_is_written_as_numpy_writes_it) {
    const tests::folder in;
    const std::string path = (in.path / "a.npy").string();
    write_npy(path, xt::xtensor<float, 2>{{0, 1, 2}, {3, 4, 5}});
    const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    BOOST_TEST((tests::bytes_of_file(path) == npy<float>(header, {0, 1, 2, 3, 4, 5})));
    write_npy(path, xt::xtensor<int, 1>{7, 8});
    BOOST_TEST(
        (tests::bytes_of_file(path) == npy<int>("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", {7, 8})));
}
BOOST_AUTO_TEST_CASE(npy_comes_back_in_one_to_six_dimensions) {
    const tests::folder in;
    const std::string path = (in.path / "a.npy").string();
    const xt::xtensor<double, 1> one{0.1, -2};
    write_npy(path, one);
    BOOST_TEST((read_npy<double, 1>(path) == one));
    xt::xtensor<float, 6> six(xt::xtensor<float, 6>::shape_type{1, 2, 3, 1, 2, 2});
    for (std::size_t i = 0; i < six.size(); ++i) six.data()[i] = static_cast<float>(i) / 3;
    write_npy(path, six);
    BOOST_TEST((read_npy<float, 6>(path) == six));
    write_npy(path, xt::xtensor<float, 2>(xt::xtensor<float, 2>::shape_type{0, 3}));
    BOOST_TEST((read_npy<float, 2>(path).shape()[0] == 0u));
}
BOOST_AUTO_TEST_CASE(npy_numbers_become_the_wanted_type_if_it_holds_them) {
    const tests::folder in;
    const std::string doubles =
        in.file("d.npy", npy<double>("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", {0.5, 2}));
    BOOST_TEST((read_npy<float, 1>(doubles) == xt::xtensor<float, 1>{0.5f, 2}));
    const std::string bytes =
        in.file("u.npy", npy<unsigned char>("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }", {0, 255}));
    BOOST_TEST((read_npy<int, 2>(bytes) == xt::xtensor<int, 2>{{0, 255}}));
    BOOST_TEST((read_npy<float, 2>(bytes) == xt::xtensor<float, 2>{{0, 255}}));
    const std::string one = "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }";
    BOOST_TEST((npy_error<int, 1>(npy<std::int64_t>(one, {1ll << 40})) ==
                "a.npy: element [0] is 1.09951e+12, which is not finite or does not fit into '<i4'"));
    const std::string row = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }";
    BOOST_TEST((npy_error<float, 2>(npy<double>(row, {1, 1e300})) ==
                "a.npy: element [0, 1] is 1e+300, which is not finite or does not fit into '<f4'"));
    BOOST_TEST((npy_error<int, 2>(npy<double>(row, {1, 2})) == "a.npy: holds '<f8', wanted whole numbers as '<i4'"));
}
BOOST_AUTO_TEST_CASE(npy_that_is_not_finite_is_refused_with_its_index) {
    const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    BOOST_TEST((npy_error<float, 2>(npy<float>(header, {0, 1, 2, 3, NAN, 5})) ==
                "a.npy: element [1, 1] is nan, which is not finite or does not fit into '<f4'"));
}
BOOST_AUTO_TEST_CASE(npy_of_another_form_is_refused) {
    const auto of = [](const std::string& type, const std::string& order, const std::string& shape) {
        return npy<float>("{'descr': " + type + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }",
                          {1, 2, 3, 4});
    };
    BOOST_TEST((npy_error<float, 2>(of("'<f4'", "False", "(2, 2)")) == ""));
    BOOST_TEST((npy_error<float, 3>(of("'<f4'", "False", "(2, 2)")) == "a.npy: has 2 dimensions, wanted 3"));
    BOOST_TEST((npy_error<float, 2>(of("'<f4'", "True", "(2, 2)")) ==
                "a.npy: is in Fortran order; save numpy.ascontiguousarray(a) in its place"));
    BOOST_TEST((npy_error<float, 2>(of("'>f4'", "False", "(2, 2)")) ==
                "a.npy: holds '>f4'; little-endian floats of 4 or 8 bytes and integers can be read"));
    BOOST_TEST((npy_error<float, 2>(of("[('a', '<f4')]", "False", "(2, 2)")).find("a.npy: holds '[(") == 0u));
    BOOST_TEST((npy_error<float, 2>(of("'<f4'", "False", "(2, 3)")) ==
                "a.npy: is cut off: 24 bytes of numbers wanted, 16 there"));
    BOOST_TEST((npy_error<float, 2>(of("'<f4'", "False", "(1, 3)")) ==
                "a.npy: is too long: 12 bytes of numbers wanted, 16 there"));
    BOOST_TEST((npy_error<float, 2>(of("'<f4'", "False", "(2, x)")) == "a.npy: the .npy header has a shape with 'x'"));
    BOOST_TEST((npy_error<float, 2>(of("'<f4'", "False", "(4294967296, 4294967296)")) ==
                "a.npy: the .npy header has a shape that no memory holds"));
    BOOST_TEST((npy_error<float, 2>("1,2,3\n4,5,6\n") == "a.npy: is not an .npy file"));
    BOOST_TEST(
        (npy_error<float, 2>(of("'<f4'", "False", "(2, 2)").substr(0, 60)) == "a.npy: is cut off in its header"));
    BOOST_TEST(
        (npy_error<float, 2>(npy<float>("{'descr': '<f4', }", {})) == "a.npy: the .npy header has no 'fortran_order'"));
}
BOOST_AUTO_TEST_CASE(npy_that_cannot_be_written_is_an_error) {
    const tests::folder in;
    const xt::xtensor<float, 1> some{1};
    const std::string nowhere = (in.path / "no" / "a.npy").string();
    BOOST_TEST(tests::words_of<data_error>([&] { write_npy(nowhere, some); }, in) ==
               "no/a.npy: cannot be written: No such file or directory");
    if (std::filesystem::exists("/dev/full")) {
        BOOST_TEST(tests::words_of<data_error>([&] { write_npy("/dev/full", some); }, in) ==
                   "/dev/full: cannot be written: No space left on device");
    }
}

BOOST_AUTO_TEST_SUITE_END()
