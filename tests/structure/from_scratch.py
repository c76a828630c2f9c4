# SPDX-License-Identifier: BSL-1.0
"""docs/from_scratch.cpp is what it says it is: at most 300 lines, only the standard library, and its five parts run.

python3 tests/structure/from_scratch.py <project folder> <compiler>...

Compilers that are not installed are named and skipped. Needs no library.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WARNINGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
# One line of each part.
SAYS = [
    "1. x W is (4, 4)",
    "61 nodes hash-consed",
    "   loss = transpose(t1) t1\n",
    "   dW = transpose(x) ((t3 transpose(V)) * (1 - t1 * t1))\n",
    "   f'' = -2 * f * f'\n",
    "5. The loss was 1.8826, after 50 steps in the compiler 0.07",
]


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    page = pathlib.Path(sys.argv[1]) / "docs" / "from_scratch.cpp"
    text = page.read_text(encoding="utf-8")
    failures, passed = [], 0

    def claim(good, words):
        nonlocal passed
        passed += bool(good)
        if not good:
            failures.append(words)

    claim(text.count("\n") <= 300, f"it has {text.count(chr(10))} lines, at most 300")
    claim(not re.search(r"#include [\"<](gradus|boost|x)", text), "it includes more than the standard library")
    for compiler in sys.argv[2:]:
        if not shutil.which(compiler):
            print(f"skipped: there is no {compiler} here")
            continue
        command = [compiler, *WARNINGS, str(page)]
        with tempfile.TemporaryDirectory() as folder:
            built = subprocess.run([*command, "-o", f"{folder}/run"], capture_output=True, text=True)
            claim(built.returncode == 0, f"{compiler} does not compile it:\n{built.stderr[:2000]}")
            if built.returncode == 0:
                ran = subprocess.run([f"{folder}/run"], capture_output=True, text=True)
                claim(ran.returncode == 0, f"{compiler}: it ends with {ran.returncode}")
                for words in SAYS:
                    claim(words in ran.stdout, f"{compiler}: it does not say '{words.strip()}' but\n{ran.stdout}")
        mistake = subprocess.run([*command, "-DMISTAKE", "-fsyntax-only"], capture_output=True, text=True,
                                 env={**os.environ, "LC_ALL": "C"})
        claim(mistake.stderr.count("error:") == 1, f"{compiler}: -DMISTAKE is not one error:\n{mistake.stderr[:2000]}")
        version = subprocess.run([compiler, "-dumpversion"], capture_output=True, text=True).stdout
        if "clang" not in compiler and version.startswith("12"):  # the comment shows what g++ 12 says
            shown = re.search(r"//   (error: use of deleted.*?)\n\n", text, re.DOTALL)
            shown = re.sub(r"\n//  ", "", shown[1]) if shown else "nothing"
            claim(shown in mistake.stderr, f"{compiler} says\n{mistake.stderr}\nand the comment shows\n{shown}")
    for words in failures:
        print(f"FAILED  docs/from_scratch.cpp: {words}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
