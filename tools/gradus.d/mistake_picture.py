# SPDX-License-Identifier: BSL-1.0
"""The picture of a mistake: compiles a student's file with GRADUS_DRAW_ERRORS and draws what it knows of the network.

    path, why = drawn(pathlib.Path("lesson.cpp"), "g++")

The student's main is not run: the file is included into a program that has its own. docs/mistake-pictures.md.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import compilers

FORMS = ("svg", "png", "pdf", "dot")
SECONDS_TO_DRAW = 20
ROUNDS = 4  # statements that cannot be compiled after a mistake are left out, and some follow from others
NOTHING = "there is no mistake in a network to draw"
NO_MISTAKE = 3  # what the program answers where there is nothing to draw
PROGRAM = """#define main students_main_that_is_not_run
#line 1 "{file}"
{text}
#undef main
namespace gradus {{ bool draw_into(const char*); }}
int main(int, char** words) {{ return gradus::draw_into(words[1]) ? 0 : {none}; }}
"""
# The part that draws does not depend on the student's file: it is compiled once and kept. 3 s become 1 s.
DRAWING = """#include <gradus/draw/mistake.hpp>
namespace gradus {
bool draw_into(const char* path) { return write_mistakes(path); }
}
"""
DRAWING_HEADERS = ("shape", "expr", "layer", "graph", "draw")


def command(compiler, more):
    flags = ["-std=c++20", f"-I{compilers.INCLUDE}", "-DGRADUS_DRAW_ERRORS", "-O0", "-w"]
    if compilers.family(compiler) == "clang":
        flags += ["-fno-relaxed-template-template-args", "-Wno-unknown-warning-option"]
    return [compiler, *flags, *more]


def drawing_part(compiler, folder):
    """(object file, None), or (None, what the compiler said)."""
    content = hashlib.sha256(DRAWING.encode())
    for path in sorted(p for name in DRAWING_HEADERS for p in (compilers.INCLUDE / "gradus" / name).glob("*.hpp")):
        content.update(path.read_bytes())
    version = ran([compiler, "--version"], SECONDS_TO_DRAW)[1]
    content.update(version.encode())
    kept = cache() / "drawing" / f"{os.path.basename(compiler)}-{content.hexdigest()[:16]}.o"
    if kept.is_file():
        return kept, None
    source, made = folder / "drawing.cpp", folder / "drawing.o"
    source.write_text(DRAWING, encoding="utf-8")
    code, said = ran([*command(compiler, ()), "-c", "-o", str(made), str(source)], compilers.SECONDS)
    if code != 0:
        return None, said
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob(f"{os.path.basename(compiler)}-*.o"):
            old.unlink()
        beside = kept.with_suffix(f".{os.getpid()}")
        shutil.copyfile(made, beside)
        beside.replace(kept)
    except OSError:
        pass  # nothing can be kept here
    return made, None


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return pathlib.Path(base) / "gradus"


def home(file):
    """A folder for what is made of a file: in the cache, or a new one where nothing can be written there."""
    where = re.sub(r"[^\w.-]+", "-", str(file.resolve().parent)).strip("-")
    folder = cache() / "explain" / where
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return pathlib.Path(tempfile.mkdtemp(prefix="gradus-explain-"))


def ran(words, seconds):
    """(exit code, what it said); the code is None where it took too long or could not be started."""
    try:
        run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             timeout=seconds, env={**os.environ, "LC_ALL": "C"}, text=True, errors="replace")
        return run.returncode, run.stdout
    except subprocess.TimeoutExpired:
        return None, f"it does not end within {seconds} seconds"
    except OSError as error:
        return None, str(error)


def without(text, at):
    """The text without the statement around an index, its line ends kept; None where it is no whole statement."""
    closing, opening = {")": "(", "]": "[", "}": "{"}, "([{"
    begin, depth = at, 0
    while begin > 0:
        c = text[begin - 1]
        if depth == 0 and c in ";{}":
            break
        depth += (c in ")]") - (c in "([" and depth > 0)
        begin -= 1
    end, depth = begin, 0
    while end < len(text):
        c = text[end]
        if c in opening:
            depth += 1
            if c == "{" and depth == 1:
                return None  # the head of a function or a loop
        elif c in closing:
            depth -= 1
            if depth < 0:
                return None
        elif c == ";" and depth == 0:
            return text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]
        end += 1
    return None


def without_errors(text, said, file):
    """The text without the statements of that file that a compiler complains of; None where there is nothing to do.

    What stands after a mistake often makes no sense without it: `auto scores = predict(x = images)` has no value.
    """
    lines = text.splitlines(keepends=True)
    name = re.escape(str(file))
    places = re.findall(rf"^{name}:(\d+):(\d+): (?:fatal )?error:|^{name}:(\d+):(\d+):   required from here", said,
                        re.MULTILINE)
    places += re.findall(rf"^{name}:(\d+):(\d+): note: in instantiation of ()()", said, re.MULTILINE)
    result = text
    for place in places:
        line, column = (int(n) for n in (place[:2] if place[0] else place[2:]))
        if 0 < line <= len(lines):
            at = sum(len(part) for part in lines[:line - 1]) + len(
                lines[line - 1].encode()[:column - 1].decode("utf-8", "ignore"))
            if result[at:at + 1].isspace():
                continue  # left out already
            result = without(result, at) or result
    return None if result == text else result


def first_error(text):
    return next((line for line in text.splitlines() if " error: " in line), text.strip().split("\n")[0])


def drawn(file, compiler=None, more=(), out=None, form="svg"):
    """Draws the mistakes in a source file: (path of the picture, None), or (None, why there is none).

    `more` are words for the compiler. Without `out` the picture goes where `gradus explain` keeps its text.
    """
    file = pathlib.Path(file).resolve()
    compiler = compiler or compilers.at_hand()
    if not compiler:
        return None, "there is no compiler here; g++ is in the package g++: apt install g++"
    if form != "dot" and not shutil.which("dot"):
        return None, "pictures need Graphviz: apt install graphviz"
    path = pathlib.Path(out) if out else home(file) / f"{file.name}.mistake.{form}"
    with tempfile.TemporaryDirectory(prefix="gradus-draw-") as folder:
        source, program, dot = (pathlib.Path(folder) / name for name in ("wrapped.cpp", "program", "mistake.dot"))
        drawing, said = drawing_part(compiler, pathlib.Path(folder))
        if not drawing:
            return None, f"the part that draws does not compile: {first_error(said)}"
        # What is not linked here (zlib, a BLAS) is not called either.
        words = [*command(compiler, more), f"-iquote{file.parent}", "-ffunction-sections", "-Wl,--gc-sections", "-o",
                 str(program), str(source), str(drawing)]
        escaped = str(file).replace("\\", "\\\\").replace('"', '\\"')
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        for _ in range(ROUNDS):
            source.write_text(PROGRAM.format(file=escaped, text=text, none=NO_MISTAKE), encoding="utf-8",
                              errors="surrogateescape")
            code, said = ran(words, compilers.SECONDS)
            text = without_errors(text, said, file) if code else text
            if code == 0 or text is None:
                break
        if code != 0:
            return None, f"another mistake stands before it: {first_error(said)}"
        code, said = ran([str(program), str(dot)], SECONDS_TO_DRAW)
        if code == NO_MISTAKE:
            return None, NOTHING
        if code != 0 or not dot.is_file():
            return None, f"it could not be drawn: {said.strip() or f'the program ended with {code}'}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if form == "dot":
                shutil.copyfile(dot, path)
                return path, None
            words = ["dot", f"-T{form}", *(["-Gdpi=144"] if form == "png" else []), "-o", str(path), str(dot)]
            code, said = ran(words, SECONDS_TO_DRAW)
            return (path, None) if code == 0 else (None, f"Graphviz could not draw it: {said.strip()}")
        except OSError as error:
            return None, f"{path} cannot be written: {error.strerror}"
