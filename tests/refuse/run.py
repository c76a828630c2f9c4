# SPDX-License-Identifier: BSL-1.0
"""Compiles the programs that must not compile, and their corrected twins; tests/refuse/README.md has the contract.

python3 tests/refuse/run.py [--compiler NAME]... [--include FOLDER]... [--every N] [--show] [case.cpp]...

Without --compiler: g++, clang++-14 (or clang++), clang++-19 and 'clang++-19 c++26', those that are installed.
Without cases: all beside this file. Prints one line for each case that fails, and `N passed, N failed` last.
Exit code 0 if none failed, 2 for wrong use.
"""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
import cases as refuse


def place(file):
    return (refuse.ROOT / file).resolve()


def judged(case, compiler, folders):
    """What is wrong with a case (nothing, if it passes; None, if it is not for this compiler) and the output."""
    kind = compiler.kind
    if case.faults:
        return case.faults, ""
    if case.only and case.only != kind:
        return None, ""
    twin = refuse.compiled(compiler, case, True, folders)
    if twin.code != 0:
        return ["the twin (-DFIXED) does not compile"], twin.text
    wrong = []
    if ": warning: " in twin.text:
        wrong.append("the twin (-DFIXED) compiles with a warning")
    said = refuse.compiled(compiler, case, False, folders)
    if said.code == 0:
        return ["it compiles"], said.text
    errors = said.errors()
    if len(errors) != 1:
        wrong.append(f"{len(errors)} errors, not one")
    here = (case.path.resolve(), case.here)
    if kind == "c++26":  # the error is where the library says it; a note names the student's line
        if not any((place(file), line) == here for file, line in said.errors() + said.notes()):
            wrong.append(f"the line {case.path.name}:{case.here} is not named")
    elif not any((place(file), line) == here for file, line in errors):
        places = ", ".join(f"{os.path.basename(file)}:{line}" for file, line in errors)
        wrong.append(f"the error is at {places or 'no line'}, wanted {case.path.name}:{case.here}")
    wrong += [f"the output does not say: {words}" for words in case.missing(kind, said)]
    if len(said.lines) > case.limits[kind]:
        wrong.append(f"{len(said.lines)} lines of output, at most {case.limits[kind]} are allowed")
    return wrong, said.text


def longer(cases):
    """Cases that allow themselves more lines than the others."""
    for case in cases:
        more = [f"{case.limits[kind]} of {kind}" for kind, limit in refuse.LIMITS.items() if case.limits[kind] > limit]
        if more:
            yield f"{case.path.name} allows {' and '.join(more)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", action="append", help="such as g++ or 'clang++-19 c++26'; may be repeated")
    parser.add_argument("--include", action="append", help="folder of headers; include/ of this project if not given")
    parser.add_argument("--every", type=int, default=1, metavar="N",
                        help="clang 19 sees each N-th case only, and others with C++26")
    parser.add_argument("--show", action="store_true", help="print all that the compilers said")
    parser.add_argument("cases", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    cases = [refuse.Case(path) for path in options.cases] or refuse.all_cases()
    folders = tuple(options.include or [refuse.INCLUDE])
    asked = [refuse.compiler(words) for words in options.compiler or []]
    compilers = [c for c in asked if shutil.which(c.program)] if asked else refuse.installed()
    for absent in sorted({c.program for c in asked} - {c.program for c in compilers}):
        print(f"there is no {absent} here")
    for kind in refuse.KINDS:
        if not asked and kind not in [c.kind for c in compilers]:
            print(f"skipped for {kind}, which is not installed")
    jobs = []
    for number, case in enumerate(cases):
        for compiler in compilers:
            turn = {"clang++-19": 0, "clang++-19 c++26": 1}.get(compiler.name)
            if turn is None or options.every < 2 or number % options.every == turn:
                jobs.append((case, compiler))
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
        for (case, compiler), (wrong, said) in zip(jobs, workers.map(lambda j: judged(*j, folders), jobs)):
            if wrong is None:
                continue
            passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
            if wrong or options.show:
                print(f"{'FAILED' if wrong else 'passed'}  {case.path.name}  {compiler.name}"
                      + "".join(f"\n        {fault}" for fault in wrong))
                print("".join(f"    | {line}\n" for line in said.splitlines()), end="")
    if not options.cases:
        for text in longer(cases):
            print(text)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not compilers else 0


if __name__ == "__main__":
    sys.exit(main())
