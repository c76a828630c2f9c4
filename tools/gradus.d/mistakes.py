# SPDX-License-Identifier: BSL-1.0
"""What an error means, in one sentence: those of Gradus, which the compiler prints, and a student's everyday ones."""
import dataclasses
import difflib
import pathlib
import re

import compilers
import network
import readable
import slips
import source

# How the compilers say that something is not known while compiling, and what.
NOT_CONSTANT = re.compile(
    r"the value of '([\w:]+)' is not usable in a constant expression|^'([\w:]+)' is not a constant expression"
    r"|non-const variable '(\w+)' is not allowed|function parameter '(\w+)' with unknown value"
    r"|initializer of '(\w+)' is not a constant expression|initializer of '(\w+)' is unknown")
# What clang says of operands, of an argument that fits nowhere, and both compilers of the number of arguments.
INVALID_OPERANDS = re.compile(
    r"invalid operands to binary expression \('(.*?)'(?: \(aka '.*?'\))? and '(.*?)'(?: \(aka '.*?'\))?\)")
NO_MATCH = re.compile(r"could not match '(?:gradus::)?(?:expr|shaped|layer)\b.*?' against '(.*?)'"
                      r"|no known conversion from '(.*?)'(?: \(aka .*\))? to '(?:gradus::)?invalid'")
NUMBER_OF_ARGUMENTS = re.compile(r"candidate expects (\d+) arguments?, (\d+) provided"
                                 r"|requires (\d+) arguments?, but (\d+) (?:was|were) provided")
STATIC_ASSERT = re.compile(r"static[_ ]assert(?:ion)? ?failed(?: due to requirement '.*?')?:? *(.*)$")
SENTENCE = re.compile(r"\bsentence\{[\"{]")
PACKAGES = {"xtensor": "libxtensor-dev", "xtl": "libxtensor-dev", "xsimd": "libxsimd-dev", "boost": "libboost-dev",
            "cblas.h": "libopenblas-dev"}
# What the template arguments of the library must satisfy: its concepts, which clang names, or what g++ shows of them.
RULES = {
    r"\bmax_rank\b": "a tensor has at most 6 dimensions",
    r"\bNotEmpty\b|Name\.view\(\)\.size\(\) > 0": "a name has at least one letter",
    r"\bKnownWhileCompiling\b|is_symbolic\(\)":
        "a number of features is a whole number from 1 on, or dim<\"name\", size>",
    r"\bDimensionOrSizeFromOneOn\b": "a dimension is a whole number from 1 on, or dim<\"name\">",
    r"\bSize\b|0L? (?:!=|>=) ": "a size is a whole number from 1 on",
}
# Where two headers declare a name, students mean the one of the earlier folder.
FOLDERS = {name: i for i, name in enumerate(("shape", "expr", "layer", "calculus", "program", "train", "data", "draw"))}


@dataclasses.dataclass
class Card:
    kind: str
    sentence: str
    way_out: str = ""
    line: int = 0
    column: int = 0
    start: int = 0
    finish: int = 0
    sizes: tuple = ()
    operands: list = dataclasses.field(default_factory=list)  # (what the student wrote, its shape)
    layers: list = dataclasses.field(default_factory=list)  # readable.Row
    network: list = dataclasses.field(default_factory=list)  # (name, shape, line, text) of what led there
    whole: bool = True  # is the sentence all there?
    begin: str = ""  # of the sentence, where clang cuts it


class Library:
    """The public names of the headers: where each is declared, and how it is written."""

    def __init__(self):
        self.header, self.usage, self.includes = {}, {}, {}
        for path in sorted(compilers.INCLUDE.rglob("*.hpp"), key=lambda p: (FOLDERS.get(p.parent.name, 9), p)):
            name = path.relative_to(compilers.INCLUDE).as_posix()
            text = path.read_text(encoding="utf-8")
            self.includes[name] = re.findall(r"^#include <(gradus/.+?)>", text, re.MULTILINE)
            text = re.sub(r"^namespace (?!gradus\b)(\w+) \{.*?^\}  // namespace \1", "", text,
                          flags=re.DOTALL | re.MULTILINE)
            shown = re.findall(r"^///.*?`((\w+)<[^`\n]*>)`", text, re.MULTILINE)  # as its comment writes it
            text = re.sub(r"//.*", "", text)
            for found in re.finditer(
                    r"^(?:template <(?P<parameters>[^\n]*)>\s*)?(?:requires\s*\([^;{]*?\) *\n)?(?:"
                    r"inline constexpr (?!struct\b)[^;={]*?\b(?P<variable>\w+)\{[^{};]*\};"
                    r"|(?:struct|class|concept) (?P<type>\w+)"
                    r"|(?:\[\[nodiscard\]\] )?(?:constexpr |inline )*(?!invalid )"
                    r"(?:auto|void|bool|std::[\w:<>, ]+|\w+) "
                    r"(?P<function>\w+)\()",
                    text, re.MULTILINE):
                word = found["variable"] or found["type"] or found["function"]
                self.header.setdefault(word, name)
                if found["variable"] and found["parameters"]:
                    self.usage.setdefault(word, self.written(word, found["parameters"]))
            for usage, word in shown:
                if self.header.get(word) == name and word in self.usage:
                    self.usage[word] = usage
            for word in re.findall(r"^\} (\w+)\{\};", text, re.MULTILINE):
                self.header.setdefault(word, name)

    @staticmethod
    def written(word, parameters):
        """linear<"name", in_features> of `fixed_string Name, auto InFeatures, bool Bias = true`."""
        def argument(parameter):
            if "=" in parameter:
                return None
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", parameter.split()[-1].lstrip(".")).lower()
            return f'"{name}"' if parameter.startswith("fixed_string") else "sizes..." if "..." in parameter else name
        return f"{word}<{', '.join(a for a in map(argument, readable.split(parameters, ',')) if a)}>"

    def reached(self, lines):
        """The headers that a file includes, and those that they include."""
        todo = re.findall(r"^\s*#\s*include\s*[<\"](gradus/.+?)[>\"]", "\n".join(lines), re.MULTILINE)
        found = set()
        while todo:
            header = todo.pop()
            if header not in found:
                found.add(header)
                todo += self.includes.get(header, [])
        return found


class Reader(slips.Slips):
    """Makes cards of the errors of one file."""

    def __init__(self, file, compiler, other=None):
        """`other` has read the same file for another compiler: what it knows of the network is good for both."""
        self.file, self.family, self.sources = file, compilers.family(compiler), source.Sources()
        self.lines = self.sources(str(file))
        self.network = other.network if other else network.Network(self.lines)
        self.paths, self.known = {}, None

    @property
    def library(self):
        self.known = self.known or Library()
        return self.known

    def is_mine(self, path):
        if path not in self.paths:
            self.paths[path] = bool(path) and pathlib.Path(path).resolve() == self.file.resolve()
        return self.paths[path]

    def place(self, error):
        """Line and column of an error in the student's file; (0, 0) if it never comes there."""
        return next(((line, column) for path, line, column in error.all_places() if self.is_mine(path)), (0, 0))

    def text(self, line):
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def statement(self, error):
        line, column = self.place(error)
        return source.Place(self.lines, line, column) if line and self.text(line) else None

    def card(self, error, errors=()):
        """The card of an error, or None if nothing here knows it."""
        slip = self.slip(error)
        found = Card(*slip) if slip else \
            self.told(error) or self.asserted(error) or self.everyday(error, errors)
        if found and not found.line:
            found.line, found.column = self.place(error)
            if self.is_mine(error.file) and found.line == error.line:
                found.start, found.finish = error.start, error.finish
        return found

    # What the library says itself.

    def told(self, error):
        """The sentence that a refused function of the library carries."""
        if match := re.match(r"'.*' is unavailable: (.*)", error.message):
            return Card("wrong_argument", *way_out(match[1]))
        asserted = STATIC_ASSERT.match(error.message)
        for said in (error, *error.notes):
            given = readable.arguments(said.message)
            for i, (key, value) in enumerate(given):
                if SENTENCE.search(value) or (i + 1 == len(given) and "'diagnose_if'" in said.message):
                    kind = key or self.kind_written(error if asserted else said)
                    words = (self.text_of(asserted), True) if asserted else readable.written(value)
                    if words:
                        kind = kind if kind.endswith("_error") else "wrong_argument"
                        return self.from_sentence(kind, words, given[:i], given[i + 1:], error)
        return None

    def kind_written(self, said):
        """The name of the sentence, as shape_error, in the header's line that a message of clang points at."""
        lines = self.sources(said.file)
        match = re.search(r"GRADUS_REFUSED\w*\((\w+)", lines[said.line - 1] if 0 < said.line <= len(lines) else "")
        return match[1] if match else ""

    def from_sentence(self, kind, words, given, behind, error):
        """`given` are the template arguments before the sentence; behind it g++ lists what the class is made of."""
        card = Card(kind, *way_out(words[0]), whole=words[1])
        sizes = next((v for k, v in given if re.fullmatch(r"(?:[\w:]*clashing)?\{-?\d+, -?\d+\}", v)), "")
        card.sizes = tuple(int(n) for n in re.findall(r"-?\d+", sizes.partition("{")[2]))
        if not card.whole:  # clang's own words, which are fixed, then what it lets through of the sentence
            card.begin = words[0]
            fixed, both = error.message, " and ".join(map(str, card.sizes))
            if kind == "shape_error":
                fixed = re.sub(r"see the (?:two )?numbers in braces|see the braces", f"they are {both}", fixed)
            elif "in braces" in fixed:  # words for shapes, and this is none
                fixed = f"a {kind_text(kind).removesuffix(' error')} does not fit"
            fixed += f'; clang cuts the sentence, which begins with "{card.begin}"'
            card.sentence = fixed
        self.table(card, given, behind, error)
        return card

    def table(self, card, given, behind, error):
        """What stands at the mistake: the operands and their shapes, or the layers up to the one that does not fit."""
        shapes, layers = [], []
        for item in (item for _, value in given for item in readable.items(value)):
            if readable.is_layers(item):
                layers.append(item)
            elif (axes := readable.axes_of(item)) is not None:
                shapes.append(axes)
        layers += [item for _, value in behind for item in readable.items(value) if readable.is_layers(item)]
        line, column = self.place(error)
        place = self.statement(error)
        sign = self.sign(error)
        written = None
        if place and sign in source.BINDS and (both := place.operands(sign)):
            written = both[:2]
            where = place.place_of(both[2], self.lines, line)
            card.line, card.column = where  # g++ points at the right operand, clang at the operator
            card.start, card.finish = where[1], where[1] + len(sign) - 1
        elif place and not sign:
            written = place.call()
        if sign == ">>" or layers or (place and not sign and self.network.is_chain(place.called(), line)):
            self.layers(card, layers, shapes[0] if shapes else None, written, place, sign, line)
        texts = [*(written or []), *([place.called()] if place and not sign else [])]
        card.network = [(d.name, self.network.shown(d), d.line, network.short(d.text))
                        for d in self.network.behind(texts, line)]
        shapes = [readable.shape_text(axes) for axes in shapes]
        if sign != ">>":
            if written is not None and len(written) != len(shapes):
                written = None
            card.operands = [(" ".join(w.split()), s) for w, s in zip(written or [""] * len(shapes), shapes)]

    def sign(self, error):
        """The operator that a message is about, or ""."""
        for said in (error, *error.notes):
            if match := re.search(r"operator ?(>>|[<>=!]=|[-+*/<>])(?=\(|<)", said.message) or \
                    re.search(r"deleted operator '(.+?)'", said.message):
                return match[1]
        return ""

    def layers(self, card, types, axes, written, place, sign, line):
        """The layers up to the mistake: from the student's text where it tells more, else from the message."""
        if sign == ">>" and written:
            parts = [part for text in written for part in self.network.parts(text, line)]
        elif place and not sign and place.called():
            called = place.called()
            inside = place.call() or []
            parts = [part for text in (inside if re.match(r"(?:gradus::)?sequential\b", called) else [called])
                     for part in self.network.parts(text, line)]
        else:
            parts = []
        text = self.network.type_text(parts)
        card.layers = readable.layer_rows([f"sequence<{text}>"] if text else types, axes)
        nth = re.search(r"\(layer (\d+)(?: of \d+)?\)", card.sentence)
        if card.layers and not any(row.wrong for row in card.layers):
            top = [row for row in card.layers if row.depth == 0]
            if nth and int(nth[1]) <= len(top):
                top[int(nth[1]) - 1].wrong = "does not fit"
            elif named := [row for row in card.layers
                           if row.name and re.search(rf"(?:: | given: ){re.escape(row.name)} ", card.sentence)]:
                named[0].wrong = "does not fit"

    def asserted(self, error):
        """A static_assert of the library."""
        match = STATIC_ASSERT.match(error.message)
        if not match or not match[1] or not str(error.file).startswith((str(compilers.INCLUDE), "gradus/")):
            return None
        return Card("static_assertion", *way_out(self.text_of(match)))

    @staticmethod
    def text_of(asserted):
        """clang puts a literal into quotes up to 15, and text that was computed as it is."""
        text = asserted[1].strip()
        return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text

    # What every student does once.

    def everyday(self, error, errors):
        for rule in (self.no_file, self.no_namespace, self.undeclared, self.run_time, self.punctuation,
                     self.no_arguments, self.wrong_arguments, self.no_expression):
            if found := rule(error, errors):
                return found
        return None

    def no_file(self, error, _):
        match = re.match(r"(\S+): No such file or directory", error.message) or \
            re.match(r"'(.+)' file not found", error.message)
        if not match:
            return None
        name = match[1]
        headers = sorted(self.library.includes)
        if name.startswith("gradus"):
            near = [h for h in headers if h.endswith("/" + name.split("/")[-1])] or \
                difflib.get_close_matches(name, headers, 1, 0.6)
            return Card("missing_file", f"there is no <{name}>" + (f"; the nearest is <{near[0]}>" if near else ""),
                        f"write #include <{near[0]}>" if near else "")
        package = next((p for word, p in PACKAGES.items() if name.startswith(word)), None)
        return Card("missing_file", f"there is no file {name}",
                    f"install the package {package}: apt install {package}" if package
                    else "look at the spelling of the name")

    def no_namespace(self, error, _):
        if re.search(r"'gradus' is not a namespace-name|'gradus' has not been declared|undeclared identifier 'gradus'",
                     error.message) or \
                (error.message.startswith("expected namespace name") and "gradus" in self.text(self.place(error)[0])):
            return Card("missing_include", "nothing of gradus is included here, so its namespace is not known",
                        "write #include <gradus/gradus.hpp> at the top of the file, above this line")
        return None

    def undeclared(self, error, _):
        match = re.search(r"'(\w+)' (?:was not declared in this scope|does not name a (?:type|template)|"
                          r"is not a member of 'gradus'|"
                          r"has not been declared|was not declared)", error.message) or \
            re.search(r"(?:use of undeclared identifier|unknown type name|no template named|no member named) '(\w+)'",
                      error.message)
        if not match:
            return None
        name, library = match[1], self.library
        text = "\n".join(self.lines)
        reached = library.reached(self.lines)
        using = re.search(rf"^\s*using\s+(namespace\s+gradus|gradus::{name})\s*;", text, re.MULTILINE)
        line = self.place(error)[0]
        if name in library.header:
            header = library.header[name]
            lacks = header not in reached
            need_using = not using and f"gradus::{name}" not in self.text(line)
            if lacks:
                return Card("missing_include", f"{name} is not known here: the file does not include <{header}>",
                            f"write #include <{header}> at the top of the file (or <gradus/gradus.hpp>, which has all)"
                            + (", and 'using namespace gradus;' below it" if need_using else ""))
            if need_using:
                return Card("missing_using", f"{name} is gradus::{name}, and the file has no 'using namespace gradus;'",
                            f"write 'using namespace gradus;' below the includes (or gradus::{name} here)")
            if using and text[:using.start()].count("\n") >= line:
                return Card("missing_using",
                            f"'using namespace gradus;' stands below this line, so {name} is not known yet",
                            "write it above, below the includes")
            return None
        mine = {}
        for declared in re.finditer(r"(?:\bauto|\bint|\bfloat|\bdouble|\bconst|[>&])\s+(\w+)\s*(?==|\{|;|\()", text):
            mine.setdefault(declared[1], text[:declared.start()].count("\n") + 1)
        if mine.get(name, 0) > line:
            return Card("undeclared", f"{name} is used here, and declared further down, in line {mine[name]}",
                        f"move the declaration of {name} above this line")
        near = difflib.get_close_matches(name, [*mine, *library.header], 1, 0.7)
        return Card("undeclared", f"nothing is called {name} here" + (f"; the nearest is {near[0]}" if near else ""),
                    f"write {near[0]}" if near else "declare it above this line, or look at its spelling")

    def run_time(self, error, errors):
        said = [error, *error.notes]
        name = None
        for one in said:
            if match := NOT_CONSTANT.search(one.message):
                name = next(g for g in match.groups() if g)
                break
        if not name and any("invalid explicitly-specified argument for template parameter" in n.message
                            for n in error.notes):
            place = self.statement(error)
            inside = re.search(r"\w+\s*<([^<>;]*)>", place.text[place.at:]) if place else None
            words = [w for w in re.findall(r"(?<![\w\"])[A-Za-z_]\w*", inside[1] if inside else "")
                     if re.search(rf"(?<!constexpr )\b(?:int|long|auto|std::size_t|unsigned) {w}\b",
                                  "\n".join(self.lines))]
            name = words[0] if words else None
        if not name:
            return None
        line = self.place(error)[0]
        declared = next((n.line for n in said if re.search(rf"'.*\b{name}' is not const|declared here", n.message)
                         and self.is_mine(n.file) and n.line != line), 0)
        return Card("run_time_value",
                    f"{name} is known only when the program runs, and is needed here while compiling"
                    + (f" (declared in line {declared})" if declared else ""),
                    f"make it a template argument of the function: template <int {name}>"
                    if re.search(rf"\w\([^()]*\b(?:int|long|auto|std::size_t|unsigned) {name}\s*[,)]",
                                 "\n".join(self.lines)) else
                    f"write constexpr in front of its declaration, if it never changes; a size that is known late is a "
                    f"dimension with a name: dim<\"{name}\">" if re.search(r"(?:input|dim)\s*<", self.text(line)) else
                    "write constexpr in front of its declaration, if it never changes")

    def punctuation(self, error, _):
        match = re.match(r"expected ((?:'[^\w']+'(?:, | or )?)+)(.*)", error.message)
        if not match:
            return None
        line, column = self.place(error)
        wanted = re.findall(r"'([^']+)'", match[1])
        if not line:
            return None
        if ";" in wanted:
            before = self.text(line)[:source.characters(self.text(line), column)]
            if not before.strip():  # g++ points at the first word behind the gap
                line -= 1
                while line > 1 and re.sub(r"//.*", "", self.text(line)).strip() in ("",):
                    line -= 1
            ended = re.sub(r"\s*(//.*)?$", "", self.text(line) if not before.strip() else before)
            column = len(ended.encode()) + 1
            if self.text(line)[len(ended):].strip() and not self.text(line)[len(ended):].strip().startswith(("//",
                                                                                                             "}")):
                return Card("missing_sign", f"a semicolon, or an operator, is missing in line {line}", "", line, column)
            return Card("missing_semicolon", f"a semicolon is missing at the end of line {line}", "write ; there",
                        line, column)
        if len(wanted) == 1:
            return Card("missing_sign", f"a {wanted[0]} is missing in line {line}",
                        "look for the { that it closes" if wanted[0] == "}" else
                        "look at the brackets of this line" if wanted[0] in "()[]" else "", line, column)
        return None

    def no_arguments(self, error, _):
        """`linear(x)` instead of `linear<"fc1", 64, 32>(x)`."""
        place = self.statement(error)
        if re.match(r"missing template arguments before", error.message) and place:
            name = place.name_before()
        elif match := re.search(r"variable template '(?:[\w:]*::)?(\w+)' (?:requires|without a) template argument",
                                error.message):
            name = match[1]
        elif match := re.search(r"too (?:few|many) template arguments for \w+ template '(?:[\w:]*::)?(\w+)'",
                                error.message):
            name = match[1]
        elif re.match(r"wrong number of template arguments", error.message) and place:
            name = place.name_at() or place.name_before()
        elif "deduction of template arguments of 'fixed_string'" in error.message and place:
            name = (re.findall(r"([A-Za-z_]\w*)\s*<[^<>]*$", place.text[:place.at]) or [""])[-1]
        else:
            return None
        usage = self.library.usage.get(name)
        if not usage:
            return None
        given = place.call() if place and re.search(rf"\b{name}\s*$", place.called() or "") else None
        if given and self.takes_name(name) and given[0].startswith('"'):  # linear("fc1", 64, 32)
            usage = f"{name}<{', '.join(given)}>"
        number = re.search(r"\((\d+), should be ((?:at least )?\d+)\)", error.message)
        what = f"{name} gets {number[1]} template arguments and wants {number[2]}" if number else \
            f"the name in quotes is missing, the first template argument of {name}" \
            if "fixed_string" in error.message else \
            f"the template arguments of {name} are not complete" if "template arguments for" in error.message else \
            f"{name} stands here without its template arguments"
        return Card("missing_template_arguments", what, f"write {usage}")

    def wrong_arguments(self, error, _):
        """A concept that template arguments do not satisfy, as in `input<"x", 0>`."""
        match = re.match(r"use of invalid variable template '(.*)'$", error.message) or \
            re.match(r"constraints not satisfied for variable template '(\w+)'", error.message)
        if not match:
            return None
        name = re.match(r"[\w:]+", match[1])[0].split("::")[-1]
        if name not in self.library.header:
            return None
        said = " ".join(n.message for n in error.notes)
        rule = next((rule for words, rule in RULES.items() if re.search(words, said)), "")
        return Card("wrong_template_arguments",
                    f"{name} does not take these template arguments" + (f": {rule}" if rule else ""),
                    f"write {self.library.usage[name]}" if name in self.library.usage else "")

    def no_expression(self, error, _):
        """Something else where an expression or a layer is wanted, or too many of them."""
        called = self.called(error)
        if not called or not (any("gradus" in n.file for n in error.notes) or "gradus::" in error.message):
            return None
        name, types, is_operator = called
        place = self.statement(error)
        if types is None:  # clang does not say what the arguments are, only the first that fits nowhere
            other = next((m[1] or m[2] for n in error.notes if (m := NO_MATCH.search(n.message))), None)
            if other is None or re.fullmatch(r"(?:const )?(?:gradus::)?(?:detail::)?\w*expr\b.*", other):
                return self.wrong_number(name, error)
            what, which, sure = readable.short_type(other), "an argument", False
        else:
            index = next((i for i, one in enumerate(types)
                          if not readable.is_expression(one) and "keepdims" not in one), None)
            if index is None:
                return self.wrong_number(name, error)
            if name == ">>" and readable.is_layers(types[index]):
                index = 1 - index
            what = readable.short_type(types[index])
            sure = what != "an expression"  # clang knows its shape under another name
            written = None
            if place:
                written = (place.operands(name) or [])[:2] if is_operator and name in source.BINDS else place.call()
            which = f"`{' '.join(written[index].split())}`" if written and index < len(written) else \
                ("the left side", "the right side")[index] if is_operator else f"argument {index + 1}"
        way = "write an input in the formula, input<\"v\", batch, 4>, and give it its numbers when the program runs: " \
            "program(v = numbers)"
        if what == "a layer":
            way = "call the layer with an expression first: fc(x)"
        elif name == ">>":
            way = "write a layer there, as linear<\"fc1\", in_features, out_features> or relu"
        elif number := re.fullmatch(r"`(-?[\d.]+)f?`", which):
            way = f"write constant<{number[1]}>, which is an expression"
        wanted = "layers" if name == ">>" else "expressions"
        return Card("not_an_expression", f"{name} wants {wanted}, and {which} is {what}", way, whole=sure)

    def called(self, error):
        """What fits no overload: (name, types of the arguments or None, is it an operator); None if it is not that."""
        # What a name of a type stands for: 'name' {aka 'type'} of g++, 'name' (aka 'type') of clang.
        message = re.sub(r"'[^']*' (?:\{aka ('[^']*')\}|\(aka ('[^']*')\))", lambda m: m[1] or m[2], error.message)
        if match := re.match(r"no match for 'operator(\S+)' \(operand types are '(.*)' and '(.*)'\)$", message):
            return match[1], [match[2], match[3]], True
        if match := INVALID_OPERANDS.match(message):
            place = self.statement(error)
            signs = sorted(source.BINDS, key=len, reverse=True)
            sign = next((s for s in signs if place and place.text.startswith(s, place.at)), "")
            return (sign, [match[1], match[2]], True) if sign else None
        if match := re.match(r"no match for call to '\((.*?)\) \((.*)\)'$", error.message):
            return readable.layer_name(match[1]), readable.split(match[2], ","), False
        if match := re.match(r"no matching function for call to '(?:[\w:]*::)?(\w+)(?:<.*?>)?\((.*)\)'$",
                             error.message):
            return match[1], readable.split(match[2], ","), False
        if match := re.match(r"no matching function for call to (?:object of type '(.*?)'|'(\w+)')", error.message):
            return match[2] or readable.layer_name(match[1]), None, False
        return None

    @staticmethod
    def wrong_number(name, error):
        """A call with too many or too few arguments, if all candidates say so of one number."""
        counts = {(m[1] or m[3], m[2] or m[4]) for n in error.notes if (m := NUMBER_OF_ARGUMENTS.search(n.message))}
        if len(counts) != 1:
            return None
        wanted, given = counts.pop()
        return Card("wrong_call", f"{name} is called with {given} argument{'s' * (given != '1')} and wants {wanted}")


def kind_text(kind):
    return kind.replace("_", " ")


def way_out(sentence):
    """A sentence as what is wrong, and what to do about it if it says so."""
    if near := re.search(r"; the nearest is (.*)$", sentence):
        return sentence, f"write {near[1]}"
    begin = re.search(r"; |: (?=write )", sentence)
    if not begin:
        return sentence, ""
    wrong, way = sentence[:begin.start()], sentence[begin.end():]
    if place := re.search(r"(?: \(layer \d+(?: of \d+)?\)| in (?:a residual|\w+))+$", way):
        wrong, way = wrong + place[0], way[:place.start()]
    return wrong, way
