// SPDX-License-Identifier: BSL-1.0
// Every operation against PyTorch: values, gradients and gradients of gradients, as written and simplified, computed by
// the reference interpreter. tests/program/torch.cpp does the same with the kernels.
#include "torch.hpp"
#include <gradus/calculus/simplify.hpp>
#include <gradus/program/interpret.hpp>

using namespace gradus;
using namespace gradus::testing;

namespace {
void check_case(int i, builder::rewriter rewriter) {
    builder b(rewriter);
    const case_nodes n = build_case(b, computations[i]);
    interpreter run(b.view());
    const auto give = [&](node_id leaf, const std::vector<double>& values) { run.set(leaf, values); };
    visit_case(i, n, give, [](const std::string&, node_id, const std::vector<double>&) {});
    run.run();
    const auto check = [&](const std::string& what, node_id node, const std::vector<double>& wanted) {
        check_numbers(what, run.value(node).values, wanted, 1e-10);
    };
    visit_case(
        i, n, [](node_id, const std::vector<double>&) {}, check);
    const interpreter::tensor& result = run.value(n.result);
    const std::vector<std::int64_t> sizes(result.sizes.begin(), result.sizes.begin() + result.rank);
    BOOST_TEST((sizes == values_of_case(i).result_sizes), computations[i].name << " has another shape");
}
}  // namespace

BOOST_AUTO_TEST_SUITE(torch)

BOOST_AUTO_TEST_CASE(there_is_a_case_for_every_operation) {
    for (const operation_info& row : operations) {
        if (row.what == kind::leaf || row.what == kind::typed_only) continue;
        std::string name(row.name);
        for (char& c : name) c = c == ' ' ? '_' : c;
        bool found = false;
        for (const computation& c : computations) found = found || c.operation == name;
        BOOST_TEST(found, name << " has no case in tools/reference_values.py");
    }
}
BOOST_AUTO_TEST_CASE(values_gradients_and_their_gradients_are_those_of_pytorch) {
    for (int i = 0; i < case_count; ++i) check_case(i, nullptr);
}
BOOST_AUTO_TEST_CASE(simplified_they_still_are) {
    for (int i = 0; i < case_count; ++i) check_case(i, simplify);
}

BOOST_AUTO_TEST_SUITE_END()
