# SPDX-License-Identifier: BSL-1.0
"""The pictures of mistakes: which node is red, what its card says, what is grey.

python3 tests/mistakes/mistakes.py [--all COMPILER]... [case.cpp]...

Each case beside this file says in its first lines what its picture holds: `// red:` the labels of the red nodes,
`// grey:` labels of grey ones, `// card:` words of a card, bold ones as **3**. g++ and clang++ take turns; the pictures
in GOLDEN are drawn by both and compared with tests/golden (GRADUS_APPROVE=1 writes those: tools/approve).
--all draws the programs of tests/refuse too, with that compiler, and lists those that cannot be drawn: minutes.
Prints one line for each case that fails, and `N passed, N failed` last.
"""
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools" / "gradus.d"))
import mistake_picture  # noqa: E402

GOLDEN = ("two_layers", "chain_twelve", "layer_of_a_chain")
COMPILERS = [c for c in ("g++", shutil.which("clang++-14") or "clang++") if shutil.which(c)]
APPROVE = os.environ.get("GRADUS_APPROVE") == "1"
results = []


def report(good, name, words=""):
    results.append(bool(good))
    if not good:
        print(f"FAILED  {name}" + (f"\n        {words}" if words else ""))


def plain(label):
    """A label without tags, bold words as **word**."""
    text = re.sub(r"<BR[^>]*>", " ", label)
    text = re.sub(r"</?B>", "**", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


class Picture:
    def __init__(self, dot):
        self.text, self.reds, self.greys, self.cards, self.red_edges, self.named = dot, [], [], [], [], {}
        for line in dot.splitlines():
            match = re.match(r" *(\S+(?: -> \S+)?) \[(.*)\]$", line)
            if not match:
                continue
            kind = re.search(r'\bclass="([^"]*)"', match[2])
            label = re.search(r'\blabel=(?:<(.*?)>|"(.*?)")(?:, \w+=|$)', match[2])
            words = plain((label[1] or label[2] or "") if label else "")
            kind = kind[1] if kind else ""
            if " -> " in match[1]:
                if kind == "error":
                    self.red_edges.append(match[1])
                continue
            self.named[match[1]] = words
            bare = " ".join(words.replace("**", "").replace("✗", "").split())
            if kind == "error":
                self.reds.append(bare)
            elif kind == "untyped":
                self.greys.append(bare)
            elif kind == "note":
                self.cards.append(words)


def drawn(file, compiler):
    with tempfile.TemporaryDirectory() as folder:
        path, why = mistake_picture.drawn(file, compiler, out=pathlib.Path(folder) / "picture.dot", form="dot")
        return (path.read_text(encoding="utf-8"), None) if path else (None, why)


def listed(text, key):
    return [w.strip() for line in re.findall(rf"^// {key}:(.*)$", text, re.MULTILINE) for w in line.split(",")
            if w.strip()]


def judged(file, compiler):
    """What is wrong with the picture of a case."""
    text = file.read_text(encoding="utf-8")
    dot, why = drawn(file, compiler)
    if file.stem == "fine":
        return [] if why == mistake_picture.NOTHING else [f"a picture, or another reason: {why}"]
    if not dot:
        return [why]
    p, wrong = Picture(dot), []
    if sorted(p.reds) != sorted(listed(text, "red")):
        wrong.append(f"red are {p.reds}")
    for words in re.findall(r"^// card: *(.*?) *$", text, re.MULTILINE):
        if not any(words in card for card in p.cards):
            wrong.append(f"no card says {words}: {p.cards}")
    if len(p.cards) != len(re.findall(r"^// card:", text, re.MULTILINE)):
        wrong.append(f"there are {len(p.cards)} cards")
    for label in listed(text, "grey"):
        if not any(label in grey.split(" × ") or grey.endswith(label) for grey in p.greys):
            wrong.append(f"{label} is not grey: {p.greys}")
    if "→" not in "".join(p.greys) and len(p.greys) != len(listed(text, "grey")):
        wrong.append(f"grey are {p.greys}")
    if p.reds and not p.red_edges:
        wrong.append("no edge is red")
    if shutil.which("dot"):
        run = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, text=True, check=False)
        if run.returncode or run.stderr:
            wrong.append(f"dot says {run.stderr}")
    if file.stem in GOLDEN:
        golden = ROOT / "tests" / "golden" / f"mistake_{file.stem}.dot"
        if APPROVE:
            golden.write_text(dot, encoding="utf-8")
        elif not golden.is_file() or golden.read_text(encoding="utf-8") != dot:
            wrong.append(f"it is not {golden.relative_to(ROOT)} letter by letter (tools/approve)")
    return wrong


def statements():
    """What is left out where a compiler complains."""
    text = "int main() {\n  for (int i = 0; i < 3; ++i) f(i, [] { return 1; });\n  g(x);\n}\n"
    without = mistake_picture.without
    left = without(text, text.index("f(i"))
    report("".join(left.split()) == "intmain(){;g(x);}", "a statement is left out with the loop around it", left)
    report("g(x)" not in (without(text, text.index("g(x")) or "g(x)"), "a statement alone is left out")
    report(without(text, text.index("int main")) is None, "the head of a function stays")
    report(without(text, text.index("g(x")).count("\n") == text.count("\n"), "the lines keep their numbers")


def everything(compiler):
    """The programs of tests/refuse: which of them have no picture."""
    files = sorted((ROOT / "tests" / "refuse").glob("*.cpp"))
    count, pictures = 0, 0
    for file in files:
        dot, why = drawn(file, compiler)
        count += 1
        pictures += bool(dot)
        if not dot:
            print(f"{file.name}: {why[:160]}")
    print(f"{compiler}: {pictures} of {count} programs of tests/refuse have a picture")


def main(words):
    whole = [words[i + 1] for i, w in enumerate(words[:-1]) if w == "--all"]
    chosen = [pathlib.Path(w) for w in words if w.endswith(".cpp")]
    statements()
    for n, file in enumerate(chosen or sorted(HERE.glob("*.cpp"))):
        for compiler in COMPILERS if file.stem in GOLDEN else [COMPILERS[n % len(COMPILERS)]]:
            wrong = judged(file.resolve(), compiler)
            report(not wrong, f"{file.stem}  {os.path.basename(compiler)}", "\n        ".join(wrong))
    for compiler in whole:
        everything(compiler)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
