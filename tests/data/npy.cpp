// SPDX-License-Identifier: BSL-1.0
// .npy files: what is written and read, and each way in which a file can be wrong.
#include <boost/test/unit_test.hpp>
#include <gradus/data/npy.hpp>
#include "folder.hpp"

using namespace gradus;
using namespace std::string_view_literals;

namespace {

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

BOOST_AUTO_TEST_SUITE(npy_files)

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
