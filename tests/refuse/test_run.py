# SPDX-License-Identifier: BSL-1.0
"""Tests of run.py: it must report a case that compiles, says other words, errs elsewhere, or is not well formed."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

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


class Runner(unittest.TestCase):
    def report(self, text):
        """Exit code and output of the runner on one case of this text."""
        with tempfile.TemporaryDirectory() as folder:
            case = pathlib.Path(folder) / "a case.cpp"
            case.write_text(text, encoding="utf-8")
            run = subprocess.run([sys.executable, RUN, "--compiler", COMPILER, case], capture_output=True, text=True)
            return run.returncode, run.stdout

    def refused(self, text, because):
        code, said = self.report(text)
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

    def test_a_second_error_on_the_line_passes_with_clang_alone(self):
        twice = GOOD.replace("return n;", "char* m = n; return n;").replace("lines: 9", "lines: 30")
        code, said = self.report(twice)
        if "clang" in COMPILER:
            self.assertEqual(code, 0, said)
        else:
            self.assertIn("2 errors, not one", said)

    def test_an_error_in_another_file_fails(self):
        self.refused(GOOD.replace("#endif", "#endif\n#line 9 \"other.hpp\""), "the error is at other.hpp")

    def test_a_twin_that_does_not_compile_fails(self):
        self.refused(GOOD.replace("(char* n)", "(long n)"), "the twin (-DFIXED) does not compile")

    def test_too_many_lines_fail(self):
        self.refused(GOOD.replace("lines: 9", "lines: 1"), "at most 1 are allowed")

    def test_a_case_without_words_fails(self):
        self.refused("\n".join(line for line in GOOD.splitlines() if "error" not in line), "no '// error: words'")

    def test_a_case_without_place_fails(self):
        self.refused(GOOD.replace("// here", ""), "0 lines end in '// here'")

    def test_a_case_without_twin_fails(self):
        self.refused(GOOD.replace("FIXED", "OTHER"), "the corrected twin is missing")

    def test_an_unknown_compiler_in_the_contract_fails(self):
        self.refused(GOOD.replace("error[clang]", "error[gcc]"), "the compilers are called g++ and clang")


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
