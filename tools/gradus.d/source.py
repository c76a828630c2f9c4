# SPDX-License-Identifier: BSL-1.0
"""The student's file: its lines, and the operands and arguments that stand at a place in it."""
import pathlib
import re

# Higher binds tighter; what is not here (commas, =, return) ends an operand.
BINDS = {"*": 10, "/": 10, "%": 10, "+": 9, "-": 9, "<<": 8, ">>": 8, "<": 7, "<=": 7, ">": 7, ">=": 7, "==": 6,
         "!=": 6}
TOKEN = re.compile(r"""\s+|//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|\.?\d[\w.']*"""
                   r"""|>>|<<|[<>=!]=|&&|\|\||::|->|.""", re.DOTALL)


class Sources:
    """The lines of files, read once."""

    def __init__(self):
        self.files = {}

    def __call__(self, file):
        if file not in self.files:
            try:
                self.files[file] = pathlib.Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError:
                self.files[file] = []
        return self.files[file]


def squeezed(text):
    return " ".join(text.split())


def characters(line, column):
    """The index of the character that starts at a column counted in bytes from 1."""
    return len(line.encode()[:max(column - 1, 0)].decode("utf-8", "ignore"))


def tokens(text):
    """(begin, end) of each token; a bracket, also of template arguments, is one token with all that is inside."""
    plain = [(m.start(), m.end()) for m in TOKEN.finditer(text) if not re.match(r"\s|//|/\*", m[0])]
    pairs = {"(": ")", "[": "]", "{": "}", "<": ">"}

    def closing(i):
        """Index of the token that closes the bracket at token i, or None."""
        wanted, j = [pairs[text[plain[i][0]]]], i + 1
        while j < len(plain):
            word = text[plain[j][0]:plain[j][1]]
            if word == ";":
                return None
            if word in ("(", "[", "{") or word == "<" and re.match(r"\w", text[plain[j][0] - 1]):
                wanted.append(pairs[word])
            elif word == wanted[-1]:
                wanted.pop()
            elif word == ">>" and wanted[-2:] == [">", ">"]:
                del wanted[-2:]
            elif word in (")", "]", "}"):
                return None
            if not wanted:
                return j
            j += 1
        return None

    found, i = [], 0
    while i < len(plain):
        begin, end = plain[i]
        word = text[begin:end]
        bracket = word in ("(", "[", "{") or word == "<" and begin and re.match(r"\w", text[begin - 1])
        if bracket and (j := closing(i)) is not None:
            found.append((begin, plain[j][1]))
            i = j
        else:
            found.append((begin, end))
        i += 1
    return found


class Place:
    """A position in the student's file, with the statement around it."""

    def __init__(self, lines, line, column):
        first = line
        while first > 1 and not re.search(r"[;{}]\s*(?://.*)?$|^\s*#|^\s*$|^\s*//", lines[first - 2]):
            first -= 1
        last = line
        while last < len(lines) and ";" not in lines[last - 1] and last - line < 40:
            last += 1
        self.text = "\n".join(lines[first - 1:last])
        self.at = sum(len(text) + 1 for text in lines[first - 1:line - 1]) + characters(lines[line - 1], column)

    def inner(self):
        """The tokens on the level of the position: inside the innermost bracket around it."""
        text, shift = self.text, 0
        while True:
            around = next(((b, e) for b, e in tokens(text) if b < self.at - shift < e - 1 and text[b] in "({["), None)
            if around is None:
                return text, shift
            shift += around[0] + 1
            text = text[around[0] + 1:around[1] - 1]

    def operands(self, sign):
        """Left and right of the operator at the position (or just before it, where g++ points), and where that is."""
        text, shift = self.inner()
        found = tokens(text)
        at = [i for i, (b, e) in enumerate(found) if text[b:e] == sign and b <= self.at - shift]
        if not at:
            return None
        i = at[-1]
        left = right = i
        word = lambda n: text[found[n][0]:found[n][1]]
        ends = lambda n: re.fullmatch(r"[;,=:?&|]+|return|[<>=!]=",
                                      word(n)) and word(n) not in BINDS and word(n) != "::"
        while left > 0 and not ends(left - 1) and BINDS.get(word(left - 1), 99) >= BINDS[sign]:
            left -= 1
        while right + 1 < len(found) and not ends(right + 1) and BINDS.get(word(right + 1), 99) > BINDS[sign]:
            right += 1
        if left == i or right == i:
            return None
        return (text[found[left][0]:found[i - 1][1]], text[found[i + 1][0]:found[right][1]], shift + found[i][0])

    def call_at(self):
        """The text around the call at the position, its tokens, and the index of its bracket; None if there is none."""
        text, shift = self.inner()
        found = tokens(text)
        begin = next((i for i, (b, e) in enumerate(found) if b <= self.at - shift < e), None)
        last = None
        for i in range(begin if begin is not None else len(found), len(found)):
            word = text[found[i][0]:found[i][1]]
            if word.startswith("("):
                last = i
            elif last is not None or not re.match(r"[\w<.:]", word):
                break
        return None if last is None else (text, found, last)

    def call(self):
        """The arguments of the call at the position, each as text; None if there is none."""
        if not (at := self.call_at()):
            return None
        text, found, last = at
        inside, parts, start = text[found[last][0] + 1:found[last][1] - 1], [], 0
        for b, e in tokens(inside):
            if inside[b:e] == ",":
                parts.append(inside[start:b].strip())
                start = e
        return [part for part in [*parts, inside[start:].strip()] if part]

    def called(self):
        """What is called at the position, as `net` or `residual(fc)`; "" if nothing is."""
        if not (at := self.call_at()):
            return ""
        text, found, i = at
        end, begin, right = found[i][0], found[i][0], "("
        while i > 0:
            word = text[found[i - 1][0]:found[i - 1][1]]
            if not re.match(r"\w|[<(].+[>)]$|::$|\.$", word, re.DOTALL) or \
                    (re.match(r"\w", right) and not re.match(r"::$|\.$", word)):
                break
            begin, right, i = found[i - 1][0], word, i - 1
        return text[begin:end].strip()

    def name_before(self):
        """The identifier that ends before the position."""
        match = re.search(r"([A-Za-z_]\w*)\s*$", self.text[:self.at])
        return match[1] if match else ""

    def name_at(self):
        match = re.match(r"[A-Za-z_]\w*", self.text[self.at:])
        return match[0] if match else ""

    def place_of(self, at, lines, line):
        """Line and column (bytes) of an index into the statement's text; `line` is the line of the position."""
        before = self.text[:at]
        line += before.count("\n") - self.text[:self.at].count("\n")
        return line, len(before[before.rfind("\n") + 1:].encode()) + 1
