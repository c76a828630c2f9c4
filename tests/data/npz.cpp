// SPDX-License-Identifier: BSL-1.0
// .npz files: written for NumPy, read from NumPy, and refused with words where they are damaged or something else.
#include <boost/test/unit_test.hpp>
#include <gradus/data/npz.hpp>
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
std::string npz_of(const tests::folder& in, const tensor_file& file) {
    const std::string path = (in.path / "w.npz").string();
    write_npz(path, file);
    return tests::bytes_of_file(path);
}
std::string read_words(const tests::folder& in, std::string_view bytes) {
    const std::string path = in.file("w.npz", bytes);
    return tests::words_of<data_error>([&] { read_npz(path); }, in);
}
/// An archive with one part.
std::string zip_with(const tests::folder& in, const std::string& name, const std::string& bytes) {
    const std::string path = (in.path / "z.zip").string();
    int code = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
    BOOST_REQUIRE(zip_close(archive) == 0);
    return tests::bytes_of_file(path);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(npz)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
    const tests::folder in;
    npz_of(in, some());
    const tensor_file back = read_npz((in.path / "w.npz").string());
    BOOST_TEST(tests::same(back, some()));
    BOOST_TEST(back.tensors.at(0).name == "fc1.weight");  // and in the same order
    BOOST_TEST(back.tensors.at(2).name == "fc1.bias");
}
BOOST_AUTO_TEST_CASE(python_reads_what_was_written) {
    const tests::folder in;
    npz_of(in, some());
    BOOST_TEST(tests::as_python_reads((in.path / "w.npz").string()) ==
               "4 arrays\n\"fc1.weight\" <f4 [2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, -6.5]\n"
               "\"scale\" <f8 [] [0.1]\n"
               "\"fc1.bias\" <f4 [2] [0.0, 9.99994610111476e-41]\n"
               "\"__metadata__/fingerprint\" <U16 [] 0123456789abcdef\n");
    tensor_file named;
    for (const char* name : {"a/b c", "Größe", "🙂"}) named.tensors.push_back(tests::tensor<float>(name, {1}, {1}));
    npz_of(in, named);
    BOOST_TEST(
        tests::as_python_reads((in.path / "w.npz").string()) ==
        "3 arrays\n\"a/b c\" <f4 [1] [1.0]\n\"Gr\\u00f6\\u00dfe\" <f4 [1] [1.0]\n\"\\ud83d\\ude42\" <f4 [1] [1.0]\n");
}
BOOST_AUTO_TEST_CASE(the_same_tensors_give_the_same_bytes) {
    const tests::folder in;
    const std::string first = npz_of(in, some());
    BOOST_TEST((npz_of(in, some()) == first));
}
BOOST_AUTO_TEST_CASE(a_file_of_nothing_is_one_of_no_tensors) {
    const tests::folder in;
    BOOST_TEST(npz_of(in, {}).size() == 22u);
    BOOST_TEST(read_npz((in.path / "w.npz").string()).tensors.empty());
    BOOST_TEST(tests::as_python_reads((in.path / "w.npz").string()) == "0 arrays\n");
}
BOOST_AUTO_TEST_CASE(names_may_have_any_characters) {
    const tests::folder in;
    tensor_file file;
    for (const char* name : {"a b", "", "..", "/root", "a/../b", "C:\\x", "new\nline", "\x01\x1f\x7f", "\"quotes\"'",
                             "Größe", "漢字", "🙂", "a.npy", "é"})
        file.tensors.push_back(tests::tensor<float>(name, {1}, {static_cast<float>(file.tensors.size())}));
    npz_of(in, file);
    BOOST_TEST(tests::same(read_npz((in.path / "w.npz").string()), file));
}
BOOST_AUTO_TEST_CASE(empty_tensors_and_words_come_back) {
    const tests::folder in;
    tensor_file file;
    file.tensors.push_back(tests::tensor<float>("none", {0, 3}, {}));
    file.metadata["empty"] = "";
    npz_of(in, file);
    BOOST_TEST(tests::same(read_npz((in.path / "w.npz").string()), file));
}
BOOST_AUTO_TEST_CASE(every_cut_file_is_refused_and_no_other_damage_changes_a_number) {
    const tests::folder in;
    const tensor_file whole = some();
    int refused = 0;
    tests::damaged(npz_of(in, whole), [&](const std::string& bytes, bool cut) {
        const std::string path = in.fresh_file("w.npz", bytes);
        try {
            const tensor_file found = read_npz(path);
            if (cut || !tests::same(found, whole)) BOOST_ERROR("a damaged file is read as another one");
        } catch (const data_error& e) {
            ++refused;
            if (std::string_view(e.what()).find(path + ": ") != 0) BOOST_ERROR(e.what());
        }
    });
    BOOST_TEST(refused > 3000);
}
BOOST_AUTO_TEST_CASE(what_is_no_archive_is_refused) {
    const tests::folder in;
    for (const char* text : {"", "P", "PK", "1,2,3\n4,5,6\n"})
        BOOST_TEST(read_words(in, text) == "w.npz: is not a zip archive, or is cut off: it has " +
                                               std::to_string(std::string(text).size()) + " bytes");
    BOOST_TEST(read_words(in, std::string(100, 'x')).find("w.npz: is not a zip archive, or is cut off or damaged: ") ==
               0u);
}
BOOST_AUTO_TEST_CASE(an_archive_of_something_else_is_refused) {
    const tests::folder in;
    BOOST_TEST(read_words(in, zip_with(in, "a.txt", "text")) == "w.npz: 'a.txt': is no .npy file");
    BOOST_TEST(read_words(in, zip_with(in, "a.npy", "text")) == "w.npz: 'a.npy': is not an .npy file");
    const auto npy = [](const std::string& type, const std::string& bytes) {
        return detail::npy_start(type, std::vector<int>{1}) + bytes;
    };
    BOOST_TEST(read_words(in, zip_with(in, "a.npy", npy("<f4", "1234"))) == "");
    BOOST_TEST(read_words(in, zip_with(in, "a.npy", npy("<f4", "12345"))) ==
               "w.npz: 'a.npy': has 5 bytes of numbers, its shape and type want 4");
    BOOST_TEST(read_words(in, zip_with(in, "a.npy", npy(">f4", "1234"))) ==
               "w.npz: 'a.npy': is big-endian, '>f4'; save a.astype('<f4') in its place");
    BOOST_TEST(read_words(in, zip_with(in, "a.npy", npy("|O", "1234"))) ==
               "w.npz: 'a.npy': holds '|O', which is no type of numbers that is known");
    BOOST_TEST(read_words(in, zip_with(in, "__metadata__/x.npy", npy("<f4", "1234"))) ==
               "w.npz: '__metadata__/x.npy': is not a text");
    BOOST_TEST(read_words(in, zip_with(in, "__metadata__.npy", npy("<f4", "1234"))) ==
               "w.npz: a tensor cannot be called '__metadata__', the file keeps that name for itself");
}
BOOST_AUTO_TEST_CASE(what_numpy_cannot_hold_is_not_written) {
    const tests::folder in;
    const auto write = [&](const tensor_file& file) {
        return tests::words_of<data_error>([&] { npz_of(in, file); }, in);
    };
    tensor_file half = some();
    half.tensors[0].type = number_types[3];
    BOOST_TEST(write(half) == "w.npz: 'fc1.weight' is bfloat16, which NumPy does not know");
    tensor_file umlaut = some();
    umlaut.metadata["who"] = "Jürgen";
    BOOST_TEST(write(umlaut) == "w.npz: the metadata 'who' is no text of ASCII");
    tensor_file twice = some();
    twice.tensors[1].name = "fc1.weight";
    BOOST_TEST(write(twice) == "w.npz: two tensors are called 'fc1.weight'");
    BOOST_TEST(std::filesystem::is_empty(in.path));
}

BOOST_AUTO_TEST_SUITE_END()
