# SPDX-License-Identifier: BSL-1.0
"""What compilers print of types and template arguments, as people write it: shapes, layers, sentences."""
import dataclasses
import re

OPEN, CLOSE = "<({[", ">)}]"
CUT = "..."  # where clang has cut a text
NAMED = re.compile(r"(?:[A-Za-z_]\w*|::)*?(?:operator *(?:\(\)|>>|<<(?=<)|[<>=!]=|[-+*/<>])|[A-Za-z_]\w*)<")


def split(text, separator):
    """Parts of a text between separators that stand in no bracket and no string."""
    parts, depth, begin, i = [], 0, 0, 0
    while i < len(text):
        c = text[i]
        if c == '"':
            i += 1
            while i < len(text) and text[i] != '"':
                i += 2 if text[i] == "\\" else 1
        elif c in OPEN:
            depth += 1
        elif c in CLOSE and text[i - 1:i + 1] != "->":
            depth -= 1
        elif c == separator and depth == 0:
            parts.append(text[begin:i].strip())
            begin = i + 1
        i += 1
    parts.append(text[begin:].strip())
    return [part for part in parts if part]


def bracketed(text, begin):
    """The text inside the bracket that opens at `begin`, and where it ends."""
    depth, i = 0, begin
    while i < len(text):
        c = text[i]
        if c == '"':
            i += 1
            while i < len(text) and text[i] != '"':
                i += 2 if text[i] == "\\" else 1
        elif c in OPEN:
            depth += 1
        elif c in CLOSE and text[i - 1:i + 1] != "->":
            depth -= 1
            if depth == 0:
                return text[begin + 1:i], i
        i += 1
    return text[begin + 1:], len(text)


def arguments(message):
    """The template arguments that a message shows, as (name, text) in order: those of g++ behind `[with A = ...;`, or
    of clang those of the function it names, `'matmul<...>'`, where they have no names."""
    begin = message.find("[with ")
    if begin >= 0:
        found = []
        for part in split(bracketed(message, begin)[0].removeprefix("with "), ";"):
            key, equals, value = part.partition(" = ")
            if equals:
                found.append((key.split()[-1].lstrip("."), value.strip()))
        return found
    message = message.replace("'diagnose_if'", "")
    begin = message.find("'") + 1
    inside = ""
    while begin and (one := NAMED.match(message, begin)):  # of `layer<...>::operator()<...>` the last
        inside, end = bracketed(message, one.end() - 1)
        begin = end + 1
    return [("", part) for part in split(inside, ",")]


def written(value):
    """The text in `sentence{"..."}`, `{{102, 99, ...}}`, `"fc1"`: (text, is it whole); None if there is none."""
    if (begin := value.find('"')) >= 0:
        text = re.match(r'"((?:[^"\\]|\\.)*)"', value[begin:])
        if not text:
            return None
        plain = re.sub(r"\\([0-7]{1,3}|.)", lambda m: chr(int(m[1], 8)) if m[1][0] in "01234567" else
                       {"n": "\n", "t": "\t"}.get(m[1], m[1]), text[1])
        # clang 19: sentence{"64 features expected, 32 given: fc[...]"}
        return (plain.removesuffix("[...]"), False) if plain.endswith("[...]") else (plain.rstrip("\0"), True)
    if codes := re.search(r"\{\{([-\d, .]*)\}\}", value):
        numbers = [int(n) for n in re.findall(r"-?\d+", codes[1])]
        ends = 0 in numbers
        data = bytes(n % 256 for n in (numbers[:numbers.index(0)] if ends else numbers))
        return data.decode("utf-8", "ignore"), ends or CUT not in codes[1]
    return None


@dataclasses.dataclass
class Type:
    """`head<args...>init`, namespaces left out."""

    head: str
    args: list
    init: str = ""


def type_of(text):
    text = re.sub(r"^(?:const|struct|class) ", "", text.strip())
    text = re.sub(r"^(?:const|struct|class) ", "", text)
    begin = re.search(r"[<{(]", text)
    head = (text[:begin.start()] if begin else text).strip(" &").split("::")[-1]
    if not begin or text[begin.start()] != "<" or text.startswith("<"):
        return Type(head, [], text[begin.start():] if begin else "")
    inside, end = bracketed(text, begin.start())
    return Type(head, split(inside, ","), text[end + 1:].strip())


def items(text):
    """The members of a pack: `{a, b}` of g++, `<a, b>` of clang; anything else is one item."""
    text = text.strip()
    return split(text[1:-1], ",") if text[:1] in "{<" and text[-1:] in "}>" and text else [text]


@dataclasses.dataclass
class Axis:
    name: str
    size: int  # -1: known when the program runs

    def __str__(self):
        return self.name if self.size < 0 else f"{self.name}={self.size}" if self.name else str(self.size)

    def agrees(self, other):
        return self.size == other.size and (not self.name or not other.name or self.name == other.name)


def axis_of(text):
    """A dimension of its type, or None."""
    t = type_of(text)
    if t.head == "sized" and t.args and re.fullmatch(r"-?\d+", t.args[0]):
        return Axis("", int(t.args[0]))
    if t.head == "dimension" and t.args and (name := written(t.args[0])):
        size = int(t.args[1]) if len(t.args) > 1 and re.fullmatch(r"-?\d+", t.args[1]) else -1
        return Axis(name[0] + ("" if name[1] else CUT), size)
    return None


def axes_of(text):
    """The dimensions of a shape type, or of the expression that has it; None if it is neither."""
    t = type_of(text)
    if t.head in ("expr", "shaped") and t.args:
        return axes_of(t.args[0])
    axes = [axis_of(arg) for arg in t.args]
    return None if t.head != "shape" or None in axes else axes


def shape_text(axes):
    return "(" + ", ".join(str(a) for a in axes) + (",)" if len(axes) == 1 else ")")


def is_expression(text):
    """Whether a type is an expression, also by the names that the library gives to some."""
    return type_of(text.strip().rstrip("&")).head in ("expr", "leaf_expr", "operation_expr", "literal_expr")


def layer_name(text):
    """What a student calls a layer of this type."""
    rows = layer_rows([text])
    return (rows[0].name or rows[0].type) if rows else "the call"


def short_type(text):
    """A type in few words, for sentences."""
    text = re.sub(r"\s*\(aka .*", "", text.strip().rstrip("&").strip()).strip("'")
    text = re.sub(r"^const ", "", text)
    if (axes := axes_of(text)) is not None:
        return f"an expression {shape_text(axes)}"
    if is_expression(text):
        return "an expression"
    t = type_of(text)
    if t.head.endswith("_layer") or t.head == "layer":
        return "a layer"
    if t.head in ("xtensor_container", "xarray_container", "xtensor", "xarray"):
        return "a tensor"
    if "lambda" in text:
        return "a lambda function"
    if text in ("int", "long", "double", "float", "bool", "char"):
        return f"a number ({text})"
    return "a " + re.sub(r", std::(?:char_traits|allocator)<.*?> *", "",
                         text.replace("std::__cxx11::basic_string<char>", "std::string"))


@dataclasses.dataclass
class Row:
    name: str
    type: str
    text: str = ""  # "64 -> 32"
    wrong: str = ""  # "gets 60"
    depth: int = 0


def is_layers(text):
    """Whether a type is a layer, its definition, or a chain of them."""
    head = type_of(text).head
    return head in ("layer", "sequence") or head.endswith(("_definition", "_layer"))


class Walk:
    """Goes through layers as the checks of layer/layer.hpp do, up to the first that does not fit."""

    def __init__(self, axes=None):
        self.axes, self.last, self.rows, self.stopped = axes, axes[-1] if axes else None, [], False

    def now(self):
        return shape_text(self.axes) if self.axes is not None else str(self.last) if self.last else "?"

    def give(self, last):
        if last is None:
            self.axes = None
        elif self.axes:
            self.axes = [*self.axes[:-1], last]
        self.last = last

    def through(self, text, depth=0):
        if self.stopped:
            return
        t = type_of(text)
        kind = t.head.removesuffix("_definition").removesuffix("_layer")
        if t.head in ("sequence", "layer"):
            for arg in t.args:
                self.through(arg, depth)
            return
        name = next((w[0] for arg in t.args if type_of(arg).head == "fixed_string" or arg.startswith("{{")
                     if (w := written(arg))), "")
        before = self.last
        if kind == "linear" and len(t.args) >= 3 and (i := axis_of(t.args[1])) and (o := axis_of(t.args[2])):
            row = Row(name, kind, f"{i} -> {o}", depth=depth)
            self.rows.append(row)
            if self.axes == [] or (before and not before.agrees(i)):
                row.wrong, self.stopped = f"gets {'a scalar' if self.axes == [] else before}", True
            self.give(o)
        elif kind == "activation" and t.args:
            self.rows.append(Row("", t.args[0].split("::")[-1],
                                 "" if self.now() == "?" else f"{before} -> {before}" if before else "",
                                 depth=depth))
        elif kind in ("named", "residual") and t.args:
            self.rows.append(Row(name, kind, depth=depth))
            mine = self.rows[-1]
            self.through(t.args[-1], depth + 1)
            if kind == "residual" and not self.stopped and before and self.last and not before.agrees(self.last):
                mine.wrong, self.stopped = f"adds {before} and {self.last}", True
        else:
            row = Row(name, kind, depth=depth)
            self.rows.append(row)
            axes = self.axes
            self.give(None)
            if kind == "flatten" and axes is not None:
                if len(axes) < 2 or any(a.size < 0 for a in axes[1:]):
                    row.wrong, self.stopped = f"gets {shape_text(axes)}", True
                else:
                    size = 1
                    for a in axes[1:]:
                        size *= a.size
                    self.axes = [axes[0], Axis("", size)]
                    self.last = self.axes[-1]
                    row.text = f"{shape_text(axes)} -> {shape_text(self.axes)}"


def layer_rows(types, axes=None):
    walk = Walk(axes)
    for text in types:
        walk.through(text)
    return walk.rows
