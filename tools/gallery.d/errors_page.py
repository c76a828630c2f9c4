# SPDX-License-Identifier: BSL-1.0
# docs/errors.md: a card for each mistake. What a compiler prints is taken from the compilers whose text is pinned, and
# left as it was where one of them is not here.
import re

import cards
import complete
import peers

PAGE = cards.ROOT / "docs" / "errors.md"
PINNED = {"g++": 12, "clang++-14": 14}
HEAD = """# Mistakes, and what the compilers say

Each mistake that Gradus refuses while compiling: what it means, the sentence, the way out, the broken and the fixed
lines, and what g++ 12 and clang 14 print. Written from the programs in [tests/refuse](../tests/refuse) by
`tools/gallery --write`; `tools/gallery --check`, a test, says whether it is up to date. `tools/gallery` makes a page
with pictures and the output of other libraries; `tools/gradus explain FILE` says it of your own file.

Of what the compilers print, the lines that show the library itself are left out here, and counted. g++ prints the whole
sentence. clang 14 prints fixed words, and the two sizes that clash in braces, `{128, 100}`; clang 19
with `-std=c++26` prints the sentence.
"""
FENCE = "```"


def code(text, language=""):
    return f"{FENCE}{language}\n{text}\n{FENCE}"


def escaped(text):
    return re.sub(r"([<>*_|\\])", r"\\\1", text)


def anchor(case):
    return case.name


def printed(case, old):
    """What the page holds of each compiler for a case: {name: text}."""
    match = re.search(rf'<a id="{re.escape(case.name)}"></a>(.*?)(?=<a id=|\Z)', old, re.DOTALL)
    texts = r"<summary>(\S+) prints</summary>\n\n```text\n(.*?)\n```"
    return dict(re.findall(texts, match[1], re.DOTALL)) if match else {}


def program(case, fixed):
    """The broken program marks its line; of the fixed one, only what changes."""
    if fixed:
        lines = case.changed(True)
        return lines or ["// without that line"]
    return [line + ("  // here" if number == case.here else "") for number, line, _ in case.program(False)]


def body(card, old):
    case = card.case
    lines = [f'<a id="{anchor(case)}"></a>', f"### {escaped(case.title)}", ""]
    rest = case.meaning[len(case.title):].lstrip(".:; ")
    if rest:
        lines += [escaped(rest), ""]
    if case.name in complete.COERCIONS:
        lines += [f"Elsewhere: {escaped(complete.COERCIONS[case.name])}", ""]
    lines += [f"> {escaped(card.sentence)}", ""]
    way_out = f": {escaped(card.way_out)}" if card.way_out else ""
    lines += ["```cpp", *program(case, False), "```", "", f"Fixed{way_out}", "",
              "```cpp", *program(case, True), "```", ""]
    texts = printed(case, old)
    texts.update({c.name: stable(said) for c, said in card.said.items() if pinned(c)})
    for name, text in sorted(texts.items(), reverse=True):
        lines += [f"<details><summary>{name} prints</summary>", "", code(text, "text"), "", "</details>", ""]
    return "\n".join(lines)


def stable(said):
    """A compiler's text without the library's own lines: those move with each change of a header."""
    kept, left = [], 0
    for line in cards.plain(said.text).splitlines():
        note = re.match(r"include/gradus/\S+?:\d+:\d+: (?=note: from 'diagnose_if')", line)
        if left or kept and re.match(r"In file included from |\d+ errors? generated|include/gradus/", line):
            if note and not left:  # holds the two sizes
                line = line[note.end():]
            else:
                left += 1
                continue
        elif kept and kept[-1].startswith("note: "):
            left += 1
            continue
        kept.append(re.sub(r"\b\d{12,20}\b", "...", line))  # ids of expressions are hashes
    if left:
        kept.append(f"({left} more line{'s' if left != 1 else ''})")
    return "\n".join(kept)


def pinned(compiler):
    return PINNED.get(compiler.name) == compiler.major


def matrix():
    """How many mistakes of each operation, layer and function are refused; each has its twin that compiles."""
    lines = ["## Is anything unchecked?", "",
             "How many programs with a mistake in each operation, layer and function are refused while compiling, and",
             "how many without it compile (`tests/refuse/complete.py`).", "",
             "| name | wrong, refused | right, accepted | or why nothing can be wrong |", "| --- | ---: | ---: | --- |"]
    for name, count, why in complete.matrix():
        lines.append(f"| {escaped(name)} | {count or ''} | {count or ''} | {escaped(why) if not count else ''} |")
    return "\n".join(lines)


def page(found, old):
    """The whole page. `old` is its text as it stands, for what a compiler that is not here would print."""
    toc, text, group = [], [], None
    for card in found:
        if card.group != group:
            group = card.group
            slug = re.sub(r"[^\w -]", "", group.lower()).replace(" ", "-")
            toc += ["", f"**[{group}](#{slug})**", ""]
            text.append(f"## {group}\n")
        toc.append(f"- [{escaped(card.case.title)}](#{anchor(card.case)})")
        text.append(body(card, old))
    return "\n".join([HEAD, f"{len(found)} mistakes:", *toc, "", "[Is anything unchecked?](#is-anything-unchecked)", "",
                      *text, matrix(), ""])


def difference(old, new):
    """What differs, in a few lines; nothing, if the pages are the same."""
    if old == new:
        return []
    split = r'(?=<a id="[^"]*"></a>)'
    parts = [{re.match(r'<a id="([^"]*)"', part)[1] if part.startswith("<a id") else "the head": part
              for part in re.split(split, text)} for text in (old, new)]
    faults = [f"{name}: a case without its card" for name in parts[1] if name not in parts[0]]
    faults += [f"{name}: a card without its case" for name in parts[0] if name not in parts[1]]
    faults += [f"{name}: the card is not what the case gives now" for name in parts[1]
               if name in parts[0] and parts[0][name] != parts[1][name]]
    return faults or ["the order of the cards"]
