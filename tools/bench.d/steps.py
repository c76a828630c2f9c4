# SPDX-License-Identifier: BSL-1.0
# Training steps: builds the peers, checks that they compute the same thing, measures them in turn.
import array
import json
import math
import operator
import os
import shlex
import shutil
import subprocess
import threading

import report
from report import say

WORKLOADS = ["W1", "W2", "W3", "W4", "W5"]
STEPS = 20               # steps after which losses are compared
LOSS_TOLERANCE = 1e-4    # relative: 20 steps let float32 rounding grow about a hundredfold
GRADIENT_TOLERANCE = 1e-5  # of the largest element of that weight or bias
ANSWER_SECONDS = 300     # a peer that says nothing for so long is given up

# Without these two g++ does not vectorise a loop that rounds or calls a function of <cmath>.
HAND = "-O3 -march=native -fopenmp-simd -fno-math-errno -fno-trapping-math"
# In the order of the table. `header` is looked for before the peer is built, `package` is Debian's name of what has it.
PEERS = {
    "gradus": dict(title="Gradus", source="gradus.cpp", flags="-O3 -march=native -DGRADUS_BLAS",
                   libraries=["xtensor", "openblas", "zlib"], header="gradus/gradus.hpp", package=None),
    "openblas": dict(title="hand-written, OpenBLAS", source="openblas.cpp", flags=HAND, libraries=["openblas"],
                     header="cblas.h", package="libopenblas-dev"),
    "onednn": dict(title="hand-written, oneDNN", source="onednn.cpp", flags=HAND, libraries=["-ldnnl"],
                   header="dnnl.h", package="libdnnl-dev"),
    "loops": dict(title="hand-written, plain loops", source="plain_loops.cpp", flags="-Ofast -march=native",
                  libraries=[], header="vector", package="g++"),
    "eigen": dict(title="Eigen", source="eigen.cpp", flags="-O3 -march=native", libraries=["eigen3"],
                  header="Eigen/Dense", package="libeigen3-dev"),
    "libtorch": dict(title="libtorch C++", source="libtorch.cpp", flags="-O2 -march=native",
                     libraries=["-isystem /usr/include/torch/csrc/api/include -ltorch -ltorch_cpu -lc10"],
                     header="torch/torch.h", package="libtorch-dev"),
    "pytorch": dict(title="PyTorch eager", source="pytorch.py", package="python3-torch"),
}
BASE, TORCH = "openblas", "pytorch"


class Failure(Exception):
    pass


def environment(options):
    one = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    if options.openblas_core:
        one["OPENBLAS_CORETYPE"] = options.openblas_core
    return {**os.environ, **one}


def library_flags(libraries):
    """Flags of the compiler and of the linker; a name without a dash is asked of pkg-config."""
    words = []
    for library in libraries:
        if library.startswith("-"):
            words += library.split()
            continue
        asked = subprocess.run(["pkg-config", "--cflags", "--libs", library], capture_output=True, text=True)
        if asked.returncode == 0:
            words += asked.stdout.split()
    # Warnings inside other people's headers are theirs.
    return ["-isystem" + w[2:] if w.startswith("-I") else w for w in words]


def build(name, peer, options, root):
    """Compiles a peer, unless what it was made from is older, and returns the command that runs it."""
    here = os.path.join(root, "tools", "bench.d")
    source, binary = os.path.join(here, peer["source"]), os.path.join(options.build, name)
    flags = ["-std=c++20", *peer["flags"].split(), "-I" + os.path.join(root, "include")]
    libraries = library_flags(peer["libraries"])
    seen = subprocess.run([options.compiler, *flags, *libraries, "-E", "-x", "c++", "-", "-o", os.devnull], text=True,
                          input=f"#if !__has_include(<{peer['header']}>)\n#error\n#endif\n", capture_output=True)
    if seen.returncode:
        if peer["package"] is None:
            return None, f"include/{peer['header']} is not there"
        return None, f"<{peer['header']}> is not there: apt-get install {peer['package']}"

    command = [options.compiler, *flags, source, "-MD", "-MF", binary + ".d", "-o", binary, *libraries]
    record = binary + ".command"
    if not fresh(binary, record, shlex.join(command)):
        say("building", peer["title"])
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            lines = made.stderr.splitlines()
            raise Failure(f"{peer['source']} does not compile:\n" + "\n".join(lines[:12]))
        with open(record, "w") as file:
            file.write(shlex.join(command))
    return [binary, options.build], None


def fresh(binary, record, command):
    try:
        with open(record) as file:
            if file.read() != command:
                return False
        with open(binary + ".d") as file:
            made_from = file.read().replace("\\\n", " ").split(":", 1)[1].split()
        return all(os.path.getmtime(f) < os.path.getmtime(binary) for f in made_from)
    except OSError:
        return False


def find_torch(peer, options, root):
    for python in ("/usr/bin/python3", shutil.which("python3")):
        if python and os.path.exists(python):
            if subprocess.run([python, "-c", "import torch"], capture_output=True).returncode == 0:
                return [python, os.path.join(root, "tools", "bench.d", peer["source"]), options.build], None
    return None, f"python3 has no module torch: apt-get install {peer['package']}"


class Peer:
    """A running peer; `ask` sends one line and returns the line that it answers (workload.hpp says which)."""

    def __init__(self, title, command, env):
        self.title = title
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.version = self.answer("its version")

    def ask(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # what it said on its way out is read below
        return float(self.answer(line))

    def answer(self, question):
        watch = threading.Timer(ANSWER_SECONDS, self.process.kill)
        watch.start()
        line = self.process.stdout.readline()
        watch.cancel()
        if not line:
            said = self.process.communicate()[1].strip().splitlines()
            raise Failure(f"{self.title} gave no answer to '{question}'" + "".join("\n  " + s for s in said[-5:]))
        return line.strip()

    def close(self):
        self.process.kill()
        self.process.communicate()


def tensors(sizes):
    """Name and place of each weight and bias in the list of all parameters."""
    at = 0
    for l, (fan_in, fan_out) in enumerate(zip(sizes["widths"], sizes["widths"][1:]), 1):
        for kind, size in (("weight", fan_in * fan_out), ("bias", fan_out)):
            yield f"fc{l}.{kind}", at, at + size
            at += size


def read_floats(path):
    values = array.array("f")
    with open(path, "rb") as file:
        values.frombytes(file.read())
    return values


def compare(running, workloads, options):
    """The first gradient and the losses of all peers against one of them; what differs is a failure."""
    against = TORCH if TORCH in running else BASE if BASE in running else next(iter(running))
    order = [against] + [p for p in running if p != against]
    checks, worst = [], {}
    for sizes in workloads:
        w, reference = sizes["name"], None
        for name in order:
            path = os.path.join(options.build, f"{name}.{w}.gradient")
            first = running[name].ask(f"first {w} {path}")
            last = running[name].ask(f"train {w} {STEPS}")
            gradient = read_floats(path)
            os.remove(path)
            if reference is None:
                reference = first, last, gradient
                if not last < first:
                    raise Failure(f"{running[name].title} does not learn {w}: loss {first}, then {last}")
                continue
            off = {"loss at the start": (abs(first - reference[0]) / abs(reference[0]), LOSS_TOLERANCE),
                   f"loss after {STEPS} steps": (abs(last - reference[1]) / abs(reference[1]), LOSS_TOLERANCE)}
            if len(gradient) != len(reference[2]):
                raise Failure(f"{running[name].title} has {len(gradient)} parameters in {w}, "
                              f"{running[against].title} {len(reference[2])}")
            for tensor, begin, end in tensors(sizes):
                g, r = gradient[begin:end], reference[2][begin:end]
                # max() overlooks a NaN that does not come first; a sum does not.
                finite = math.isfinite(sum(g))
                distance = max(map(abs, map(operator.sub, g, r))) / max(map(abs, r)) if finite else math.nan
                off[f"first gradient of {tensor}"] = distance, GRADIENT_TOLERANCE
            for what, (distance, tolerance) in off.items():
                # `not <` and not `>`: a NaN is a failure.
                if not distance < tolerance:
                    checks.append(f"{running[name].title}, {w}: {what} is off by {distance:.1e} "
                                  f"from {running[against].title} (allowed {tolerance:.0e})")
                kind = what.split(" of ")[0]
                worst[kind] = max(worst.get(kind, 0), distance)
    return running[against].title, checks, worst


def run(options, root):
    if not shutil.which(options.compiler):
        raise SystemExit(f"tools/bench: there is no {options.compiler}: apt-get install g++")
    rounds = options.rounds or (3 if options.quick else 7)
    seconds = options.seconds or (0.05 if options.quick else 0.25)
    wanted = options.peers or list(PEERS)
    env = environment(options)

    writer = dict(title="the data", source="write_starts.cpp", flags="-O2", libraries=[], header="vector",
                  package="g++")
    command, _ = build("write_starts", writer, options, root)
    described = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with open(os.path.join(options.build, "workloads.json"), "w") as file:
        file.write(described)
    workloads = [w for w in json.loads(described) if w["name"] in (options.workloads or WORKLOADS)]

    running, skipped, failures = {}, {}, []
    try:
        for name in wanted:
            peer = PEERS[name]
            try:
                make = find_torch(peer, options, root) if name == TORCH else build(name, peer, options, root)
                command, why_not = make
                if why_not:
                    skipped[name] = why_not
                    say(f"{peer['title']} is left out: {why_not}")
                else:
                    running[name] = Peer(peer["title"], command, env)
            except Failure as failure:
                failures.append(str(failure))
                say(failure)
        if not running:
            raise SystemExit("tools/bench: no peer can be measured")

        say("comparing first gradients and losses")
        against, checks, worst = compare(running, workloads, options)
        for check in checks:
            say("DIFFERS:", check)
        failures += checks

        times = {name: {w["name"]: [] for w in workloads} for name in running}
        order = list(running)
        for r in range(rounds):
            say(f"round {r + 1} of {rounds}")
            for w in workloads:
                for name in order[r % len(order):] + order[:r % len(order)]:
                    times[name][w["name"]].append(running[name].ask(f"time {w['name']} {seconds}"))
    except Failure as failure:
        raise SystemExit(f"tools/bench: {failure}")
    finally:
        for peer in running.values():
            peer.close()

    compiler = subprocess.run([options.compiler, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    return {
        "compiler": compiler,
        "openblas_core": options.openblas_core,
        "rounds": rounds,
        "seconds": seconds,
        "workloads": workloads,
        "peers": {name: {"title": PEERS[name]["title"], "version": running[name].version,
                         "flags": PEERS[name].get("flags"),
                         "microseconds": {w: min(t) for w, t in times[name].items()},
                         "rounds": times[name]} for name in running},
        "skipped": skipped,
        "compared_with": against,
        "largest_differences": worst,
        "over": [],
        "failures": failures,
    }


def describe(w):
    loss = {"mse": "mean squared error", "cross_entropy": "softmax cross-entropy"}[w["loss"]]
    hidden = {"relu": "ReLU", "tanh": "tanh"}[w["hidden"]]
    return f"{w['name']} {'-'.join(map(str, w['widths']))}, {hidden}, {loss}, batch {w['batch']}"


def markdown(result):
    peers, ws = result["peers"], [w["name"] for w in result["workloads"]]

    def rows(value):
        return [[p["title"]] + [report.number(value(p["microseconds"][w], w)) for w in ws] for p in peers.values()]

    parts = ["Microseconds of processor time per training step (forward, backward, SGD update; float32, one thread):",
             report.table(["", *ws], rows(lambda t, w: t))]
    if BASE in peers:
        base = peers[BASE]["microseconds"]
        parts += [f"Time as a multiple of {peers[BASE]['title']} (less is better):",
                  report.table(["", *ws], rows(lambda t, w: t / base[w]))]
    if TORCH in peers:
        torch = peers[TORCH]["microseconds"]
        parts += [f"How many times faster than {peers[TORCH]['title']}:",
                  report.table(["", *ws], rows(lambda t, w: torch[w] / t))]
    parts.append("Workloads: " + "; ".join(map(describe, result["workloads"])) + ".")
    core = result["openblas_core"]
    parts.append(f"Machine: {report.machine_line(result['machine'])} {result['compiler']}."
                 + (f" OPENBLAS_CORETYPE={core}." if core else ""))
    parts.append("\n".join(f"- {p['title']}: {p['version']}" + (f", `{p['flags']}`" if p["flags"] else "")
                           for p in peers.values()))
    worst = ", ".join(f"{what} {d:.0e}" for what, d in result["largest_differences"].items())
    parts.append(f"Measured by `{result['command']}`: {result['rounds']} rounds, in each all peers in turn for "
                 f"{result['seconds']} s a workload; the fastest block counts. All start from the same weights and data"
                 + (f"; largest differences from {result['compared_with']}: {worst}" if worst else "") + ".")
    for name, why in result["skipped"].items():
        parts.append(f"Left out: {PEERS[name]['title']}, {why}.")
    for failure in result["failures"]:
        parts.append("**Failed**: " + failure.splitlines()[0])
    return "\n\n".join(parts)
