# SPDX-License-Identifier: BSL-1.0
# What both pages say of a case: its group, the sentence, the way out, both programs, what the compilers print.
import concurrent.futures
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "refuse"))
import cases as refuse
import complete

# Group: the names in `// refuses:` that belong to it, beside the operations of a kind.
GROUPS = {
    "Sizes, names and leaves": {"dim", "input", "parameter"},
    "Products": {"product"},
    "Element by element": {"elementwise"},
    "Views": {"view", "transpose", "flatten", "broadcast_to"},
    "Reductions": {"reduction"},
    "Row by row, and losses": {"rowwise", "mse_loss", "binary_cross_entropy_with_logits"},
    "Layers": {"linear", "chain", ">>", "sequential", "residual", "named", "layer"},
    "Gradients": {"grad", "parameter_of", "graph_of"},
    "Programs and training": {"compile", "program", "program parameter", "step", "train"},
    "Everything else": set(),
}


def group_of(case):
    kinds = {name: kind for name, kind, _, _ in complete.operations()}
    for name in case.refuses:
        for group, names in GROUPS.items():
            if name in names or (kinds.get(name) in names and name not in ("input", "parameter")):
                return group
    return "Everything else"


class Card:
    """A case, and what each compiler said to it: {compiler: Said}."""

    def __init__(self, case, said):
        self.case, self.said, self.group = case, said, group_of(case)
        self.sentence = next((s.sentence() for s in said.values() if s.sentence()), None)
        if self.sentence is None:  # not of the library, or g++ is not here: what is promised
            promised = case.words["g++"] or case.words["clang"]
            self.sentence = " ".join(promised).replace('\\"', '"')
        _, _, self.way_out = self.sentence.partition("; ")

    def short(self):
        """The sentence up to the way out."""
        return self.sentence.partition("; ")[0]


def cards(cases, compilers, fresh=False, progress=None):
    """The cards of the cases, two compilations at a time. What did not change since the last time is not compiled."""
    jobs = [(case, compiler) for case in cases for compiler in compilers]
    found = {case.name: {} for case in cases}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
        done = workers.map(lambda j: refuse.compiled(j[1], j[0], fresh=fresh), jobs)
        for number, ((case, compiler), said) in enumerate(zip(jobs, done), 1):
            found[case.name][compiler] = said
            if progress:
                progress(number, len(jobs))
    order = {group: number for number, group in enumerate(GROUPS)}
    return sorted((Card(case, found[case.name]) for case in cases), key=lambda c: (order[c.group], c.case.name))


def plain(text):
    """A compiler's text as it may stand in a page: without paths of this machine."""
    return re.sub(re.escape(str(ROOT)) + "/?", "", text).rstrip("\n")
