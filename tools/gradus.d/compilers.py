# SPDX-License-Identifier: BSL-1.0
"""Runs g++ and clang++ and reads what they say: g++'s JSON, and the text of either."""
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"
# The names that Debian and Ubuntu give; g++ first, because its text holds the whole sentence.
KNOWN = ["g++", *(f"g++-{n}" for n in range(16, 11, -1)), "clang++", *(f"clang++-{n}" for n in range(22, 13, -1))]
SECONDS = 300


@dataclasses.dataclass
class Diagnostic:
    """One message of a compiler. Lines and columns count from 1, columns in bytes, as both compilers do."""

    kind: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    start: int = 0  # columns of the underlined text on that line; 0: not known
    finish: int = 0
    notes: list = dataclasses.field(default_factory=list)
    places: list = dataclasses.field(default_factory=list)  # (file, line, column) that led there, innermost first

    def all_places(self):
        return [(self.file, self.line, self.column), *self.places, *((n.file, n.line, n.column) for n in self.notes)]


def family(compiler):
    return "clang" if "clang" in os.path.basename(compiler) else "g++"


def at_hand(kinds=("g++", "clang")):
    """The first compiler that is installed, or None."""
    return next((c for c in KNOWN if family(c) in kinds and shutil.which(c)), None)


def shows_whole_sentences(compiler):
    """Whether it is a clang that puts computed text into static_assert, with C++26: from 17 on."""
    if family(compiler) != "clang":
        return False
    try:
        said = subprocess.run([compiler, "--version"], capture_output=True, text=True, errors="replace",
                              timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    number = re.search(r"\bversion (\d+)\.", said.stdout)
    return bool(number) and int(number[1]) >= 17


def package(compiler):
    """The Debian package of a compiler."""
    return os.path.basename(compiler).replace("clang++", "clang")


def command(compiler, file, more, as_json=False):
    flags = ["-std=c++20", f"-I{INCLUDE}", "-fsyntax-only"]
    if family(compiler) == "clang":
        # xtensor 0.24 wants the first from clang 19 on; the next two keep clang quiet about it.
        flags += ["-fno-relaxed-template-template-args", "-Wno-unknown-warning-option",
                  "-Wno-deprecated-no-relaxed-template-template-args", "-fno-color-diagnostics",
                  "-fdiagnostics-absolute-paths"]
    else:
        flags += ["-fdiagnostics-format=json"] if as_json else ["-fno-diagnostics-color"]
    return [compiler, *flags, *more, str(file)]


class Run:
    """A compiler at work; `text()` waits for it. What it says goes to a file, so that no pipe fills up."""

    def __init__(self, compiler, file, more, as_json=False):
        self.command = command(compiler, file, more, as_json)
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, stdout=self.said, stderr=self.said, stdin=subprocess.DEVNULL,
                                        env={**os.environ, "LC_ALL": "C"})

    def code(self):
        return self.process.wait(timeout=SECONDS)

    def text(self):
        self.code()
        with self.said as said:
            said.seek(0)
            return said.read().decode("utf-8", "replace")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.said.close()


def from_json(text):
    """The messages in the JSON of g++, or None where there is none (g++ 16 no longer writes it)."""
    line = next((line for line in text.splitlines() if line.startswith("[")), None)
    try:
        entries = json.loads(line)
    except (TypeError, ValueError):
        return None
    found = []

    def read(entry):
        d = Diagnostic(entry.get("kind", "error"), entry.get("message", ""))
        for location in entry.get("locations", [])[:1]:
            caret = location["caret"]
            d.file, d.line = caret.get("file", ""), caret.get("line", 0)
            d.column = caret.get("byte-column", caret.get("column", 0))
            for side in ("start", "finish"):
                end = location.get(side, {})
                if end.get("line") == d.line:
                    setattr(d, side, end.get("byte-column", end.get("column", 0)))
            if d.finish and not d.start and "start" not in location:
                d.start = d.column
        for child in entry.get("children", []):
            note = read(child)
            d.notes += [note, *note.notes]
        return d

    for entry in entries:
        d = read(entry)
        if d.kind == "note" and found:
            found[-1].notes += [d, *d.notes]
        else:
            found.append(d)
    return found


HEADER = re.compile(r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):(?:(?P<column>\d+):)? "
                    r"(?P<kind>fatal error|error|warning|note|sorry, unimplemented|internal compiler error): "
                    r"(?P<message>.*)$")
DRIVER = re.compile(r"^(?P<file>[\w./+-]+): (?P<kind>fatal error|error): (?P<message>.*)$")
FROM = re.compile(r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):(?:(?P<column>\d+):)? +"
                  r"(?:recursively )?required (?:from|by|for)")


def underlined(source, below):
    """First and last column of the signs `~^~~` in the line below a source line, in bytes; (0, 0) if there are none."""
    below = re.sub(r"^\s*\| ?", "", below)  # the margin that g++ and clang 19 draw
    if not re.fullmatch(r"[ \t]*[~^][ ~^]*", below):
        return 0, 0
    marks = [i for i, c in enumerate(below) if c in "~^"]
    return len(source[:marks[0]].encode()) + 1, len(source[:marks[-1] + 1].encode())


def from_text(text, sources):
    """The messages in the text of g++ or clang++. `sources(file)` gives the lines of a file: they are no messages."""
    found, places, last, below = [], [], None, None
    for line in text.splitlines():
        if below is not None:
            last.start, last.finish = underlined(below, line)
            below = None
        if last and last.line:
            shown = re.sub(r"^ *\d+ \| ?", "", line)
            lines = sources(last.file)
            if 0 < last.line <= len(lines) and shown.expandtabs(8).strip() and \
                    shown.expandtabs(8).rstrip() == lines[last.line - 1].expandtabs(8).rstrip():
                below = shown if "\t" not in lines[last.line - 1] else None
                continue
        if match := FROM.match(line):
            places.append((match["file"], int(match["line"]), int(match["column"] or 0)))
            last = None
        elif match := HEADER.match(line) or DRIVER.match(line):
            part = match.groupdict()
            last = Diagnostic(part["kind"], part["message"], part["file"] if part.get("line") else "",
                              int(part.get("line") or 0), int(part.get("column") or 0))
            if last.kind == "note" and found:
                found[-1].notes.append(last)
            else:
                last.places, places = places, []
                found.append(last)
    return found


class Compilation:
    """A file compiled by one compiler: `ok`, `raw` (its text as it stands) and `diagnostics`."""

    def __init__(self, compiler, file, more, sources):
        self.compiler = compiler
        text = Run(compiler, file, more)
        if family(compiler) == "clang":
            self.raw, self.diagnostics = text.text(), None
        else:  # at the same time, because g++ gives either JSON or text, and both are wanted
            as_json = Run(compiler, file, more, as_json=True)
            self.diagnostics = from_json(as_json.text())
            self.raw = text.text()
        self.ok = text.code() == 0
        self.command = text.command
        from_words = from_text(self.raw, sources)
        if self.diagnostics is None:
            self.diagnostics = from_words
        for d in self.diagnostics:  # the JSON does not say how g++ came into a header
            if not d.places:
                d.places = next((w.places for w in from_words
                                 if (w.file, w.line, w.message) == (d.file, d.line, d.message)), [])
        self.errors = [d for d in self.diagnostics if d.kind not in ("warning", "note")]
        self.warnings = [d for d in self.diagnostics if d.kind == "warning"]


def kept(raw, compiler, file):
    """Writes the compiler's text into a file and gives its path, or None where nothing can be written."""
    name = f"{file.name}.{os.path.basename(compiler)}.txt"
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    where = re.sub(r"[^\w.-]+", "-", str(file.resolve().parent)).strip("-")
    for folder in (pathlib.Path(base) / "gradus" / "explain" / where, None):
        try:
            folder = folder or pathlib.Path(tempfile.mkdtemp(prefix="gradus-explain-"))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(raw, encoding="utf-8")
            return folder / name
        except OSError:
            continue
    return None
