// SPDX-License-Identifier: BSL-1.0
// Fingerprints: what changes them and what does not, and that they stay what they were.
#include <gradus/gradus.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

using namespace gradus;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto y = input<"y", batch>;
constexpr auto fc1 = linear<"fc1", 3, 4>;
constexpr auto fc2 = linear<"fc2", 4, 2>;
constexpr auto net = fc1 >> relu >> fc2;
constexpr auto w = parameter<"w", 3, 3>;
constexpr auto v = parameter<"v", 3>;

template <class... E> std::uint64_t network_of(E... e) { return network_fingerprint(written_graph_of(e...)); }
template <class... E> std::uint64_t computation_of(E... e) { return computation_fingerprint(written_graph_of(e...)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(fingerprint)

BOOST_AUTO_TEST_CASE(fingerprints_stay_what_they_were) {
    // Files hold these numbers: a change makes every file of weights one of another network.
    BOOST_TEST(in_hex(network_of(net(x))) == "9f87571dfb01c088");
    BOOST_TEST(in_hex(computation_of(mean(cross_entropy(net(x), y)))) == "a8b818546f74ba52");
}
BOOST_AUTO_TEST_CASE(a_loss_the_scores_and_their_softmax_have_one_network) {
    const std::uint64_t wanted = network_of(net(x));
    BOOST_TEST(network_of(softmax(net(x))) == wanted);
    BOOST_TEST(network_of(mean(cross_entropy(net(x), y))) == wanted);
    BOOST_TEST(network_of(mean(cross_entropy(net(x), y)), argmax(net(x))) == wanted);
}
BOOST_AUTO_TEST_CASE(another_network_has_another_fingerprint) {
    const std::uint64_t networks[] = {network_of(net(x)),
                                      network_of((fc1 >> tanh >> fc2)(x)),
                                      network_of((fc1 >> fc2)(x)),
                                      network_of((fc1 >> relu >> relu >> tanh >> fc2)(x)),
                                      network_of((linear<"fc0", 3, 4> >> relu >> fc2)(x)),
                                      network_of((linear<"fc1", 3, 5> >> relu >> linear<"fc2", 5, 2>)(x)),
                                      network_of(fc1(x)),
                                      network_of(net(input<"z", batch, 3>)),
                                      network_of(net(constant<0.5> * x)),
                                      network_of(net(constant<0.25> * x)),
                                      network_of(matmul(x, w)),
                                      network_of(matmul(x, transpose(w))),
                                      network_of(x * v),
                                      network_of(x - v),
                                      network_of(v - x)};
    BOOST_TEST(std::set<std::uint64_t>(std::begin(networks), std::end(networks)).size() == std::size(networks));
}
BOOST_AUTO_TEST_CASE(the_batch_and_names_of_dimensions_are_no_part_of_it) {
    BOOST_TEST(network_of(net(input<"x", 1, 3>)) == network_of(net(x)));
    BOOST_TEST(network_of(net(input<"x", dim<"n">, dim<"features", 3>>)) == network_of(net(x)));
    constexpr auto image = input<"x", batch, 2, 2>;
    constexpr auto one_image = input<"x", 1, 2, 2>;
    BOOST_TEST(network_of(linear<"fc", 4, 2>(flatten(image))) == network_of(linear<"fc", 4, 2>(flatten(one_image))));
}
BOOST_AUTO_TEST_CASE(the_order_of_a_sum_is_no_part_of_it) {
    BOOST_TEST(computation_of(x + v) == computation_of(v + x));
    BOOST_TEST(computation_of(x - v) != computation_of(v - x));
}
BOOST_AUTO_TEST_CASE(a_penalty_for_weights_is_part_of_the_computation_not_of_the_network) {
    constexpr auto plain = mean(matmul(x, w));
    constexpr auto penalty = plain + constant<0.5> * sum(w * w);
    BOOST_TEST(network_of(plain) == network_of(penalty));
    BOOST_TEST(computation_of(plain) != computation_of(penalty));
    BOOST_TEST(computation_of(penalty) != computation_of(plain + constant<0.25> * sum(w * w)));
}
BOOST_AUTO_TEST_CASE(attributes_are_part_of_the_computation) {
    constexpr auto cube = input<"cube", 3, 3, 3>;
    const std::uint64_t all[] = {computation_of(sum<0>(cube)),           computation_of(sum<1>(cube)),
                                 computation_of(sum<0, 1>(cube)),        computation_of(mean<0>(cube)),
                                 computation_of(permute<0, 2, 1>(cube)), computation_of(permute<1, 0, 2>(cube)),
                                 computation_of(permute<1, 2, 0>(cube)), computation_of(reshape<3, 9>(cube)),
                                 computation_of(reshape<9, 3>(cube)),    computation_of(softmax<0>(cube)),
                                 computation_of(softmax<1>(cube))};
    BOOST_TEST(std::set<std::uint64_t>(std::begin(all), std::end(all)).size() == std::size(all));
}
BOOST_AUTO_TEST_CASE(each_operation_has_a_name_of_its_own_or_another_number_of_operands) {
    // cross_entropy has one name for class indices and for probabilities, whose ranks differ.
    std::set<std::pair<std::string_view, int>> seen;
    for (const operation_info& o : operations)
        if (o.operation != op::cross_entropy_soft) BOOST_TEST(seen.insert({o.name, o.arity}).second, o.name);
}
BOOST_AUTO_TEST_CASE(a_fingerprint_is_written_in_sixteen_digits) {
    BOOST_TEST(in_hex(0) == "0000000000000000");
    BOOST_TEST(in_hex(0x0123456789abcdefu) == "0123456789abcdef");
}

BOOST_AUTO_TEST_SUITE_END()
