// SPDX-License-Identifier: BSL-1.0
// safetensors files: what is written and read, and each rule of the format that a file can break.
#include <boost/test/unit_test.hpp>
#include <gradus/data/safetensors.hpp>
#include "weights.hpp"

using namespace gradus;

namespace {

tensor_file some() {
    tensor_file file;
    file.tensors.push_back(tests::tensor<float>("fc1.weight", {2, 3}, {1, 2, 3, 4, 5, -6.5f}));
    file.tensors.push_back(tests::tensor<double>("scale", {}, {0.1}));
    file.tensors.push_back(tests::tensor<float>("fc1.bias", {2}, {0, 1e-40f}));
    file.metadata["fingerprint"] = "0123456789abcdef";
    return file;
}
std::string written(const tests::folder& in, const tensor_file& file) {
    const std::string path = (in.path / "w.safetensors").string();
    write_safetensors(path, file);
    return tests::bytes_of_file(path);
}
tensor_file read_back(const tests::folder& in, std::string_view bytes) {
    return read_safetensors(in.file("w.safetensors", bytes));
}
std::string with_header(std::string_view header, std::size_t numbers) {
    const std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), 8) + std::string(header) + std::string(numbers, '\0');
}
/// What reading a file with this header and so many bytes of numbers says.
std::string words(std::string_view header, std::size_t numbers) {
    const tests::folder in;
    const std::string path = in.file("w", with_header(header, numbers));
    return tests::words_of<data_error>([&] { read_safetensors(path); }, in);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(safetensors)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
    const tests::folder in;
    BOOST_TEST(tests::same(read_back(in, written(in, some())), some()));
}
BOOST_AUTO_TEST_CASE(python_reads_what_was_written) {
    const tests::folder in;
    const std::string path = (in.path / "w.safetensors").string();
    write_safetensors(path, some());
    BOOST_TEST(tests::as_python_reads(path) ==
               "5 arrays\n\"fingerprint\" metadata [] 0123456789abcdef\n"
               "\"crc32\" metadata [] " +
                   read_file(path).substr(read_file(path).find("crc32") + 8, 8) +
                   "\n"
                   "\"scale\" F64 [] [0.1]\n"
                   "\"fc1.weight\" F32 [2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, -6.5]\n"
                   "\"fc1.bias\" F32 [2] [0.0, 9.99994610111476e-41]\n");
}
BOOST_AUTO_TEST_CASE(each_tensor_begins_at_a_multiple_of_its_numbers) {
    const tests::folder in;
    tensor_file file = some();
    file.tensors.push_back({"bytes", number_types[8], {3}, "abc"});
    file.tensors.push_back(tests::tensor<double>("late", {1}, {2}));
    const std::string bytes = written(in, file);
    for (const char* number : {"\"data_offsets\":[0,8]", "\"data_offsets\":[8,16]", "\"data_offsets\":[16,40]"})
        BOOST_TEST(bytes.find(number) != std::string::npos, number);
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    BOOST_TEST(length % 8 == 0u);
}
BOOST_AUTO_TEST_CASE(names_may_have_any_characters) {
    const tests::folder in;
    tensor_file file;
    for (const char* name :
         {"a b", "", "..", "new\nline", "\x01\x1f\x7f", "\"quotes\"'\\", "Größe", "漢字", "🙂", "{}"})
        file.tensors.push_back(tests::tensor<float>(name, {1}, {static_cast<float>(file.tensors.size())}));
    file.metadata["\"who\"\n"] = "Jürgen\t\"x\"";
    BOOST_TEST(tests::same(read_back(in, written(in, file)), file));
}
BOOST_AUTO_TEST_CASE(empty_files_and_tensors_come_back) {
    const tests::folder in;
    BOOST_TEST(read_back(in, written(in, {})).tensors.empty());
    tensor_file file;
    file.tensors.push_back(tests::tensor<float>("none", {0, 3}, {}));
    file.tensors.push_back(tests::tensor<float>("one", {}, {1}));
    BOOST_TEST(tests::same(read_back(in, written(in, file)), file));
    BOOST_TEST(words("{}", 0) == "");
    BOOST_TEST(words("{}      ", 0) == "");  // spaces may fill up the header
}
BOOST_AUTO_TEST_CASE(all_types_of_numbers_come_back) {
    const tests::folder in;
    tensor_file file;
    for (const number_type& t : number_types)
        file.tensors.push_back({std::string(t.name), t, {2}, std::string(2 * t.bytes, 'x')});
    BOOST_TEST(tests::same(read_back(in, written(in, file)), file));
}
BOOST_AUTO_TEST_CASE(a_header_that_is_not_whole_is_refused) {
    const tests::folder in;
    const auto read = [&](std::string_view bytes) {
        const std::string path = in.file("w", bytes);
        return tests::words_of<data_error>([&] { read_safetensors(path); }, in);
    };
    BOOST_TEST(read("") == "w: is not a safetensors file: it has 0 bytes");
    BOOST_TEST(read("a text that is longer") == "w: is not a safetensors file");
    BOOST_TEST(read(std::string("\x20\0\0\0\0\0\0\0{}", 10)) == "w: is cut off: a header of 32 bytes wanted, 2 there");
    BOOST_TEST(read(std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10)) == "w: is not a safetensors file");
    BOOST_TEST(words("{\"a\"}", 0).find("w: its header is no JSON object: ") == 0u);
    BOOST_TEST(words("{} x", 0).find("w: its header is no JSON object: ") == 0u);
    BOOST_TEST(words("{\"a\": 1, \"a\": 1}", 0).find("w: its header is no JSON object: duplicate") == 0u);
    BOOST_TEST(words("{\"\xff\": 1}", 0).find("w: its header is no JSON object: ") == 0u);
    BOOST_TEST(words("{" + std::string(100000, '['), 0).find("w: its header is no JSON object: ") == 0u);
}
BOOST_AUTO_TEST_CASE(an_entry_that_is_not_whole_is_refused) {
    const auto entry = [](const std::string& text) { return words("{\"a\":" + text + "}", 4); };
    BOOST_TEST(entry(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})") == "");
    BOOST_TEST(entry("1") == "w: 'a' is not described by dtype, shape and data_offsets");
    BOOST_TEST(entry(R"({"shape":[1],"data_offsets":[0,4]})") == "w: 'a' has no dtype");
    BOOST_TEST(entry(R"({"dtype":"F31","shape":[1],"data_offsets":[0,4]})") ==
               "w: 'a' has the dtype 'F31', which is not known");
    for (const char* shape : {"1", "[1.0]", "[-1]", "[\"1\"]", "{}", "null"})
        BOOST_TEST(entry(R"({"dtype":"F32","shape":)" + std::string(shape) + R"(,"data_offsets":[0,4]})") ==
                   "w: 'a' has no shape of whole numbers");
    for (const char* place : {"[4,0]", "[0]", "[0,1,4]", "[-4,0]", "4", "null"})
        BOOST_TEST(entry(R"({"dtype":"F32","shape":[1],"data_offsets":)" + std::string(place) + "}") ==
                   "w: 'a' has no data_offsets");
    BOOST_TEST(entry(R"({"dtype":"F32","shape":[2],"data_offsets":[0,4]})") ==
               "w: 'a' has 4 bytes, its shape and type want 8");
    BOOST_TEST(entry(R"({"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]})") ==
               "w: 'a' has 4 bytes, its shape and type want more than there can be");
    BOOST_TEST(entry(R"({"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]})")
                   .find("w: its header is no JSON object: too big integer") == 0u);
    BOOST_TEST(words(R"({"__metadata__":1})", 0) == "w: its __metadata__ is no JSON object");
    BOOST_TEST(words(R"({"__metadata__":{"a":1}})", 0) == "w: its __metadata__ holds something that is no text");
}
BOOST_AUTO_TEST_CASE(every_byte_of_the_numbers_belongs_to_one_tensor) {
    const auto two = [](const std::string& a, const std::string& b, std::size_t numbers) {
        return words(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":)" + a +
                         R"(},"b":{"dtype":"F32","shape":[1],"data_offsets":)" + b + "}}",
                     numbers);
    };
    BOOST_TEST(two("[0,4]", "[4,8]", 8) == "");
    BOOST_TEST(two("[4,8]", "[0,4]", 8) == "");
    BOOST_TEST(two("[0,4]", "[8,12]", 12) == "w: 'b' begins at byte 8, wanted 4");
    BOOST_TEST(two("[0,4]", "[0,4]", 8) == "w: 'b' begins at byte 0, wanted 4");
    BOOST_TEST(two("[0,4]", "[4,8]", 7) == "w: is cut off: 'b' ends at byte 8 of the numbers, 7 there");
    BOOST_TEST(two("[0,4]", "[4,8]", 9) == "w: is too long: 8 bytes of numbers wanted, 9 there");
}
BOOST_AUTO_TEST_CASE(no_damage_is_worse_than_an_error_and_no_number_changes) {
    const tests::folder in;
    const tensor_file whole = some();
    int refused = 0;
    const std::string good = written(in, whole);
    tests::damaged(good, [&](const std::string& bytes, bool cut) {
        const std::string path = in.fresh_file("w.safetensors", bytes);
        try {
            const tensor_file found = read_safetensors(path);
            // Names, types and words of the header may have become others, as its user will find out.
            bool same = !cut && found.tensors.size() == whole.tensors.size();
            for (const named_tensor& t : found.tensors)
                same = same && std::any_of(whole.tensors.begin(), whole.tensors.end(),
                                           [&](const named_tensor& u) { return u.bytes == t.bytes; });
            if (!same) BOOST_ERROR("a damaged file is read as another one");
        } catch (const data_error& e) {
            ++refused;
            if (std::string_view(e.what()).find(path + ": ") != 0) BOOST_ERROR(e.what());
        }
    });
    BOOST_TEST(refused > 1000);
}
BOOST_AUTO_TEST_CASE(a_changed_number_is_found_by_our_own_sum) {
    const tests::folder in;
    std::string bytes = written(in, some());
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    const std::string path = in.file("w.safetensors", bytes);
    BOOST_TEST(tests::words_of<data_error>([&] { read_safetensors(path); }, in) ==
               "w.safetensors: is damaged: its numbers do not have the sum that it says");
}

BOOST_AUTO_TEST_SUITE_END()
