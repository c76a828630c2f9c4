# SPDX-License-Identifier: BSL-1.0
"""The house rules that can be read off the files, without a compiler.

python3 tests/structure/headers.py [project folder]

Each function below whose name starts with `each_` or `the_` is one case; it yields what is wrong.
"""
import itertools
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
ROOT = ROOT if ROOT.is_dir() else ROOT.parent.parent.parent
INCLUDE = ROOT / "include"
UMBRELLAS = ["gradus/typed.hpp", "gradus/symbolic.hpp", "gradus/gradus.hpp"]  # they include, and do nothing else

# The folders that the headers of a folder may include.
SYMBOLIC = ["shape", "expr", "layer", "graph", "calculus"]
MAY_INCLUDE = {
    "shape": ["shape"],
    "expr": ["shape", "expr"],
    "layer": ["shape", "expr", "layer"],
    "graph": ["shape", "expr", "layer", "graph"],
    "calculus": SYMBOLIC,
    "program": SYMBOLIC + ["data", "program"],
    "train": SYMBOLIC + ["program", "data", "train"],
    "draw": SYMBOLIC + ["draw"],
    "data": ["data"],
}
# Where tensors, vector instructions and matrix products may come in: the rest must compile in a blink.
HEAVY = re.compile(r"^(xtensor|xtensor-blas|xsimd|xtl)/|^cblas\.h$")
MAY_BE_HEAVY = ["program", "train", "data"]

FORBIDDEN = {"base", "common", "helper", "helpers", "impl", "impl2", "manager", "misc", "util", "utils"}
OWN_CODE = ["include", "tests", "lessons", "tools", "docs"]
PEERS = ROOT / "docs" / "gallery" / "peers"


def on_disk():
    return sorted(str(p.relative_to(INCLUDE)) for p in INCLUDE.rglob("*.hpp"))


def on_map():
    listed = re.search(r"^headers = \[(.*?)^\]", (INCLUDE / "meson.build").read_text(), re.DOTALL | re.MULTILINE)
    return re.findall(r"'(gradus/.+?\.hpp)'", listed.group(1))


def includes(header):
    text = (INCLUDE / header).read_text(encoding="utf-8")
    return re.findall(r"^ *# *include *[<\"](.+?)[>\"]", text, re.MULTILINE)


def folder(header):
    return header.split("/")[1] if header.count("/") > 1 else ""


def sources(*endings):
    for top in OWN_CODE:
        for path in sorted((ROOT / top).rglob("*")):
            if path.is_file() and path.suffix in endings and "__pycache__" not in path.parts:
                yield path


def the_map_lists_what_is_on_the_disk():
    yield from (f"{h} is on the disk, not in include/meson.build" for h in on_disk() if h not in on_map())
    yield from (f"{h} is in include/meson.build, not on the disk" for h in on_map() if h not in on_disk())


def the_map_lists_nothing_twice():
    yield from (f"{h} stands twice in include/meson.build" for h in set(on_map()) if on_map().count(h) > 1)


def each_header_includes_only_what_stands_above_it():
    above = set()
    for header in on_map():
        if header in on_disk():
            for other in includes(header):
                if other.startswith("gradus/") and other not in above:
                    yield f"{header} includes {other}, which does not stand above it in include/meson.build"
        above.add(header)


def each_folder_includes_only_the_folders_before_it():
    for header in on_disk():
        if header in UMBRELLAS:
            continue
        if folder(header) not in MAY_INCLUDE:
            yield f"{header}: the folder is not one of {', '.join(MAY_INCLUDE)}"
            continue
        for other in includes(header):
            if other.startswith("gradus/") and folder(other) not in MAY_INCLUDE[folder(header)]:
                yield f"{header} includes {other}: {folder(header)}/ may not include {folder(other) or 'an umbrella'}/"


def each_header_of_the_compile_time_part_is_light():
    for header in on_disk():
        if header not in UMBRELLAS and folder(header) not in MAY_BE_HEAVY:
            yield from (f"{header} includes {other}" for other in includes(header) if HEAVY.search(other))
    light, seen = ["gradus/symbolic.hpp"], set()
    while light:
        header = light.pop()
        if header in seen or not (INCLUDE / header).exists():
            continue
        seen.add(header)
        if folder(header) in MAY_BE_HEAVY:
            yield f"symbolic.hpp reaches {header}"
        light += [other for other in includes(header) if other.startswith("gradus/")]


def the_tensors_come_in_through_one_header():
    ours = (INCLUDE / "gradus/data/tensor.hpp", ROOT / "tests/program/tensors.hpp")
    for path in sources(".hpp", ".cpp"):
        if PEERS in path.parents:  # what xtensor does without us
            continue
        if path not in ours and "include <xtensor/" in path.read_text(encoding="utf-8"):
            yield f"{path.relative_to(ROOT)}: include <gradus/data/tensor.hpp>, which knows where xtensor's headers are"


def each_include_of_our_own_names_its_folder():
    for header in on_disk():
        text = (INCLUDE / header).read_text(encoding="utf-8")
        yield from (f"{header}: write <gradus/...> in place of \"{o}\"" for o in re.findall(r'#include "(.+?)"', text))


def each_umbrella_only_includes():
    for header in UMBRELLAS:
        if (INCLUDE / header).exists():
            for line in (INCLUDE / header).read_text(encoding="utf-8").splitlines():
                if line.strip() and not re.match(r"//|#include|#pragma once", line):
                    yield f"{header}: {line}"


def each_umbrella_lists_its_headers_in_order():
    """Flat, because compilers print the chain of includes that leads to a mistake: two lines are enough."""
    parts = {"gradus/typed.hpp": SYMBOLIC, "gradus/symbolic.hpp": SYMBOLIC + ["draw"], "gradus/gradus.hpp": MAY_INCLUDE}
    for header in UMBRELLAS:
        if (INCLUDE / header).exists():
            wanted = [h for h in on_map() if h not in UMBRELLAS and folder(h) in parts[header]]
            for here, there in itertools.zip_longest(includes(header), wanted):
                if here != there:
                    yield f"{header}: {here} stands where {there} is wanted"
                    break


def each_header_that_refuses_says_its_own_line():
    """g++ shows the text of a refused overload below a mistake, unless it cannot find it: docs/decisions/0007."""
    for header in on_disk():
        lines = (INCLUDE / header).read_text(encoding="utf-8").splitlines()
        refuses = any(re.search(r"\bGRADUS_REFUSED\w*\(|\bunavailable\(", line) for line in lines)
        said = [(i, line) for i, line in enumerate(lines, 1) if line.startswith("#line")]
        if refuses != (len(said) == 1):
            yield f"{header}: {len(said)} #line where {int(refuses)} is wanted"
        for i, line in said:
            if not line.startswith(f'#line {i + 1} "{header}"'):
                yield f'{header}:{i}: write #line {i + 1} "{header}"'


def each_header_has_its_test():
    for header in on_disk():
        if header not in UMBRELLAS:
            test = "tests/" + header.removeprefix("gradus/").removesuffix(".hpp") + ".cpp"
            if not (ROOT / test).exists():
                yield f"{header} has no test {test}"


def each_test_is_built():
    text = (ROOT / "tests" / "meson.build").read_text()
    built = set()
    for name, names in re.findall(r"^ +'(\w+)': \[(.*?)\]", text, re.DOTALL | re.MULTILINE):
        built |= {f"{name}/{test}.cpp" for test in re.findall(r"'(\w+)'", names)}
    folders = {name.split("/")[0] for name in built} | set(MAY_INCLUDE)
    disk = {f"{name}/{p.name}" for name in folders for p in (ROOT / "tests" / name).glob("*.cpp")}
    yield from (f"tests/{t} is on the disk, not in tests/meson.build" for t in sorted(disk - built))


def each_file_says_licence_and_purpose():
    for path in sources(".hpp", ".cpp", ".py", ".build"):
        lines = path.read_text(encoding="utf-8").splitlines()
        name = path.relative_to(ROOT)
        mark = "//" if path.suffix in (".hpp", ".cpp") else "#"
        lines = lines[1:] if lines and lines[0].startswith("#!") else lines
        if not lines or lines[0] != f"{mark} SPDX-License-Identifier: BSL-1.0":
            yield f"{name}: the first line is not '{mark} SPDX-License-Identifier: BSL-1.0'"
        elif path.suffix != ".build" and not re.match(rf'{mark} \S|""".', lines[1] if len(lines) > 1 else ""):
            yield f"{name}: the second line does not say what the file is for"


def each_header_is_guarded():
    for header in on_disk():
        if not re.search(r"^#pragma once$", (INCLUDE / header).read_text(encoding="utf-8"), re.MULTILINE):
            yield f"{header} has no #pragma once"


def each_name_says_what_is_in_the_file():
    for path in sources(".hpp", ".cpp", ".py"):
        if FORBIDDEN & set(re.split(r"[_.\-]", path.stem)) or FORBIDDEN & set(path.relative_to(ROOT).parts[:-1]):
            yield f"{path.relative_to(ROOT)}: the name does not say what is in it"


def each_line_fits():
    for path in sources(".hpp", ".cpp", ".py", ".build"):
        a_table = False  # one row per line, kept from clang-format
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{path.relative_to(ROOT)}:{number}"
            a_table = "clang-format off" in line or (a_table and "clang-format on" not in line)
            promised = line.startswith("// error") and "refuse" in path.parts  # the words as the compiler gives them
            if len(line) > 120 and not a_table and not promised:
                yield f"{where}: {len(line)} characters, at most 120"
            on_purpose = path.parent == ROOT / "tests/explain"  # a student's file, as students write them
            if ("\t" in line or line != line.rstrip()) and not on_purpose:
                yield f"{where}: a tab, or a space at the end"


def main():
    failed = 0
    cases = [(n, f) for n, f in globals().items() if re.match(r"(each|the)_", n) and callable(f)]
    for name, case in cases:
        wrong = list(case())
        failed += bool(wrong)
        if wrong:
            print(f"FAILED  {name}" + "".join(f"\n        {fault}" for fault in wrong))
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
