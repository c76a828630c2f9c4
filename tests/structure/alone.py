# SPDX-License-Identifier: BSL-1.0
"""Each header compiles alone and twice, without warnings; all of them together can be linked from two units.

python3 tests/structure/alone.py <project folder> <compiler>... [-- argument of the compilers...]

Compilers that are not installed are named and skipped. One case for each header and compiler.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WARNINGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]


def libraries():
    """Where the libraries' headers are: the same for every compiler."""
    run = subprocess.run(["pkg-config", "--cflags", "xtensor", "xtl", "xsimd", "zlib"], capture_output=True, text=True)
    folders = re.findall(r"-I(\S+)", run.stdout)
    return [word for folder in folders if folder != "/usr/include" for word in ("-isystem", folder)]


def main():
    arguments = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    given = sys.argv[1 : sys.argv.index("--")] if "--" in sys.argv else sys.argv[1:]
    include = pathlib.Path(given[0]) / "include"
    compilers = [c for c in given[1:] if shutil.which(c)]
    for absent in set(given[1:]) - set(compilers):
        print(f"skipped: there is no {absent} here")
    headers = sorted(str(p.relative_to(include)) for p in include.rglob("*.hpp"))
    flags = [*WARNINGS, f"-I{include}", *libraries(), *arguments]

    def alone(job):
        compiler, header = job
        program = f"#include <{header}>\n#include <{header}>\n"
        command = [compiler, *flags, "-fsyntax-only", "-x", "c++", "-"]
        run = subprocess.run(command, input=program, capture_output=True, text=True)
        return run.returncode, run.stderr

    passed = failed = 0
    jobs = [(c, h) for c in compilers for h in headers]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
        for (compiler, header), (code, said) in zip(jobs, workers.map(alone, jobs)):
            passed, failed = (passed + 1, failed) if code == 0 else (passed, failed + 1)
            if code != 0:
                print(f"FAILED  {header} alone, {compiler}\n" + "\n".join(said.splitlines()[:12]))

    # One definition: a function that is not inline is defined twice here, and the linker says so.
    with tempfile.TemporaryDirectory() as folder:
        names = ("one", "two")
        for name in names:
            text = "".join(f"#include <{h}>\n" for h in headers) + f"int {name}() {{ return 0; }}\n"
            pathlib.Path(folder, name + ".cpp").write_text(text)
        objects = [f"{folder}/{name}.o" for name in names]
        commands = [[compilers[0], *flags, "-c", f"{folder}/{n}.cpp", "-o", f"{folder}/{n}.o"] for n in names]
        commands += [[compilers[0], "-shared", *objects, "-o", f"{folder}/both.so"]]
        commands = [c[:1] + ["-fPIC"] + c[1:] for c in commands]
        for command in commands:
            run = subprocess.run(command, capture_output=True, text=True)
            if run.returncode != 0:
                break
        passed, failed = (passed + 1, failed) if run.returncode == 0 else (passed, failed + 1)
        if run.returncode != 0:
            print("FAILED  all headers in two units, linked\n" + "\n".join(run.stderr.splitlines()[:12]))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
