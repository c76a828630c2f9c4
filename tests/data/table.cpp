// SPDX-License-Identifier: BSL-1.0
// Tables: what is read, and each way in which a file can be wrong.
#include <boost/test/unit_test.hpp>
#include <gradus/data/table.hpp>
#include "folder.hpp"

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

std::string table_error(std::string_view text, table_format format = {}) {
    const tests::folder in;
    const std::string path = in.file("t.csv", text);
    return tests::words_of<data_error>([&] { read_table<float>(path, format); }, in);
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

BOOST_AUTO_TEST_SUITE_END()
