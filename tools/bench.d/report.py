# SPDX-License-Identifier: BSL-1.0
# What both benchmarks print: the machine, Markdown tables, and a region of a file that they replace.
import os
import platform
import re
import sys


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def machine():
    """The processor, its vector instructions, the system, and how busy the machine was."""
    model, flags = platform.processor() or platform.machine(), []
    try:
        with open("/proc/cpuinfo") as file:
            text = file.read()
        model = re.search(r"model name\s*: (.*)", text).group(1)
        flags = re.search(r"flags\s*: (.*)", text).group(1).split()
    except (OSError, AttributeError):
        pass
    system = platform.system()
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError, AttributeError):
        pass
    return {"processor": model, "cores": os.cpu_count(), "system": system, "load": round(os.getloadavg()[0], 1),
            "vectors": [f for f in ("sse2", "avx2", "fma", "avx512f") if f in flags]}


def machine_line(m):
    return (f"{m['processor']}, {m['cores']} cores, {' '.join(m['vectors'])}; {m['system']}; "
            f"load {m['load']} at the end.")


def number(value):
    """Three digits that mean something, no exponent."""
    if value is None:
        return "–"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def marks(what):
    return f"<!-- tools/bench {what}: begin -->", f"<!-- tools/bench {what}: end -->"


def region(path, what):
    begin, end = marks(what)
    with open(path) as file:
        text = file.read()
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"{path} must hold the line '{begin}' and after it '{end}', once each")
    return text, text.index(begin) + len(begin), text.index(end)


def check_region(parser, path, what):
    try:
        region(path, what)
    except OSError as error:
        parser.error(f"{path} cannot be read: {error.strerror}")
    except ValueError as error:
        parser.error(str(error))


def write_region(path, what, body):
    text, begin, end = region(path, what)
    old = text[begin:end].strip()
    say(f"{path}: {len(old.splitlines())} lines between the marks of '{what}' become {len(body.splitlines())}")
    with open(path, "w") as file:
        file.write(text[:begin] + "\n" + body.strip() + "\n" + text[end:])
