# SPDX-License-Identifier: BSL-1.0
# What other libraries do with the same mistakes: docs/gallery/peers/<mistake>/<library>.cpp or .py, and beside each the
# recorded output with its commands. Each file has its twin (-DFIXED): where the
# right program fails as well, that is said.
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "gallery" / "peers"
PEERS = {"xtensor": "xtensor", "xtensor_fixed": "xtensor, fixed", "eigen": "Eigen", "eigen_fixed": "Eigen, fixed",
         "pytorch": "PyTorch"}
# Mistake: what it is, the two sizes that clash (None: it is not about two), and the same in tests/refuse/.
MISTAKES = {
    "matmul": ("a product of (32, 128) and (100, 10)", ("128", "100"), ["matmul_inner_sizes"]),
    "bias": ("a bias of 9 numbers for 10 outputs", ("10", "9"), ["add_bias"]),
    "layers": ("a layer for 30 numbers after one that gives 32", ("30", "32"), ["chain_three"]),
    "mse": ("mse of a column (442, 1) and a vector (442,)", ("442", "1"), ["mse_loss_column"]),
    "residual": ("x + f(x) of (32, 64) and (32, 1)", ("64", "1"), ["residual_stretched"]),
    "names": ("sizes equal, dimensions swapped: 16 pixels, 16 hidden units", None,
              ["matmul_inner_names"]),
    "classes": ("probabilities of 9 classes for scores of 10", ("10", "9"), ["cross_entropy_classes"]),
    "softmax_twice": ("softmax, and the loss takes it again", None,
                      ["cross_entropy_probabilities"]),
    "not_in_the_loss": ("the gradient by a parameter that is not in the loss", None,
                        ["grad_foreign"]),
    "not_a_scalar": ("the gradient of 32 losses", None, ["grad_of_a_vector"]),
    "missing_binding": ("a program without one of its inputs", None, ["tensor_program_missing"]),
    "axis": ("sum over dimension 2 of a matrix", ("2", "2"), ["sum_axis"]),
    "reshape": ("64 numbers as 6 x 10", ("64", "60"), ["reshape_elements"]),
}
# PyTorch says the same with the whole numbers.
OTHER_SIZES = {
    "reshape": ("10", "2048"),
}
# When each is found, the best first.
LADDER = {"compile": "at compile time", "run": "at run time", "warned": "wrong, with a warning",
          "silent": "silently wrong", "refuses both": "the right program does not compile, either"}


def case_of(mistake, cases):
    """The case of tests/refuse/ that is this mistake, or None."""
    return next((cases[name] for name in MISTAKES[mistake][2] if name in cases), None)


def sources():
    for mistake in MISTAKES:
        for peer in PEERS:
            for ending in ("cpp", "py"):
                path = FOLDER / mistake / f"{peer}.{ending}"
                if path.exists():
                    yield mistake, peer, path


def python_with_torch():
    for name in ("python3", "/usr/bin/python3"):
        if shutil.which(name) and subprocess.run([name, "-c", "import torch"], capture_output=True).returncode == 0:
            return name
    return None


def run(words, program, said):
    """Runs in the peers' folder; appends the command and what it said. Words of a place that changes are left out."""
    done = subprocess.run([str(w) for w in words], cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
                          text=True, errors="replace", timeout=300)
    shown = " ".join(str(w) for w in words).replace(str(program), "./wrong").replace("/usr/bin/python3", "python3")
    text = done.stdout.replace(str(program), "./wrong").replace(str(FOLDER) + "/", "")
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode  # of a signal, as a shell has it
    said += [f"$ {shown}", *text.splitlines(), f"exit code {code}"]
    return done.returncode


def tried(path, program, fixed, torch):
    """Says what a program did: (compile, run or fine, the lines of the record)."""
    said = []
    if path.suffix == ".py":
        words = [torch, path.relative_to(FOLDER), *(["FIXED"] if fixed else [])]
        return ("run" if run(words, program, said) else "fine"), said
    words = ["g++", "-std=c++20", *(["-DFIXED"] if fixed else []), path.relative_to(FOLDER),
             "-I/usr/include/eigen3" if "eigen" in path.name else "-lopenblas", "-o", program]
    if run(words, program, said):
        return "compile", said
    return ("run" if run([program], program, said) else "fine"), said


def record():
    """Runs all and writes what they did; returns how many could not be tried."""
    torch, skipped = python_with_torch(), 0
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "wrong"
        for mistake, peer, path in sources():
            if (path.suffix == ".py" and not torch) or \
                    ("eigen" in peer and not pathlib.Path("/usr/include/eigen3").exists()):
                print(f"{mistake}/{peer}: not installed (python3-torch, libeigen3-dev); its record is left as it was")
                skipped += 1
                continue
            right, right_said = tried(path, program, True, torch)
            wrong, said = tried(path, program, False, torch)
            # A compiler that refuses both says nothing about the mistake.
            when = {"fine": "warned" if "Warning" in "".join(said) else "silent"}.get(wrong, wrong)
            when = when if right == "fine" else "refuses both"
            head = [f"# {when}"] + ([f"# the right program: {right_said[1] if len(right_said) > 2 else ''}"]
                                    if right != "fine" else [])
            path.with_suffix(".txt").write_text("\n".join([*head, *said]) + "\n", encoding="utf-8")
            print(f"{mistake}/{peer}: {when}", flush=True)
    return skipped


class Record:
    """What was recorded of a mistake with a library."""

    def __init__(self, mistake, path):
        self.source = path.read_text(encoding="utf-8")
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        self.when = re.match(r"# (.*)", text)[1]
        self.text = "".join(line for line in text.splitlines(True) if not line.startswith("# "))
        # The lines of the tools, without the commands and exit codes that this script wrote.
        self.said = [line for line in self.text.splitlines()
                     if not re.match(r"\$ |exit code -?\d+$", line)]
        self.lines, self.bytes = len(self.said), sum(len(line.encode()) + 1 for line in self.said)
        clash = MISTAKES[mistake][1]
        self.sizes = None if clash is None else self.when in ("compile", "run") and (
            both(clash, self.error()) or mistake in OTHER_SIZES and both(OTHER_SIZES[mistake], self.error()))

    def error(self):
        """The line that a reader looks for: the first with `error:`, a failed assertion, or Python's last one."""
        first = next((line for line in self.said if re.search(r"\berror: |Assertion", line)), None)
        whole = "\n".join(self.said[next((i for i, line in enumerate(self.said) if "what():" in line), -1):])
        return first or whole


def both(words, text):
    """Do both words (the two sizes) stand in a line? Twice, if they are the same."""
    rest = text
    for word in words:
        word = re.escape(word)
        match = re.search(rf"(?<!\d){word}(?!\d)" if word.isdigit() else rf"\b{word}\b", rest)
        if not match:
            return False
        rest = rest[:match.start()] + " " * len(word) + rest[match.end():]
    return True


def records():
    """{mistake: {peer: Record}} of those that are recorded."""
    found = {}
    for mistake, peer, path in sources():
        if path.with_suffix(".txt").exists():
            found.setdefault(mistake, {})[peer] = Record(mistake, path)
    return found
