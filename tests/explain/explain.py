# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/gradus explain: the cards of the files beside this one, letter by letter, and a card for each program
that must not compile.

python3 tests/explain/explain.py [--every N] [--compiler NAME]...

Without --compiler: g++, clang++-14 and clang++-19, those that are installed. Of tests/refuse/, g++ explains every tenth
case and clang++ every fiftieth (--every 1: all and every fifth, which takes minutes). GRADUS_APPROVE=1 writes the
golden texts anew: look at the difference before you commit it. Prints `N passed, N failed` last.
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
import network  # noqa: E402
import readable  # noqa: E402
import source  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--every", type=int, default=10)
parser.add_argument("--compiler", action="append")
OPTIONS = parser.parse_args()
COMPILERS = [c for c in OPTIONS.compiler or ("g++", "clang++-14", "clang++-19") if shutil.which(c)]
CLANGS = [c for c in COMPILERS if compilers.family(c) == "clang"]
GXX = "g++" in COMPILERS


def said(*words, path=None, picture=False, **environment):
    """Exit code, output and errors of `gradus explain`, run where the files are."""
    words = words if picture else ("--no-picture", *words)
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
    def test_the_cards_are_the_golden_ones(self):
        """g++'s letter by letter; clang says the same sentence in the same line. Two clangs take turns."""
        differs = {"too_few_arguments.cpp"}  # clang does not count them
        files = sorted(HERE.glob("*.cpp"))
        jobs = [(file.name, "g++") for file in files]
        if CLANGS:
            jobs += [(file.name, CLANGS[i % len(CLANGS)]) for i, file in enumerate(files)]
        os.chdir(HERE)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
            jobs = list(zip(jobs, workers.map(lambda job: explain.explained(pathlib.Path(job[0]), job[1], []), jobs)))
        wanted = {}
        for (name, compiler), (report, reader) in jobs:
            card = json.loads(explain.as_json(report, reader))
            with self.subTest(name, compiler=compiler):
                if compiler == "g++":
                    wanted[name] = card
                    out = explain.shown_card(report, reader, explain.Colours(False)) + "\n"
                    out = re.sub(r"^( *all that g\+\+ said) \(\d+ lines\) is in .*$", r"\1 is in FILE", out,
                                 flags=re.MULTILINE)
                    golden = (HERE / name).with_suffix(".txt")
                    if APPROVE:
                        golden.write_text(out, encoding="utf-8")
                    self.assertEqual(out, golden.read_text(encoding="utf-8") if golden.exists() else "no golden text")
                    continue
                for key in ["ok", "kind", "try", "line", "sizes", "operands", "network",
                            "layers"] + ["sentence"] * (name not in differs):
                    self.assertEqual(card.get(key), wanted[name].get(key), key)

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
        """From 17 on that is all, with C++26; before it the fixed words, the sizes and the table."""
        for compiler in CLANGS:
            with self.subTest(compiler), only(compiler) as path:
                code, out, _ = said("--compiler", compiler, "chain.cpp", path=path)
                self.assertEqual(code, 1)
                self.assertIn("4  fc2     linear    64 -> 16  <- gets 32", out)
                if compilers.shows_whole_sentences(compiler):
                    self.assertIn("64 features expected, 32 given: fc2 follows fc1", out)
                    self.assertIn('try: write linear<"fc2", 32, 16>', out)
                else:
                    self.assertIn('they are 64 and 32; clang cuts the sentence, which begins with "64 feature"', out)
                    self.assertIn("try: install g++", out)

    def test_clang_with_the_text_of_cpp26_says_the_whole_sentence_on_the_students_line(self):
        for compiler in filter(compilers.shows_whole_sentences, CLANGS):
            card = card_of(compiler, "chain.cpp", "--", "-std=c++26")
            self.assertEqual((card["line"], card["kind"], card["whole"]), (10, "shape_error", True))
            self.assertIn("64 features expected, 32 given: fc2 follows fc1", card["sentence"])

    @unittest.skipUnless(shutil.which("dot"), "no Graphviz")
    def test_the_picture_comes_last_and_can_be_left_out(self):
        compiler = COMPILERS[0]
        code, out, _ = said("--compiler", compiler, "chain.cpp", picture=True)
        self.assertEqual(code, 1)
        match = re.fullmatch(r"  picture: (.*)", out.splitlines()[-1])
        self.assertTrue(match and "fc2" in pathlib.Path(match[1]).read_text(encoding="utf-8"), out)
        card = json.loads(said("--json", "--compiler", compiler, "chain.cpp", picture=True)[1])
        self.assertEqual((card["picture"], card["no_picture"]), (match[1], None))
        self.assertNotIn("picture", said("--compiler", compiler, "chain.cpp")[1])

    def test_a_picture_that_cannot_be_drawn_leaves_the_card_alone(self):
        compiler = COMPILERS[0]
        with only(compiler) as path:
            code, out, _ = said("--compiler", compiler, "operands.cpp", path=path, picture=True)
        self.assertEqual(code, 1)
        self.assertIn("add cannot combine", out)
        self.assertRegex(out.splitlines()[-1], r"^  no picture: .")
        self.assertNotIn("picture", said("--compiler", compiler, "unknown.cpp", picture=True)[1])

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
            run = subprocess.Popen([sys.executable, str(GRADUS), "explain", "--no-picture", "--compiler",
                                    COMPILERS[0], "chain.cpp"],
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
                         (2, "gradus: unknown verb 'expain', known are: explain, draw-error (see --help)\n"))

    def test_wrong_use_is_told_in_one_line(self):
        for words, text in (
                ([], "which file? (see --help)"),
                (["nowhere.cpp"], "there is no file nowhere.cpp"),
                (["chian.cpp"], "there is no file chian.cpp; the nearest is chain.cpp"),
                (["nowhere/a.cpp"], "there is no folder nowhere"),
                ([ROOT / "docs"], f"{ROOT / 'docs'} is a folder, and one source file is wanted, as "
                                  f"{sorted((ROOT / 'docs').glob('*.cpp'))[0]}"),
                ([ROOT / "tools"], f"{ROOT / 'tools'} is a folder, and one source file is wanted"),
                (["--bogus", "fine.cpp"], "unknown option '--bogus' (see --help)"),
                (["fine.cpp", "chain.cpp"], "one file at a time, not fine.cpp and chain.cpp; "
                                            "words for the compiler come behind -- (see --help)"),
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

    def test_template_arguments_are_read_with_and_without_names(self):
        message = ('use of deleted function \'f() [with auto ...D = {dimension<"a;b">(), 7}; '
                   'T = g(int)::<lambda(auto:1)>; '
                   'sentence shape_error = sentence{"a; b] c"}]\'')
        self.assertEqual(readable.arguments(message),
                         [("D", '{dimension<"a;b">(), 7}'), ("T", "g(int)::<lambda(auto:1)>"),
                          ("shape_error", 'sentence{"a; b] c"}')])
        for named in ("operator>>", "operator<", "operator<=", "operator==", "operator()", "matmul", "gradus::matmul",
                      "gradus::layer<gradus::sequence<a<1>>>::operator()"):
            for message in (f"from 'diagnose_if' attribute on '{named}<A<1>, {{64, 32}}, {{{{54, 52, ...}}}}>':",
                            f"in instantiation of function template specialization "
                            f"'{named}<A<1>, {{64, 32}}, {{{{54, 52, ...}}}}>' requested here"):
                self.assertEqual([value for _, value in readable.arguments(message)],
                                 ["A<1>", "{64, 32}", "{{54, 52, ...}}"], message)
        self.assertEqual(readable.arguments("use of undeclared identifier 'x'"), [])

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

    def test_declarations_are_found_where_a_question_can_stand_behind_them(self):
        text = ('auto a = f(1, [](auto x) { auto b = x; return b; });\n'
                'for (auto i = 0; i < 3; ++i) {\n  auto c = "a;b";\n'
                '}  // auto d = 1;\nauto g() { return h; }')
        found = [(d.name, d.text, d.line) for d in network.declarations(text)]
        self.assertEqual(found, [("a", "f(1, [](auto x) { auto b = x; return b; })", 1), ("b", "x", 1), ("", "b", 1),
                                 ("c", '"a;b"', 3), ("", "h", 5)])

    def test_the_layers_of_a_chain_are_those_that_are_written(self):
        lines = ['auto a = linear<"fc1", 4, 4> >> relu;', 'auto b = a >> (tanh >> residual(named<"n">(a)));',
                 "auto c = sequential(b, flatten);"]
        def shown(parts):
            return [(p.wrapper, p.name, shown(p.parts)) if p.wrapper else p.text for p in parts]
        both = ['linear<"fc1", 4, 4>', "relu"]
        self.assertEqual(shown(network.Network(lines).parts("c", 3)),
                         [*both, "tanh", ("residual", "", [("named", "n", both)]), "flatten"])

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
                             ("linear", "layer/linear"), ("sequential", "layer/layer"), ("compile", "program/compile"),
                             ("train", "train/trainer"), ("sgd", "train/optimizer"), ("load_digits", "data/datasets")):
            self.assertEqual(library.header.get(name), f"gradus/{header}.hpp")
        self.assertEqual(library.usage["linear"], 'linear<"fc1", 64, 32>')
        self.assertEqual(library.usage["dim"], 'dim<"batch">')


def squeezed(text):
    text = text.replace("is unavailable: ", "")
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
    compiles = {c: set(cases[::OPTIONS.every * (1 if compilers.family(c) == "g++" else 5)]) for c in COMPILERS if GXX}
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
