// SPDX-License-Identifier: BSL-1.0
// Tensors by name: their types, sizes in bytes, and which names a file can hold.
#include <boost/test/unit_test.hpp>
#include <gradus/data/named_tensor.hpp>
#include "weights.hpp"

using namespace gradus;

BOOST_AUTO_TEST_SUITE(named_tensors)

static_assert(number_type_of<float>().name == "float32" && number_type_of<float>().bytes == sizeof(float));
static_assert(number_type_of<double>().name == "float64" && number_type_of<double>().bytes == sizeof(double));
static_assert(number_type_of<std::int64_t>().name == "int64");

BOOST_AUTO_TEST_CASE(no_two_types_share_a_word) {
    for (const number_type& a : number_types)
        for (const number_type& b : number_types) {
            if (&a == &b) continue;
            BOOST_TEST(a.name != b.name);
            BOOST_TEST(a.safetensors != b.safetensors);
            BOOST_TEST((a.npy != b.npy || a.npy.empty()));
        }
}
BOOST_AUTO_TEST_CASE(sizes_give_bytes) {
    const number_type f = number_type_of<float>();
    BOOST_TEST(detail::size_in_bytes(f, {}) == 4);
    BOOST_TEST(detail::size_in_bytes(f, {3, 5}) == 60);
    BOOST_TEST(detail::size_in_bytes(f, {3, 0, 5}) == 0);
}
BOOST_AUTO_TEST_CASE(sizes_that_no_memory_holds_give_none) {
    const number_type f = number_type_of<float>();
    BOOST_TEST(detail::size_in_bytes(f, {1ll << 32, 1ll << 32}) == -1);
    BOOST_TEST(detail::size_in_bytes(f, {1ll << 62, 0, 1ll << 62}) == -1);
    BOOST_TEST(detail::size_in_bytes(f, {-1}) == -1);
}
BOOST_AUTO_TEST_CASE(text_in_utf8_is_told_from_other_bytes) {
    for (const char* good : {"", "fc1.weight", "Größe", "漢字", "🙂", "\x7f\x01"})
        BOOST_TEST(detail::is_utf8(good), good);
    for (const char* bad : {"\xff", "\xc3", "a\xc3(", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\x80", "\xf8\x88\x80\x80\x80"})
        BOOST_TEST(!detail::is_utf8(bad), bad);
}
BOOST_AUTO_TEST_CASE(names_that_no_file_can_hold_are_refused) {
    const tests::folder in;
    const auto names = [&](std::vector<std::string> all) {
        tensor_file file;
        for (const std::string& name : all) file.tensors.push_back(tests::tensor<float>(name, {}, {1}));
        return tests::words_of<data_error>([&] { detail::check_names(file, "w"); }, in);
    };
    BOOST_TEST(names({"a", "b", ""}) == "");
    BOOST_TEST(names({"a", "b", "a"}) == "w: two tensors are called 'a'");
    BOOST_TEST(names({"a\xff"}) == "w: the name 'a?' is no text in UTF-8");
    BOOST_TEST(names({std::string("a\0b", 3)}) == "w: the name 'a?b' is no text in UTF-8");
    BOOST_TEST(names({"__metadata__"}) ==
               "w: a tensor cannot be called '__metadata__', the file keeps that name for itself");
}

BOOST_AUTO_TEST_SUITE_END()
