// SPDX-License-Identifier: BSL-1.0
// Tests for train/trainable.hpp: which losses can be trained, and the words where one cannot.
#include <gradus/train/optimizer.hpp>
#include <gradus/train/trainable.hpp>
#include <gradus/typed.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto y = input<"y", batch>;
constexpr auto W = parameter<"W", 2, 3>;
constexpr auto v = parameter<"v", 2>;
constexpr auto z = matmul(x, transpose(W)) + v;

template <class E> std::string words(E) {
    fault f;
    return fits(detail::trainable_rule<E>::apply(&f)) ? "" : std::string(f.why.view());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(trainable)

BOOST_AUTO_TEST_CASE(a_scalar_loss_with_parameters_is_trained) {
    BOOST_TEST(words(mean(cross_entropy(z, y))) == "");
    BOOST_TEST(words(cross_entropy(z, y)) ==
               "1 dimensions given, 0 wanted: train needs a scalar loss and gets (batch,); take its mean or sum first");
    BOOST_TEST(words(sum(x)) ==
               "0 parameters in the loss: there is nothing to train; write its weights as parameter<...>");
    BOOST_TEST(words(sum(z) + sum(parameter<"v", 3>)) ==
               "2 and 3 differ: v is (2,) and (3,) in one network; give one of them another name");
}

BOOST_AUTO_TEST_CASE(the_gradient_reaches_each_parameter) {
    BOOST_TEST(words(mean(argmax(z) * sum<1>(x))) ==
               "no gradient reaches W (2, 3): argmax stops it, being flat; train with softmax, and take argmax of the "
               "finished scores; or make it an input, which training leaves alone");
    BOOST_TEST(words(sum(sign(v)) + sum(W)).substr(0, 38) == "no gradient reaches v (2,): sign stops");
    BOOST_TEST(words(sum(v > 0) + sum(W)).substr(0, 41) == "no gradient reaches v (2,): greater stops");
    BOOST_TEST(words(sum(where(v > 0, 1, 2)) + sum(W)).substr(0, 39) == "no gradient reaches v (2,): where stops");
    BOOST_TEST(words(sum(where(v, 1, 2)) + sum(W)).substr(0, 39) == "no gradient reaches v (2,): where stops");
    BOOST_TEST(words(sum(sign(v) * v) + sum(W)) == "");  // one way is enough
    constexpr auto fc = linear<"fc1", 3, 2>;
    BOOST_TEST(words(mean(argmax(fc(x)) * sum<1>(x))).substr(0, 39) == "no gradient reaches fc1.weight (2, 3): ");
    BOOST_TEST(words(mean(argmax(fc(x)) * sum<1>(x))).find("an input, which") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_optimizer_is_an_object_of_its_own) {
    static_assert(detail::may_optimize<sgd>);
    static_assert(!detail::may_optimize<double>);
    static_assert(!detail::may_optimize<std::remove_cv_t<decltype(W)>>);
    static_assert(!detail::may_optimize<decltype(x = 1)>);
    static_assert(!detail::may_optimize<invalid>);
}

BOOST_AUTO_TEST_SUITE_END()
