# SPDX-License-Identifier: BSL-1.0
"""Tests of run.py and cases.py: a case that compiles, says other words, errs elsewhere or is not well formed is
reported, and what the pages show of a case is read from it."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import cases as refuse

RUN = pathlib.Path(__file__).resolve().parent / "run.py"
COMPILER = sys.argv.pop(1) if len(sys.argv) > 1 else "g++"
GOOD = """// A number where a pointer is wanted.
// error: invalid conversion from 'int' to 'char*'
// error[clang]: cannot initialize return object of type 'char *' with an lvalue of type 'int'
// lines: 9
#ifdef FIXED
char* pick(char* n) {
#else
char* pick(int n) {
#endif
    return n;  // here
}
"""


# The sentence is made while compiling, as the library's are.
COMPUTED = """// A size that is odd.
// error: 3 is odd: write 2
#include <string_view>
struct text {
    constexpr std::size_t size() const { return 17; }
    constexpr const char* data() const { return "3 is odd: write 2"; }
};
template <int N> constexpr int half() {
    if constexpr (N % 2) static_assert(false, text());
    return N / 2;
}
#ifdef FIXED
constexpr int n = half<2>();
#else
constexpr int n = half<3>();  // here
#endif
"""
CLANG_19 = unittest.skipUnless(shutil.which("clang++-19"), "clang++-19 is not installed")


class Runner(unittest.TestCase):
    def report(self, text, compiler=COMPILER):
        """Exit code and output of the runner on one case of this text."""
        with tempfile.TemporaryDirectory() as folder:
            case = pathlib.Path(folder) / "a case.cpp"
            case.write_text(text, encoding="utf-8")
            run = subprocess.run([sys.executable, RUN, "--compiler", compiler, case], capture_output=True, text=True)
            return run.returncode, run.stdout

    def refused(self, text, because, compiler=COMPILER):
        code, said = self.report(text, compiler)
        self.assertEqual(code, 1, said)
        self.assertIn(because, said)
        self.assertEqual(said.splitlines()[-1], "0 passed, 1 failed")

    def test_a_good_case_passes(self):
        code, said = self.report(GOOD)
        self.assertEqual(code, 0, said)
        self.assertEqual(said.splitlines()[-1], "1 passed, 0 failed")

    def test_a_case_that_compiles_fails(self):
        self.refused(GOOD.replace("(int n)", "(char* n)"), "it compiles")

    def test_other_words_fail(self):
        self.refused(GOOD.replace("from 'int'", "from 'long'").replace("type 'int'", "type 'long'"), "does not say")

    def test_another_line_fails(self):
        self.refused(GOOD.replace("  // here", "").replace("}", "}  // here"), "the error is at a case.cpp:10")

    def test_a_second_error_fails(self):
        self.refused(GOOD + "#ifndef FIXED\nint second = nothing;\n#endif\n", "2 errors, not one")

    def test_a_second_error_on_the_line_fails(self):
        twice = GOOD.replace("return n;", "char* m = n; return n;").replace("lines: 9", "lines: 30")
        self.refused(twice.replace("lines: 30", "lines[clang]: 30\n// lines: 30"), "2 errors, not one")

    def test_an_error_in_another_file_fails(self):
        self.refused(GOOD.replace("#endif", "#endif\n#line 9 \"other.hpp\""), "the error is at other.hpp")

    def test_a_twin_that_does_not_compile_fails(self):
        self.refused(GOOD.replace("(char* n)", "(long n)"), "the twin (-DFIXED) does not compile")

    def test_too_many_lines_fail(self):
        self.refused(GOOD.replace("lines: 9", "lines: 1\n// lines[clang]: 1"), "at most 1 are allowed")

    def test_a_case_that_says_nothing_of_lines_has_eight_or_twelve(self):
        many = "\n".join(f"int f(char{'*' * i});" for i in range(1, 8))
        long = ("// Nothing fits.\n// error: no matching function\n" + many + "\nint f(int);\n"
                "#ifdef FIXED\nint n = f(1);\n#else\nint n = f();  // here\n#endif\n")
        self.refused(long, f"at most {12 if 'clang' in COMPILER else 8} are allowed")

    def test_a_twin_with_a_warning_fails(self):
        self.refused(GOOD.replace("(char* n) {", "(char* n) {\n    int unused;"), "compiles with a warning")

    @CLANG_19
    def test_computed_text_is_held_to_the_sentence_and_the_named_line(self):
        code, said = self.report(COMPUTED, "clang++-19 c++26")
        self.assertEqual(code, 0, said)
        self.refused(COMPUTED.replace("error: 3 is odd: write 2", "error: 3 is odd: write 4"), "does not say",
                     "clang++-19 c++26")
        self.refused(COMPUTED.replace("  // here", "").replace("#else", "#else\nstatic_assert(true);  // here"),
                     "is not named", "clang++-19 c++26")

    def test_a_case_without_words_fails(self):
        self.refused("\n".join(line for line in GOOD.splitlines() if "error" not in line), "no '// error: words'")

    def test_a_case_without_place_fails(self):
        self.refused(GOOD.replace("// here", ""), "0 lines end in '// here'")

    def test_a_case_without_twin_fails(self):
        self.refused(GOOD.replace("FIXED", "OTHER"), "the corrected twin is missing")

    def test_an_unknown_compiler_in_the_contract_fails(self):
        self.refused(GOOD.replace("error[clang]", "error[gcc]"), "the compilers are called g++, clang, c++26")


class Cases(unittest.TestCase):
    def case(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a_case.cpp"
            path.write_text(text, encoding="utf-8")
            return refuse.Case(path)

    def test_a_case_shows_its_meaning_and_both_programs(self):
        case = self.case(GOOD.replace("wanted.", "wanted. It has two sentences.")
                         + "#ifndef FIXED\nint only_broken;\n#endif\n")
        self.assertEqual(case.title, "A number where a pointer is wanted")
        self.assertEqual(case.meaning, "A number where a pointer is wanted. It has two sentences.")
        self.assertEqual(case.changed(True), ["char* pick(char* n) {"])
        self.assertEqual(case.changed(False), ["char* pick(int n) {", "int only_broken;"])
        self.assertEqual([line for _, line, _ in case.program(True)], ["char* pick(char* n) {", "    return n;", "}"])
        self.assertIn((case.here, "    return n;", False), case.program(False))

    def test_the_sentence_is_read_from_either_form(self):
        for text in ('a.cpp:1:2: error: x [with sentence e = gradus::sentence{"fc2: write linear<\\"fc2\\">"}]',
                     'a.hpp:1:2: error: static assertion failed: fc2: write linear<"fc2">\n'):
            self.assertEqual(refuse.Said(1, text, 0).sentence(), 'fc2: write linear<"fc2">')
        self.assertIsNone(refuse.Said(1, 'note: sentence{"fc2: wr[...]"}', 0).sentence())


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
