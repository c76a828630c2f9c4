# SPDX-License-Identifier: BSL-1.0
"""An installed copy, and a copy in `subprojects`, are used by projects that know nothing of this one.

python3 tests/deploy/deploy.py <project folder> <compiler>

Everything is built in a temporary folder whose name has a space in it. Cases: install, a Meson project, a CMake
project (skipped where cmake is not installed), a Meson project with a subproject.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1]).resolve()
USER = SOURCE / "tests" / "deploy" / "user"


class Failed(Exception):
    pass


def run(*command, **more):
    """The output of a command; Failed with the end of its words, if it fails."""
    env = {**os.environ, "CXX": sys.argv[2], **more}
    env.pop("GRADUS_DATA", None)
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=env)
    if done.returncode != 0:
        raise Failed(" ".join(str(word) for word in command) + "\n" + "\n".join(done.stdout.splitlines()[-25:]))
    return done.stdout


def install(place):
    run("meson", "setup", place / "own", SOURCE, f"--prefix={place / 'installed'}", "-Dtests=disabled",
        "-Dlessons=disabled")
    run("meson", "install", "-C", place / "own")
    installed = place / "installed"
    map_of_headers = (SOURCE / "include" / "meson.build").read_text(encoding="utf-8")
    for header in re.findall(r"'(gradus/.+?\.hpp)'", map_of_headers):
        if not (installed / "include" / header).exists():
            raise Failed(f"{header} was not installed")
    if not (installed / "share" / "gradus" / "data" / "digits.csv.gz").exists():
        raise Failed("the data were not installed")


def says(program, folder):
    """Fails if the user's program does not say what it should, with the data of this folder."""
    said = run(program)
    wanted = f"3 nodes, 11, 1797 digits from {folder}/digits.csv.gz\n"
    if said != wanted:
        raise Failed(f"the program said {said!r}, wanted {wanted!r}")


def installed_for(place):
    return {"PKG_CONFIG_PATH": str(place / "installed" / "share" / "pkgconfig")}


def meson_project(place):
    run("meson", "setup", place / "meson", USER, **installed_for(place))
    run("meson", "compile", "-C", place / "meson")
    says(place / "meson" / "user", place / "installed" / "share" / "gradus" / "data")


def cmake_project(place):
    run("cmake", "-G", "Ninja", "-S", USER, "-B", place / "cmake", **installed_for(place))
    run("cmake", "--build", place / "cmake")
    says(place / "cmake" / "user", place / "installed" / "share" / "gradus" / "data")


def subproject(place):
    shutil.copytree(USER, place / "with")
    (place / "with" / "subprojects").mkdir()
    (place / "with" / "subprojects" / "gradus").symlink_to(SOURCE, target_is_directory=True)
    run("meson", "setup", place / "sub", place / "with", "--force-fallback-for=gradus")
    run("meson", "compile", "-C", place / "sub")
    says(place / "sub" / "user", place / "with" / "subprojects" / "gradus" / "data")


def main():
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory(prefix="gradus deploy ") as folder:
        for case in (install, meson_project, cmake_project, subproject):
            if case is cmake_project and not shutil.which("cmake"):
                print("skipped: there is no cmake here")
                skipped += 1
                continue
            try:
                case(pathlib.Path(folder))
                passed += 1
            except Failed as fault:
                failed += 1
                print(f"FAILED  {case.__name__}: {fault}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
