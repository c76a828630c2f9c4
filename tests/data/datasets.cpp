// SPDX-License-Identifier: BSL-1.0
// The lessons' data: their sizes and contents, what is done to them, and what is refused.
#include <boost/test/unit_test.hpp>
#include <gradus/data/datasets.hpp>
#include <set>
#include "folder.hpp"

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

std::vector<int> counts(const classification& data) {
    std::vector<int> of(data.classes.size());
    for (const int label : data.labels) ++of[static_cast<std::size_t>(label)];
    return of;
}

std::string digits_error(const tests::folder& in, std::string_view row) {
    in.gzip("digits.csv.gz", row);
    return tests::words_of<data_error>([&] { load_digits(in.path.string()); }, in);
}

std::string words_of_split(double share) {
    const tests::folder in;
    const regression ten{xt::xtensor<float, 2>(xt::xtensor<float, 2>::shape_type{10, 1}),
                         xt::xtensor<float, 1>(xt::xtensor<float, 1>::shape_type{10})};
    return tests::words_of<std::invalid_argument>([&] { split(ten, share, 1); }, in);
}

/// An environment variable for one test.
struct variable {
    variable(const char* value) { setenv("GRADUS_DATA", value, 1); }
    ~variable() { unsetenv("GRADUS_DATA"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(datasets)

BOOST_AUTO_TEST_CASE(digits_are_images_from_white_to_black) {
    const classification digits = load_digits();
    BOOST_TEST(digits.features.shape()[0] == 1797u);
    BOOST_TEST(digits.features.shape()[1] == 64u);
    BOOST_TEST(digits.labels.shape()[0] == 1797u);
    BOOST_TEST(digits.features(0, 2) == 5.f / 16);
    BOOST_TEST(*std::max_element(digits.features.begin(), digits.features.end()) == 1.f);
    BOOST_TEST(*std::min_element(digits.features.begin(), digits.features.end()) == 0.f);
    BOOST_TEST(digits.labels(0) == 0);
    BOOST_TEST(counts(digits) == (std::vector<int>{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}),
               tt::per_element());
}
BOOST_AUTO_TEST_CASE(the_small_sets_have_their_sizes_and_classes) {
    const classification iris = load_iris(), wine = load_wine(), cells = load_breast_cancer();
    BOOST_TEST(iris.features.shape()[1] == 4u);
    BOOST_TEST(iris.classes == (std::vector<std::string>{"setosa", "versicolor", "virginica"}), tt::per_element());
    BOOST_TEST(counts(iris) == (std::vector<int>{50, 50, 50}), tt::per_element());
    BOOST_TEST(wine.features.shape()[1] == 13u);
    BOOST_TEST(counts(wine) == (std::vector<int>{59, 71, 48}), tt::per_element());
    BOOST_TEST(cells.features.shape()[1] == 30u);
    BOOST_TEST(counts(cells) == (std::vector<int>{212, 357}), tt::per_element());
    const regression diabetes = load_diabetes();
    BOOST_TEST(diabetes.features.shape()[0] == 442u);
    BOOST_TEST(diabetes.features(0, 0) == 59.f);
    BOOST_TEST(diabetes.targets(0) == 151.f);
}

BOOST_AUTO_TEST_CASE(the_argument_wins_over_the_environment) {
    const tests::folder in;
    in.file("iris.csv", "2,1,a,b\n5,0\n6,1\n");
    const variable set("/no/such/place");
    BOOST_TEST(load_iris(in.path.string()).features.shape()[0] == 2u);
    BOOST_TEST(
        tests::words_of<data_error>([] { load_iris(); }, in)
            .starts_with(
                "cannot read 'iris.csv' in '/no/such/place' (the environment variable GRADUS_DATA): No such file or "
                "directory; "
                "the data directory is the argument of the loader, else the environment variable GRADUS_DATA, else '"));
}
BOOST_AUTO_TEST_CASE(the_environment_wins_over_the_built_in_place) {
    const tests::folder in;
    in.file("iris.csv", "2,1,a,b\n5,0\n6,1\n");
    const variable set(in.path.c_str());
    BOOST_TEST(load_iris().features.shape()[0] == 2u);
}

BOOST_AUTO_TEST_CASE(a_label_outside_the_classes_names_its_row) {
    const tests::folder in;
    const auto read = [&](std::string_view text) {
        const std::string path = in.file("t.csv", text);
        return tests::words_of<data_error>([&] { read_classification(path, {"head", "tail"}); }, in);
    };
    BOOST_TEST(read("1,0\n2,1\n") == "");
    BOOST_TEST(read("1,0\n2,2\n") == "t.csv: row 1 has the label 2, wanted a whole number from 0 to 1");
    BOOST_TEST(read("1,-1\n") == "t.csv: row 0 has the label -1, wanted a whole number from 0 to 1");
    BOOST_TEST(read("1,0.5\n") == "t.csv: row 0 has the label 0.5, wanted a whole number from 0 to 1");
    BOOST_TEST(read("1\n") == "t.csv: one column cannot hold features and a label");
}
BOOST_AUTO_TEST_CASE(a_first_line_that_does_not_fit_the_rows_is_refused) {
    const tests::folder in;
    const auto read = [&](std::string_view text) {
        const std::string path = in.file("t.csv", text);
        return tests::words_of<data_error>([&] { read_classification(path); }, in);
    };
    BOOST_TEST(read("3,1,a,b\n5,0\n6,1\n") ==
               "t.csv: the first line says 3 rows of 1 features and a label, there are 2 rows of 2 columns");
    BOOST_TEST(read("2,1\n5,0\n6,1\n") ==
               "t.csv:1: wanted the number of rows, of features, and the names of the classes");
    BOOST_TEST(read("two,1,a\n5,0\n") == "t.csv:1: column 1: 'two' is not a whole number");
}
BOOST_AUTO_TEST_CASE(digits_with_wrong_numbers_are_refused) {
    const tests::folder in;
    std::string white;
    for (int i = 0; i < 64; ++i) white += "0,";
    BOOST_TEST(digits_error(in, white + "3\n") == "");
    BOOST_TEST(digits_error(in, white + "10\n") ==
               "digits.csv.gz: row 0 has the label 10, wanted a whole number from 0 to 9");
    BOOST_TEST(digits_error(in, "17" + white.substr(1) + "3\n") ==
               "digits.csv.gz: row 0 has a pixel of 17, wanted 0 to 16");
    BOOST_TEST(digits_error(in, white + "3,1\n") == "digits.csv.gz:1: 66 columns, wanted 65");
}

BOOST_AUTO_TEST_CASE(a_split_gives_every_row_to_one_part) {
    const classification iris = load_iris();
    classification numbered = iris;
    for (std::size_t row = 0; row < 150; ++row) numbered.features(row, 0) = static_cast<float>(row);
    const auto [train, test] = split(numbered, 0.2, 7);
    BOOST_TEST(train.features.shape()[0] == 120u);
    BOOST_TEST(test.labels.shape()[0] == 30u);
    BOOST_TEST(test.classes == iris.classes, tt::per_element());
    std::set<float> seen;
    for (const auto* part : {&train, &test}) {
        for (std::size_t i = 0; i < part->labels.size(); ++i) {
            const std::size_t row = static_cast<std::size_t>(part->features(i, 0));
            seen.insert(part->features(i, 0));
            BOOST_TEST(part->labels(i) == iris.labels(row));
            BOOST_TEST(part->features(i, 3) == iris.features(row, 3));
        }
    }
    BOOST_TEST(seen.size() == 150u);
}
BOOST_AUTO_TEST_CASE(a_split_depends_on_the_seed_alone) {
    const regression diabetes = load_diabetes();
    const auto one = split(diabetes, 0.2, 1), again = split(diabetes, 0.2, 1), two = split(diabetes, 0.2, 2);
    BOOST_TEST((one.test.targets == again.test.targets));
    BOOST_TEST((one.test.targets != two.test.targets));
}
BOOST_AUTO_TEST_CASE(a_split_that_leaves_a_part_empty_is_refused) {
    BOOST_TEST(words_of_split(0.5) == "");
    BOOST_TEST(words_of_split(0) == "split: a share of 0 of 10 rows leaves one part empty");
    BOOST_TEST(words_of_split(1) == "split: a share of 1 of 10 rows leaves one part empty");
    BOOST_TEST(words_of_split(NAN) == "split: a share of nan of 10 rows leaves one part empty");
}

BOOST_AUTO_TEST_CASE(standardized_features_have_mean_0_and_deviation_1_in_the_train_part) {
    const auto wine = standardize(split(load_wine(), 0.2, 1));
    const scaling train = scaling_of(wine.train.features);
    for (std::size_t column = 0; column < 13; ++column) {
        // Float features of order 1 are rounded by 6e-8 each.
        BOOST_TEST(std::abs(train.mean[column]) < 1e-6);
        BOOST_TEST(train.deviation[column] == 1, tt::tolerance(1e-6));
    }
    // The test part is scaled by the train part's numbers, so its own mean is near 0 but not 0.
    const double mean = scaling_of(wine.test.features).mean[0];
    BOOST_TEST((std::abs(mean) > 1e-3 && std::abs(mean) < 0.6));
}
BOOST_AUTO_TEST_CASE(a_feature_that_never_changes_is_only_shifted) {
    const xt::xtensor<float, 2> same{{3, 1}, {3, 2}};
    BOOST_TEST((scaled(same, scaling_of(same)) == xt::xtensor<float, 2>{{0, -1}, {0, 1}}));
}
BOOST_AUTO_TEST_CASE(a_scaling_of_other_features_is_refused) {
    const tests::folder in;
    const scaling two{{0, 0}, {1, 1}};
    BOOST_TEST(tests::words_of<std::invalid_argument>([&] { scaled(xt::xtensor<float, 2>{{1}}, two); }, in) ==
               "scaled: the scaling is of 2 features, the table has 1");
}

BOOST_AUTO_TEST_CASE(one_hot_puts_a_one_in_the_place_of_the_class) {
    BOOST_TEST((one_hot({2, 0}, 3) == xt::xtensor<float, 2>{{0, 0, 1}, {1, 0, 0}}));
}
BOOST_AUTO_TEST_CASE(one_hot_refuses_a_label_outside_the_classes) {
    const tests::folder in;
    const auto refused = [&](int label) {
        return tests::words_of<std::invalid_argument>([&] { one_hot({0, label}, 3); }, in);
    };
    BOOST_TEST(refused(3) == "one_hot: row 1 has the label 3, wanted 0 to 2");
    BOOST_TEST(refused(-1) == "one_hot: row 1 has the label -1, wanted 0 to 2");
}
BOOST_AUTO_TEST_CASE(take_gives_rows_in_the_order_asked_for) {
    const xt::xtensor<int, 2> from{{1, 2}, {3, 4}, {5, 6}};
    BOOST_TEST((take(from, std::vector<std::size_t>{2, 0, 2}) == xt::xtensor<int, 2>{{5, 6}, {1, 2}, {5, 6}}));
    BOOST_CHECK_THROW(take(from, std::vector<std::size_t>{3}), std::out_of_range);
}

BOOST_AUTO_TEST_SUITE_END()
