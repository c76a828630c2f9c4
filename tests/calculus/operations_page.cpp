// SPDX-License-Identifier: BSL-1.0
// docs/operations.md is what the tables say. With GRADUS_APPROVE=1 in the environment this test writes the page.
#include <gradus/calculus/rules.hpp>
#include <gradus/calculus/simplify.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using namespace gradus;

std::string kind_name(kind k) {
    switch (k) {
        case kind::leaf: return "leaf";
        case kind::elementwise: return "elementwise";
        case kind::product: return "product";
        case kind::view: return "view";
        case kind::reduction: return "reduction";
        case kind::rowwise: return "row by row";
        case kind::typed_only: return "typed only";
    }
    return "";
}

std::string escaped(std::string_view s) {
    std::string out;
    for (char c : s) {
        if (c == '|' || c == '*' || c == '<' || c == '>' || c == '_') out += '\\';
        out += c;
    }
    return out;
}

std::string page() {
    std::ostringstream out;
    out << "# Operations, gradient rules and rewrites\n\n"
           "Written from the tables in `expr/operation.hpp`, `calculus/rules.hpp` and `calculus/simplify.hpp` by the\n"
           "test `tests/calculus/operations_page.cpp`, which also checks it.\n\n"
           "## Operations\n\n| operation | kind | operands | gradient |\n| --- | --- | --- | --- |\n";
    for (const operation_info& i : operations) {
        if (i.what == kind::typed_only) continue;
        const gradient_rule* rule = find_rule(i.operation);
        const bool soft = i.operation == op::cross_entropy_soft;
        out << "| " << escaped(i.name) << (soft ? " (probabilities)" : "") << " | " << kind_name(i.what) << " | "
            << i.arity << " | "
            << (rule                    ? escaped(rule->formula)
                : i.what == kind::leaf ? ""
                                       : "none: flat wherever it exists")
            << " |\n";
    }
    out << "\n## Rewrites\n\nTried in this order when a node is made; none changes a value beyond rounding or loses a "
           "NaN.\n\n"
           "| operation | rewrite |\n| --- | --- |\n";
    for (const rewrite& r : rewrites)
        out << "| " << escaped(info(r.operation).name) << " | " << escaped(r.name) << " |\n";
    return out.str();
}

BOOST_AUTO_TEST_SUITE(operations_page)

BOOST_AUTO_TEST_CASE(docs_operations_md_is_what_the_tables_say) {
    const char* source = std::getenv("GRADUS_SOURCE");
    BOOST_REQUIRE_MESSAGE(source, "GRADUS_SOURCE names the project's folder; Meson sets it");
    const std::string path = std::string(source) + "/docs/operations.md";
    if (std::getenv("GRADUS_APPROVE")) std::ofstream(path) << page();
    std::ifstream file(path);
    BOOST_REQUIRE_MESSAGE(file, "cannot read " << path);
    std::stringstream content;
    content << file.rdbuf();
    BOOST_TEST(content.str() == page(),
               "docs/operations.md differs from the tables: run this test with GRADUS_APPROVE=1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
