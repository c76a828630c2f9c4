# SPDX-License-Identifier: BSL-1.0
"""Whether everything that can be refused has a case: each operation of the table, each deleted function.

python3 tests/refuse/complete.py [project folder]

A case says in its lines `// refuses: name, name` which it tests. Prints what has none, then `N passed, N failed`.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent.parent
INCLUDE = ROOT / "include" / "gradus"
CASES = pathlib.Path(__file__).resolve().parent

# One operand, element by element: any shape will do.
ANY_SHAPE = {"neg", "exp", "log", "sqrt", "tanh", "sigmoid", "relu", "abs", "sign"}
# Made by gradient rules only; nobody writes it.
NOT_WRITTEN = {"one_hot"}
# Functions that are refused when they are called: the name by which cases call them, by header.
CALLED = {
    "layer/layer.hpp": ["linear", "chain", "residual", "named"],
    "layer/activation.hpp": ["flatten"],
    "program/compile.hpp": ["program"],
}
# Names with constraints of their own.
CONSTRAINED = {"dim": "shape/dim.hpp", "input": "expr/leaf.hpp", "parameter": "expr/leaf.hpp"}


def operations():
    """Name, kind, number of operands and infix sign of each row of the table."""
    text = (INCLUDE / "expr" / "operation.hpp").read_text(encoding="utf-8")
    row = r'\{op::(\w+),\s*"[^"]*",\s*kind::(\w+),\s*(\d),\s*"[^"]*",\s*"([^"]*)"'
    return [(name, kind, int(arity), sign.strip()) for name, kind, arity, sign in re.findall(row, text)]


def deleted(signs):
    """What each deleted function is called in the cases, and the header that has it."""
    for header in sorted(INCLUDE.rglob("*.hpp")):
        path = header.relative_to(INCLUDE).as_posix()
        for name in re.findall(r"\binvalid (operator\(\)|operator\S+?|\w+)\([^;{]*\)\s+(?:const )?= delete;",
                               header.read_text(encoding="utf-8")):
            if name == "operator()":
                yield from ((called, path) for called in CALLED.get(path, [f"calls in {path}"]))
            elif name == "parameter":
                yield "program parameter", path
            else:
                sign = name.removeprefix("operator")
                yield signs.get(sign, sign), path


def wanted():
    table = operations()
    for name, kind, arity, _ in table:
        if kind == "elementwise" and arity == 1:
            if name not in ANY_SHAPE:
                yield name, "is new: say in ANY_SHAPE that it takes any shape"
        elif kind not in ("leaf", "typed_only") and name not in NOT_WRITTEN:
            yield name, "is in expr/operation.hpp"
    for name, path in deleted({sign: name for name, _, arity, sign in table if arity == 2 and sign}):
        yield name, f"has a deleted overload in {path}"
    for name, path in CONSTRAINED.items():
        yield name, f"has constraints in {path}"


def main():
    refused, faults = {}, []
    for case in sorted(CASES.glob("*.cpp")):
        names = re.findall(r"^// refuses: *(.+?) *$", case.read_text(encoding="utf-8"), re.MULTILINE)
        if len(names) != 1:
            faults.append(f"{case.name}: {len(names)} lines '// refuses: name', not one")
        for name in ",".join(names).split(","):
            refused.setdefault(name.strip(), []).append(case.name)
    all_wanted = dict(reversed(list(wanted())))
    if len(all_wanted) < 40:
        faults.append(f"only {len(all_wanted)} names found in {INCLUDE}: this script does not read it any more")
    faults += [f"{name} {why}, and no case says '// refuses: {name}'" for name, why in sorted(all_wanted.items())
               if name not in refused]
    faults += [f"{cases[0]} refuses {name}, which nothing wants" for name, cases in sorted(refused.items())
               if name not in all_wanted]
    for fault in faults:
        print(fault)
    print(f"{max(0, len(all_wanted) - len(faults))} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
