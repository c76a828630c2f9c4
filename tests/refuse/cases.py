# SPDX-License-Identifier: BSL-1.0
"""The cases of this folder, and what a compiler says to them. Read by run.py, complete.py and tools/gallery.

README.md says what the lines of a case mean.
"""
import dataclasses
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
INCLUDE = ROOT / "include"
LIMITS = {"g++": 8, "clang": 12, "c++26": 20}
KINDS = tuple(LIMITS)
# What xtensor 0.24 needs from clang 19 on, without its warning.
FOR_XTENSOR = ["-fno-relaxed-template-template-args", "-Wno-unknown-warning-option",
               "-Wno-deprecated-no-relaxed-template-template-args"]


def squeezed(text):
    return " ".join(text.split())


# --- compilers -------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Compiler:
    """A program and the standard it compiles. The kind says which lines of a case are for it: g++, clang or c++26
    (clang that puts computed text into static_assert)."""

    program: str
    standard: str = "c++20"

    @property
    def kind(self):
        if "clang" not in os.path.basename(self.program):
            return "g++"
        return "c++26" if self.standard == "c++26" else "clang"

    @property
    def name(self):
        short = os.path.basename(self.program)
        return short if self.standard == "c++20" else f"{short} {self.standard}"

    @functools.cached_property
    def version(self):
        run = subprocess.run([self.program, "--version"], capture_output=True, text=True)
        return run.stdout.splitlines()[0]

    @property
    def major(self):
        number = re.search(r"\b(\d+)\.\d+\.\d+", self.version)
        return int(number[1]) if number else 0

    def flags(self):
        more = []
        if "clang" in os.path.basename(self.program):  # a case uses no variable
            more = ["-Wno-unused-const-variable", *(FOR_XTENSOR if self.major >= 16 else [])]
        return [f"-std={self.standard}", "-fsyntax-only", "-fno-diagnostics-color", "-Wall", "-Wextra", *more]


def compiler(words):
    """From `g++`, `clang++-14` or `clang++-19 c++26`."""
    program, _, standard = words.partition(" ")
    return Compiler(program, standard.strip() or "c++20")


def installed():
    """The compilers whose text is promised, those of them that are here: g++, clang 14 and 19, clang 19 with C++26."""
    wanted = [Compiler("g++"), Compiler("clang++-14" if shutil.which("clang++-14") else "clang++"),
              Compiler("clang++-19"), Compiler("clang++-19", "c++26")]
    return [c for c in wanted if shutil.which(c.program)]


# --- a case ----------------------------------------------------------------------------------------------------------


class Case:
    """What a source file promises and shows."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.name = self.path.stem
        self.text = self.path.read_text(encoding="utf-8")
        self.source = self.text.splitlines()
        here = [n for n, line in enumerate(self.source, 1) if re.search(r"// here *$", line)]
        self.here = here[0] if here else 0
        self.faults = [] if len(here) == 1 else [f"{len(here)} lines end in '// here', not one"]
        if "FIXED" not in self.text:
            self.faults.append("no '#ifdef FIXED': the corrected twin is missing")
        self.words = {kind: [] for kind in KINDS}
        self.limits, self.only = dict(LIMITS), None
        said = set()
        for key, of, value in re.findall(r"^// (error|lines|only)(?:\[(.+?)\])?: *(.+?) *$", self.text, re.MULTILINE):
            said.add(key)
            if of and of not in KINDS:
                self.faults.append(f"'{key}[{of}]': the compilers are called {', '.join(KINDS)}")
            elif key == "error":
                self.words[of or "g++"].append(squeezed(value))
            elif key == "lines" and of:
                self.limits[of] = int(value)
            elif key == "lines":
                self.limits["g++"] = int(value)
            else:
                self.only = next((kind for kind in KINDS if kind in value), "g++")
        if "error" not in said:
            self.faults.append("no '// error: words'")

    def missing(self, kind, said):
        """The promised words that a compiler does not say."""
        words, text = self.words[kind], squeezed(said.text)
        if kind == "c++26" and not words:
            if ": static assertion failed" in said.first_error():
                # The sentence as it is, where g++ prints a string of the language; whole, and in the error itself.
                words, text = [w.replace('\\"', '"') for w in self.words["g++"]], squeezed(said.first_error())
            else:
                words = self.words["clang"]
        return [w for w in words if w not in text]

    @functools.cached_property
    def refuses(self):
        """The operations and functions that the case is for."""
        found = re.findall(r"^// refuses: *(.+?) *$", self.text, re.MULTILINE)
        return [name.strip() for line in found for name in line.split(",")]

    @functools.cached_property
    def meaning(self):
        """The comment at the top, without the lines of the contract."""
        lines = []
        for line in self.source:
            if not line.startswith("//"):
                break
            if "SPDX" not in line and not re.match(r"// (error|lines|only|refuses)(\[.+?\])?:", line):
                lines.append(line.removeprefix("//").strip())
        return " ".join(lines)

    @property
    def title(self):
        return re.split(r"(?<=[.:;]) ", self.meaning)[0].rstrip(".:;")

    def program(self, fixed):
        """(number, line, whether only this twin has it) of the broken or the fixed program, without its comment,
        headers and `using`."""
        lines, inside = [], []
        for number, line in enumerate(self.source, 1):
            if match := re.match(r"# *(ifdef|ifndef) FIXED", line):
                inside.append((match[1] == "ifdef") == fixed)
            elif re.match(r"# *else", line) and inside:
                inside[-1] = not inside[-1]
            elif re.match(r"# *endif", line) and inside:
                inside.pop()
            elif all(inside):
                lines.append((number, re.sub(r" *// here *$", "", line), bool(inside)))
        start = next((i for i, (_, line, _) in enumerate(lines)
                      if not re.match(r"(//|#include|using namespace gradus|\s*$)", line)), 0)
        while lines and not lines[-1][1].strip():
            lines.pop()
        return lines[start:]

    def changed(self, fixed):
        return [line for _, line, only in self.program(fixed) if only]


def all_cases():
    return [Case(path) for path in sorted(HERE.glob("*.cpp"))]


# --- what a compiler says --------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Said:
    """Exit code, text and seconds of one compilation."""

    code: int
    text: str
    seconds: float

    @property
    def lines(self):
        return self.text.splitlines()

    def places(self, kind):
        return [(file, int(line)) for file, line in
                re.findall(rf"^(.*?):(\d+)(?::\d+)?: {kind}: ", self.text, re.MULTILINE)]

    def errors(self):
        """(file, line) of each message that is an error."""
        return self.places("(?:fatal )?error")

    def notes(self):
        return self.places("note")

    def first_error(self):
        """The whole line of the first error."""
        return next((line for line in self.lines if re.search(r": (?:fatal )?error: ", line)), "")

    def sentence(self):
        """The library's sentence as people read it, or None where the text does not hold it whole."""
        if match := re.search(r'sentence\{"((?:[^"\\]|\\.)*)"\}', self.text):
            if "[...]" not in match[1]:
                return re.sub(r"\\(.)", r"\1", match[1])
        if match := re.search(r"error: static assertion failed: (.*)$", self.text, re.MULTILINE):
            return match[1]
        return None


@functools.cache
def headers_hash(folder):
    total = hashlib.sha256()
    for path in sorted(pathlib.Path(folder).rglob("*.hpp")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def kept_in(compiler, case, folders, fixed, more):
    words = [compiler.version, *compiler.flags(), *more, case.text, case.path.name, str(fixed),
             *(headers_hash(str(folder)) for folder in folders)]
    key = hashlib.sha256("\0".join(words).encode()).hexdigest()
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return pathlib.Path(base) / "gradus" / "refuse" / key[:2] / f"{key}.json"


def compiled(compiler, case, fixed=False, folders=(INCLUDE,), fresh=True, more=()):
    """What a compiler says to a case. It is kept, and given again where `fresh` is not wanted and nothing changed."""
    kept = kept_in(compiler, case, folders, fixed, more)
    if not fresh and kept.exists():
        try:
            return Said(**json.loads(kept.read_text(encoding="utf-8")))
        except (ValueError, TypeError):
            pass

    def short(path):
        path = pathlib.Path(path).resolve()
        return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)

    command = [compiler.program, *compiler.flags(), *more, *(f"-I{short(folder)}" for folder in folders),
               *(["-DFIXED"] if fixed else []), short(case.path)]
    start = time.monotonic()
    run = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=ROOT,
                         env={**os.environ, "LC_ALL": "C"}, timeout=120)
    said = Said(run.returncode, run.stderr, round(time.monotonic() - start, 3))
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(dataclasses.asdict(said)), encoding="utf-8")
        partial.replace(kept)
    except OSError:
        pass
    return said
