# SPDX-License-Identifier: BSL-1.0
"""gradus draw-error: the picture of the mistakes in a source file

  tools/gradus draw-error [options] FILE [-- words for the compiler]

Compiles the file so that mistakes do not stop it, and draws the network: the faulty operation red, a card with what
was expected, what was given and what to try, and grey what has no shape because of it. The file's main does not run.

  --out PATH         where the picture goes; beside the texts of `gradus explain` if not given
  --format NAME      svg, png, pdf or dot; the ending of PATH, or svg, if not given
  --compiler NAME    g++ or clang++, also with a version; the first that is installed if not given
  --open             shows the picture, with xdg-open
  --help, -h         this text

Example: tools/gradus draw-error docs/wrong.cpp --out wrong.png
Exit codes: 0 there is no mistake to draw, 1 it is drawn, 2 wrong use, or it cannot be drawn.
"""
import pathlib
import shutil
import subprocess
import sys

import compilers
import mistake_picture


def wrong_use(text):
    print(f"gradus draw-error: {text}", file=sys.stderr)
    return 2


def main(words):
    given = {"--out": None, "--format": None, "--compiler": None}
    file, more, opens, words = None, [], False, list(words)
    while words:
        word = words.pop(0)
        if word in ("--help", "-h"):
            print(__doc__.strip())
            return 0
        if word == "--":
            more, words = words, []
        elif word == "--open":
            opens = True
        elif word.partition("=")[0] in given:
            key, sign, value = word.partition("=")
            given[key] = value if sign else (words.pop(0) if words else None)
            if not given[key]:
                return wrong_use(f"{key} wants a value (see --help)")
        elif word.startswith("-"):
            return wrong_use(f"unknown option '{word}' (see --help)")
        elif file:
            return wrong_use(f"one file at a time, not {file} and {word} (see --help)")
        else:
            file = pathlib.Path(word)
    if not file:
        return wrong_use("which file? (see --help)")
    if not file.is_file():
        return wrong_use(f"there is no file {file}")
    ending = pathlib.Path(given["--out"]).suffix[1:] if given["--out"] else ""
    form = given["--format"] or ending or "svg"
    if form not in mistake_picture.FORMS:
        return wrong_use(f"--format '{form}': known are {', '.join(mistake_picture.FORMS)}")
    name = given["--compiler"]
    if name and not shutil.which(name):
        package = compilers.package(name)
        return wrong_use(f"there is no {name} here; it is in the package {package}: apt install {package}")
    path, why = mistake_picture.drawn(file, name, more, given["--out"], form)
    if path is None:
        if why == mistake_picture.NOTHING:
            print(f"{file}: {why}")
            return 0
        return wrong_use(f"{file}: {why}")
    print(path)
    if opens:
        if not shutil.which("xdg-open"):
            return wrong_use("--open wants xdg-open: apt install xdg-utils")
        subprocess.run(["xdg-open", str(path)], check=False)
    return 1
