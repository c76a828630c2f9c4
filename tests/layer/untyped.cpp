// SPDX-License-Identifier: BSL-1.0
// Layers that do not fit, compiled with GRADUS_DRAW_ERRORS: they are applied all the same, and chains are noted.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {

constexpr auto x = input<"x", dim<"batch">, 64>;

template <std::uint64_t Id> const detail::noted_node* note_of(untyped<Id>) {
    for (const auto* n = detail::noted.nodes; n; n = n->next)
        if (n->what->id == Id) return n;
    return nullptr;
}
/// The longest chain that was noted with a layer of that name.
const detail::noted_chain* chain_with(std::string_view name) {
    const detail::noted_chain* longest = nullptr;
    for (const auto* c = detail::noted.chains; c; c = c->next)
        for (const detail::chain_row& row : c->rows)
            if (row.name && row.name == name && (!longest || c->rows.size() > longest->rows.size())) longest = c;
    return longest;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(untyped_layer)

BOOST_AUTO_TEST_CASE(a_layer_that_does_not_fit_is_noted_with_its_body) {
    constexpr auto z = linear<"fc", 60, 10>(x);
    const auto* note = note_of(z);
    BOOST_TEST_REQUIRE(note != nullptr);
    BOOST_TEST_REQUIRE(note->own != nullptr);
    BOOST_TEST(note->own->first == 60);
    BOOST_TEST(note->own->second == 64);
    BOOST_TEST((note->what->operation == op::apply));
    BOOST_TEST(std::string(note->what->name) == "fc");
    BOOST_TEST(note->what->arity == 2);
    BOOST_TEST((note->what->operands[1]->operation == op::add));
}

BOOST_AUTO_TEST_CASE(a_sound_layer_is_as_ever) {
    constexpr auto z = linear<"fc", 64, 10>(x);
    BOOST_TEST(is_expression<std::remove_cvref_t<decltype(z)>>);
}

BOOST_AUTO_TEST_CASE(layers_above_a_mistake_are_applied) {
    constexpr auto z = sequential(linear<"b", 10, 4>, relu, flatten)(linear<"a", 60, 10>(x));
    const auto* note = note_of(z);
    BOOST_TEST_REQUIRE(note != nullptr);
    BOOST_TEST(note->own == nullptr);
    BOOST_TEST(note_of(relu(z)) != nullptr);
    BOOST_TEST(note_of(sigmoid(z)) != nullptr);
    BOOST_TEST(note_of(flatten(z)) != nullptr);
}

BOOST_AUTO_TEST_CASE(a_declared_chain_is_noted_with_all_its_layers) {
    [[maybe_unused]] constexpr auto net =
        linear<"one", 4, 8> >> relu >> linear<"two", 9, 2> >> tanh >> linear<"three", 2, 1>;
    const auto* chain = chain_with("one");
    BOOST_TEST_REQUIRE(chain != nullptr);
    BOOST_TEST_REQUIRE(chain->rows.size() == 5u);
    int wrong = 0;
    for (const detail::chain_row& row : chain->rows) wrong += row.wrong;
    BOOST_TEST(wrong == 1);
    BOOST_TEST(chain->rows[2].wrong);
    BOOST_TEST(chain->rows[2].wants.size == 9);
    BOOST_TEST(chain->rows[2].gets.size == 8);
}

BOOST_AUTO_TEST_CASE(a_sound_chain_is_not_noted) {
    [[maybe_unused]] constexpr auto net = linear<"sound", 4, 8> >> relu >> linear<"sound2", 8, 2>;
    BOOST_TEST(chain_with("sound") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
