# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/gallery: the page of a case, what counts as a difference, and the records of other libraries."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools" / "gallery.d"), str(ROOT / "tests" / "refuse")]
sys.dont_write_bytecode = True

import cards
import complete
import errors_page
import peers
import refusals_html
from cards import refuse

GCC = """tests/refuse/matmul_inner_sizes.cpp:17:26: error: use of deleted function 'm' [with sentence shape_error = \
sentence{"inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by (100, 10); write it \\"so\\""}; \
I = 3341927400268646415]
   17 | constexpr auto z = matmul(x, W);  // here
      |                    ~~~~~~^~~~~~
In file included from tests/refuse/matmul_inner_sizes.cpp:8:
include/gradus/expr/contract.hpp:74:19: note: declared here
   74 | constexpr invalid matmul(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
      |                   ^~~~~~
"""
CLANG = """tests/refuse/matmul_inner_sizes.cpp:17:20: error: inner sizes differ: see the two numbers in braces
constexpr auto z = matmul(x, W);  // here
                   ^
include/gradus/expr/contract.hpp:74:48: note: from 'diagnose_if' attribute on 'matmul<{128, 100}>':
constexpr invalid matmul(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
                                               ^~~~~~~~~~~~~~~~~~~~~~~~~~~
1 error generated.
"""


class Pinned(refuse.Compiler):
    major = 12


class Page(unittest.TestCase):
    def setUp(self):
        self.case = refuse.Case(ROOT / "tests" / "refuse" / "matmul_inner_sizes.cpp")
        self.card = cards.Card(self.case, {Pinned("g++"): refuse.Said(1, GCC, 0.1)})

    def test_the_card_holds_the_sentence_its_way_out_and_both_programs(self):
        self.assertEqual(self.card.sentence, "inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by "
                                             '(100, 10); write it "so"')
        self.assertEqual(self.card.way_out, 'write it "so"')
        self.assertEqual(self.card.group, "Products")
        text = errors_page.body(self.card, "")
        self.assertIn("constexpr auto z = matmul(x, W);  // here\n", text)
        self.assertIn("constexpr auto z = matmul(x, V);", text)
        self.assertIn("<summary>g++ prints</summary>", text)

    def test_lines_of_the_library_are_counted_and_not_shown(self):
        said = errors_page.stable(refuse.Said(1, GCC, 0))
        self.assertNotIn("contract.hpp", said)
        self.assertIn("I = ...]", said)
        self.assertTrue(said.endswith("(4 more lines)"), said)
        said = errors_page.stable(refuse.Said(1, CLANG, 0))
        self.assertIn("\nnote: from 'diagnose_if' attribute on 'matmul<{128, 100}>'", said)
        self.assertTrue(said.endswith("(3 more lines)"), said)

    def test_a_compiler_that_is_absent_keeps_its_text(self):
        old = errors_page.page([self.card], "")
        without = cards.Card(self.case, {})
        without.sentence, without.way_out = self.card.sentence, self.card.way_out
        self.assertEqual(errors_page.page([without], old), old)
        self.assertNotEqual(errors_page.page([without], ""), old)

    def test_a_difference_is_told_by_its_case(self):
        old = errors_page.page([self.card], "")
        self.assertEqual(errors_page.difference(old, old), [])
        self.assertEqual(errors_page.difference(old.replace("(32, 128)", "(32, 129)"), old),
                         ["matmul_inner_sizes: the card is not what the case gives now"])
        self.assertIn("matmul_inner_sizes: a case without its card", errors_page.difference("", old))

    def test_the_gallery_is_one_file_with_all_in_it(self):
        text = refusals_html.page([self.card], pictures=False)
        self.assertIn('<span class="wrong">constexpr auto z = matmul(x, W);</span>', text)
        self.assertIn('id="matmul_inner_sizes"', text)
        self.assertIn("PyTorch: <b>at run time</b>", text)
        self.assertNotIn("<script", text)
        self.assertNotIn("src=", text)


class Elsewhere(unittest.TestCase):
    def test_each_program_of_another_library_has_its_record(self):
        missing = [f"{mistake}/{peer}" for mistake, peer, path in peers.sources()
                   if not path.with_suffix(".txt").exists()]
        self.assertEqual(missing, [], "tools/gallery --record-peers makes them")
        for mistake, records in peers.records().items():
            for peer, record in records.items():
                self.assertIn(record.when, peers.LADDER, f"{mistake}/{peer}")
                self.assertIn("$ ", record.text)
        self.assertEqual(set(peers.MISTAKES), {path.name for path in peers.FOLDER.iterdir() if path.is_dir()})

    def test_both_sizes_are_looked_for_as_numbers(self):
        self.assertTrue(peers.both(("128", "100"), "cannot be multiplied (32x128 and 100x10)"))
        self.assertFalse(peers.both(("128", "100"), "cannot be multiplied (32x1280 and 100x10)"))
        self.assertTrue(peers.both(("2", "2"), "dimension 2 of 2 does not exist"))
        self.assertFalse(peers.both(("2", "2"), "dimension 2 does not exist"))


class Complete(unittest.TestCase):
    def test_functions_and_layers_of_a_header_are_found(self):
        text = """
namespace gradus {
namespace detail {
constexpr int hidden_away(int n) { return n; }
}  // namespace detail
/// Doubles.
template <class A, int N>
    requires(N > 0 && (N < 9))
constexpr auto doubled(expr<A, N> a) { return a; }
template <class A> constexpr invalid doubled(shaped<A>) GRADUS_REFUSED(shape_error);
inline constexpr layer<detail::d> twice{};
inline constexpr struct thrice_layer : layer<detail::e> { using x = int; } thrice{};
struct own { void method(int); };
template <class A> constexpr auto operator<=(A a, A b) { return a; }
}"""
        self.assertEqual({complete.plain(name, {"<=": "less_equal"}) for name in complete.students(text)},
                         {"doubled", "twice", "thrice", "less_equal"})

    def test_a_new_operation_without_a_case_is_reported(self):
        with tempfile.TemporaryDirectory() as folder:
            include = pathlib.Path(folder) / "include"
            subprocess.run(["cp", "-r", str(ROOT / "include"), str(include)], check=True)
            table = include / "gradus" / "expr" / "operation.hpp"
            text = table.read_text(encoding="utf-8")
            row = next(line for line in text.splitlines() if "{op::tanh," in line)
            new = row.replace("op::tanh", "op::erf").replace('"tanh"', '"erf"')
            table.write_text(text.replace(row, row + "\n" + new, 1), encoding="utf-8")
            run = subprocess.run([sys.executable, ROOT / "tests" / "refuse" / "complete.py", folder],
                                 capture_output=True, text=True)
            self.assertEqual(run.returncode, 1)
            self.assertIn("erf (expr/operation.hpp) has no case", run.stdout)


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
