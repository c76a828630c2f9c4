# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/bench without measuring: what it refuses, what it leaves out, when it says that peers differ."""
import argparse
import array
import contextlib
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "bench.d"))
sys.dont_write_bytecode = True
import compile_time
import report
import steps

W2 = {"name": "W2", "widths": [2, 2, 1], "batch": 4, "hidden": "relu", "loss": "mse", "learning_rate": 0.1}


def bench(*words):
    run = subprocess.run([sys.executable, ROOT / "tools" / "bench", *words], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


class FakePeer:
    """Answers as a peer would, with the gradient and the losses, at the start and after some steps, as given."""

    def __init__(self, title, gradient, first=1.0, last=0.5):
        self.title, self.gradient, self.first, self.last = title, gradient, first, last

    def ask(self, line):
        verb, _, argument = line.split()
        if verb == "train":
            return self.last
        with open(argument, "wb") as file:
            array.array("f", self.gradient).tofile(file)
        return self.first


class Words(unittest.TestCase):
    def refused(self, words, because):
        code, said = bench(*words)
        self.assertEqual(code, 2, said)
        self.assertIn(because, said)

    def test_help_names_the_peers_and_shows_an_example(self):
        code, said = bench("--help")
        self.assertEqual(code, 0)
        self.assertIn("tools/bench --quick --peers openblas,pytorch", said)
        self.assertIn("gradus, openblas, onednn", said)

    def test_an_unknown_peer_is_wrong_use(self):
        self.refused(["--peers", "openblas,numpy"], "no 'numpy'; there are gradus, openblas")

    def test_an_unknown_workload_is_wrong_use(self):
        self.refused(["--workloads", "W9"], "no 'W9'; there are W1, W2")

    def test_an_unknown_case_is_wrong_use(self):
        self.refused(["compile", "--cases", "digit"], "no 'digit'; there are reference")

    def test_rounds_must_be_a_positive_number(self):
        for wrong in ("0", "-1", "two", "1.5"):
            self.refused([f"--rounds={wrong}"], f"'{wrong}' is not a positive number")

    def test_seconds_must_be_a_number(self):
        self.refused(["--seconds", "nan"], "'nan' is not a positive number")

    def test_a_file_that_cannot_take_the_table_is_told_before_measuring(self):
        self.refused(["--write", "no/such/file.md"], "no/such/file.md cannot be read: No such file")
        self.refused(["--write", str(ROOT / "LICENSE")], "must hold the line '<!-- tools/bench steps: begin -->'")

    def test_a_compiler_that_is_not_there_is_told(self):
        code, said = bench("--compiler", "no-such-compiler", "--build", tempfile.gettempdir())
        self.assertEqual(code, 1)
        self.assertIn("there is no no-such-compiler", said)


class Region(unittest.TestCase):
    def test_the_region_is_replaced_and_the_rest_stays(self):
        begin, end = report.marks("steps")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "page.md"
            path.write_text(f"above\n{begin}\nold\n{end}\nbelow\n", encoding="utf-8")
            for _ in range(2):
                with contextlib.redirect_stderr(io.StringIO()) as said:
                    report.write_region(path, "steps", "new\nrows")
            self.assertEqual(path.read_text(encoding="utf-8"), f"above\n{begin}\nnew\nrows\n{end}\nbelow\n")
            self.assertIn("2 lines between the marks of 'steps' become 2", said.getvalue())

    def test_marks_in_the_wrong_order_are_refused(self):
        begin, end = report.marks("steps")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "page.md"
            path.write_text(f"{end}\n{begin}\n", encoding="utf-8")
            with self.assertRaises(ValueError):
                report.region(path, "steps")

    def test_the_page_of_the_project_has_both_regions(self):
        for what in ("steps", "compile"):
            report.region(ROOT / "docs" / "performance.md", what)

    def test_numbers_keep_three_digits(self):
        self.assertEqual([report.number(v) for v in (0.304, 12.34, 3809.2, None)], ["0.30", "12.3", "3809", "–"])


class Comparing(unittest.TestCase):
    good = [0.5, -1.0, 0.25, 0.125, 1e-4, -2e-4, 3.0, 4.0, 5.0]  # fc1 2x2 and 2, fc2 2 and 1

    def compare(self, other, **losses):
        peers = {"openblas": FakePeer("other", other, **losses), "pytorch": FakePeer("torch", self.good)}
        with tempfile.TemporaryDirectory() as folder:
            return steps.compare(peers, [W2], argparse.Namespace(build=folder))

    def test_equal_peers_pass(self):
        against, failures, worst = self.compare(self.good, last=0.5 + 1e-6)
        self.assertEqual((against, failures), ("torch", []))
        self.assertAlmostEqual(worst["loss after 20 steps"], 2e-6)

    def test_each_tensor_is_judged_by_its_own_size(self):
        # 1e-8 is little beside the weights' 1.0, and 5e-5 of the small bias' 2e-4.
        wrong = list(self.good)
        wrong[4] += 1e-8
        _, failures, _ = self.compare(wrong)
        self.assertEqual(len(failures), 1)
        self.assertIn("other, W2: first gradient of fc1.bias is off by 5.0e-05 from torch (allowed 1e-05)", failures[0])

    def test_a_wrong_loss_fails(self):
        self.assertIn("loss at the start is off by 1.0e-02", self.compare(self.good, first=1.01)[1][0])
        self.assertIn("loss after 20 steps is off by 2.0e-03", self.compare(self.good, last=0.501)[1][0])

    def test_a_nan_fails(self):
        self.assertEqual(len(self.compare(self.good, last=float("nan"))[1]), 1)
        wrong = list(self.good)
        wrong[2] = float("nan")
        self.assertIn("first gradient of fc1.weight is off by nan", self.compare(wrong)[1][0])

    def test_another_number_of_parameters_fails(self):
        with self.assertRaisesRegex(steps.Failure, "other has 8 parameters in W2, torch 9"):
            self.compare(self.good[:8])

    def test_a_workload_that_nobody_learns_fails(self):
        peers = {"pytorch": FakePeer("torch", self.good, first=0.5, last=0.5)}
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(steps.Failure, "torch does not learn W2"):
            steps.compare(peers, [W2], argparse.Namespace(build=folder))


class Peers(unittest.TestCase):
    def test_a_missing_library_is_named_with_its_package(self):
        peer = {**steps.PEERS["eigen"], "header": "no/such/header.hpp"}
        with tempfile.TemporaryDirectory() as folder:
            options = argparse.Namespace(build=folder, compiler="g++")
            command, why_not = steps.build("eigen", peer, options, str(ROOT))
        self.assertIsNone(command)
        self.assertEqual(why_not, "<no/such/header.hpp> is not there: apt-get install libeigen3-dev")

    def test_a_peer_that_dies_is_told_with_its_last_words(self):
        script = "import sys; print('version', flush=True); input(); sys.exit('out of luck')"
        peer = steps.Peer("mortal", [sys.executable, "-c", script], os.environ)
        with self.assertRaisesRegex(steps.Failure, "mortal gave no answer to 'time W1 1'\n  out of luck"):
            peer.ask("time W1 1")


class Sources(unittest.TestCase):
    def test_the_generated_expressions_are_as_many_as_asked(self):
        text = compile_time.distinct(400)
        self.assertEqual(sum(line.startswith("constexpr auto e") for line in text.splitlines()), 400)

    def test_the_residual_chain_asks_for_all_gradients(self):
        self.assertEqual(compile_time.residual(7).count("grad(loss, "), 14)

    def test_the_cost_of_an_expression_leaves_out_the_include(self):
        seconds = {"symbolic": 0.5, "distinct1000": 1.5, "distinct4000": 12.5}
        cases = {name: {"compilers": {"g++": {"seconds": s}}} for name, s in seconds.items()}
        self.assertEqual(compile_time.growth(cases), {"g++": {1000: 1.0, 4000: 3.0}})

    def test_memory_and_seconds_are_of_the_child(self):
        status, wall, seconds, megabytes, text = compile_time.measured(
            [sys.executable, "-c", "b = bytearray(200 << 20); print(len(b))"])
        self.assertEqual((status, text.strip()), (0, str(200 << 20)))
        self.assertTrue(200 < megabytes < 400 and 0 < seconds < 60 and wall > 0)


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
