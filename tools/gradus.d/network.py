# SPDX-License-Identifier: BSL-1.0
"""The network as the student's file declares it: each name, its shape, its line, and the layers of a chain.

The compiler's message about a mistake knows only what meets there. So the file is compiled a second time, with the
headers of shapes alone and a question behind each declaration, `what is the type of this?`, which the compiler answers
with a warning. Mistakes in the file do no harm: what they touch has no answer.
"""
import dataclasses
import pathlib
import re
import tempfile

import compilers
import readable
import source

ASK = """
namespace xt {  // as far as the parameters of functions need it
template <class T, auto... N> struct xtensor;
template <class T> struct xarray;
}
template <int Question, class S, std::uint64_t I, int N>
[[deprecated]] int gradus_asked(gradus::expr<S, I, N>);
template <int Question, class D> [[deprecated]] int gradus_asked(gradus::layer<D>);
"""
SHAPES = re.compile(r"^#include <gradus/(?:shape|expr|layer)/.*$", re.MULTILINE)  # of the headers in typed.hpp
WRAPPERS = ("residual", "named")
BOTH = ("tanh", "softmax", "log_softmax")  # functions, which `>>` takes as layers: they have no type of their own
MOST_QUESTIONS = 400
SOURCE_SHOWN = 60


@dataclasses.dataclass
class Declared:
    """`auto name = text;`, or `return text;` without a name."""

    name: str
    text: str
    line: int
    begin: int  # of the text, in the file
    end: int  # behind the semicolon


@dataclasses.dataclass
class Part:
    """A layer of a chain as it is written; a wrapper as residual(...) has parts inside."""

    text: str
    line: int
    name: str = ""
    wrapper: str = ""
    parts: list = dataclasses.field(default_factory=list)

    def leaves(self):
        return [leaf for part in self.parts for leaf in part.leaves()] if self.wrapper else [self]


def declarations(text):
    """What the file declares with auto, and what its functions return, in order."""
    found, stack, open_ones, last = [], [], [], ("", "")
    tokens = [(m[0], m.start(), m.end()) for m in source.TOKEN.finditer(text) if not re.match(r"\s|//|/\*", m[0])]
    for i, (word, begin, end) in enumerate(tokens):
        if word in ("(", "[", "{"):
            stack.append(word)
        elif word in (")", "]", "}"):
            if stack:
                stack.pop()
            while open_ones and open_ones[-1][0] > len(stack):
                open_ones.pop()
        elif word == ";" and open_ones and open_ones[-1][0] == len(stack):
            _, name, start = open_ones.pop()
            found.append(Declared(name, text[start:begin].strip(), text.count("\n", 0, start) + 1, start, end))
        elif not stack or stack[-1] == "{":
            if word == "=" and last[0] == "auto" and re.match(r"[A-Za-z_]\w*$", last[1]):
                open_ones.append((len(stack), last[1], end))
            elif word == "return":
                open_ones.append((len(stack), "", end))
        last = (last[1], word)
    return sorted(found, key=lambda d: d.begin)


class Network:
    """The declarations of a file and, after `ask`, their types."""

    def __init__(self, lines):
        self.text = "\n".join(lines)
        self.declared = declarations(self.text)
        self.questions, self.answers, self.run, self.folder = {}, {}, None, None

    def before(self, name, line):
        """The last declaration of a name above a line, or in it."""
        return next((d for d in reversed(self.declared) if d.name == name and d.line <= line), None)

    # The layers, as they are written.

    def parts(self, text, line, seen=()):
        """The layers that an expression of layers has, in order; names of chains are followed."""
        text = text.strip()
        tokens = source.tokens(text)
        words = [text[b:e] for b, e in tokens]
        if ">>" in words:
            found, begin = [], 0
            for word, (b, e) in [*zip(words, tokens), (">>", (len(text), len(text)))]:
                if word == ">>":
                    found += self.parts(text[begin:b], line, seen)
                    begin = e
            return found
        if len(words) == 1 and words[0].startswith("("):
            return self.parts(text[1:-1], line, seen)
        called = re.match(r"(?:gradus::)?(\w+)\b", text)
        if called and words and words[-1].startswith("("):
            inside = self.listed(words[-1][1:-1])
            if called[1] == "sequential":
                return [part for one in inside for part in self.parts(one, line, seen)]
            if called[1] in WRAPPERS and len(inside) == 1:
                name = re.search(r'<\s*"([^"]*)"\s*>', text[:tokens[-1][0]])
                return [Part(text, line, name[1] if name else "", called[1], self.parts(inside[0], line, seen))]
        if re.fullmatch(r"[A-Za-z_]\w*", text) and text not in seen and (d := self.before(text, line)):
            return self.parts(d.text, d.line, (*seen, text))
        return [Part(text, line)] if text else []

    @staticmethod
    def listed(text):
        found, begin = [], 0
        for b, e in source.tokens(text):
            if text[b:e] == ",":
                found.append(text[begin:b])
                begin = e
        return [one.strip() for one in [*found, text[begin:]] if one.strip()]

    def is_chain(self, called, line):
        """Whether what is called is made of several layers."""
        parts = self.parts(called, line) if called else []
        return len(parts) > 1 or any(part.wrapper for part in parts)

    def type_text(self, parts):
        """The types of layers, put together as the compiler would write the chain; None where nothing is known."""
        texts, told = [], False
        for part in parts:
            if part.wrapper:
                inside = self.type_text(part.parts)
                if inside is None:
                    return None
                name = f'fixed_string<9>{{"{part.name}"}}, ' if part.wrapper == "named" else ""
                told = True
                texts.append(f"{part.wrapper}_definition<{name}sequence<{inside}>>")
            else:
                known = self.answers.get(part.text)
                word = re.match(r"(?:gradus::)?(\w+)", part.text)
                if not known and word and word[0] == part.text and word[1] in BOTH:
                    known = f"activation_definition<{word[1]}>"
                told = told or bool(known)
                texts.append(known or f"{word[1] if word else 'layer'}_definition")
        return ", ".join(texts) if told else None

    # Questions and answers.

    def ask(self, compiler, file, more):
        """Starts the compiler; `listen` waits for it."""
        inserts, number = [], 0
        for d in self.declared:
            asked = [(d.name, d.name)] if d.name else []
            asked += [(leaf.text, leaf.text) for part in self.parts(d.text, d.line) for leaf in part.leaves()
                      if leaf.line == d.line and re.match(r"[\w:]+", leaf.text)]
            for key, what in asked:
                number += 1
                self.questions[number] = (key, d)
                inserts.append((d.end, f" using gradus_question_{number} = decltype(gradus_asked<{number}>({what}));"))
        if not inserts or number > MOST_QUESTIONS:
            return
        text = self.text
        for at, words in reversed(inserts):
            text = text[:at] + words + text[at:]
        # No tensors, files or streams: they cost seconds, and say nothing about shapes.
        text = re.sub(r"^([ \t]*#[ \t]*include[ \t]*)(?:<.*>|\"gradus/.*\")", r"// \1", text, flags=re.MULTILINE)
        self.folder = tempfile.TemporaryDirectory(prefix="gradus-network-")
        copy, asker = (pathlib.Path(self.folder.name) / name for name in ("copy.cpp", "ask.hpp"))
        copy.write_text(text, encoding="utf-8")
        typed = (compilers.INCLUDE / "gradus" / "typed.hpp").read_text(encoding="utf-8")
        asker.write_text("\n".join(SHAPES.findall(typed)) + ASK, encoding="utf-8")
        words = [*more, "-include", str(asker), "-iquote", str(pathlib.Path(file).resolve().parent)]
        words += ["-ferror-limit=0"] if compilers.family(compiler) == "clang" else []
        self.run = compilers.Run(compiler, copy, words)
        self.family = compilers.family(compiler)

    def listen(self):
        """Reads the answers."""
        if not self.run:
            return
        for line in self.run.text().splitlines():
            if " warning: " not in line or "gradus_asked" not in line:
                continue
            given = readable.arguments(line)
            values = [value for _, value in given]
            if len(values) < 2 or not values[0].isdigit() or int(values[0]) not in self.questions:
                continue
            key, d = self.questions[int(values[0])]
            self.answers[key] = self.answers[key, d.begin] = values[1]
        self.stop()

    def stop(self):
        if self.run:
            self.run.stop()
            self.run = None
        if self.folder:
            self.folder.cleanup()
            self.folder = None

    # What a card shows.

    def shown(self, d):
        """The shape of what is declared, `64 -> 32` for a layer, or "" where it is not known."""
        answer = self.answers.get((d.name, d.begin))
        if not answer:
            return ""
        if (axes := readable.axes_of(answer)) is not None:
            return readable.shape_text(axes)
        text = self.type_text(self.parts(d.text, d.line))
        rows = readable.layer_rows([f"sequence<{text}>" if text else answer])
        sized = [row.text for row in rows if row.type == "linear" and row.depth == 0]
        if not sized:
            return "layer"
        return f"{sized[0].split(' -> ')[0]} -> {sized[-1].split(' -> ')[-1]}"

    def behind(self, texts, line):
        """The declarations that expressions are made of, directly and by others, in order of their lines."""
        found, todo = {}, [(text, line) for text in texts]
        while todo:
            text, at = todo.pop()
            plain = re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text)
            for name in re.findall(r"(?<![\w.:])[A-Za-z_]\w*", plain):
                d = self.before(name, at)
                if d and d.begin not in found and text is not d.text:
                    found[d.begin] = d
                    todo.append((d.text, d.line))
        return [found[begin] for begin in sorted(found)]


def short(text):
    text = " ".join(text.split())
    return text if len(text) <= SOURCE_SHOWN else text[:SOURCE_SHOWN - 4].rstrip() + " ..."
