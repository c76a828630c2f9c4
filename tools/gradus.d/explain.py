# SPDX-License-Identifier: BSL-1.0
"""gradus explain: what is wrong in a source file, as a short card

  tools/gradus explain [options] FILE [-- words for the compiler]

Compiles the file (it makes no program) and shows the first mistake: the sentence, the line, the shapes that meet
there, a way out, where the compiler's own text is, and last the picture of the mistake. Other mistakes are listed by
line. What it does not know it shows as the compiler said it.

  --compiler NAME    g++ or clang++, also with a version, as clang++-19; the first that is installed if not given
  --raw              the compiler's own text and nothing else
  --json             the card as JSON
  --no-picture       draws nothing, and so ends with the card
  --help, -h         this text

Example: tools/gradus explain docs/wrong.cpp
Exit codes: 0 it compiles, 1 there is a mistake, 2 wrong use.
"""
import difflib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import compilers
import mistakes
import source

LAYERS_SHOWN = 12
SOURCES = (".cpp", ".cc", ".cxx", ".hpp", ".h")


def wrong_use(text):
    print(f"gradus explain: {text}", file=sys.stderr)
    return 2


def not_readable(file):
    """Why a file cannot be explained, or ""."""
    if file.is_dir():
        sources = sorted(p for p in file.iterdir() if p.suffix in SOURCES)
        return f"{file} is a folder, and one source file is wanted" + (f", as {sources[0]}" if sources else "")
    if not file.exists():
        try:
            there = [p.name for p in file.parent.iterdir() if p.suffix in SOURCES]
        except OSError:
            return f"there is no folder {file.parent}"
        near = difflib.get_close_matches(file.name, there, 1, 0.7)
        return f"there is no file {file}" + (f"; the nearest is {file.parent / near[0]}" if near else "")
    if not os.access(file, os.R_OK):
        return f"{file} cannot be read: chmod u+r {file}"
    return ""


def options_of(words):
    """(options, None) or (None, exit code)."""
    given = {"file": None, "compiler": None, "raw": False, "json": False, "no-picture": False, "more": []}
    words = list(words)
    while words:
        word = words.pop(0)
        if word in ("--help", "-h"):
            print(__doc__.strip())
            return None, 0
        if word == "--":
            given["more"] = words
            break
        if word in ("--raw", "--json", "--no-picture"):
            given[word[2:]] = True
        elif word == "--compiler" or word.startswith("--compiler="):
            given["compiler"] = word.partition("=")[2] or (words.pop(0) if words else None)
            if not given["compiler"]:
                return None, wrong_use("--compiler wants a name, as g++ or clang++ (see --help)")
        elif word.startswith("-"):
            return None, wrong_use(f"unknown option '{word}' (see --help)")
        elif given["file"]:
            return None, wrong_use(f"one file at a time, not {given['file']} and {word}; words for the compiler come "
                                   "behind -- (see --help)")
        else:
            given["file"] = pathlib.Path(word)
    if not given["file"]:
        return None, wrong_use("which file? (see --help)")
    if why := not_readable(given["file"]):
        return None, wrong_use(why)
    if given["raw"] and given["json"]:
        return None, wrong_use("--raw or --json, not both (see --help)")
    name = given["compiler"]
    if name and not re.fullmatch(r"(?:.*/)?(?:[\w.-]+-)?(?:g\+\+|clang\+\+)(?:-[\d.]+)?", name):
        return None, wrong_use(f"--compiler '{name}': known are g++ (12 or later) and clang++ (14 or later), "
                               "also with a version, as g++-13")
    if name and not shutil.which(name):
        package = compilers.package(name)
        return None, wrong_use(f"there is no {name} here; it is in the package {package}: apt install {package}")
    given["compiler"] = name or compilers.at_hand()
    if not given["compiler"]:
        return None, wrong_use("there is no compiler here; g++ is in the package g++: apt install g++")
    return given, None


def said_again(error, before):
    """clang says of a refused function a second time, in the same line, that it cannot be used or is no constant; g++
    says after a wrong template argument that it is invalid."""
    return re.search(r"must be initialized by a constant expression|attempt to use a deleted function"
                     r"|template argument \d+ is invalid$", error.message) and \
        any((b.file, b.line) == (error.file, error.line) for b in before)


def helped(card, cards):
    """A card of clang, which cuts sentences, with the sentence that another compilation gives of the same mistake."""
    cards = [c for c in cards if c and c.whole and c.kind == card.kind and c.sizes == card.sizes
             and (c.line == card.line or (c.sentence + "; " + c.way_out).startswith(card.begin[:8]))]
    best = next((c for c in cards if c.line == card.line), cards[0] if cards else None)
    if best:
        card.sentence, card.way_out, card.whole = best.sentence, best.way_out, True
        for field in ("operands", "layers", "network"):
            if getattr(best, field):
                setattr(card, field, getattr(best, field))
    return card


def cut(card):
    """What is left to say where clang has cut a sentence and nothing here says the rest."""
    card.way_out = "install g++, which prints the whole sentence: apt install g++"
    return card


class Drawing:
    """The picture of the mistake, drawn beside the compilation by a process of its own, which gives way to it."""

    PROGRAM = "import json, sys; sys.path.insert(0, sys.argv[1]); import mistake_picture as m; " \
              "path, why = m.drawn(sys.argv[2], sys.argv[3], sys.argv[4:]); " \
              "print(json.dumps([path and str(path), why]))"

    def __init__(self, file, compiler, more):
        self.folder = tempfile.TemporaryDirectory(prefix="gradus-picture-")
        words = [sys.executable, "-B", "-c", self.PROGRAM, str(pathlib.Path(__file__).parent), str(file), compiler,
                 *more]
        self.process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "TMPDIR": self.folder.name}, preexec_fn=lambda: os.nice(10))

    def result(self):
        """(path, None) or (None, why not); whatever goes wrong, there is a card all the same."""
        try:
            said, _ = self.process.communicate(timeout=compilers.SECONDS)
            path, why = json.loads(said.decode("utf-8", "replace").splitlines()[-1])
            return (path, why) if path or why else (None, "it could not be drawn")
        except (subprocess.TimeoutExpired, ValueError, IndexError, TypeError):
            return None, "it could not be drawn"
        finally:
            self.stop()

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.folder.cleanup()


class Colours:
    CODES = {"red": "31;1", "green": "32", "bold": "1", "dim": "2"}

    def __init__(self, on):
        self.on = on

    def __call__(self, colour, text):
        return f"\033[{self.CODES[colour]}m{text}\033[0m" if self.on and text else text


def is_colourful():
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def shown_line(reader, card, colour):
    """The student's line, and the mark below it. A tab counts as four spaces in both."""
    text = reader.text(card.line).rstrip()
    at = source.characters(text, card.column)
    begin = source.characters(text, card.start) if 0 < card.start <= card.column else at
    end = max(source.characters(text, card.finish) if card.finish >= card.column else at, at)
    wide = lambda part: len(part.replace("\t", "    "))
    marks = "".join("^" if i == at else "~" for i in range(begin, end + 1))
    margin = str(card.line)
    return [f"  {margin} | " + text.replace("\t", "    "),
            f"  {' ' * len(margin)} | " + " " * wide(text[:begin]) + colour("red", marks)]


def columns(rows):
    """Rows of words as aligned text."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(word.ljust(width) for word, width in zip(row, widths)).rstrip() for row in rows]


def shape_table(card, colour):
    """The operands, what they are made of, each with its line, and the layers up to the mistake."""
    behind = {name: (shape, f"line {line}: {text}") for name, shape, line, text in card.network}
    rows = [[what or "?", shape, behind.pop(what, ("", ""))[1]] for what, shape in card.operands]
    rows += [[name, shape, where] for name, (shape, where) in behind.items()]
    lines = ["  " + line for line in columns(rows)] if rows else []
    if card.operands and not any(what for what, _ in card.operands) and not behind:
        lines = ["  " + shape for _, shape in card.operands]
    if card.layers:
        numbers, n = [], 0
        for row in card.layers:
            n += row.depth == 0
            numbers.append(str(n) if row.depth == 0 else "")
        rows = columns([[number, "  " * row.depth + row.name, row.type, row.text,
                         "<- " + row.wrong if row.wrong else ""]
                        for number, row in zip(numbers, card.layers)])
        rows = [colour("red", line) if row.wrong else line for line, row in zip(rows, card.layers)]
        if len(rows) > LAYERS_SHOWN:
            rows = [f"... {len(rows) - LAYERS_SHOWN} layers before these", *rows[-LAYERS_SHOWN:]]
        lines += [*([""] if lines else []), *("  " + line for line in rows)]
    return lines


def is_told(card):
    """Whether the library tells of a mistake, so that there is a network to draw."""
    return card is not None and (card.kind.endswith("_error") or card.kind == "wrong_argument")


def picture_line(report, colour):
    path, why = report["picture"]
    return f"  picture: {path}" if path else colour("dim", f"  no picture: {why}")


def shown_card(report, reader, colour):
    """The card as text."""
    if report["ok"]:
        warned = f"\n\nIt says:\n{report['text'].rstrip()}" if report["text"].strip() else ""
        return f"{report['file']} compiles: {report['compiler']} finds no mistake in it{warned}"
    name, lines = report["file"], []
    card = report["card"]
    if card is None:
        first = report["errors"][0] if report["errors"] else None
        place = f"{name}:{first[0]}:{first[1]}: " if first and first[0] else f"{name}: "
        lines += [colour("bold", f"{place}the compiler says something else"), ""]
        lines += ["  " + line for line in report["text"].rstrip().splitlines()]
    else:
        place = f"{name}:{card.line}:{card.column}" if card.line else name  # a header may be wrong, or not installed
        lines += [colour("bold", f"{place}: {mistakes.kind_text(card.kind)}"), "",
                  "  " + colour("red", card.sentence), ""]
        if reader.text(card.line):
            lines += [*shown_line(reader, card, colour), ""]
        if table := shape_table(card, colour):
            lines += [*table, ""]
        if card.way_out:
            lines += ["  try: " + colour("green", card.way_out), ""]
        lines.pop()
    others = report["others"]
    if others:
        lines += ["", f"  {len(others)} more {'mistake' if len(others) == 1 else 'mistakes'}:"]
        lines += [f"    {(str(o['file']) + ':') if o['file'] else ''}{o['line']}:{o['column']}: {o['sentence']}"
                  for o in others]
    where = f" is in {report['raw']}" if report["raw"] else ": --raw prints it"
    lines += ["", colour("dim", f"  all that {report['compiler']} said ({report['raw_lines']} lines){where}")]
    return "\n".join(lines)


def as_json(report, reader):
    card = report["card"]
    data = {"file": report["file"], "compiler": report["compiler"], "ok": report["ok"], "command": report["command"]}
    if not report["ok"]:
        data.update({"kind": card.kind if card else "unknown", "raw": report["raw"] and str(report["raw"]),
                     "others": report["others"]})
        if card:
            data.update({
                "sentence": card.sentence, "try": card.way_out or None, "whole": card.whole,
                "line": card.line, "column": card.column, "source": reader.text(card.line),
                "sizes": list(card.sizes),
                "operands": [{"source": what or None, "shape": shape} for what, shape in card.operands],
                "picture": report["picture"][0], "no_picture": report["picture"][1],
                "network": [{"name": name, "shape": shape or None, "line": line, "source": text}
                            for name, shape, line, text in card.network],
                "layers": [{"name": r.name, "type": r.type, "features": r.text, "wrong": r.wrong, "depth": r.depth}
                           for r in card.layers],
            })
        else:
            data.update({"sentence": "the compiler says something else", "text": report["text"]})
    data["warnings"] = report["warnings"]
    return json.dumps(data, indent=1, ensure_ascii=False)


def explained(file, compiler, more):
    """All that is known of a file, and the reader of its lines."""
    reader = mistakes.Reader(file, compiler)
    gxx = compilers.at_hand(("g++",))
    # Beside the compilation, so that nobody waits for one after the other: clang cuts sentences, and g++ does not, or
    # clang itself with C++26 where there is no g++; and the network behind a mistake is asked for.
    beside = None
    if compilers.family(compiler) == "clang" and gxx:
        beside, asked = mistakes.Reader(file, gxx, reader), compilers.Run(gxx, file, more, as_json=True)
    elif compilers.shows_whole_sentences(compiler):
        beside, asked = mistakes.Reader(file, compiler, reader), compilers.Run(compiler, file, [*more, "-std=c++26"])
    reader.network.ask(gxx or compiler, file, more)
    try:
        run = compilers.Compilation(compiler, file, more, reader.sources)
        if not run.ok:
            reader.network.listen()
        errors = [e for i, e in enumerate(run.errors) if not said_again(e, run.errors[:i])]
        cards = [reader.card(e, errors) for e in errors]
        if beside and any(card and not card.whole for card in cards):
            found = compilers.from_json(asked.text()) if gxx else compilers.from_text(asked.text(), reader.sources)
            others = [beside.card(d) for d in found or [] if d.kind not in ("warning", "note")]
            cards = [helped(card, others) if card and not card.whole else card for card in cards]
    finally:
        if beside:
            asked.stop()
        reader.network.stop()
    cards = [cut(card) if card and not card.whole else card for card in cards]
    others = []
    told = [(c.sentence, c.line) if c else None for c in cards]
    for i, (error, card) in list(enumerate(zip(errors, cards)))[1:]:
        if card and told[i] in told[:i]:  # a second error of one mistake
            continue
        line, column = (card.line, card.column) if card else reader.place(error)
        elsewhere = not line
        others.append({"file": error.file if elsewhere else None, "line": line or error.line,
                       "column": column or error.column,
                       "sentence": card.sentence if card else error.message})
    return {
        "file": str(file), "compiler": compiler, "ok": run.ok, "command": " ".join(run.command),
        "card": cards[0] if cards else None, "errors": [reader.place(e) for e in errors], "others": others,
        "text": run.raw, "raw_lines": len(run.raw.splitlines()), "warnings": len(run.warnings),
        "picture": (None, None), "raw": None if run.ok else compilers.kept(run.raw, compiler, file),
    }, reader


def main(words):
    given, code = options_of(words)
    if given is None:
        return code
    if given["raw"]:
        run = compilers.Run(given["compiler"], given["file"], given["more"])
        print(run.text(), end="")
        return 1 if run.code() else 0
    drawing = None
    try:
        if not given["no-picture"] and "gradus" in given["file"].read_text(encoding="utf-8", errors="replace"):
            drawing = Drawing(given["file"], given["compiler"], given["more"])
        return shown(given, drawing)
    except subprocess.TimeoutExpired:
        return wrong_use(f"{given['compiler']} does not end within {compilers.SECONDS} seconds")
    finally:
        if drawing:
            drawing.stop()


def shown(given, drawing):
    """Prints the card, and then the picture's path when it is drawn; gives the exit code."""
    report, reader = explained(given["file"], given["compiler"], given["more"])
    if given["json"]:
        if drawing and is_told(report["card"]):
            report["picture"] = drawing.result()
        print(as_json(report, reader))
    else:
        colour = Colours(is_colourful())
        print(shown_card(report, reader, colour), flush=True)
        if drawing and is_told(report["card"]):
            report["picture"] = drawing.result()
            print(picture_line(report, colour))
    return 0 if report["ok"] else 1
