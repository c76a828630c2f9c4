# SPDX-License-Identifier: BSL-1.0
"""Compiles the programs that must not compile, and their corrected twins; tests/refuse/README.md has the contract.

python3 tests/refuse/run.py [--compiler NAME]... [--include FOLDER]... [--show] [case.cpp]...

Without --compiler: g++ and clang++-14 (or clang++), those that are installed. Without cases: all beside this file.
Prints one line for each case that fails, and `N passed, N failed` last. Exit code 0 if none failed, 2 for wrong use.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ALWAYS = ["-std=c++20", "-fsyntax-only", "-fno-diagnostics-color", "-Wall", "-Wextra"]


def family(compiler):
    return "clang" if "clang" in os.path.basename(compiler) else "g++"


def squeezed(text):
    return " ".join(text.split())


class Contract:
    """What the first lines of a case promise for one family of compilers."""

    def __init__(self, text, kind):
        self.words, self.lines, self.only, self.faults = [], 20, None, []
        for key, of, value in re.findall(r"^// (error|lines|only)(?:\[(.+?)\])?: *(.+?) *$", text, re.MULTILINE):
            if of not in ("", "clang", "g++"):
                self.faults.append(f"'{key}[{of}]': the compilers are called g++ and clang")
            elif key == "error":
                if of == kind or (of == "" and kind == "g++"):
                    self.words.append(squeezed(value))
            elif key == "lines":
                if of in ("", kind):
                    self.lines = int(value)
            else:
                self.only = "clang" if "clang" in value else "g++"
        here = [n for n, line in enumerate(text.splitlines(), 1) if re.search(r"// here *$", line)]
        if len(here) != 1:
            self.faults.append(f"{len(here)} lines end in '// here', not one")
        if "FIXED" not in text:
            self.faults.append("no '#ifdef FIXED': the corrected twin is missing")
        if not re.search(r"^// error(\[.+?\])?: ", text, re.MULTILINE):
            self.faults.append("no '// error: words'")
        self.here = here[0] if here else 0


def compiled(compiler, case, includes, fixed):
    """Exit code and words of the compiler."""
    command = [compiler, *ALWAYS, *(f"-I{folder}" for folder in includes), *(["-DFIXED"] if fixed else []), str(case)]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, timeout=120)
    return run.returncode, run.stderr


def judged(case, compiler, includes):
    """What is wrong with a case (nothing, if it passes; None, if it is not for this compiler) and the output."""
    text = case.read_text(encoding="utf-8")
    contract = Contract(text, family(compiler))
    if contract.faults:
        return contract.faults, ""
    if contract.only and contract.only != family(compiler):
        return None, ""
    wrong = []
    code, said = compiled(compiler, case, includes, fixed=True)
    if code != 0:
        return ["the twin (-DFIXED) does not compile"], said
    code, said = compiled(compiler, case, includes, fixed=False)
    if code == 0:
        return ["it compiles"], said
    errors = re.findall(r"^(.*?):(\d+)(?::\d+)?: (?:fatal )?error: ", said, re.MULTILINE)
    if family(compiler) == "clang":  # says of a wrong initialiser, on the same line, that it is no constant
        errors = sorted(set(errors))
    if len(errors) != 1:
        wrong.append(f"{len(errors)} errors, not one")
    if not any(pathlib.Path(file).resolve() == case.resolve() and int(line) == contract.here for file, line in errors):
        places = ", ".join(f"{os.path.basename(file)}:{line}" for file, line in errors)
        wrong.append(f"the error is at {places or 'no line'}, wanted {case.name}:{contract.here}")
    for words in contract.words:
        if words not in squeezed(said):
            wrong.append(f"the output does not say: {words}")
    if len(said.splitlines()) > contract.lines:
        wrong.append(f"{len(said.splitlines())} lines of output, at most {contract.lines} are allowed")
    return wrong, said


def compilers_here():
    found = [shutil.which("g++"), shutil.which("clang++-14") or shutil.which("clang++")]
    return [compiler for compiler in found if compiler]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", action="append", help="g++ or clang++, with or without version; may be repeated")
    parser.add_argument("--include", action="append", help="folder of headers; include/ of this project if not given")
    parser.add_argument("--show", action="store_true", help="print all that the compilers said")
    parser.add_argument("cases", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    cases = options.cases or sorted(HERE.glob("*.cpp"))
    includes = options.include or [HERE.parent.parent / "include"]
    compilers = [c for c in options.compiler or compilers_here() if shutil.which(c)]
    for absent in set(options.compiler or []) - set(compilers):
        print(f"there is no {absent} here")
    for kind in {"g++", "clang"} - {family(c) for c in compilers}:
        print(f"skipped for {kind}, which is not installed")
    jobs = [(case, compiler) for case in cases for compiler in compilers]
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
        for (case, compiler), (wrong, said) in zip(jobs, workers.map(lambda j: judged(*j, includes), jobs)):
            if wrong is None:
                continue
            passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
            if wrong or options.show:
                print(f"{'FAILED' if wrong else 'passed'}  {case.name}  {os.path.basename(compiler)}"
                      + "".join(f"\n        {fault}" for fault in wrong))
                print("".join(f"    | {line}\n" for line in said.splitlines()), end="")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not compilers else 0


if __name__ == "__main__":
    sys.exit(main())
