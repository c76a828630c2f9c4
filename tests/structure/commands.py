# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/start, tools/check, tools/size and the sum of the cases: what they say, and their exit codes."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPILER = os.path.basename(sys.argv.pop(1)) if len(sys.argv) > 1 else "g++"
COMMANDS = ("start", "check", "size")


def said(*words, path=None):
    """Exit code, output and errors of a command, which is run in another folder than the project's."""
    env = {**os.environ, "PATH": path or os.environ["PATH"]}
    env.pop("CXX", None)
    run = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd="/", env=env,
                         stdin=subprocess.DEVNULL)
    return run.returncode, run.stdout, run.stderr


class Bare:
    """A PATH with a shell's own tools and nothing else: no compiler, no apt."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        for name in ("sh", "sed", "grep", "sort", "tr", "head", "dirname", "basename", "id", "cat", "mkdir"):
            os.symlink(shutil.which(name), pathlib.Path(self.folder.name) / name)
        return self.folder.name

    def __exit__(self, *_):
        self.folder.cleanup()


class Commands(unittest.TestCase):
    def test_help_is_one_screen(self):
        for name in COMMANDS:
            code, out, _ = said(ROOT / "tools" / name, "--help")
            self.assertEqual(code, 0)
            self.assertLessEqual(len(out.splitlines()), 24)
            self.assertIn("Example", out)

    def test_a_wrong_option_is_wrong_use(self):
        for name in COMMANDS:
            code, _, err = said(ROOT / "tools" / name, "--bogus")
            self.assertEqual((code, err), (2, f"{name}: unknown option '--bogus' (see --help)\n"))

    def test_an_unknown_compiler_is_wrong_use(self):
        code, _, err = said(ROOT / "tools" / "check", "--compiler", "tcc")
        self.assertEqual(code, 2)
        self.assertIn("--compiler 'tcc': known are g++", err)
        self.assertEqual(said(ROOT / "tools" / "check", "--compiler")[0], 2)

    def test_needs_are_found_on_a_machine_that_builds_this(self):
        code, out, _ = said(ROOT / "tools" / "check", "--needs", "--compiler", COMPILER)
        self.assertEqual(code, 0, out)
        self.assertNotIn("  missing", out)

    def test_needs_are_missed_where_nothing_is_installed(self):
        with Bare() as path:
            code, out, _ = said(ROOT / "tools" / "start", "--needs", path=path)
        self.assertEqual(code, 1)
        for package in ("g++", "meson", "ninja-build", "graphviz"):
            self.assertIn(f"  missing  {package} ", out)

    def test_without_apt_everything_is_listed_and_nothing_done(self):
        with Bare() as path:
            code, out, err = said(ROOT / "tools" / "start", "--yes", path=path)
        self.assertEqual(code, 1)
        self.assertTrue(out.startswith("There is no apt-get here, so nothing was installed."), out)
        self.assertIn("  missing  g++ ", out)
        self.assertIn("Install what is missing with your package manager", err)


class Sum(unittest.TestCase):
    def total(self, *tests, meson="no"):
        """Exit code and last line for tests given as (result, output)."""
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "testlog.json")
            log.write_text("".join(json.dumps({"name": f"p:s / t{i}", "result": result, "stdout": out}) + "\n"
                                   for i, (result, out) in enumerate(tests)))
            code, out, _ = said(sys.executable, ROOT / "tests" / "sum.py", log, meson)
            return code, out.splitlines()[-1]

    def test_cases_are_added_up(self):
        self.assertEqual(self.total(("OK", "3 passed, 0 failed\n"), ("OK", "words\n4 passed, 0 failed, 1 skipped\n")),
                         (0, "7 passed, 0 failed"))

    def test_a_failed_case_fails_all(self):
        self.assertEqual(self.total(("OK", "3 passed, 0 failed\n"), ("FAIL", "1 passed, 2 failed\n"), meson="yes"),
                         (1, "4 passed, 2 failed"))

    def test_a_crash_and_a_timeout_count_as_failed(self):
        self.assertEqual(self.total(("FAIL", "3 passed, 0 failed\n"), ("TIMEOUT", "")), (1, "3 passed, 2 failed"))

    def test_no_tests_at_all_is_a_failure(self):
        self.assertEqual(self.total(), (1, "0 passed, 1 failed"))

    def test_meson_that_finds_fault_where_no_test_does_is_a_failure(self):
        self.assertEqual(self.total(("OK", "3 passed, 0 failed\n"), meson="yes"), (1, "3 passed, 1 failed"))


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
