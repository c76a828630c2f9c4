# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/gradus explain: the cards of the files beside this one, letter by letter, and a card for each program
that must not compile.

python3 tests/explain/explain.py [--every N] [--compiler NAME]...

Without --compiler: g++, clang++-14 and clang++-19, those that are installed. Of tests/refuse/, g++ explains every case
and clang++ every tenth (--every 1: all, which takes minutes). GRADUS_APPROVE=1 writes the golden texts anew: look at
the difference before you commit it. Prints `N passed, N failed` last.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GRADUS = ROOT / "tools" / "gradus"
APPROVE = os.environ.get("GRADUS_APPROVE") == "1"
CACHE = tempfile.TemporaryDirectory()

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools" / "gradus.d"))
os.environ["XDG_CACHE_HOME"] = CACHE.name
import compilers  # noqa: E402
import explain  # noqa: E402
import mistakes  # noqa: E402
import readable  # noqa: E402
import source  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--every", type=int, default=10)
parser.add_argument("--compiler", action="append")
OPTIONS = parser.parse_args()
COMPILERS = [c for c in OPTIONS.compiler or ("g++", "clang++-14", "clang++-19") if shutil.which(c)]
CLANGS = [c for c in COMPILERS if compilers.family(c) == "clang"]
GXX = "g++" in COMPILERS


def said(*words, path=None, **environment):
    """Exit code, output and errors of `gradus explain`, run where the files are."""
    env = {**os.environ, **environment, "PATH": path or os.environ["PATH"]}
    run = subprocess.run([sys.executable, str(GRADUS), "explain", *map(str, words)], capture_output=True, text=True,
                         cwd=HERE,
                         env=env, stdin=subprocess.DEVNULL)
    return run.returncode, run.stdout, run.stderr


def only(*names):
    """A PATH that has these programs and no others."""
    folder = tempfile.TemporaryDirectory()
    for name in names:
        os.symlink(shutil.which(name), pathlib.Path(folder.name) / name)
    return folder


def card_of(compiler, name, *words):
    code, out, err = said("--json", "--compiler", compiler, name, *words)
    assert code in (0, 1), err
    return json.loads(out)


class Cards(unittest.TestCase):
    maxDiff = None

    @unittest.skipUnless(GXX, "no g++")
    def test_the_cards_of_gxx_are_the_golden_ones(self):
        for file in sorted(HERE.glob("*.cpp")):
            with self.subTest(file.name):
                _, out, err = said("--compiler", "g++", file.name)
                out = re.sub(r"^( *all that g\+\+ said) \(\d+ lines\) is in .*$", r"\1 is in FILE", out + err,
                             flags=re.MULTILINE)
                golden = file.with_suffix(".txt")
                if APPROVE:
                    golden.write_text(out, encoding="utf-8")
                self.assertEqual(out, golden.read_text(encoding="utf-8"))

    @unittest.skipUnless(GXX, "no g++")
    def test_clang_says_the_same_sentence_in_the_same_line(self):
        differs = {"too_few_arguments.cpp"}  # clang does not count them
        names = [file.name for file in sorted(HERE.glob("*.cpp"))]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
            wanted = dict(zip(names, workers.map(lambda name: card_of("g++", name), names)))
            jobs = [(compiler, name) for name in names for compiler in CLANGS]
            for (compiler, name), card in zip(jobs, workers.map(lambda job: card_of(*job), jobs)):
                with self.subTest(name, compiler=compiler):
                    for key in ["ok", "kind", "try", "line", "sizes", "operands",
                                "layers"] + ["sentence"] * (name not in differs):
                        self.assertEqual(card.get(key), wanted[name].get(key))

    def test_the_exit_code_tells_whether_it_compiles(self):
        for compiler in COMPILERS:
            self.assertEqual(said("--compiler", compiler, "fine.cpp")[0], 0)
            self.assertEqual(said("--compiler", compiler, "chain.cpp")[0], 1)
            self.assertEqual(said("--compiler", compiler, "unknown.cpp")[0], 1)

    def test_nothing_is_hidden(self):
        """The file that the card names has all that the compiler says, and --raw prints the same."""
        for compiler in COMPILERS:
            with self.subTest(compiler):
                card = card_of(compiler, "several.cpp")
                kept = pathlib.Path(card["raw"]).read_text(encoding="utf-8")
                self.assertEqual((said("--raw", "--compiler", compiler, "several.cpp")[:2]), (1, kept))
                for line in (card, *card["others"]):
                    self.assertIn(f"several.cpp:{line['line']}:", kept)
                self.assertEqual([other["line"] for other in card["others"]], [8, 9, 10])

    def test_without_gxx_clang_shows_what_it_has(self):
        for compiler in CLANGS:
            with self.subTest(compiler), only(compiler) as path:
                code, out, _ = said("--compiler", compiler, "chain.cpp", path=path)
                self.assertEqual(code, 1)
                self.assertIn("64 feature", out)
                self.assertIn("the sizes are 64 and 32", out)
                self.assertIn("4  fc2     linear    64 -> 16  <- gets 32", out)
                self.assertIn("try: install g++", out)

    def test_a_clang_alone_is_found(self):
        for compiler in CLANGS:
            with self.subTest(compiler), only(compiler) as path:
                self.assertEqual(said("fine.cpp", path=path),
                                 (0, f"fine.cpp compiles: {compiler} finds no mistake in it\n", ""))

    def test_words_for_the_compiler_come_behind_two_dashes(self):
        case = ROOT / "tests" / "refuse" / "chain_two.cpp"
        for compiler in COMPILERS:
            self.assertEqual((said("--compiler", compiler, case)[0],
                              said("--compiler", compiler, case, "--", "-DFIXED")[0]), (1, 0))

    def test_warnings_of_a_file_that_compiles_are_shown(self):
        with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
            file.write("#warning careful\n")
            file.flush()
            for compiler in COMPILERS:
                code, out, _ = said("--compiler", compiler, file.name)
                self.assertEqual(code, 0)
                self.assertIn("careful", out)

    def test_colours_are_for_terminals_that_want_them(self):
        def shown(**environment):
            """What explain writes to a terminal."""
            ours, theirs = pty.openpty()
            run = subprocess.Popen([sys.executable, str(GRADUS), "explain", "--compiler", COMPILERS[0], "chain.cpp"],
                                   stdout=theirs,
                                   stderr=theirs, cwd=HERE, env={**os.environ, "TERM": "xterm", **environment})
            os.close(theirs)
            text = b""
            while True:
                try:
                    part = os.read(ours, 4096)
                except OSError:  # the other end is closed
                    break
                if not part:
                    break
                text += part
            run.wait()
            os.close(ours)
            return text.decode()
        os.environ.pop("NO_COLOR", None)
        self.assertIn("\033[31;1m64 features expected", shown())
        self.assertNotIn("\033", shown(NO_COLOR="1"))
        self.assertNotIn("\033", said("chain.cpp")[1])


class WrongUse(unittest.TestCase):
    def test_help_is_one_screen_with_an_example(self):
        for words in (["--help"], ["explain", "--help"]):
            run = subprocess.run([sys.executable, str(GRADUS), *words], capture_output=True, text=True)
            self.assertEqual(run.returncode, 0)
            self.assertLessEqual(len(run.stdout.splitlines()), 24)
            self.assertIn("Example", run.stdout)

    def test_an_unknown_verb_names_the_known_ones(self):
        run = subprocess.run([sys.executable, str(GRADUS), "expain"], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr),
                         (2, "gradus: unknown verb 'expain', known are: explain (see --help)\n"))

    def test_wrong_use_is_told_in_one_line(self):
        for words, text in (
                ([], "which file? (see --help)"),
                (["nowhere.cpp"], "there is no file nowhere.cpp"),
                (["--bogus", "fine.cpp"], "unknown option '--bogus' (see --help)"),
                (["fine.cpp", "chain.cpp"], "one file at a time, not fine.cpp and chain.cpp (see --help)"),
                (["--raw", "--json", "fine.cpp"], "--raw or --json, not both (see --help)"),
                (["fine.cpp", "--compiler"], "--compiler wants a name, as g++ or clang++ (see --help)"),
                (["--compiler", "clang++-99", "fine.cpp"],
                 "there is no clang++-99 here; it is in the package clang-99: apt install clang-99"),
                (["--compiler", "tcc", "fine.cpp"],
                 "--compiler 'tcc': known are g++ (12 or later) and clang++ (14 or later), also with a version, "
                 "as g++-13")):
            self.assertEqual(said(*words), (2, "", f"gradus explain: {text}\n"))

    def test_without_a_compiler_it_names_the_package(self):
        with only() as path:
            self.assertEqual(said("fine.cpp", path=path),
                             (2, "", "gradus explain: there is no compiler here; "
                                     "g++ is in the package g++: apt install g++\n"))


class Reading(unittest.TestCase):
    """The parts that read what compilers print, with texts that no installed compiler may give."""

    def test_sentences_are_read_whole_cut_and_as_codes(self):
        for value, wanted in ((r'gradus::sentence{"write linear<\"fc1\", 64>"}', ('write linear<"fc1", 64>', True)),
                              ('sentence{"64 features expected, 32 given: fc[...]"}',
                               ("64 features expected, 32 given: fc", False)),
                              ("{{54, 52, 32, 102, 101, 97, 116, 117, 114, 101, ...}}", ("64 feature", False)),
                              ("{{102, 99, 49, 0}}", ("fc1", True)), ("{64, 32}", None)):
            self.assertEqual(readable.written(value), wanted)

    def test_shapes_are_written_as_people_do(self):
        for value, wanted in (("shape<>", "()"), ("shape<sized<10> >", "(10,)"),
                              ('gradus::shape<gradus::dimension<fixed_string<6>{"batch"}>, gradus::sized<64>>',
                               "(batch, 64)"),
                              ("shape<dimension<{{98, 97, 0}}, -1>, dimension<{{99, 0}}, 4>>", "(ba, c=4)"),
                              ('const gradus::expr<gradus::shape<gradus::sized<2> >, 134301579428, 0>', "(2,)")):
            self.assertEqual(readable.shape_text(readable.axes_of(value)), wanted)
        self.assertIsNone(readable.axes_of("std::vector<float>"))

    def test_template_arguments_are_split_where_they_end(self):
        message = ('use of deleted function \'f() [with auto ...D = {dimension<"a;b">(), 7}; '
                   'T = g(int)::<lambda(auto:1)>; '
                   'sentence shape_error = sentence{"a; b] c"}]\'')
        self.assertEqual(readable.arguments(message, "g++"),
                         {"D": '{dimension<"a;b">(), 7}', "T": "g(int)::<lambda(auto:1)>",
                                                              "shape_error": 'sentence{"a; b] c"}'})

    def test_operands_are_those_of_the_operator(self):
        for text, sign, wanted in (("z = a + b * c;", "+", ("a", "b * c")), ("z = a + b * c;", "*", ("b", "c")),
                                   ("z = f(a - b, c) - d;", "-", ("f(a - b, c)", "d")),
                                   ("z = (p + x<1, 2>) / 2;", "+", ("p", "x<1, 2>")),
                                   ("net = l<1> >> l<2> >> l<3>;", ">>", ("l<1> >> l<2>", "l<3>")),
                                   ("bool k = a < b;", "<", ("a", "b"))):
            at = text.rindex(f" {sign} ") + 2
            if sign == "-":
                at = text.rindex("- d") + 1
            self.assertEqual(source.Place([text], 1, at).operands(sign)[:2], wanted)

    def test_arguments_are_those_of_the_last_call(self):
        for text, at, wanted in (('z = matmul(x, f(W, 2));', "matmul", ["x", "f(W, 2)"]),
                                 ('z = residual(linear<"a", 1, 2>)(x);', "residual", ["x"]),
                                 ('z = f(g(x, y) + 1, "a, b");', "g(", ["x", "y"])):
            self.assertEqual(source.Place([text], 1, text.index(at) + 1).call(), wanted)

    def test_text_is_read_where_there_is_no_json(self):
        """g++ 16 no longer writes JSON, clang never did; lines of the student's file are no messages."""
        lines = ['auto s = "a.cpp:1:1: error: no";', "int k = s;"]
        for margin in (["", ""], ["    1 | ", "      | "]):
            text = "\n".join(["In file included from a.cpp:1:", "a.hpp: In instantiation of 'f':",
                              "a.cpp:2:9:   required from here",
                              "a.hpp:7:3: error: one", "a.cpp:1:6: error: two", margin[0] + lines[0],
                              margin[1] + "     ^~~",
                              "b.hpp:3:1: note: of two", "cc1plus: fatal error: three", "1 error generated."])
            found = compilers.from_text(text, lambda file: lines if file == "a.cpp" else [])
            self.assertEqual([(d.message, d.line, len(d.notes)) for d in found],
                             [("one", 7, 0), ("two", 1, 1), ("three", 0, 0)])
            self.assertEqual(found[0].places, [("a.cpp", 2, 9)])
            self.assertEqual((found[1].start, found[1].finish), (6, 8))
        self.assertIsNone(compilers.from_json("a.cpp:1:1: error: no JSON"))

    def test_every_name_that_students_write_has_its_header(self):
        library = mistakes.Library()
        for name, header in (("dim", "shape/dim"), ("input", "expr/leaf"), ("matmul", "expr/contract"),
                             ("sum", "expr/reduce"),
                             ("where", "expr/elementwise"), ("cross_entropy", "expr/loss"),
                             ("relu", "layer/activation"),
                             ("linear", "layer/linear"), ("residual", "layer/layer"), ("compile", "program/compile"),
                             ("train", "train/trainer"), ("sgd", "train/optimizer"), ("load_digits", "data/datasets")):
            self.assertEqual(library.header.get(name), f"gradus/{header}.hpp")
        self.assertEqual(library.usage["linear"], 'linear<"name", in_features, out_features>')
        self.assertEqual(library.usage["dim"], 'dim<"name">')


def squeezed(text):
    return " ".join(re.sub(r"[;:]", " ", re.sub(r" \(layer \d+(?: of \d+)?\)", "", text)).split())


def judged(case, compiler):
    """What is wrong with the card of a program that must not compile."""
    text = case.read_text(encoding="utf-8")
    here = next(n for n, line in enumerate(text.splitlines(), 1) if re.search(r"// here *$", line))
    report, _ = explain.explained(case, compiler, [])
    card = report["card"]
    if card is None:
        return "no card" if not report["ok"] else "it compiles"
    if card.line != here:
        return f"the card is of line {card.line}, not {here}"
    if report["others"]:
        return f"other mistakes: {report['others']}"
    shown = squeezed(f"{card.sentence} {card.way_out}")
    if card.kind.endswith("_error"):  # a sentence of the library: all its words
        for words in re.findall(r"^// error(?:\[g\+\+\])?: *(.+?) *$", text, re.MULTILINE):
            if squeezed(words.replace('\\"', '"')) not in shown:
                return f"the card says: {shown}\n        and not: {words}"
    return "" if card.whole else f"the sentence is cut: {card.sentence}"


def refused():
    """Passed and failed cards of the programs in tests/refuse/."""
    cases = sorted((ROOT / "tests" / "refuse").glob("*.cpp"))
    compiles = {c: set(cases if compilers.family(c) == "g++" else cases[::OPTIONS.every]) for c in COMPILERS if GXX}
    jobs = [(case, c) for case in cases for c in compiles if case in compiles[c]
            if not re.search(r"^// only: " + ("g" if compilers.family(c) == "clang" else "clang"), case.read_text(),
                             re.MULTILINE)]
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
        for (case, compiler), wrong in zip(jobs, workers.map(lambda job: judged(*job), jobs)):
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(f"FAILED  {case.name}  {compiler}\n        {wrong}")
    return passed, failed


if __name__ == "__main__":
    if not COMPILERS:
        sys.exit("there is no compiler here\n0 passed, 1 failed")
    result = unittest.main(argv=sys.argv[:1], exit=False, verbosity=0).result
    passed, failed = refused()
    bad = len(result.failures) + len(result.errors)
    print(f"{passed + result.testsRun - min(bad, result.testsRun)} passed, {failed + bad} failed")
    sys.exit(1 if failed or bad else 0)
