# SPDX-License-Identifier: BSL-1.0
# The gallery: one HTML file with style and pictures inside, no script.
import concurrent.futures
import hashlib
import html
import os
import pathlib
import re
import sys

import cards
import peers
from cards import refuse

sys.path.insert(0, str(cards.ROOT / "tools" / "gradus.d"))
STYLE = """
:root { --ink: #1d2733; --soft: #5b6775; --line: #dde3ea; --red: #b3261e; --wash: #fdecea; --green: #1b6e3c;
        --code: #f6f8fa; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); margin: 0 auto; max-width: 76rem;
       padding: 0 1.2rem 4rem; }
h1 { font-size: 1.7rem; margin: 1.6rem 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .6rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .3rem; }
p { margin: .3rem 0 .7rem; max-width: 52rem; }
a { color: #0b57a4; text-decoration: none; } a:hover { text-decoration: underline; }
nav { columns: 3 20rem; font-size: .87rem; } nav b { display: block; margin-top: .6rem; } nav a { display: block; }
article { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.1rem; margin: 1rem 0; }
pre { background: var(--code); border-radius: 6px; padding: .6rem .8rem; margin: .3rem 0 .7rem; overflow-x: auto;
      font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre.said { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow-y: auto; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; } .two > * { min-width: 0; }
@media (max-width: 56rem) { .two { display: block; } }
.label { font-size: .8rem; color: var(--soft); }
.wrong { background: var(--wash); display: inline-block; min-width: 100%; box-shadow: inset 3px 0 var(--red); }
.right { background: #e8f5ec; display: inline-block; min-width: 100%; }
blockquote { margin: .3rem 0 .7rem; padding: .3rem .8rem; border-left: 4px solid var(--red); background: var(--wash); }
.way { border-left-color: var(--green); background: #e8f5ec; }
table { border-collapse: collapse; font-size: .87rem; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--code); }
td.compile { background: #e8f5ec; } td.run { background: #fff6dd; } td.warned { background: #ffe9cc; }
td.silent { background: var(--wash); }
details { margin: .2rem 0; } summary { cursor: pointer; font-size: .87rem; color: var(--soft); }
.picture svg { max-width: 100%; height: auto; } .picture { text-align: center; overflow-x: auto; }
"""


def escaped(text):
    return html.escape(text, quote=False)


def program(case, fixed):
    lines = []
    for number, line, only in case.program(fixed):
        kind = "right" if fixed and only else "wrong" if not fixed and number == case.here else ""
        lines.append(f'<span class="{kind}">{escaped(line)}</span>' if kind else escaped(line))
    return f"<pre>{chr(10).join(lines)}</pre>"


def coloured(said):
    """A compiler's text; the line of the error stands out."""
    return "\n".join(f'<span class="wrong">{escaped(line)}</span>' if re.search(r": error: ", line) else escaped(line)
                     for line in cards.plain(said.text).splitlines())


def picture(case):
    """The picture of the mistake as SVG, or nothing. It is kept, because it takes seconds."""
    try:
        import mistake_picture
    except ImportError:
        return ""
    words = hashlib.sha256((case.text + refuse.headers_hash(str(refuse.INCLUDE))).encode()).hexdigest()
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    kept = pathlib.Path(base) / "gradus" / "gallery" / f"{words}.svg"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        path, _ = mistake_picture.drawn(case.path, "g++", out=kept.with_suffix(f".{os.getpid()}.{case.name}"))
        if path is None:
            kept.write_text("", encoding="utf-8")
        else:
            pathlib.Path(path).replace(kept)
    svg = kept.read_text(encoding="utf-8")
    svg = re.sub(r"^.*?(?=<svg)", "", svg, flags=re.DOTALL)
    # Ids must differ from those of the other pictures of the page.
    return re.sub(r'\b(id="|xlink:href="#|href="#|url\(#)', rf"\g<1>{case.name}-", svg)


def sizes(case, said):
    """Do both clashing sizes stand in the line of the error? None, where it is not about two sizes."""
    braces = [m for words in case.words["clang"] for m in re.findall(r"\{(\d+), (\d+)\}", words)]
    return peers.both(braces[0], said.first_error()) if braces else None


def ladder(found):
    """The same mistakes elsewhere: a row each."""
    records, by_name = peers.records(), {card.case.name: card for card in found}
    rows = []
    for mistake, (title, _, _) in peers.MISTAKES.items():
        case = peers.case_of(mistake, {name: card.case for name, card in by_name.items()})
        card = by_name.get(case.name) if case else None
        cells = []
        for kind in ("g++", "clang"):
            said = next((s for c, s in card.said.items() if c.kind == kind), None) if card else None
            cells.append(f'<td class="compile">at compile time<br>{len(said.lines)} lines</td>' if said else
                         "<td>–</td>")
        for peer in peers.PEERS:
            record = records.get(mistake, {}).get(peer)
            lines = f"{record.lines} line{'s' if record.lines != 1 else ''}" if record else ""
            text = f"{peers.LADDER[record.when]}<br>{lines}" if record else "–"
            cells.append(f'<td class="{record.when.split()[0] if record else ""}">{text}</td>')
        name = f'<a href="#{case.name}">{escaped(title)}</a>' if case else escaped(title)
        rows.append(f"<tr><th>{name}</th>{''.join(cells)}</tr>")
    head = "".join(f"<th>{name}</th>" for name in ("Gradus, g++", "Gradus, clang", *peers.PEERS.values()))
    return f"<table><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def elsewhere(case, by_name):
    """What other libraries do with this mistake."""
    parts = []
    for mistake, records in peers.records().items():
        if peers.case_of(mistake, by_name) is case:
            for peer, record in records.items():
                parts.append(f"<details><summary>{peers.PEERS[peer]}: <b>{peers.LADDER[record.when]}</b></summary>"
                             f"<div class='two'><pre class='said'>{escaped(record.source)}</pre>"
                             f"<pre class='said'>{escaped(record.text)}</pre></div></details>")
    return '<p class="label">The same mistake elsewhere</p>' + "".join(parts) if parts else ""


def article(card, by_name, svg):
    case = card.case
    rest = case.meaning[len(case.title):].lstrip(".:; ")
    parts = [f'<article id="{case.name}"><h3>{escaped(case.title)}</h3>', f"<p>{escaped(rest)}</p>" if rest else "",
             f"<blockquote>{escaped(card.short())}</blockquote>",
             f'<blockquote class="way">{escaped(card.way_out)}</blockquote>' if card.way_out else "",
             '<div class="two"><div><span class="label">broken</span>', program(case, False),
             '</div><div><span class="label">fixed</span>', program(case, True), "</div></div>"]
    for compiler, said in card.said.items():
        parts.append(f"<details{' open' if compiler.kind == 'g++' else ''}><summary>{escaped(compiler.name)} prints "
                     f'{len(said.lines)} lines</summary><pre class="said">{coloured(said)}</pre></details>')
    if svg:
        parts.append(f'<div class="picture">{svg}</div>')
    parts += [elsewhere(case, by_name), "</article>"]
    return "".join(parts)


def page(found, pictures=True, progress=None):
    by_name = {card.case.name: card.case for card in found}
    drawn = {}
    if pictures:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as workers:
            for number, (card, svg) in enumerate(zip(found, workers.map(lambda c: picture(c.case), found)), 1):
                drawn[card.case.name] = svg
                if progress:
                    progress(number, len(found))
    nav, body, group = [], [], None
    for card in found:
        if card.group != group:
            group = card.group
            nav.append(f"<b>{escaped(group)}</b>")
            body.append(f"<h2>{escaped(group)}</h2>")
        nav.append(f'<a href="#{card.case.name}">{escaped(card.case.title)}</a>')
        body.append(article(card, by_name, drawn.get(card.case.name, "")))
    versions = " and ".join(c.version for c in found[0].said) if found else ""
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f"<title>Gradus: {len(found)} mistakes</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<style>{STYLE}</style></head>\n<body><h1>{len(found)} mistakes, and what is said to them</h1>\n"
            f"<p>All are refused while compiling. Compiled with {escaped(versions)}.</p>\n"
            f"<h2>The same mistake elsewhere</h2>{ladder(found)}\n<h2>All mistakes</h2><nav>{''.join(nav)}</nav>\n"
            + "\n".join(body) + "\n</body></html>\n")
