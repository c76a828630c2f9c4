# SPDX-License-Identifier: BSL-1.0
"""Whether anything is unchecked: each operation of the table, each layer, each function that a student calls and each
refused overload must have a case, which is a wrong program and its right twin. So must each silent coercion.

python3 tests/refuse/complete.py [--table] [project folder]

A case says in its lines `// refuses: name, name` which it tests. Prints what has none, then `N passed, N failed`;
with --table, how many wrong and right programs each name has.
"""
import collections
import pathlib
import re
import sys

WORDS = [word for word in sys.argv[1:] if word != "--table"] if __name__ == "__main__" else []
HERE = pathlib.Path(__file__).resolve().parent
ROOT = pathlib.Path(WORDS[0]) if WORDS else HERE.parent.parent
INCLUDE = ROOT / "include" / "gradus"

# What has no case because nothing can be wrong while compiling, and why. A name that gets a case must leave this list.
NEVER_WRONG = {
    "neg": "any shape will do",
    "one_hot": "made by gradient rules; nobody writes it",
    "batches": "data, whose sizes are known when the program runs: it throws",
    "initialize": "data, whose sizes are known when the program runs",
    "fans_of": "takes any shape",
    "accuracy": "data, whose sizes are known when the program runs: it throws",
    "confusion_matrix": "data, whose sizes are known when the program runs: it throws",
    "confusion_text": "data, whose sizes are known when the program runs",
}
# Not for students: the library's own functions, which stand outside `detail` because other headers use them.
OWN = {"find_parameter", "freeze", "infinity", "keepdims", "log_of_one_plus", "normal", "parameter_entries",
       "quiet_NaN", "sentence"}
# Names that cases may use beside those.
OTHER = {"layer"}
# The headers of the functions and layers that a student writes.
STUDENTS = ["expr/leaf.hpp", "expr/elementwise.hpp", "expr/contract.hpp", "expr/elementary.hpp", "expr/reduce.hpp",
            "expr/loss.hpp", "layer/layer.hpp", "layer/activation.hpp", "layer/linear.hpp", "calculus/graph_of.hpp",
            "calculus/parameters.hpp", "program/compile.hpp", "train/batches.hpp", "train/init.hpp",
            "train/metrics.hpp", "train/optimizer.hpp", "train/trainer.hpp"]
# Functions that are refused when they are called: the name by which cases call them, by header.
CALLED = {
    "layer/layer.hpp": ["linear", "chain", "residual", "named"],
    "layer/activation.hpp": ["flatten"],
    "program/compile.hpp": ["program"],
}
# Names that cases may use though no declaration gives them.
MORE = {"dim": "shape/dim.hpp", "input": "expr/leaf.hpp", "parameter": "expr/leaf.hpp", "chain": "layer/layer.hpp",
        "transpose": "expr/contract.hpp", "program": "program/compile.hpp",
        "linear": "layer/linear.hpp", "residual": "layer/layer.hpp", "flatten": "layer/activation.hpp",
        "named": "layer/layer.hpp"}
# Programs that NumPy, xtensor or PyTorch run, and here are refused: the case, and what happens elsewhere.
COERCIONS = {
    "mse_loss_column": "NumPy, xtensor and PyTorch stretch both to (442, 442) and take the mean of all pairs",
    "bce_column": "NumPy and xtensor stretch both to (442, 442)",
    "bce_stretched": "NumPy and xtensor stretch the smaller one",
    "sub_column": "NumPy, xtensor and PyTorch stretch both to (442, 442)",
    "less_column": "NumPy, xtensor and PyTorch compare all with all",
    "where_column": "NumPy, xtensor and PyTorch let each row choose from all",
    "residual_stretched": "NumPy, xtensor and PyTorch add the one number to all features",
    "cross_entropy_swapped": "code written by hand takes scores for labels",
    "matmul_inner_names": "nobody else knows names in a product",
    "add_names": "nobody else knows names in a sum",
    "mul_names": "nobody else knows names in a product of elements",
    "linear_names": "nobody else knows names in a layer",
    "chain_names": "nobody else knows names between layers",
    "cross_entropy_class_names": "nobody else knows that the classes are other ones",
    "mse_loss_names": "nobody else knows names in a loss",
    "broadcast_to_smaller": "a sum in disguise",
    "sum_negative": "NumPy and PyTorch count -1 from the end",
    "tensor_train_nothing": "PyTorch runs a step that changes nothing",
    "cross_entropy_probabilities": "PyTorch computes another loss and trains worse",
    "softmax_twice": "PyTorch computes it, and the training is slow",
    "grad_foreign": "PyTorch gives None, and the optimizer skips the parameter",
}


def operations():
    """Name, kind, number of operands and infix sign of each row of the table."""
    text = (INCLUDE / "expr" / "operation.hpp").read_text(encoding="utf-8")
    row = r'\{op::(\w+),\s*"[^"]*",\s*kind::(\w+),\s*(\d),\s*"[^"]*",\s*"([^"]*)"'
    return [(name, kind, int(arity), sign.strip()) for name, kind, arity, sign in re.findall(row, text)]


def declarations(text):
    """The declarations of a header outside `detail`, each as one line without what stands in braces and <>."""
    text = re.sub(r"^namespace (detail|\w+_detail) \{.*?^\}  // namespace \1", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", text, flags=re.MULTILINE)
    text = re.sub(r"namespace [\w:]+ \{", "", text)
    text = re.sub(r"operator ?(<=|>=|<<|>>|<|>)(?= ?\()", lambda m: "operator_" + "_".join(
        {"<": "lt", ">": "gt", "=": "eq"}[c] for c in m[1]), text).replace("->", "  ")
    while (fewer := re.sub(r"<[^<>{};]*>", " ", text)) != text:
        text = fewer
    depth, now = 0, ""
    for c in text:
        if c == "{":
            depth += 1
            now += " {} " if depth == 1 else ""
        elif c == "}":
            depth -= 1
            if depth <= 0:
                depth = 0
                if re.search(r"\)[\w\s]*\{\} $", now):  # the body of a function ends it
                    yield " ".join(now.split())
                    now = ""
        elif depth == 0 and c == ";":
            yield " ".join(now.split())
            now = ""
        elif depth == 0:
            now += c


def students(text):
    """Names of the functions and layers that a header gives."""
    for line in declarations(text):
        line = re.sub(r"^(template )*", "", line)
        line = re.sub(r"\brequires ?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\brequires \w+ (?=constexpr|inline|auto)",
                      "", line)
        if match := re.match(r"(?:inline )?constexpr (?:struct )?\w+(?: : .*?)?(?: \{\})? (\w+) ?\{\}$", line):
            yield match[1]
        elif re.match(r"(struct|class|enum|using|concept|static_assert|friend)\b", line):
            continue
        elif match := re.search(r"(operator\S+?|\b\w+) ?\(", line):
            if match[1] not in ("__attribute__", "decltype", "requires", "static_assert"):
                yield match[1]


SIGNS = {"lt": "<", "gt": ">", "lt_eq": "<=", "gt_eq": ">=", "gt_gt": ">>", "lt_lt": "<<"}


def plain(name, signs):
    """What cases call a function: add for operator+, >> for operator>>."""
    if not name.startswith("operator"):
        return name
    sign = name.removeprefix("operator")
    sign = SIGNS.get(sign.removeprefix("_"), sign) if sign.startswith("_") else sign
    return signs.get(sign, sign)


def refused_overloads(signs):
    """What each refused overload is called in the cases, and the header that has it."""
    for header in sorted(INCLUDE.rglob("*.hpp")):
        path = header.relative_to(INCLUDE).as_posix()
        text = header.read_text(encoding="utf-8")
        for name in re.findall(r"\binvalid\s+(operator\(\)|operator\s?[^\s(]+|\w+)\s*"
                               r"\((?:[^(){};]|\([^(){};]*\))*\)\s*(?:const\s*)?(?:GRADUS_REFUSED|= delete)", text):
            if name == "operator()":
                yield from ((called, path) for called in CALLED.get(path, []))
            elif name == "parameter":
                yield "program parameter", path
            elif name not in OWN:
                yield plain(name.replace(" ", ""), signs), path


def wanted():
    """(name, where it is) of everything that must have a case or a reason."""
    table = operations()
    signs = {sign: name for name, _, arity, sign in table if arity == 2 and sign}
    for name, kind, _, _ in table:
        if kind not in ("leaf", "typed_only"):
            yield name, "expr/operation.hpp"
    for path in STUDENTS:
        for name in students((INCLUDE / path).read_text(encoding="utf-8")):
            if name not in OWN:
                yield plain(name, signs), path
    yield from refused_overloads(signs)
    yield from MORE.items()


def by_name():
    """{name: names of the cases that refuse it}."""
    found = collections.defaultdict(list)
    for case in sorted(HERE.glob("*.cpp")):
        for line in re.findall(r"^// refuses: *(.+?) *$", case.read_text(encoding="utf-8"), re.MULTILINE):
            for name in line.split(","):
                found[name.strip()].append(case.stem)
    return found


def matrix():
    """(name, number of wrong programs that are refused and of right ones that compile, why there is none)."""
    refused = by_name()
    for name in sorted(dict(wanted()) | {name: "" for name in refused}):
        yield name, len(refused.get(name, [])), NEVER_WRONG.get(name, "")


def main():
    faults = []
    for case in sorted(HERE.glob("*.cpp")):
        lines = re.findall(r"^// refuses:", case.read_text(encoding="utf-8"), re.MULTILINE)
        if len(lines) != 1:
            faults.append(f"{case.name}: {len(lines)} lines '// refuses: name', not one")
    refused, places = by_name(), dict(reversed(list(wanted())))
    table = operations()
    signs = {sign: name for name, _, arity, sign in table if arity == 2 and sign}
    overloads = {name for name, _ in refused_overloads(signs)}
    if len(places) < 50:
        faults.append(f"only {len(places)} names found in {INCLUDE}: this script does not read it any more")
    for name, path in sorted(places.items()):
        if name not in refused and name not in NEVER_WRONG:
            faults.append(f"{name} ({path}) has no case: no program says '// refuses: {name}'. If nothing can be wrong,"
                          " say why in NEVER_WRONG")
        elif name in overloads and name not in refused:
            faults.append(f"{name} ({path}) has a refused overload and no case: no program says '// refuses: {name}'")
        if name in refused and name in NEVER_WRONG:
            faults.append(f"{name} has the case {refused[name][0]}, so it must leave NEVER_WRONG")
    faults += [f"{name} is in NEVER_WRONG, and in no header" for name in sorted(NEVER_WRONG) if name not in places]
    faults += [f"{cases[0]} refuses {name}, which is in no header" for name, cases in sorted(refused.items())
               if name not in places and name not in OTHER]
    names = {case.stem for case in HERE.glob("*.cpp")}
    faults += [f"the silent coercion {case} has no case" for case in sorted(COERCIONS) if case not in names]
    for fault in faults:
        print(fault)
    if "--table" in sys.argv:
        for name, count, why in matrix():
            print(f"  {name:34} {count:3} refused {count:3} accepted  {why if not count else ''}")
    total = len(places) + len(COERCIONS)
    print(f"{max(0, total - len(faults))} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
