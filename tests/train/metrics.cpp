// SPDX-License-Identifier: BSL-1.0
// Accuracy and the confusion matrix, and the words for what they cannot count.
#include <gradus/train/metrics.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {

const xt::xtensor<float, 2> scores{{0.1f, 0.7f, 0.2f}, {0.9f, 0.f, 0.1f}, {0.2f, 0.3f, 0.5f}, {0.4f, 0.4f, 0.2f}};
const xt::xtensor<int, 1> labels{1, 0, 1, 0};

template <class E, class F> std::string words_of(F f) {
    try {
        f();
    } catch (const E& e) {
        return e.what();
    }
    return "nothing is thrown";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics)

BOOST_AUTO_TEST_CASE(accuracy_is_the_share_of_right_rows_and_ties_go_to_the_first_class) {
    BOOST_TEST(accuracy(scores, labels) == 0.75);
    const xt::xtensor<int, 1> classes{1, 0, 2, 0};
    BOOST_TEST(accuracy(classes, labels) == 0.75);
    const xt::xtensor<float, 1> as_numbers{1, 0, 1, 0};
    BOOST_TEST(accuracy(as_numbers, labels) == 1);
}

BOOST_AUTO_TEST_CASE(the_confusion_matrix_counts_true_classes_down_and_predicted_ones_across) {
    const xt::xtensor<int, 2> m = confusion_matrix(scores, labels, 3);
    const xt::xtensor<int, 2> wanted{{2, 0, 0}, {0, 1, 1}, {0, 0, 0}};
    BOOST_TEST((m == wanted));
}

BOOST_AUTO_TEST_CASE(the_matrix_as_text) {
    const xt::xtensor<int, 2> m{{12, 0}, {1, 3}};
    BOOST_TEST(confusion_text(m, {"cat", "goldfish"}) ==
               "           predicted\n"
               "     true       cat goldfish\n"
               "      cat        12        .\n"
               " goldfish         1        3\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_counted_is_told) {
    using std::invalid_argument;
    using std::out_of_range;
    const xt::xtensor<int, 1> three{1, 0, 1};
    BOOST_TEST(words_of<invalid_argument>([&] { accuracy(scores, three); }) == "accuracy: 4 predictions and 3 labels");
    BOOST_TEST(words_of<invalid_argument>([&] { confusion_matrix(scores, three, 3); }) ==
               "confusion_matrix: 4 predictions and 3 labels");
    const xt::xtensor<float, 2> no_scores = xt::xtensor<float, 2>::from_shape({0, 3});
    const xt::xtensor<int, 1> no_labels = xt::xtensor<int, 1>::from_shape({0});
    BOOST_TEST(words_of<invalid_argument>([&] { accuracy(no_scores, no_labels); }) == "accuracy: no rows");
    const xt::xtensor<float, 3> cube = xt::xtensor<float, 3>::from_shape({4, 3, 1});
    BOOST_TEST(words_of<invalid_argument>([&] { accuracy(cube, labels); }) ==
               "accuracy: (rows, classes) scores or (rows,) classes wanted, 3 dimensions given");
    const xt::xtensor<int, 1> strange{1, 0, 12, 0};
    BOOST_TEST(words_of<out_of_range>([&] { confusion_matrix(scores, strange, 10); }) ==
               "label 12 in row 2: there are 10 classes");
    const xt::xtensor<int, 1> negative{1, 0, -1, 0};
    BOOST_TEST(words_of<out_of_range>([&] { confusion_matrix(scores, negative, 10); }) ==
               "label -1 in row 2: there are 10 classes");
    BOOST_TEST(words_of<out_of_range>([&] { confusion_matrix(scores, labels, 2); }) ==
               "prediction 2 in row 2: there are 2 classes");
}

BOOST_AUTO_TEST_SUITE_END()
