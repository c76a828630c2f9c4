# SPDX-License-Identifier: BSL-1.0
# How long the messages are, whether both sizes are in the line of the error, how soon it comes, and what other
# libraries do with the same mistakes.
import concurrent.futures
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import report

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "refuse"), str(ROOT / "tools" / "gallery.d")]
import cards
import peers
import refusals_html
from cards import refuse

SHAPES = "matmul_inner_sizes"  # a file that only checks shapes
LESSON = ROOT / "lessons" / "digits" / "digits.cpp"
WRONG = ('linear<"fc2", 32, 10>', 'linear<"fc2", 30, 10>')
WHEN = {"compile": "compile", "run": "run", "warned": "never: a warning", "silent": "never", "refuses both": "no twin"}


def seconds(compiler, file, rounds):
    """The least seconds from the command to its last word."""
    command = [compiler.program, *compiler.flags(), f"-I{refuse.INCLUDE}", str(file)]
    best = None
    for _ in range(rounds):
        start = time.monotonic()
        done = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C"})
        best = min(best or 1e9, time.monotonic() - start)
        if done.returncode == 0:
            raise SystemExit(f"{file} compiles with {compiler.name}, so there is no mistake to measure")
    return best


def of_compiler(compiler, cases, said, rounds):
    """Figures of one compiler: cases, lines, bytes, sizes in the first line."""
    texts = [said[case.name, compiler] for case in cases]
    about_sizes = [refusals_html.sizes(case, s) for case, s in zip(cases, texts)]
    lines, sizes = [len(s.lines) for s in texts], [len(s.text.encode()) for s in texts]
    first, example = sum(bool(x) for x in about_sizes), pathlib.Path(tempfile.mkdtemp()) / "digits.cpp"
    text = LESSON.read_text(encoding="utf-8")
    if WRONG[0] not in text:
        raise SystemExit(f"{LESSON} has no {WRONG[0]}: say another mistake in tools/bench.d/errors.py")
    example.write_text(text.replace(*WRONG), encoding="utf-8")
    shapes = next(case for case in refuse.all_cases() if case.name == SHAPES)
    return {"name": compiler.name, "cases": len(cases),
            "median lines": statistics.median(lines), "most lines": max(lines),
            "longest": cases[lines.index(max(lines))].name,
            "median bytes": statistics.median(sizes), "most bytes": max(sizes),
            "about sizes": sum(x is not None for x in about_sizes), "in the first line": first,
            "sentences": sum(s.sentence() is not None for s in texts),
            "shape seconds": seconds(compiler, shapes.path, rounds),
            "lesson seconds": seconds(compiler, example, rounds)}


def run(options, root):
    rounds = options.rounds or (1 if options.quick else 3)
    wanted = refuse.installed()
    if options.compilers:
        wanted = [refuse.compiler(words) for words in options.compilers.split(",")]
    cases = [case for case in refuse.all_cases() if not case.faults and not case.only]
    if options.quick:
        cases = cases[::10]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
        jobs = [(case, compiler) for compiler in wanted for case in cases]
        done = workers.map(lambda j: refuse.compiled(j[1], j[0], fresh=False), jobs)
        said = {(case.name, compiler): s for (case, compiler), s in zip(jobs, done)}
    failures = [f"{name} compiles with {compiler.name}" for (name, compiler), s in said.items() if s.code == 0]
    figures = [of_compiler(compiler, cases, said, rounds) for compiler in wanted]
    elsewhere = []
    for mistake, records in peers.records().items():
        case = peers.case_of(mistake, {c.name: c for c in refuse.all_cases()})
        row = {"mistake": peers.MISTAKES[mistake][0], "cells": []}
        for compiler in [c for c in wanted if c.standard == "c++20"][:2]:
            s = refuse.compiled(compiler, case, fresh=False) if case else None
            row["cells"].append(None if s is None else ("compile", len(s.lines), len(s.text.encode()),
                                                        refusals_html.sizes(case, s)))
        for peer in peers.PEERS:
            r = records.get(peer)
            row["cells"].append(None if r is None else (r.when, r.lines, r.bytes, r.sizes))
        elsewhere.append(row)
    return {"figures": figures, "elsewhere": elsewhere, "failures": failures, "over": [],
            "columns": [f"Gradus, {c.name}" for c in wanted if c.standard == "c++20"][:2] + list(peers.PEERS.values())}


def cell(value):
    if value is None:
        return "–"
    when, lines, count, sizes = value
    if when in ("silent", "warned"):
        return f"**{WHEN[when]}**"
    shown = {True: ", both sizes", False: ", no sizes", None: ""}[sizes]
    return f"{WHEN[when]}: {lines} / {count}{shown}"


def markdown(result):
    head = ["compiler", "cases", "lines: median, most", "bytes: median, most", "about two sizes",
            "both in the error's line", "whole sentence", "seconds: shapes only", "seconds: a lesson"]
    rows = [[f["name"], str(f["cases"]), f"{f['median lines']:g}, {f['most lines']}",
             f"{f['median bytes']:.0f}, {f['most bytes']}",
             str(f["about sizes"]), str(f["in the first line"]), str(f["sentences"]),
             report.number(f["shape seconds"]), report.number(f["lesson seconds"])] for f in result["figures"]]
    text = [f"`{result['command']}`, {report.machine_line(result['machine'])}", "", report.table(head, rows), "",
            "The same mistake with other libraries (`tools/gallery --record-peers`, docs/gallery/peers): when it is",
            "found, lines / bytes of what is said, and whether both sizes stand in the line of the error (at run time:",
            "in the message). *never*: the program runs and computes something else. *no twin*: the right program does",
            "not compile, either.", "",
            report.table(["mistake", *result["columns"]],
                         [[row["mistake"], *map(cell, row["cells"])] for row in result["elsewhere"]])]
    return "\n".join(text)
