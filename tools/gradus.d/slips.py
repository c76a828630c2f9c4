# SPDX-License-Identifier: BSL-1.0
"""Slips of the pen, told from the student's line: a quote, a comma, a bracket or `auto` that is missing, `x.relu()`."""
import re

import readable
import source

# Where names of the standard library come from, which students use and forget to include.
STANDARD = {header: names.split() for header, names in {
    "iostream": "cout cerr cin endl", "vector": "vector", "string": "string to_string", "array": "array",
    "fstream": "ifstream ofstream", "random": "mt19937 random_device uniform_real_distribution normal_distribution",
    "cmath": "exp log sqrt pow abs", "algorithm": "max min sort max_element", "chrono": "chrono", "map": "map",
    "iomanip": "setw setprecision", "numeric": "accumulate iota", "utility": "pair move", "tuple": "tuple"}.items()}
OPEN_ARGUMENTS = re.compile(r"\b([A-Za-z_]\w*)<([^<>;]*)$")


class Slips:
    """Part of mistakes.Reader. Each rule gives (kind, sentence, way out[, line, column]) or None."""

    SLIPS = ("unclosed", "quote", "no_auto", "own_declaration", "template_list", "too_many_brackets", "other_language",
             "member", "twice", "standard", "axis")

    def slip(self, error):
        line, column = self.place(error)
        text = self.text(line)
        if not text:
            return None
        for rule in self.SLIPS:
            if found := getattr(self, rule)(error, line, text, self.statement(error)):
                return found
        return None

    @staticmethod
    def plain(text):
        """A line without its comment and without what stands in quotes."""
        return re.sub(r"//.*", "", re.sub(r'"(?:[^"\\\n]|\\.)*"', lambda m: '"' * len(m[0]), text))

    def takes_name(self, name):
        """Whether the first template argument of something in the library is a name in quotes."""
        return bool(re.match(rf'{name}<"', self.library.usage.get(name, "")))

    def unclosed(self, error, line, text, place):
        """`linear<"fc1", 64, 32 >> relu`: the first > closes, the second compares."""
        if not re.search(r"operator>\b|operator>'|operator><|invalid operands to binary expression",
                         error.message) and \
                not any("operator><" in n.message for n in error.notes):
            return None
        match = re.search(r"\b([A-Za-z_]\w*)(<[^<>;()]*?)\s*>>\s*(\w+)", self.plain(text))
        if not match or match[1] not in self.library.usage:
            return None
        written = text[match.start(1):match.end(2)].rstrip()
        return ("missing_sign", f"the > of {match[1]}<...> is missing in line {line}: the first > of >> closes it",
                f"write {written}> >> {match[3]}", line, len(text[:match.end(2)].encode()) + 1)

    def quote(self, error, line, text, place):
        """One quote without its partner, or curly ones from a text program."""
        if curly := re.search("[\u201c\u201d\u2018\u2019\u00ab\u00bb]", re.sub(r"//.*", "", text)):
            if re.search(r"stray|unexpected character|expected|not declared|undeclared|invalid|non-ASCII",
                         error.message):
                return ("missing_sign", f"curly quotes stand in line {line}, and C++ wants straight ones",
                        'write " in their place', line, len(text[:curly.start()].encode()) + 1)
        plain = self.plain(text)
        odd = [m for m in re.finditer('"', plain)]
        odd = [m for m in odd if not (plain[m.start() - 1:m.start()] == '"' or plain[m.end():m.end() + 1] == '"')]
        if len(odd) == 1 and re.search(r"missing terminating|expected|parse error|invalid", error.message):
            return ("missing_sign", f"a quote is missing in line {line}: what opens here does not close",
                    'write the second "', line, len(text[:odd[0].start()].encode()) + 1)
        return None

    def no_auto(self, error, line, text, place):
        match = re.match(r"\s*((?:(?:static|inline|const|constexpr)\s+)*)([A-Za-z_]\w*)\s*=[^=]", text)
        if match and re.search(rf"'{match[2]}' does not name a type|requires a type specifier for all declarations"
                               rf"|ISO C\+\+ forbids declaration of '{match[2]}' with no type"
                               rf"|undeclared identifier '{match[2]}'|'{match[2]}' was not declared",
                               error.message) and \
                not self.network.before(match[2], line - 1):
            return ("missing_auto", f"{match[2]} is declared here without auto",
                    f"write {'constexpr ' if 'constexpr' in match[1] else ''}auto {match[2]} = ...")
        return None

    def own_declaration(self, error, line, text, place):
        """A name without its quotes: `input<x, 64>`."""
        match = re.search(r"use of '(\w+)' before deduction of 'auto'"
                          r"|variable '(\w+)' declared with deduced type .* cannot appear in its own initializer"
                          r"|'(\w+)' was not declared|undeclared identifier '(\w+)'", error.message)
        name = match and next(g for g in match.groups() if g)
        if not name:
            return None
        unquoted = re.search(rf"\b([A-Za-z_]\w*)<\s*({name})\b", text)
        if unquoted and self.takes_name(unquoted[1]):
            inside = readable.bracketed(text, unquoted.end(1))[0].replace(name, f'"{name}"', 1)
            return ("missing_quotes", f"{name} stands in {unquoted[1]}<...> without quotes",
                    f"write {unquoted[1]}<{inside}>", line, len(text[:unquoted.start(2)].encode()) + 1)
        if "auto" in error.message or "deduced" in error.message:
            return ("undeclared", f"{name} is used in its own declaration, where it is not known yet", "")
        return None

    def template_list(self, error, line, text, place):
        """A comma or the closing > that is missing in `linear<"fc1", 64 32>`."""
        if not place or not re.search(r"parse error in template argument list|expected '>'"
                                      r"|template argument \d+ is invalid"
                                      r"|expected (?:primary-)?expression|expected unqualified-id"
                                      r"|expected template-(?:argument|name)", error.message):
            return None
        plain = self.plain(place.text)
        for begin in re.finditer(r"\b([A-Za-z_]\w*)<", plain):
            if begin[1] not in self.library.header:
                continue
            inside = plain[begin.end():]
            inside = re.split(r"[;>]", inside)[0] if "<" not in inside.split(">")[0] else ""
            if two := re.search(r'(\w+|")[ \t\n]+(?=\w|")', inside):
                at = begin.end() + two.end(1)
                before = re.search(r'("[^"]*"|\w+)$', place.text[:at])[1]
                after = re.match(r'\s*("[^"]*"|\w+)', place.text[at:])[1]
                return ("missing_sign", f"a comma is missing between {before} and {after} in line {line}",
                        f"write {before}, {after}", *place.place_of(at, self.lines, line))
        open_one = re.search(r"\b([A-Za-z_]\w*)<([^<>;]*)(?=;|$)", plain)
        if open_one and open_one[1] in self.library.header and open_one.end() <= len(place.text):
            written = place.text[open_one.start():open_one.end()].strip()
            return ("missing_sign", f"the > of {open_one[1]}<...> is missing in line {line}", f"write {written}>",
                    *place.place_of(open_one.end(), self.lines, line))
        return None

    def too_many_brackets(self, error, line, text, place):
        match = re.match(r"expected (?:unqualified-id|'[,;]'.*|primary-expression) before '([)\]}])'"
                         r"|extraneous '?(closing )?.*", error.message)
        plain = self.plain(text)
        for opens, closes in ("()", "[]", "{}"):
            if match and closes in error.message and plain.count(closes) > plain.count(opens) and closes != "}":
                return ("missing_sign", f"a {closes} too many stands in line {line}", f"take one {closes} away")
        if error.message.startswith("extraneous closing brace"):
            return ("missing_sign", f"a }} too many stands in line {line}",
                    "take it away, or look for a { that is missing")
        return None

    def other_language(self, error, line, text, place):
        """`x @ W` of Python, and other signs that C++ does not have."""
        match = re.search(r"(\w+|\))\s*@\s*(\w+)", self.plain(text))
        if match and re.search(r"stray '@'|expected|unexpected", error.message):
            both = f"matmul({match[1]}, {match[2]})" if match[1] != ")" else "matmul(a, b)"
            return ("wrong_call", "@ is no operator in C++", f"write {both}",
                    line, len(text[:text.index('@')].encode()) + 1)
        return None

    def member(self, error, line, text, place):
        """`x.relu()`, as other libraries write it."""
        match = re.search(r"'(.*)' has no member named '(\w+)'", error.message) or \
            re.search(r"no member named '(?P<name>\w+)' in '(?P<type>.*)'", error.message)
        if not match:
            return None
        name, of = (match["name"], match["type"]) if match.groupdict() else (match[2], match[1])
        of = re.sub(r"^(?:const )?(?:struct |class )?", "", of)
        if not of.startswith("gradus::") or not (readable.is_expression(of) or readable.is_layers(of)):
            return None
        kind = "an expression" if readable.is_expression(of) else "a layer"
        written = re.search(rf"([A-Za-z_]\w*)\.{name}\b\s*(\(\s*\))?", text)
        way = f"write {name}({written[1]})" if name in self.library.header and written else ""
        return ("wrong_call", f"{name} is no member of {kind}", way)

    def twice(self, error, line, text, place):
        match = re.search(r"conflicting declaration '.*?(\w+)'$|redefinition of '(\w+)'|redeclaration of '.*?(\w+)'",
                          error.message)
        name = match and next(g for g in match.groups() if g)
        before = next((n.line for n in error.notes if self.is_mine(n.file) and n.line and n.line != line), 0)
        if not name or not before:
            return None
        return ("declared_twice", f"{name} is declared a second time here, first in line {before}",
                "give one of them another name")

    def standard(self, error, line, text, place):
        match = re.search(r"'(\w+)' is not a member of 'std'|no member named '(\w+)' in namespace 'std'"
                          r"|no template named '(\w+)' in namespace 'std'|implicit instantiation of undefined template "
                          r"'std::(?:__cxx11::)?(?:basic_)?(\w+)<", error.message)
        name = match and next(g for g in match.groups() if g)
        header = next((h for h, names in STANDARD.items() if name in names), None)
        for note in error.notes:
            if found := re.search(r"defined in header '<(\w+)>'", note.message):
                header = found[1]
        if not name or not header:
            return None
        return ("missing_include", f"std::{name} is not known here: the file does not include <{header}>",
                f"write #include <{header}> at the top of the file")

    def axis(self, error, line, text, place):
        """`sum(x, 1)`, as other libraries write it."""
        called = re.search(r"no matching function for call to '(?:[\w:]*::)?(\w+)|deleted function '.*?\b(\w+)\(|"
                           r"attribute on '(\w+)<", " ".join([error.message, *(n.message for n in error.notes[:1])]))
        name = called and next(g for g in called.groups() if g)
        given = place.call() if place and name else None
        if given and len(given) == 2 and re.fullmatch(r"-?\d+", given[1]) and \
                self.library.header.get(name, "").endswith("expr/reduce.hpp"):
            return ("wrong_call", f"the axis of {name} is known while compiling, and stands in <>",
                    f"write {name}<{given[1]}>({source.squeezed(given[0])})")
        return None
