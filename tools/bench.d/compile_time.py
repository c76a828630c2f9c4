# SPDX-License-Identifier: BSL-1.0
# Compile time: writes the sources of the cases, compiles each in turn, reports processor seconds and peak megabytes.
import os
import shlex
import shutil
import subprocess
import tempfile
import time

import report
import steps
from report import say

# A file of the standard library alone: seconds are also given as multiples of its seconds, since they move from machine
# to machine.
REFERENCE = """\
#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

int main() {
    std::map<std::string, std::vector<double>> m{{"a", {3, 1, 2}}};
    for (auto& [name, values] : m) {
        std::sort(values.begin(), values.end());
        std::cout << name << ' ' << values.front() << '\\n';
    }
}
"""

SHAPES = """\
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch, 10>;
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
constexpr auto loss = mean(cross_entropy(net(x), y));

int main() {}
"""

TRAIN = """\
#include <gradus/gradus.hpp>
#include <iostream>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 784>;
constexpr auto y = input<"y", batch>;
constexpr auto net = linear<"fc1", 784, 128> >> relu >> linear<"fc2", 128, 10>;

int main() {
    auto trainer = train(mean(cross_entropy(net(x), y)), sgd{.learning_rate = 0.1f});
    const xt::xtensor<float, 2> images = xt::ones<float>({64, 784});
    const xt::xtensor<float, 1> labels = xt::zeros<float>({64});
    for (int i = 0; i < 100; ++i) std::cout << trainer.step(x = images, y = labels) << '\\n';
}
"""

WRONG = """\
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", 32, 128>;
constexpr auto W = parameter<"W", 100, 10>;
constexpr auto z = matmul(x, W);

int main() {}
"""


def residual(levels):
    """h = relu(h W + b) + h, so many times, and the gradients by all weights and biases."""
    lines = ["#include <gradus/typed.hpp>", "using namespace gradus;", "",
             'constexpr auto h0 = input<"x", dim<"batch">, 16>;']
    for i in range(1, levels + 1):
        lines += [f'constexpr auto W{i} = parameter<"W{i}", 16, 16>;', f'constexpr auto b{i} = parameter<"b{i}", 16>;',
                  f"constexpr auto h{i} = relu(matmul(h{i - 1}, W{i}) + b{i}) + h{i - 1};"]
    lines.append(f"constexpr auto loss = mean(h{levels} * h{levels});")
    gradients = ", ".join(f"grad(loss, W{i}), grad(loss, b{i})" for i in range(1, levels + 1))
    # Forward and backward each make more than three nodes a level.
    lines += [f"constexpr auto whole = graph_of(loss, {gradients});",
              f"static_assert(whole.size() > {6 * levels});", "", "int main() { return whole.size() == 0; }", ""]
    return "\n".join(lines)


def distinct(count):
    """So many expressions, no two alike; every fourth kind of node in turn."""
    kinds = ["tanh(e{0})", "e{0} + x", "relu(e{0})", "e{0} * x"]
    lines = ["#include <gradus/typed.hpp>", "using namespace gradus;", "",
             'constexpr auto x = input<"x", dim<"batch">, 16>;', "constexpr auto e0 = exp(x);"]
    lines += [f"constexpr auto e{i} = {kinds[i % 4].format(i - 1)};" for i in range(1, count)]
    # That they differ is what the case is about: a shared type would cost nothing.
    lines += [f"static_assert(!std::is_same_v<decltype(e{i}), decltype(e{i - 1})>);" for i in range(1, count, 97)]
    return "\n".join(lines + ["", "int main() {}", ""])


def layers(count):
    """One chain of so many linear layers."""
    chain = " >>\n    ".join(f'linear<"fc{i}", 16, 16>' for i in range(1, count + 1))
    return ("#include <gradus/typed.hpp>\nusing namespace gradus;\n\n"
            'constexpr auto x = input<"x", dim<"batch">, 16>;\n'
            f"constexpr auto net =\n    {chain};\nconstexpr auto out = net(x);\n\nint main() {{}}\n")


# `limit`: processor seconds that the case must stay under. `path`: a file of the tree in place of `source`.
# `wrong`: the case must not compile; what is reported is the text.
CASES = {
    "reference": dict(title="standard library only, for the ratio", source=REFERENCE, flags=""),
    "symbolic": dict(title="`#include <gradus/symbolic.hpp>` alone",
                     source="#include <gradus/symbolic.hpp>\nint main() {}\n", flags="", needs="symbolic.hpp"),
    "shapes": dict(title="shapes of a small network", source=SHAPES, flags="", needs="typed.hpp", limit=0.6),
    "train": dict(title="define and train W3, -O2", source=TRAIN, flags="-O2", needs="gradus.hpp"),
    "digits": dict(title="the main job, -O3 -march=native", path="lessons/digits/digits.cpp", flags="-O3 -march=native",
                   needs="gradus.hpp"),
    "residual10": dict(title="residual chain of 10 levels, all gradients, -g", source=residual(10), flags="-g",
                       needs="typed.hpp"),
    "residual20": dict(title="residual chain of 20 levels, all gradients, -g", source=residual(20), flags="-g",
                       needs="typed.hpp"),
    "residual40": dict(title="residual chain of 40 levels, all gradients, -g", source=residual(40), flags="-g",
                       needs="typed.hpp", limit=3.0),
    "layers100": dict(title="a chain of 100 layers", source=layers(100), flags="", needs="typed.hpp"),
    "distinct1000": dict(title="1000 distinct expressions", source=distinct(1000), flags="", needs="typed.hpp"),
    "distinct2000": dict(title="2000 distinct expressions", source=distinct(2000), flags="", needs="typed.hpp"),
    "distinct4000": dict(title="4000 distinct expressions", source=distinct(4000), flags="", needs="typed.hpp"),
    "wrong": dict(title="a wrong matrix product", source=WRONG, flags="", needs="typed.hpp", wrong=True),
}
QUICK = [name for name in CASES if name not in ("residual10", "residual20", "distinct2000")]


# What one expression may cost at 4000 as a multiple of what it costs at 1000. Linear gives 1, friends that are all
# looked up together give 4 (docs/architecture.md).
GROWTH = 2.0


def growth(cases):
    """Milliseconds per distinct expression, without the include, for each compiler and count that was measured."""
    base = cases.get("symbolic", {}).get("compilers", {})
    found = {}
    for count in (1000, 2000, 4000):
        for compiler, one in cases.get(f"distinct{count}", {}).get("compilers", {}).items():
            if compiler in base:
                cost = (one["seconds"] - base[compiler]["seconds"]) / count * 1e3
                found.setdefault(compiler, {})[count] = cost
    return found


def measured(command):
    """Exit status, wall and processor seconds, peak megabytes and text of one run of a compiler."""
    with tempfile.TemporaryFile() as text:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=text, stderr=text,
                                   env={**os.environ, "LC_ALL": "C"})
        # The usage of the one child and of the children it waited for: the compiler proper is a child of g++.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        text.seek(0)
        return (process.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
                text.read().decode(errors="replace"))


def run(options, root):
    rounds = options.rounds or (1 if options.quick else 3)
    wanted = options.cases or (QUICK if options.quick else list(CASES))
    if "reference" not in wanted:
        wanted = ["reference"] + wanted
    folder = os.path.join(options.build, "compile")
    os.makedirs(folder, exist_ok=True)

    skipped, failures, over, ready = {}, [], [], []
    for name in wanted:
        case = CASES[name]
        path = os.path.join(root, case["path"]) if "path" in case else os.path.join(folder, name + ".cpp")
        needs = [p for p in (case.get("path"), "include/gradus/" + case["needs"] if "needs" in case else None)
                 if p and not os.path.exists(os.path.join(root, p))]
        if needs:
            skipped[case["title"]] = f"{' and '.join(needs)} is not there"
            say(f"{case['title']}: left out, {skipped[case['title']]}")
            continue
        if "source" in case:
            with open(path, "w") as file:
                file.write(case["source"])
        ready.append((name, case, path))

    compilers = {}
    for compiler in options.compilers.split(","):
        if shutil.which(compiler):
            version = subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
            compilers[compiler] = version
        else:
            package = compiler.replace("clang++", "clang")
            skipped[compiler] = f"no such compiler: apt-get install {package}"
            say(f"{compiler} is left out: {skipped[compiler]}")
    if not compilers:
        raise SystemExit("tools/bench: no compiler can be measured")

    library = [f'-DGRADUS_DATA_DIR="{os.path.join(root, "data")}"', "-DGRADUS_BLAS",
               *(word for word in steps.library_flags(["xtensor", "openblas"]) if not word.startswith(("-l", "-L")))]
    runs = {name: {c: [] for c in compilers} for name, _, _ in ready}
    broken = set()
    for r in range(rounds):
        for name, case, path in ready:
            for compiler in compilers:
                if (name, compiler) in broken:
                    continue
                say(f"round {r + 1} of {rounds}: {case['title']}, {compiler}")
                command = [compiler, "-std=c++20", *case["flags"].split(), "-I" + os.path.join(root, "include"),
                           *library, "-c", path, "-o", os.path.join(folder, name + ".o")]
                status, wall, processor, megabytes, text = measured(command)
                if (status != 0) != bool(case.get("wrong")):
                    broken.add((name, compiler))
                    if case.get("wrong"):
                        failures.append(f"{case['title']}: {compiler} compiles what it must refuse")
                    else:
                        failures.append(f"{case['title']} does not compile with {compiler}:\n"
                                        + "\n".join(text.splitlines()[:6]) + f"\n  {shlex.join(command)}")
                    say(failures[-1])
                    continue
                runs[name][compiler].append({"wall": wall, "seconds": processor, "megabytes": megabytes, "text": text})

    cases = {}
    for name, case, _ in ready:
        cases[name] = {"title": case["title"], "limit": case.get("limit"), "compilers": {}}
        for compiler, all_runs in runs[name].items():
            if not all_runs:
                continue
            best = min(all_runs, key=lambda one: one["seconds"])
            entry = {k: round(best[k], 3) for k in ("seconds", "wall", "megabytes")}
            if case.get("wrong"):
                lines = best["text"].splitlines()
                entry.update(lines=len(lines), errors=sum("error:" in line for line in lines), text=lines)
            cases[name]["compilers"][compiler] = entry
            limit = case.get("limit")
            if limit and entry["seconds"] >= limit:
                over.append(f"{case['title']}: {compiler} took {entry['seconds']:.2f} s, the limit is {limit} s")
                say(over[-1])
    for compiler, costs in growth(cases).items():
        if {1000, 4000} <= costs.keys() and costs[4000] > GROWTH * costs[1000]:
            over.append(f"{compiler}: an expression costs {costs[4000]:.2f} ms among 4000 and {costs[1000]:.2f} ms "
                        f"among 1000; at most {GROWTH:.0f} times as much is allowed")
            say(over[-1])
    return {"compilers": compilers, "rounds": rounds, "cases": cases, "growth": growth(cases), "skipped": skipped,
            "over": over, "failures": failures}


def markdown(result):
    compilers, cases = list(result["compilers"]), result["cases"]
    reference = cases["reference"]["compilers"]
    head, rows, wrong = [""], [], []
    for c in compilers:
        head += [f"{c}, s", "MB", "ratio"]
    for case in cases.values():
        row = [case["title"] + (f" (under {case['limit']} s)" if case["limit"] else "")]
        for c in compilers:
            one = case["compilers"].get(c)
            base = reference.get(c)
            if one and "lines" in one:
                wrong.append((case["title"], c, one))
            row += [f"{one['seconds']:.2f}", f"{one['megabytes']:.0f}",
                    f"{one['seconds'] / base['seconds']:.1f}" if base else "–"] if one else ["–"] * 3
        rows.append(row)
    parts = ["Processor seconds and peak memory of one run of the compiler, and the seconds as a multiple of the "
             "first row:", report.table(head, rows)]
    for compiler, costs in result["growth"].items():
        each = ", ".join(f"{cost:.2f} ms among {count}" for count, cost in costs.items())
        parts.append(f"One distinct expression costs {compiler} {each}.")
    for title, compiler, one in wrong:
        first = next((line for line in one["text"] if "error:" in line), "")
        parts.append(f"What {compiler} says to {title}: {one['lines']} lines, {one['errors']} error"
                     f"{'' if one['errors'] == 1 else 's'}. `{first.split('/')[-1]}`")
    rounds = f"{result['rounds']} round{'' if result['rounds'] == 1 else 's'}"
    parts.append(f"Machine: {report.machine_line(result['machine'])} {'; '.join(result['compilers'].values())}. "
                 f"Measured by `{result['command']}`: {rounds}, the fastest counts.")
    for what, why in result["skipped"].items():
        parts.append(f"Left out: {what}, {why}.")
    for limit in result["over"]:
        parts.append("**Over the limit**: " + limit)
    for failure in result["failures"]:
        parts.append("**Failed**: " + failure.splitlines()[0])
    return "\n\n".join(parts)
